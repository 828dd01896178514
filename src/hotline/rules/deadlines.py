"""When a limit falls due: working days, hours, pauses, extensions, emergency mode and a superior's earlier date.

Every desk, the citizen's page and the assessment of units rest on this one calculation. Sources: the city's rule
profile for the lengths, the State Council's holiday notices for the days, Civil Code 201 and 203 for the counting.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from hotline.rules.counting import Counted, Span, count, merged, stood_still
from hotline.rules.dates_in_words import limit_words, moment
from hotline.rules.deadline_story import tell
from hotline.rules.limits import Limit, LimitUnit, StartPoint
from hotline.rules.messages import Message
from hotline.rules.vocabulary import CITY_TZ, RequestType
from hotline.rules.workdays import Calendar, require_aware

__all__ = [
    "Due",
    "Emergency",
    "Light",
    "LightThresholds",
    "Limit",
    "LimitUnit",
    "Pause",
    "RequestScope",
    "StartPoint",
    "area",
    "compute_due",
    "light",
    "paused_workdays",
    "reminders_at",
]

COUNTY_DIGITS: Final = 6


@dataclass(frozen=True)
class Pause:
    """The clock stopped by the office (中止计时); `end` is None while it still stands."""

    start: datetime
    end: datetime | None = None
    reason_code: str = ""

    def __post_init__(self) -> None:
        """A moment without its zone is a different moment on every machine."""
        require_aware(self.start, self.end)


@dataclass(frozen=True, kw_only=True)
class RequestScope:
    """What an emergency looks at to know whether it covers a request, and whether it was opened inside.

    `opened_at` is when the city took the request on; without it a clock is judged by its own start.
    """

    request_type: RequestType
    category: str = ""
    region: str = ""
    tags: frozenset[str] = frozenset()
    opened_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Emergency:
    """Emergency mode (应急状态): shorter limits for chosen matters and areas; an empty choice means all.

    It ends when it is switched off, or as planned. Category and region codes cover everything below them.
    """

    name: str
    start: datetime
    limits: Mapping[RequestType, Limit]
    planned_end: datetime | None = None
    ended_at: datetime | None = None
    categories: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """A moment without its zone is a different moment on every machine."""
        require_aware(self.start, self.planned_end, self.ended_at)

    @property
    def end(self) -> datetime | None:
        """When it was over, or will be as planned; None while nobody knows."""
        return self.ended_at or self.planned_end

    def covers(self, request: RequestScope) -> bool:
        """True when the request is of a chosen matter, area and tag."""
        return (
            request.request_type in self.limits
            and (not self.categories or any(request.category.startswith(code) for code in self.categories))
            and (not self.regions or any(request.region.startswith(area(code)) for code in self.regions))
            and (not self.tags or bool(self.tags & request.tags))
        )

    def holds(self, at: datetime) -> bool:
        """True between switch-on and switch-off."""
        return self.start <= at and (self.end is None or at < self.end)


@dataclass(frozen=True)
class Due:
    """When somebody must be done, and how that was found.

    `counted_days` are the days counted against the limit that binds; `provisional` says that a holiday notice is
    still to come; `explanation` is the same reasoning in sentences.
    """

    due_at: datetime
    counted_days: tuple[date, ...]
    provisional: bool
    explanation: tuple[Message, ...]
    limit: Limit


@dataclass(frozen=True)
class _Choice:
    """A limit that might bind, and the emergency it comes from, if any; `kept` when it stays after the emergency."""

    counted: Counted
    emergency: Emergency | None = None
    kept: bool = False

    @property
    def rank(self) -> tuple[datetime, bool, bool]:
        """The earliest binds; of two alike the one that lasts is told."""
        return self.counted.due_at, not self.kept, self.emergency is not None


def compute_due(
    *,
    limit: Limit,
    start: datetime,
    calendar: Calendar,
    request: RequestScope | None = None,
    pauses: Iterable[Pause] = (),
    extension: int = 0,
    emergencies: Iterable[Emergency] = (),
    superior_due: datetime | None = None,
    as_of: datetime | None = None,
    since: StartPoint = StartPoint.ACCEPTANCE,
    explained: bool = True,
) -> Due:
    """When the limit falls due: the earliest of the ordinary limit, an emergency's and the superior's date.

    `as_of` is the moment to look from: an open pause needs it, and without it only emergencies that held at the
    start are seen. `explained=False` leaves the sentences out, for bulk work that nobody reads line by line.
    """
    require_aware(start, superior_due, as_of)
    if extension < 0:
        raise ValueError(f"an extension gives working days: {extension}")
    spans = _closed(pauses, as_of)
    own = count(limit, start, extension, spans, calendar)
    ruling = _ruling(emergencies, request)
    opened = request.opened_at if request and request.opened_at else start
    choices = [_Choice(own), *_emergency_choices(own, opened, ruling, spans, calendar, as_of)]
    chosen = min(choices, key=lambda choice: choice.rank)
    counted = chosen.counted
    story = _story(own, opened, chosen, [e for e, _ in ruling], calendar, since, as_of) if explained else ()
    due_at, days = counted.due_at, counted.days
    if superior_due is not None and superior_due < due_at:
        due_at, days = superior_due.astimezone(CITY_TZ), ()
        story = (*story, Message("due.superior", {"due": moment(due_at, own.start.year)})) if explained else ()
    provisional = counted.needs_calendar and calendar.is_provisional(own.start.date(), counted.due_at.date())
    return Due(due_at, days, provisional, story, counted.limit)


def _closed(pauses: Iterable[Pause], as_of: datetime | None) -> tuple[Span, ...]:
    """Pauses with both ends; an open one lasts until the moment to look from."""
    spans = []
    for pause in pauses:
        end = pause.end or as_of
        if end is None:
            raise ValueError("an open pause moves the deadline with the present moment: as_of is needed")
        spans.append(Span(pause.start, end))
    return merged(span for span in spans if span.end > span.start)


def _ruling(emergencies: Iterable[Emergency], request: RequestScope | None) -> list[tuple[Emergency, Limit]]:
    """The emergencies that cover the request, each with its limit; without a request none is asked."""
    if request is None:
        return []
    return [(e, e.limits[request.request_type]) for e in emergencies if e.covers(request)]


def _emergency_choices(
    own: Counted,
    opened: datetime,
    ruling: Sequence[tuple[Emergency, Limit]],
    spans: Sequence[Span],
    calendar: Calendar,
    as_of: datetime | None,
) -> Iterator[_Choice]:
    """The limits emergencies set: kept for life by what was opened inside, borne until switch-off by the rest.

    An extension granted to what was open before is counted on the ordinary date, to which the limit returns.
    """
    for emergency, limit in ruling:
        if emergency.holds(opened):
            yield _Choice(count(limit, own.start, own.extension, spans, calendar), emergency, kept=True)
        elif opened < emergency.start and as_of is not None and emergency.holds(as_of):
            yield _Choice(count(limit, max(emergency.start, own.start), 0, spans, calendar), emergency)


def _story(
    own: Counted,
    opened: datetime,
    chosen: _Choice,
    emergencies: Sequence[Emergency],
    calendar: Calendar,
    since: StartPoint,
    as_of: datetime | None,
) -> tuple[Message, ...]:
    emergency, year = chosen.emergency, own.start.year
    if emergency is None:
        return (*tell(own, calendar, since), *_given_back(own, opened, emergencies, as_of))
    words = {"name": emergency.name, "limit": limit_words(chosen.counted.limit)}
    if chosen.kept:
        return (Message("due.emergency.opened", words), *tell(chosen.counted, calendar, since))
    words |= {"old": moment(own.due_at, year), "start": moment(emergency.start, year)}
    waits = (Message("due.emergency.extension_waits", {}),) if own.extension else ()
    if own.start < emergency.start:
        told = tell(chosen.counted, calendar, StartPoint.EMERGENCY)
        return (Message("due.emergency.shortened", words), *told, *waits)
    return (Message("due.emergency.borne", words), *tell(chosen.counted, calendar, since), *waits)


def _given_back(
    own: Counted, opened: datetime, emergencies: Sequence[Emergency], as_of: datetime | None
) -> Iterator[Message]:
    """Says which emergency had shortened the limit and is over."""
    for emergency in emergencies:
        end = emergency.end
        if end is None or as_of is None or as_of < end or opened >= emergency.start:
            continue
        if own.start < end and emergency.start < min(end, own.due_at):
            words = {"name": emergency.name, "end": moment(end, own.start.year)}
            yield Message("due.emergency.over", words)


def paused_workdays(pauses: Iterable[Pause], calendar: Calendar, as_of: datetime) -> int:
    """How many working days the pauses have taken so far; a profile sets the most."""
    total = 0
    for span in _closed(pauses, as_of):
        first, last = span.start.astimezone(CITY_TZ).date(), span.end.astimezone(CITY_TZ).date()
        span_days = (first + timedelta(days=step) for step in range((last - first).days + 1))
        total += sum(calendar.is_workday(on) and stood_still(on, (span,), calendar) for on in span_days)
    return total


def area(code: str) -> str:
    """The digits that all places below share: 340100 is the whole of 3401."""
    return code.removesuffix("00").removesuffix("00") if len(code) == COUNTY_DIGITS else code


class Light(StrEnum):
    """The lamp beside a clock (红黄灯)."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True)
