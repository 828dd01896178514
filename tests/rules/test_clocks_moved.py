"""What moves a limit: pauses, extensions, emergency mode, a superior's date, a corrected classification."""

from dataclasses import replace
from datetime import date

from hotline.rules import acts as a
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.limits import Limit, LimitUnit
from hotline.rules.profile_parts import LimitTable, OnTimeMeans, SignOffRules
from hotline.rules.vocabulary import ClockKind, Flag, RequestType, Role, Urgency
from tests.rules import cast as c
from tests.rules.cast import (
    AGENT,
    DAY,
    DEPUTY,
    DISPATCHER,
    HANDLER,
    HEFEI,
    MONDAY,
    REVIEWER,
    SUPERVISOR,
    URBAN,
    book,
)
from tests.rules.clock_facts import HOUR, close, due, flood, verdict

K = ClockKind


# Pauses


def test_a_pause_moves_whole_day_limits_by_whole_working_days():
    story = c.handled()
    story.do(SUPERVISOR, c.stops_clock()).do(SUPERVISOR, a.Resume(), after=2 * DAY)
    assert (due(story, K.REPLY), due(story, K.UNIT_REPLY)) == (close(20), close(20))
    assert due(story, K.FIRST_CONTACT) == close(12)
    assert story.clock(K.REPLY).pauses[0][2] == "awaiting_appraisal"


def test_a_paused_clock_is_never_overdue():
    story = c.paused().wait(days=60)
    assert story.codes(SYSTEM, a.RecordOverdue(clock="reply")) == ("clock.not_overdue",)
    story.do(SUPERVISOR, a.Resume())
    assert due(story, K.REPLY) > story.now


def test_handing_in_the_reply_ends_a_pause():
    story = c.paused().do(HANDLER, c.replies(), after=20 * DAY)
    assert not story.state.paused
    assert verdict(c.signed(story), K.UNIT_REPLY) is True


def test_handing_in_ends_a_pause_also_where_nobody_signs_and_the_accepted_reply_counts():
    rules = book(on_time_means=OnTimeMeans.ACCEPTED_REPLY, sign_off=SignOffRules(for_reply=()))
    story = c.paused(rules).do(HANDLER, c.replies(), after=20 * DAY)
    assert story.runs(K.REPLY)
    assert not story.state.paused


def test_asking_for_a_return_ends_a_pause():
    story = c.paused().do(DEPUTY, c.asks_return())
    assert not story.state.paused


def test_pauses_are_used_up_and_disputes_do_not_count_as_pauses():
    story = c.ownerless().do(SUPERVISOR, a.ConvenePanel(members=(URBAN,), agenda="谁"))
    story.do(SUPERVISOR, c.rules_jointly(), after=60 * DAY)
    story.do(SUPERVISOR, c.stops_clock()).do(SYSTEM, a.Resume(), after=50 * DAY)
    assert story.codes(SUPERVISOR, c.stops_clock()) == ("pause.used_up",)
    short = c.paused().do(SUPERVISOR, a.Resume(), after=10 * DAY)
    assert short.codes(SUPERVISOR, c.stops_clock()) == ()


# Extensions


def test_an_extension_adds_working_days_to_both_clocks():
    story = c.extension_asked()
    assert due(story, K.EXTENSION_RULING) == close(11)
    story.do(DISPATCHER, a.GrantExtension(days=5), after=HOUR)
    assert (due(story, K.REPLY), due(story, K.UNIT_REPLY)) == (close(26), close(26))
    assert story.clock(K.REPLY).extension == 5
    assert verdict(story, K.EXTENSION_RULING) is True


def test_asked_in_time_and_granted_late_heals_what_ran_out_meanwhile():
    story = c.handled().do(DEPUTY, c.asks_extension(), after=8 * DAY)
    story.do(SYSTEM, a.RecordOverdue(clock="unit_reply"), after=4 * DAY)
    story.do(SUPERVISOR, a.GrantExtension(days=10), after=HOUR)
    clock = story.clock(K.UNIT_REPLY)
    assert (clock.due_at, clock.overdue_at) == (close(2, 6), None)
    story.do(SYSTEM, a.RecordOverdue(clock="unit_reply"), after=20 * DAY)
    assert story.clock(K.UNIT_REPLY).overdue_at == story.now


def test_a_promise_broken_before_the_unit_asked_stays_broken():
    story = c.handled().do(DISPATCHER, a.Reassign(lead_unit=URBAN, reason="错派"), after=8 * DAY)
    promised = due(story, K.REPLY)
    clerk = c.member(URBAN, Role.DEPUTY_HEAD)
    story.do(clerk, a.SignIn()).do(clerk, c.asks_extension(), after=4 * DAY)
    story.do(DISPATCHER, a.GrantExtension(days=5))
    assert due(story, K.REPLY) == promised < story.now
    assert due(story, K.UNIT_REPLY) == close(3, 6)


def test_an_extension_can_be_asked_while_time_rests():
    story = c.paused().do(DEPUTY, c.asks_extension(), after=20 * DAY)
    story.do(DISPATCHER, a.GrantExtension(days=5)).do(SUPERVISOR, a.Resume())
    assert story.clock(K.UNIT_REPLY).extension == 5
    assert due(story, K.UNIT_REPLY) == close(15, 6)


