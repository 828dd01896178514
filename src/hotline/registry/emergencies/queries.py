"""What others ask about emergencies: all of them for the rules, those in force for the banner, one with its record."""

from collections.abc import Sequence
from dataclasses import dataclass

from hotline.registry.emergencies.models import EmergencyEntry, EmergencyPeriod
from hotline.rules.deadlines import Emergency
from hotline.rules.emergency_mode import Period
from hotline.rules.profiles import Profile

NEVER = "never"
"""The stamp while nothing was ever switched on."""


@dataclass(frozen=True)
class Shelf:
    """All periods as they stood under one stamp, the newest first."""

    periods: tuple[EmergencyPeriod, ...]

    def under(self, profile: Profile) -> tuple[Emergency, ...]:
        """As the rules count with them; how long limits are in an emergency the ticket's own profile says."""
        return tuple(as_rule(period, profile) for period in self.periods)


def shelf() -> Shelf:
    """Every period there ever was: tickets taken in under an old one keep its limits."""
    return Shelf(tuple(EmergencyPeriod.objects.order_by("-start", "-pk")))


def as_rule(period: EmergencyPeriod, profile: Profile) -> Emergency:
    """One period under one profile."""
    return profile.emergency(
        name=period.name,
        start=period.start,
        planned_end=period.planned_end,
        ended_at=period.ended_at,
        categories=frozenset(period.categories),
        regions=frozenset(period.regions),
        tags=frozenset(period.tags),
    )


def period_of(row: EmergencyPeriod) -> Period:
    """One period as the rules of switching look at it."""
    return Period(
        name=row.name,
        start=row.start,
        planned_end=row.planned_end,
        switched_on_by=row.switched_on_by,
        switched_on_at=row.switched_on_at,
        ended_at=row.ended_at,
        confirmed_by=row.confirmed_by,
    )


def period(number: int) -> EmergencyPeriod | None:
    """The period of that number."""
    return EmergencyPeriod.objects.filter(pk=number).first()


def entries(number: int) -> Sequence[EmergencyEntry]:
    """What was done about it, the latest first."""
    return list(EmergencyEntry.objects.filter(period=number).order_by("-pk"))
