"""The third dispatch that fails opens a dispute, however it fails; what is no failure counts as none."""

from dataclasses import replace

import pytest

from hotline.rules import acts as a
from hotline.rules.joint.facts import positions
from hotline.rules.notifying import who_must_know
from hotline.rules.quarrel_trails import trace
from hotline.rules.vocabulary import ClockKind, Flag, Role, Stage, UnitCode
from tests.rules import cast as c
from tests.rules.cast import (
    DAY,
    DISPATCHER,
    DISTRICT,
    ECOLOGY,
    HANDLER,
    HOUSING,
    NOISE,
    SUPERVISOR,
    SYSTEM,
    URBAN,
    Story,
)
from tests.rules.scenes import moved_twice

DISPUTE = (ClockKind.MEDIATION, ClockKind.QUICK_RULING, ClockKind.PANEL)


def moved(story: Story, *leads: UnitCode) -> Story:
    for lead in leads:
        story.do(DISPATCHER, a.Reassign(lead_unit=lead, reason="错派"))
    return story


def gives_back(story: Story) -> Story:
    lead = story.state.lead_unit
    assert lead is not None
    return story.do(c.member(lead, Role.DEPUTY_HEAD), c.asks_return(proposed_unit=UnitCode("")))


def founded(story: Story) -> Story:
    return gives_back(story).do(DISPATCHER, a.AcceptReturn(finding="成立"))


def test_a_founded_return_is_the_third():
    story = founded(moved_twice())
    assert (story.stage, story.state.failed_dispatches, story.state.founded_returns) == (
        Stage.JURISDICTION_DISPUTE,
        3,
        1,
    )


def test_a_reassignment_before_anybody_signed_in_is_the_third():
    story = moved_twice()
    assert story.stage is Stage.PENDING_SIGN
    assert moved(story, HOUSING).stage is Stage.JURISDICTION_DISPUTE
    assert (story.events[-1].name, story.state.failed_dispatches) == ("dispatch.disputed", 3)


def test_a_reassignment_after_signing_in_is_the_third():
    story = moved_twice().do(c.LUYANG_DESK, a.SignIn())
    assert moved(story, HOUSING).stage is Stage.JURISDICTION_DISPUTE


def test_a_reassignment_of_a_rework_is_the_third():
    story = c.reworked()
    assert moved(story, URBAN, DISTRICT).stage is Stage.PENDING_SIGN
    assert moved(story, HOUSING).stage is Stage.JURISDICTION_DISPUTE
    assert Flag.IN_REWORK not in story.state.flags


def test_a_return_among_reassignments_counts_wherever_it_stands():
    first = founded(c.dispatched()).do(DISPATCHER, a.Dispatch(lead_unit=URBAN))
    assert moved(first, DISTRICT).stage is Stage.PENDING_SIGN
    assert moved(first, HOUSING).stage is Stage.JURISDICTION_DISPUTE
    between = founded(moved(c.dispatched(), URBAN)).do(DISPATCHER, a.Dispatch(lead_unit=DISTRICT))
    assert moved(between, HOUSING).stage is Stage.JURISDICTION_DISPUTE


def test_what_is_no_failure_counts_as_none():
    """The unit keeps the ticket: its return is unfounded, or it let the window pass and is deemed to have accepted."""
    refused = gives_back(moved_twice()).do(DISPATCHER, a.RejectReturn(finding="属你单位职责"))
    assert (refused.stage, refused.state.failed_dispatches) == (Stage.HANDLING, 2)
    silent = moved_twice().do(SYSTEM, a.DeemAccepted(), after=5 * DAY)
    assert (silent.stage, silent.state.failed_dispatches) == (Stage.PENDING_SIGN, 2)
    assert silent.codes(c.LUYANG_DESK, c.asks_return(proposed_unit=URBAN)) == ("return.window_over",)
    followed = moved_twice().do(SYSTEM, a.FollowSuccessor(old_unit=DISTRICT, new_unit=HOUSING))
    assert followed.state.failed_dispatches == 2