def test_a_reply_makes_a_pending_extension_pointless():
    story = c.extension_asked().do(HANDLER, c.replies())
    assert not story.state.proposals
    assert verdict(story, K.EXTENSION_RULING) is None
    assert story.codes(DISPATCHER, a.GrantExtension(days=5)) == ("act.not_now",)


def test_natural_days_can_be_extended_too():
    """Beijing counts in natural days; an extension adds working days to them."""
    rules = book(limits={**HEFEI.limits, K.REPLY: LimitTable(Limit(7, LimitUnit.NATURAL_DAY))})
    story = c.handled(rules).do(DEPUTY, c.asks_extension())
    story.do(DISPATCHER, a.GrantExtension(days=2))
    assert due(story, K.REPLY) == close(19)


# Emergency mode


def test_what_is_taken_in_during_an_emergency_keeps_its_hours_for_life():
    story = c.registered(book(flood(MONDAY - DAY)))
    assert (due(story, K.REPLY), story.clock(K.REPLY).limit) == (story.now + 48 * HOUR, "48h")
    story.book = book(flood(MONDAY - DAY, ended_at=story.now + HOUR))
    story.wait(hours=2)
    assert story.codes(SYSTEM, a.RecomputeClocks(cause="emergency")) == ("clock.nothing_moves",)


def test_what_was_taken_in_before_bears_the_emergency_until_it_ends():
    story = c.handled()
    began = story.now
    story.book = book(flood(began))
    story.do(SYSTEM, a.RecomputeClocks(cause="emergency"))
    assert (due(story, K.REPLY), due(story, K.UNIT_REPLY)) == (began + 48 * HOUR, began + 48 * HOUR)
    assert due(story, K.FIRST_CONTACT) == close(11)
    story.book = book(flood(began, ended_at=began + DAY))
    story.do(SYSTEM, a.RecomputeClocks(cause="emergency"), after=DAY)
    assert due(story, K.REPLY) == close(19)


def test_the_earliest_of_emergency_superior_and_own_limit_binds():
    sooner = MONDAY + DAY
    story = c.registered(book(flood(MONDAY - DAY)), superior_due_at=sooner)
    assert due(story, K.REPLY) == sooner
    later = c.registered(book(flood(MONDAY - DAY)), superior_due_at=MONDAY + 5 * DAY)
    assert due(later, K.REPLY) == later.now + 48 * HOUR


def test_a_holiday_notice_moves_provisional_dates():
    story = c.handled()
    closed = c.CALENDAR.from_rows([(date(2021, 5, 12), c.CALENDAR.day(date(2021, 5, 15)).kind, "")], published=[2021])
    story.book = replace(story.book, calendar=closed)
    story.do(SYSTEM, a.RecomputeClocks(cause="calendar"))
    assert due(story, K.REPLY) == close(20)


# Correcting the classification


def test_a_corrected_type_brings_its_own_limit_from_the_same_start():
    story = c.handled(request_type=RequestType.CONSULTATION)
    assert due(story, K.REPLY) == close(13)
    story.do(REVIEWER, a.Classify(request_type=RequestType.COMPLAINT, reason="实为投诉"), after=DAY)
    assert (due(story, K.REPLY), story.clock(K.REPLY).limit) == (close(19), "7wd")
    assert due(story, K.UNIT_REPLY) == close(19)


def test_a_correction_neither_heals_nor_breaks_what_is_past():
    broken = c.handled(request_type=RequestType.CONSULTATION).wait(days=5)
    broken.do(REVIEWER, a.Classify(request_type=RequestType.COMPLAINT, reason="实为投诉"))
    assert due(broken, K.REPLY) == close(13)
    tight = c.handled().wait(days=5)
    tight.do(REVIEWER, a.Classify(request_type=RequestType.CONSULTATION, reason="实为咨询"))
    assert due(tight, K.REPLY) == close(19)


def test_a_correction_under_an_emergency_takes_the_emergencys_limit_for_the_new_type():
    story = c.registered(book(flood(MONDAY - DAY)), request_type=RequestType.CONSULTATION)
    assert story.clock(K.REPLY).limit == "24h"
    story.do(AGENT, a.Classify(request_type=RequestType.COMPLAINT))
    assert (story.clock(K.REPLY).limit, due(story, K.REPLY)) == ("48h", story.events[0].at + 48 * HOUR)


def test_a_correction_in_rework_stays_a_rework_limit():
    story = c.reworked().do(REVIEWER, a.Classify(request_type=RequestType.CONSULTATION, reason="实为咨询"))
    assert (story.clock(K.REPLY).limit, due(story, K.REPLY)) == ("2wd", close(12))


def test_a_complex_matter_gets_the_longer_window_and_loses_it_again():
    story = c.dispatched().do(DISPATCHER, a.MarkTicket(flag=Flag.COMPLEX))
    assert due(story, K.RETURN_WINDOW) == close(12)
    story.do(SUPERVISOR, a.UnmarkTicket(flag=Flag.COMPLEX, note="不复杂"))
    assert due(story, K.RETURN_WINDOW) == close(11)


def test_a_corrected_urgency_shortens_what_is_still_ahead():
    story = c.awaiting_dispatch().do(AGENT, a.Classify(request_type=RequestType.COMPLAINT, urgency=Urgency.URGENT))
    assert due(story, K.DISPATCH) == story.events[0].at + 2 * HOUR
