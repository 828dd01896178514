"""Which open tickets could move when days or hours change: those with a running clock over the days that do.

Supervisors wait for the preview of a calendar, so what cannot move is not even read.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q

from hotline.rules.lifecycle.reckoning import SET
from hotline.rules.vocabulary import CITY_TZ
from hotline.tickets.models import OPEN_STAGES, Ticket, TicketClock


@dataclass(frozen=True)
class Span:
    """The days whose kind has changed; a clock that ends before the first or begins after the last can't move."""

    first: date
    last: date


def candidates(span: Span | None, *, after: int = 0) -> list[int]:
    """Open tickets with a running clock that could move, in the order of their ids."""
    running = TicketClock.objects.filter(ticket=OuterRef("pk"), stopped_at=None, paused=False).exclude(limit=SET)
    if span is not None:
        begins, ends = _midnight(span.first), _midnight(span.last + timedelta(days=1))
        held = Q(ticket__superior_due_at__isnull=False) | Q(due_at__gte=begins)
        running = running.filter(Q(started_at__lt=ends) & held | Q(provisional=True))
    found = Ticket.objects.filter(OPEN_STAGES, Exists(running), pk__gt=after)
    return list(found.order_by("pk").values_list("pk", flat=True))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CITY_TZ)
