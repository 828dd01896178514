"""How a ticket's clock gets its due time: the profile's limit, counted on the calendar with everything that moves it.

The effects of clockwork.py ask here; so do guards that need to know when something would be due.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from hotline.rules.deadlines import Due, Limit, RequestScope, compute_due
from hotline.rules.deadlines import Pause as PauseSpan
from hotline.rules.lifecycle.case import Case
from hotline.rules.profiles import rework_limit
from hotline.rules.state import ClockChange, ClockState, TicketState
from hotline.rules.vocabulary import PROMISES, ClockKind, Flag, Proposal

SET: Final = "set"
"""The limit of a clock whose due time a person has named."""

PAUSABLE: Final = (
    ClockKind.REPLY,
    ClockKind.UNIT_REPLY,
    ClockKind.FIRST_CONTACT,
    ClockKind.INNER_REPLY,
    ClockKind.CO_TASK,
)
"""Clocks that rest while the office has stopped time for the unit."""

Pauses = tuple[tuple[datetime, datetime | None, str], ...]


def limit_of(case: Case, kind: ClockKind) -> Limit | None:
    """What the profile gives the clock on this ticket; a rework gets a part of the original (P: half)."""
    state, profile = case.state, case.book.profile
    limit = profile.limit(
        kind,
        request_type=state.request_type,
        urgency=state.urgency,
        complex=Flag.COMPLEX in state.flags,
        channel=state.channel,
    )
    if limit is not None and kind in PROMISES and Flag.IN_REWORK in state.flags:
        return rework_limit(profile, limit)
    return limit


def started(case: Case, kind: ClockKind, limit: Limit) -> ClockChange:
    """The clock starts now. An emergency that only shortens it while it lasts is not written into its limit."""
    due = _count(case, kind, limit, case.now, as_of=case.now)
    lasting = _count(case, kind, limit, case.now) if case.book.emergencies else due
    return ClockChange(op="start", kind=kind, due_at=due.due_at, limit=str(lasting.limit), provisional=due.provisional)


def set_due(kind: ClockKind, due_at: datetime) -> ClockChange:
    """The clock starts now with a due time that a person has named."""
    return ClockChange(op="start", kind=kind, due_at=due_at, limit=SET)


def parked_until(case: Case) -> datetime:
    """When offices close on the review day of the plan that was proposed."""
    asked = case.before.proposals.get(Proposal.PARK) if case.before else None
    named = asked.details["review_on"] if asked else case.now.date().isoformat()
    return case.book.calendar.office_end(date.fromisoformat(named))


def could_rest(state: TicketState) -> Iterator[ClockState]:
    """Running clocks that a pause stops."""
    return (clock for kind in PAUSABLE for clock in state.all_running(kind))


def resumed(case: Case, clock: ClockState) -> ClockChange:
    """The clock runs again: what was paused is not counted."""
    began, _, why = clock.pauses[-1]
    if clock.limit == SET:
        due_at, provisional = clock.due_at + (case.now - began), False
    else:
        due = due_again(case, clock, pauses=(*clock.pauses[:-1], (began, case.now, why)))
        due_at, provisional = due.due_at, due.provisional
    return ClockChange(op="resume", kind=clock.kind, due_at=due_at, provisional=provisional, of=clock.of)


def due_again(case: Case, clock: ClockState, *, pauses: Pauses | None = None, extension: int | None = None) -> Due:
    """When the clock is due, counted again from its start with all its pauses and extensions."""
    return _count(
        case,
        clock.kind,
        Limit.parse(clock.limit),
        clock.started_at,
        pauses=clock.pauses if pauses is None else pauses,
        extension=clock.extension if extension is None else extension,
        as_of=case.now,
    )


def counted_from(case: Case, kind: ClockKind, start: datetime) -> datetime | None:
    """When the profile's limit of that kind would be over, counted from a moment; None where it sets none."""
    limit = limit_of(case, kind)
    return _count(case, kind, limit, start, as_of=case.now).due_at if limit is not None else None


def relimited(case: Case, clock: ClockState) -> Iterator[ClockChange]:
    """The clock under the new classification, if its limit came from the old one and neither has run out."""
    if case.before is None or (case.now > clock.due_at and not clock.paused):
        return
    old_case = replace(case, state=case.before)
    old, new = limit_of(old_case, clock.kind), limit_of(case, clock.kind)
    if old is None or new is None or clock.limit != str(_limit_that_bound(old_case, clock, old)):
        return
    due = _count(
        case, clock.kind, new, clock.started_at, pauses=clock.pauses, extension=clock.extension, as_of=case.now
    )
    limit = str(_limit_that_bound(case, clock, new))
    if due.due_at > case.now and (due.due_at, limit) != (clock.due_at, clock.limit):
        yield ClockChange(op="move", kind=clock.kind, due_at=due.due_at, limit=limit, provisional=due.provisional)


def _limit_that_bound(case: Case, clock: ClockState, limit: Limit) -> Limit:
    """The limit the clock took when it started: an emergency then in force may have set a shorter one."""
    return _count(case, clock.kind, limit, clock.started_at).limit


def _count(
    case: Case,
    kind: ClockKind,
    limit: Limit,
    start: datetime,
    *,
    pauses: Pauses = (),
    extension: int = 0,
    as_of: datetime | None = None,
) -> Due:
    """Only promises are touched by emergencies and by a superior's date, and by that date only while it lies ahead."""
    promise = kind in PROMISES
    superior = case.state.superior_due_at
    return compute_due(
        limit=limit,
        start=start,
        calendar=case.book.calendar,
        pauses=tuple(PauseSpan(a, b, why) for a, b, why in pauses),
        extension=extension,
        emergencies=case.book.emergencies if promise else (),
        request=scope(case.state),
        superior_due=superior if promise and superior is not None and superior > start else None,
        as_of=as_of,
        explained=False,
    )


def scope(state: TicketState) -> RequestScope:
    """What an emergency looks at to know whether it covers the ticket; a rework is a promise made anew."""
    return RequestScope(
        request_type=state.request_type,
        category=state.category,
        region=state.region,
        tags=state.tags,
        opened_at=None if Flag.IN_REWORK in state.flags else state.accepted_at,
    )
