"""What a co-unit owes on the tickets of its list: the limit of its own task, and not that of the lead.

Clerks of co-units rely on it: their list shows by when their own part is due, with its own light.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from hotline.rules.vocabulary import ClockKind
from hotline.tickets.models import TicketClock

KIND = ClockKind.CO_TASK.value


def running(units: Collection[str]) -> QuerySet[TicketClock]:
    """Clocks of the units' own tasks that run.

    Tickets from before each co-unit had a clock of its own have a shared one without a unit.
    """
    return TicketClock.objects.filter(kind=KIND, of__in=["", *units], stopped_at=None, paused=False)


def own_limits(tickets: Sequence[int], units: Collection[str]) -> Mapping[int, tuple[datetime, datetime]]:
    """When the units' own tasks began and are due, by ticket, in one statement; of several the one due first."""
    found = running(units).filter(ticket__in=tickets).order_by("-due_at")
    return {ticket: (began, due) for ticket, began, due in found.values_list("ticket", "started_at", "due_at")}
