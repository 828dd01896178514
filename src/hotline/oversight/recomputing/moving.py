"""What counting again does to open tickets: one function, used by the preview and by the round that records.

So a supervisor who publishes gets exactly what the preview showed, as long as nobody acts on the tickets meanwhile.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q

from hotline.rules.acts import RecomputeClocks
from hotline.rules.lifecycle import SYSTEM, Decision, Rulebook, decide
from hotline.rules.lifecycle.reckoning import SET
from hotline.rules.lives import in_turn
from hotline.rules.state import TicketState
from hotline.rules.vocabulary import CITY_TZ, ClockKind
from hotline.tickets.access import OpenTicket
from hotline.tickets.models import OPEN_STAGES, Ticket, TicketClock

BookOf = Callable[[datetime, str], Rulebook]
"""The rules at a moment for a ticket of a profile, as `rulebooks().at` gives them."""


@dataclass(frozen=True)
class Span:
    """The days whose kind has changed; a clock that ends before the first or begins after the last can't move."""

    first: date
    last: date


@dataclass(frozen=True)
class Move:
    """One clock and its two due times."""

    kind: ClockKind
    old: datetime
    new: datetime
    was_provisional: bool
    provisional: bool

    @property
    def only_mark(self) -> bool:
        """True when only the mark 暂定 goes or comes."""
        return self.old == self.new


@dataclass(frozen=True)
class Moved:
    """A ticket of which at least one clock moves."""

    number: str
    opened: OpenTicket
    book: Rulebook
    decision: Decision
    moves: tuple[Move, ...]

    @property
    def state(self) -> TicketState:
        """The ticket before."""
        return self.opened.state


def candidates(span: Span | None, *, after: int = 0) -> list[int]:
    """Open tickets with a running clock that could move, in the order of their ids."""
    running = TicketClock.objects.filter(ticket=OuterRef("pk"), stopped_at=None, paused=False).exclude(limit=SET)
    if span is not None:
        begins, ends = _midnight(span.first), _midnight(span.last + timedelta(days=1))
        held = Q(ticket__superior_due_at__isnull=False) | Q(due_at__gte=begins)
        running = running.filter(Q(started_at__lt=ends) & held | Q(provisional=True))
    found = Ticket.objects.filter(OPEN_STAGES, Exists(running), pk__gt=after)
    return list(found.order_by("pk").values_list("pk", flat=True))


def moved(opened: Iterable[OpenTicket], *, book_of: BookOf, cause: str, now: datetime) -> Iterator[Moved]:
    """The tickets that move, each with the decision that records it."""
    for ticket in opened:
        found = moved_one(ticket, book_of=book_of, cause=cause, now=now)
        if found is not None:
            yield found


def moved_one(opened: OpenTicket, *, book_of: BookOf, cause: str, now: datetime) -> Moved | None:
    """What counting this ticket again moves, or None."""
    state = opened.state
    at = in_turn(now, state)
    book = book_of(at, state.profile)
    decision = decide(state, RecomputeClocks(cause=cause), actor=SYSTEM, book=book, now=at)
    if decision.refusals:
        return None
    return Moved(opened.row.number, opened, book, decision, tuple(_moves(state, decision)))


def _moves(before: TicketState, decision: Decision) -> Iterator[Move]:
    for event in decision.events:
        for change in event.clocks:
            old, new = before.clocks[change.kind], decision.state.clocks[change.kind]
            yield Move(change.kind, old.due_at, new.due_at, old.provisional, new.provisional)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CITY_TZ)
