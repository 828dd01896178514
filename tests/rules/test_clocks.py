"""The promise to the citizen and the unit's time: when they begin, what is on time, and what another unit gets."""

from datetime import datetime, timedelta

import pytest

from hotline.rules import acts as a
from hotline.rules.limits import StartPoint
from hotline.rules.vocabulary import CITY_TZ, ClockKind, Flag, RequestType, Urgency
from tests.rules import cast as c
from tests.rules import scenes as s
from tests.rules.cast import (
    AGENT,
    CALLER,
    DAY,
    DEPUTY,
    DISPATCHER,
    ECOLOGY,
    HANDLER,
    HEFEI,
    REVIEWER,
    SECTION,
    SUPERVISOR,
    URBAN,
    book,
)
from tests.rules.clock_facts import ACCEPTED, HOUR, close, due, turned, verdict

K = ClockKind


# When the promise begins


@pytest.mark.parametrize(
    ("moment", "begun_by"),
    [(StartPoint.ACCEPTANCE, "register"), (StartPoint.DISPATCH, "dispatch"), (StartPoint.SIGN_IN, "sign_in")],
)
def test_the_promise_begins_at_the_moment_the_profile_names(moment: StartPoint, begun_by: str):
    story = c.handled(book(reply_starts_at=moment))
    begun = [e.act for e in story.events for change in e.clocks if (change.op, change.kind) == ("start", K.REPLY)]
    assert begun == [begun_by]


def test_a_complaint_has_seven_working_days_and_a_consultation_three():
    assert due(c.registered(), K.REPLY) == close(19)
    assert due(c.registered(request_type=RequestType.CONSULTATION), K.REPLY) == close(13)


def test_the_units_time_begins_with_its_dispatch_but_never_before_the_citizens():
    assert [e.act for e in c.handled().events if any(x.kind is K.UNIT_REPLY for x in e.clocks)] == ["dispatch"]
    late = c.handled(book(reply_starts_at=StartPoint.SIGN_IN))
    assert [e.act for e in late.events if any(x.kind is K.UNIT_REPLY for x in e.clocks)] == ["sign_in"]


@pytest.mark.parametrize("moment", [StartPoint.DISPATCH, StartPoint.SIGN_IN])
def test_a_ruling_begins_the_promise_where_no_dispatch_did(moment: StartPoint):
    rules = book(reply_starts_at=moment)
    for story in (c.ruled(rules), c.provisional(rules)):
        assert story.runs(K.REPLY)
        assert story.runs(K.UNIT_REPLY)
        assert not story.state.paused


def test_an_unfounded_return_before_sign_in_counts_as_sign_in():
    rules = book(reply_starts_at=StartPoint.SIGN_IN)
    story = c.dispatched(rules).do(DEPUTY, c.asks_return())
    assert K.REPLY not in story.state.clocks
    story.do(DISPATCHER, a.RejectReturn(finding="职责明确"))
    assert story.runs(K.REPLY)
    assert story.runs(K.UNIT_REPLY)
    assert story.runs(K.FIRST_CONTACT)
    assert story.state.signed_at == story.now


def test_a_rejected_return_leaves_clocks_as_they_ran():
    story = c.handled()
    before = {kind: due(story, kind) for kind in (K.REPLY, K.UNIT_REPLY, K.FIRST_CONTACT)}
    story.do(DEPUTY, c.asks_return()).do(DISPATCHER, a.RejectReturn(finding="职责明确"), after=4 * HOUR)
    assert {kind: due(story, kind) for kind in before} == before
    assert story.clock(K.FIRST_CONTACT).round == 1


def test_sign_in_can_count_from_acceptance_and_a_later_unit_from_its_own_dispatch():
    rules = book(sign_in_starts_at=StartPoint.ACCEPTANCE)
    story = c.awaiting_dispatch(rules)
    assert story.clock(K.SIGN_IN).started_at == story.events[0].at
    story.do(DISPATCHER, a.Dispatch(lead_unit=ECOLOGY), after=HOUR)
    assert story.clock(K.SIGN_IN).round == 1
    story.do(DISPATCHER, a.Reassign(lead_unit=URBAN, reason="错派"), after=HOUR)
    assert (story.clock(K.SIGN_IN).round, story.clock(K.SIGN_IN).started_at) == (2, story.now)


# Sign-in, first contact, phone


def test_sign_in_is_judged_and_first_contact_begins():
    story = c.dispatched()
    assert due(story, K.SIGN_IN) == close(11)
    story.do(HANDLER, a.SignIn(), after=HOUR)
    assert verdict(story, K.SIGN_IN) is True
    assert due(story, K.FIRST_CONTACT) == close(11)
    late = c.dispatched().do(HANDLER, a.SignIn(), after=2 * DAY)
    assert verdict(late, K.SIGN_IN) is False


def test_first_contact_is_judged_when_made_and_nothing_when_the_reply_came_before():
    story = c.handled().do(HANDLER, a.RecordFirstContact(note="已通话"), after=HOUR)
    assert verdict(story, K.FIRST_CONTACT) is True
    assert story.state.contacted_at == story.now
    assert verdict(c.replied(), K.FIRST_CONTACT) is None
    assert verdict(c.handled().do(HANDLER, c.replies(), after=2 * DAY), K.FIRST_CONTACT) is False


