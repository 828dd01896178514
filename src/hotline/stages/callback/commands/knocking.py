"""Slows down whoever guesses at links of the public page: so many wrong ones from one address, then a pause."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.db import connection

from hotline.stages.callback.models import DoorCount

SPAN: Final = timedelta(minutes=10)
WRONG_AT_MOST: Final = 20
KNOCK: Final = """
    INSERT INTO callback_doorcount AS door (address, span, knocks) VALUES (%s, %s, 1)
    ON CONFLICT (address, span) DO UPDATE SET knocks = door.knocks + 1
"""


def may_knock(address: str, *, now: datetime) -> bool:
    """False while too many wrong links came from there."""
    wrong = DoorCount.objects.filter(address=_door(address), span=_span(now)).values_list("knocks", flat=True).first()
    return (wrong or 0) < WRONG_AT_MOST


def was_wrong(address: str, *, now: datetime) -> None:
    """Counts a link that leads nowhere."""
    with connection.cursor() as cursor:
        cursor.execute(KNOCK, [_door(address), _span(now)])


def forget_knocks(*, now: datetime) -> int:
    """Counts of yesterday are of no use."""
    gone, _ = DoorCount.objects.filter(span__lt=now - timedelta(days=1)).delete()
    return gone


def _span(now: datetime) -> datetime:
    return datetime.fromtimestamp(now.timestamp() // SPAN.total_seconds() * SPAN.total_seconds(), UTC)


def _door(address: str) -> str:
    """An address is somebody's: only what can't be turned back is kept."""
    return sha256(f"{settings.SECRET_KEY}\x1fdoor\x1f{address}".encode()).hexdigest()