class LightThresholds:
    """The share of the time used up from which a lamp changes."""

    amber: float = 0.8
    red: float = 1.0

    def __post_init__(self) -> None:
        """Amber comes before red, and red no later than the deadline."""
        if not 0 < self.amber < self.red <= 1:
            raise ValueError(f"lamps change in order, before the deadline: {self.amber}, {self.red}")


def light(
    *,
    start: datetime,
    due_at: datetime,
    now: datetime,
    thresholds: LightThresholds = LightThresholds(),
    calendar: Calendar | None = None,
) -> Light:
    """The lamp to show. With a calendar only office time uses the limit up, so no lamp changes over a holiday."""
    if now >= due_at:
        return Light.RED
    used = _time(start, min(max(start, now), due_at), calendar)
    whole = _time(start, due_at, calendar)
    share = used / whole if whole else 0.0
    if share >= thresholds.red:
        return Light.RED
    return Light.AMBER if share >= thresholds.amber else Light.GREEN


def reminders_at(
    *, start: datetime, due_at: datetime, fractions: Iterable[float], calendar: Calendar | None = None
) -> tuple[datetime, ...]:
    """When to remind: at these shares of the time, to the minute. With a calendar never outside office hours."""
    if due_at <= start:
        return (due_at,)
    whole = _time(start, due_at, calendar)
    found = {_reminder(start, due_at, whole * share, calendar) for share in fractions if share < 1 and whole}
    return tuple(sorted(found | {due_at for share in fractions if share >= 1}))


def _reminder(start: datetime, due_at: datetime, passed: timedelta, calendar: Calendar | None) -> datetime:
    at = calendar.add_office_time(start, passed) if calendar else start + passed
    return min(max(at.replace(second=0, microsecond=0), start), due_at)


def _time(start: datetime, end: datetime, calendar: Calendar | None) -> timedelta:
    return calendar.office_time_between(start, end) if calendar else end - start
