"""One ticket of night construction noise under each policy, every moment worked out with a calendar and a pencil.

Monday 2 March 2026, 9:00; each limit is used in full. Returned Tuesday 17:30, ruled four office hours later on
Wednesday 14:30; returned again Thursday 17:30, ruled Friday 14:30: the dispute opens after 31.5 office hours.
"""

from dataclasses import replace
from datetime import datetime

import pytest

from hotline.rules.quarrels import Step
from hotline.sim.jurisdiction.policies import Outcome, Policy, World, play
from hotline.sim.jurisdiction.quarrel import Chance, Try
from tests.sim.jurisdiction.making import NO, SMALL, YES, chance, matter, ways, when

START = when(3, 2, 9)
WAYS = ways()
ECOLOGY = "生态环境部门"
KEEPS = Try(NO, NO, NO, NO, NO)
RETURNS = Try(YES, YES, NO, YES, YES)
REFUSED = Try(YES, NO, NO, YES, YES)
INFORMAL = Try(YES, YES, YES, YES, YES)
EVERY_KIND = frozenset({("noise", 1)})


def ended(policy: Policy, drawn: Chance, *, start: datetime = START) -> Outcome:
    found = play([matter(start, world=WAYS, drawn=drawn)], World(WAYS, policy, EVERY_KIND))
    return found[0]


def test_the_dispute_opens_at_the_second_founded_return():
    one = matter(START, world=WAYS)
    assert (one.trail.step, WAYS.axis.moment(one.trail.at), one.trail.dispatches) == (None, when(3, 6, 14, 30), 2)
    assert WAYS.axis.workdays(one.at, one.trail.at) == 31.5 / 7


@pytest.mark.parametrize(
    ("tries", "step", "lead", "at"),
    [
        ((KEEPS, RETURNS, RETURNS), Step.FIRST, "生态环境部门", START),
        ((REFUSED, RETURNS, RETURNS), Step.REFUSED, "生态环境部门", when(3, 4, 14, 30)),
        ((RETURNS, KEEPS, RETURNS), Step.REASSIGNED, "城市管理部门", when(3, 4, 14, 30)),
        ((RETURNS, REFUSED, RETURNS), Step.REFUSED, "城市管理部门", when(3, 6, 14, 30)),
        ((RETURNS, RETURNS, KEEPS), None, "", when(3, 6, 14, 30)),
    ],
)
def test_what_the_dispatcher_settles_alone(tries: tuple[Try, ...], step: Step | None, lead: str, at: datetime):
    trail = matter(START, world=WAYS, tries=tries).trail
    assert (trail.step, trail.lead, WAYS.axis.moment(trail.at)) == (step, lead, at)


def test_the_third_failed_dispatch_opens_one_without_two_founded_returns():
    """Two of three units were changed without a formal return: Friday 14:30 plus a window and a ruling."""
    informal = ways(replace(SMALL, informal=0.5))
    one = matter(START, world=informal, tries=(RETURNS, INFORMAL, INFORMAL)).trail
    assert (one.step, informal.axis.moment(one.at), one.dispatches) == (None, when(3, 10, 14, 30), 3)
    kept = matter(START, world=informal, tries=(RETURNS, INFORMAL, KEEPS)).trail
    assert (kept.step, kept.lead) == (Step.REASSIGNED, "城乡建设部门")


def test_the_third_failed_dispatch_leaves_the_fourth_unit_untried():
    fourth = replace(SMALL.families[0].units[2], name="属地街道")
    family = replace(SMALL.families[0], units=(*SMALL.families[0].units, fourth))
    four = ways(replace(SMALL, informal=0.5, families=(family,)))
    one = matter(START, world=four, tries=(RETURNS, INFORMAL, INFORMAL, KEEPS)).trail
    assert (one.step, four.axis.moment(one.at), one.dispatches) == (None, when(3, 10, 14, 30), 3)


def test_the_city_government():
    """Papers two working days (Tuesday 17:30), Thursday's meeting, minutes one working day: 69.5 office hours."""
    outcome = ended(Policy.GOVERNMENT, chance())
    assert outcome == Outcome(Step.GOVERNMENT, ECOLOGY, outcome.at, outcome.at)
    assert WAYS.axis.moment(outcome.at) == when(3, 13, 17, 30)
    assert WAYS.axis.workdays(WAYS.axis.minute(START), outcome.at) == 69.5 / 7


@pytest.mark.parametrize(
    ("drawn", "step", "at", "worked", "hours", "escalated"),
    [
        (chance(mediated=YES), Step.MEDIATION, when(3, 9, 9, 30), when(3, 9, 9, 30), 35.5, False),
        (chance(accepted=YES), Step.QUICK, when(3, 9, 17, 30), when(3, 9, 17, 30), 41.5, False),
        (chance(), Step.PANEL, when(3, 11, 17, 30), when(3, 9, 17, 30), 55.5, False),
        (chance(second_sitting=YES), Step.PANEL, when(3, 16, 17, 30), when(3, 9, 17, 30), 76.5, False),
        (chance(objected=YES), Step.OBJECTION, when(3, 17, 17, 30), when(3, 9, 17, 30), 83.5, False),
        (chance(escalated=YES), Step.GOVERNMENT, when(3, 13, 17, 30), when(3, 9, 17, 30), 69.5, True),
        (
            chance(objected=YES, objection_escalated=YES),
            Step.GOVERNMENT,
            when(3, 20, 17, 30),
            when(3, 9, 17, 30),
            104.5,
            True,
        ),
    ],
)
@pytest.mark.parametrize("policy", [Policy.JOINT, Policy.PRECEDENTS])
def test_joint_handling(
    policy: Policy, drawn: Chance, step: Step, at: datetime, worked: datetime, hours: float, escalated: bool
):
    outcome = ended(policy, drawn)
    axis = WAYS.axis
    assert (outcome.step, outcome.lead, outcome.escalated) == (step, ECOLOGY, escalated)
    assert (axis.moment(outcome.at), axis.moment(outcome.worked_at)) == (at, worked)
    assert axis.workdays(axis.minute(START), outcome.at) == hours / 7


