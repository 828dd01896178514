"""What must hold whatever the assumptions are."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.rules.quarrels import Step
from hotline.sim.jurisdiction.comparing import VARIANTS, compare
from hotline.sim.jurisdiction.intervals import Resampling
from hotline.sim.jurisdiction.parameters import Parameters
from hotline.sim.jurisdiction.policies import Policy, World, play
from hotline.sim.jurisdiction.running import arrivals, capacity_a_month, compared, reusable_kinds
from hotline.sim.jurisdiction.table import printed
from tests.sim.jurisdiction.making import asked, shipped, ways, with_returns

SHARES = st.floats(0, 1)
ALONE = {Step.FIRST, Step.REFUSED, Step.REASSIGNED}
ALLOWED = {
    Policy.GOVERNMENT: ALONE | {Step.GOVERNMENT},
    Policy.JOINT: set(Step) - {Step.PRECEDENT},
    Policy.PRECEDENTS: set(Step),
}


@st.composite
def assumptions(draw: st.DrawFn) -> Parameters:
    """Any assumptions at all, about few matters."""
    base = shipped()
    joint = replace(
        base.joint,
        panels_per_day=draw(st.integers(1, 3)),
        **{name: draw(SHARES) for name in ("mediated", "accepted", "second_sitting", "escalated", "objected")},
    )
    precedents = replace(
        base.precedents,
        valid_days=draw(st.integers(1, 60)),
        **{name: draw(SHARES) for name in ("reusable", "challenge", "challenge_founded")},
    )
    government = replace(base.government, capacity=draw(st.integers(1, 8)), every_weeks=draw(st.integers(1, 3)))
    changed = replace(
        base,
        informal=draw(SHARES),
        joint=joint,
        precedents=precedents,
        government=government,
        families=base.families[:3],
    )
    return with_returns(changed, draw(SHARES))


@settings(max_examples=25, deadline=None)
@given(parameters=assumptions(), seed=st.integers(0, 10**6))
def test_every_matter_ends_with_one_lead_and_none_is_lost(parameters: Parameters, seed: int):
    reckoned = ways(parameters)
    matters = arrivals(seed=str(seed), days=30, ways=reckoned)
    kinds = reusable_kinds(seed=str(seed), ways=reckoned)
    for policy in Policy:
        world = World(reckoned, policy, kinds)
        outcomes = play(matters, world)
        assert len(outcomes) == len(matters)
        for matter, outcome in zip(matters, outcomes, strict=True):
            assert outcome.lead in {unit.name for unit in matter.family.units}
            assert outcome.step in ALLOWED[policy]
            assert matter.at <= outcome.worked_at <= outcome.at
            assert not outcome.escalated or outcome.step is Step.GOVERNMENT
            if policy is not Policy.PRECEDENTS:
                assert matter.disputed == (outcome.step not in ALONE)
        went_up = sum(outcome.step is Step.GOVERNMENT for outcome in outcomes)
        assert world.meetings.heard == went_up


@settings(max_examples=15, deadline=None)
@given(parameters=assumptions(), seed=st.integers(0, 10**6), times=st.integers(2, 4))
def test_meeting_less_often_never_shortens_anything(parameters: Parameters, seed: int, times: int):
    """Every matter, not only the mean: meetings every 2·n weeks are some of those every n weeks."""
    rarer = replace(
        parameters,
        government=replace(parameters.government, every_weeks=parameters.government.every_weeks * times),
    )
    matters = arrivals(seed=str(seed), days=30, ways=ways(parameters))
    often = play(matters, World(ways(parameters), Policy.GOVERNMENT))
    seldom = play(matters, World(ways(rarer), Policy.GOVERNMENT))
    assert all(a.at <= b.at for a, b in zip(often, seldom, strict=True))


@settings(max_examples=15, deadline=None)
@given(parameters=assumptions(), seed=st.integers(0, 10**6))
def test_more_room_never_lengthens_anything(parameters: Parameters, seed: int):
    roomier = replace(
        parameters, government=replace(parameters.government, capacity=parameters.government.capacity + 1)
    )
    matters = arrivals(seed=str(seed), days=30, ways=ways(parameters))
    before, after = (play(matters, World(ways(p), Policy.GOVERNMENT)) for p in (parameters, roomier))
    assert all(b.at <= a.at for a, b in zip(before, after, strict=True))


@pytest.mark.parametrize("seed", [1, 2])
def test_without_returns_all_policies_are_alike_and_take_no_time(seed: int):
    found = compare(asked(with_returns(shipped(), 0), runs=3, seed=seed), sensitivity=False)
    for policy in Policy:
        of = found["policies"][policy]
        assert of["disputed"]["working"]["mean"] is None
        assert of["all"]["working"]["mean"] == {"estimate": 0, "low": 0, "high": 0}
        assert of["all"]["calendar"]["p90"] == {"estimate": 0, "low": 0, "high": 0}
        assert of["all"]["step"][Step.FIRST]["estimate"] == 1
        assert of["panel"]["heard_a_month"]["estimate"] == of["government"]["heard_a_month"]["estimate"] == 0
    assert printed(found).count("—") > 0


def reuse(share: float) -> Callable[[Parameters], Parameters]:
    return lambda p: replace(p, precedents=replace(p.precedents, reusable=share))


@pytest.mark.parametrize(
    "change", [*(variant.change for variant in VARIANTS), reuse(0.1)], ids=[*(v.key for v in VARIANTS), "few_reusable"]
)
def test_precedents_are_never_slower_beyond_the_interval(change: Callable[[Parameters], Parameters]):
    question = asked(change(shipped()), days=60, runs=5)
    results = question.results(5)
    drawn = Resampling(5, "precedents")
    for policy, against, name, values in compared(results):
        if (policy, against) == (Policy.PRECEDENTS, Policy.JOINT) and name.endswith("working.mean"):
            found = drawn.mean(values)
            assert found is not None
            assert found.low is not None
            assert found.low <= 0, name


def test_precedents_that_always_fall_cost_time():
    """The model does not favour precedents: challenged as often as before and always withdrawn, they harm."""
    base = shipped()
    bad = replace(base, precedents=replace(base.precedents, reusable=1.0, challenge=1.0, challenge_founded=1.0))
    found = compare(asked(bad, days=120, runs=5), sensitivity=False)
    against_joint = found["differences"][2]
    assert (against_joint["policy"], against_joint["against"]) == (Policy.PRECEDENTS, Policy.JOINT)
    assert against_joint["all"]["working"]["mean"]["low"] > 0


def test_nothing_reusable_is_joint_handling_alone():
    for result in asked(reuse(0)(shipped())).results(2):
        assert result[Policy.PRECEDENTS] == result[Policy.JOINT]


def test_the_same_seed_gives_the_same_and_another_does_not():
    small = replace(shipped(), families=shipped().families[:2])
    first, again = (json.dumps(compare(asked(small, runs=2))) for _ in range(2))
    assert first == again
    assert json.dumps(compare(asked(small, runs=2, seed=2))) != first


def test_a_run_does_not_depend_on_how_many_there_are():
    question = asked(shipped(), days=30)
    assert question.results(3)[:2] == question.results(2)


def test_an_assumption_changes_what_it_speaks_of_only():
    """Common chance: the meeting's rhythm moves nothing under joint handling that never goes up."""
    never_up = replace(shipped(), joint=replace(shipped().joint, escalated=0, objection_escalated=0))
    rarer = replace(never_up, government=replace(never_up.government, every_weeks=2))
    for one, other in zip(asked(never_up).results(2), asked(rarer).results(2), strict=True):
        assert one[Policy.JOINT]["disputed.working.mean"] == other[Policy.JOINT]["disputed.working.mean"]
        assert one[Policy.GOVERNMENT]["disputed.working.mean"] != other[Policy.GOVERNMENT]["disputed.working.mean"]


