"""`hotline check attachments`: is every file there, is it what the ledger recorded, does the ledger know every row?"""

from collections.abc import Iterator
from hashlib import file_digest

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.fields.json import KT

from hotline.tickets.attachments import store
from hotline.tickets.models import Attachment, LedgerEntry

ADDED = "ticket.attachment_added"


def sentences() -> Iterator[str]:
    """One for each thing that is not as recorded; names the ticket and the entry, never the file."""
    yield from _unknown_rows()
    yield from _lost_rows()
    rows = Attachment.objects.filter(removed_at=None, erased_at=None).values_list("ticket__number", "seq", "sha256")
    for number, seq, sha256 in rows.order_by("pk").iterator(2000):
        yield from _of_file(number, seq, sha256)


def _of_file(number: str, seq: int, sha256: str) -> Iterator[str]:
    file = store.open_file(sha256)
    if file is None:
        yield (
            f"工单 {number} 第 {seq} 条记录的附件文件不见了，请从备份恢复附件目录。"
            f" / ticket {number}, entry {seq}: the attachment’s file is gone; restore the folder from a backup."
        )
        return
    with file:
        same = file_digest(file, "sha256").hexdigest() == sha256
    if not same:
        yield (
            f"工单 {number} 第 {seq} 条记录的附件文件被改动或损坏，请从备份恢复。"
            f" / ticket {number}, entry {seq}: the attachment’s file was changed or is damaged; restore it."
        )


def _unknown_rows() -> Iterator[str]:
    """Rows that say otherwise than the ledger, or of which it says nothing."""
    entry = LedgerEntry.objects.filter(ticket=OuterRef("ticket"), seq=OuterRef("seq"), name=ADDED)
    recorded = Subquery(entry.annotate(digest=KT("payload__sha256")).values("digest")[:1])
    rows = Attachment.objects.annotate(recorded=recorded).values_list("ticket__number", "seq", "sha256", "recorded")
    for number, seq, sha256, said in rows.order_by("pk").iterator(2000):
        if said != sha256:
            yield (
                f"工单 {number} 第 {seq} 条记录的附件与台账不符。"
                f" / ticket {number}, entry {seq}: the attachment isn’t the one the ledger recorded."
            )


def _lost_rows() -> Iterator[str]:
    there = Attachment.objects.filter(ticket=OuterRef("ticket"), seq=OuterRef("seq"))
    entries = LedgerEntry.objects.filter(~Exists(there), name=ADDED)
    for number, seq in entries.order_by("pk").values_list("ticket__number", "seq").iterator(2000):
        yield (
            f"工单 {number} 第 {seq} 条记录的附件已从附件表中删除。"
            f" / ticket {number}, entry {seq}: the attachment was deleted from its table."
        )
