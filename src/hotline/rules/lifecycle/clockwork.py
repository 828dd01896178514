"""What a transition does to the ticket's clocks, as the table says it, turned into dated changes.

Clerks live by these times. Whether the reply clock starts at acceptance, dispatch or sign-in, and whether on time
means first submission or accepted reply, are settings of the profile.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from hotline.rules.acts import Delegate, GrantExtension, Pause
from hotline.rules.deadlines import Due, Limit, compute_due
from hotline.rules.deadlines import Pause as PauseSpan
from hotline.rules.lifecycle.case import Case
from hotline.rules.profiles import rework_limit
from hotline.rules.state import ClockChange, ClockState
from hotline.rules.vocabulary import ClockKind, Flag

PAUSABLE = (ClockKind.REPLY, ClockKind.UNIT_REPLY, ClockKind.FIRST_CONTACT)
"""Clocks that rest while the office has stopped time for the unit."""


@dataclass(frozen=True)
class Effect:
    """One word of the table's clock column; `text` is what docs/flow.md prints."""

    text: str
    changes: Callable[[Case], Iterator[ClockChange]]


def start(kind: ClockKind) -> Effect:
    """The clock starts with the limit of the profile, if the profile has one."""

    def changes(case: Case) -> Iterator[ClockChange]:
        s = case.state
        limit = case.book.profile.limit(
            kind, request_type=s.request_type, urgency=s.urgency, complex=Flag.COMPLEX in s.flags
        )
        if limit is not None:
            yield _started(case, kind, limit)

    return Effect(f"+{kind.value}", changes)


def start_reply(moment: str) -> Effect:
    """The promise to the citizen starts at the moment the profile names, once."""
    inner = start(ClockKind.REPLY)

    def changes(case: Case) -> Iterator[ClockChange]:
        if case.book.profile.reply_starts_at == moment and ClockKind.REPLY not in case.state.clocks:
            yield from inner.changes(case)

    return Effect(f"+reply@{moment}", changes)


def start_rework(kind: ClockKind) -> Effect:
    """A rework gets a part of the original limit (P: half, at least one working day)."""

    def changes(case: Case) -> Iterator[ClockChange]:
        s = case.state
        original = case.book.profile.limit(
            ClockKind.REPLY, request_type=s.request_type, urgency=s.urgency, complex=Flag.COMPLEX in s.flags
        )
        if original is not None:
            yield _started(case, kind, rework_limit(case.book.profile, original))

    return Effect(f"+{kind.value} (rework)", changes)


def _started(case: Case, kind: ClockKind, limit: Limit) -> ClockChange:
    promise = kind in {ClockKind.REPLY, ClockKind.UNIT_REPLY}
    due: Due = compute_due(
        limit=limit,
        start=case.now,
        calendar=case.book.calendar,
        emergencies=case.book.emergencies if promise else (),
        request=case.scope,
        superior_due=case.state.superior_due_at if promise else None,
    )
    return ClockChange(op="start", kind=kind, due_at=due.due_at, limit=str(due.limit), provisional=due.provisional)


def start_inner() -> Effect:
    """The district sets the street an inner limit within the city's; without one the profile's applies."""
    inner = start(ClockKind.INNER_REPLY)

    def changes(case: Case) -> Iterator[ClockChange]:
        asked = case.act.due_at if isinstance(case.act, Delegate) else None
        city = case.state.running(ClockKind.UNIT_REPLY)
        if asked is None:
            yield from inner.changes(case)
        else:
            due_at = min(asked, city.due_at) if city else asked
            yield ClockChange(op="start", kind=ClockKind.INNER_REPLY, due_at=due_at, limit="set")

    return Effect("+inner_reply", changes)


def stop(*kinds: ClockKind) -> Effect:
    """What was owed has been done: the clock stops and says whether in time."""
    return Effect("".join(f"-{k.value} " for k in kinds).strip(), lambda case: _ended(case, kinds, "stop"))


def cancel(*kinds: ClockKind) -> Effect:
    """Nothing is owed any more: the clock stops without a verdict."""
    return Effect("".join(f"×{k.value} " for k in kinds).strip(), lambda case: _ended(case, kinds, "cancel"))


def cancel_all() -> Effect:
    """At the end of a ticket no clock runs."""
    return Effect("×all", lambda case: _ended(case, tuple(case.state.clocks), "cancel"))