@pytest.mark.parametrize("who", [{"contactable": False}, {"confidential": True}, {"request_type": RequestType.REPORT}])
def test_no_first_contact_is_owed_to_who_cannot_or_must_not_be_contacted(who: dict[str, object]):
    assert K.FIRST_CONTACT not in c.handled(**who).state.clocks


@pytest.mark.parametrize(
    "act",
    [a.MarkTicket(flag=Flag.CONFIDENTIAL), a.Classify(request_type=RequestType.REPORT, reason="实为举报")],
)
def test_first_contact_is_spared_when_the_ticket_becomes_confidential(act: a.Act):
    story = c.handled().do(AGENT, act, after=3 * DAY)
    assert verdict(story, K.FIRST_CONTACT) is None


@pytest.mark.parametrize(("urgency", "minutes"), [(Urgency.URGENT, 20), (Urgency.CRITICAL, 10)])
def test_a_phone_handover_is_fed_back_within_minutes(urgency: Urgency, minutes: int):
    story = c.registered(urgency=urgency).do(AGENT, a.HandOverByPhone(lead_unit=ECOLOGY, note="停水"))
    assert due(story, K.PHONE_FEEDBACK) == story.now + timedelta(minutes=minutes)
    assert Flag.BY_PHONE in story.state.flags
    story.do(HANDLER, a.FeedBackByPhone(note="抢修中"), after=timedelta(minutes=minutes))
    assert verdict(story, K.PHONE_FEEDBACK) is True


def test_a_phone_handover_is_a_dispatch_as_well():
    story, sent = c.registered().do(AGENT, a.HandOverByPhone(lead_unit=ECOLOGY, note="停水")), c.dispatched()
    running = {kind for kind in story.state.clocks if story.runs(kind)}
    assert running == {kind for kind in sent.state.clocks if sent.runs(kind)} - {K.CO_TASK} | {K.PHONE_FEEDBACK}
    assert verdict(story, K.DISPATCH) is True
    counted = book(reply_starts_at=StartPoint.DISPATCH)
    assert c.registered(counted).do(AGENT, a.HandOverByPhone(lead_unit=ECOLOGY, note="停水")).runs(K.REPLY)


# On time, send-backs


def test_on_time_by_first_submission_is_judged_when_the_last_signature_lets_the_reply_out():
    story = c.replied()
    assert story.runs(K.UNIT_REPLY)
    story.do(SECTION, a.SignOff()).do(DEPUTY, a.SignOff())
    assert (verdict(story, K.REPLY), verdict(story, K.UNIT_REPLY)) == (True, True)
    assert due(story, K.REVIEW) == close(11)


def test_a_send_back_never_restarts_a_clock_and_the_first_verdict_stays():
    story = c.reviewed()
    promised = story.clock(K.REPLY).due_at
    story.do(REVIEWER, a.SendBack(failed=("answers_request",), reason="答非所问"), after=HOUR)
    assert (due(story, K.REPLY), due(story, K.UNIT_REPLY)) == (promised, promised)
    assert story.clock(K.REPLY).round == 1
    assert verdict(story, K.REVIEW) is True
    story.do(HANDLER, c.replies(), after=20 * DAY)
    c.signed(story)
    assert (verdict(story, K.REPLY), verdict(story, K.UNIT_REPLY)) == (True, True)
    assert story.state.send_backs == 1


def test_on_time_by_accepted_reply_runs_on_through_review():
    story = c.reviewed(ACCEPTED)
    assert story.runs(K.REPLY)
    story.do(REVIEWER, a.SendBack(failed=("answers_request",), reason="答非所问")).do(
        HANDLER, c.replies(), after=20 * DAY
    )
    c.signed(story).do(REVIEWER, a.PassReview(grade="good"))
    assert (verdict(story, K.REPLY), verdict(story, K.UNIT_REPLY)) == (False, False)
    in_time = c.passed(ACCEPTED)
    assert (verdict(in_time, K.REPLY), verdict(in_time, K.UNIT_REPLY)) == (True, True)


def test_the_office_has_its_own_limits():
    story = c.passed()
    assert verdict(story, K.DISPATCH) is True
    assert verdict(story, K.REVIEW) is True
    assert due(story, K.CALLBACK) == close(11)
    story.do(CALLER, c.content(), after=5 * DAY)
    assert verdict(story, K.CALLBACK) is False
    slow = c.registered().do(AGENT, a.Dispatch(lead_unit=ECOLOGY), after=2 * DAY)
    assert verdict(slow, K.DISPATCH) is False


# Another unit


