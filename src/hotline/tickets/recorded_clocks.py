"""The clocks of the last months as a dry run of a rule profile judges them: what was owed, and when it was done."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from hotline.rules.replaying import Recorded
from hotline.rules.state import clock_key
from hotline.rules.vocabulary import Channel, ClockKind, Flag, RequestType, Urgency
from hotline.tickets.facts import clock_of
from hotline.tickets.models import LedgerEntry, TicketClock

CHUNK: Final = 5000


def recorded_clocks(since: datetime, now: datetime) -> Iterator[Recorded]:
    """The clocks with what their tickets are, in chunks; set dates and parked tickets have no limit of a profile."""
    first_stops = _first_stops(since)
    rows = TicketClock.objects.filter(started_at__gte=since, started_at__lt=now).select_related("ticket")
    for row in rows.iterator(chunk_size=CHUNK):
        yield _recorded(row, first_stops)


def _recorded(row: TicketClock, first_stops: Mapping[tuple[int, str, int], datetime]) -> Recorded:
    ticket, clock = row.ticket, clock_of(row)
    first = first_stops.get((row.ticket_id, clock.key, row.round))
    return Recorded(
        kind=clock.kind,
        limit=clock.limit,
        started_at=clock.started_at,
        due_at=clock.due_at,
        paused=clock.running and clock.paused,
        ended_at=first or clock.stopped_at,
        verdict=clock.met,
        extension=clock.extension,
        pauses=tuple((begin, end) for begin, end, _ in clock.pauses),
        request_type=RequestType(ticket.request_type),
        urgency=Urgency(ticket.urgency),
        complex=Flag.COMPLEX.value in ticket.flags,
        channel=Channel(ticket.channel) if ticket.channel else None,
        unit=ticket.lead_unit,
        profile=ticket.profile,
        superior_due_at=ticket.superior_due_at,
    )


def _first_stops(since: datetime) -> dict[tuple[int, str, int], datetime]:
    """When clocks of tickets that were sent back first stopped: a send-back sets them running again."""
    entries = LedgerEntry.objects.filter(ticket__send_backs__gt=0, ticket__last_at__gte=since).exclude(clocks=[])
    rounds: dict[tuple[int, str], int] = defaultdict(int)
    found: dict[tuple[int, str, int], datetime] = {}
    ordered = entries.order_by("ticket_id", "seq").values_list("ticket_id", "at", "clocks")
    for ticket, at, changes in ordered.iterator(chunk_size=CHUNK):
        for change in changes:
            key = clock_key(ClockKind(change["kind"]), change.get("of", ""))
            if change["op"] == "start":
                rounds[ticket, key] += 1
            elif change["op"] == "stop":
                found.setdefault((ticket, key, rounds[ticket, key]), at)
    return found