def test_a_city_that_waits_longer_tries_a_fourth_unit():
    patient = c.book(dispute=replace(c.BOOK.profile.dispute, failed_dispatches=4))
    story = moved(c.handled(patient), URBAN, DISTRICT, HOUSING)
    assert story.stage is Stage.PENDING_SIGN
    assert moved(story, URBAN).stage is Stage.JURISDICTION_DISPUTE


def test_nobody_has_it_then_and_the_clocks_are_those_of_a_dispute():
    story = moved_twice()
    story.do(DISPATCHER, a.OpenTask(unit=URBAN, task="清运"))
    moved(story, HOUSING)
    state = story.state
    assert (state.lead_unit, state.co_units, state.tasks, state.signed_at) == (None, (), (), None)
    assert {kind for kind in DISPUTE if state.running(kind)} == set(DISPUTE)
    assert not state.running(ClockKind.SIGN_IN)
    assert not state.running(ClockKind.UNIT_REPLY)
    assert not state.running(ClockKind.RETURN_WINDOW)
    reply = state.running(ClockKind.REPLY)
    assert reply is not None
    assert reply.paused
    assert state.first_unit == ECOLOGY, "the first receiver is not forgotten"


def test_whom_the_office_meant_stays_in_the_ledger_only():
    story = moved(moved_twice(), HOUSING)
    assert story.events[-1].payload["lead_unit"] == HOUSING
    assert positions(story.events) == ()


def test_the_dispute_ends_as_others_do():
    story = moved(moved_twice(), HOUSING)
    story.do(DISPATCHER, a.Mediate(lead_unit=HOUSING, finding="同意由住建部门办"))
    assert (story.stage, story.state.lead_unit) == (Stage.HANDLING, HOUSING)


def test_its_way_is_nobodys_until_then():
    story = moved(moved_twice(), HOUSING)
    found = trace("1", NOISE, story.events)
    assert found is not None
    assert (found.given, found.settled_at, found.step) == ((ECOLOGY, URBAN, DISTRICT), None, None)
    assert (found.ownerless_since, found.disputed_at) == (story.now, story.now)


def test_who_had_it_and_who_must_settle_it_are_told():
    story = moved_twice()
    before = story.state
    moved(story, HOUSING)
    told = {one.kind for one in who_must_know(story.events[-1], before, story.state)}
    assert told == {"dispute_opened", "work_taken"}


def test_the_same_unit_is_no_other():
    assert moved_twice().codes(DISPATCHER, a.Reassign(lead_unit=DISTRICT, reason="错派")) == ("dispatch.same_unit",)
    assert HANDLER.unit == ECOLOGY
    assert moved(moved_twice(), HOUSING).codes(SUPERVISOR, a.Reassign(lead_unit=URBAN, reason="错派")) == (
        "act.not_now",
    )


@pytest.mark.parametrize("act", [a.Dispatch, a.Reassign])
def test_reassignment_names_all_parts_as_dispatch_does(act: type[a.Act]):
    more = {"reason": "属地办理"} if act is a.Reassign else {}
    story = c.handled() if act is a.Reassign else c.awaiting_dispatch()
    doubled = act(lead_unit=DISTRICT, guidance_units=(URBAN,), copied_units=(HOUSING,), **more)  # type: ignore[call-arg]  # both have these fields
    story.do(DISPATCHER, doubled)
    assert (story.state.lead_unit, story.state.guidance, story.state.copied) == (DISTRICT, (URBAN,), (HOUSING,))
    twice = act(lead_unit=HOUSING, guidance_units=(URBAN,), copied_units=(URBAN,), **more)  # type: ignore[call-arg]  # both have these fields
    place = c.handled() if act is a.Reassign else c.awaiting_dispatch()
    assert place.codes(DISPATCHER, twice) == ("dispatch.two_parts",)


def test_a_line_that_is_quoted_names_the_unit_that_it_is_moved_to():
    line = c.DIRECTORY.rules[0].version_key
    wrong = a.Reassign(lead_unit=URBAN, reason="错派", followed=(line,))
    assert c.handled().codes(DISPATCHER, wrong) == ("dispatch.rule_not_followed",)
