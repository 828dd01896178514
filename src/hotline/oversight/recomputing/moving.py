"""What counting again does to open tickets: one function, used by the preview and by the round that records.

So a supervisor who publishes gets exactly what the preview showed, as long as nobody acts on the tickets meanwhile.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from hotline.rules.acts import RecomputeClocks
from hotline.rules.lifecycle import SYSTEM, Decision, Rulebook, decide
from hotline.rules.lives import in_turn
from hotline.rules.state import TicketState
from hotline.rules.vocabulary import ClockKind
from hotline.tickets.access import OpenTicket
from hotline.tickets.recounting import Span, candidates

__all__ = ["BookOf", "Move", "Moved", "Span", "candidates", "moved", "moved_one"]

BookOf = Callable[[datetime, str], Rulebook]
"""The rules at a moment for a ticket of a profile, as `rulebooks().at` gives them."""


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
            old, new = before.clocks[change.key], decision.state.clocks[change.key]
            yield Move(change.kind, old.due_at, new.due_at, old.provisional, new.provisional)
