"""The calendar and the rule profiles as values of hotline.rules, read once and kept until they change.

Every deadline asks for both, so a look costs one row: the stamp that `commands.touch_calendar` renews.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from hotline.registry.calendars.models import (
    CalendarDay,
    CalendarStamp,
    OfficeShift,
    ProfileInForce,
    PublishedYear,
    StoredProfile,
)
from hotline.rules.profiles import Profile, in_force, parse_profile
from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.workdays import OFFICE_SHIFTS, Calendar, DayKind

Shifts = tuple[tuple[time, time], ...]


class NoProfile(LookupError):
    """No rule profile is loaded for that day or under that name: `hotline load-city` has not run."""


@dataclass(frozen=True)
class Shelf:
    """Everything of this registry as it stood under one stamp."""

    token: str
    calendar: Calendar
    profiles: Mapping[tuple[str, int], Profile]
    begun: tuple[tuple[date, str], ...]

    def key_on(self, day: date) -> str | None:
        """The profile the city goes by on that day; before the first one, the first one."""
        passed = [key for starts_on, key in self.begun if starts_on <= day]
        return passed[-1] if passed else next((key for _, key in self.begun), None)


_kept: Shelf | None = None


def current_calendar() -> Calendar:
    """The city's days and office hours as loaded now."""
    return _shelf().calendar


def profile_for(at: datetime) -> Profile:
    """The profile in force at that moment; a moment before its first version is judged by that version."""
    day = at.astimezone(CITY_TZ).date()
    shelf = _shelf()
    key = shelf.key_on(day)
    if key is None:
        raise NoProfile(f"no rule profile is in force on {day}")
    versions = sorted((found for found in shelf.profiles.values() if found.key == key), key=lambda found: found.version)
    if not versions:
        raise NoProfile(f"rule profile {key} is not loaded")
    return in_force(versions, key, day) or versions[0]


def profile(key: str, version: int) -> Profile:
    """The very version a ticket was opened under."""
    try:
        return _shelf().profiles[key, version]
    except KeyError:
        raise NoProfile(f"rule profile {key}@{version} is not loaded") from None


def key_on(day: date) -> str | None:
    """The profile the city goes by on that day."""
    return _shelf().key_on(day)


def profiles() -> list[Profile]:
    """All loaded versions of all profiles, by name and version."""
    return [found for _, found in sorted(_shelf().profiles.items())]


def published_years() -> list[PublishedYear]:
    """Years whose holiday notice is loaded, newest first."""
    return list(PublishedYear.objects.order_by("-year"))


def days_between(first: date, last: date) -> list[CalendarDay]:
    """Exceptional days of a span, for the calendar page."""
    return list(CalendarDay.objects.filter(active=True, date__range=(first, last)).order_by("date"))


def _shelf() -> Shelf:
    global _kept  # noqa: PLW0603 - one shelf per process is the point of keeping it
    token = CalendarStamp.objects.values_list("token", flat=True).first() or ""
    kept = _kept
    if kept is None or kept.token != token or not token:
        kept = _kept = _read(token)
    return kept


def _read(token: str) -> Shelf:
    parsed = [parse_profile(body) for body in StoredProfile.objects.values_list("body", flat=True)]
    begun = ProfileInForce.objects.filter(active=True).order_by("starts_on").values_list("starts_on", "key")
    return Shelf(token, stored_calendar(), {(p.key, p.version): p for p in parsed}, tuple(begun))


def stored_calendar(amended: Iterable[CalendarDay] = (), *, years: Iterable[int] = (), shifts: Shifts = ()) -> Calendar:
    """The calendar as it is stored, or as it would be with these rows, published years and office hours."""
    rows = {row.date: row for row in CalendarDay.objects.filter(active=True)}
    rows |= {row.date: row for row in amended}
    stored = OfficeShift.objects.filter(active=True).order_by("starts").values_list("starts", "ends")
    return Calendar.from_rows(
        [(row.date, DayKind(row.kind), row.name) for row in rows.values() if row.active],
        published={*PublishedYear.objects.values_list("year", flat=True), *years},
        shifts=tuple(shifts) or tuple(stored) or OFFICE_SHIFTS,
    )
