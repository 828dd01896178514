"""What follows what: which causes an event of a ticket gives, and what the city's profile makes of each.

Supervisors see every cause with its facts; each occasion has a key, so that it is taken up once and what was
dismissed does not come back for the same reason.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from hotline.rules.counting import count
from hotline.rules.state import Event, TicketState, clock_key
from hotline.rules.supervision.states import Cause
from hotline.rules.supervision_rules import Rung, SupervisionRules
from hotline.rules.vocabulary import AT_UNIT, PROMISES, TERMINAL, ClockKind, Flag, Rating, SupervisionKind
from hotline.rules.workdays import Calendar


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """One occasion on which the ladder has a rung: the cause, its facts, and what follows."""

    cause: Cause
    key: str
    rung: Rung
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> SupervisionKind:
        """The kind that follows."""
        return self.rung.kind or SupervisionKind.PLATFORM


Found = Iterator[tuple[Cause, str, dict[str, Any]]]
Finder = Callable[[Event, TicketState, TicketState, SupervisionRules], Found]

HEAVY_MARKS: Final[Mapping[Flag, Cause]] = {
    Flag.INSTRUCTION: Cause.INSTRUCTION,
    Flag.GROUP: Cause.GROUP,
    Flag.THREAT: Cause.THREAT,
    Flag.MEDIA: Cause.MEDIA_ATTENTION,
}
"""Marks that are a cause as soon as they are set."""


def triggers(event: Event, before: TicketState, after: TicketState, rules: SupervisionRules) -> tuple[Trigger, ...]:
    """What the event gives rise to under these rules; nothing where the profile lets nothing follow."""
    finders = (*FINDERS.get(event.name, ()), _newly_marked)
    found = (one for finder in finders for one in finder(event, before, after, rules))
    return tuple(
        Trigger(cause=cause, key=key, rung=rules.rung(cause.value), facts=facts)
        for cause, key, facts in found
        if rules.rung(cause.value).kind is not None
    )


def _newly_marked(_event: Event, before: TicketState, after: TicketState, _rules: SupervisionRules) -> Found:
    for flag, cause in HEAVY_MARKS.items():
        if flag in after.flags - before.flags:
            yield cause, cause.value, {}


def _overdue(event: Event, _before: TicketState, after: TicketState, _rules: SupervisionRules) -> Found:
    """A promise was broken while a unit had the ticket; what the office is late with has lights of its own."""
    kind = str(event.payload.get("clock", ""))
    if kind not in PROMISES or after.stage not in AT_UNIT:
        return
    clock = after.clocks[ClockKind(kind)]
    facts = {"clock": kind, "due_at": clock.due_at.isoformat()}
    yield Cause.OVERDUE, f"{Cause.OVERDUE}:{kind}:{clock.round}", facts


def _noticed(event: Event, _before: TicketState, after: TicketState, _rules: SupervisionRules) -> Found:
    """A written notice goes out because the reminders at and before expiry were ignored."""
    kind = str(event.payload.get("clock", ""))
    of = str(event.payload.get("of", ""))
    clock = after.clocks.get(clock_key(ClockKind(kind), of)) if kind in set(ClockKind) else None
    if clock is not None and after.stage in AT_UNIT:
        facts = {"clock": kind, "due_at": clock.due_at.isoformat()}
        yield Cause.REMINDER_IGNORED, f"{Cause.REMINDER_IGNORED}:{clock.key}:{clock.round}", facts


def _sent_back(_event: Event, _before: TicketState, after: TicketState, rules: SupervisionRules) -> Found:
    if after.send_backs >= rules.send_backs:
        yield Cause.SENT_BACK_TWICE, f"{Cause.SENT_BACK_TWICE}:{after.reworks}", {"count": after.send_backs}


def _dissatisfied(_event: Event, _before: TicketState, after: TicketState, _rules: SupervisionRules) -> Found:
    """Closed although the citizen said that it was not good."""
    if after.rating is not None and after.rating <= Rating.DISSATISFIED:
        facts = {"rating": int(after.rating), "reworks": after.reworks}
        yield Cause.DISSATISFIED, f"{Cause.DISSATISFIED}:{after.reworks}", facts


def repeat_trigger(times: int, rules: SupervisionRules) -> Trigger | None:
    """So many requests of one person on one matter in the profile's days: one occasion each time the count is full."""
    if not times or times % rules.repeat_count or rules.repeats.kind is None:
        return None
    facts = {"count": times, "days": rules.repeat_days}
    return Trigger(cause=Cause.REPEATS, key=f"{Cause.REPEATS}:{times}", rung=rules.repeats, facts=facts)


def late_trigger(kind: SupervisionKind, number: int, rules: SupervisionRules) -> Trigger | None:
    """A supervision on which units did not report in time; a key one has nothing above it on the ladder. A visit that
    was not made in time is the office's own lateness: nothing follows that could tell the unit of it.
    """
    rung = rules.supervision_late
    if rung.kind is None or rung.kind is kind or kind is SupervisionKind.ON_SITE:
        return None
    key = f"{Cause.SUPERVISION_LATE}:{number}"
    return Trigger(cause=Cause.SUPERVISION_LATE, key=key, rung=rung, facts={"kind": kind.value})


FINDERS: Final[Mapping[str, tuple[Finder, ...]]] = {
    "clock.overdue": (_overdue,),
    "clock.notice_issued": (_noticed,),
    "review.sent_back": (_sent_back,),
    "callback.closed": (_dissatisfied,),
}
"""Events that may be a cause by themselves."""

MARKING: Final = ("ticket.marked", "ticket.classified", "request.registered", "request.submitted")
"""Events that may set a mark."""

FOLLOWED: Final = (*FINDERS, *MARKING)
"""Every event at which the ladder is asked."""

LEADS: Final = (
    "dispatch.sent", "dispatch.phoned", "dispatch.reassigned", "dispatch.disputed", "dispatch.return_accepted",
    "joint.mediated", "joint.ruled_provisionally", "joint.ruled", "joint.confirmed", "ticket.unit_succeeded",
)  # fmt: skip
"""Events with which a ticket comes to another unit."""


def ends(before: TicketState, after: TicketState) -> bool:
    """Whether the ticket came to its end with this event."""
    return after.stage in TERMINAL and before.stage not in TERMINAL


ENDS: Final = (
    "request.answered_directly", "request.transferred", "request.withdrawn", "request.merged", "decline.confirmed",
    "void.confirmed", "callback.settled", "callback.unreached", "callback.waived", "callback.closed",
)  # fmt: skip
"""Events that may end a ticket."""


def due_for(kind: SupervisionKind, rules: SupervisionRules, *, start: datetime, calendar: Calendar) -> datetime:
    """By when units report, counted as every other limit is."""
    return count(rules.within(kind), start, 0, (), calendar).due_at
