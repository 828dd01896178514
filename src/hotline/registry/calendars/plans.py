"""What publishing a draft would write: the preview shows this plan and publishing writes it, so they cannot differ.

A notice replaces what the year's notice said before; a day the city has decided on stays, and remembers the notice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from hotline.registry.calendars.draft_models import RuleDraft
from hotline.registry.calendars.models import CalendarDay, DaySource, OfficeShift, PublishedYear
from hotline.registry.calendars.queries import Shifts, current_calendar, stored_calendar
from hotline.rules.rule_keeping import DraftKind
from hotline.rules.workdays import YEAR_END, Calendar, Day, DayKind, Row

BodyRows = Sequence[Sequence[str]]
COLUMNS: Final = ("kind", "name", "source", "under_kind", "under_name", "active")


@dataclass(frozen=True)
class ChangedDay:
    """One day that would be something else."""

    on: date
    old: Day
    new: Day

    @property
    def counts(self) -> bool:
        """Whether deadlines may move by it."""
        return self.old.works is not self.new.works


@dataclass(frozen=True)
class Plan:
    """The rows to write, the calendar they make, and what is different then."""

    days: tuple[CalendarDay, ...]
    years: tuple[int, ...]
    shifts: Shifts
    calendar: Calendar
    changed: tuple[ChangedDay, ...]
    newly_published: bool
    new_hours: bool

    @property
    def nothing(self) -> bool:
        """True when publishing would change nothing at all."""
        return not (self.days or self.newly_published or self.new_hours)

    @property
    def span(self) -> tuple[date, date] | None:
        """The days between which deadlines may move; None means any."""
        moving = [one.on for one in self.changed if one.counts]
        if self.new_hours:
            return None
        if moving:
            return min(moving), max(moving)
        year = self.years[0] if self.years else date.max.year
        return date(year, 1, 1), date(year, 12, 31)


def plan_of(draft: RuleDraft) -> Plan:
    """What publishing this draft of a calendar would write, as things stand."""
    rows = as_rows(draft.body.get("rows", ()))
    if draft.kind == DraftKind.NOTICE:
        return _plan(_notice_days(rows, int(draft.subject)), years=(int(draft.subject),))
    if draft.kind == DraftKind.CITY_DAYS:
        return _plan(_city_days(rows))
    return _plan((), shifts=as_shifts(draft.body["shifts"]))


def as_rows(stored: BodyRows) -> tuple[Row, ...]:
    """Days as a draft keeps them."""
    return tuple((date.fromisoformat(on), DayKind(kind), name) for on, kind, name in stored)


def rows_kept(rows: Iterable[Row]) -> list[list[str]]:
    """The same the other way."""
    return [[on.isoformat(), kind.value, name] for on, kind, name in rows]


def as_shifts(stored: BodyRows) -> Shifts:
    """Office hours as a draft keeps them."""
    return tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in stored)


def shifts_kept(shifts: Shifts) -> list[list[str]]:
    """The same the other way."""
    return [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in shifts]


def write(plan: Plan, *, source: str, now: datetime) -> None:
    """Writes the plan, in the caller's transaction."""
    CalendarDay.objects.bulk_create(
        plan.days, update_conflicts=True, unique_fields=["date"], update_fields=list(COLUMNS)
    )
    for year in plan.years:
        PublishedYear.objects.update_or_create(year=year, defaults={"source": source, "loaded_at": now})
    if plan.new_hours:
        OfficeShift.objects.update(active=False)
        OfficeShift.objects.bulk_create(
            (OfficeShift(starts=opens, ends=closes, active=True, decided_here=True) for opens, closes in plan.shifts),
            update_conflicts=True,
            unique_fields=["starts"],
            update_fields=["ends", "active", "decided_here"],
        )


def _plan(days: Iterable[CalendarDay], *, years: tuple[int, ...] = (), shifts: Shifts = ()) -> Plan:
    days, now = tuple(days), current_calendar()
    calendar = stored_calendar(days, years=years, shifts=shifts)
    changed = (ChangedDay(row.date, now.day(row.date), calendar.day(row.date)) for row in days)
    return Plan(
        days=days,
        years=years,
        shifts=shifts,
        calendar=calendar,
        changed=tuple(sorted((one for one in changed if one.old != one.new), key=lambda one: one.on)),
        newly_published=not set(years) <= now.published,
        new_hours=bool(shifts) and shifts != now.shifts,
    )


def _notice_days(rows: Sequence[Row], year: int) -> Iterable[CalendarDay]:
    """From the last days of the year before, which a notice has been known to reach back to, until those of its own."""
    wanted = {on: (kind.value, name) for on, kind, name in rows}
    held = _held(wanted, date(year - 1, *YEAR_END), date(year, *YEAR_END))
    for on in sorted({*wanted, *held}):
        row = _noticed(on, held.get(on), wanted.get(on))
        if row is not None:
            yield row


def _noticed(on: date, old: CalendarDay | None, wanted: tuple[str, str] | None) -> CalendarDay | None:
    """The day's row under the notice, or None when it stays as it is."""
    kind, name = wanted or ("", "")
    if old is not None and old.active and old.source == DaySource.CITY:
        same = (old.under_kind, old.under_name) == (kind, name)
        return None if same else _row(on, old.kind, old.name, DaySource.CITY, under=(kind, name))
    if wanted is None:
        return _row(on, old.kind, old.name, active=False) if old is not None and old.active else None
    same = old is not None and old.active and (old.kind, old.name) == wanted
    return None if same else _row(on, kind, name)


def _city_days(rows: Sequence[Row]) -> Iterable[CalendarDay]:
    held = _held({on: None for on, _, _ in rows}, date.max, date.max)
    for on, kind, name in rows:
        old = held.get(on)
        old = old if old is not None and old.active else None
        decided = old is not None and old.source == DaySource.CITY
        under = ("", "") if old is None else (old.under_kind, old.under_name) if decided else (old.kind, old.name)
        if kind is not DayKind.WORKDAY:
            yield _row(on, kind.value, name, DaySource.CITY, under=under)
        elif decided and old is not None:
            yield _row(on, *under) if under[0] else _row(on, old.kind, old.name, active=False)


def _held(days: Mapping[date, object], first: date, before: date) -> dict[date, CalendarDay]:
    """Rows of these days and of the span, those switched off too."""
    found = {row.date: row for row in CalendarDay.objects.filter(date__in=list(days))}
    return found | {row.date: row for row in CalendarDay.objects.filter(date__gte=first, date__lt=before)}


def _row(
    on: date, kind: str, name: str, source: str = DaySource.NOTICE, *, under: tuple[str, str] = ("", ""), **more: Any
) -> CalendarDay:
    return CalendarDay(date=on, kind=kind, name=name, source=source, under_kind=under[0], under_name=under[1], **more)
