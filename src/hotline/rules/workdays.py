"""Which days and hours the city works: weekends, holidays, make-up days (调休上班) and the city's own closures.

Every deadline of the hotline is counted here. The rows come from the State Council's yearly holiday notice;
a year whose notice is not out yet is counted by plain weekends and marked provisional, so intake never stops.
"""

import csv
import io
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from hotline.rules.vocabulary import CITY_TZ

ONE_DAY: Final = timedelta(days=1)
SATURDAY: Final = 5
YEAR_END: Final = (12, 28)
"""From this day on a notice has been known to reach back into the old year (2018-12-29 was a make-up day)."""

WARN_FROM: Final = (9, 1)
"""From this day on keepers of the calendar hear that next year's notice is missing (P); it comes in November."""

OFFICE_SHIFTS: Final = ((time(8, 30), time(12, 0)), (time(14, 0), time(17, 30)))
"""Hours a unit's office is open when a profile says nothing else (P: no source names Hefei's hours)."""


class DayKind(StrEnum):
    """What a day is to an office."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"
    CLOSURE = "closure"


WORKING: Final = frozenset({DayKind.WORKDAY, DayKind.MAKEUP})


@dataclass(frozen=True)
class Day:
    """One day; `name` is the festival it is off or made up for, in Chinese."""

    kind: DayKind
    name: str = ""

    @property
    def works(self) -> bool:
        """True when offices are open."""
        return self.kind in WORKING


PLAIN_WORKDAY: Final = Day(DayKind.WORKDAY)
PLAIN_WEEKEND: Final = Day(DayKind.WEEKEND)

Row = tuple[date, DayKind, str]
"""One exceptional day: the date, what it is, and for which festival."""


def read_rows(text: str) -> tuple[Row, ...]:
    """Rows of a table with the columns date, kind, name, as kept under data/holidays."""
    table = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    return tuple((date.fromisoformat(row["date"]), DayKind(row["kind"]), row["name"]) for row in table)


@dataclass(frozen=True)
class Calendar:
    """The city's days and office hours.

    `overrides` holds exceptional days only; `published` the years whose notice is loaded; `shifts` the office
    hours, several a day and none across midnight.
    """

    overrides: Mapping[date, Day] = field(default_factory=dict)
    published: frozenset[int] = frozenset()
    shifts: tuple[tuple[time, time], ...] = OFFICE_SHIFTS

    def __post_init__(self) -> None:
        """Refuse office hours in which no work can be done."""
        edges = [edge for shift in self.shifts for edge in shift]
        if not edges or any(a >= b for a, b in pairwise(edges)):
            raise ValueError(f"office hours must be spans in rising order: {self.shifts}")

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[Row],
        *,
        published: Iterable[int] | None = None,
        shifts: tuple[tuple[time, time], ...] = OFFICE_SHIFTS,
    ) -> "Calendar":
        """A calendar of these exceptional days; a year with a holiday among them counts as published."""
        days = {on: Day(kind, name) for on, kind, name in rows}
        years = {on.year for on, day in days.items() if day.kind is DayKind.HOLIDAY}
        return cls(days, frozenset(years if published is None else published), shifts)

    def amended(self, rows: Iterable[Row]) -> "Calendar":
        """The same calendar with the city's own days on top: a closure, a day worked by order."""
        return replace(self, overrides={**self.overrides, **{on: Day(kind, name) for on, kind, name in rows}})

    def day(self, on: date) -> Day:
        """What the day is; without an exceptional row Monday to Friday work."""
        row = self.overrides.get(on)
        if row is not None:
            return row
        return PLAIN_WEEKEND if on.weekday() >= SATURDAY else PLAIN_WORKDAY

    def is_workday(self, on: date) -> bool:
        """True when offices are open on the day."""
        return self.day(on).works

    def next_workday(self, on: date) -> date:
        """The first working day after `on`."""
        return self.add_workdays(on, 1)

    def previous_workday(self, on: date) -> date:
        """The last working day before `on`."""
        found = on - ONE_DAY
        while not self.is_workday(found):
            found -= ONE_DAY
        return found

    def add_workdays(self, on: date, number: int) -> date:
        """The `number`-th working day after `on`; `on` itself is never counted."""
        if number < 0:
            raise ValueError(f"working days are added, not taken away: {number}")
        found, left = on, number
        while left:
            found += ONE_DAY
            left -= self.is_workday(found)
        return found

    def count_workdays(self, after: date, until: date) -> int:
        """How many working days lie after `after`, up to and with `until`."""
        days = (until - after).days
        return sum(self.is_workday(after + timedelta(days=step)) for step in range(1, days + 1))

    def is_provisional(self, first: date, last: date) -> bool:
        """True when the span needs a notice that is not loaded; the last days of a year also wait for the next one."""
        final = last.year + ((last.month, last.day) >= YEAR_END)
        return any(year not in self.published for year in range(first.year, final + 1))

    def office_end(self, on: date) -> datetime:
        """When offices close on that day."""
        return datetime.combine(on, self.shifts[-1][1], CITY_TZ)

    def office_start(self, on: date) -> datetime:
        """When offices open on that day."""
        return datetime.combine(on, self.shifts[0][0], CITY_TZ)

    @property
    def office_day(self) -> timedelta:
        """Office time in one working day."""
        return sum((_length(shift) for shift in self.shifts), timedelta())

    def add_office_time(self, start: datetime, amount: timedelta) -> datetime:
        """The first moment at which `amount` of office time has passed since `start`."""
        if amount < timedelta():
            raise ValueError(f"office time is added, not taken away: {amount}")
        if not amount:
            return start.astimezone(CITY_TZ)
        on, left = start.astimezone(CITY_TZ).date(), amount + self._worked_by(start)
        while not self.is_workday(on) or left > self.office_day:
            if self.is_workday(on):
                left -= self.office_day
            on += ONE_DAY
        return self._moment_after(on, left)

    def office_time_between(self, start: datetime, end: datetime) -> timedelta:
        """Office time from `start` to `end`; nothing when `end` comes first."""
        if end <= start:
            return timedelta()
        first, last = start.astimezone(CITY_TZ).date(), end.astimezone(CITY_TZ).date()
        whole = self.count_workdays(first - ONE_DAY, last - ONE_DAY)
        return whole * self.office_day + self._worked_by(end) - self._worked_by(start)

    def _worked_by(self, moment: datetime) -> timedelta:
        """Office time of its own day that has passed at that moment."""
        local = moment.astimezone(CITY_TZ)
        if not self.is_workday(local.date()):
            return timedelta()
        passed = timedelta()
        for opens, closes in self.shifts:
            since = local - datetime.combine(local.date(), opens, CITY_TZ)
            passed += min(max(since, timedelta()), _length((opens, closes)))
        return passed

    def _moment_after(self, on: date, worked: timedelta) -> datetime:
        """When that much of the day's office time has passed."""
        left = worked
        for shift in self.shifts:
            if left <= _length(shift):
                return datetime.combine(on, shift[0], CITY_TZ) + left
            left -= _length(shift)
        raise ValueError(f"a working day has {self.office_day} of office time, not {worked}")


def require_aware(*moments: datetime | None) -> None:
    """Refuse a moment without a time zone."""
    for at in moments:
        if at is not None and at.utcoffset() is None:
            raise ValueError(f"a moment needs its time zone: {at.isoformat()}")


def _length(shift: tuple[time, time]) -> timedelta:
    return datetime.combine(date.min, shift[1]) - datetime.combine(date.min, shift[0])


def missing_year(published: Collection[int], day: date) -> int | None:
    """The first year whose notice should be loaded on that day and is not: this one, or from September on the next."""
    wanted = (day.year, *((day.year + 1,) if (day.month, day.day) >= WARN_FROM else ()))
    return next((year for year in wanted if year not in published), None)
