"""The axis of office minutes says what the city's calendar says, minute by minute."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.counting import count
from hotline.rules.limits import Limit
from hotline.rules.vocabulary import CITY_TZ
from hotline.sim.jurisdiction.axis import DAY, OfficeAxis
from tests.sim.jurisdiction.making import calendar, when

FIRST = date(2026, 1, 5)
MINUTES = st.integers(0, 300 * DAY)
LIMITS = st.sampled_from(["1wd", "2wd", "3wd", "7wd", "1d", "3d", "4oh", "30omin", "24h", "15min"]).map(Limit.parse)
START = datetime(2026, 1, 5, tzinfo=CITY_TZ)


@pytest.fixture(scope="module")
def axis() -> OfficeAxis:
    return OfficeAxis(calendar(), FIRST)


@given(at=MINUTES)
def test_a_minute_is_a_moment_and_back(axis: OfficeAxis, at: int):
    assert axis.moment(at) == START + timedelta(minutes=at)
    assert axis.minute(axis.moment(at) + timedelta(seconds=59)) == at


@given(at=MINUTES, amount=st.integers(0, 20 * 420))
def test_office_time_is_added_as_the_calendar_adds_it(axis: OfficeAxis, at: int, amount: int):
    expected = calendar().add_office_time(axis.moment(at), timedelta(minutes=amount))
    assert axis.moment(axis.after(at, amount)) == expected


@given(at=MINUTES, more=st.integers(0, 40 * DAY))
def test_office_time_between_is_the_calendars(axis: OfficeAxis, at: int, more: int):
    expected = calendar().office_time_between(axis.moment(at), axis.moment(at + more)) / timedelta(hours=7)
    assert axis.workdays(at, at + more) == pytest.approx(expected)


@given(at=MINUTES, limit=LIMITS)
def test_limits_end_where_deadlines_end(axis: OfficeAxis, at: int, limit: Limit):
    counted = count(limit, axis.moment(at), 0, (), calendar())
    assert axis.moment(axis.due(limit, at)) == counted.due_at


@given(at=MINUTES, limit=LIMITS, share=st.floats(0, 1))
def test_a_share_of_a_limit_ends_within_it(axis: OfficeAxis, at: int, limit: Limit, share: float):
    assert at <= axis.within(limit, at, share) <= max(at, axis.due(limit, at))
    assert axis.within(limit, at, 0) == at


def test_shares_of_limits_by_hand(axis: OfficeAxis):
    monday = axis.minute(when(3, 2, 9))
    """1 working day from Monday 9:00 lasts to Tuesday 17:30: 13.5 hours of office time, half of them 6.75."""
    assert axis.moment(axis.within(Limit.parse("1wd"), monday, 0.5)) == when(3, 3, 8, 45)
    assert axis.moment(axis.within(Limit.parse("4oh"), monday, 0.5)) == when(3, 2, 11)
    assert axis.moment(axis.within(Limit.parse("24h"), monday, 0.5)) == when(3, 2, 21)


def test_the_spring_festival_is_no_working_time(axis: OfficeAxis):
    """15 to 23 February 2026 are off, Saturday 28 February is worked."""
    assert axis.moment(axis.due(Limit.parse("1wd"), axis.minute(when(2, 14, 9)))) == when(2, 24, 17, 30)
    assert axis.workdays(axis.minute(when(2, 14, 18)), axis.minute(when(2, 28, 18))) == 5
