"""The cast of all tests that need a city: Hefei as shipped, people with fixed names and roles, tickets at any stage.

    def test_a_unit_signs_in(cast: Cast) -> None:
        ticket = cast.ticket_at(Stage.PENDING_SIGN)                    # 市城管局 has not signed in yet
        done = cast.do(ticket, "cgj_handler", acts.SignIn())           # seven minutes later
        assert done.state.stage is Stage.HANDLING

`cast` (a fixture of casting.py) works in plain database tests and in those marked `django_db(transaction=True)`.

- `cast.user("agent")` is an account (every password is PASSWORD) and `cast.actor("agent")` the same person as the
  rules see them. PEOPLE below lists everybody; the actors "citizen" and "system" have no account.
- `cast.ticket_at(stage)` walks real commands to a stage and returns a `Ticket` with `.number`, `.at` (the moment of
  its last act) and `.state`. `lead="STHJ"` gives it to the environment bureau, `lead="LY"` to 庐阳区, where district
  tickets are signed by the district's own people. Options of the registration go into `register={...}`.
- `cast.do(ticket, who, act)` performs one more act, by default STEP later, and returns the ticket afterwards; it
  fails the test if the act is refused. `cast.tried(...)` returns the Outcome instead.
- `walk(stage)` of walks.py is the same way as data: (who, act, waited) triples, for bulk writing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from hotline.registry.people.models import User
from hotline.registry.people.queries import actor_for
from hotline.rules import acts
from hotline.rules.acts import Act
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.lives import Step
from hotline.rules.state import TicketState
from hotline.rules.vocabulary import Role, Stage, TicketNo
from hotline.tickets import commands
from hotline.tickets.access import look_at
from hotline.tickets.commands import Outcome
from tests.walks import OPENING, REGISTER, STEP, Move, walk

PASSWORD = "hefei-12345-test"
CITIZEN = Actor(id="citizen", roles=frozenset({Role.CITIZEN}))


class Person(NamedTuple):
    """One member of the cast: the account's name, the person's name, unit and role."""

    username: str
    name: str
    unit: str
    role: Role


PEOPLE = (
    Person("agent", "王晓梅", "RX12345", Role.AGENT),
    Person("team_leader", "李建国", "RX12345", Role.TEAM_LEADER),
    Person("dispatcher", "陈志远", "RX12345", Role.DISPATCHER),
    Person("reviewer", "何静", "RX12345", Role.REVIEWER),
    Person("callback_officer", "马春燕", "RX12345", Role.CALLBACK_OFFICER),
    Person("supervisor", "黄志强", "RX12345", Role.SUPERVISOR),
    Person("director", "徐明", "RX12345", Role.DIRECTOR),
    Person("auditor", "朱琳", "RX12345", Role.AUDITOR),
    Person("system_admin", "林涛", "RX12345", Role.SYSTEM_ADMIN),
    Person("security_admin", "高翔", "RX12345", Role.SECURITY_ADMIN),
    Person("audit_admin", "罗敏", "RX12345", Role.AUDIT_ADMIN),
    Person("cgj_handler", "赵海涛", "CGJ", Role.UNIT_HANDLER),
    Person("cgj_section", "孙丽华", "CGJ", Role.SECTION_HEAD),
    Person("cgj_deputy", "周文斌", "CGJ", Role.DEPUTY_HEAD),
    Person("cgj_head", "吴国庆", "CGJ", Role.UNIT_HEAD),
    Person("sthj_handler", "郑晓东", "STHJ", Role.UNIT_HANDLER),
    Person("sthj_section", "冯雪", "STHJ", Role.SECTION_HEAD),
    Person("sthj_deputy", "蒋伟", "STHJ", Role.DEPUTY_HEAD),
    Person("sthj_head", "沈建军", "STHJ", Role.UNIT_HEAD),
    Person("ly_dispatcher", "刘慧敏", "LY", Role.DISTRICT_DISPATCHER),
    Person("ly_section", "韩冰", "LY", Role.SECTION_HEAD),
    Person("ly_deputy", "杨帆", "LY", Role.DEPUTY_HEAD),
    Person("ly_head", "许志刚", "LY", Role.UNIT_HEAD),
    Person("street_handler", "钱小宝", "LY-SXK", Role.UNIT_HANDLER),
)
"""市热线办, 市城管局 (cgj_…), 市生态环境局 (sthj_…), 庐阳区 (ly_…) and its 三孝口街道 (street_handler)."""

REQUESTER = {"name": "张建军", "phone": "13800000000", "address": "庐阳区三孝口街道长江中路1号"}


@dataclass(frozen=True)
class Player:
    """Somebody of the cast."""

    user: User
    actor: Actor


@dataclass(frozen=True)
class Ticket:
    """A ticket in the hands of a test."""

    number: str
    at: datetime
    state: TicketState


@dataclass
class Cast:
    """Hefei and its people in this test's database."""

    today: date = OPENING.date()
    _players: dict[str, Player] = field(default_factory=dict, repr=False)

    def player(self, who: str) -> Player:
        """A member of the cast by account name."""
        found = self._players.get(who)
        if found is None:
            user = User.objects.get(username=who)
            found = self._players[who] = Player(user, actor_for(user, self.today))
        return found

    def user(self, who: str) -> User:
        """The account of a member of the cast."""
        return self.player(who).user

    def actor(self, who: str) -> Actor:
        """Somebody as the rules see them: a member of the cast, `citizen` or `system`."""
        return {"citizen": CITIZEN, "system": SYSTEM}.get(who) or self.player(who).actor

    def ticket_at(
        self,
        stage: Stage,
        *,
        lead: str = "CGJ",
        at: datetime = OPENING,
        register: Mapping[str, Any] | None = None,
        requester: Mapping[str, Any] = REQUESTER,
    ) -> Ticket:
        """A new ticket, walked to a stage by the people whose work it is; `at` is the moment of its first act."""
        first, *rest = walk(stage, lead=lead, register=register)
        ticket = self.opened(first.act, who=first.who, at=at, requester=requester)
        for move in rest:
            ticket = self.do(ticket, move.who, self._named(move.act), at=ticket.at + move.after)
        assert ticket.state.stage is stage
        return ticket

    def _named(self, act: Act) -> Act:
        """Merging needs another ticket, which is made for the occasion."""
        if isinstance(act, acts.Merge) and not act.master:
            return replace(act, master=TicketNo(self.ticket_at(Stage.REGISTERED).number))
        return act

    def opened(
        self,
        act: Act = REGISTER,
        *,
        who: str = "agent",
        at: datetime = OPENING,
        requester: Mapping[str, Any] = REQUESTER,
        token: str = "",
    ) -> Ticket:
        """A new ticket by its first act."""
        region = getattr(act, "region", "") or "340100"
        outcome = commands.open_ticket(
            act=act, requester=requester, actor=self.actor(who), now=at, region=region, token=token
        )
        return _in_hand(outcome, at)

    def do(self, ticket: Ticket, who: str, act: Act, *, at: datetime | None = None) -> Ticket:
        """One more act on a ticket; a refusal fails the test."""
        at = at or ticket.at + STEP
        return _in_hand(self.tried(ticket, who, act, at=at), at)

    def tried(
        self, ticket: Ticket, who: str, act: Act, *, at: datetime | None = None, version: int | None = None
    ) -> Outcome:
        """One more act, with whatever comes of it."""
        return commands.perform(
            number=ticket.number, act=act, actor=self.actor(who), now=at or ticket.at + STEP, version=version
        )

    def seen(self, ticket: Ticket) -> Ticket:
        """The ticket as it stands now in the database."""
        state = look_at(ticket.number, actor=SYSTEM).state
        return Ticket(ticket.number, state.last_at or ticket.at, state)

    def steps(self, moves: Sequence[Move], *, at: datetime = OPENING) -> list[Step]:
        """A walk as the steps of a life."""
        found: list[Step] = []
        for move in moves:
            at = at + move.after if found else at
            found.append(Step(move.act, self.actor(move.who), at))
        return found


def _in_hand(outcome: Outcome, at: datetime) -> Ticket:
    assert outcome.ok, [(refusal.code, dict(refusal.params)) for refusal in outcome.refusals]
    assert outcome.ticket is not None
    assert outcome.state is not None
    return Ticket(outcome.ticket.number, outcome.state.last_at or at, outcome.state)
