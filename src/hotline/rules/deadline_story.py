"""Why a deadline falls where it falls, as messages: which days were not counted, which were made up, what paused.

Read by the citizen who asks "why not yet", by the unit that thinks it was on time, and by whoever judges between them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from hotline.rules.counting import Counted, Span, stood_still
from hotline.rules.dates_in_words import days, festivals, limit_words, moment, named_day, named_days, span_words
from hotline.rules.limits import Limit, LimitUnit, StartPoint
from hotline.rules.messages import Message
from hotline.rules.workdays import ONE_DAY, Calendar, DayKind

_OFF: Final = {
    DayKind.WEEKEND: "due.off.weekend",
    DayKind.HOLIDAY: "due.off.holiday",
    DayKind.CLOSURE: "due.off.closure",
}


def tell(counted: Counted, calendar: Calendar, since: StartPoint) -> tuple[Message, ...]:
    """The whole account of one counted limit, from its start to its end."""
    return (
        *_opening(counted, since),
        *_body(counted, calendar),
        *_extension(counted, calendar),
        *_notice(counted, calendar),
    )


def ending(counted: Counted) -> Message:
    """The sentence that names the end of a limit in hours."""
    year = counted.start.year
    return Message("due.end.hours", {"limit": limit_words(counted.limit), "due": moment(counted.first_due, year)})


def _opening(counted: Counted, since: StartPoint) -> Iterator[Message]:
    kind = "days" if counted.limit.in_days else "hours"
    yield Message(f"due.from.{since.value}.{kind}", {"start": moment(counted.start, 0)})
    if counted.limit.in_office_time:
        yield Message("due.hours.office", {})
    elif not counted.limit.in_days:
        yield Message("due.hours.plain", {})


def _body(counted: Counted, calendar: Calendar) -> Iterator[Message]:
    year, first = counted.start.year, counted.start.date()
    if counted.limit.unit is LimitUnit.WORKDAY:
        yield from _calendar_days(first, counted.due_at.date(), calendar, year)
        yield from _paused_days(counted, calendar, counted.pauses, year)
        if not counted.extension:
            yield _workday_end("due.end.workdays", counted, counted.limit.amount)
    elif counted.limit.unit is LimitUnit.NATURAL_DAY:
        yield from _paused_days(counted, calendar, _before(counted), year)
        yield from _natural_end(counted)
    else:
        if counted.limit.in_office_time:
            yield from _calendar_days(first - ONE_DAY, counted.first_due.date(), calendar, year)
        yield from (_paused_time(counted, pause, calendar) for pause in _before(counted))
        yield ending(counted)


def _extension(counted: Counted, calendar: Calendar) -> Iterator[Message]:
    if not counted.extension:
        return
    yield Message("due.extension", {"length": limit_words(Limit(counted.extension, LimitUnit.WORKDAY))})
    if counted.limit.unit is LimitUnit.WORKDAY:
        yield _workday_end("due.end.workdays", counted, counted.limit.amount + counted.extension)
        return
    year = counted.start.year
    yield from _calendar_days(counted.first_due.date(), counted.due_at.date(), calendar, year)
    later = tuple(pause for pause in counted.pauses if pause.start >= counted.first_due)
    yield from _paused_days(counted, calendar, later, year)
    yield _workday_end("due.end.extension", counted, counted.extension)


def _notice(counted: Counted, calendar: Calendar) -> Iterator[Message]:
    first, last = counted.start.date(), counted.due_at.date()
    if counted.needs_calendar and calendar.is_provisional(first, last):
        missing = sorted({first.year, last.year, last.year + 1} - calendar.published)
        yield Message("due.provisional", {"year": missing[0]})


def _calendar_days(after: date, until: date, calendar: Calendar, year: int) -> Iterator[Message]:
    """Days off by festival and days made up, in the order of the calendar."""
    span = [after + timedelta(days=step) for step in range(1, (until - after).days + 1)]
    for kind, group in groupby(span, key=lambda on: calendar.day(on).kind):
        run = tuple(group)
        if kind in _OFF:
            names = festivals([calendar.day(on).name for on in run])
            yield Message(_OFF[kind], {"days": days(run, year), "names": names})
        elif kind is DayKind.MAKEUP:
            yield Message("due.makeup", {"days": named_days(run, year)})


def _paused_days(counted: Counted, calendar: Calendar, pauses: tuple[Span, ...], year: int) -> Iterator[Message]:
    first, last = counted.start.date(), counted.due_at.date()
    span = [first + timedelta(days=step) for step in range(1, (last - first).days + 1)]
    unit = LimitUnit.NATURAL_DAY if counted.limit.unit is LimitUnit.NATURAL_DAY else LimitUnit.WORKDAY
    for pause in pauses:
        params = {"start": moment(pause.start, year), "end": moment(pause.end, year)}
        stopped = [on for on in span if stood_still(on, (pause,), calendar)]
        lost = sum(unit is LimitUnit.NATURAL_DAY or calendar.is_workday(on) for on in stopped)
        if lost:
            yield Message("due.pause.days", {**params, "length": limit_words(Limit(lost, unit))})
        else:
            yield Message("due.pause.within", params)


def _paused_time(counted: Counted, pause: Span, calendar: Calendar) -> Message:
    office = counted.limit.in_office_time
    taken = calendar.office_time_between(pause.start, pause.end) if office else pause.end - pause.start
    year = counted.start.year
    return Message(
        "due.pause.time",
        {"start": moment(pause.start, year), "end": moment(pause.end, year), "length": span_words(taken)},
    )


def _before(counted: Counted) -> tuple[Span, ...]:
    """Pauses that began while the limit itself, not its extension, was running."""
    return tuple(pause for pause in counted.pauses if pause.start < counted.first_due)


def _workday_end(code: str, counted: Counted, number: int) -> Message:
    due = counted.due_at
    return Message(code, {"number": number, "day": named_day(due.date(), counted.start.year), "time": f"{due:%H:%M}"})


def _natural_end(counted: Counted) -> Iterator[Message]:
    due, year, number = counted.first_due, counted.start.year, counted.limit.amount
    last = counted.days[number - 1]
    params = {"number": number, "day": named_day(last, year), "time": f"{due:%H:%M}"}
    if last == due.date():
        yield Message("due.end.natural", params)
    else:
        yield Message("due.end.natural_moved", {**params, "moved": named_day(due.date(), year)})
