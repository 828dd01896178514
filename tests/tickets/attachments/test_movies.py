"""A video loses where it was taken and plays as before: no byte moves, picture and sound are untouched."""

import io
import struct

import pytest

from hotline.tickets.attachments.movies import forget_places
from hotline.tickets.attachments.refusing import FileRefused
from tests.uploads import PLACE, box, movie


def cleaned(body: bytes) -> bytes:
    file = io.BytesIO(body)
    forget_places(file)
    return file.getvalue()


def test_the_place_is_gone_and_nothing_moves() -> None:
    before = movie()
    after = cleaned(before)
    assert before.count(PLACE) == 3
    assert (after.count(PLACE), len(after)) == (0, len(before))
    media = before.index(b"mdat")
    assert after[media:] == before[media:]
    assert after.count(b"free") == 3


def test_long_boxes_and_a_last_box_without_length() -> None:
    told = box(b"udta", PLACE)
    wide = struct.pack(">I", 1) + b"moov" + struct.pack(">Q", 16 + len(told)) + told
    endless = struct.pack(">I", 0) + b"mdat" + bytes(100)
    after = cleaned(box(b"ftyp", b"isom") + wide + endless)
    assert PLACE not in after
    assert after.endswith(endless)


@pytest.mark.parametrize(
    "body",
    [
        movie()[:-1],
        box(b"ftyp", b"isom") + box(b"mdat", b"x"),
        box(b"ftyp", b"isom") + b"\x00\x00\x00\x04moov",
        box(b"ftyp", b"isom") + b"\x00\x00",
        box(b"moov", b"\x00\x00\xff\xfftrak"),
        box(b"moov", b"") + box(b"free", b"") * 20_001,
    ],
    ids=["cut off", "nothing to play", "too small", "half a head", "larger than its parent", "endless"],
)
def test_a_video_that_is_none_is_refused(body: bytes) -> None:
    with pytest.raises(FileRefused) as no:
        cleaned(body)
    assert no.value.refusal.code == "upload.broken"
