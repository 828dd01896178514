"""What the pages of calendars and profiles show: drafts, their record, versions, and a year that nobody has loaded."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from hotline.plumbing.clock import today
from hotline.registry.calendars.draft_models import RuleDraft, RuleRecord
from hotline.registry.calendars.models import ProfileInForce, StoredProfile
from hotline.registry.calendars.queries import current_calendar
from hotline.rules.rule_keeping import DraftKind, DraftState
from hotline.rules.workdays import missing_year

CALENDAR_KINDS: Final = (DraftKind.NOTICE, DraftKind.CITY_DAYS, DraftKind.HOURS)


def draft(number: int) -> RuleDraft | None:
    """One draft."""
    return RuleDraft.objects.filter(pk=number).first() if number < 2**63 else None


def drafts(kinds: Iterable[DraftKind], *, subject: str = "", limit: int = 50) -> list[RuleDraft]:
    """Drafts of these kinds: those to be published first, then the newest."""
    found = RuleDraft.objects.filter(kind__in=[kind.value for kind in kinds])
    if subject:
        found = found.filter(subject=subject)
    rows = list(found.order_by("-changed_at", "-pk")[:limit])
    return sorted(rows, key=lambda row: row.state != DraftState.OPEN)


def record_of(
    *, draft_number: int | None = None, kinds: Sequence[DraftKind] = (), limit: int = 200
) -> list[RuleRecord]:
    """What was done, newest first: to one draft, or to drafts of these kinds."""
    found = RuleRecord.objects.select_related("draft").order_by("-pk")
    if draft_number is not None:
        found = found.filter(draft=draft_number)
    if kinds:
        found = found.filter(kind__in=[kind.value for kind in kinds])
    return list(found[:limit])


@dataclass(frozen=True)
class Turn:
    """From which day the city goes by which profile."""

    starts_on: date
    key: str


def turns() -> list[Turn]:
    """When the city changed from one profile to another, in order."""
    rows = ProfileInForce.objects.filter(active=True).order_by("starts_on")
    return [Turn(starts_on, key) for starts_on, key in rows.values_list("starts_on", "key")]


def stored(key: str, version: int) -> StoredProfile | None:
    """One version as it is stored, with its marks."""
    return StoredProfile.objects.filter(key=key, version=version).first()


def unpublished_year(day: date) -> int | None:
    """The year whose notice should be loaded by now and is not."""
    return missing_year(current_calendar().published, day)


def sentences() -> Iterator[str]:
    """`hotline check calendar`: a year that should be loaded by now.

    Before a city is loaded nothing is counted in days.
    """
    year = unpublished_year(today())
    if year is not None and turns():
        yield (
            f"{year}年放假安排尚未导入，期限暂按周末双休推算。请督办人员在“办公日历”里导入并发布。"
            f" / The holidays of {year} are not loaded: deadlines are provisional. A supervisor loads them on the"
            " calendar page."
        )
