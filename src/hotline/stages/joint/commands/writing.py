"""The only writer of disputes: the entry, its words, the row by compare-and-set, in the caller's transaction."""

from collections.abc import Mapping

from hotline.rules.joint import Dispute, Entry, Order, Ruling
from hotline.stages.joint.models import DisputeFile, JointEntry, JointText
from hotline.stages.joint.queries.rows import columns_of, digest_of
from hotline.tickets.dossiers.rows import columns_of_entry, move


def record(row: DisputeFile, before: Dispute, ruling: Ruling, order: Order) -> DisputeFile:
    """Append what was decided to a locked dispute and move its row along."""
    entry = ruling.entry
    if entry is None:
        raise ValueError("a refusal is not recorded")
    move(row, DisputeFile.objects, before.version, columns_of(ruling.state))
    write_entry(row.pk, ruling.state.version, entry, order.words)
    return row


def write_entry(pk: int, seq: int, entry: Entry, words: Mapping[str, str]) -> None:
    """One line of the history, its words beside it."""
    said = {name: text.strip() for name, text in words.items() if text.strip()}
    JointEntry.objects.create(
        dispute_id=pk,
        seq=seq,
        unit=entry.unit or "",
        **columns_of_entry(entry),
        digest=digest_of(pk, seq, said) if said else "",
    )
    JointText.objects.bulk_create(
        JointText(dispute_id=pk, seq=seq, field=name, body=text) for name, text in said.items()
    )
