"""Pictures are drawn anew before they are kept: where and with what they were taken, their comments and previews go.

A requester's photo tells the coordinates of their home. The picture is first turned as the camera held it and brought
to the common colours, so that it looks as it did.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import BoundedSemaphore
from typing import Any, BinaryIO, Final

from PIL import Image, ImageCms, ImageOps, ImageSequence, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from hotline.rules.vocabulary import FileKind
from hotline.tickets.attachments.refusing import FileRefused

MILLIONS: Final = 50
MOST_PIXELS: Final = MILLIONS * 1_000_000
"""Over all frames. A few kilobytes can unfold to gigabytes, so the size is looked at before anything is drawn."""
MOST_FRAMES: Final = 500
FORMATS: Final = {FileKind.JPG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP", FileKind.GIF: "GIF"}
OPENS: Final = tuple(FORMATS.values())
NEEDED: Final = frozenset({"transparency"})
"""Of what a file says beside its pixels, only this changes how it looks."""
LARGEST_STEP: Final = 255
"""Finer tables than eight bits are written by hardly any camera and by no library."""
TURN: Final = BoundedSemaphore(2)
"""A large picture takes some 300 MB while it is drawn: two at a time in one process."""

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def redraw(source: BinaryIO, target: BinaryIO, kind: FileKind) -> None:
    """The picture in `source` into `target`, with nothing but what is to be seen; FileRefused if it cannot be read."""
    source.seek(0)
    with TURN, _faults_refused(), Image.open(source, formats=OPENS) as picture:
        _check_size(picture.width, picture.height)
        if getattr(picture, "is_animated", False) and picture.format != "MPO" and kind is not FileKind.JPG:
            _save_moving(picture, target, kind)
        else:
            _save_still(picture, target, kind)


@contextmanager
def _faults_refused() -> Iterator[None]:
    """Whatever a broken or hostile picture does to the library ends as a sentence."""
    try:
        yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise FileRefused("upload.too_many_pixels", pixels=MILLIONS) from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, IndexError, KeyError, EOFError) as fault:
        raise FileRefused("upload.broken") from fault


def _check_size(width: int, height: int, frames: int = 1) -> None:
    if width * height * frames > MOST_PIXELS:
        raise FileRefused("upload.too_many_pixels", pixels=MILLIONS)


def _save_still(picture: Image.Image, target: BinaryIO, kind: FileKind) -> None:
    quality = _quality(picture, kind)
    picture.load()
    picture = _fit_for(_common_colours(ImageOps.exif_transpose(picture)), kind)
    _forget(picture)
    picture.save(target, FORMATS[kind], **quality)


def _quality(picture: Image.Image, kind: FileKind) -> dict[str, Any]:
    """A photo is written with its own tables: all but without loss, and no larger than it came."""
    if kind is FileKind.JPG and isinstance(picture, JpegImageFile) and picture.mode in {"RGB", "L"}:
        tables, sampling = picture.quantization, get_sampling(picture)
        if tables and all(number <= LARGEST_STEP for table in tables.values() for number in table):
            return {"qtables": tables, **({"subsampling": sampling} if sampling >= 0 else {})}
    return {"quality": 92} if kind in {FileKind.JPG, FileKind.WEBP} else {}


def _fit_for(picture: Image.Image, kind: FileKind) -> Image.Image:
    if kind is FileKind.JPG and picture.mode not in {"RGB", "L"}:
        return picture.convert("RGB")
    return picture


def _profile(picture: Image.Image) -> bytes:
    """A colour profile that changes how the picture looks; nearly all name sRGB, which screens take for granted."""
    profile = picture.info.get("icc_profile") or b""
    return b"" if b"sRGB" in profile or b"s\0R\0G\0B" in profile else bytes(profile)


def _common_colours(picture: Image.Image) -> Image.Image:
    profile = _profile(picture)
    if not profile or picture.mode not in {"RGB", "CMYK"}:
        return picture
    try:
        turned = ImageCms.profileToProfile(
            picture, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):
        return picture  # a profile that cannot be read changes nothing
    return turned or picture


def _save_moving(picture: Image.Image, target: BinaryIO, kind: FileKind) -> None:
    """Frame by frame, as each is to be seen."""
    frames: list[Image.Image] = []
    lasting: list[int] = []
    loop = picture.info.get("loop", 0)
    for frame in ImageSequence.Iterator(picture):
        if len(frames) >= MOST_FRAMES:
            raise FileRefused("upload.too_many_pixels", pixels=MILLIONS)
        _check_size(picture.width, picture.height, len(frames) + 1)
        drawn = frame.convert("RGBA")
        lasting.append(int(frame.info.get("duration", 0)))  # known only when the frame was drawn
        _forget(drawn)
        frames.append(drawn)
    first, *rest = frames
    first.save(target, FORMATS[kind], save_all=True, append_images=rest, duration=lasting, loop=loop, disposal=2)


def _forget(picture: Image.Image) -> None:
    picture.info = {name: value for name, value in picture.info.items() if name in NEEDED}
