"""Between the stored handover and the state that the rules work on; the only writer of both.

Everything happens in the caller's transaction: the entry, the words, the row by compare-and-set.
"""

from typing import Any, Final

from hotline.oversight.supervision.media.models import Handover, HandoverEntry, HandoverText
from hotline.rules import media as rules
from hotline.rules.media import Deed, Entry, Order, Ruling, Status
from hotline.rules.supervision.states import Outcome
from hotline.rules.vocabulary import UnitCode
from hotline.tickets.dossiers.rows import columns_of_entry, entry_from, move, proof

SAME: Final = (
    "version", "supervision", "hand_on", "year", "serial", "due_at", "send_backs", "publications", "follow_ups",
    "handed_at", "ended_at", "last_at",
)  # fmt: skip
WORDED: Final = frozenset({Deed.PROPOSE, Deed.REVISE})
TITLED: Final = WORDED | {Deed.PUBLISH}


def state_of(row: Handover) -> rules.Handover:
    """The rules' view of a stored handover."""
    return rules.Handover(
        status=Status(row.status),
        medium=str(row.medium_id),
        tickets=tuple(row.tickets),
        units=frozenset(map(UnitCode, row.units)),
        writers=frozenset(row.writers),
        waiting=dict(row.waiting),
        released=frozenset(map(UnitCode, row.released)),
        outcome=Outcome(row.outcome) if row.outcome else None,
        **{name: getattr(row, name) for name in SAME},
    )


def columns_of(state: rules.Handover) -> dict[str, Any]:
    """The columns of a state."""
    return {
        "status": state.status.value,
        "medium_id": int(state.medium),
        "tickets": list(state.tickets),
        "units": sorted(state.units),
        "writers": sorted(state.writers),
        "waiting": dict(state.waiting),
        "released": sorted(state.released),
        "missing": sorted(state.missing),
        "outcome": state.outcome.value if state.outcome else "",
        **{name: getattr(state, name) for name in SAME},
    }


def entry_of(row: HandoverEntry) -> Entry:
    """A stored entry as the rules know it."""
    return entry_from(row, Deed, Status)


def record(row: Handover, before: rules.Handover, ruling: Ruling, order: Order) -> Handover:
    """Append what was decided to a locked handover and move its row along."""
    entry = ruling.entry
    if entry is None:
        raise ValueError("a refusal is not recorded")
    changes = columns_of(ruling.state) | words_of(order)
    if before.due_at != ruling.state.due_at:
        changes["late_at"] = None
    move(row, Handover.objects, before.version, changes)
    write_entry(row.pk, ruling.state.version, entry, order)
    return row


def words_of(order: Order) -> dict[str, str]:
    """What is told and why, where the deed writes them."""
    return {"title": order.title.strip(), "grounds": order.text.strip()} if order.deed in WORDED else {}


def write_entry(pk: int, seq: int, entry: Entry, order: Order) -> None:
    """One line of the history, its words beside it."""
    title = order.title.strip() if order.deed in TITLED else ""
    words = order.text.strip()
    HandoverEntry.objects.create(
        handover_id=pk,
        seq=seq,
        unit=entry.unit or "",
        **columns_of_entry(entry),
        digest=digest_of(pk, seq, title, words) if words else "",
    )
    if words:
        HandoverText.objects.create(handover_id=pk, seq=seq, title=title, body=words)


def digest_of(pk: int, seq: int, title: str, words: str) -> str:
    """What shows later whether the words beside an entry are those that were typed."""
    return proof(f"media:{pk}", seq, f"{title}\n{words}")
