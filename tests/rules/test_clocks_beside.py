"""Clocks beside the promise: disputes, districts and streets, parking; and how every clock ends or runs out."""

from datetime import date, timedelta

import pytest

from hotline.rules import acts as a
from hotline.rules.fold import turn_clocks
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.limits import Limit, LimitUnit, StartPoint
from hotline.rules.profile_parts import LimitTable
from hotline.rules.state import ClockChange
from hotline.rules.vocabulary import ClockKind, Flag, Proposal, Role
from tests.rules import cast as c
from tests.rules import scenes as s
from tests.rules.cast import (
    AGENT,
    DAY,
    DEPUTY,
    DISPATCHER,
    ECOLOGY,
    HANDLER,
    HEAD,
    HEFEI,
    LUYANG_DESK,
    MONDAY,
    REVIEWER,
    STREET,
    STREET_CLERK,
    SUPERVISOR,
    URBAN,
    book,
)
from tests.rules.clock_facts import HOUR, close, due, flood, turned, verdict

K = ClockKind


# Disputes


def test_a_dispute_stops_the_promise_and_counts_its_own_time():
    story = c.ownerless()
    assert story.clock(K.REPLY).paused
    assert due(story, K.MEDIATION) == story.now + 4 * HOUR + timedelta(hours=2)
    assert due(story, K.QUICK_RULING) == close(11)
    assert due(story, K.PANEL) == close(13)
    story.do(SUPERVISOR, a.ConvenePanel(members=(ECOLOGY, URBAN), agenda="谁牵头"), after=HOUR)
    assert verdict(story, K.MEDIATION) is True
    story.do(SUPERVISOR, c.rules_jointly(), after=2 * DAY)
    assert due(story, K.REPLY) == close(20)
    assert story.clock(K.REPLY).pauses[0][2] == "joint_handling"
    assert verdict(story, K.PANEL) is True
    assert verdict(story, K.QUICK_RULING) is None, "the panel was called instead: neither in time nor late"
    assert due(story, K.OBJECTION) == close(13)


def test_a_dispute_counts_its_time_however_it_came_about():
    """Opened by returns after a phone handover: the units owe nothing any more, the office owes a lead."""
    story = c.registered().do(AGENT, a.HandOverByPhone(lead_unit=ECOLOGY, note="停水"))
    story.do(DEPUTY, c.asks_return()).do(DISPATCHER, a.AcceptReturn(finding="成立"))
    assert not story.runs(K.PHONE_FEEDBACK)
    story.do(DISPATCHER, a.HandOverByPhone(lead_unit=URBAN, note="停水"))
    story.do(c.member(URBAN, Role.DEPUTY_HEAD), c.asks_return()).do(DISPATCHER, a.AcceptReturn(finding="成立"))
    assert {kind for kind in story.state.clocks if story.runs(kind)} == {K.REPLY, K.MEDIATION, K.QUICK_RULING, K.PANEL}
    assert story.clock(K.REPLY).paused


def test_a_provisional_lead_works_while_the_panel_still_owes_its_ruling():
    story = c.provisional()
    assert verdict(story, K.QUICK_RULING) is True
    assert story.runs(K.PANEL)
    assert not story.state.paused
    done = c.signed(story.do(HANDLER, c.replies())).do(REVIEWER, a.PassReview(grade="good"))
    assert verdict(done, K.PANEL) is None


def test_a_confirmed_lead_goes_on_and_a_new_one_starts_afresh():
    kept = c.provisional().do(HANDLER, a.RecordFirstContact(note="已通话"))
    before = due(kept, K.UNIT_REPLY)
    kept.do(SUPERVISOR, c.rules_jointly(ECOLOGY), after=2 * DAY)
    assert (due(kept, K.UNIT_REPLY), kept.clock(K.UNIT_REPLY).round) == (before, 1)
    assert kept.state.contacted_at is not None
    assert verdict(kept, K.PANEL) is True
    assert kept.state.flags & {Flag.RULED_LEAD, Flag.PROVISIONAL_LEAD} == {Flag.RULED_LEAD}
    moved = c.provisional().do(SUPERVISOR, c.rules_jointly(URBAN), after=2 * DAY)
    assert (moved.clock(K.UNIT_REPLY).round, moved.state.contacted_at) == (2, None)
    assert moved.state.lead_unit == URBAN


def test_what_the_provisional_lead_asked_for_is_not_granted_to_the_ruled_one():
    story = c.provisional().do(DEPUTY, c.asks_extension()).do(HEAD, c.asks_park())
    story.do(SUPERVISOR, c.rules_jointly(URBAN))
    assert not story.state.proposals
    assert not story.runs(K.EXTENSION_RULING)
    kept = c.provisional().do(DEPUTY, c.asks_extension()).do(SUPERVISOR, c.rules_jointly(ECOLOGY))
    assert Proposal.EXTENSION in kept.state.proposals


