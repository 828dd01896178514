"""The rules in force for a ticket, gathered from the registries: profile, calendar, lists, emergencies.

Every act asks for them, so they are kept in the process; one statement tells whether the registries have changed
since, so that an act never goes by yesterday's holidays or a unit that has ended.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.db.models import Subquery

from hotline.registry.calendars import queries as calendars
from hotline.registry.calendars.models import CalendarStamp, ProfileInForce
from hotline.registry.categories.models import Category
from hotline.registry.emergencies.models import EmergencyStamp
from hotline.registry.emergencies.queries import NEVER, Shelf, shelf
from hotline.registry.lines.models import ReasonCode, SourceLine, Tag
from hotline.registry.reference import current_directory, current_reference
from hotline.registry.regions.models import City, Region
from hotline.registry.units.models import RegionManagement, Unit
from hotline.registry.units.rule_models import DirectoryRule, DirectoryWord
from hotline.rules.lifecycle import Rulebook
from hotline.rules.profiles import Profile
from hotline.rules.vocabulary import CITY_TZ

LISTS = (
    Unit.objects,
    Category.objects,
    Region.objects,
    ReasonCode.objects,
    SourceLine.objects,
    Tag.objects,
    DirectoryRule.objects,
    DirectoryWord.objects,
    RegionManagement.objects,
)
"""What `Reference` and the directory are gathered from: they change only where a row of these begins or ends."""

Stamps = tuple[str, str, str]


@dataclass
class Rulebooks:
    """The rulebooks of one state of the registries, made when first asked for. Asking again costs no statement."""

    stamps: Stamps
    _made: dict[tuple[int, str], Rulebook] = field(default_factory=dict)

    def at(self, now: datetime, profile: str = "") -> Rulebook:
        """The rules at that moment for a ticket opened under `profile`, or for a new one."""
        day = now.astimezone(CITY_TZ).date()
        key = (bisect_right(self._turns, day), profile)
        book = self._made.get(key)
        if book is None:
            named = _named(profile) if profile else calendars.profile_for(now)
            book = self._made[key] = Rulebook(
                profile=named,
                calendar=calendars.current_calendar(),
                reference=current_reference(day),
                directory=current_directory(day),
                emergencies=self.emergencies.under(named),
            )
        return book

    @cached_property
    def emergencies(self) -> Shelf:
        """Every emergency there was or will be: each clock asks which of them held when its ticket was taken on."""
        return shelf()

    @cached_property
    def _turns(self) -> list[date]:
        """Days on which a list or the profile of the city changes, so that thousands of days share a few rulebooks."""
        turns: set[date | None] = {profile.effective_from for profile in calendars.profiles()}
        turns.update(ProfileInForce.objects.values_list("starts_on", flat=True))
        for rows in LISTS:
            for pair in rows.values_list("valid_from", "valid_to").distinct():
                turns.update(pair)
        return sorted(day for day in turns if day is not None)


def rulebooks() -> Rulebooks:
    """What is known under the present stamps: one statement, and nothing else while the registries stand still."""
    global _kept  # noqa: PLW0603 - one copy per process is the point of keeping it
    stamps = _stamps()
    kept = _kept
    if kept is None or kept.stamps != stamps or not all(stamps):
        kept = _kept = Rulebooks(stamps)
    return kept


def rulebook(*, now: datetime, profile: str = "") -> Rulebook:
    """The rules for a ticket opened under `profile` ("hefei-2021@1"), or for a new one opened now."""
    return rulebooks().at(now, profile)


_kept: Rulebooks | None = None


def _stamps() -> Stamps:
    """The marks that every change of the calendar, the profiles, the lists and the emergencies renews."""
    calendar = Subquery(CalendarStamp.objects.values("token")[:1])
    emergencies = Subquery(EmergencyStamp.objects.values("token")[:1])
    row = City.objects.values_list(calendar, "data_token", emergencies).first()
    return (row[0] or "", row[1], row[2] or NEVER) if row else ("", "", NEVER)


def _named(name: str) -> Profile:
    key, _, version = name.partition("@")
    return calendars.profile(key, int(version))
