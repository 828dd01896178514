"""One ticket on its way: what has been done, what it is now, and who does what next.

Every act is decided by the rules; what they refuse is not done, and the ticket stays where it is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final, NamedTuple

from hotline.rules.acts import Act
from hotline.rules.ladder import Firing, due_firing, next_firing
from hotline.rules.lifecycle import SYSTEM, Actor, Rulebook, decide
from hotline.rules.lives import BookAt, Step
from hotline.rules.messages import Refusal
from hotline.rules.state import ClockState, TicketState
from hotline.rules.vocabulary import CITY_TZ, Resolution, Role, Stage
from hotline.rules.workdays import Calendar
from hotline.sim.citizens import Citizen
from hotline.sim.matters import Matter, Phrasebook
from hotline.sim.people import Fate
from hotline.sim.scene import Scene
from hotline.sim.town import Town

NOTICED_AFTER: Final = timedelta(seconds=5)
"""The platform looks at its clocks every few seconds."""


class Move(NamedTuple):
    """What somebody is about to do."""

    at: datetime
    act: Act
    actor: Actor


Story = Iterator[Move]
"""Moves one after the other; what comes next may depend on what the last one made of the ticket."""

Stop = Callable[["Course"], bool]


class Refused(NamedTuple):
    """A move that the rules did not allow."""

    matter: str
    act: str
    refusals: tuple[Refusal, ...]


@dataclass
class Course:
    """One ticket under way."""

    matter: Matter
    scene: Scene
    citizen: Citizen
    fate: Fate
    town: Town
    phrasebook: Phrasebook
    book_at: BookAt
    rng: Random
    state: TicketState = field(default_factory=TicketState)
    steps: list[Step] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    case: int = 0
    agent: Actor = field(init=False)
    found: dict[int, tuple[Resolution, str]] = field(default_factory=dict)
    _in_vain: set[Firing] = field(default_factory=set)
    _known: dict[ClockState, Firing | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Which of the matter's cases it is, and whose telephone rings."""
        self.case = self.rng.randrange(len(self.matter.contents))
        self.agent = self.town.someone(Role.AGENT, self.rng)

    @property
    def at(self) -> datetime:
        """When the last act took place; before the first one, when the request comes in."""
        return self.state.last_at or self.scene.at

    @property
    def book(self) -> Rulebook:
        """The rules the ticket goes by at this moment."""
        return self.book_at(self.at, self.state.profile)

    @property
    def calendar(self) -> Calendar:
        """The city's days."""
        return self.book.calendar

    def stands(self, stage: Stage) -> bool:
        """Whether the ticket is in that stage now."""
        return self.state.stage is stage

    # --- doing ---

    def follow(self, story: Story, until: datetime, stop: Stop | None = None) -> None:
        """Let the story run until that moment, or until enough has happened; then let time pass."""
        for at, act, actor in story:
            if at > until:
                break
            self.pass_time(at)
            if not self.do(act, actor, at) or (stop is not None and stop(self)):
                break
        self.pass_time(until)

    def do(self, act: Act, actor: Actor, at: datetime) -> bool:
        """Do it if the rules let it be done."""
        at = max(at, self.at)
        decision = decide(self.state, act, actor=actor, book=self.book_at(at, self.state.profile), now=at)
        if decision.refusals:
            self.refused.append(Refused(self.matter.key, act.name, decision.refusals))
            return False
        self.state = decision.state
        self.steps.append(Step(act, actor, at))
        return True

    def pass_time(self, until: datetime) -> None:
        """What the platform does by itself meanwhile: it reminds, notices what runs out, lets rights end."""
        while (found := self._next_step(until)) is not None:
            at, firing = found
            decision = decide(self.state, firing.act, actor=SYSTEM, book=self.book_at(at, self.state.profile), now=at)
            if decision.refusals:
                self._in_vain.add(firing)
                continue
            self.state = decision.state
            self.steps.append(Step(firing.act, SYSTEM, at))

    def _next_step(self, until: datetime) -> tuple[datetime, Firing] | None:
        """The step of the ladder that comes first; one that the rules refused is not tried again."""
        found: list[tuple[datetime, Firing]] = []
        for clock in self.state.clocks.values():
            firing = self._ahead(clock)
            if firing is None:
                continue
            at = max(firing.at + NOTICED_AFTER, self.at)
            if at < until and (come := self._come(clock, at)) is not None and come not in self._in_vain:
                found.append((at, come))
        return min(found, key=lambda one: (one[0], one[1].kind), default=None)

    def _ahead(self, clock: ClockState) -> Firing | None:
        """What follows on this clock; asked again and again while nothing turns it."""
        if clock not in self._known:
            book = self.book
            self._known[clock] = next_firing(clock, book.profile, book.calendar)
        return self._known[clock]

    def _come(self, clock: ClockState, at: datetime) -> Firing | None:
        book = self.book
        return due_firing(clock, book.profile, book.calendar, at)

    # --- saying ---

    def phrase(self, name: str, at: datetime | None = None, **more: str) -> str:
        """One of the general phrases."""
        return self.scene.say(self.rng.choice(self.phrasebook.phrases[name]), at, **self.common(more))

    def of_case(self, texts: Sequence[str]) -> str:
        """The template that belongs to this case, or any where they are told apart in no way."""
        return texts[self.case] if len(texts) == len(self.matter.contents) else self.rng.choice(texts)

    def one_of(self, texts: Sequence[str], otherwise: str, at: datetime | None = None, **more: str) -> str:
        """One of the matter's own texts, or a general phrase where it has none."""
        if not texts:
            return self.phrase(otherwise, at, **more)
        return self.scene.say(self.rng.choice(texts), at, **self.common(more))

    def common(self, more: dict[str, str]) -> dict[str, str]:
        """Words any writer knows."""
        lead = self.state.lead_unit
        named = self.town.name(lead) if lead else "热线办"
        return {
            "caller": self.citizen.called,
            "unit_name": named,
            "matter": self.matter.name,
            "category_name": self.matter.name,
            "law": "、".join(self.matter.law) or "有关规定",
            **more,
        }

    # --- people and times ---

    def office(self, role: Role) -> Actor:
        """Somebody of the hotline's office."""
        return self.town.someone(role, self.rng)

    def unit_person(self, *roles: Role) -> Actor:
        """Somebody of the lead unit in the first of these roles it has."""
        found = (self.town.of_unit(self.state.lead_unit, role, self.rng) for role in roles)
        return next(person for person in found if person is not None)

    def minutes(self, low: float, high: float) -> datetime:
        """Some minutes from now, by day or night."""
        return self.at + timedelta(seconds=round(60 * self.rng.triangular(low, high, low + (high - low) / 3)))

    def office_minutes(self, low: float, high: float, *, after: datetime | None = None) -> datetime:
        """Some minutes of office time from now."""
        length = timedelta(seconds=round(60 * self.rng.triangular(low, high, low + (high - low) / 3)))
        return self.calendar.add_office_time(after or self.at, length)

    def by_day(self, low: float, high: float) -> datetime:
        """Some minutes from now, and in the morning if that is at night."""
        return self.in_daylight(self.minutes(low, high))

    def in_daylight(self, at: datetime) -> datetime:
        """That moment, or the next morning for what need not be done at night."""
        at = at.astimezone(CITY_TZ)
        if 7 <= at.hour < 22:
            return at
        morning = at.replace(hour=7, minute=0, second=0) + timedelta(days=at.hour >= 22)
        return morning + timedelta(seconds=round(60 * self.rng.uniform(15, 110)))
