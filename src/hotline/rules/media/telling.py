"""Who is told what of a handover: one line a deed. Units learn of it when the list goes to the medium."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from hotline.rules.media.states import Deed, Entry, Handover
from hotline.rules.media.table import CHECKERS, SUPERVISORS
from hotline.rules.notifying import CLERKS, WITH_HEAD, To, Told
from hotline.rules.vocabulary import UnitCode

Whom = Callable[[Entry, Handover], Iterator[To]]


def checkers(_entry: Entry, _state: Handover) -> Iterator[To]:
    """Those who agree and who weigh answers."""
    yield To(CHECKERS)


def writers(_entry: Entry, state: Handover) -> Iterator[To]:
    """Those who wrote what the medium is told."""
    yield from (To(person=one) for one in sorted(state.writers))


def units(_entry: Entry, state: Handover) -> Iterator[To]:
    """Clerks and heads of every unit that is asked."""
    yield from (To(WITH_HEAD, unit) for unit in sorted(state.units))


def its_unit(entry: Entry, _state: Handover) -> Iterator[To]:
    """Clerks and heads of the unit whose answer it is."""
    yield To(WITH_HEAD, UnitCode(entry.payload["unit"]))


def clerks(_entry: Entry, state: Handover) -> Iterator[To]:
    """Those who write the answers; while it is within the office nobody."""
    if state.handed_at is not None:
        yield from (To(CLERKS, unit) for unit in sorted(state.units))


TELLING: Final[Mapping[Deed, tuple[tuple[str, Whom], ...]]] = {
    Deed.PROPOSE: (("media_to_agree", checkers),),
    Deed.REVISE: (("media_to_agree", checkers),),
    Deed.SEND_BACK: (("media_returned", writers),),
    Deed.AGREE: (("media_handed", units), ("media_agreed", writers)),
    Deed.ANSWER: (("media_answered", checkers),),
    Deed.RETURN_ANSWER: (("media_answer_returned", its_unit),),
    Deed.RELEASE: (("media_released", its_unit),),
    Deed.MOVE_DUE: (("media_due_moved", clerks),),
    Deed.CLOSE: (("media_ended", clerks),),
    Deed.WITHDRAW: (("media_ended", clerks),),
}
"""Kinds of notice by deed; of the others only the history tells."""


def who_must_know(entry: Entry, state: Handover) -> tuple[Told, ...]:
    """Everybody to be told of this entry, with what they are told."""
    found = (Told(kind, tuple(whom(entry, state))) for kind, whom in TELLING.get(entry.deed, ()))
    return tuple(told for told in found if told.to)


def who_is_late(state: Handover) -> tuple[Told, ...]:
    """Units that owe a public answer after its date, and the supervisors."""
    owing = tuple(To(WITH_HEAD, unit) for unit in sorted(state.missing))
    return (Told("media_late", (*owing, To(SUPERVISORS))),)
