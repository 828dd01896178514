"""应急状态: who switches it on, lengthens it and switches it off, and what must be said when doing so.

Every unit works to shorter limits while it lasts, so one supervisor may switch it on at once but a second one must
confirm it within a day (ADR 12). What it does to due times stands in deadlines.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from hotline.rules.lifecycle.case import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Role

SWITCHERS: Final = frozenset({Role.SUPERVISOR})
CONFIRM_WITHIN: Final = timedelta(hours=24)
LONGEST: Final = timedelta(days=180)
JUST_NOW: Final = timedelta(minutes=5)
"""A start typed a few minutes ago means at once."""
NAME_LIMIT: Final = 30
REASON_LIMIT: Final = 400
MOST_CHOSEN: Final = 200


class Standing(StrEnum):
    """Where an emergency stands at a moment."""

    AHEAD = "ahead"
    ON = "on"
    OVER = "over"


class EmergencyAct(StrEnum):
    """What was done about an emergency; each has a line in its record."""

    SWITCH_ON = "switch_on"
    CONFIRM = "confirm"
    LENGTHEN = "lengthen"
    SWITCH_OFF = "switch_off"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What somebody wants to switch on. No start means at once; an empty choice means all."""

    name: str
    reason: str
    planned_end: datetime | None
    start: datetime | None = None
    categories: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    public: bool = False


@dataclass(frozen=True, kw_only=True)
class Period:
    """An emergency as the rules look at it."""

    name: str
    start: datetime
    planned_end: datetime
    switched_on_by: str
    switched_on_at: datetime
    ended_at: datetime | None = None
    confirmed_by: str = ""

    @property
    def end(self) -> datetime:
        """When it was over, or will be as planned."""
        return self.ended_at or self.planned_end

    def standing(self, now: datetime) -> Standing:
        """Ahead, on or over."""
        if now >= self.end:
            return Standing.OVER
        return Standing.ON if self.start <= now else Standing.AHEAD

    def unconfirmed(self, now: datetime) -> bool:
        """True when a day has passed and no second person has confirmed it."""
        return not self.confirmed_by and now >= self.switched_on_at + CONFIRM_WITHIN


@dataclass(frozen=True)
class Places:
    """The codes of categories (any level), regions and tags that may be chosen."""

    categories: frozenset[str]
    regions: frozenset[str]
    tags: frozenset[str] = frozenset()


def denied(actor: Actor) -> Refusal | None:
    """Only supervisors switch emergencies, and the operator's command line."""
    return None if actor.roles & (SWITCHERS | {Role.SYSTEM}) else Refusal("emergency.denied")


def plan_refusals(plan: Plan, running: Iterable[Period], reference: Places, now: datetime) -> tuple[Refusal, ...]:
    """Everything that stands against switching this on."""
    return (*_words(plan), *_times(plan, now), *_choices(plan, reference), *_taken(plan, running, now))


def begins(plan: Plan, now: datetime) -> datetime:
    """When it begins: never before it is switched on, so that nobody is late at once."""
    return max(plan.start, now) if plan.start else now


def _words(plan: Plan) -> Iterable[Refusal]:
    for field, said, limit in (("name", plan.name, NAME_LIMIT), ("reason", plan.reason, REASON_LIMIT)):
        if not said.strip():
            yield Refusal(f"emergency.{field}_missing", field=field)
        elif len(said.strip()) > limit:
            yield Refusal("emergency.too_long", {"limit": limit}, field=field)
        elif "\x00" in said:
            yield Refusal("field.bad_character", field=field)


def _times(plan: Plan, now: datetime) -> Iterable[Refusal]:
    if plan.start is not None and plan.start < now - JUST_NOW:
        yield Refusal("emergency.starts_past", field="start")
    yield from end_refusals(plan.planned_end, begins(plan, now))


def end_refusals(planned_end: datetime | None, start: datetime) -> Iterable[Refusal]:
    """An emergency has a planned end that lies after its beginning, and not half a year away."""
    if planned_end is None:
        yield Refusal("emergency.end_missing", field="planned_end")
    elif planned_end <= start:
        yield Refusal("emergency.ends_before_it_begins", field="planned_end")
    elif planned_end > start + LONGEST:
        yield Refusal("emergency.too_far", {"days": LONGEST.days}, field="planned_end")


def _choices(plan: Plan, reference: Places) -> Iterable[Refusal]:
    for field, chosen, known in (
        ("categories", plan.categories, reference.categories),
        ("regions", plan.regions, reference.regions),
        ("tags", plan.tags, reference.tags),
    ):
        unknown = sorted(set(chosen) - known)
        if unknown:
            yield Refusal("emergency.unknown_code", {"value": "、".join(unknown)[:60]}, field=field)
        elif len(chosen) > MOST_CHOSEN:
            yield Refusal("emergency.too_many", {"limit": MOST_CHOSEN}, field=field)


def _taken(plan: Plan, running: Iterable[Period], now: datetime) -> Iterable[Refusal]:
    if any(one.name == plan.name.strip() and one.standing(now) is not Standing.OVER for one in running):
        yield Refusal("emergency.name_taken", {"name": plan.name.strip()}, field="name")


def confirm_refusal(period: Period, actor: Actor, now: datetime) -> Refusal | None:
    """A second person confirms, once, while it lasts."""
    if period.confirmed_by:
        return Refusal("emergency.confirmed_already")
    if period.standing(now) is Standing.OVER:
        return Refusal("emergency.over_already", {"name": period.name})
    return Refusal("emergency.second_person") if actor.id == period.switched_on_by else None


def switch_off_refusal(period: Period, now: datetime) -> Refusal | None:
    """Once: what is over is over."""
    if period.ended_at is not None:
        return Refusal("emergency.off_already", {"name": period.name, "at": period.ended_at})
    if period.standing(now) is Standing.OVER:
        return Refusal("emergency.over_already", {"name": period.name})
    return None


def lengthen_refusals(period: Period, planned_end: datetime | None, now: datetime) -> tuple[Refusal, ...]:
    """A later end, while it lasts."""
    over = switch_off_refusal(period, now)
    if over:
        return (over,)
    wrong = tuple(end_refusals(planned_end, period.start))
    if not wrong and planned_end is not None and planned_end <= period.planned_end:
        return (Refusal("emergency.not_longer", {"at": period.planned_end}, field="planned_end"),)
    return wrong
