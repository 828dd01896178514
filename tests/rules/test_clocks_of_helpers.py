"""Intake of what came in writing, the parts of co-units, and what an inner or a deciding limit is without a name."""

from datetime import timedelta

import pytest

from hotline.rules import acts as a
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.limits import Limit
from hotline.rules.profile_parts import LimitTable
from hotline.rules.vocabulary import Channel, ClockKind, Flag, RequestType, Role, Stage
from tests.rules import cast as c
from tests.rules.cast import (
    AGENT,
    CITIZEN,
    DAY,
    DEPUTY,
    DISPATCHER,
    ECOLOGY,
    HANDLER,
    HEAD,
    HEFEI,
    HOUSING,
    LEADER,
    SUPERVISOR,
    URBAN,
    Story,
    book,
)
from tests.rules.clock_facts import HOUR, close, due, flood, verdict

K = ClockKind
HELPER = c.member(URBAN)
SECOND = c.member(HOUSING)
REPORTS = a.ReportCoTask(reply="已清运。")


def helped(*units: str) -> Story:
    """Sent to a lead with these co-units, and signed in."""
    story = c.awaiting_dispatch().do(DISPATCHER, a.Dispatch(lead_unit=ECOLOGY, co_units=units or (URBAN, HOUSING)))
    return story.do(HANDLER, a.SignIn())


# What waits for an agent


def test_what_came_in_writing_waits_for_an_agent_within_its_limit():
    story = c.drafted()
    assert due(story, K.INTAKE) == story.now + 24 * HOUR
    story.do(AGENT, c.register(channel=Channel.WEB), after=23 * HOUR)
    assert verdict(story, K.INTAKE) is True
    assert due(story, K.REPLY) == close(20)
    late = c.drafted().do(AGENT, c.register(channel=Channel.WEB), after=25 * HOUR)
    assert verdict(late, K.INTAKE) is False


def test_a_call_taken_down_at_once_has_no_waiting_time():
    assert K.INTAKE not in c.registered().state.clocks


@pytest.mark.parametrize(("channel", "hours"), [(Channel.WEB, 2), (Channel.MAILBOX, 24)])
def test_a_channel_can_have_its_own_limit(channel: Channel, hours: int):
    table = LimitTable(Limit.parse("24h"), by_channel={Channel.WEB: Limit.parse("2h")})
    story = Story(book(limits={**HEFEI.limits, K.INTAKE: table})).do(CITIZEN, c.submit(channel=channel))
    assert due(story, K.INTAKE) == story.now + hours * HOUR


def test_a_channel_stands_between_complexity_and_type():
    short, own, long = map(Limit.parse, ("1wd", "3wd", "15wd"))
    table = LimitTable(
        Limit.parse("5wd"), complex=long, by_type={RequestType.CONSULTATION: short}, by_channel={Channel.WEB: own}
    )
    rules = book(limits={**HEFEI.limits, K.REPLY: table})
    plain = c.registered(rules, channel=Channel.WEB, request_type=RequestType.CONSULTATION)
    assert plain.clock(K.REPLY).limit == "3wd"
    plain.do(DISPATCHER, a.MarkTicket(flag=Flag.COMPLEX))
    assert plain.clock(K.REPLY).limit == "15wd"
    assert c.registered(rules, request_type=RequestType.CONSULTATION).clock(K.REPLY).limit == "1wd"


def test_what_is_not_taken_on_ends_the_waiting():
    story = c.drafted().do(AGENT, c.declines(), after=HOUR)
    assert story.runs(K.INTAKE)
    story.do(LEADER, a.ConfirmDecline(), after=HOUR)
    assert verdict(story, K.INTAKE) is True
    passed_on = c.drafted().do(AGENT, a.TransferEmergency(line="119"), after=26 * HOUR)
    assert verdict(passed_on, K.INTAKE) is False
    assert verdict(c.drafted().do(CITIZEN, a.Withdraw(note="不需要了")), K.INTAKE) is None


def test_an_emergency_does_not_touch_the_waiting():
    story = Story(book(flood(c.MONDAY - DAY))).do(CITIZEN, c.submit())
    assert due(story, K.INTAKE) == story.now + 24 * HOUR


# Co-units


def test_the_parts_of_co_units_run_from_the_dispatch_and_end_with_the_last_report():
    story = helped()
    assert due(story, K.CO_TASK) == close(14)
    story.do(HELPER, REPORTS, after=HOUR)
    assert (verdict(story, K.CO_TASK, URBAN), story.runs(K.CO_TASK, HOUSING)) == (True, True)
    assert story.state.co_done == (URBAN,)
    story.do(SECOND, REPORTS, after=HOUR)
    assert verdict(story, K.CO_TASK, HOUSING) is True
    assert story.stage is Stage.HANDLING


def test_a_part_reported_late_is_late():
    story = helped(URBAN).do(HELPER, REPORTS, after=6 * DAY)
    assert verdict(story, K.CO_TASK) is False


