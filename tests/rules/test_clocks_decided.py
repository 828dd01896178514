"""Clocks around decisions of the office: every way a lead is named, every way a callback ends."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from hotline.rules import acts as a
from hotline.rules.lifecycle import Actor
from hotline.rules.limits import StartPoint
from hotline.rules.profile_parts import CallbackRules, LimitTable, SignOffRules
from hotline.rules.vocabulary import ClockKind, Contact, Stage
from tests.rules import cast as c
from tests.rules import scenes as s
from tests.rules.cast import (
    AGENT,
    CALLER,
    DAY,
    DISPATCHER,
    ECOLOGY,
    HANDLER,
    HEAD,
    HEFEI,
    LUYANG_DESK,
    REVIEWER,
    SUPERVISOR,
    URBAN,
    Story,
    book,
)
from tests.rules.clock_facts import HOUR, due, turned, verdict

K = ClockKind
MEDIATE = a.Mediate(lead_unit=URBAN, finding="同意")
PROVISIONAL = a.RuleProvisionally(lead_unit=URBAN, finding="先办")
RULE = c.rules_jointly(URBAN)
OF_A_LEAD = {K.REPLY, K.UNIT_REPLY, K.FIRST_CONTACT}


def running(story: Story) -> set[ClockKind]:
    return {kind for kind in story.state.clocks if story.runs(kind)}


@pytest.mark.parametrize(
    ("tale", "who", "act", "beside"),
    [
        (c.ownerless, DISPATCHER, MEDIATE, {K.OBJECTION}),
        (c.panelled, DISPATCHER, MEDIATE, {K.OBJECTION}),
        (c.ownerless, SUPERVISOR, PROVISIONAL, {K.PANEL}),
        (c.panelled, SUPERVISOR, PROVISIONAL, {K.PANEL}),
        (c.panelled, SUPERVISOR, RULE, {K.OBJECTION}),
        (c.provisional, SUPERVISOR, RULE, {K.OBJECTION}),
    ],
)
@pytest.mark.parametrize("early", [StartPoint.DISPATCH, StartPoint.ACCEPTANCE])
def test_a_named_lead_has_its_clocks_and_no_others(
    tale: c.Tale, who: Actor, act: a.Act, beside: set[ClockKind], early: StartPoint
):
    """Also where the time to sign in began with acceptance: a named lead has nothing to sign in."""
    story = tale(book(sign_in_starts_at=early)).do(who, act, after=HOUR)
    assert running(story) == OF_A_LEAD | beside
    assert not story.state.paused
    assert story.clock(K.UNIT_REPLY).started_at == story.now
    assert story.clock(K.FIRST_CONTACT).started_at == story.now


@pytest.mark.parametrize("act", [RULE, c.rules_jointly(ECOLOGY)], ids=["another", "confirmed"])
def test_the_panel_is_judged_and_the_lead_may_object(act: a.RuleJointly):
    story = c.provisional().do(SUPERVISOR, act, after=HOUR)
    assert verdict(story, K.PANEL) is True
    assert due(story, K.OBJECTION) > story.now
    assert verdict(c.provisional().do(SUPERVISOR, act, after=10 * DAY), K.PANEL) is False


def test_a_ruling_ends_a_pause_and_what_the_former_lead_gave_below():
    story = c.ownerless().do(SUPERVISOR, a.RuleProvisionally(lead_unit=c.DISTRICT, finding="先办"))
    story.do(LUYANG_DESK, a.Delegate(to_unit=c.STREET, due_at=story.now + 2 * DAY))
    story.do(SUPERVISOR, c.stops_clock()).do(SUPERVISOR, RULE, after=DAY)
    assert not story.state.paused
    assert not story.runs(K.INNER_REPLY)
    assert story.state.delegation is None


def test_a_panel_convened_again_after_a_rework_has_its_limit():
    story = c.signed(c.provisional().do(HANDLER, c.replies())).do(REVIEWER, a.PassReview(grade="good"))
    story.do(CALLER, c.discontent()).do(REVIEWER, a.OrderRework(reason="未解决"))
    assert not story.runs(K.PANEL)
    story.do(SUPERVISOR, a.ConvenePanel(members=(ECOLOGY, URBAN), agenda="谁牵头"))
    assert due(story, K.PANEL) > story.now


# Sign-off left out, parking in rework


def test_a_reply_that_nobody_signs_goes_to_review_with_its_limit():
    story = c.handled(book(sign_off=SignOffRules(for_reply=()))).do(HANDLER, c.replies())
    assert running(story) == {K.REVIEW}
    assert verdict(story, K.UNIT_REPLY) is True


def test_a_rework_parked_runs_on_when_it_is_struck_off():
    story = s.rework_parked().do(HEAD, a.StrikeOff(note="资金到位"), after=30 * DAY)
    assert running(story) == {K.REPLY, K.UNIT_REPLY}
    assert not story.state.paused
    assert story.clock(K.REPLY).round == 2
    assert verdict(story, K.PARK_REVIEW) is True


# How a callback ends

LIMITED = {"limits": {**HEFEI.limits, K.CLOSE: LimitTable(HEFEI.limits[K.REVIEW].default)}}
BY_DECISION = LIMITED | {"callback": CallbackRules(unreachable_closes=False)}


def refused() -> Story:
    return c.passed().do(CALLER, c.not_answered(Contact.REFUSED))


@pytest.mark.parametrize(
    ("tale", "act"),
    [
        (lambda: c.passed(book(**LIMITED)), c.content()),
        (lambda: c.passed(book(**LIMITED)), c.discontent()),
        (s.tried_out, a.CloseUnreached()),
        (lambda: s.tried_out(**BY_DECISION), a.CloseUnreached()),
        (refused, a.CloseWithoutCallback(reason="declined", note="已核实")),
    ],
)
def test_the_callback_is_judged_however_it_ends(tale: Callable[[], Story], act: a.Act):
    story = tale()
    in_time = story.now <= story.clock(K.CALLBACK).due_at
    story.do(CALLER, act)
    assert verdict(story, K.CALLBACK) is in_time
    assert running(story) == ({K.CLOSE} if story.stage is Stage.PENDING_CLOSE else set())


def test_who_could_not_be_reached_in_time_is_no_failure_of_the_caller():
    hurried = CallbackRules(max_attempts=2, half_days_different=False)
    story = c.passed(book(callback=hurried)).do(CALLER, c.not_answered()).do(CALLER, c.not_answered())
    assert verdict(story.do(CALLER, a.CloseUnreached()), K.CALLBACK) is True


def test_what_was_parked_after_its_answer_is_judged_by_its_review_day():
    for later, kept in ((30 * DAY, True), (100 * DAY, False)):
        story = s.unhappy_parked().do(HEAD, a.StrikeOff(note="资金到位"), after=later)
        assert verdict(story, K.PARK_REVIEW) is kept


@pytest.mark.parametrize("act", [a.Close(reason="explained", note="已解释"), a.OrderRework(reason="未解决")])
@pytest.mark.parametrize(("later", "kept"), [(HOUR, True), (5 * DAY, False)])
def test_the_decision_about_the_dissatisfied_is_judged_where_a_city_limits_it(act: a.Act, later: timedelta, kept: bool):
    story = c.unhappy(book(**LIMITED)).do(REVIEWER, act, after=later)
    assert verdict(story, K.CLOSE) is kept
    assert running(story) == ({K.REPLY, K.UNIT_REPLY} if story.stage is Stage.REWORK else set())


def test_parking_the_dissatisfied_needs_no_decision_any_more():
    story = c.unhappy(book(**LIMITED)).do(HEAD, c.asks_park()).do(SUPERVISOR, a.ConfirmPark())
    assert verdict(story, K.CLOSE) is None
    assert running(story) == {K.PARK_REVIEW}


def test_a_merged_ticket_leaves_no_limit_of_the_panel_behind():
    story = c.provisional().do(AGENT, a.Merge(master=s.MASTER))
    assert turned(story, K.PANEL, "cancel").met is None
