"""The city's working time as whole minutes on one axis, so that many thousand matters can be placed quickly.

It says exactly what rules/workdays and rules/counting say (a test compares them); those stay the only rule.
"""

from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from typing import Final

from hotline.rules.limits import Limit, LimitUnit
from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.workdays import ONE_DAY, Calendar

DAY: Final = 1440
"""Minutes of a day."""


class OfficeAxis:
    """Moments are minutes since midnight (city time) of the first day; days are numbered from 0."""

    def __init__(self, calendar: Calendar, first: date) -> None:
        self.calendar = calendar
        self.first = first
        self._spans = tuple((minutes(opens), minutes(closes)) for opens, closes in calendar.shifts)
        self.opens, self.closes = self._spans[0][0], self._spans[-1][1]
        self._worked = [self._worked_at(minute) for minute in range(DAY)]
        self.office_day = sum(closes - opens for opens, closes in self._spans)
        self._works: list[bool] = []
        self._before = [0]

    def minute(self, at: datetime) -> int:
        """A moment on the axis, seconds dropped."""
        return (at - datetime.combine(self.first, datetime.min.time(), CITY_TZ)) // timedelta(minutes=1)

    def moment(self, at: int) -> datetime:
        """The moment of a minute."""
        return datetime.combine(self.first, datetime.min.time(), CITY_TZ) + timedelta(minutes=at)

    def works(self, day: int) -> bool:
        """True when offices are open on that day."""
        while len(self._works) <= day:
            works = self.calendar.is_workday(self.first + ONE_DAY * len(self._works))
            self._works.append(works)
            self._before.append(self._before[-1] + works * self.office_day)
        return self._works[day]

    def workday_from(self, day: int) -> int:
        """That day, or the first one after it on which offices are open."""
        while not self.works(day):
            day += 1
        return day

    def worked(self, at: int) -> int:
        """Office minutes from the beginning of the axis up to that moment."""
        day, minute = divmod(at, DAY)
        if day >= len(self._works):
            self.works(day)
        return self._before[day] + (self._worked[minute] if self._works[day] else 0)

    def after(self, at: int, amount: int) -> int:
        """The first moment at which so many office minutes have passed since `at`."""
        if amount <= 0:
            return at
        target, day = self.worked(at) + amount, at // DAY
        while self._before[-1] < target:
            self.works(len(self._works))
        day = bisect_left(self._before, target) - 1
        left = target - self._before[day]
        for opens, closes in self._spans:
            if left <= closes - opens:
                return day * DAY + opens + left
            left -= closes - opens
        raise ValueError(f"a working day has {self.office_day} minutes")

    def due(self, limit: Limit, at: int) -> int:
        """When a limit ends that begins at that moment."""
        if limit.unit is LimitUnit.WORKDAY:
            day = at // DAY
            for _ in range(limit.amount):
                day = self.workday_from(day + 1)
            return day * DAY + self.closes
        if limit.unit is LimitUnit.NATURAL_DAY:
            return self.workday_from(at // DAY + limit.amount) * DAY + self.closes
        length = limit.length // timedelta(minutes=1)
        return self.after(at, length) if limit.in_office_time else at + length

    def within(self, limit: Limit, at: int, share: float) -> int:
        """The moment at which that share of the limit is used up; shares of days are shares of their office time."""
        due = self.due(limit, at)
        if limit.in_days or limit.in_office_time:
            return self.after(at, round(share * (self.worked(due) - self.worked(at))))
        return at + round(share * (due - at))

    def workdays(self, start: int, end: int) -> float:
        """Working days between two moments; half a day's office time is half a day."""
        return (self.worked(end) - self.worked(start)) / self.office_day if end > start else 0.0

    def _worked_at(self, minute: int) -> int:
        """Office minutes of a working day up to that minute."""
        return sum(min(max(minute - opens, 0), closes - opens) for opens, closes in self._spans)


def minutes(clock: time) -> int:
    """Minutes since midnight."""
    return clock.hour * 60 + clock.minute
