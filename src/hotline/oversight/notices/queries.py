"""A person's own notices; nobody reads anybody else's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from hotline.oversight.notices.models import Notice


@dataclass(frozen=True)
class NoticeRow:
    """One notice as it is stored."""

    id: int
    kind: str
    number: str
    seq: int
    made_at: datetime
    read_at: datetime | None
    about: str = ""


@dataclass(frozen=True)
class NoticePage:
    """Some notices, the newest first; `next_key` leads to the older ones, None when there are none."""

    rows: tuple[NoticeRow, ...]
    next_key: int | None


def notices(*, person: int, unread: bool = False, before: int | None = None, limit: int = 50) -> NoticePage:
    """A person's notices, those older than `before`."""
    found = Notice.objects.filter(recipient_id=person)
    if unread:
        found = found.filter(read_at=None)
    if before is not None:
        found = found.filter(pk__lt=before)
    columns = tuple(NoticeRow.__dataclass_fields__)
    rows = [NoticeRow(**row) for row in found.order_by("-pk").values(*columns)[: limit + 1]]
    shown = tuple(rows[:limit])
    return NoticePage(shown, shown[-1].id if len(rows) > limit else None)


def notice(*, person: int, notice_id: int) -> NoticeRow | None:
    """One notice of this person."""
    columns = tuple(NoticeRow.__dataclass_fields__)
    row = Notice.objects.filter(recipient_id=person, pk=notice_id).values(*columns).first()
    return NoticeRow(**row) if row else None


def unread_of(person: int) -> QuerySet[Any]:
    """What the bell counts; the shell folds it into its own statement."""
    return Notice.objects.filter(recipient_id=person, read_at=None)
