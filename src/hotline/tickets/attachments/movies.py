"""MP4 videos carry where they were taken: the boxes that say so are emptied in place, picture and sound stay.

Phones write the coordinates of a requester's home there, as they do in photos.
"""

from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from hotline.tickets.attachments.refusing import FileRefused

TELLING: Final = frozenset({b"udta", b"meta", b"uuid"})
"""User data, metadata and other makers' boxes; a player needs none of them."""
HOLDING: Final = frozenset({b"moov", b"trak", b"moof", b"traf"})
PLAYABLE: Final = frozenset({b"moov", b"moof"})
NARROW: Final = 8
WIDE: Final = 16
MOST_BOXES: Final = 20_000
BLOCK: Final = bytes(1 << 16)


class Box(NamedTuple):
    """One box: what it is, where its content begins and where it ends."""

    name: bytes
    start: int
    body: int
    end: int


def forget_places(file: BinaryIO) -> None:
    """Empties every telling box of the video; FileRefused when it is cut off or holds nothing to play."""
    size = file.seek(0, 2)
    left = [MOST_BOXES]
    names = _clean(file, 0, size, left)
    if not names & PLAYABLE:
        raise FileRefused("upload.broken")


def _clean(file: BinaryIO, start: int, end: int, left: list[int]) -> set[bytes]:
    names = set()
    for box in list(_boxes(file, start, end, left)):
        names.add(box.name)
        if box.name in TELLING:
            _empty(file, box)
        elif box.name in HOLDING:
            _clean(file, box.body, box.end, left)
    return names


def _boxes(file: BinaryIO, start: int, end: int, left: list[int]) -> Iterator[Box]:
    while start < end:
        left[0] -= 1
        box = _box(file, start, end)
        if box is None or left[0] < 0:
            raise FileRefused("upload.broken")
        yield box
        start = box.end


def _box(file: BinaryIO, start: int, end: int) -> Box | None:
    file.seek(start)
    head = file.read(WIDE)
    size, name, body = int.from_bytes(head[:4], "big"), head[4:NARROW], start + NARROW
    if size == 1:
        size, body = int.from_bytes(head[NARROW:WIDE], "big"), start + WIDE
    elif size == 0:
        size = end - start
    whole = len(head) >= min(WIDE, end - start) and body <= start + size <= end
    return Box(name, start, body, start + size) if whole else None


def _empty(file: BinaryIO, box: Box) -> None:
    """The box becomes free space of the same length, so that nothing after it moves."""
    file.seek(box.start + 4)
    file.write(b"free")
    file.seek(box.body)
    remaining = box.end - box.body
    while remaining > 0:
        remaining -= file.write(BLOCK[: min(remaining, len(BLOCK))])
