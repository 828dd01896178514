"""Who is told what of a dispute's file: one line a deed. Deeds that are acts of the ticket are told by its events."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from hotline.rules.joint.states import Deed, Dispute, Entry
from hotline.rules.joint.table import SIGNERS, SUPERVISORS, UNITS
from hotline.rules.notifying import To, Told
from hotline.rules.vocabulary import Role

Whom = Callable[[Dispute], Iterator[To]]
HEADS: Final = SIGNERS | {Role.SECTION_HEAD}


def members(state: Dispute) -> Iterator[To]:
    """Heads of all units called, the observer's too."""
    yield from (To(HEADS, unit) for unit in sorted(state.members))


def speakers(state: Dispute) -> Iterator[To]:
    """Everybody whose word on the minutes is asked for."""
    yield from (To(UNITS, unit) for unit in sorted(state.speakers))


def parties(state: Dispute) -> Iterator[To]:
    """The disputing units."""
    yield from (To(UNITS, unit) for unit in sorted(state.parties))


def bound(state: Dispute) -> Iterator[To]:
    """Units that the ruling gives something to do."""
    yield from (To(UNITS, unit) for unit in sorted(state.bound))


def supervisors(_state: Dispute) -> Iterator[To]:
    """Those who lead the procedure."""
    yield To(SUPERVISORS)


TELLING: Final[Mapping[Deed, tuple[str, Whom]]] = {
    Deed.OPEN: ("joint_position_asked", parties),
    Deed.STATE: ("joint_position_stated", supervisors),
    Deed.RESCHEDULE: ("joint_rescheduled", members),
    Deed.OPINE: ("joint_opinion_given", supervisors),
    Deed.CONCLUDE: ("joint_minutes_out", speakers),
    Deed.RESUME: ("joint_resumed", members),
    Deed.AGREE: ("joint_minutes_answered", supervisors),
    Deed.SIGN: ("joint_signed", supervisors),
    Deed.UPHOLD: ("joint_upheld", bound),
}
"""Kinds of notice by deed; of the others the ticket's events tell, or only the history."""


def who_must_know(entry: Entry, state: Dispute) -> tuple[Told, ...]:
    """Everybody to be told of this entry, with what they are told."""
    line = TELLING.get(entry.deed)
    to = tuple(line[1](state)) if line else ()
    return (Told(line[0], to),) if line and to else ()