def test_a_co_unit_reports_once_and_for_itself_only():
    story = helped().do(HELPER, REPORTS)
    assert story.codes(HELPER, REPORTS) == ("co_task.already_reported",)
    assert story.codes(SECOND, REPORTS) == ()
    assert story.codes(HANDLER, REPORTS) == ("act.not_your_ticket",)


def test_a_co_unit_may_report_before_the_lead_has_signed_in():
    story = c.dispatched().do(HELPER, REPORTS)
    assert (story.stage, verdict(story, K.CO_TASK)) == (Stage.PENDING_SIGN, True)


def test_a_consultation_leaves_co_units_two_days_and_an_emergency_no_longer_than_the_lead():
    asked = c.handled(request_type=RequestType.CONSULTATION)
    assert due(asked, K.CO_TASK) == close(12)
    story = c.handled(book(flood(c.MONDAY - DAY)))
    assert due(story, K.CO_TASK) == due(story, K.UNIT_REPLY)


def test_parts_rest_with_the_unit_and_end_with_its_reply():
    story = helped(URBAN).do(SUPERVISOR, c.stops_clock()).do(SUPERVISOR, a.Resume(), after=2 * DAY)
    assert due(story, K.CO_TASK) == close(17)
    story.do(HANDLER, c.replies())
    assert verdict(story, K.CO_TASK) is None
    assert verdict(helped(URBAN).do(HANDLER, c.replies(), after=6 * DAY), K.CO_TASK) is False


def test_a_new_lead_brings_new_parts():
    story = helped(URBAN).do(HELPER, REPORTS)
    story.do(DISPATCHER, a.Reassign(lead_unit=HOUSING, co_units=(URBAN,), reason="错派"), after=DAY)
    assert story.state.co_done == ()
    assert due(story, K.CO_TASK) == close(17)
    alone = helped(URBAN).do(DISPATCHER, a.Reassign(lead_unit=HOUSING, reason="错派"), after=DAY)
    assert not alone.runs(K.CO_TASK)


def test_a_founded_return_ends_the_parts_too():
    story = helped(URBAN).do(DEPUTY, c.asks_return())
    assert story.runs(K.CO_TASK)
    story.do(DISPATCHER, a.AcceptReturn(finding="成立"))
    assert not story.runs(K.CO_TASK)


def test_a_ruling_names_co_units_and_who_has_reported_keeps_that():
    story = c.provisional()
    assert K.CO_TASK not in story.state.clocks
    story.do(SUPERVISOR, c.rules_jointly(ECOLOGY, co_units=(URBAN,)), after=HOUR)
    assert due(story, K.CO_TASK) == close(14)
    story.do(HELPER, REPORTS).do(HANDLER, a.ObjectToRuling(reason="无权", legal_basis="三定"))
    story.do(SUPERVISOR, c.rules_jointly(ECOLOGY, co_units=(URBAN, HOUSING)), after=DAY)
    assert story.state.co_done == (URBAN,)
    assert not story.runs(K.CO_TASK, URBAN)
    assert due(story, K.CO_TASK, HOUSING) == close(17)
    assert story.codes(HELPER, REPORTS) == ("co_task.already_reported",)


def test_a_ruling_without_helpers_takes_their_part_away():
    story = c.provisional().do(SUPERVISOR, c.rules_jointly(ECOLOGY, co_units=(URBAN,)), after=HOUR)
    story.do(HANDLER, a.ObjectToRuling(reason="无权", legal_basis="三定"))
    story.do(SUPERVISOR, c.rules_jointly(ECOLOGY), after=HOUR)
    assert verdict(story, K.CO_TASK) is None


def test_parts_rest_while_the_ticket_is_parked():
    story = helped(URBAN).do(HEAD, c.asks_park()).do(SUPERVISOR, a.ConfirmPark())
    assert story.clock(K.CO_TASK).paused
    story.do(SUPERVISOR, a.StrikeOff(note="资金到位"), after=30 * DAY)
    assert due(story, K.CO_TASK) > story.now


def test_an_overdue_part_is_recorded_for_the_unit_whose_it_is():
    story = helped().wait(days=10)
    story.do(SYSTEM, a.RecordOverdue(clock="co_task", of=URBAN))
    assert story.clock(K.CO_TASK, URBAN).overdue_at == story.now
    assert story.clock(K.CO_TASK, HOUSING).overdue_at is None
    assert story.codes(SYSTEM, a.RecordOverdue(clock="co_task", of=URBAN)) == ("clock.already_overdue",)
    assert story.codes(SYSTEM, a.RecordOverdue(clock="co_task")) == ("clock.not_overdue",)


# A named decision


def test_the_decision_about_the_dissatisfied_has_a_working_day():
    story = c.unhappy()
    assert due(story, K.CLOSE) == close(11)
    assert story.now < due(story, K.CLOSE)
    assert timedelta() < due(story, K.CLOSE) - story.now < 2 * DAY


def test_a_street_without_a_named_limit_has_five_working_days():
    assert due(c.delegated(), K.INNER_REPLY) == close(17)
    asked = c.delegated(request_type=RequestType.CONSULTATION)
    assert due(asked, K.INNER_REPLY) == close(12)
    assert c.member(c.STREET, Role.UNIT_HANDLER).unit == c.STREET