def test_the_next_such_ticket_goes_straight():
    """Ruled Wednesday 17:30, in force two working days later on Friday 17:30, for 90 days."""
    moments = [START, when(3, 13, 17, 29), when(3, 13, 17, 30), when(6, 11, 17, 29), when(6, 11, 17, 30)]
    matters = [
        matter(at, world=WAYS, number=n, tries=(KEEPS, KEEPS, KEEPS) if n else None) for n, at in enumerate(moments)
    ]
    world = World(WAYS, Policy.PRECEDENTS, EVERY_KIND)
    steps = [outcome.step for outcome in play(matters, world)]
    assert steps == [Step.PANEL, Step.FIRST, Step.PRECEDENT, Step.PRECEDENT, Step.FIRST]
    assert (world.published, world.withdrawn) == (1, 0)
    joint = World(WAYS, Policy.JOINT, EVERY_KIND)
    assert [o.step for o in play(matters, joint)] == [Step.PANEL, *[Step.FIRST] * 4]


def test_a_precedent_is_made_once_and_anew_only_when_it_has_run_out():
    """The second dispute opened before the first ruling; its ruling neither replaces nor prolongs the precedent.

    The third comes the day after it has run out on 11 June, is ruled and holds from then on.
    """
    moments = (START, when(3, 3, 9), when(6, 12, 9))
    matters = [matter(at, world=WAYS, number=n) for n, at in enumerate(moments)]
    world = World(WAYS, Policy.PRECEDENTS, EVERY_KIND)
    assert [outcome.step for outcome in play(matters[:2], world)] == [Step.PANEL, Step.PANEL]
    (precedent,) = world.kept.values()
    assert WAYS.axis.moment(precedent.ends) == when(6, 11, 17, 30)
    assert world.published == 1
    again = World(WAYS, Policy.PRECEDENTS, EVERY_KIND)
    assert [outcome.step for outcome in play(matters, again)] == [Step.PANEL] * 3
    assert again.published == 2


def test_a_ruling_about_something_else_helps_nobody():
    matters = [matter(START, world=WAYS), matter(when(3, 16, 9), world=WAYS, number=1)]
    steps = [outcome.step for outcome in play(matters, World(WAYS, Policy.PRECEDENTS, frozenset()))]
    assert steps == [Step.PANEL, Step.PANEL]


def test_a_precedent_challenged_without_reason_stays():
    """The unit returns half as often as before: drawn 0.4 is below 0.9 × 0.5, and the ruling of Wednesday keeps it."""
    again = matter(when(3, 16, 9), world=WAYS, number=1, tries=(RETURNS._replace(returns=0.4), KEEPS, KEEPS))
    world = World(WAYS, Policy.PRECEDENTS, EVERY_KIND)
    outcome = play([matter(START, world=WAYS), again], world)[1]
    assert (outcome.step, WAYS.axis.moment(outcome.at)) == (Step.PRECEDENT, when(3, 18, 14, 30))
    assert world.withdrawn == 0
    less = matter(when(3, 16, 9), world=WAYS, number=1, tries=(RETURNS._replace(returns=0.46), KEEPS, KEEPS))
    assert play([matter(START, world=WAYS), less], World(WAYS, Policy.PRECEDENTS, EVERY_KIND))[1].at == less.at


def test_a_precedent_that_falls_is_gone_and_its_matter_goes_to_the_panel():
    """Challenged Tuesday 17:30, founded Wednesday 18 March 14:30, panel three working days later, ruled anew."""
    drawn = chance(challenge_founded=YES)
    first, again = matter(START, world=WAYS), matter(when(3, 16, 9), world=WAYS, number=1, drawn=drawn)
    meanwhile = matter(when(3, 18, 15), world=WAYS, number=2, tries=(KEEPS, KEEPS, KEEPS))
    later = matter(when(3, 30, 9), world=WAYS, number=3, tries=(KEEPS, KEEPS, KEEPS))
    world = World(WAYS, Policy.PRECEDENTS, EVERY_KIND)
    found = play([first, again, meanwhile, later], world)
    assert [o.step for o in found] == [Step.PANEL, Step.PANEL, Step.FIRST, Step.PRECEDENT]
    assert WAYS.axis.moment(found[1].at) == when(3, 23, 17, 30)
    assert (world.published, world.withdrawn) == (2, 1)


def test_a_precedent_falls_once_however_many_challenge_it():
    drawn = chance(challenge_founded=YES)
    matters = [
        matter(at, world=WAYS, number=n, drawn=drawn) for n, at in enumerate((START, when(3, 16, 9), when(3, 16, 9)))
    ]
    world = World(WAYS, Policy.PRECEDENTS, EVERY_KIND)
    assert [outcome.step for outcome in play(matters, world)] == [Step.PANEL] * 3
    assert (world.published, world.withdrawn) == (2, 1)
