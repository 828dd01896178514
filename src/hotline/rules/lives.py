"""A ticket's whole life as a list of acts: what an import or the simulator hands over for bulk writing.

Every act is decided by the same table as a click on a page, one after the other; nothing is written here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from hotline.rules.acts import Act
from hotline.rules.lifecycle import Actor, Rulebook, decide
from hotline.rules.messages import Refusal
from hotline.rules.state import Event, TicketState
from hotline.rules.visibility import may_see

BookAt = Callable[[datetime, str], Rulebook]
"""The rules at a moment for a ticket opened under a profile; a blank profile means a new ticket."""

WAITED_AT_MOST: Final = timedelta(minutes=1)


class Step(NamedTuple):
    """One act of a life: what, by whom, when."""

    act: Act
    actor: Actor
    at: datetime


class Source(NamedTuple):
    """Where a life comes from: another system, its number there, and a digest of what stood there."""

    system: str
    id: str
    digest: str = ""


@dataclass(frozen=True, kw_only=True)
class Life:
    """One ticket from its first act on. `region` goes into the number, `requester` into the requester's row."""

    region: str
    requester: Mapping[str, Any]
    steps: Sequence[Step]
    source: Source | None = None


@dataclass(frozen=True)
class Lived:
    """One step that was decided: the state before it, its events, the words typed in it."""

    before: TicketState
    events: tuple[Event, ...]
    after: TicketState
    texts: Mapping[str, str]
    at: datetime


class Halted(Exception):
    """A step was refused; the life as a whole is not to be written."""

    def __init__(self, step: int, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(step, *(refusal.code for refusal in refusals))
        self.step, self.refusals = step, refusals


def in_turn(at: datetime, state: TicketState) -> datetime:
    """When an act takes place that had to wait until another one on the ticket was done: right after that one.

    Two people who press at once both looked at the clock first; the second must not be told that it is too early.
    """
    waited = state.last_at is not None and at < state.last_at <= at + WAITED_AT_MOST
    return state.last_at if waited and state.last_at else at


def live(steps: Sequence[Step], book_at: BookAt) -> list[Lived]:
    """Decide every step on what the ones before it left. Halted names the step that is refused."""
    state, lived = TicketState(), list[Lived]()
    for number, (act, actor, at) in enumerate(steps):
        if number and not may_see(actor, state):
            raise Halted(number, (Refusal("ticket.not_found", {"number": ""}),))
        at = in_turn(at, state)
        decision = decide(state, act, actor=actor, book=book_at(at, state.profile), now=at)
        if decision.refusals:
            raise Halted(number, decision.refusals)
        lived.append(Lived(state, decision.events, decision.state, act.texts(), at))
        state = decision.state
    return lived
