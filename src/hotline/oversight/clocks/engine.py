"""One pass over all clocks that have come due: reminders, expiry, written notices, proposals, ends of pauses.

Tickets are taken in batches that nobody is at just now, decided by the same rules as any act and written together.
Several workers may pass at once and be killed at any moment: what is committed is done, the rest comes due again.
A ticket that fails is set aside with its error and holds up no other.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import InterfaceError, OperationalError, transaction

from hotline.oversight.clocks.faults import mended, set_aside
from hotline.rules.ladder import Firing, Step, due_firing, first_after_office_opens
from hotline.rules.lifecycle import SYSTEM, Decision, Rulebook, decide
from hotline.rules.lives import in_turn
from hotline.rules.messages import Refusal
from hotline.rules.state import Event, TicketState, clock_key
from hotline.rules.vocabulary import AT_UNIT, ClockKind
from hotline.tickets.access import OpenTicket, Unreadable, take_free
from hotline.tickets.facts import fires_at
from hotline.tickets.firing import arm, due_clocks
from hotline.tickets.recording import Recording, record_many
from hotline.tickets.rulebook import Rulebooks, rulebooks

logger = logging.getLogger(__name__)

BATCH: Final = 500
MOST_STEPS: Final = 60
"""No ticket has so many clocks that more could come due at once; a rule that fired for ever would stop here."""

OF_THE_UNIT: Final = frozenset({Step.NOTICE, Step.CRITICISM})
AWAY: Final = (OperationalError, InterfaceError)
"""The database is away or busy: nobody's ticket is at fault, the next pass tries again."""


class Refused(Exception):
    """The rules refused what the ladder asks for: table and ladder do not fit together on this ticket."""

    def __init__(self, firing: Firing, refusals: Sequence[Refusal]) -> None:
        super().__init__(f"{firing.step} {firing.kind}: {', '.join(refusal.code for refusal in refusals)}")


@dataclass
class Tally:
    """What one pass did: steps taken by kind, tickets set aside, and those that were looked at."""

    steps: Counter[Step] = field(default_factory=Counter)
    tickets: int = 0
    aside: int = 0

    @property
    def fired(self) -> int:
        """Steps taken in all."""
        return self.steps.total()

    def add(self, other: "Tally") -> None:
        """Both together."""
        self.steps += other.steps
        self.tickets += other.tickets
        self.aside += other.aside


@dataclass(frozen=True)
class Settled:
    """One ticket after all steps that have come: what was decided, and which clocks are only looked at later."""

    opened: OpenTicket
    book: Rulebook
    steps: tuple[Step, ...]
    decision: Decision
    later: tuple[tuple[int, datetime | None], ...]


def fire_due(*, now: datetime, batch: int = BATCH) -> Tally:
    """Everything that has come due by now, in one pass."""
    tally = Tally()
    found = due_clocks(now=now, limit=batch)
    while found is not None:
        tally.add(fire(found.tickets, now=now))
        found = due_clocks(now=now, after=found.last, limit=batch)
    return tally


def fire(tickets: Sequence[int], *, now: datetime) -> Tally:
    """These tickets, together; when that fails, in halves, until the one at fault is alone and set aside."""
    try:
        with transaction.atomic():
            return _together(tickets, now)
    except AWAY:
        raise
    except Exception as fault:
        if len(tickets) == 1:
            logger.exception("clocks of ticket %d failed", tickets[0])
            set_aside([(tickets[0], fault)], now=now)
            return Tally(aside=1)
    half, tally = len(tickets) // 2, Tally()
    for part in (tickets[:half], tickets[half:]):
        tally.add(fire(part, now=now))
    return tally


def _together(tickets: Sequence[int], now: datetime) -> Tally:
    taken, books, faults = take_free(tickets), rulebooks(), list[tuple[int, Exception]]()
    settled = list(_settled(taken, books, now, faults))
    record_many((Recording(opened=s.opened, decision=s.decision, book=s.book) for s in settled if s.steps), now=now)
    arm(one for each in settled for one in each.later)
    mended(each.opened.row.pk for each in settled)
    if faults:
        set_aside(faults, now=now)
    steps = Counter(step for each in settled for step in each.steps)
    return Tally(steps=steps, tickets=len(taken), aside=len(faults))


def _settled(
    taken: Sequence[OpenTicket | Unreadable], books: Rulebooks, now: datetime, faults: list[tuple[int, Exception]]
) -> Iterator[Settled]:
    for one in taken:
        if isinstance(one, Unreadable):
            faults.append((one.row.pk, one.fault))
            continue
        try:
            yield settle(one, books.at(now, one.state.profile), now)
        except AWAY:
            raise
        except Exception as fault:
            logger.exception("clocks of ticket %s cannot be decided", one.row.number)
            faults.append((one.row.pk, fault))


def settle(opened: OpenTicket, book: Rulebook, now: datetime) -> Settled:
    """Every step that has come on this ticket, in the order in which they came."""
    state, events, steps, held = opened.state, list[Event](), list[Step](), set[str]()
    now = in_turn(now, state)
    while (firing := _next(state, book, now, held)) is not None:
        if firing.step in OF_THE_UNIT and state.stage not in AT_UNIT:
            held.add(
                clock_key(firing.kind, firing.of)
            )  # it lies with the office: the unit is not urged for what it can't do now
            continue
        decision = decide(state, firing.act, actor=SYSTEM, book=book, now=now)
        if decision.refusals or len(steps) >= MOST_STEPS:
            raise Refused(firing, decision.refusals)
        state = decision.state
        events += decision.events
        steps.append(firing.step)
    later = tuple(_later(opened, events, state, book, now, held))
    return Settled(opened, book, tuple(steps), Decision(events=tuple(events), state=state), later)


def _next(state: TicketState, book: Rulebook, now: datetime, held: set[str]) -> Firing | None:
    come = [
        firing
        for clock in state.clocks.values()
        if clock.running
        and clock.key not in held
        and (firing := due_firing(clock, book.profile, book.calendar, now)) is not None
    ]
    return min(come, key=lambda firing: (firing.at, firing.kind, firing.of), default=None)


def _later(
    opened: OpenTicket, events: Sequence[Event], state: TicketState, book: Rulebook, now: datetime, held: set[str]
) -> Iterator[tuple[int, datetime | None]]:
    """Clocks that no event turned, where the moment kept is not the one the rules give now."""
    turned = {change.key for event in events for change in event.clocks}
    for row in opened.clocks:
        clock = state.clocks[clock_key(ClockKind(row.kind), row.of)]
        if clock.round != row.round:
            continue
        if clock.key in held:
            yield row.pk, first_after_office_opens(now, book.calendar)
        elif clock.key not in turned and (moment := fires_at(clock, book)) != row.fires_at:
            yield row.pk, moment
