"""Between the stored supervision and the state that the rules work on; the only writer of both.

Everything happens in the caller's transaction: the entry, the words, the row by compare-and-set, the live message.
"""

from typing import Any, Final

from hotline.oversight.supervision.models import Supervision, SupervisionEntry, SupervisionText
from hotline.plumbing import live
from hotline.rules.supervision import Cause, Deed, Entry, Outcome, Ruling, Status, Supervised
from hotline.rules.vocabulary import SupervisionKind, UnitCode
from hotline.tickets.dossiers.rows import columns_of_entry, entry_from, move, proof

SETS: Final = ("causes", "units", "reported", "signed")
SAME: Final = (
    "version", "number", "owner", "due_at", "opened_at", "tickets", "send_backs", "revealed", "ended_at", "last_at",
)  # fmt: skip


def state_of(row: Supervision) -> Supervised:
    """The rules' view of a stored supervision."""
    return Supervised(
        kind=SupervisionKind(row.kind),
        status=Status(row.status),
        causes=frozenset(Cause(cause) for cause in row.causes),
        units=frozenset(UnitCode(code) for code in row.units),
        reported=frozenset(UnitCode(code) for code in row.reported),
        signed=frozenset(UnitCode(code) for code in row.signed),
        outcome=Outcome(row.outcome) if row.outcome else None,
        **{name: getattr(row, name) for name in SAME},
    )


def columns_of(state: Supervised) -> dict[str, Any]:
    """The columns of a state."""
    return {
        "kind": state.kind.value,
        "status": state.status.value,
        "outcome": state.outcome.value if state.outcome else "",
        **{name: sorted(getattr(state, name)) for name in SETS},
        **{name: getattr(state, name) for name in SAME},
    }


def entry_of(row: SupervisionEntry) -> Entry:
    """A stored entry as the rules know it."""
    return entry_from(row, Deed, Status)


def record(row: Supervision, before: Supervised, ruling: Ruling, *, text: str = "") -> Supervision:
    """Append what was decided to a locked supervision and move its row along."""
    entry, state = ruling.entry, ruling.state
    if entry is None:
        raise ValueError("a refusal is not recorded")
    changes = columns_of(state)
    move(row, Supervision.objects, before.version, changes)
    write_entry(row.pk, state.version, entry, text=text)
    ring(row)
    return row


def write_entry(pk: int, seq: int, entry: Entry, *, text: str) -> None:
    """One line of the history, its words beside it."""
    words = text.strip()
    SupervisionEntry.objects.create(
        supervision_id=pk,
        seq=seq,
        unit=entry.unit or "",
        **columns_of_entry(entry),
        digest=digest_of(pk, seq, words) if words else "",
    )
    if words:
        SupervisionText.objects.create(supervision_id=pk, seq=seq, body=words)


def digest_of(pk: int, seq: int, words: str) -> str:
    """Proves the words without revealing them."""
    return proof(f"supervision:{pk}", seq, words)


def ring(row: Supervision) -> None:
    """Open desks fetch themselves anew; of an unannounced visit no unit hears anything."""
    hidden = row.kind == SupervisionKind.ON_SITE.value and not row.revealed
    units = [] if hidden or row.status == Status.PROPOSED.value else [f"unit:{code}" for code in row.units]
    live.notify_all(sorted({"office:all", *units}), {"supervision": row.pk})
