"""What team leaders ask about the seats: who took in what on a day, and what is unfinished at the change of shift.

Numbers, units and due times only; titles are read when a page is shown, so that nothing typed is kept twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import QuerySet

from hotline.rules.lifecycle import Actor
from hotline.rules.visibility import view_of
from hotline.rules.vocabulary import ClockKind, Proposal, Role, Stage, Urgency
from hotline.tickets.models import LedgerEntry, Ticket, TicketClock

REGISTERED: Final = "request.registered"
ANSWERED: Final = "request.answered_directly"
DRAFT_KEPT: Final = timedelta(days=1)
"""What citizens wrote a day before may be registered only now."""
MOST: Final = 200


@dataclass(frozen=True)
class Work:
    """A ticket that an agent took in, and whether the agent also answered it."""

    agent: str
    number: str
    answered: bool


def work_of(begins: datetime, ends: datetime) -> tuple[Work, ...]:
    """What agents registered or answered directly in a span, each ticket once for each agent."""
    entries = LedgerEntry.objects.filter(
        name__in=(REGISTERED, ANSWERED),
        role=Role.AGENT.value,
        at__gte=begins,
        at__lt=ends,
        ticket__created_at__gte=begins - DRAFT_KEPT,
        ticket__created_at__lt=ends,
    )
    found: dict[tuple[str, str], bool] = {}
    for actor, number, name in entries.order_by("ticket_id", "seq").values_list("actor", "ticket__number", "name"):
        found[actor, number] = found.get((actor, number), False) or name == ANSWERED
    return tuple(Work(actor, number, answered) for (actor, number), answered in found.items())


class Left(StrEnum):
    """What one shift leaves to the next."""

    DRAFTS = "drafts"
    DECLINES = "declines"
    VOIDS = "voids"
    UNSIGNED = "unsigned"
    PHONED = "phoned"


@dataclass(frozen=True)
class LeftTicket:
    """A ticket on the handover sheet."""

    number: str
    unit: str
    due_at: datetime | None


def left_over(*, actor: Actor) -> dict[Left, tuple[LeftTicket, ...]]:
    """What is unfinished now, in five statements; what is due first on top."""
    if not view_of(actor).everything:
        return {}
    urgent = [Urgency.URGENT.value, Urgency.CRITICAL.value]
    tickets = Ticket.objects
    asked = tickets.exclude(proposals={})
    return {
        Left.DRAFTS: _rows(tickets.filter(stage=Stage.DRAFT.value)),
        Left.DECLINES: _rows(asked.filter(proposals__has_key=Proposal.DECLINE.value)),
        Left.VOIDS: _rows(asked.filter(proposals__has_key=Proposal.VOID.value)),
        Left.UNSIGNED: _rows(tickets.filter(stage=Stage.PENDING_SIGN.value, urgency__in=urgent)),
        Left.PHONED: _phoned(),
    }


def _phoned() -> tuple[LeftTicket, ...]:
    """Handed over by phone and not fed back, by the time the feedback is due."""
    waiting = TicketClock.objects.filter(kind=ClockKind.PHONE_FEEDBACK.value, stopped_at=None)
    rows = waiting.order_by("due_at", "id").values_list("ticket__number", "ticket__lead_unit", "due_at")
    return tuple(LeftTicket(*row) for row in rows[:MOST])


def _rows(found: QuerySet[Ticket]) -> tuple[LeftTicket, ...]:
    rows = found.order_by("due_at", "id").values_list("number", "lead_unit", "due_at")
    return tuple(LeftTicket(*row) for row in rows[:MOST])
