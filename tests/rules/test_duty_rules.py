"""Rosters name everybody who can be rung and every hour at which nobody can; ringing goes up step by step."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.duty.ringing import ORDER, Step, next_call, rings
from hotline.rules.duty.roster import DESK, DutyKind, Part, Roster, Turn, Weekly
from hotline.rules.state import ClockState
from hotline.rules.vocabulary import CITY_TZ, ClockKind
from tests.rules.holidays import city_calendar

CALENDAR = city_calendar()
ALL_WEEK = frozenset(range(7))
SINCE = date(2020, 1, 1)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+08:00" if "T" in text else f"{text}T00:00:00+08:00")


def weekly(kind: DutyKind, begins: int, ends: int, name: str = "甲", days: frozenset[int] = ALL_WEEK) -> Weekly:
    return Weekly(kind, days, time(begins), time(ends), name, "13800000001", SINCE)


def single(kind: DutyKind, begins: str, ends: str, name: str = "乙") -> Turn:
    return Turn(kind, moment(begins), moment(ends), name, "13800000002", single=True)


ROUND_THE_CLOCK = (weekly(DutyKind.DAY, 8, 18, "白"), weekly(DutyKind.NIGHT, 18, 8, "夜"))


def names(roster: Roster, at: str) -> list[str]:
    return [turn.name for turn in roster.at(moment(at))]


def test_a_night_belongs_to_the_day_on_which_it_begins():
    roster = Roster((weekly(DutyKind.NIGHT, 18, 8, days=frozenset({0})),))  # Monday nights
    assert names(roster, "2026-03-16T20:00") == ["甲"]
    assert names(roster, "2026-03-17T07:59") == ["甲"]
    assert names(roster, "2026-03-17T08:00") == []


def test_a_single_turn_stands_in_the_place_of_the_pattern():
    roster = Roster(ROUND_THE_CLOCK, (single(DutyKind.NIGHT, "2026-03-17T18:00", "2026-03-18T08:00"),))
    assert names(roster, "2026-03-17T20:00") == ["乙"]
    assert names(roster, "2026-03-18T20:00") == ["夜"]


def test_half_a_turn_may_be_replaced():
    roster = Roster(ROUND_THE_CLOCK, (single(DutyKind.DAY, "2026-03-17T12:00", "2026-03-17T14:00"),))
    assert [names(roster, f"2026-03-17T{clock}") for clock in ("11:59", "12:00", "14:00")] == [["白"], ["乙"], ["白"]]


def test_leaders_replace_leaders_only_and_stand_behind_the_desk():
    roster = Roster(ROUND_THE_CLOCK, (single(DutyKind.LEADER, "2026-03-17T00:00", "2026-03-18T00:00", "长"),))
    assert names(roster, "2026-03-17T10:00") == ["白", "长"]


def test_a_hole_in_the_night_of_a_holiday_is_named():
    pattern = (weekly(DutyKind.DAY, 8, 18), weekly(DutyKind.NIGHT, 18, 8, days=frozenset({0, 1, 2, 3, 5, 6})))
    leader = single(DutyKind.LEADER, "2025-10-02T08:00", "2025-10-05T08:00", "长")
    holes = Roster(pattern, (leader,)).holes(moment("2025-10-02T08:00"), moment("2025-10-05T08:00"), CALENDAR)
    assert [(hole.day, hole.part, hole.whole, hole.leader) for hole in holes] == [
        (date(2025, 10, 3), Part.NIGHT, True, False)  # a Friday
    ]


def test_days_that_are_not_worked_need_a_leader():
    holes = Roster(ROUND_THE_CLOCK).holes(moment("2026-03-20T08:00"), moment("2026-03-23T08:00"), CALENDAR)
    assert {hole.day for hole in holes} == {date(2026, 3, 21), date(2026, 3, 22)}
    assert all(hole.leader for hole in holes)


def test_an_empty_roster_is_one_hole():
    holes = Roster().holes(moment("2026-03-17T09:00"), moment("2026-03-17T20:00"), CALENDAR)
    assert [(hole.part, hole.whole) for hole in holes] == [(Part.DAY, True), (Part.NIGHT, True)]


TURNS = st.builds(
    lambda kind, start, hours, name: Turn(
        kind, moment("2026-03-16") + timedelta(hours=start), moment("2026-03-16") + timedelta(hours=start + hours),
        name, "13800000002", single=True,
    ),
    st.sampled_from(DutyKind), st.integers(0, 100), st.integers(1, 30), st.sampled_from("甲乙丙"),
)  # fmt: skip
PATTERNS = st.builds(
    lambda kind, days, begins, ends: Weekly(kind, frozenset(days), time(begins), time(ends), "周", "138", SINCE),
    st.sampled_from(DutyKind), st.sets(st.integers(0, 6), min_size=1), st.integers(0, 23), st.integers(0, 23),
)  # fmt: skip


@given(st.lists(PATTERNS, max_size=3), st.lists(TURNS, max_size=5), st.integers(0, 120 * 60))
def test_an_hour_is_a_hole_exactly_when_nobody_is_at_the_telephone(
    pattern: list[Weekly], turns: list[Turn], minutes: int
):
    roster = Roster(tuple(pattern), tuple(turns))
    begins, ends = moment("2026-03-16"), moment("2026-03-21")
    at = begins + timedelta(minutes=minutes)
    holes = [hole for hole in roster.holes(begins, ends, CALENDAR) if not hole.leader]
    in_hole = any(hole.begins <= at < hole.ends for hole in holes)
    if at < ends:
        assert in_hole == (not [turn for turn in roster.at(at) if turn.kind in DESK])


STARTED = moment("2026-03-17T22:00")
LIMITS = st.integers(1, 120).map(lambda minutes: timedelta(minutes=minutes))
THERE = st.fixed_dictionaries({step: st.booleans() for step in (Step.DESK, Step.LEADER, Step.OFFICE)})


def rung(limit: timedelta, there: dict[Step, bool], until: timedelta) -> list[tuple[Step, datetime]]:
    """The whole ringing, when nobody signs in before `until`: each step with its moment."""
    done: dict[Step, bool] = {}
    found: list[tuple[Step, datetime]] = []
    now = STARTED
    while call := next_call(started_at=STARTED, due_at=STARTED + limit, done=done, answered=now - STARTED >= until):
        now = max(now, call.at)
        if now - STARTED >= until:
            break
        done[call.step] = there.get(call.step, False)
        found.append((call.step, now))
    return found


@given(LIMITS, THERE)
def test_steps_come_in_order_once_and_end_by_the_limit(limit: timedelta, there: dict[Step, bool]):
    found = rung(limit, there, timedelta(days=9))
    assert [step for step, _ in found] == list(ORDER)
    moments = [at for _, at in found]
    assert moments == sorted(moments)
    assert moments[0] == STARTED
    assert moments[-1] <= STARTED + limit


@given(LIMITS, THERE)
def test_nobody_has_to_wait_for_somebody_who_is_not_there(limit: timedelta, there: dict[Step, bool]):
    found = dict(rung(limit, there, timedelta(days=9)))
    if not any(there.values()):
        assert set(found.values()) == {STARTED}
    if all(there.values()):
        assert found[Step.NOBODY] == STARTED + limit


@given(LIMITS, THERE, st.integers(0, 7200).map(lambda seconds: timedelta(seconds=seconds)))
def test_signing_in_ends_the_ringing(limit: timedelta, there: dict[Step, bool], until: timedelta):
    assert all(at - STARTED < until for _, at in rung(limit, there, until))


@pytest.mark.parametrize(
    ("limit", "kind", "stopped", "expected"),
    [
        ("15min", ClockKind.SIGN_IN, False, True),
        ("30min", ClockKind.SIGN_IN, True, False),
        ("1wd", ClockKind.SIGN_IN, False, False),
        ("30omin", ClockKind.SIGN_IN, False, False),
        ("20min", ClockKind.PHONE_FEEDBACK, False, False),
    ],
)
def test_only_an_urgent_sign_in_that_is_owed_rings(limit: str, kind: ClockKind, stopped: bool, expected: bool):
    clock = ClockState(
        kind=kind, round=1, limit=limit, started_at=STARTED, due_at=STARTED, stopped_at=STARTED if stopped else None
    )
    assert rings(clock) is expected
    assert not rings(None)


def test_a_turn_is_held_in_city_time():
    assert weekly(DutyKind.DAY, 8, 18).on(date(2026, 3, 17)) is not None
    assert weekly(DutyKind.DAY, 8, 18).on(date(2019, 3, 17)) is None
    turn = weekly(DutyKind.NIGHT, 18, 8).on(date(2026, 3, 17))
    assert turn is not None
    assert turn.ends == datetime(2026, 3, 18, 8, tzinfo=CITY_TZ)
