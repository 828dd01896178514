"""What a transition does to the ticket's clocks, as the table says it, turned into dated changes.

Clerks live by these times. Whether the reply clock starts at acceptance, dispatch or sign-in, and whether on time
means first submission or accepted reply, are settings of the profile (ADR 0005). Counting stands in reckoning.py.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.rules.acts import Delegate, GrantExtension, Pause, SendReminder
from hotline.rules.cotasks import CoTask, task_of
from hotline.rules.effects_of_tasks import asked_back
from hotline.rules.lifecycle.case import Case
from hotline.rules.lifecycle.reckoning import (
    SET,
    could_rest,
    due_again,
    limit_of,
    parked_until,
    relimited,
    resumed,
    set_due,
    started,
)
from hotline.rules.limits import Limit, LimitUnit, StartPoint
from hotline.rules.profile_parts import OnTimeMeans
from hotline.rules.state import ClockChange, ClockState, clock_key
from hotline.rules.vocabulary import ClockKind, Flag, Proposal

Changes = Callable[[Case], Iterator[ClockChange]]

BY_CLASS = (
    ClockKind.INTAKE,
    ClockKind.DISPATCH,
    ClockKind.SIGN_IN,
    ClockKind.RETURN_WINDOW,
    ClockKind.REPLY,
    ClockKind.UNIT_REPLY,
)
"""Clocks whose limit follows type, urgency and complexity when these are corrected."""


@dataclass(frozen=True)
class Effect:
    """One entry of the table's clock column. `op` and `kinds` are what docs/flow.md prints, `note` when it holds."""

    op: str
    kinds: tuple[ClockKind, ...]
    changes: Changes
    note: str = ""

    @property
    def text(self) -> str:
        """The short form in `hotline rules flow --json`: start reply@acceptance."""
        kinds = " ".join(kind.value for kind in self.kinds) or "all"
        return f"{self.op} {kinds}{f'@{self.note}' if self.note else ''}"


def start(*kinds: ClockKind) -> Effect:
    """The clocks start with the limits of the profile; those without one do not run."""
    return Effect("start", kinds, lambda case: _starts(case, kinds))


def _starts(case: Case, kinds: tuple[ClockKind, ...]) -> Iterator[ClockChange]:
    for kind in kinds:
        limit = limit_of(case, kind)
        if limit is not None:
            yield started(case, kind, limit)


def start_reply(moment: StartPoint | None = None) -> Effect:
    """The promise to the citizen starts once, at the moment the profile names; without a moment if it has not yet."""

    def changes(case: Case) -> Iterator[ClockChange]:
        due = moment is None or case.book.profile.reply_starts_at is moment
        if due and ClockKind.REPLY not in case.state.clocks:
            yield from _starts(case, (ClockKind.REPLY,))

    return Effect("start", (ClockKind.REPLY,), changes, moment.value if moment else "not_started")


def start_unit_reply(moment: StartPoint) -> Effect:
    """The unit's time starts when it is given the ticket, and never before the citizen's."""

    def changes(case: Case) -> Iterator[ClockChange]:
        at_sign_in = case.book.profile.reply_starts_at is StartPoint.SIGN_IN
        if at_sign_in is (moment is StartPoint.SIGN_IN):
            yield from _starts(case, (ClockKind.UNIT_REPLY,))

    return Effect("start", (ClockKind.UNIT_REPLY,), changes, moment.value)


def start_sign_in(moment: StartPoint) -> Effect:
    """A city may count the time to sign in from acceptance; a unit that comes later has it from its dispatch."""

    def changes(case: Case) -> Iterator[ClockChange]:
        early = case.book.profile.sign_in_starts_at is StartPoint.ACCEPTANCE
        if early if moment is StartPoint.ACCEPTANCE else not case.state.running(ClockKind.SIGN_IN):
            yield from _starts(case, (ClockKind.SIGN_IN,))

    return Effect("start", (ClockKind.SIGN_IN,), changes, moment.value)


