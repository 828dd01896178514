"""Tasks of co-units on a ticket: own clocks, what a finding begins, what the lead awaits, who sees it, other parts."""

import pytest

from hotline.rules import acts as a
from hotline.rules.lifecycle import SYSTEM, allowed
from hotline.rules.visibility import may_see
from hotline.rules.vocabulary import ClockKind, Finding, Proposal, Role, Stage, UnitCode
from tests.rules import cast as c
from tests.rules import scenes as s
from tests.rules.cast import DAY, DISPATCHER, DISTRICT, ECOLOGY, HANDLER, HOUSING, LUYANG_DESK, SUPERVISOR, URBAN, Story
from tests.rules.clock_facts import HOUR, close, due, verdict

CO = ClockKind.CO_TASK
FINDS = a.RecordFinding(found=Finding.VIOLATION, note="夜间监测超标")
REPORTS = a.ReportCoTask(reply="已清运")
HELPER = c.member(URBAN)
PUNISHER = c.member(HOUSING)


def opens(unit: UnitCode = HOUSING, **changes: object) -> a.OpenTask:
    return a.OpenTask(**({"unit": unit, "task": "依法处罚"} | changes))  # type: ignore[arg-type]  # fields by name


def alone() -> Story:
    """Sent to ecology without anybody beside it, and signed in."""
    sent = c.awaiting_dispatch().do(DISPATCHER, a.Dispatch(lead_unit=ECOLOGY))
    return sent.do(HANDLER, a.SignIn())


def test_a_penalty_task_begins_when_the_lead_finds_the_violation():
    story = s.penalty_awaits()
    assert HOUSING not in story.state.co_units
    assert not may_see(PUNISHER, story.state)
    assert story.codes(PUNISHER, REPORTS) == ("act.not_your_ticket",)
    story.do(HANDLER, FINDS, after=DAY)
    assert HOUSING in story.state.co_units
    assert may_see(PUNISHER, story.state)
    assert due(story, CO, HOUSING) == close(18)
    story.do(PUNISHER, a.ReportCoTask(reply="罚款五万元"), after=DAY)
    assert verdict(story, CO, HOUSING) is True


def test_what_a_co_unit_finds_begins_anothers_task_too():
    story = s.penalty_awaits().do(HELPER, a.ReportCoTask(reply="已取证", found=Finding.VIOLATION))
    assert story.runs(CO, HOUSING)
    assert not story.runs(CO, URBAN)


def test_a_finding_of_another_sort_begins_nothing():
    story = s.penalty_awaits().do(HANDLER, a.RecordFinding(found=Finding.DANGER, note="围挡松动"))
    assert not story.runs(CO, HOUSING)


def test_a_task_in_second_place_has_its_time_from_the_report_before_it():
    story = c.handled().do(SUPERVISOR, opens(order=2, days=2))
    assert not story.runs(CO, HOUSING)
    story.do(HELPER, REPORTS, after=DAY)
    assert due(story, CO, HOUSING) == close(13)


def test_a_task_never_has_longer_than_the_lead():
    story = alone().do(SUPERVISOR, opens(days=60))
    assert due(story, CO, HOUSING) == due(story, ClockKind.UNIT_REPLY)


def test_without_days_of_its_own_a_task_has_the_limit_of_the_profile():
    assert due(alone().do(SYSTEM, opens()), CO) == due(c.handled(), CO)


def test_the_lead_answers_once_for_all_or_says_why_it_goes_first():
    story = c.handled()
    assert story.codes(HANDLER, c.replies(without_tasks="")) == ("co_task.awaited",)
    assert story.codes(HANDLER, c.replies(without_tasks="群众急需答复")) == ()
    story.do(HELPER, REPORTS)
    assert story.codes(HANDLER, c.replies(without_tasks="")) == ()


def test_a_task_that_awaits_a_finding_holds_up_no_answer():
    story = alone().do(SUPERVISOR, opens(after=Finding.VIOLATION))
    assert story.codes(HANDLER, c.replies(without_tasks="")) == ()
    story.do(HANDLER, FINDS)
    assert story.codes(HANDLER, c.replies(without_tasks="")) == ("co_task.awaited",)


def test_a_report_sent_back_runs_on_in_its_old_time():
    story = c.handled()
    by = due(story, CO)
    story.do(HELPER, REPORTS, after=HOUR).do(HANDLER, a.ReturnTask(unit=URBAN, reason="缺照片"), after=DAY)
    assert due(story, CO) == by
    assert story.state.co_done == ()
    story.do(HELPER, REPORTS, after=9 * DAY)
    assert verdict(story, CO) is True, "a verdict once given stays"


def test_a_task_taken_away_ends_its_time_and_its_part():
    story = c.handled().do(DISPATCHER, a.CloseTask(unit=URBAN, reason="无需协办"))
    assert verdict(story, CO) is None
    assert not may_see(HELPER, story.state)
    assert story.codes(HANDLER, c.replies(without_tasks="")) == ()


def test_a_unit_that_has_reported_can_be_asked_for_one_thing_more():
    story = s.co_reported().do(DISPATCHER, opens(URBAN, days=1))
    assert story.state.co_done == ()
    assert story.clock(CO, URBAN).round == 2
    assert story.codes(HELPER, REPORTS) == ()


