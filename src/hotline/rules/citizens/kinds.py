"""Which event of a ticket tells its citizen what: one line an event, or the reason why nothing is said.

The office reads this table to know which messages leave. Each line says the kind of message; the words of each kind
stand in wording.py until the office writes others. Promised days are told anew only when they move back.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from hotline.rules.state import ClockState, Event, TicketState
from hotline.rules.vocabulary import CITY_TZ, Channel, ClockKind, Stage


class Kind(StrEnum):
    """One thing that a citizen can be told."""

    RECEIVED = "received"
    DECLINED = "declined"
    JOINED = "joined"
    HANDED = "handed"
    MOVED = "moved"
    DISPUTED = "disputed"
    CONVENED = "convened"
    FIRST = "first"
    STAYS = "stays"
    ESCALATED = "escalated"
    INTERIM = "interim"
    EXTENDED = "extended"
    LATER = "later"
    PAUSED = "paused"
    RESUMED = "resumed"
    PARKED = "parked"
    STILL_PARKED = "still_parked"
    UNPARKED = "unparked"
    ANSWERED = "answered"
    REOPENED = "reopened"
    UNREACHED = "unreached"
    CLOSED = "closed"


class Withheld(StrEnum):
    """Why a message that an event calls for does not leave."""

    CONFIDENTIAL = "confidential"
    NO_CONTACT = "no_contact"
    LANDLINE = "landline"
    NOT_WANTED = "not_wanted"
    ASKED_INSTEAD = "asked_instead"
    SAME = "same"
    OUTDATED = "outdated"


Choose = Callable[[Event, TicketState, TicketState, date | None], Kind | None]
"""Given the event, the ticket before and after it, and the last day that was promised to the citizen."""

SPOKEN: Final = frozenset({Channel.PHONE, Channel.LEADER_DAY, Channel.POLICE_110})
"""Channels on which somebody is on the line while the request is taken in."""


def always(kind: Kind) -> Choose:
    """Whenever it happens."""
    return lambda _event, _before, _after, _promised: kind


def to_new_lead(_event: Event, before: TicketState, after: TicketState, _promised: date | None) -> Kind | None:
    """Another unit has it now: the first one, or one in the place of another."""
    if not after.lead_unit or after.lead_unit == before.lead_unit:
        return None
    return Kind.MOVED if after.dispatches > 1 or before.lead_unit else Kind.HANDED


def when_disputed(_event: Event, _before: TicketState, after: TicketState, _promised: date | None) -> Kind | None:
    """The units do not agree whose it is; a return that only leads to the next unit is told with that one."""
    return Kind.DISPUTED if after.stage is Stage.JURISDICTION_DISPUTE else None


def if_later(kind: Kind) -> Choose:
    """Only when the answer is due on a later day than the citizen was promised; sooner needs no excuse."""

    def choose(_event: Event, _before: TicketState, after: TicketState, promised: date | None) -> Kind | None:
        due = due_day(after)
        return kind if due is not None and promised is not None and due > promised else None

    return choose


def answered_in_writing(_event: Event, before: TicketState, _after: TicketState, _promised: date | None) -> Kind | None:
    """Who asked by phone has heard the answer; who wrote has not."""
    return None if before.channel in SPOKEN else Kind.ANSWERED


def when_ended(_event: Event, _before: TicketState, after: TicketState, _promised: date | None) -> Kind | None:
    """Could not be reached: told when the ticket is closed by it."""
    return Kind.UNREACHED if after.stage is Stage.CLOSED else None


TELLING: Final[Mapping[str, Choose]] = {
    "request.registered": always(Kind.RECEIVED),
    "request.answered_directly": answered_in_writing,
    "request.merged": always(Kind.JOINED),
    "decline.confirmed": always(Kind.DECLINED),
    "dispatch.sent": to_new_lead,
    "dispatch.phoned": to_new_lead,
    "dispatch.reassigned": to_new_lead,
    "dispatch.disputed": when_disputed,
    "dispatch.return_accepted": when_disputed,
    "joint.opened": when_disputed,
    "joint.convened": always(Kind.CONVENED),
    "joint.mediated": to_new_lead,
    "joint.ruled": to_new_lead,
    "joint.ruled_provisionally": always(Kind.FIRST),
    "joint.confirmed": always(Kind.STAYS),
    "joint.escalated": always(Kind.ESCALATED),
    "handling.stage_replied": always(Kind.INTERIM),
    "extension.granted": always(Kind.EXTENDED),
    "clock.paused": always(Kind.PAUSED),
    "clock.resumed": always(Kind.RESUMED),
    "clock.recomputed": if_later(Kind.LATER),
    "ticket.classified": if_later(Kind.LATER),
    "ticket.marked": if_later(Kind.LATER),
    "ticket.unmarked": if_later(Kind.LATER),
    "ticket.tagged": if_later(Kind.LATER),
    "ticket.untagged": if_later(Kind.LATER),
    "parking.confirmed": always(Kind.PARKED),
    "parking.renewed": always(Kind.STILL_PARKED),
    "parking.struck_off": always(Kind.UNPARKED),
    "review.passed": always(Kind.ANSWERED),
    "callback.rework_ordered": always(Kind.REOPENED),
    "visit.problem_found": always(Kind.REOPENED),
    "callback.unreached": when_ended,
    "callback.closed": always(Kind.CLOSED),
}
"""What is told of an event."""

FOLLOWED: Final = "what comes of it is told, not that it was asked for"
INSIDE: Final = "it passes between office and unit, and changes nothing that the citizen was told"
PRESENT: Final = "the citizen did it or was on the line"
NO_REQUEST: Final = "there was no request, or it came in already answered elsewhere"

NOT_TOLD: Final[Mapping[str, str]] = {
    "request.submitted": "the page on which it was sent says its number; being accepted is told",
    "request.imported": NO_REQUEST,
    "request.transferred": PRESENT,
    "request.withdrawn": PRESENT,
    "decline.proposed": FOLLOWED,
    "decline.rejected": INSIDE,
    "void.proposed": FOLLOWED,
    "void.confirmed": NO_REQUEST,
    "void.rejected": INSIDE,
    "ticket.facts_added": PRESENT,
    "ticket.briefed": INSIDE,
    "ticket.urged": PRESENT,
    "ticket.attachment_added": INSIDE,
    "ticket.attachment_removed": INSIDE,
    "ticket.archived": "nothing changes for the citizen",
    "dispatch.requested": INSIDE,
    "dispatch.phone_fed_back": INSIDE,
    "dispatch.return_rejected": INSIDE,
    "dispatch.deemed_accepted": INSIDE,
    "handling.signed_in": INSIDE,
    "handling.return_requested": FOLLOWED,
    "handling.return_drafted": FOLLOWED,
    "handling.contacted": PRESENT,
    "handling.progressed": INSIDE,
    "handling.delegated": "the unit that answers to the citizen stays the same",
    "handling.delegate_signed_in": INSIDE,
    "handling.delegate_replied": INSIDE,
    "handling.co_reported": INSIDE,
    "handling.found": INSIDE,
    "task.opened": INSIDE,
    "task.sent_back": INSIDE,
    "task.closed": INSIDE,
    "task.return_requested": FOLLOWED,
    "task.return_accepted": INSIDE,
    "task.return_rejected": INSIDE,
    "handling.delegate_sent_back": INSIDE,
    "handling.recalled": INSIDE,
    "handling.replied": "an answer is told once it has been checked",
    "handling.signed_off": "an answer is told once it has been checked",
    "handling.request_signed": FOLLOWED,
    "handling.request_refused": FOLLOWED,
    "handling.revised": INSIDE,
    "extension.drafted": FOLLOWED,
    "extension.requested": FOLLOWED,
    "extension.refused": "the promised day stays",
    "parking.drafted": FOLLOWED,
    "parking.proposed": FOLLOWED,
    "parking.rejected": INSIDE,
    "joint.objected": "the work goes on meanwhile; what comes of it is told",
    "review.sent_back": "an answer is told once it has been checked",
    "callback.attempted": "who was not reached is rung again",
    "callback.settled": PRESENT,
    "callback.dissatisfied": PRESENT,
    "callback.waived": "closed so only where there is nobody to ask",
    "ticket.unit_succeeded": "a reorganisation; the work goes on and the promised day stays",
    "clock.reminded": INSIDE,
    "clock.notice_issued": INSIDE,
    "clock.criticism_proposed": INSIDE,
    "clock.overdue": "the unit is pressed; the citizen is owed the answer, not an account of the delay",
}
"""Why nothing is told of these."""

ENDING: Final = frozenset({"request.withdrawn", "void.confirmed"})
"""What has not left yet does not leave any more."""

MAY_TURN_CONFIDENTIAL: Final = frozenset({"ticket.classified", "ticket.marked"})
"""After these, too, where they make the ticket confidential."""

DATED: Final = frozenset(
    {Kind.RECEIVED, Kind.HANDED, Kind.MOVED, Kind.FIRST, Kind.STAYS, Kind.EXTENDED, Kind.LATER, Kind.RESUMED,
     Kind.REOPENED, Kind.UNPARKED}
)  # fmt: skip
"""Kinds that promise a day."""


def what_to_tell(event: Event, before: TicketState, after: TicketState, promised: date | None) -> Kind | None:
    """What an event tells the citizen, if anything."""
    choose = TELLING.get(event.name)
    return choose(event, before, after, promised) if choose else None


def reply_clock(state: TicketState) -> ClockState | None:
    """The promise to the citizen, while it runs and is not paused."""
    clock = state.running(ClockKind.REPLY)
    return None if clock is None or clock.paused else clock


def due_day(state: TicketState) -> date | None:
    """By which day the citizen is to be answered."""
    clock = reply_clock(state)
    return clock.due_at.astimezone(CITY_TZ).date() if clock else None


def review_day(state: TicketState) -> datetime | None:
    """By when a parked matter is looked at again."""
    clock = state.running(ClockKind.PARK_REVIEW)
    return clock.due_at if clock else None
