"""What happened on a ticket, opened again for those who react to it: the loader that wiring.py hands to the jobs.

Reactions decide by the event itself; what they write to people is made from the ticket as it stands when they run.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hotline.rules.state import Event
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
