"""What happened on a ticket, opened again for those who react to it: the loader that wiring.py hands to the jobs.

Reactions decide by the event itself; what they write to people is made from the ticket as it stands when they run.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hotline.rules.fold import apply, fold
from hotline.rules.state import Event, TicketState
from hotline.tickets.entries import event_of
from hotline.tickets.models import LedgerEntry


@dataclass(frozen=True)
class Happened:
    """One entry of a ticket's ledger, without anybody's words."""

    number: str
    seq: int
    event: Event

    @property
    def name(self) -> str:
        """The event's name, by which wiring.py finds who reacts."""
        return self.event.name


def events_of(number: str, first: int, last: int) -> Sequence[Happened]:
    """The entries `first` to `last` of a ticket, in order."""
    rows = LedgerEntry.objects.filter(ticket__number=number, seq__range=(first, last)).order_by("seq")
    return [Happened(number, row.seq, event_of(row)) for row in rows]


def states_around(happened: Happened) -> tuple[TicketState, TicketState]:
    """The ticket just before and just after that entry, however far it has come since."""
    rows = LedgerEntry.objects.filter(ticket__number=happened.number, seq__lt=happened.seq).order_by("seq")
    before = fold(map(event_of, rows))
    return before, apply(before, happened.event)
