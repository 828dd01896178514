"""Which clocks have come to a step of their ladder, and when each is looked at next: the engine's view of the clocks.

`fires_at` is no part of a ticket's state: it may be set anew at any time, and the ledger does not know it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.db import connection
from django.db.models import F, Q

from hotline.tickets.models import ENDED, Ticket, TicketClock

BEGINNING: Final = (datetime(1970, 1, 1, tzinfo=UTC), 0)
Place = tuple[datetime, int]

DUE: Final = """
    SELECT fires_at, id, ticket_id FROM tickets_ticketclock
    WHERE fires_at IS NOT NULL AND fires_at < %s AND (fires_at, id) > (%s, %s) ORDER BY fires_at, id LIMIT %s
"""
"""Reads the index `clock_firing` and nothing else; a test looks at the plan."""

ARM: Final = """
    UPDATE tickets_ticketclock AS c SET fires_at = v.fires_at
    FROM jsonb_to_recordset(%s::jsonb) AS v(id bigint, fires_at timestamp with time zone) WHERE c.id = v.id
"""


@dataclass(frozen=True)
class DueClocks:
    """Tickets with clocks that have come due, and where to look on."""

    tickets: tuple[int, ...]
    last: Place


def due_clocks(*, now: datetime, after: Place = BEGINNING, limit: int) -> DueClocks | None:
    """The next so many clocks that have come due, the longest due first."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, [now, *after, limit])
        rows = cursor.fetchall()
    if not rows:
        return None
    return DueClocks(tuple(dict.fromkeys(ticket for _, _, ticket in rows)), (rows[-1][0], rows[-1][1]))


def due_number(*, now: datetime) -> int:
    """How many clocks wait to be looked at."""
    return TicketClock.objects.filter(fires_at__lt=now).count()


def arm(moments: Iterable[tuple[int, datetime | None]]) -> None:
    """Set when these clocks are looked at next; None when never."""
    rows = [{"id": key, "fires_at": at.isoformat() if at else None} for key, at in moments]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(ARM, [json.dumps(rows)])


def silence(tickets: Iterable[int]) -> None:
    """The engine leaves these tickets alone until an act turns their clocks or somebody arms them again."""
    TicketClock.objects.filter(ticket__in=list(tickets), fires_at__isnull=False).update(fires_at=None)


def arm_ticket(ticket: int) -> None:
    """All running clocks of the ticket are looked at in the next pass."""
    TicketClock.objects.filter(ticket=ticket, stopped_at=None).update(fires_at=F("started_at"))


def unarmed(limit: int = 100) -> list[str]:
    """Tickets with a clock that runs towards its end and that nobody would look at, but for those set aside."""
    forgotten = TicketClock.objects.filter(stopped_at=None, overdue_at=None, paused=False, fires_at=None)
    found = forgotten.filter(ticket__clock_fault=None).order_by("ticket_id")
    return list(dict.fromkeys(found.values_list("ticket__number", flat=True)[:limit]))


def arm_forgotten() -> int:
    """All running clocks that nobody would look at are looked at in the next pass. How many."""
    forgotten = TicketClock.objects.filter(stopped_at=None, fires_at=None, ticket__clock_fault=None)
    return forgotten.update(fires_at=F("started_at"))


def ended_before(*, moment: datetime, after: Place = BEGINNING, limit: int) -> DueClocks | None:
    """Tickets that ended by that moment and are not archived, the oldest first."""
    ended = Ticket.objects.filter(ENDED, closed_at__lte=moment)
    onwards = ended.filter(Q(closed_at__gt=after[0]) | Q(closed_at=after[0], id__gt=after[1]), closed_at__gte=after[0])
    rows = list(onwards.order_by("closed_at", "id").values_list("closed_at", "id")[:limit])
    return DueClocks(tuple(key for _, key in rows), (rows[-1][0] or moment, rows[-1][1])) if rows else None
