"""Who is told what of a supervision: one line a deed. Proposals ring nowhere: the supervisors' desk counts them.

Units are told of nothing before an unannounced visit was made, and after it by the ticket's own event.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Final

from hotline.rules.notifying import CLERKS, WITH_HEAD, To, Told
from hotline.rules.supervision.states import Deed, Entry, Supervised
from hotline.rules.vocabulary import CITY_TZ, Role, SupervisionKind, UnitCode

Whom = Callable[[Entry, Supervised], Iterator[To]]
HEAD: Final = frozenset({Role.UNIT_HEAD})
NEVER: Final = datetime(1970, 1, 1, tzinfo=CITY_TZ)


def units(_entry: Entry, state: Supervised) -> Iterator[To]:
    """Clerks and heads of every unit that is asked."""
    yield from (To(WITH_HEAD, unit) for unit in sorted(state.units))


def still_owing(_entry: Entry, state: Supervised) -> Iterator[To]:
    """Units that have not reported."""
    yield from (To(WITH_HEAD, unit) for unit in sorted(state.missing))


def clerks(_entry: Entry, state: Supervised) -> Iterator[To]:
    """Those who report for the units."""
    yield from (To(CLERKS, unit) for unit in sorted(state.units))


def owner(_entry: Entry, state: Supervised) -> Iterator[To]:
    """The supervisor whose it is; all of them while it is nobody's."""
    yield To(person=state.owner) if state.owner else To(frozenset({Role.SUPERVISOR}))


def own_head(entry: Entry, state: Supervised) -> Iterator[To]:
    """The head of the unit that has reported, where a signature is needed."""
    unit = entry.payload.get("unit")
    if unit and state.kind is SupervisionKind.KEY:
        yield To(HEAD, UnitCode(unit))


TELLING: Final[Mapping[Deed, tuple[tuple[str, Whom], ...]]] = {
    Deed.OPEN: (("supervision_opened", units),),
    Deed.CHANGE_UNITS: (("supervision_opened", still_owing),),
    Deed.ADD_TICKETS: (("supervision_opened", still_owing),),
    Deed.REPORT: (("supervision_to_sign", own_head), ("supervision_reported", owner)),
    Deed.SIGN: (("supervision_signed", owner),),
    Deed.SEND_BACK: (("supervision_sent_back", units),),
    Deed.MOVE_DUE: (("supervision_due_moved", clerks),),
    Deed.ASSIGN: (("supervision_assigned", owner),),
    Deed.CLOSE: (("supervision_ended", clerks),),
    Deed.FOLLOW_TICKET: (("supervision_ended", clerks),),
    Deed.WITHDRAW: (("supervision_ended", clerks),),
}
"""Kinds of notice by deed; of the others only the history tells."""

TO_UNITS: Final = frozenset({units, still_owing, clerks})


def who_must_know(entry: Entry, state: Supervised) -> tuple[Told, ...]:
    """Everybody to be told of this entry, with what they are told."""
    hidden = state.kind is SupervisionKind.ON_SITE
    lines = TELLING.get(entry.deed, ())
    found = (Told(kind, tuple(whom(entry, state))) for kind, whom in lines if not (hidden and whom in TO_UNITS))
    return tuple(told for told in found if told.to) if state.opened_at else ()


def who_is_late(state: Supervised) -> tuple[Told, ...]:
    """Units that owe a report after its date, and the supervisor."""
    nothing = Entry(deed=Deed.NOTE, at=NEVER, actor="", role=Role.SYSTEM, unit=None, status=state.status)
    to_units = () if state.kind is SupervisionKind.ON_SITE else tuple(still_owing(nothing, state))
    return (Told("supervision_late", (*to_units, *owner(nothing, state))),)
