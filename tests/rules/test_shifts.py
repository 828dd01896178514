"""Shifts: how a city writes them, which one runs, and which one a leader hands over at its end."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.shifts import Shift, Turn, ending_at, parse_shift, turn_at
from hotline.rules.vocabulary import CITY_TZ

EARLY = Shift("early", time(8), time(16))
LATE = Shift("late", time(16), time(0))
NIGHT = Shift("night", time(0), time(8))
OVER = Shift("over", time(22), time(6))
ROUND = (EARLY, LATE, NIGHT)
DAY = date(2026, 3, 17)


def on(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime.combine(day, time(hour, minute), CITY_TZ)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("08:00-16:00", EARLY),
        (" 16:00 – 24:00 ", LATE),
        ("00:00至08:00", NIGHT),
        ("22:00-06:00", OVER),
        ("8-16", None),
        ("25:00-08:00", None),
        ("16:00-24:30", None),
        ("", None),
    ],
)
def test_a_shift_is_read_as_the_city_writes_it(text: str, expected: Shift | None) -> None:
    found = parse_shift(expected.code if expected else "x", text)
    assert found == expected


@pytest.mark.parametrize(
    ("at", "shift", "day"),
    [
        (on(8), EARLY, DAY),
        (on(15, 59), EARLY, DAY),
        (on(16), LATE, DAY),
        (on(23, 59), LATE, DAY),
        (on(0), NIGHT, DAY),
        (on(7, 59), NIGHT, DAY),
    ],
)
def test_the_running_shift(at: datetime, shift: Shift, day: date) -> None:
    assert turn_at(ROUND, at) == Turn(shift, day)


def test_a_shift_over_midnight_belongs_to_the_day_it_began() -> None:
    assert turn_at((OVER,), on(23)) == Turn(OVER, DAY)
    assert turn_at((OVER,), on(5)) == Turn(OVER, DAY - timedelta(days=1))
    assert turn_at((OVER,), on(6)) is None
    assert turn_at((), on(6)) is None


@pytest.mark.parametrize(("at", "shift"), [(on(15, 50), EARLY), (on(16, 10), EARLY), (on(17), LATE), (on(0, 20), LATE)])
def test_just_after_its_end_a_shift_is_still_the_one_handed_over(at: datetime, shift: Shift) -> None:
    found = ending_at(ROUND, at)
    assert found is not None
    assert found.shift == shift


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)))  # noqa: DTZ001  # given the zone below
def test_three_shifts_of_eight_hours_leave_no_gap(at: datetime) -> None:
    moment = at.replace(tzinfo=CITY_TZ)
    found = turn_at(ROUND, moment)
    assert found is not None
    begins, ends = found.shift.span(found.day)
    assert begins <= moment < ends
