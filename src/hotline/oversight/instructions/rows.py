"""Between the stored instruction and the state that the rules work on; the only writer of both.

Everything happens in the caller's transaction: the entry, the words, the row by compare-and-set, what units are asked.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from hotline.oversight.instructions.models import Ask, Instruction, InstructionEntry, InstructionText
from hotline.rules import instructions as rules
from hotline.rules.instructions import Deed, Entry, Order, Outcome, Ruling, Status
from hotline.rules.vocabulary import UnitCode
from hotline.tickets.dossiers.rows import columns_of_entry, entry_from, move, proof

SAME: Final = (
    "version", "year", "serial", "given_on", "due_at", "send_backs", "proposed_by", "presented_by", "presented_on",
    "ended_at", "last_at",
)  # fmt: skip
SETS: Final = ("readers", "tickets", "units", "reported", "accepted")
AFRESH: Final = {"soon_at": None, "late_at": None}


def state_of(row: Instruction, dates: dict[str, datetime] | None = None) -> rules.Instruction:
    """The rules' view of a stored instruction. `dates` are those of its units, where the caller has them already."""
    if dates is None:
        dates = dict(Ask.objects.filter(instruction=row).values_list("unit", "due_at"))
    return rules.Instruction(
        status=Status(row.status),
        leader=str(row.leader_id),
        readers=frozenset(row.readers),
        tickets=frozenset(row.tickets),
        asked={UnitCode(unit): dates[unit] for unit in sorted(row.units)},
        reported=frozenset(map(UnitCode, row.reported)),
        accepted=frozenset(map(UnitCode, row.accepted)),
        outcome=Outcome(row.outcome) if row.outcome else None,
        **{name: getattr(row, name) for name in SAME},
    )


def columns_of(state: rules.Instruction) -> dict[str, Any]:
    """The columns of a state."""
    return {
        "leader_id": int(state.leader),
        "status": state.status.value,
        "outcome": state.outcome.value if state.outcome else "",
        **{name: sorted(getattr(state, name)) for name in SETS},
        **{name: getattr(state, name) for name in SAME},
    }


def entry_of(row: InstructionEntry) -> Entry:
    """A stored entry as the rules know it."""
    return entry_from(row, Deed, Status)


def record(row: Instruction, before: rules.Instruction, ruling: Ruling, order: Order) -> Instruction:
    """Append what was decided to a locked instruction and move its row along."""
    entry = ruling.entry
    if entry is None:
        raise ValueError("a refusal is not recorded")
    changes = columns_of(ruling.state) | (AFRESH if order.deed is Deed.MOVE_DUE else {})
    move(row, Instruction.objects, before.version, changes)
    write_entry(row.pk, ruling.state.version, entry, order)
    _ask(row, before, ruling.state)
    return row


def _ask(row: Instruction, before: rules.Instruction, after: rules.Instruction) -> None:
    """Units that are newly asked, asked by another date, or have reported; a new date may be missed once more."""
    for unit, due_at in after.asked.items():
        reported = unit in after.reported
        if before.asked.get(unit) == due_at and (unit in before.reported) == reported:
            continue
        moved = AFRESH if before.asked.get(unit) != due_at else {}
        said = {"due_at": due_at, "reported": reported, **moved}
        Ask.objects.update_or_create(instruction=row, unit=unit, defaults=said)


def write_entry(pk: int, seq: int, entry: Entry, order: Order) -> None:
    """One line of the history, its words beside it."""
    InstructionEntry.objects.create(
        instruction_id=pk,
        seq=seq,
        **columns_of_entry(entry),
    )
    InstructionText.objects.bulk_create(
        InstructionText(instruction_id=pk, seq=seq, unit=unit, body=words, digest=digest_of(pk, seq, unit, words))
        for unit, words in _words(entry, order)
    )


def _words(entry: Entry, order: Order) -> Iterator[tuple[str, str]]:
    """What was typed, and which unit may read it: what it was asked, what it reported, what is lacking in it."""
    if order.deed is Deed.DISTRIBUTE:
        yield from ((unit, order.words[unit].strip()) for unit in sorted(order.asks))
    elif order.text.strip():
        yield entry.payload.get("unit", ""), order.text.strip()


def digest_of(pk: int, seq: int, unit: str, words: str) -> str:
    """What shows later whether the words beside an entry are those that were typed."""
    return proof(f"instruction:{pk}", seq, words, field=unit or "text")
