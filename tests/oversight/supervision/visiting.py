"""Visits for tests: one under way, photos as phones take them, answers that speak of a problem or of none."""

import io
from datetime import datetime

from PIL import Image

from hotline.oversight.supervision.commands import Wish, start
from hotline.oversight.supervision.models import Supervision
from hotline.rules.supervision import Cause
from hotline.rules.supervision.visits import Answer, Check
from hotline.rules.vocabulary import SupervisionKind
from hotline.tickets.dossiers.files import Upload
from tests.cast import Cast, Ticket
from tests.uploads import GPS_IFD, NORTH_31

FINE = dict.fromkeys(Check, Answer.UNCLEAR)
BAD = FINE | {Check.REMAINS: Answer.YES}
CAMERA_IFD, TAKEN, OFFSET = 0x8769, 0x9003, 0x9011


def snapshot(at: datetime | None, *, place: bool = True, zone: str = "", colour: str = "blue") -> bytes:
    """A photo as a phone takes it, with its time and place."""
    picture = Image.new("RGB", (64, 40), colour)
    exif = picture.getexif()
    if at is not None:
        exif.get_ifd(CAMERA_IFD)[TAKEN] = at.strftime("%Y:%m:%d %H:%M:%S")
    if zone:
        exif.get_ifd(CAMERA_IFD)[OFFSET] = zone
    if place:
        exif.get_ifd(GPS_IFD).update(NORTH_31)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif.tobytes())
    return out.getvalue()


def upload(body: bytes, name: str = "现场.jpg") -> Upload:
    return Upload(io.BytesIO(body), name)


def visit_to(cast: Cast, ticket: Ticket, text: str = "") -> Supervision:
    """现场督办 of a closed ticket, that has been opened and not been made."""
    wish = Wish(kind=SupervisionKind.ON_SITE, cause=Cause.BY_HAND, number=ticket.number, text=text)
    row = start(wish, actor=cast.actor("supervisor"), now=ticket.at).row
    assert row is not None
    return row
