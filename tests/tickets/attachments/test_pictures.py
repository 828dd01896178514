"""A picture keeps what it shows and loses what it tells: place, camera, comments, previews, colours of one device."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms
from PIL.JpegImagePlugin import get_sampling

from hotline.rules.vocabulary import FileKind
from hotline.tickets.attachments import pictures
from hotline.tickets.attachments.refusing import FileRefused
from tests import uploads
from tests.uploads import GPS_IFD, SECRETS, moving, photo

KINDS = {"JPEG": FileKind.JPG, "PNG": FileKind.PNG, "WEBP": FileKind.WEBP, "GIF": FileKind.GIF}


def redrawn(body: bytes, kind: FileKind) -> bytes:
    out = io.BytesIO()
    pictures.redraw(io.BytesIO(body), out, kind)
    return out.getvalue()


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body))


@pytest.mark.parametrize("fmt", KINDS)
def test_what_a_picture_tells_is_gone(fmt: str) -> None:
    before = photo(fmt)
    assert any(secret in before for secret in SECRETS), "the test's own file tells something"
    after = redrawn(before, KINDS[fmt])
    assert [secret for secret in SECRETS if secret in after] == []
    picture = opened(after)
    assert (picture.format, picture.size) == (fmt, (64, 40))
    assert not dict(picture.getexif())
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "version", "background", "loop",
                                 "timestamp", "duration", "transparency", "extension"}  # fmt: skip


def test_the_place_it_was_taken_is_gone() -> None:
    before, after = photo(), redrawn(photo(), FileKind.JPG)
    assert dict(opened(before).getexif().get_ifd(GPS_IFD))[2] == (31.0, 51.0, 30.0)
    assert dict(opened(after).getexif().get_ifd(GPS_IFD)) == {}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP"])
def test_it_is_turned_as_it_was_held(fmt: str, orientation: int) -> None:
    """Red was on the left of the sensor; where it belongs the reader's program would have put it."""
    red_at = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}[orientation]
    picture = opened(redrawn(photo(fmt, orientation=orientation), KINDS[fmt])).convert("RGB")
    assert picture.size == ((64, 40) if orientation < 5 else (40, 64))
    x, y = (edge * (length - 1) for edge, length in zip(red_at, picture.size, strict=True))
    red, _, blue = picture.getpixel((x, y))  # type: ignore[misc]  # of an RGB picture
    assert red > 200 > 60 > blue


def odd_profile() -> bytes:
    """A device that takes red for blue: the common profile, two entries of its table swapped, under another name."""
    common = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = common.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    return swapped.replace("sRGB".encode("utf-16-be"), "odd.".encode("utf-16-be"))


def test_colours_of_one_device_become_common_ones() -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (200, 30, 30)).save(out, "PNG", icc_profile=odd_profile())
    after = opened(redrawn(out.getvalue(), FileKind.PNG))
    assert "icc_profile" not in after.info
    red, _, blue = after.getpixel((0, 0))  # type: ignore[misc]  # of an RGB picture
    assert blue > 150 > 60 > red


def test_a_profile_that_cannot_be_read_changes_nothing() -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (200, 30, 30)).save(out, "PNG", icc_profile=b"nonsense")
    assert opened(redrawn(out.getvalue(), FileKind.PNG)).getpixel((0, 0)) == (200, 30, 30)


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize(("quality", "subsampling"), [(70, 2), (85, 1), (95, 0)])
def test_a_photo_is_written_with_its_own_tables_and_hardly_grows(
    orientation: int, quality: int, subsampling: int
) -> None:
    noise = Image.effect_noise((400, 300), 80).convert("RGB")
    exif = noise.getexif()
    exif[uploads.ORIENTATION] = orientation
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=quality, subsampling=subsampling, exif=exif)
    body = redrawn(out.getvalue(), FileKind.JPG)
    before, after = opened(out.getvalue()), opened(body)
    assert before.quantization == after.quantization  # type: ignore[attr-defined]  # of JPEG pictures
    assert get_sampling(before) == get_sampling(after) == subsampling
    assert len(body) < 1.05 * len(out.getvalue())


def test_printers_colours_become_screens() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(out, "JPEG")
    assert opened(redrawn(out.getvalue(), FileKind.JPG)).mode == "RGB"


@pytest.mark.parametrize(("fmt", "kind"), [("GIF", FileKind.GIF), ("WEBP", FileKind.WEBP), ("PNG", FileKind.PNG)])
def test_a_moving_picture_still_moves(fmt: str, kind: FileKind) -> None:
    after = opened(redrawn(moving(fmt), kind))
    after.load()
    assert (after.n_frames, after.info["duration"]) == (3, 120)  # type: ignore[attr-defined]  # of moving pictures


def test_what_is_see_through_stays_so() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(redrawn(out.getvalue(), FileKind.PNG)).convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]  # of an RGBA picture


def test_what_was_hung_on_to_a_photo_is_cut_off() -> None:
    assert b"MZ\x90" not in redrawn(photo(secrets=False) + uploads.EXE, FileKind.JPG)


def huge_png(width: int, height: int) -> bytes:
    """Some thousand bytes that say they are gigabytes of picture."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(100_000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(7_100, 7_100), (10_000, 10_000), (30_000, 30_000)])
def test_a_bomb_is_not_drawn(width: int, height: int) -> None:
    with pytest.raises(FileRefused) as no:
        redrawn(huge_png(width, height), FileKind.PNG)
    assert no.value.refusal.code == "upload.too_many_pixels"


def test_a_moving_bomb_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 20 * 20 * 2)
    with pytest.raises(FileRefused) as no:
        redrawn(moving(), FileKind.GIF)
    assert no.value.refusal.code == "upload.too_many_pixels"


@pytest.mark.parametrize("fmt", KINDS)
def test_a_broken_picture_ends_as_a_sentence(fmt: str) -> None:
    whole = photo(fmt, size=(300, 300))
    for cut in (30, len(whole) // 2):
        with pytest.raises(FileRefused) as no:
            redrawn(whole[:cut], KINDS[fmt])
        assert no.value.refusal.code == "upload.broken"
