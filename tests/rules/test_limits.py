"""Limits as they are written, and the lamps and reminders that go with them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.deadlines import (
    Light,
    LightThresholds,
    light,
    reminders_at,
)
from hotline.rules.limits import Limit, LimitUnit
from tests.rules.due_cases import CALENDAR, LIMITS, due
from tests.rules.holidays import MOMENTS, at


@given(st.integers(1, 10_000), st.sampled_from(LimitUnit))
def test_a_limit_is_read_as_it_is_written(amount: int, unit: LimitUnit) -> None:
    limit = Limit(amount, unit)
    assert Limit.parse(str(limit)) == limit
    assert str(amount) in limit.zh
    assert str(amount) in limit.en


@pytest.mark.parametrize(
    "text", ["", "7", "wd", "0wd", "07wd", "7 wd", "7WD", "-1wd", "7w", "1.5h", "７wd", "99999h", "7wd "]
)
def test_what_is_not_a_limit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="limit"):
        Limit.parse(text)


def test_limits_in_words() -> None:
    assert [Limit.parse(t).zh for t in ("7wd", "4oh", "24h", "15min", "3d", "30omin")] == [
        "7个工作日",
        "4个工作小时",
        "24小时",
        "15分钟",
        "3个自然日",
        "30个工作分钟",
    ]
    assert [Limit.parse(t).en for t in ("1wd", "7wd", "1h")] == ["1 working day", "7 working days", "1 hour"]
    with pytest.raises(ValueError, match="office hours"):
        _ = Limit.parse("7wd").length


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2024-03-04 10:00", Light.GREEN),
        ("2024-03-01 10:00", Light.GREEN),
        ("2024-03-11 10:00", Light.GREEN),
        ("2024-03-12 11:35", Light.GREEN),
        ("2024-03-12 11:36", Light.AMBER),
        ("2024-03-13 17:29", Light.AMBER),
        ("2024-03-13 17:30", Light.RED),
        ("2024-03-20 09:00", Light.RED),
    ],
)
def test_lights_follow_office_time(now: str, expected: Light) -> None:
    start, due_at = at("2024-03-04 10:00"), at("2024-03-13 17:30")
    assert light(start=start, due_at=due_at, now=at(now), calendar=CALENDAR) is expected


def test_lights_follow_the_clock_where_hours_run_day_and_night() -> None:
    start, due_at = at("2024-03-02 00:00"), at("2024-03-03 00:00")
    assert light(start=start, due_at=due_at, now=at("2024-03-02 19:00")) is Light.GREEN
    assert light(start=start, due_at=due_at, now=at("2024-03-02 19:12")) is Light.AMBER
    early = LightThresholds(amber=0.5, red=0.9)
    assert light(start=start, due_at=due_at, now=at("2024-03-02 22:00"), thresholds=early) is Light.RED
    assert light(start=start, due_at=due_at, now=start, calendar=CALENDAR) is Light.GREEN
    with pytest.raises(ValueError, match="order"):
        LightThresholds(amber=0.9, red=0.5)


@given(MOMENTS, LIMITS, st.booleans())
def test_reminders_come_in_order_and_never_in_the_night(start: datetime, limit: Limit, by_office: bool) -> None:
    due_at = due(limit, start).due_at
    calendar = CALENDAR if by_office else None
    found = reminders_at(start=start, due_at=due_at, fractions=(0.5, 0.8, 1.0), calendar=calendar)
    assert list(found) == sorted(set(found))
    assert found[-1] == due_at
    assert all(start <= moment <= due_at for moment in found)
    if by_office:
        assert all(CALENDAR.is_workday(moment.date()) for moment in found[:-1] if moment != start)


def test_reminders_of_a_complaint() -> None:
    found = reminders_at(
        start=at("2024-03-04 10:00"), due_at=at("2024-03-13 17:30"), fractions=(0.5, 0.8, 1), calendar=CALENDAR
    )
    assert found == (at("2024-03-08 09:15"), at("2024-03-12 11:36"), at("2024-03-13 17:30"))
    late = reminders_at(start=at("2024-03-04 10:00"), due_at=at("2024-03-01 10:00"), fractions=(0.5,))
    assert late == (at("2024-03-01 10:00"),)