def start_contact() -> Effect:
    """The unit owes a first contact only to who left one and may be known to it."""

    def changes(case: Case) -> Iterator[ClockChange]:
        if case.state.contactable and not case.has(Flag.CONFIDENTIAL):
            yield from _starts(case, (ClockKind.FIRST_CONTACT,))

    return Effect("start", (ClockKind.FIRST_CONTACT,), changes, "contactable")


def spare_contact() -> Effect:
    """A ticket that has become confidential: the unit is not to seek out who asked."""

    def changes(case: Case) -> Iterator[ClockChange]:
        if case.has(Flag.CONFIDENTIAL):
            yield from _ended(case, (ClockKind.FIRST_CONTACT,), "waive")

    return Effect("waive", (ClockKind.FIRST_CONTACT,), changes, "confidential")


def start_inner() -> Effect:
    """The district sets the street an inner limit within the city's; without one the profile's applies."""

    def changes(case: Case) -> Iterator[ClockChange]:
        asked = case.act.due_at if isinstance(case.act, Delegate) else None
        if asked is None:
            yield from _starts_within(case, ClockKind.INNER_REPLY)
            return
        last = _units_due(case)
        yield set_due(ClockKind.INNER_REPLY, min(asked, last) if last else asked)

    return Effect("start", (ClockKind.INNER_REPLY,), changes)


def _units_due(case: Case) -> datetime | None:
    """When the lead unit itself must be done, while that lies ahead."""
    city = case.state.running(ClockKind.UNIT_REPLY)
    return city.due_at if city and not city.paused and city.due_at > case.now else None


def _starts_within(case: Case, kind: ClockKind) -> Iterator[ClockChange]:
    """A part of the unit's work has the profile's limit, and never longer than the unit itself."""
    last = _units_due(case)
    for change in _starts(case, (kind,)):
        late = last is not None and change.due_at is not None and change.due_at > last
        yield set_due(kind, last) if late and last else change


def start_co_tasks() -> Effect:
    """Each co-unit whose task has begun has its own time; of whom nothing is asked any more, that ends."""

    def changes(case: Case) -> Iterator[ClockChange]:
        owed = {task.unit: task for task in case.state.tasks if task.owed}
        shared = case.state.running(ClockKind.CO_TASK)  # of tickets from before each co-unit had its own
        for clock in case.state.all_running(ClockKind.CO_TASK):
            if clock.of not in owed and not (clock is shared and owed):
                yield from _ends(case, clock, "cancel")
        for unit, task in owed.items():
            if shared is None and not case.state.running(ClockKind.CO_TASK, unit):
                yield from _begins(case, task)

    return Effect("start", (ClockKind.CO_TASK,), changes, "co_units")


def _begins(case: Case, task: CoTask) -> Iterator[ClockChange]:
    """A task has its own days or the profile's limit, and never longer than the lead itself."""
    if not task.days:
        yield from (replace(change, of=task.unit) for change in _starts_within(case, ClockKind.CO_TASK))
        return
    last, own = _units_due(case), started(case, ClockKind.CO_TASK, Limit(task.days, LimitUnit.WORKDAY))
    late = last is not None and own.due_at is not None and own.due_at > last
    yield replace(set_due(ClockKind.CO_TASK, last) if late and last else own, of=task.unit)


def follow_co_task() -> Effect:
    """A unit that stands in for one that is no more has its time, not a new one."""

    def changes(case: Case) -> Iterator[ClockChange]:
        old, new = case.act_text("old_unit"), case.act_text("new_unit")
        clock, owed = case.state.running(ClockKind.CO_TASK, old), task_of(case.state.tasks, new)
        if clock is None or owed is None or not owed.owed or case.state.running(ClockKind.CO_TASK, new):
            return
        yield from _ends(case, clock, "waive")
        yield ClockChange(op="start", kind=clock.kind, due_at=clock.due_at, limit=clock.limit, of=new)
        if clock.paused:
            yield ClockChange(op="pause", kind=clock.kind, reason=clock.pauses[-1][2], of=new)

    return Effect("start", (ClockKind.CO_TASK,), changes, "successor")


