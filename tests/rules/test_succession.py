"""A unit merged in the middle of the work: what it had is its successor's, and the clocks run on."""

import pytest

from hotline.rules import acts as a
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.notifying import who_must_know
from hotline.rules.succession import heirs, units_of
from hotline.rules.vocabulary import ClockKind, Stage, UnitCode
from tests.rules import cast as c
from tests.rules.cast import DISTRICT, ECOLOGY, HANDLER, HOUSING, SUPERVISOR, URBAN

OBJECTS = a.ObjectToRuling(reason="无权处罚", legal_basis="三定规定")
ANSWERS = c.replies()
A, B, C, D = (UnitCode(code) for code in "ABCD")


def follows(old: UnitCode = ECOLOGY, new: UnitCode = HOUSING) -> a.FollowSuccessor:
    return a.FollowSuccessor(old_unit=old, new_unit=new)


@pytest.mark.parametrize(
    ("named", "active", "expected"),
    [
        ({A: B}, {B}, {A: B}),
        ({A: B, B: C}, {C}, {A: C, B: C}),
        ({A: B, B: C}, {B, C}, {A: C}),
        ({A: B}, {C}, {}),
        ({A: B, B: A}, {C}, {}),
        ({A: B}, {A, B}, {}),
        ({A: D, B: D}, {D}, {A: D, B: D}),
    ],
)
def test_a_chain_of_mergers_is_followed_to_its_end(
    named: dict[UnitCode, UnitCode], active: set[UnitCode], expected: dict[UnitCode, UnitCode]
) -> None:
    assert heirs(named, active) == expected


def test_the_lead_goes_over_and_the_work_goes_on() -> None:
    before = c.handled()
    clocks, stage = before.state.clocks, before.stage
    story = before.do(SYSTEM, follows())
    assert (story.state.lead_unit, story.state.first_unit, story.stage) == (HOUSING, HOUSING, stage)
    assert story.state.clocks == clocks, "nothing begins anew"
    assert story.state.signed_at is not None, "there is nothing to sign in again"
    assert story.codes(HANDLER, ANSWERS) != (), "the old unit has it no more"
    assert story.codes(c.member(HOUSING), ANSWERS) == ()


def test_a_helper_goes_over_and_owes_its_part() -> None:
    story = c.handled().do(SYSTEM, follows(URBAN))
    assert story.state.co_units == (HOUSING,)
    assert story.state.all_running(ClockKind.CO_TASK)
    assert story.codes(c.member(HOUSING), a.ReportCoTask(reply="已查处")) == ()


def test_a_helper_that_merges_into_the_lead_owes_nothing_any_more() -> None:
    story = c.handled().do(SYSTEM, follows(URBAN, ECOLOGY))
    assert (story.state.lead_unit, story.state.co_units) == (ECOLOGY, ())
    assert not story.state.all_running(ClockKind.CO_TASK)


def test_the_unit_below_goes_over() -> None:
    before = c.delegated()
    assert before.state.delegation is not None
    story = before.do(SYSTEM, follows(before.state.delegation.unit))
    assert story.state.delegation is not None
    assert (story.state.lead_unit, story.state.delegation.unit) == (DISTRICT, HOUSING)


def test_an_objection_that_was_made_counts_for_the_successor() -> None:
    ruled = c.panelled().do(SUPERVISOR, c.rules_jointly(co_units=(URBAN,)))
    story = ruled.do(c.member(URBAN), OBJECTS).do(SYSTEM, follows(URBAN))
    assert story.state.objected_by == (HOUSING,)
    assert story.codes(c.member(HOUSING), OBJECTS) == ("objection.already_made",)
    assert URBAN not in units_of(story.state)


def test_a_ticket_of_others_has_nothing_to_follow() -> None:
    assert c.handled().codes(SYSTEM, follows(HOUSING, URBAN)) == ("succession.not_in_ticket",)
    assert c.handled().codes(SYSTEM, follows(ECOLOGY, ECOLOGY)) == ("succession.same_unit",)
    assert c.handled().codes(SUPERVISOR, follows()) == ("act.role_denied",)


def test_the_successor_is_told() -> None:
    before = c.handled()
    state = before.state
    decision = before.decide(SYSTEM, follows())
    told = who_must_know(decision.events[0], state, decision.state)
    assert [(one.kind, {to.unit for to in one.to}) for one in told] == [("work_inherited", {HOUSING})]
    assert decision.events[0].stage is Stage.HANDLING
