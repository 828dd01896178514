"""A task force from its opening to its closing: dispatched to, working, handed on, closed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hotline.oversight.emergency.forces import Formed, close_force, left, open_force, open_tickets
from hotline.oversight.emergency.switching import switch_off, switch_on
from hotline.plumbing.clock import frozen
from hotline.registry.emergencies.models import EmergencyPeriod, TaskForce
from hotline.registry.loading import load_city
from hotline.registry.people.backend import StaffBackend, lent_to, standing_of
from hotline.registry.people.models import AdminEntry, RoleGrant, User
from hotline.registry.people.queries import actor_for
from hotline.registry.people.recording import sentences
from hotline.registry.units.models import Unit
from hotline.rules import acts
from hotline.rules.emergency_mode import Plan
from hotline.rules.task_force import ForcePlan, Member
from hotline.rules.vocabulary import Role, Stage, UnitCode
from hotline.tickets import commands
from hotline.tickets.access import look_at
from hotline.tickets.queries import TicketFilter, tickets
from hotline.tickets.rulebook import rulebook
from tests.cast import Cast
from tests.casting import DATA
from tests.walks import OPENING, replied

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOON = OPENING + 4 * HOUR
LAST = OPENING.date() + 5 * DAY
PLAN = ForcePlan(
    name="防汛抢险专班",
    last_day=LAST,
    members=(Member("cgj_handler", Role.UNIT_HANDLER), Member("sthj_head", Role.UNIT_HEAD)),
)


def emergency(cast: Cast) -> EmergencyPeriod:
    plan = Plan(name="2026年防汛", reason="汛情", planned_end=OPENING + 10 * DAY)
    done = switch_on(plan, actor=cast.actor("supervisor"), now=NOON)
    assert done.period is not None
    return done.period


def formed(cast: Cast) -> TaskForce:
    done = open_force(emergency(cast).pk, PLAN, actor=cast.actor("supervisor"), now=NOON)
    assert done.force is not None, done.refusals
    return done.force


def codes(done: Formed) -> list[str]:
    return [refusal.code for refusal in done.refusals]


def test_it_works_like_a_unit_and_closes_when_nothing_is_left(cast: Cast) -> None:
    force = formed(cast)
    assert force.unit in rulebook(now=NOON).reference.units, "dispatchers find it at once"
    day = NOON.date()
    handler = actor_for(User.objects.get(username="cgj_handler"), day)
    head = actor_for(User.objects.get(username="sthj_head"), day)
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH, at=NOON)
    ticket = cast.do(ticket, "dispatcher", acts.Dispatch(lead_unit=UnitCode(force.unit), note="专班办理"))
    mine = tickets(actor=handler, where=TicketFilter(mine=True, only_open=True))
    assert [row.number for row in mine.rows] == [ticket.number], "its inbox"
    assert [row.number for row in open_tickets(force)] == [ticket.number]
    at = ticket.at
    for who, act in (
        (handler, acts.SignIn()),
        (handler, acts.RecordFirstContact(note="已联系")),
        (handler, replied()),
        (head, acts.SignOff(opinion="同意")),
    ):
        at += timedelta(minutes=5)
        done = commands.perform(number=ticket.number, act=act, actor=who, now=at)
        assert done.ok, done.refusals
        assert all("for" not in event.payload for event in done.events), "in nobody's place"
    assert look_at(ticket.number, actor=head).state.stage is Stage.PENDING_REVIEW

    boss = cast.actor("supervisor")
    assert codes(close_force(force.pk, actor=boss, now=at)) == ["task_force.open_tickets"]
    ticket = cast.do(cast.seen(ticket), "reviewer", acts.PassReview(grade="good", note="完整"), at=at + HOUR)
    assert left(force) == 1
    second = cast.ticket_at(Stage.PENDING_DISPATCH, at=NOON)
    second = cast.do(second, "dispatcher", acts.Dispatch(lead_unit=UnitCode(force.unit), note="专班办理"))
    assert left(force) == 2
    cast.do(second, "dispatcher", acts.Reassign(lead_unit=UnitCode("CGJ"), reason="专班即将结束"))
    assert left(force) == 1


def test_closing_an_empty_one_ends_unit_and_roles(cast: Cast) -> None:
    force, boss = formed(cast), cast.actor("supervisor")
    done = close_force(force.pk, actor=boss, now=NOON + DAY)
    assert done.ok
    assert codes(close_force(force.pk, actor=boss, now=NOON + DAY)) == ["task_force.closed_already"]
    assert codes(close_force(999, actor=boss, now=NOON)) == ["task_force.not_found"]
    tomorrow = (NOON + DAY).date()
    assert not Unit.objects.get(code=force.unit).in_force(tomorrow)
    assert not RoleGrant.objects.on(tomorrow).filter(unit=force.unit).exists()
    assert force.unit not in rulebook(now=NOON + DAY).reference.units
    assert AdminEntry.objects.filter(act="staff_task_force").count() == 4
    assert list(sentences()) == []


def test_roles_in_it_count_there_only_and_end_by_themselves(cast: Cast) -> None:
    force = formed(cast)
    user = User.objects.get(username="sthj_head")
    actor = actor_for(user, NOON.date())
    assert actor.roles_at(UnitCode(force.unit)) == {Role.UNIT_HEAD}
    assert actor.roles_at(UnitCode("STHJ")) == {Role.UNIT_HEAD}
    handler = actor_for(User.objects.get(username="cgj_handler"), NOON.date())
    assert handler.roles_at(UnitCode("CGJ")) == {Role.UNIT_HANDLER}
    with frozen(NOON):
        signed_in = StaffBackend().get_user(user.pk)
        assert standing_of(signed_in, NOON.date()) == actor
        assert lent_to(signed_in) == (), "no banner of a stand-in"
    after = LAST + timedelta(days=1)
    assert actor_for(user, after).roles_at(UnitCode(force.unit)) == frozenset()
    assert not Unit.objects.get(code=force.unit).in_force(after)


def test_loading_the_city_anew_leaves_it_alone(cast: Cast) -> None:
    force = formed(cast)
    load_city(DATA, now=NOON + HOUR, apply=True)
    assert Unit.objects.get(code=force.unit).in_force(NOON.date())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": " "}, ["task_force.name_missing"]),
        ({"name": "市城管局"}, ["task_force.name_taken"]),
        ({"last_day": None}, ["task_force.last_day_wrong"]),
        ({"last_day": OPENING.date()}, ["task_force.last_day_wrong"]),
        ({"last_day": date(2028, 1, 1)}, ["task_force.last_day_wrong"]),
        ({"members": ()}, ["task_force.nobody"]),
        ({"members": (Member("cgj_handler", Role.UNIT_HANDLER),)}, ["task_force.nobody"]),
        ({"members": (*PLAN.members, Member("nobody", Role.UNIT_HANDLER))}, ["task_force.unknown_person"]),
        ({"members": (*PLAN.members, Member("sthj_head", Role.UNIT_HANDLER))}, ["task_force.twice"]),
        ({"members": (*PLAN.members, Member("reviewer", Role.SECTION_HEAD))}, ["role.judge_and_judged"]),
    ],
)
def test_what_it_needs(cast: Cast, changes: dict[str, object], expected: list[str]) -> None:
    plan = replace(PLAN, **changes)  # type: ignore[arg-type]  # the values are those of the fields
    done = open_force(emergency(cast).pk, plan, actor=cast.actor("supervisor"), now=NOON)
    assert codes(done) == expected
    assert not TaskForce.objects.exists()
    assert not Unit.objects.filter(group="task_force").exists()


def test_only_supervisors_and_only_during_an_emergency(cast: Cast) -> None:
    period, boss = emergency(cast), cast.actor("supervisor")
    assert codes(open_force(period.pk, PLAN, actor=cast.actor("dispatcher"), now=NOON)) == ["emergency.denied"]
    assert codes(open_force(999, PLAN, actor=boss, now=NOON)) == ["emergency.not_found"]
    switch_off(period.pk, actor=boss, now=NOON + HOUR)
    assert codes(open_force(period.pk, PLAN, actor=boss, now=NOON + HOUR)) == ["emergency.over_already"]
