"""What stands beside a ticket's row, for stages that keep a file on it: texts by where they were typed, its history as
events, and its present clocks. Who may read any of it is for the file's own rules to say.
"""

from collections.abc import Collection, Iterable

from hotline.rules.state import ClockState, Event
from hotline.rules.vocabulary import ClockKind
from hotline.tickets.entries import event_of
from hotline.tickets.facts import clock_of
from hotline.tickets.models import LedgerEntry, TicketClock, TicketText


def events_of(ticket: int) -> list[Event]:
    """The whole ledger in its order."""
    return [event_of(entry) for entry in LedgerEntry.objects.filter(ticket_id=ticket).order_by("seq")]


def texts_of(ticket: int, fields: Iterable[str]) -> dict[tuple[int, str], str]:
    """Texts of these kinds by entry and kind, in their order."""
    found = TicketText.objects.filter(ticket_id=ticket, field__in=list(fields)).order_by("seq")
    return {(text.seq, text.field): text.body for text in found}


def clocks_of(tickets: Collection[int], kinds: Iterable[ClockKind]) -> dict[int, dict[ClockKind, ClockState]]:
    """The present clocks of these kinds, by ticket."""
    rows = TicketClock.objects.filter(ticket__in=list(tickets), kind__in=[kind.value for kind in kinds])
    found: dict[int, dict[ClockKind, ClockState]] = {}
    for row in rows.order_by("round"):
        found.setdefault(row.ticket_id, {})[ClockKind(row.kind)] = clock_of(row)
    return found
