"""What a decision looks at: who acts, the ticket's state, the rules of the city in force, and the moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from hotline.rules.acts import Act
from hotline.rules.deadlines import Emergency
from hotline.rules.jurisdiction import Directory
from hotline.rules.messages import Refusal
from hotline.rules.profiles import Profile
from hotline.rules.state import Event, TicketState
from hotline.rules.vocabulary import Flag, Role, Stage, UnitCode
from hotline.rules.workdays import Calendar


@dataclass(frozen=True)
class StandIn:
    """请假代签: a role of somebody who is away, held for a time at that person's unit. `of` is the one away.

    A role in a task force counts at that unit only in the same way, and is held for nobody else: `of` is blank.
    """

    role: Role
    unit: UnitCode
    of: str


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody who acts, in all roles held today. `covers` is the own unit with all units below it.

    `roles` are all of them; of a stand-in `own` are those held in their own right, the others count only at the
    unit of the one who is away.
    """

    id: str
    roles: frozenset[Role]
    unit: UnitCode | None = None
    covers: frozenset[UnitCode] = frozenset()
    own: frozenset[Role] | None = None
    stands_in: tuple[StandIn, ...] = ()

    @property
    def own_roles(self) -> frozenset[Role]:
        """Roles held in the person's own right."""
        return self.roles if self.own is None else self.own

    @property
    def units(self) -> frozenset[UnitCode]:
        """The own unit, and those in which somebody away is stood in for."""
        return frozenset({s.unit for s in self.stands_in} | ({self.unit} if self.unit else set()))

    def roles_at(self, unit: UnitCode | None) -> frozenset[Role]:
        """The roles that count for a ticket which this unit has."""
        own = self.own_roles if unit == self.unit else frozenset()
        return own | {s.role for s in self.stands_in if s.unit == unit} if self.stands_in else own

    def in_own_right(self) -> "Actor":
        """The same person without the roles of others."""
        return replace(self, roles=self.own_roles, own=None, stands_in=())


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
    directory: Directory = field(default_factory=Directory)


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