def waive_co_task() -> Effect:
    """The task was never the co-unit's: its time ends without a verdict."""

    def changes(case: Case) -> Iterator[ClockChange]:
        clock = case.state.running(ClockKind.CO_TASK, asked_back(case.before) if case.before else "")
        if clock is not None and clock.of:
            yield from _ends(case, clock, "waive")

    return Effect("waive", (ClockKind.CO_TASK,), changes, "returned")


def reopen_co_task() -> Effect:
    """A report sent back: the co-unit's time runs on as if it had not stopped."""

    def changes(case: Case) -> Iterator[ClockChange]:
        clock = case.state.clocks.get(clock_key(ClockKind.CO_TASK, case.act_text("unit")))
        if clock is not None and not clock.running:
            yield ClockChange(op="reopen", kind=clock.kind, of=clock.of)

    return Effect("reopen", (ClockKind.CO_TASK,), changes)


def stop_objection() -> Effect:
    """Nobody is left who could object: the window closes; while one of the bound units still may, it stays open."""

    def changes(case: Case) -> Iterator[ClockChange]:
        bound = {case.state.lead_unit, *case.state.co_units} - {None}
        if bound <= set(case.state.objected_by):
            yield from _ended(case, (ClockKind.OBJECTION,), "stop")

    return Effect("stop", (ClockKind.OBJECTION,), changes, "all_objected")


def stop_co_tasks() -> Effect:
    """A co-unit has reported its part: its own time stops."""

    def changes(case: Case) -> Iterator[ClockChange]:
        for clock in case.state.all_running(ClockKind.CO_TASK):
            if clock.of in case.state.co_done or (not clock.of and set(case.state.co_units) <= set(case.state.co_done)):
                yield from _ends(case, clock, "stop")

    return Effect("stop", (ClockKind.CO_TASK,), changes, "reported")


def start_park_review() -> Effect:
    """A parked ticket comes up again on the day its plan names."""

    def changes(case: Case) -> Iterator[ClockChange]:
        yield set_due(ClockKind.PARK_REVIEW, parked_until(case))

    return Effect("start", (ClockKind.PARK_REVIEW,), changes)


def start_unless_running(kind: ClockKind) -> Effect:
    """A panel that is already owed is not given more time."""
    return Effect("start", (kind,), lambda case: iter(()) if case.state.running(kind) else _starts(case, (kind,)))


def stop(*kinds: ClockKind) -> Effect:
    """What was owed has been done: the clock stops and says whether in time."""
    return Effect("stop", kinds, lambda case: _ended(case, kinds, "stop"))


def cancel(*kinds: ClockKind) -> Effect:
    """Nothing is owed any more: the clock stops; only what was broken by then stays broken."""
    return Effect("cancel", kinds, lambda case: _ended(case, kinds, "cancel"))


def cancel_all() -> Effect:
    """At the end of a ticket no clock runs."""
    return Effect("cancel", (), lambda case: _ended(case, tuple(ClockKind), "cancel"))


def waive(*kinds: ClockKind) -> Effect:
    """It was never theirs to keep: the clock stops without any verdict."""
    return Effect("waive", kinds, lambda case: _ended(case, kinds, "waive"))


def _ended(case: Case, kinds: tuple[ClockKind, ...], op: str) -> Iterator[ClockChange]:
    for kind in kinds:
        for clock in case.state.all_running(kind):
            yield from _ends(case, clock, op)


def _ends(case: Case, clock: ClockState, op: str) -> Iterator[ClockChange]:
    if clock.paused:
        yield resumed(case, clock)
    yield ClockChange(op=op, kind=clock.kind, of=clock.of)


