"""Who is told what of a precedent: one line a deed."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from hotline.rules.notifying import WITH_HEAD, To, Told
from hotline.rules.precedents.states import Deed, Entry, Precedent
from hotline.rules.precedents.table import HEADS, SUPERVISORS
from hotline.rules.vocabulary import Role

Whom = Callable[[Precedent], Iterator[To]]


def staffing(state: Precedent) -> Iterator[To]:
    """The staffing office, which agrees."""
    if state.staffing:
        yield To(HEADS, state.staffing)


def office(_state: Precedent) -> Iterator[To]:
    """Those who word precedents and decide about challenges."""
    yield To(SUPERVISORS)


def everybody(state: Precedent) -> Iterator[To]:
    """All who have to follow it: units concerned, the staffing office, and the office's desks."""
    yield To(SUPERVISORS | {Role.DISPATCHER})
    yield from (To(WITH_HEAD, unit) for unit in sorted(state.concerned))
    yield from staffing(state)


def owner(state: Precedent) -> Iterator[To]:
    """Who answers for renewing it, and the office."""
    if state.owner:
        yield To(WITH_HEAD, state.owner)
    yield from office(state)


TELLING: Final[Mapping[Deed, tuple[str, Whom]]] = {
    Deed.PROPOSE: ("precedent_to_agree", staffing),
    Deed.REVISE: ("precedent_to_agree", staffing),
    Deed.AMEND: ("precedent_to_agree", staffing),
    Deed.RENEW: ("precedent_to_agree", staffing),
    Deed.SEND_BACK: ("precedent_returned", office),
    Deed.DECLINE: ("precedent_returned", office),
    Deed.AGREE: ("precedent_in_force", everybody),
    Deed.CHALLENGE: ("precedent_challenged", office),
    Deed.UPHOLD: ("precedent_upheld", everybody),
    Deed.WITHDRAW: ("precedent_ended", everybody),
    Deed.EXPIRE: ("precedent_ended", everybody),
    Deed.WARN: ("precedent_runs_out", owner),
}
"""Kinds of notice by deed; of a draft that is dropped only the history tells."""


def who_must_know(entry: Entry, state: Precedent) -> tuple[Told, ...]:
    """Everybody to be told of this entry, with what they are told."""
    line = TELLING.get(entry.deed)
    to = tuple(line[1](state)) if line else ()
    return (Told(line[0], to),) if line and to else ()
