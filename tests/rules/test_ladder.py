"""The ladder of reminders: in order, each step once, never in a pause, never in the night for limits of offices."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hotline.rules import acts as a
from hotline.rules.counting import Span, count
from hotline.rules.fold import turn_clocks
from hotline.rules.ladder import Firing, Step, due_firing, in_plain_time, next_firing
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.limits import Limit
from hotline.rules.state import ClockChange, ClockState
from hotline.rules.vocabulary import CITY_TZ, WINDOWS, ClockKind
from tests.rules import cast as c
from tests.rules.cast import DAY, SUPERVISOR

BOOK = c.book()
PROFILE, CALENDAR = BOOK.profile, BOOK.calendar
MINUTE = timedelta(minutes=1)
OPS = {Step.REMINDER: "remind", Step.EXPIRY: "overdue", Step.NOTICE: "notice", Step.CRITICISM: "criticise"}
Pauses = tuple[tuple[datetime, datetime | None, str], ...]
STARTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda passed: datetime(2021, 1, 1, tzinfo=CITY_TZ) + passed * MINUTE)
LIMITS = st.sampled_from(("15min", "30min", "24h", "48h", "4oh", "30omin", "1wd", "3wd", "7wd", "13wd", "7d"))


def clock(start: datetime, limit: str, *, kind: ClockKind = ClockKind.UNIT_REPLY, pauses: Pauses = ()) -> ClockState:
    spans = [Span(begin, end) for begin, end, _ in pauses if end]
    due = count(Limit.parse(limit), start, 0, spans, CALENDAR).due_at
    return ClockState(kind=kind, round=1, limit=limit, started_at=start, due_at=due, pauses=pauses)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CITY_TZ)


def taken(one: ClockState, firing: Firing, when: datetime) -> ClockState:
    change = ClockChange(op=OPS[firing.step], kind=one.kind, percent=firing.percent)
    return turn_clocks({one.kind: one}, (change,), when)[one.kind]


def climb(one: ClockState, delay: timedelta = MINUTE) -> Iterator[tuple[Firing, ClockState]]:
    """Every step as the engine takes it, so much later than it comes."""
    now = one.started_at
    while (firing := next_firing(one, PROFILE, CALENDAR)) is not None:
        now = max(now, firing.at + delay)
        come = due_firing(one, PROFILE, CALENDAR, now)
        assert come is not None
        one = taken(one, come, now)
        yield come, one


@given(STARTS, LIMITS)
def test_the_whole_ladder_comes_in_order_and_ends(start: datetime, limit: str) -> None:
    steps = [firing for firing, _ in climb(clock(start, limit))]
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    assert len({(step.step, step.percent) for step in steps}) == len(steps)
    assert [step.step for step in steps[-3:]] == [Step.EXPIRY, Step.NOTICE, Step.CRITICISM]
    assert {step.percent for step in steps if step.step is Step.REMINDER} <= {50, 80}
    assert all(step.at < steps[-3].at for step in steps[:-3])


@given(STARTS, LIMITS, st.integers(0, 60 * 24 * 30))
def test_who_looks_late_sends_one_reminder_or_none(start: datetime, limit: str, minutes: int) -> None:
    """After an outage nobody gets what is out of date: the last reminder that was missed, after expiry none."""
    one, now = clock(start, limit), start + timedelta(minutes=minutes)
    come = due_firing(one, PROFILE, CALENDAR, now)
    if now > one.due_at:
        assert come is not None
        assert come.step is Step.EXPIRY
    if come is not None:
        after = taken(one, come, now)
        again = due_firing(after, PROFILE, CALENDAR, now)
        assert again is None or again.step is Step.NOTICE


@given(STARTS, LIMITS)
def test_reminders_of_offices_come_in_office_hours(start: datetime, limit: str) -> None:
    for firing, _ in climb(clock(start, limit)):
        if firing.step is Step.REMINDER and not in_plain_time(limit):
            assert CALENDAR.is_workday(firing.at.date())
            assert any(opens <= firing.at.time() <= closes for opens, closes in CALENDAR.shifts)
        if firing.step is Step.NOTICE:
            assert CALENDAR.is_workday(firing.at.date())
            assert firing.at == CALENDAR.office_start(firing.at.date())


@given(STARTS, LIMITS, st.integers(1, 60 * 24 * 8), st.integers(1, 60 * 24 * 20))
def test_a_pause_puts_off_what_comes_after_it_and_holds_nothing_itself(
    start: datetime, limit: str, begun: int, lasted: int
) -> None:
    plain = clock(start, limit)
    pause = (start + timedelta(minutes=begun), start + timedelta(minutes=begun + lasted), "awaiting_requester")
    assume(pause[0] < plain.due_at)
    moved = clock(start, limit, pauses=(pause,))
    before = {f.percent: f.at for f, _ in climb(plain) if f.step is Step.REMINDER}
    for firing, _ in climb(moved):
        assert not pause[0] < firing.at < pause[1]
        if firing.step is Step.REMINDER and firing.percent in before and in_plain_time(limit):
            assert firing.at >= before[firing.percent]


@given(STARTS, LIMITS, st.integers(1, 60 * 24 * 3))
def test_nothing_happens_while_the_clock_rests(start: datetime, limit: str, begun: int) -> None:
    one = clock(start, limit)
    resting = replace(one, pauses=((start + timedelta(minutes=begun), None, "awaiting_requester"),))
    assert next_firing(resting, PROFILE, CALENDAR) is None
    assert due_firing(resting, PROFILE, CALENDAR, start + 400 * DAY) is None


@pytest.mark.parametrize("why", ["parked", "joint_handling"])
def test_parking_and_disputes_are_not_ended_by_the_most_a_pause_may_last(why: str) -> None:
    start = at("2021-03-01 09:00")
    one = clock(start, "7wd", kind=ClockKind.REPLY)
    assert next_firing(replace(one, pauses=((start, None, why),)), PROFILE, CALENDAR) is None


def test_a_pause_ends_when_it_has_lasted_as_long_as_the_profile_allows() -> None:
    """Thirty working days in all, those of an earlier pause counted."""
    start = at("2021-03-01 09:00")
    one = clock(start, "7wd", kind=ClockKind.REPLY)
    once = replace(one, pauses=((at("2021-03-02 10:00"), None, "awaiting_requester"),))
    assert next_firing(once, PROFILE, CALENDAR) == Firing(Step.RESUME, ClockKind.REPLY, at("2021-04-12 17:30"))
    earlier = (at("2021-03-02 10:00"), at("2021-03-09 10:00"), "awaiting_requester")
    twice = replace(one, pauses=(earlier, (at("2021-03-10 10:00"), None, "awaiting_appraisal")))
    assert next_firing(twice, PROFILE, CALENDAR) == Firing(Step.RESUME, ClockKind.REPLY, at("2021-04-13 17:30"))


def test_seven_working_days_step_by_step() -> None:
    """From Monday morning; plain weekends. The notice comes the working day after, the proposal five days later."""
    steps = [(f.step.value, f.percent, f.at) for f, _ in climb(clock(at("2021-03-01 08:30"), "7wd"))]
    assert steps == [
        ("reminder", 50, at("2021-03-04 17:30")),
        ("reminder", 80, at("2021-03-09 11:18")),
        ("expiry", 0, at("2021-03-10 17:30")),
        ("notice", 0, at("2021-03-11 08:30")),
        ("criticism", 0, at("2021-03-18 17:30")),
    ]


def test_fifteen_minutes_run_in_the_night() -> None:
    one = clock(at("2021-03-06 23:00"), "15min", kind=ClockKind.SIGN_IN)
    steps = [(f.percent, f.at) for f, _ in climb(one)]
    assert steps == [(50, at("2021-03-06 23:07")), (80, at("2021-03-06 23:12")), (0, at("2021-03-06 23:15"))]


@pytest.mark.parametrize("kind", sorted(WINDOWS | {ClockKind.REPLY, ClockKind.CLOSE, ClockKind.MEDIATION}))
def test_kinds_the_profile_does_not_name_only_run_out(kind: ClockKind) -> None:
    one = clock(at("2021-03-01 09:00"), "1wd", kind=kind)
    firing = next_firing(one, PROFILE, CALENDAR)
    assert firing == Firing(Step.EXPIRY, kind, one.due_at)
    assert firing.act == a.run_out(kind)


def test_more_time_brings_its_own_reminders_and_none_that_lies_behind() -> None:
    one = next(left for firing, left in climb(clock(at("2021-03-01 08:30"), "7wd")) if firing.percent == 80)
    due = count(Limit.parse("7wd"), one.started_at, 5, (), CALENDAR).due_at
    change = ClockChange(op="move", kind=one.kind, due_at=due, extension=5)
    longer = turn_clocks({one.kind: one}, (change,), at("2021-03-10 09:00"))[one.kind]
    assert [f.percent for f, _ in climb(longer) if f.step is Step.REMINDER] == [80]


def test_an_emergency_that_comes_and_goes_repeats_no_reminder() -> None:
    one = clock(at("2021-03-01 08:30"), "7wd")
    reminded = taken(one, Firing(Step.REMINDER, one.kind, at("2021-03-04 17:30"), 50), at("2021-03-04 17:31"))
    sooner = ClockChange(op="move", kind=one.kind, due_at=at("2021-03-06 09:00"))
    later = ClockChange(op="move", kind=one.kind, due_at=one.due_at)
    there = turn_clocks({one.kind: reminded}, (sooner,), at("2021-03-05 09:00"))
    back = turn_clocks(there, (later,), at("2021-03-05 10:00"))[one.kind]
    assert back == reminded


def test_a_resumed_clock_that_is_in_time_again_forgets_its_notice() -> None:
    story = c.handled().do(SYSTEM, a.RecordOverdue(clock="unit_reply"), after=20 * DAY)
    story.do(SYSTEM, a.IssueNotice(clock=ClockKind.UNIT_REPLY), after=5 * DAY)
    assert story.state.clocks[ClockKind.UNIT_REPLY].noticed_at == story.now
    story.do(SUPERVISOR, a.Pause(reason="awaiting_requester", evidence="出差通知"))
    assert story.codes(SYSTEM, a.ProposeCriticism(clock=ClockKind.UNIT_REPLY)) == ("clock.step_not_due",)


@given(STARTS, LIMITS, st.lists(st.integers(1, 60 * 24 * 6), min_size=1, max_size=6))
def test_looking_often_or_seldom_takes_each_step_once(start: datetime, limit: str, waits: list[int]) -> None:
    one, now, done = clock(start, limit), start, list[tuple[Step, int]]()
    for minutes in waits:
        now += timedelta(minutes=minutes)
        while (come := due_firing(one, PROFILE, CALENDAR, now)) is not None:
            done.append((come.step, come.percent))
            one = taken(one, come, now)
    assert len(set(done)) == len(done)
    assert [p for s, p in done if s is Step.REMINDER] == sorted(p for s, p in done if s is Step.REMINDER)