def lapse(*kinds: ClockKind) -> Effect:
    """A right that was not used in its time is over."""

    def changes(case: Case) -> Iterator[ClockChange]:
        for kind in kinds:
            clock = case.state.running(kind)
            if clock is not None and case.now > clock.due_at:
                yield ClockChange(op="cancel", kind=kind)

    return Effect("cancel", kinds, changes, "run_out")


def stop_replies(moment: OnTimeMeans) -> Effect:
    """On time means first submission or accepted reply, as the profile says."""

    def changes(case: Case) -> Iterator[ClockChange]:
        if case.book.profile.on_time_means is moment:
            yield from _ended(case, (ClockKind.REPLY, ClockKind.UNIT_REPLY), "stop")

    return Effect("stop", (ClockKind.REPLY, ClockKind.UNIT_REPLY), changes, moment.value)


def reopen(*kinds: ClockKind) -> Effect:
    """A send-back never restarts a clock: it runs on as if it had not stopped."""

    def changes(case: Case) -> Iterator[ClockChange]:
        for kind in kinds:
            clock = case.state.clocks.get(kind)
            if clock is not None and not clock.running:
                yield ClockChange(op="reopen", kind=kind)

    return Effect("reopen", kinds, changes)


def pause(reason: str = "") -> Effect:
    """Time stops for the unit."""

    def changes(case: Case) -> Iterator[ClockChange]:
        why = case.act.reason if isinstance(case.act, Pause) else reason
        for clock in could_rest(case.state):
            if not clock.paused:
                yield ClockChange(op="pause", kind=clock.kind, reason=why, of=clock.of)

    return Effect("pause", (), changes)


def resume() -> Effect:
    """Time runs again; whole-day limits move by whole working days."""
    return Effect("resume", (), lambda case: (resumed(case, c) for c in could_rest(case.state) if c.paused))


def extend() -> Effect:
    """Granted days are added to both reply clocks; one that was broken before the unit asked stays broken."""

    def changes(case: Case) -> Iterator[ClockChange]:
        days = case.act.days if isinstance(case.act, GrantExtension) else 0
        asked = case.before.proposals.get(Proposal.EXTENSION) if case.before else None
        for kind in (ClockKind.REPLY, ClockKind.UNIT_REPLY):
            clock = case.state.running(kind)
            if clock is None or asked is None or (asked.at > clock.due_at and not clock.paused):
                continue
            due = due_again(case, clock, extension=clock.extension + days)
            yield ClockChange(op="move", kind=kind, due_at=due.due_at, provisional=due.provisional, extension=days)

    return Effect("move", (ClockKind.REPLY, ClockKind.UNIT_REPLY), changes)


def relimit() -> Effect:
    """A corrected type, urgency or complexity brings its own limits, counted from the same start."""

    def changes(case: Case) -> Iterator[ClockChange]:
        for kind in BY_CLASS:
            clock = case.state.running(kind)
            if clock is not None:
                yield from relimited(case, clock)

    return Effect("move", BY_CLASS, changes, "reclassified")


def recompute() -> Effect:
    """An emergency or a published calendar changes what running clocks are due, and makes nobody late at once."""

    def changes(case: Case) -> Iterator[ClockChange]:
        for clock in case.state.clocks.values():
            if not clock.running or clock.paused or clock.limit == SET:
                continue
            due = due_again(case, clock)
            if due.due_at <= case.now < clock.due_at:
                continue
            if (due.due_at, due.provisional) != (clock.due_at, clock.provisional):
                yield ClockChange(
                    op="move", kind=clock.kind, due_at=due.due_at, provisional=due.provisional, of=clock.of
                )

    return Effect("move", (), changes)


def mark(op: str) -> Effect:
    """The named clock has run out, or has come to a step of its ladder."""

    def changes(case: Case) -> Iterator[ClockChange]:
        percent = case.act.percent if isinstance(case.act, SendReminder) else 0
        yield ClockChange(op=op, kind=ClockKind(case.act_text("clock")), percent=percent, of=case.act_text("of"))

    return Effect(op, (), changes)
