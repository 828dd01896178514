"""Deadlines: what pauses, extensions and superiors do to them, and what they can never do."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.deadlines import (
    Pause,
    compute_due,
    paused_workdays,
)
from hotline.rules.limits import Limit
from hotline.rules.sentences_time import SENTENCES
from hotline.rules.workdays import Calendar, DayKind
from tests.rules.due_cases import (
    CALENDAR,
    COMPLAINT,
    DAY_LIMITS,
    EXTENSIONS,
    LIMITS,
    codes,
    due,
    emergency,
    pauses_after,
    situations,
)
from tests.rules.holidays import MOMENTS, at


@given(situations(), LIMITS, EXTENSIONS)
def test_every_limit_ends_and_never_in_a_pause(given_: tuple[datetime, list[Pause]], limit: Limit, extra: int) -> None:
    start, pauses = given_
    found = due(limit, start, pauses, extra)
    assert found.due_at > start
    assert found.explanation
    assert not any(p.start < found.due_at < p.end for p in pauses if p.end)


@given(situations(), DAY_LIMITS, EXTENSIONS)
def test_a_day_limit_counts_exactly_its_days(given_: tuple[datetime, list[Pause]], limit: Limit, extra: int) -> None:
    start, pauses = given_
    found = due(limit, start, pauses, extra)
    assert len(found.counted_days) == limit.amount + extra
    assert list(found.counted_days) == sorted(set(found.counted_days))
    assert all(CALENDAR.is_workday(on) for on in found.counted_days)
    assert start.date() not in found.counted_days
    assert found.due_at == CALENDAR.office_end(found.counted_days[-1])


@given(st.data(), situations(), LIMITS, EXTENSIONS)
def test_a_pause_never_brings_a_deadline_forward(
    data: st.DataObject, given_: tuple[datetime, list[Pause]], limit: Limit, extra: int
) -> None:
    start, pauses = given_
    more = data.draw(pauses_after(start, 2))
    assert due(limit, start, [*pauses, *more], extra).due_at >= due(limit, start, pauses, extra).due_at


@given(situations(), LIMITS, EXTENSIONS, st.integers(0, 5))
def test_an_extension_never_brings_a_deadline_forward(
    given_: tuple[datetime, list[Pause]], limit: Limit, extra: int, more: int
) -> None:
    start, pauses = given_
    assert due(limit, start, pauses, extra + more).due_at >= due(limit, start, pauses, extra).due_at


@given(situations(), LIMITS, EXTENSIONS, st.integers(0, 40))
def test_a_new_holiday_never_brings_a_deadline_forward(
    given_: tuple[datetime, list[Pause]], limit: Limit, extra: int, ahead: int
) -> None:
    start, pauses = given_
    off = CALENDAR.amended([(start.date() + timedelta(days=ahead), DayKind.HOLIDAY, "临时放假")])
    later = compute_due(limit=limit, start=start, calendar=off, pauses=pauses, extension=extra)
    assert later.due_at >= due(limit, start, pauses, extra).due_at


@given(MOMENTS, st.integers(0, 40_000), st.integers(1, 20_000))
def test_a_pause_moves_hours_by_exactly_its_length(start: datetime, wait: int, length: int) -> None:
    begin = start + timedelta(minutes=wait)
    pause = Pause(begin, begin + timedelta(minutes=length))
    plain = due("48h", start, [pause]).due_at - due("48h", start).due_at
    assert plain == (timedelta(minutes=length) if wait < 48 * 60 else timedelta())
    office = due("4oh", start, [pause])
    paused = CALENDAR.office_time_between(pause.start, pause.end or begin) if begin < office.due_at else timedelta()
    assert CALENDAR.office_time_between(start, office.due_at) - paused == timedelta(hours=4)


@given(MOMENTS, st.integers(0, 9), st.integers(0, 30))
def test_a_pause_within_office_hours_moves_by_the_working_days_between(start: datetime, a: int, b: int) -> None:
    """The two ways of saying it agree: skip the days that ended paused, or add the days from pause to resumption."""
    first = CALENDAR.add_workdays(start.date(), a + 1)
    last = CALENDAR.add_workdays(first, b) if b else first
    pause = Pause(at(f"{first} 10:00"), at(f"{last} 15:00"))
    moved = due("10wd", start, [pause]).due_at
    expected = CALENDAR.add_workdays(start.date(), 10 + CALENDAR.count_workdays(first, last))
    assert moved == CALENDAR.office_end(expected)


def test_the_acceptance_case_of_the_spring_of_2020() -> None:
    found = due("7wd", "2020-01-22 10:00")
    assert found.due_at.isoformat() == "2020-02-10T17:30:00+08:00"
    assert found.counted_days == (date(2020, 1, 23), *(date(2020, 2, d) for d in (3, 4, 5, 6, 7, 10)))
    assert not found.provisional


@pytest.mark.parametrize(("superior", "binds"), [("2024-03-08 12:00", True), ("2024-03-20 12:00", False)])
def test_the_earlier_of_our_limit_and_the_superiors_binds(superior: str, binds: bool) -> None:
    found = compute_due(
        limit=Limit.parse("7wd"),
        start=at("2024-03-04 10:00"),
        calendar=CALENDAR,
        superior_due=at(superior).astimezone(UTC),
    )
    assert found.due_at == (at(superior) if binds else at("2024-03-13 17:30"))
    assert (found.explanation[-1].code == "due.superior") is binds
    assert bool(found.counted_days) is not binds


def test_an_extension_of_hours_ends_with_office_hours() -> None:
    found = due("24h", "2024-03-08 10:00", extension=1)
    assert found.due_at == at("2024-03-11 17:30")
    assert found.counted_days == (date(2024, 3, 11),)
    assert due("15min", "2024-03-08 10:00", [Pause(at("2024-03-11 09:00"), at("2024-03-11 18:00"))], 1).due_at == at(
        "2024-03-12 17:30"
    )


def test_an_open_pause_moves_with_the_moment_one_looks_from() -> None:
    pause = Pause(at("2024-03-06 10:00"))
    with pytest.raises(ValueError, match="as_of"):
        due("7wd", "2024-03-04 10:00", [pause])
    for seen, expected in (
        ("2024-03-06 09:00", 13),
        ("2024-03-06 17:00", 13),
        ("2024-03-06 17:30", 14),
        ("2024-03-08 09:00", 15),
    ):
        found = compute_due(
            limit=Limit.parse("7wd"), start=at("2024-03-04 10:00"), calendar=CALENDAR, pauses=[pause], as_of=at(seen)
        )
        assert found.due_at.day == expected, seen


@pytest.mark.parametrize(
    ("limit", "start", "pause", "expected"),
    [
        ("7wd", "2024-03-04 10:00", ("2024-03-06 17:30", "2024-03-07 10:00"), "2024-03-13 17:30"),
        ("7wd", "2024-03-04 10:00", ("2024-03-06 17:29", "2024-03-07 10:00"), "2024-03-14 17:30"),
        ("7wd", "2024-03-04 10:00", ("2024-03-06 10:00", "2024-03-06 17:29"), "2024-03-13 17:30"),
        ("7wd", "2024-03-04 10:00", ("2024-03-06 10:00", "2024-03-06 17:30"), "2024-03-14 17:30"),
        ("7wd", "2024-03-04 10:00", ("2024-03-13 17:30", "2024-03-20 10:00"), "2024-03-13 17:30"),
        ("24h", "2024-03-04 10:00", ("2024-03-05 10:00", "2024-03-05 12:00"), "2024-03-05 10:00"),
        ("24h", "2024-03-04 10:00", ("2024-03-05 09:59", "2024-03-05 12:00"), "2024-03-05 12:01"),
        ("24h", "2024-03-04 10:00", ("2024-03-04 08:00", "2024-03-04 12:00"), "2024-03-05 12:00"),
        ("4oh", "2024-03-04 10:00", ("2024-03-04 08:00", "2024-03-04 11:00"), "2024-03-04 17:00"),
        ("7d", "2024-03-04 10:00", ("2024-03-06 10:00", "2024-03-08 10:00"), "2024-03-13 17:30"),
        ("7d", "2024-03-04 10:00", ("2024-03-09 10:00", "2024-03-11 10:00"), "2024-03-13 17:30"),
        ("7d", "2024-03-04 10:00", ("2024-03-11 10:00", "2024-03-16 10:00"), "2024-03-18 17:30"),
    ],
)
def test_the_edges_of_a_pause(limit: str, start: str, pause: tuple[str, str], expected: str) -> None:
    assert due(limit, start, [Pause(at(pause[0]), at(pause[1]))]).due_at == at(expected)


def test_a_deadline_is_provisional_when_either_end_lacks_its_notice() -> None:
    late = Calendar(published=frozenset({2027, 2028}))
    for start, provisional in (("2026-12-30 10:00", True), ("2027-01-04 10:00", False)):
        found = compute_due(limit=Limit.parse("7wd"), start=at(start), calendar=late)
        assert found.provisional is provisional
        assert (codes(found.explanation)[-1] == "due.provisional") is provisional


def test_a_pause_that_ends_before_it_begins_is_none() -> None:
    assert due("7wd", "2024-03-04 10:00", [Pause(at("2024-03-08 10:00"), at("2024-03-06 10:00"))]) == due(
        "7wd", "2024-03-04 10:00"
    )


def test_paused_working_days_are_added_up_for_the_profiles_maximum() -> None:
    pauses = [
        Pause(at("2024-03-06 10:00"), at("2024-03-08 15:00")),
        Pause(at("2024-03-07 10:00"), at("2024-03-07 15:00")),
        Pause(at("2024-03-14 10:00")),
    ]
    assert paused_workdays(pauses, CALENDAR, at("2024-03-14 17:00")) == 2
    assert paused_workdays(pauses, CALENDAR, at("2024-03-18 09:00")) == 4


def test_bulk_work_may_leave_the_sentences_out() -> None:
    told = due("7wd", "2020-01-22 10:00")
    silent = compute_due(
        limit=Limit.parse("7wd"),
        start=at("2020-01-22 10:00"),
        calendar=CALENDAR,
        explained=False,
        superior_due=at("2020-02-01 00:00"),
    )
    assert told.explanation
    assert silent.explanation == ()
    assert silent.due_at == at("2020-02-01 00:00")


@pytest.mark.parametrize("naive", ["start", "superior_due", "as_of"])
def test_a_moment_without_its_zone_is_refused(naive: str) -> None:
    moments: dict[str, Any] = {
        "start": at("2024-03-04 10:00"),
        naive: at("2024-03-04 10:00").replace(tzinfo=None),
    }
    with pytest.raises(ValueError, match="time zone"):
        compute_due(limit=Limit.parse("7wd"), calendar=CALENDAR, **moments)
    with pytest.raises(ValueError, match="time zone"):
        Pause(moments[naive])


def test_a_negative_extension_is_refused() -> None:
    with pytest.raises(ValueError, match="extension"):
        due("7wd", "2024-03-04 10:00", extension=-1)


def test_the_story_names_what_happened_in_order() -> None:
    pause = Pause(at("2025-01-24 09:00"), at("2025-02-06 10:00"))
    assert codes(due("7wd", "2025-01-20 10:00", [pause], 2).explanation) == [
        "due.from.acceptance.days",
        "due.off.weekend",
        "due.makeup",
        "due.off.holiday",
        "due.makeup",
        "due.off.weekend",
        "due.pause.days",
        "due.extension",
        "due.end.workdays",
    ]
    assert codes(due("3wd", "2027-03-05 10:00").explanation)[-1] == "due.provisional"


@given(situations(), LIMITS, EXTENSIONS, st.integers(-3000, 3000), st.integers(0, 30_000))
def test_every_reason_can_be_said_in_both_languages_and_stored(
    given_: tuple[datetime, list[Pause]], limit: Limit, extra: int, wait: int, later: int
) -> None:
    start, pauses = given_
    mode = emergency(start + timedelta(minutes=wait), start + timedelta(minutes=wait + 5000))
    closed = CALENDAR.amended([(start.date() + timedelta(days=2), DayKind.CLOSURE, "暴雪")])
    found = compute_due(
        limit=limit,
        start=start,
        calendar=closed,
        pauses=pauses,
        extension=extra,
        request=COMPLAINT,
        emergencies=[mode],
        superior_due=start + timedelta(days=1),
        as_of=start + timedelta(minutes=later),
    )
    for message in found.explanation:
        assert json.loads(json.dumps(message.params)) == message.params
        chinese, english = (SENTENCES[message.code][lang].format(**message.params) for lang in ("zh", "en"))
        assert not re.search("[A-Za-z{}]", chinese)
        assert not re.search("[{}]", english)


def test_a_closure_of_the_city_is_named_in_the_story() -> None:
    closed = CALENDAR.amended([(date(2024, 3, 5), DayKind.CLOSURE, "暴雪")])
    found = compute_due(limit=Limit.parse("3wd"), start=at("2024-03-04 10:00"), calendar=closed)
    assert found.due_at == at("2024-03-08 17:30")
    told = [SENTENCES[m.code]["zh"].format(**m.params) for m in found.explanation]
    assert "3月5日暴雪停止办公不计" in told
