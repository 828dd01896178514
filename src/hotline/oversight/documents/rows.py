"""Between the stored document and the state that the rules work on; the only writer of both.

Everything happens in the caller's transaction: the entry, the words, the row by compare-and-set.
"""

from typing import Any, Final

from hotline.oversight.documents.models import Document, DocumentEntry, DocumentText
from hotline.rules import documents as rules
from hotline.rules.documents import Deed, DocumentKind, Entry, Order, Ruling, Status
from hotline.rules.vocabulary import UnitCode
from hotline.tickets.dossiers.rows import columns_of_entry, entry_from, move, proof

UNITS: Final = ("recipients", "copies")
SAME: Final = (
    "version", "about", "about_key", "sent_to", "year", "serial", "signer", "signed_on", "signed_by", "prints",
    "issued_at", "last_at",
)  # fmt: skip
WORDED: Final = frozenset({Deed.DRAFT, Deed.REVISE})


def state_of(row: Document) -> rules.Document:
    """The rules' view of a stored document."""
    return rules.Document(
        kind=DocumentKind(row.kind),
        status=Status(row.status),
        writers=frozenset(row.writers),
        recipients=frozenset(map(UnitCode, row.recipients)),
        copies=frozenset(map(UnitCode, row.copies)),
        **{name: getattr(row, name) for name in SAME},
    )


def columns_of(state: rules.Document) -> dict[str, Any]:
    """The columns of a state."""
    return {
        "kind": state.kind.value,
        "status": state.status.value,
        "writers": sorted(state.writers),
        **{name: sorted(getattr(state, name)) for name in UNITS},
        **{name: getattr(state, name) for name in SAME},
    }


def entry_of(row: DocumentEntry) -> Entry:
    """A stored entry as the rules know it."""
    return entry_from(row, Deed, Status)


def record(row: Document, before: rules.Document, ruling: Ruling, order: Order) -> Document:
    """Append what was decided to a locked document and move its row along."""
    entry = ruling.entry
    if entry is None:
        raise ValueError("a refusal is not recorded")
    changes = columns_of(ruling.state) | words_of(order)
    move(row, Document.objects, before.version, changes)
    write_entry(row.pk, ruling.state.version, entry, order)
    return row


def words_of(order: Order) -> dict[str, str]:
    """Title and text, where the deed writes them."""
    return {"title": order.title.strip(), "body": order.body.strip()} if order.deed in WORDED else {}


def write_entry(pk: int, seq: int, entry: Entry, order: Order) -> None:
    """One line of the history, its words beside it."""
    title = order.title.strip() if order.deed in WORDED else ""
    words = order.body.strip() if order.deed in WORDED else order.text.strip()
    DocumentEntry.objects.create(
        document_id=pk,
        seq=seq,
        **columns_of_entry(entry),
        digest=digest_of(pk, seq, title, words) if words else "",
    )
    if words:
        DocumentText.objects.create(document_id=pk, seq=seq, title=title, body=words)


def digest_of(pk: int, seq: int, title: str, words: str) -> str:
    """What shows later whether the words beside an entry are those that were typed."""
    return proof(f"document:{pk}", seq, f"{title}\n{words}")
