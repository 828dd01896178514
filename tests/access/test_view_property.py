"""One rule says who sees which ticket, and SQL says it again for lists: the two agree for whatever tickets a city can
have and whoever looks, in every list, count and search.

Some hundred tickets that went any way at all are written once; then many people look at them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline.plumbing.clock import frozen
from hotline.registry.people.backend import StaffBackend, standing_of
from hotline.registry.people.models import RoleGrant, User
from hotline.registry.people.queries import actor_for
from hotline.registry.units.tree import covered
from hotline.rules.lifecycle import Actor
from hotline.rules.state import TicketState
from hotline.rules.visibility import (
    CALLING_CONFIDENTIAL,
    UNMASKING,
    may_see,
    sees_text,
    view_of,
    visible_units,
)
from hotline.rules.vocabulary import CITY_TZ, Flag, Role, Stage, UnitCode
from hotline.search.alike import alike
from hotline.search.callers import caller, repeated
from hotline.search.words import search
from hotline.tickets import bulk
from hotline.tickets.access import TicketRefused, look_at
from hotline.tickets.acting.counters import counts
from hotline.tickets.facts import state_of
from hotline.tickets.models import Requester, Ticket, TicketClock
from hotline.tickets.queries import TicketFilter, count_up_to, in_view, tickets
from tests.access.wandering import BEGAN, PHONES, WORD, lives
from tests.cast import Cast
from tests.rules.cast import NOISE

TICKETS, PEOPLE, MANY = 300, 120, 8
TODAY = date(2026, 9, 1)
LATER = BEGAN + timedelta(days=300)
UNITS = ("RX12345", "CGJ", "STHJ", "CJJ", "LY", "LY-XYJ", "LY-CGJ", "LY-SXK", "SS", "SS-CGJ", "SZF", "SFB")
"""The office, bureaus with and without tickets, districts, what lies below them, and the city above all."""

FILTERS = (
    TicketFilter(),
    TicketFilter(only_open=True),
    TicketFilter(stages=("handling", "rework"), mine=True),
    TicketFilter(words="夜间"),
    TicketFilter(flag="confidential"),
    TicketFilter(request_type="report", unit="STHJ"),
)


@dataclass(frozen=True)
class City:
    """All tickets as the rules see them, and everybody who may come to look."""

    states: Mapping[str, TicketState]
    covers: Mapping[str, frozenset[UnitCode]]
    asked: Mapping[str, set[str]]

    def seen_by(self, actor: Actor) -> set[str]:
        """Tickets that the rule lets the person see, one by one."""
        return {number for number, state in self.states.items() if may_see(actor, state)}

    def open_to(self, actor: Actor) -> set[str]:
        """Those of them whose words may be looked up by this person."""
        inside = view_of(actor).everything
        return {n for n in self.seen_by(actor) if inside or Flag.CONFIDENTIAL not in self.states[n].flags}

    def people(self) -> st.SearchStrategy[Actor]:
        """Anybody: up to three roles, a unit or none, perhaps answering for a second one."""
        units = st.sampled_from([None, *UNITS])
        return st.builds(self._person, st.frozensets(st.sampled_from(Role), max_size=3), units, units)

    def _person(self, roles: frozenset[Role], unit: str | None, second: str | None) -> Actor:
        covers = frozenset[UnitCode]().union(*(self.covers[code] for code in (unit, second) if code and unit))
        return Actor(id="anybody", roles=roles, unit=UnitCode(unit) if unit else None, covers=covers)


@pytest.fixture
def city(cast: Cast) -> City:
    del cast
    done = bulk.write_lives(lives(TICKETS))
    assert done.refused == []
    assert done.written > 0.9 * TICKETS
    clocks: dict[int, list[TicketClock]] = {}
    for clock in TicketClock.objects.all():
        clocks.setdefault(clock.ticket_id, []).append(clock)
    states = {row.number: state_of(row, clocks.get(row.pk, [])) for row in Ticket.objects.all()}
    asked: dict[str, set[str]] = {phone: set() for phone in PHONES}
    for number, phone in Requester.objects.values_list("ticket__number", "phone"):
        asked[phone].add(number)
    return City(states, {code: covered([code], TODAY) for code in UNITS}, asked)


def test_lists_counts_searches_and_the_one_door_agree_with_the_rule(city: City) -> None:
    assert_of_every_kind(list(city.states.values()))
    stored = Ticket.objects.values_list("number", "visible_units")
    assert {n: set(units) for n, units in stored} == {n: visible_units(state) for n, state in city.states.items()}

    @settings(max_examples=PEOPLE, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(city.people(), st.sampled_from(PHONES))
    def look(actor: Actor, phone: str) -> None:
        lists_and_counts(city, actor)
        one_by_one(city, actor)
        searches(city, actor)
        callers(city, actor, phone)

    look()


def assert_of_every_kind(states: list[TicketState]) -> None:
    """What follows would prove little if the lives were all alike."""
    assert {state.stage for state in states} >= {
        Stage.PENDING_SIGN, Stage.HANDLING, Stage.RETURN_REQUESTED, Stage.JURISDICTION_DISPUTE, Stage.JOINT_HANDLING,
        Stage.PENDING_REVIEW, Stage.PENDING_DISPATCH,
    }  # fmt: skip
    assert sum(bool(state.co_units) for state in states) > MANY
    assert sum(Flag.CONFIDENTIAL in state.flags for state in states) > MANY
    assert any(state.delegation for state in states)
    assert any(state.returned_by for state in states)


def lists_and_counts(city: City, actor: Actor) -> None:
    expected = city.seen_by(actor)
    assert set(in_view(view_of(actor)).values_list("number", flat=True)) == expected
    found = [_listed(actor, where) for where in FILTERS]
    assert found[0] == expected
    assert all(one <= expected for one in found)
    assert counts(FILTERS, actor=actor) == tuple(len(one) for one in found)
    assert _listed(actor, TicketFilter(order="due")) <= expected
    assert count_up_to(actor=actor, where=TicketFilter()) == len(expected)


def one_by_one(city: City, actor: Actor) -> None:
    numbers = set(sorted(city.states)[::25])
    assert {number for number in numbers if _opens(number, actor)} == city.seen_by(actor) & numbers


def searches(city: City, actor: Actor) -> None:
    """Every title and every content has the word; what is found stands in a text that this person may read."""
    found = search(WORD, actor=actor, limit=10 * TICKETS)
    assert {one.number for one in found} == city.open_to(actor)
    assert all(sees_text(actor, city.states[one.number], one.field) for one in found)
    near = alike(f"夜间{WORD}扰民", actor=actor, now=LATER, limit=10 * TICKETS)
    assert {one.number for one in near} == city.open_to(actor)


def callers(city: City, actor: Actor, phone: str) -> None:
    known = caller(phone, actor=actor, last=TICKETS, most=TICKETS)
    found = {one.number for one in (*known.running, *known.ended)}
    assert found == {n for n in city.asked[phone] if _may_know(actor, city.states[n])}
    again = repeated(phone, NOISE, actor=actor, now=BEGAN)
    assert again == sum(city.states[number].category == NOISE for number in found)


def _may_know(actor: Actor, state: TicketState) -> bool:
    if not actor.roles & UNMASKING:
        return False
    return Flag.CONFIDENTIAL not in state.flags or bool(actor.roles & CALLING_CONFIDENTIAL)


def _listed(actor: Actor, where: TicketFilter) -> set[str]:
    """All pages of a list."""
    found: list[str] = []
    key, first = "", True
    while first or key:
        page = tickets(actor=actor, where=where, after=key, limit=150)
        found += [row.number for row in page.rows]
        key, first = page.next_key, False
    assert len(found) == len(set(found))
    return set(found)


def _opens(number: str, actor: Actor) -> bool:
    try:
        return look_at(number, actor=actor).row.number == number
    except TicketRefused:
        return False


def test_a_session_and_a_token_make_the_same_person(cast: Cast) -> None:
    """Pages ask for the signed-in person in one statement of their own; it must not widen what roles and units give."""
    person = cast.user("cgj_handler")
    days = st.sampled_from([None, date(2026, 1, 1), TODAY, date(2027, 1, 1)])
    grant = st.tuples(st.sampled_from(Role), st.sampled_from([None, *UNITS]), days, days)
    grants = st.lists(grant, max_size=4, unique_by=lambda given: given[:2])

    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(grants, st.sampled_from([None, *UNITS]))
    def check(held: list[tuple[Role, str | None, date | None, date | None]], unit: str | None) -> None:
        RoleGrant.objects.filter(user=person).delete()
        User.objects.filter(pk=person.pk).update(unit=unit)
        for role, where, begins, ends in held:
            if begins is None or ends is None or begins < ends:
                RoleGrant.objects.create(user=person, role=role, unit_id=where, valid_from=begins, valid_to=ends)
        with frozen(datetime.combine(TODAY, time(12), CITY_TZ)):
            signed_in = StaffBackend().get_user(person.pk)
        assert standing_of(signed_in, TODAY) == actor_for(User.objects.get(pk=person.pk), TODAY)

    check()