def test_an_objection_is_answered_by_the_panel_within_its_limit():
    story = c.ruled().do(HANDLER, a.ObjectToRuling(reason="无权", legal_basis="三定"))
    assert due(story, K.PANEL) == close(13)
    assert not story.runs(K.OBJECTION)
    assert story.runs(K.UNIT_REPLY)
    story.do(SUPERVISOR, a.ConvenePanel(members=(ECOLOGY, URBAN), agenda="异议"))
    assert story.clock(K.PANEL).round == 2
    story.do(SUPERVISOR, c.rules_jointly(ECOLOGY))
    assert Flag.OBJECTED not in story.state.flags
    assert story.codes(HANDLER, a.ObjectToRuling(reason="仍无权", legal_basis="三定")) == ("objection.already_made",)


# Districts and streets


def test_a_street_has_the_limit_the_district_names_within_the_citys():
    at = MONDAY + 2 * DAY
    story = c.at_district().do(LUYANG_DESK, a.Delegate(to_unit=STREET, due_at=at))
    assert due(story, K.INNER_REPLY) == at
    capped = c.at_district().do(LUYANG_DESK, a.Delegate(to_unit=STREET, due_at=MONDAY + 60 * DAY))
    assert due(capped, K.INNER_REPLY) == due(capped, K.UNIT_REPLY)
    assert due(c.delegated(), K.INNER_REPLY) == close(17)
    none = book(limits={kind: table for kind, table in HEFEI.limits.items() if kind is not K.INNER_REPLY})
    assert not c.delegated(none).runs(K.INNER_REPLY)
    own = book(limits={**HEFEI.limits, K.INNER_REPLY: LimitTable(Limit(3, LimitUnit.WORKDAY))})
    assert due(c.delegated(own), K.INNER_REPLY) == close(13)
    long = book(limits={**HEFEI.limits, K.INNER_REPLY: LimitTable(Limit(30, LimitUnit.WORKDAY))})
    assert due(c.delegated(long), K.INNER_REPLY) == close(19)


def test_an_inner_limit_is_met_reopened_paused_and_dropped_with_the_work():
    at = MONDAY + 2 * DAY
    story = c.at_district().do(LUYANG_DESK, a.Delegate(to_unit=STREET, due_at=at)).do(STREET_CLERK, a.SignInDelegated())
    story.do(SUPERVISOR, c.stops_clock()).do(SUPERVISOR, a.Resume(), after=DAY)
    assert due(story, K.INNER_REPLY) == at + DAY
    story.do(STREET_CLERK, a.SubmitInnerReply(reply="已处理"))
    assert verdict(story, K.INNER_REPLY) is True
    story.do(LUYANG_DESK, a.SendBackInnerReply(reason="不清"))
    assert due(story, K.INNER_REPLY) == at + DAY
    story.do(LUYANG_DESK, a.RecallDelegation(reason="自办"))
    assert verdict(story, K.INNER_REPLY) is True


def test_a_named_limit_is_not_recomputed():
    story = c.at_district().do(LUYANG_DESK, a.Delegate(to_unit=STREET, due_at=MONDAY + DAY))
    story.book = book(flood(story.now))
    story.do(SYSTEM, a.RecomputeClocks(cause="emergency"))
    assert due(story, K.INNER_REPLY) == MONDAY + DAY


# Parking


def test_parking_stops_time_and_names_the_day_of_review():
    story = c.parked()
    assert story.clock(K.REPLY).paused
    assert due(story, K.PARK_REVIEW) == close(2, 8)
    assert not story.runs(K.RETURN_WINDOW)
    for other in (c.ruled(), s.phoned().do(HANDLER, a.SignIn())):
        other.do(HEAD, c.asks_park()).do(SUPERVISOR, a.ConfirmPark())
        assert not other.runs(K.OBJECTION)
        assert not other.runs(K.PHONE_FEEDBACK)
    story.do(HEAD, a.StrikeOff(note="资金到位"), after=30 * DAY)
    assert verdict(story, K.PARK_REVIEW) is True
    assert due(story, K.UNIT_REPLY) > story.now
    assert not story.state.paused


def test_a_parked_ticket_can_be_planned_anew_and_is_late_when_it_is_not():
    story = c.parked().do(HEAD, c.asks_park(date(2021, 9, 1)), after=30 * DAY)
    story.do(SUPERVISOR, a.ConfirmPark())
    assert due(story, K.PARK_REVIEW) == close(1, 9)
    assert turned(story, K.PARK_REVIEW, "stop").met is True
    assert len(story.clock(K.REPLY).pauses) == 1
    late = c.parked().do(SYSTEM, a.RecordOverdue(clock="park_review"), after=100 * DAY)
    assert late.clock(K.PARK_REVIEW).overdue_at == late.now


