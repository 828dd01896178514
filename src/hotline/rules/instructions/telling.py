"""Who is told what of an instruction: one line a deed. Notices never hold words; people of the office are told only
when they are named for it, which `oversight/instructions/telling.py` sees to.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from hotline.rules.instructions.states import Deed, Entry, Instruction
from hotline.rules.instructions.table import CHECKERS, SUPERVISORS
from hotline.rules.notifying import WITH_HEAD, To, Told
from hotline.rules.vocabulary import UnitCode

Whom = Callable[[Entry, Instruction, Instruction], Iterator[To]]


def newly_named(_entry: Entry, before: Instruction, after: Instruction) -> Iterator[To]:
    """Those who were not named before."""
    yield from (To(person=one) for one in sorted(after.readers - before.readers))


def checkers(_entry: Entry, _before: Instruction, _after: Instruction) -> Iterator[To]:
    """Those named who may agree and strike off."""
    yield To(CHECKERS)


def supervisors(_entry: Entry, _before: Instruction, _after: Instruction) -> Iterator[To]:
    """Those named who take it on."""
    yield To(SUPERVISORS)


def newly_asked(_entry: Entry, before: Instruction, after: Instruction) -> Iterator[To]:
    """Clerks and heads of units that were not asked before."""
    yield from (To(WITH_HEAD, unit) for unit in sorted(after.units - before.units))


def the_unit(entry: Entry, _before: Instruction, _after: Instruction) -> Iterator[To]:
    """Clerks and heads of the unit whose report it is about."""
    yield To(WITH_HEAD, UnitCode(entry.payload["unit"]))


def all_units(_entry: Entry, _before: Instruction, after: Instruction) -> Iterator[To]:
    """Every unit that was asked."""
    yield from (To(WITH_HEAD, unit) for unit in sorted(after.units))


TELLING: Final[Mapping[Deed, tuple[str, Whom]]] = {
    Deed.RECEIVE: ("instruction_named", newly_named),
    Deed.NAME: ("instruction_named", newly_named),
    Deed.PROPOSE: ("instruction_to_agree", checkers),
    Deed.AGREE: ("instruction_to_distribute", supervisors),
    Deed.SEND_BACK: ("instruction_sent_back", supervisors),
    Deed.DISTRIBUTE: ("instruction_asked", newly_asked),
    Deed.REPORT: ("instruction_reported", supervisors),
    Deed.RETURN: ("instruction_returned", the_unit),
    Deed.PRESENT: ("instruction_to_strike_off", checkers),
    Deed.STRIKE_OFF: ("instruction_struck_off", all_units),
}
"""Kinds of notice by deed; of the others only the history tells."""


def who_must_know(entry: Entry, before: Instruction, after: Instruction) -> tuple[Told, ...]:
    """Everybody to be told of this entry, with what they are told."""
    line = TELLING.get(entry.deed)
    to = tuple(line[1](entry, before, after)) if line else ()
    return (Told(line[0], to),) if line and to else ()


def reminded(unit: UnitCode | None, *, late: bool) -> tuple[Told, ...]:
    """The last day has come, or the date has passed: for a unit, or for the report to the leader."""
    if unit is None:
        return (Told("instruction_late" if late else "instruction_due_soon", (To(SUPERVISORS),)),)
    own = Told("instruction_ask_late" if late else "instruction_ask_due_soon", (To(WITH_HEAD, unit),))
    return (own, Told("instruction_unit_late", (To(SUPERVISORS),))) if late else (own,)