def _ended(case: Case, kinds: tuple[ClockKind, ...], op: str) -> Iterator[ClockChange]:
    for kind in kinds:
        clock = case.state.running(kind)
        if clock is None:
            continue
        if clock.paused:
            yield _resumed(case, clock)
        yield ClockChange(op=op, kind=kind)


def stop_replies(moment: str) -> Effect:
    """On time means first submission or accepted reply, as the profile says."""
    inner = stop(ClockKind.REPLY, ClockKind.UNIT_REPLY)

    def changes(case: Case) -> Iterator[ClockChange]:
        if case.book.profile.on_time_means == moment:
            yield from inner.changes(case)

    return Effect(f"-reply -unit_reply@{moment}", changes)


def reopen(*kinds: ClockKind) -> Effect:
    """A send-back never restarts a clock: it runs on as if it had not stopped."""

    def changes(case: Case) -> Iterator[ClockChange]:
        for kind in kinds:
            clock = case.state.clocks.get(kind)
            if clock is not None and not clock.running:
                yield ClockChange(op="reopen", kind=kind)

    return Effect("".join(f"↺{k.value} " for k in kinds).strip(), changes)


def pause(reason: str = "") -> Effect:
    """Time stops for the unit."""

    def changes(case: Case) -> Iterator[ClockChange]:
        why = case.act.reason if isinstance(case.act, Pause) else reason
        for kind in PAUSABLE:
            clock = case.state.running(kind)
            if clock is not None and not clock.paused:
                yield ClockChange(op="pause", kind=kind, reason=why)

    return Effect("⏸", changes)


def resume() -> Effect:
    """Time runs again; whole-day limits move by whole working days."""

    def changes(case: Case) -> Iterator[ClockChange]:
        for kind in PAUSABLE:
            clock = case.state.running(kind)
            if clock is not None and clock.paused:
                yield _resumed(case, clock)

    return Effect("▶", changes)


def _resumed(case: Case, clock: ClockState) -> ClockChange:
    pauses = (*clock.pauses[:-1], (clock.pauses[-1][0], case.now, clock.pauses[-1][2]))
    due = recomputed(case, clock, pauses=pauses)
    return ClockChange(op="resume", kind=clock.kind, due_at=due.due_at, provisional=due.provisional)


def recomputed(
    case: Case,
    clock: ClockState,
    *,
    pauses: tuple[tuple[datetime, datetime | None, str], ...] | None = None,
    extension: int | None = None,
) -> Due:
    """When the clock is due, counted again from its start with all its pauses and extensions."""
    promise = clock.kind in {ClockKind.REPLY, ClockKind.UNIT_REPLY}
    spans = tuple(PauseSpan(a, b, why) for a, b, why in (clock.pauses if pauses is None else pauses))
    return compute_due(
        limit=Limit.parse(clock.limit),
        start=clock.started_at,
        calendar=case.book.calendar,
        pauses=spans,
        extension=clock.extension if extension is None else extension,
        emergencies=case.book.emergencies if promise else (),
        request=case.scope,
        superior_due=case.state.superior_due_at if promise else None,
        as_of=case.now,
    )


def extend() -> Effect:
    """Granted days are added to the limit of both reply clocks."""

    def changes(case: Case) -> Iterator[ClockChange]:
        days = case.act.days if isinstance(case.act, GrantExtension) else 0
        for kind in (ClockKind.REPLY, ClockKind.UNIT_REPLY):
            clock = case.state.running(kind)
            if clock is not None:
                due = recomputed(case, clock, extension=clock.extension + days)
                yield ClockChange(op="move", kind=kind, due_at=due.due_at, provisional=due.provisional, extension=days)

    return Effect("→reply →unit_reply", changes)


def recompute() -> Effect:
    """An emergency or a published calendar changes what running clocks are due."""

    def changes(case: Case) -> Iterator[ClockChange]:
        for clock in case.state.clocks.values():
            if not clock.running or clock.paused:
                continue
            due = recomputed(case, clock)
            if (due.due_at, due.provisional) != (clock.due_at, clock.provisional):
                yield ClockChange(op="move", kind=clock.kind, due_at=due.due_at, provisional=due.provisional)

    return Effect("→all", changes)


def mark_overdue() -> Effect:
    """The named clock has run out."""

    def changes(case: Case) -> Iterator[ClockChange]:
        named = case.act_text("clock")
        for clock in case.state.clocks.values():
            if clock.kind.value == named and clock.running and case.now > clock.due_at and not clock.overdue_at:
                yield ClockChange(op="overdue", kind=clock.kind)

    return Effect("!clock", changes)
