"""Erasing a ticket's files for good when the law or the requester asks for it: name and content go, the row stays."""

from datetime import datetime

from django.db import transaction

from hotline.tickets.attachments import store
from hotline.tickets.models import Attachment


def erase_attachments(ticket: int, *, now: datetime, only: frozenset[int] | None = None) -> int:
    """All files of a ticket, or some; how many. A file that another ticket holds too stays for that one."""
    rows = Attachment.objects.filter(ticket_id=ticket, erased_at=None)
    if only is not None:
        rows = rows.filter(pk__in=only)
    with transaction.atomic():
        found = list(rows.select_for_update().order_by("pk"))
        for row in found:
            row.name, row.erased_at = "", now
            row.save(update_fields=["name", "erased_at"])
        digests = sorted({row.sha256 for row in found})
    for sha256 in digests:
        _take_away(sha256)
    return len(found)


def _take_away(sha256: str) -> None:
    """After the rows are committed: a file without its row is swept, a row without its file would be a fault."""
    with transaction.atomic():
        store.hold(sha256)
        if not Attachment.objects.filter(sha256=sha256, erased_at=None).exists() and not store.kept_elsewhere([sha256]):
            store.place(sha256).unlink(missing_ok=True)
