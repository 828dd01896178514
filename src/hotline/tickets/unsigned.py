"""Urgent sign-ins that are still owed, for whoever rings the people on duty. Reads only; signing in is an act."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.rules.duty.ringing import IN_MINUTES, rings
from hotline.rules.vocabulary import ClockKind
from hotline.tickets.facts import clock_of
from hotline.tickets.models import LedgerEntry, Ticket, TicketClock

AT_ONCE: Final = 1000


@dataclass(frozen=True)
class SignIn:
    """One ticket that must be signed in within minutes: by which unit, since when and until when."""

    number: str
    unit: str
    round: int
    started_at: datetime
    due_at: datetime
    seq: int
    owed: bool
    """False once somebody has signed in, or another unit has it."""


def sign_in_of(number: str, *, lock: bool = False) -> SignIn | None:
    """The urgent sign-in of a ticket in its latest round; None where there is none. Locked, acts wait meanwhile."""
    tickets = Ticket.objects.select_for_update(no_key=True) if lock else Ticket.objects
    row = tickets.filter(number=number).first()
    if row is None:
        return None
    clock = TicketClock.objects.filter(ticket=row, kind=ClockKind.SIGN_IN.value).order_by("-round").first()
    if clock is None or not clock.limit.removesuffix(IN_MINUTES).isdecimal():
        return None
    return SignIn(
        number=row.number,
        unit=row.lead_unit,
        round=clock.round,
        started_at=clock.started_at,
        due_at=clock.due_at,
        seq=LedgerEntry.objects.filter(ticket=row, at__lte=clock.started_at).count(),
        owed=rings(clock_of(clock)) and bool(row.lead_unit),
    )


def owing_sign_in(limit: int = AT_ONCE) -> list[str]:
    """Numbers of tickets whose urgent sign-in is owed, the oldest first: few, as each lasts minutes."""
    rows = TicketClock.objects.filter(
        kind=ClockKind.SIGN_IN.value, stopped_at=None, paused=False, limit__regex=rf"^\d+{IN_MINUTES}$"
    )
    return list(rows.order_by("due_at").values_list("ticket__number", flat=True)[:limit])