def test_reassigning_restarts_the_units_time_and_keeps_the_promise():
    story = c.handled()
    promised = due(story, K.REPLY)
    story.do(DISPATCHER, a.Reassign(lead_unit=URBAN, reason="错派"), after=2 * DAY)
    assert due(story, K.REPLY) == promised
    assert due(story, K.UNIT_REPLY) == close(21)
    assert (story.clock(K.UNIT_REPLY).round, story.clock(K.SIGN_IN).round) == (2, 2)
    assert due(story, K.RETURN_WINDOW) == close(13)
    assert not story.runs(K.FIRST_CONTACT)
    story.do(c.member(URBAN), a.SignIn())
    assert due(story, K.FIRST_CONTACT) == close(13)
    assert story.state.contacted_at is None


def test_what_the_former_unit_broke_stays_broken_what_it_had_time_for_has_no_verdict():
    for wait, broken in ((DAY, None), (20 * DAY, False)):
        story = c.handled().do(DISPATCHER, a.Reassign(lead_unit=URBAN, reason="错派"), after=wait)
        ended = turned(story, K.UNIT_REPLY, "cancel")
        assert ended.met is broken


def test_who_was_phoned_owes_no_feedback_once_another_unit_has_the_ticket():
    story = s.phoned().do(DISPATCHER, a.Reassign(lead_unit=URBAN, reason="错派"))
    assert verdict(story, K.PHONE_FEEDBACK) is None
    assert story.codes(c.member(URBAN), a.FeedBackByPhone(note="已出动")) == ("phone.no_feedback_due",)


def test_a_founded_return_is_no_failure_of_the_unit_however_late():
    story = c.dispatched(urgency=Urgency.CRITICAL).do(DEPUTY, c.asks_return())
    story.do(DISPATCHER, a.AcceptReturn(finding="成立"), after=20 * DAY)
    assert verdict(story, K.UNIT_REPLY) is None
    assert verdict(story, K.RETURN_RULING) is False
    signed_in = c.return_asked().do(DISPATCHER, a.AcceptReturn(finding="成立"), after=20 * DAY)
    assert verdict(signed_in, K.FIRST_CONTACT) is None
    assert due(story, K.DISPATCH) == story.now + HOUR


def test_a_new_unit_may_return_what_the_former_one_had_answered():
    story = c.reviewed().do(REVIEWER, a.SendBack(failed=("answers_request",), reason="错派"))
    story.do(DISPATCHER, a.Reassign(lead_unit=URBAN, reason="错派"))
    assert story.codes(c.member(URBAN), c.asks_return()) == ()
    assert story.state.replied_at is None


def test_reassigning_a_paused_ticket_lets_time_run_again():
    story = c.paused().do(DISPATCHER, a.Reassign(lead_unit=URBAN, reason="错派"), after=2 * DAY)
    assert not story.state.paused
    assert due(story, K.REPLY) == close(20)
    story.do(c.member(URBAN), a.SignIn())
    assert not story.state.paused


def test_what_a_unit_asked_for_ends_with_its_lead():
    for story in (c.extension_asked(), s.park_asked()):
        story.do(DISPATCHER, a.Reassign(lead_unit=URBAN, reason="错派"))
        assert not story.state.proposals
        assert not story.runs(K.EXTENSION_RULING)


# Rework


def test_a_rework_has_half_the_limit_and_a_promise_of_its_own():
    story = c.reworked()
    assert (story.clock(K.REPLY).limit, story.clock(K.UNIT_REPLY).limit) == ("4wd", "4wd")
    assert (story.clock(K.REPLY).round, story.clock(K.REPLY).met) == (2, None)
    assert due(story, K.REPLY) == close(14)


def test_a_rework_goes_the_whole_way_again():
    story = c.reworked().do(HANDLER, c.replies())
    assert story.state.signing is not None
    assert story.state.signing.signed == 0
    c.signed(story).do(REVIEWER, a.SendBack(failed=("answers_request",), reason="不清"))
    assert story.stage.value == "rework"
    c.signed(story.do(HANDLER, c.replies())).do(REVIEWER, a.PassReview(grade="good"))
    assert story.state.attempts == ()
    story.do(CALLER, c.content())
    assert (story.state.reworks, story.state.close_reason) == (1, "settled")


def test_a_superiors_date_binds_while_it_lies_ahead_and_not_a_later_rework():
    soon = datetime(2021, 5, 12, 12, 0, tzinfo=CITY_TZ)
    story = c.handled(superior_due_at=soon)
    assert (due(story, K.REPLY), due(story, K.UNIT_REPLY)) == (soon, soon)
    story.do(HANDLER, c.replies())
    c.signed(story).do(REVIEWER, a.PassReview(grade="good")).do(CALLER, c.discontent(), after=5 * DAY)
    story.do(REVIEWER, a.OrderRework(reason="未解决"))
    assert due(story, K.REPLY) == close(20)


def test_a_visit_reopens_beyond_the_number_of_reworks():
    story = c.settled()
    for _ in range(3):
        story.do(SUPERVISOR, a.ReopenAfterVisit(finding="仍在施工"))
        assert (story.state.closed_at, story.clock(K.REPLY).limit) == (None, "4wd")
        c.signed(story.do(HANDLER, c.replies())).do(REVIEWER, a.PassReview(grade="good")).do(CALLER, c.content())
    assert story.state.reworks == 3 > HEFEI.max_reworks