def test_shares_add_up_and_the_load_is_what_was_heard():
    parameters = shipped()
    found = compare(asked(parameters, days=90, runs=3), sensitivity=False)
    for policy in Policy:
        of = found["policies"][policy]
        for group in ("all", "disputed"):
            assert sum(share["estimate"] for share in of[group]["step"].values()) == pytest.approx(1, abs=1e-3)
        load = of["government"]["heard_a_month"]["estimate"] / capacity_a_month(parameters.government)
        assert of["government"]["load"]["estimate"] == pytest.approx(load, abs=1e-3)


@pytest.mark.parametrize(
    ("change", "runs", "days", "codes"),
    [
        (lambda p: p, 20, 7, []),
        (lambda p: p, 2, 7, ["policies.few_runs"]),
        (lambda p: replace(p, government=replace(p.government, capacity=1)), 20, 14, ["policies.overloaded"]),
        (lambda p: replace(p, start=p.start.replace(month=11)), 20, 7, ["policies.calendar_provisional"]),
    ],
)
def test_cautions_are_said(change: Callable[[Parameters], Parameters], runs: int, days: int, codes: list[str]):
    found = compare(asked(change(shipped()), runs=runs, days=days), sensitivity=False)
    assert [caution["code"] for caution in found["cautions"]] == codes
    assert printed(found).count("注意：") == len(codes)
