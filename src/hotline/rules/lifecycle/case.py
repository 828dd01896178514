"""What a decision looks at: who acts, the ticket's state, the rules of the city in force, and the moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hotline.rules.acts import Act
from hotline.rules.deadlines import Emergency
from hotline.rules.messages import Refusal
from hotline.rules.profiles import Profile
from hotline.rules.state import Event, TicketState
from hotline.rules.vocabulary import HEAVY, Flag, Role, Stage, UnitCode
from hotline.rules.workdays import Calendar


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody who acts, in all roles held today. `covers` is the own unit with all units below it."""

    id: str
    roles: frozenset[Role]
    unit: UnitCode | None = None
    covers: frozenset[UnitCode] = frozenset()


SYSTEM = Actor(id="system", roles=frozenset({Role.SYSTEM}))
"""The platform itself, when a clock or an import acts."""


@dataclass(frozen=True, kw_only=True)
class Reference:
    """The closed lists of one city that codes in an act must come from."""

    units: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    codelists: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """The rules in force for one ticket: its profile, the calendar, emergencies and the city's lists."""

    profile: Profile
    calendar: Calendar
    reference: Reference
    emergencies: tuple[Emergency, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Case:
    """All that a guard may look at. `act` is None when only asking what could be done.

    When clocks are turned, `state` is what the act has made of the ticket and `before` what it was.
    """

    state: TicketState
    actor: Actor
    book: Rulebook
    now: datetime
    act: Act | None = None
    before: TicketState | None = None

    @property
    def chain(self) -> tuple[Role, ...]:
        """Who signs the unit's reply, in order; heavy tickets need the head too."""
        return self.book.profile.chain(heavy=bool(self.state.flags & HEAVY))

    @property
    def act_name(self) -> str:
        """The act's name for sentences."""
        return self.act.name if self.act else ""

    def has(self, *flags: Flag) -> bool:
        """True when the ticket bears one of these marks."""
        return not self.state.flags.isdisjoint(flags)

    def act_text(self, name: str) -> str:
        """What was typed into one of the act's fields, without blanks around it."""
        return str(getattr(self.act, name, "")).strip()


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What came of an act: events to record and the state after them, or why not."""

    events: tuple[Event, ...] = ()
    state: TicketState
    refusals: tuple[Refusal, ...] = ()

    @property
    def stage(self) -> Stage:
        """Where the ticket stands afterwards."""
        return self.state.stage
