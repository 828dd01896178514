"""How a limit is counted out on the calendar, without saying why it binds.

Relied on by every clock. The rule: the day of the start is never counted; a day counts when offices are open on
it and the clock runs at the moment they close; hours run from the minute, less the paused time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from hotline.rules.limits import Limit, LimitUnit
from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.workdays import ONE_DAY, Calendar


@dataclass(frozen=True)
class Span:
    """A stretch of time in which the clock stands still."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Counted:
    """One limit counted out from one start.

    `first_due` is where the limit itself ends, `due_at` where the extension ends; `days` are the days that were
    counted, the extension's included; `pauses` only those that moved something or could have.
    """

    limit: Limit
    start: datetime
    first_due: datetime
    due_at: datetime
    days: tuple[date, ...]
    extension: int
    pauses: tuple[Span, ...]

    @property
    def needs_calendar(self) -> bool:
        """False for hours around the clock: no holiday can move them."""
        return self.extension > 0 or self.limit.in_days or self.limit.in_office_time


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same stretches in order, those that touch or overlap made one."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def stood_still(on: date, pauses: Sequence[Span], calendar: Calendar) -> bool:
    """True when the clock was stopped as that day's office hours ended."""
    closes = calendar.office_end(on)
    return any(pause.start < closes <= pause.end for pause in pauses)


def count(limit: Limit, start: datetime, extension: int, pauses: Sequence[Span], calendar: Calendar) -> Counted:
    """Count the limit from `start`, then the extension's working days from where it ends."""
    begin = start.astimezone(CITY_TZ)
    joined = merged(Span(max(p.start, begin), p.end) for p in pauses if p.end > begin)
    if limit.unit is LimitUnit.WORKDAY:
        days = _workdays(begin.date(), limit.amount, joined, calendar)
        first_due = calendar.office_end(days[-1])
    elif limit.unit is LimitUnit.NATURAL_DAY:
        days = _natural_days(begin.date(), limit.amount, joined, calendar)
        first_due = calendar.office_end(_open_day(days[-1], joined, calendar))
    else:
        days, first_due = (), _hours(limit, begin, joined, calendar)
    more = _workdays(first_due.date(), extension, joined, calendar)
    due_at = calendar.office_end(more[-1]) if more else first_due
    moving = tuple(p for p in joined if p.start < due_at)
    return Counted(limit, begin, first_due, due_at, (*days, *more), extension, moving)


def _workdays(after: date, number: int, pauses: Sequence[Span], calendar: Calendar) -> tuple[date, ...]:
    found: list[date] = []
    on = after
    while len(found) < number:
        on += ONE_DAY
        if calendar.is_workday(on) and not stood_still(on, pauses, calendar):
            found.append(on)
    return tuple(found)


def _natural_days(after: date, number: int, pauses: Sequence[Span], calendar: Calendar) -> tuple[date, ...]:
    found: list[date] = []
    on = after
    while len(found) < number:
        on += ONE_DAY
        if not stood_still(on, pauses, calendar):
            found.append(on)
    return tuple(found)


def _open_day(on: date, pauses: Sequence[Span], calendar: Calendar) -> date:
    """The day itself, or the first one after it on which somebody is there to meet the limit."""
    while not calendar.is_workday(on) or stood_still(on, pauses, calendar):
        on += ONE_DAY
    return on


def _hours(limit: Limit, begin: datetime, pauses: Sequence[Span], calendar: Calendar) -> datetime:
    """Run the limit's length from `begin`, adding what each pause took, as long as the pause came in time."""
    length = limit.length
    due = _after(limit, begin, length, calendar)
    for pause in pauses:
        if pause.start >= due:
            break
        length += (
            calendar.office_time_between(pause.start, pause.end) if limit.in_office_time else pause.end - pause.start
        )
        due = _after(limit, begin, length, calendar)
    return due


def _after(limit: Limit, begin: datetime, length: timedelta, calendar: Calendar) -> datetime:
    return calendar.add_office_time(begin, length) if limit.in_office_time else begin + length


def runs(dates: Iterable[date]) -> tuple[tuple[date, ...], ...]:
    """Dates in order, cut where a day is missing."""
    ordered = sorted(dates)
    if not ordered:
        return ()
    groups: list[list[date]] = [[ordered[0]]]
    for before, on in pairwise(ordered):
        if on - before == ONE_DAY:
            groups[-1].append(on)
        else:
            groups.append([on])
    return tuple(tuple(group) for group in groups)
