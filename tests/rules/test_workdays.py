"""Days and office hours: what the yearly notices make of the calendar, and arithmetic that never loses a minute."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.registry.calendars.import_notice import as_table, packaged_years, rows_from_chinese_calendar
from hotline.rules.workdays import Calendar, Day, DayKind, read_rows
from tests.rules.holidays import HOLIDAY_TABLE, MOMENTS, at, city_calendar

CALENDAR = city_calendar()
DAYS = st.dates(date(2004, 1, 1), date(2035, 12, 31))
NUMBERS = st.integers(1, 60)
AMOUNTS = st.integers(1, 60 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(DAYS, NUMBERS)
def test_adding_never_lands_on_a_day_off_and_counts_back(on: date, number: int) -> None:
    landed = CALENDAR.add_workdays(on, number)
    assert CALENDAR.is_workday(landed)
    assert CALENDAR.count_workdays(on, landed) == number
    assert CALENDAR.add_workdays(on, 0) == on


@given(DAYS, DAYS, NUMBERS, NUMBERS)
def test_adding_is_monotone_in_the_day_and_the_number(a: date, b: date, m: int, n: int) -> None:
    (early, late), (few, many) = sorted((a, b)), sorted((m, n))
    assert CALENDAR.add_workdays(early, few) <= CALENDAR.add_workdays(late, many)


@given(DAYS)
def test_neighbours_lie_around_the_day(on: date) -> None:
    after, before = CALENDAR.next_workday(on), CALENDAR.previous_workday(on)
    assert before < on < after
    assert CALENDAR.is_workday(after)
    assert CALENDAR.is_workday(before)
    assert CALENDAR.count_workdays(before, after) == 1 + CALENDAR.is_workday(on)


@given(MOMENTS, AMOUNTS)
def test_office_time_counts_back(start: datetime, amount: timedelta) -> None:
    end = CALENDAR.add_office_time(start, amount)
    assert CALENDAR.office_time_between(start, end) == amount
    assert CALENDAR.is_workday(end.date())
    assert any(opens < end.time() <= closes for opens, closes in CALENDAR.shifts)
    assert CALENDAR.office_time_between(start, end - timedelta(minutes=1)) < amount


@given(MOMENTS, MOMENTS, MOMENTS)
def test_office_time_adds_up(a: datetime, b: datetime, c: datetime) -> None:
    first, middle, last = sorted((a, b, c))
    parts = CALENDAR.office_time_between(first, middle) + CALENDAR.office_time_between(middle, last)
    assert CALENDAR.office_time_between(first, last) == parts
    assert CALENDAR.office_time_between(last, first) == timedelta()


def test_office_time_is_the_same_in_every_time_zone() -> None:
    start = at("2024-03-01 16:30")
    abroad = start.astimezone(UTC)
    assert CALENDAR.add_office_time(abroad, timedelta(hours=4)) == at("2024-03-04 11:30")
    assert CALENDAR.office_time_between(abroad, at("2024-03-04 11:30")) == timedelta(hours=4)
    assert CALENDAR.add_office_time(abroad, timedelta()) == start


@pytest.mark.parametrize(
    ("on", "kind", "name"),
    [
        (date(2020, 1, 19), DayKind.MAKEUP, "春节"),
        (date(2020, 2, 1), DayKind.HOLIDAY, "春节"),
        (date(2020, 2, 2), DayKind.HOLIDAY, "春节"),
        (date(2020, 2, 3), DayKind.WORKDAY, ""),
        (date(2024, 2, 9), DayKind.WORKDAY, ""),
        (date(2025, 10, 6), DayKind.HOLIDAY, "中秋节"),
        (date(2026, 2, 28), DayKind.MAKEUP, "春节"),
        (date(2026, 3, 1), DayKind.WEEKEND, ""),
    ],
)
def test_days_of_the_notices(on: date, kind: DayKind, name: str) -> None:
    assert CALENDAR.day(on) == Day(kind, name)


def test_a_year_without_a_notice_is_provisional_and_still_counted() -> None:
    assert not CALENDAR.is_provisional(date(2026, 12, 1), date(2026, 12, 27))
    assert CALENDAR.is_provisional(date(2026, 12, 1), date(2026, 12, 28))
    assert CALENDAR.is_provisional(date(2027, 1, 1), date(2027, 1, 1))
    assert not CALENDAR.is_provisional(date(2018, 12, 20), date(2019, 1, 2))
    assert Calendar().is_provisional(date(2024, 5, 1), date(2024, 5, 1))
    assert Calendar().is_workday(date(2024, 5, 1))


def test_the_city_closes_and_opens_its_own_days() -> None:
    snow = date(2024, 3, 5)
    closed = CALENDAR.amended([(snow, DayKind.CLOSURE, "暴雪"), (date(2024, 3, 9), DayKind.MAKEUP, "暴雪")])
    assert closed.add_workdays(date(2024, 3, 4), 4) == date(2024, 3, 9)
    assert closed.day(snow).name == "暴雪"
    assert closed.published == CALENDAR.published
    assert CALENDAR.is_workday(snow), "the calendar it was made from stays as it was"


def test_a_closure_alone_does_not_make_a_year_published() -> None:
    assert Calendar.from_rows([(date(2027, 1, 5), DayKind.CLOSURE, "停电")]).published == frozenset()
    assert Calendar.from_rows([], published=[2027]).published == {2027}


@pytest.mark.parametrize(
    "shifts",
    [
        (),
        ((time(12), time(8)),),
        ((time(8), time(12)), (time(11), time(17))),
        ((time(14), time(17)), (time(8), time(12))),
    ],
)
def test_office_hours_in_which_nobody_can_work_are_refused(shifts: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(ValueError, match="office hours"):
        Calendar(shifts=shifts)


def test_time_is_only_ever_added() -> None:
    with pytest.raises(ValueError, match="added"):
        CALENDAR.add_workdays(date(2024, 3, 4), -1)
    with pytest.raises(ValueError, match="added"):
        CALENDAR.add_office_time(at("2024-03-04 10:00"), timedelta(minutes=-1))


def test_the_table_is_what_the_package_holds() -> None:
    """data/holidays is not edited by hand: it is what import_notice makes of the packaged notices."""
    kept = HOLIDAY_TABLE.read_text(encoding="utf-8")
    years = range(2004, 2027)
    assert kept == as_table(rows_from_chinese_calendar(years))
    assert set(years) <= set(packaged_years())
    assert read_rows(as_table(read_rows(kept))) == read_rows(kept)
    assert CALENDAR.published == set(years)


def test_a_year_the_package_does_not_know_is_refused() -> None:
    with pytest.raises(LookupError, match="2099"):
        rows_from_chinese_calendar([2099])


def test_every_festival_is_one_run_of_days_and_make_up_days_are_weekends() -> None:
    for on, kind, _name in read_rows(HOLIDAY_TABLE.read_text(encoding="utf-8")):
        assert kind in {DayKind.HOLIDAY, DayKind.MAKEUP}
        if kind is DayKind.MAKEUP:
            assert on.weekday() >= 5
    assert [CALENDAR.day(date(2012, 6, d)).name for d in (22, 23, 24)] == ["端午节"] * 3