def test_what_was_parked_after_its_answer_gets_a_new_promise_when_it_is_struck_off():
    story = s.unhappy_parked()
    assert not story.runs(K.REPLY)
    story.do(HEAD, a.StrikeOff(note="资金到位"), after=30 * DAY)
    assert (story.clock(K.REPLY).limit, story.clock(K.UNIT_REPLY).limit) == ("4wd", "4wd")
    assert story.state.reworks == 0


# The end, and running out


@pytest.mark.parametrize("act", [a.Withdraw(note="已解决"), a.Merge(master=s.MASTER)])
@pytest.mark.parametrize("tale", [c.handled, c.paused, c.ownerless, c.parked, c.extension_asked, c.delegated])
def test_at_the_end_no_clock_runs_and_only_what_was_broken_is_judged(tale: c.Tale, act: a.Act):
    story = tale().do(AGENT, act)
    assert not any(clock.running or clock.paused for clock in story.state.clocks.values())
    assert not any(clock.met is False for clock in story.state.clocks.values())
    late = tale().do(AGENT, act, after=90 * DAY)
    resting = tale().state.paused
    assert (late.clock(K.REPLY).met is False) is not resting


@pytest.mark.parametrize("ending", [a.AnswerDirectly(reply="按规定"), a.TransferEmergency(line="119")])
def test_an_answer_at_once_keeps_the_promise(ending: a.Act):
    story = c.registered().do(AGENT, ending)
    assert (verdict(story, K.REPLY), verdict(story, K.DISPATCH)) == (True, True)
    assert (verdict(c.declined(), K.REPLY), verdict(c.declined(), K.DISPATCH)) == (True, True)


def test_an_early_end_leaves_no_clock_behind_that_began_with_acceptance():
    """A city that counts the time to sign in from acceptance has it running before there is a unit."""
    early = book(sign_in_starts_at=StartPoint.ACCEPTANCE)
    for ending in (a.AnswerDirectly(reply="按规定"), a.TransferEmergency(line="119"), a.Merge(master=s.MASTER)):
        assert verdict(c.registered(early).do(AGENT, ending), K.SIGN_IN) is None
    assert verdict(c.declined(early), K.SIGN_IN) is None
    assert verdict(c.provisional(early), K.SIGN_IN) is None
    assert verdict(c.ruled(early), K.SIGN_IN) is None


def test_overdue_is_recorded_once_a_round():
    story = c.handled().do(SYSTEM, a.RecordOverdue(clock="reply"), after=20 * DAY)
    assert story.clock(K.REPLY).overdue_at == story.now
    assert story.runs(K.REPLY)
    assert story.codes(SYSTEM, a.RecordOverdue(clock="reply")) == ("clock.already_overdue",)


@pytest.mark.parametrize("kind", list(ClockKind))
def test_a_window_lapses_where_other_clocks_become_overdue(kind: ClockKind):
    act = a.run_out(kind)
    if kind in {K.RETURN_WINDOW, K.OBJECTION}:
        assert act == a.DeemAccepted()
    else:
        assert act == a.RecordOverdue(clock=kind.value)


def test_a_window_that_passes_is_nobodys_failure():
    story = c.dispatched().do(SYSTEM, a.DeemAccepted(), after=2 * DAY)
    assert verdict(story, K.RETURN_WINDOW) is None
    assert story.codes(HANDLER, c.asks_return()) == ("return.window_over",)
    objection = c.ruled().do(SYSTEM, a.DeemAccepted(), after=2 * DAY)
    assert verdict(objection, K.OBJECTION) is None
    assert objection.codes(HANDLER, a.ObjectToRuling(reason="无权", legal_basis="三定")) == ("objection.window_over",)


def test_a_return_is_possible_until_the_last_moment_of_the_window():
    last = due(c.handled(), K.RETURN_WINDOW)
    assert c.handled().until(last).codes(HANDLER, c.asks_return()) == ()
    assert c.handled().until(last + timedelta(seconds=1)).codes(HANDLER, c.asks_return()) == ("return.window_over",)


def test_a_limit_is_kept_until_its_last_moment():
    for late, met in ((timedelta(), True), (timedelta(seconds=1), False)):
        story = c.dispatched()
        story.until(due(story, K.SIGN_IN) + late).do(HANDLER, a.SignIn(), after=timedelta())
        assert verdict(story, K.SIGN_IN) is met


def test_a_turn_that_no_clock_can_make_is_said_loudly():
    with pytest.raises(ValueError, match="no clock to stop"):
        turn_clocks({}, (ClockChange(op="stop", kind=K.REPLY),), MONDAY)
    with pytest.raises(ValueError, match="due time"):
        turn_clocks({}, (ClockChange(op="start", kind=K.REPLY),), MONDAY)
    started = ClockChange(op="start", kind=K.REPLY, due_at=MONDAY + DAY)
    with pytest.raises(ValueError, match="runs already"):
        turn_clocks({}, (started, started), MONDAY)
