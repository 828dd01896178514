"""What a photo tells of time and place, read before pictures are drawn anew and forget it.

Inspectors' phones write it; whatever is missing or broken counts as not told.
"""

from contextlib import suppress
from datetime import datetime
from math import isfinite
from typing import Any, BinaryIO, Final

from PIL import Image

from hotline.rules.supervision.visits import Told
from hotline.rules.vocabulary import CITY_TZ
from hotline.tickets.attachments.pictures import OPENS

CAMERA: Final = 0x8769
POSITION: Final = 0x8825
TAKEN: Final = 0x9003
OFFSET: Final = 0x9011
WRITTEN: Final = 0x0132
NORTH_OR_SOUTH, LATITUDE, EAST_OR_WEST, LONGITUDE = 1, 2, 3, 4
FORMAT: Final = "%Y:%m:%d %H:%M:%S"


def told_by(file: BinaryIO) -> Told:
    """Time and place as the camera wrote them; an empty Told for anything that cannot be read."""
    file.seek(0)
    try:
        with Image.open(file, formats=OPENS) as picture:
            exif = picture.getexif()
            camera, position = exif.get_ifd(CAMERA), exif.get_ifd(POSITION)
            taken = camera.get(TAKEN) or exif.get(WRITTEN)
    except Exception:  # noqa: BLE001  # a broken photo is refused with its sentence when it is drawn anew
        return Told()
    finally:
        file.seek(0)
    return Told(
        taken_at=_moment(taken, camera.get(OFFSET)),
        latitude=_degrees(position.get(LATITUDE), position.get(NORTH_OR_SOUTH), "S"),
        longitude=_degrees(position.get(LONGITUDE), position.get(EAST_OR_WEST), "W"),
    )


def _moment(taken: Any, offset: Any) -> datetime | None:
    """A camera that names no zone is set to city time."""
    text = str(taken or "").strip("\0 ")
    with suppress(ValueError):
        return datetime.strptime(f"{text} {str(offset).strip(chr(0))}", f"{FORMAT} %z")
    with suppress(ValueError):
        return datetime.strptime(text, FORMAT).replace(tzinfo=CITY_TZ)
    return None


def _degrees(parts: Any, side: Any, negative: str) -> float | None:
    """Degrees, minutes and seconds as one number."""
    with suppress(TypeError, ValueError, ZeroDivisionError):
        degrees, minutes, seconds = (float(part) for part in parts)
        found = degrees + minutes / 60 + seconds / 3600
        if isfinite(found):
            return -found if str(side).strip("\0 ").upper() == negative else found
    return None