def test_a_task_that_is_not_the_co_units_goes_to_the_dispatcher_and_time_runs_on():
    story = s.task_unwanted()
    assert story.state.proposals.keys() == {Proposal.TASK_RETURN}
    assert story.runs(CO, URBAN), "who was asked first works on until it is ruled"
    assert story.codes(HANDLER, c.replies(without_tasks="")) == ("co_task.awaited",)
    story.do(DISPATCHER, a.AcceptTaskReturn(finding="属环卫职责"), after=9 * DAY)
    assert verdict(story, CO, URBAN) is None, "it was never theirs, so nobody was late"
    assert not may_see(HELPER, story.state)
    assert not story.state.proposals
    assert story.codes(DISPATCHER, opens()) == ()
    assert story.codes(HANDLER, c.replies(without_tasks="")) == ()


def test_a_task_ruled_to_be_the_co_units_stays_in_its_old_time():
    story = c.handled()
    by = due(story, CO)
    story.do(HELPER, s.TASK_RETURNED, after=HOUR).do(DISPATCHER, a.RejectTaskReturn(finding="属城管职责"), after=HOUR)
    assert due(story, CO) == by
    assert not story.state.proposals
    assert story.codes(HELPER, s.TASK_RETURNED) == ("task_return.ruled_already",)
    story.do(HELPER, REPORTS).do(DISPATCHER, opens(URBAN, days=1))
    assert story.codes(HELPER, s.TASK_RETURNED) == (), "another task is another question"


def test_the_window_of_a_task_is_counted_from_its_own_beginning():
    story = s.penalty_awaits().do(HANDLER, FINDS, after=3 * DAY)
    assert story.codes(HELPER, s.TASK_RETURNED) == ("task_return.window_over",)
    assert story.codes(PUNISHER, s.TASK_RETURNED) == ()


def test_what_follows_a_task_given_back_need_not_wait():
    story = c.handled().do(SUPERVISOR, opens(order=2)).do(HELPER, s.TASK_RETURNED)
    story.do(DISPATCHER, a.AcceptTaskReturn(finding="是"))
    assert story.runs(CO, HOUSING)


@pytest.mark.parametrize(
    ("who", "act"),
    [
        (HELPER, REPORTS),
        (DISPATCHER, a.CloseTask(unit=URBAN, reason="无需协办")),
        (DISPATCHER, a.Reassign(lead_unit=DISTRICT, reason="属地办理")),
    ],
)
def test_nothing_is_left_to_rule_on_when_the_task_is_over(who: c.Actor, act: a.Act):
    assert not s.task_unwanted().do(who, act).state.proposals


def test_a_successor_has_the_question_with_the_task():
    story = s.task_unwanted().do(SYSTEM, a.FollowSuccessor(old_unit=URBAN, new_unit=HOUSING))
    assert story.state.proposals[Proposal.TASK_RETURN].details["unit"] == HOUSING
    story.do(DISPATCHER, a.AcceptTaskReturn(finding="是"))
    assert not story.state.co_units


def test_a_new_lead_takes_over_no_task_of_the_one_before():
    story = s.penalty_awaits().do(DISPATCHER, a.Reassign(lead_unit=DISTRICT, reason="属地办理"))
    assert (story.state.tasks, story.state.co_units) == ((), ())
    assert not story.runs(CO)


def test_only_the_office_gives_and_takes_tasks():
    for who in (HANDLER, HELPER):
        assert story_codes(who, opens()) == ("act.role_denied",)
        assert story_codes(who, a.CloseTask(unit=URBAN, reason="无需协办")) == ("act.role_denied",)
    assert story_codes(HELPER, a.ReturnTask(unit=URBAN, reason="缺照片")) == ("act.not_your_ticket",)


def story_codes(who: c.Actor, act: a.Act) -> tuple[str, ...]:
    return c.handled().codes(who, act)


# Other parts


def doubled() -> Story:
    """双派单: the district leads, the line's department guides it, another has a copy."""
    act = a.Dispatch(lead_unit=DISTRICT, guidance_units=(URBAN,), copied_units=(HOUSING,))
    return c.awaiting_dispatch().do(DISPATCHER, act).do(LUYANG_DESK, a.SignIn())


def test_who_guides_sees_the_ticket_and_notes_its_advice_but_owes_nothing():
    story = doubled()
    assert story.stage is Stage.HANDLING
    assert may_see(HELPER, story.state)
    assert not story.runs(CO)
    assert {row.act for row in allowed(story.state, actor=HELPER, book=story.book, now=story.now)} >= {a.RecordProgress}
    story.do(HELPER, a.RecordProgress(note="按渣土管理办法处置"))
    assert story.codes(HELPER, REPORTS) == ("act.not_your_ticket",)


def test_who_has_a_copy_reads_and_does_nothing():
    story = doubled()
    assert may_see(PUNISHER, story.state)
    assert allowed(story.state, actor=PUNISHER, book=story.book, now=story.now) == ()
    assert story.codes(PUNISHER, a.RecordProgress(note="知悉")) == ("act.not_your_ticket",)


def test_parts_end_with_the_lead_for_whom_they_were_named():
    story = doubled().do(DISPATCHER, a.Reassign(lead_unit=ECOLOGY, reason="属环保职责"))
    assert (story.state.guidance, story.state.copied) == ((), ())
    assert not may_see(c.member(HOUSING, Role.UNIT_HANDLER), story.state)
