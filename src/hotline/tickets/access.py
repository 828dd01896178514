"""The one door to a ticket: it checks that this person may see it and locks its row.

A ticket out of sight is answered like one that does not exist, so that numbers cannot be probed.
Several tickets are locked in the order of their ids: two people who lock the same two never wait for each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.state import TicketState
from hotline.rules.visibility import may_see, view_of
from hotline.tickets.facts import state_of
from hotline.tickets.models import Ticket, TicketClock


@dataclass(frozen=True)
class OpenTicket:
    """A ticket that was let through: its row with its clocks, and the state the rules work on."""

    row: Ticket
    state: TicketState
    clocks: tuple[TicketClock, ...] = ()


class TicketRefused(Exception):
    """The ticket is not there for this person. Carries the refusal that tells them."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.refusal = Refusal("ticket.not_found", {"number": number})


def look_at(number: str, *, actor: Actor, with_requester: bool = False) -> OpenTicket:
    """The ticket for reading; TicketRefused if it is not there or out of sight."""
    rows = Ticket.objects.select_related("requester") if with_requester else Ticket.objects.all()
    row = rows.filter(number=number).first()
    return _let_in(row, number, actor)


def take(number: str, *, actor: Actor) -> OpenTicket:
    """The ticket locked for an act, inside a transaction; TicketRefused if not there or out of sight."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a ticket is taken inside a transaction")
    row = Ticket.objects.select_for_update(no_key=True).filter(number=number).first()
    return _let_in(row, number, actor)


def take_all(numbers: Iterable[str], *, actor: Actor) -> list[OpenTicket]:
    """Several tickets locked in the order of their ids; TicketRefused names the first that is not there."""
    wanted = list(dict.fromkeys(numbers))
    rows = list(Ticket.objects.select_for_update(no_key=True).filter(number__in=wanted).order_by("id"))
    found = {row.number for row in rows}
    for number in wanted:
        if number not in found:
            raise TicketRefused(number)
    clocks = _clocks(rows)
    return [_judged(row, clocks.get(row.pk, []), actor) for row in rows]


def take_ids(ids: Sequence[int], *, actor: Actor) -> list[OpenTicket]:
    """Tickets by their ids, locked in that order, for work over many of them; what is out of sight is left out."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a ticket is taken inside a transaction")
    rows = Ticket.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("id")
    return _those_seen(list(rows), actor)


def look_at_ids(ids: Sequence[int], *, actor: Actor) -> list[OpenTicket]:
    """The same for reading only."""
    return _those_seen(list(Ticket.objects.filter(pk__in=ids).order_by("id")), actor)


def _those_seen(rows: list[Ticket], actor: Actor) -> list[OpenTicket]:
    clocks = _clocks(rows)
    found = (OpenTicket(row, state_of(row, of := clocks.get(row.pk, [])), tuple(of)) for row in rows)
    return [ticket for ticket in found if may_see(actor, ticket.state)]


@dataclass(frozen=True)
class Unreadable:
    """A ticket whose row or clocks the rules cannot read; it is for the system administrator to look at."""

    row: Ticket
    fault: Exception


def take_free(keys: Iterable[int]) -> list[OpenTicket | Unreadable]:
    """Those tickets that nobody is at just now, locked in the order of their ids, for the platform's own acts."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a ticket is taken inside a transaction")
    found = Ticket.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=list(keys))
    rows = list(found.order_by("id"))
    clocks = _clocks(rows)
    return [_readable(row, clocks.get(row.pk, [])) for row in rows]


def _readable(row: Ticket, clocks: list[TicketClock]) -> OpenTicket | Unreadable:
    try:
        return OpenTicket(row=row, state=state_of(row, clocks), clocks=tuple(clocks))
    except Exception as fault:  # noqa: BLE001  -- whatever is wrong with the row, it must not hold up the others
        return Unreadable(row, fault)


def _let_in(row: Ticket | None, number: str, actor: Actor) -> OpenTicket:
    if row is None or view_of(actor).nothing:
        raise TicketRefused(number)
    return _judged(row, list(TicketClock.objects.filter(ticket=row)), actor)


def _judged(row: Ticket, clocks: list[TicketClock], actor: Actor) -> OpenTicket:
    state = state_of(row, clocks)
    if not may_see(actor, state):
        raise TicketRefused(row.number)
    return OpenTicket(row=row, state=state, clocks=tuple(clocks))


def _clocks(rows: list[Ticket]) -> dict[int, list[TicketClock]]:
    found: dict[int, list[TicketClock]] = {}
    for clock in TicketClock.objects.filter(ticket__in=rows):
        found.setdefault(clock.ticket_id, []).append(clock)
    return found
