"""催办阶梯: what follows as a clock's time is used up: reminders, expiry, a written notice, a proposed criticism.

The engine of oversight/clocks asks here, and so does the simulator. The steps of a city stand in its rule profile
(`reminders` and `[ladder]`); what a clock remembers of them stands in its ClockState. Nothing happens in a pause.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from hotline.rules.acts import Act, IssueNotice, ProposeCriticism, Resume, SendReminder, run_out
from hotline.rules.counting import Span, count, merged
from hotline.rules.deadlines import Pause, paused_workdays
from hotline.rules.limits import Limit, LimitUnit
from hotline.rules.profiles import Profile
from hotline.rules.state import ClockState
from hotline.rules.vocabulary import CITY_TZ, RESTS_UNASKED, ClockKind
from hotline.rules.workdays import ONE_DAY, Calendar

WHOLE: Final = 100
IN_PLAIN_TIME: Final = frozenset({LimitUnit.PLAIN_HOUR, LimitUnit.PLAIN_MINUTE})
NAMED_BY_HAND: Final = "set"


class Step(StrEnum):
    """What happens to a clock by itself."""

    REMINDER = "reminder"
    EXPIRY = "expiry"
    NOTICE = "notice"
    CRITICISM = "criticism"
    RESUME = "resume"


@dataclass(frozen=True)
class Firing:
    """A step of one clock: when it comes, and for a reminder the percentage of the time used up by then."""

    step: Step
    kind: ClockKind
    at: datetime
    percent: int = 0
    of: str = ""

    @property
    def act(self) -> Act:
        """What the platform does then."""
        match self.step:
            case Step.REMINDER:
                return SendReminder(clock=self.kind, percent=self.percent, of=self.of)
            case Step.NOTICE:
                return IssueNotice(clock=self.kind, of=self.of)
            case Step.CRITICISM:
                return ProposeCriticism(clock=self.kind, of=self.of)
            case Step.RESUME:
                return Resume()
            case Step.EXPIRY:
                return run_out(self.kind, self.of)


def next_firing(clock: ClockState, profile: Profile, calendar: Calendar) -> Firing | None:
    """The first step that has not been taken yet; None when nothing follows by itself."""
    return next(_ahead(clock, profile, calendar), None)


def due_firing(clock: ClockState, profile: Profile, calendar: Calendar, now: datetime) -> Firing | None:
    """The step that has come by now. Of reminders that were missed only the last is sent, after expiry none."""
    come: Firing | None = None
    for firing in _ahead(clock, profile, calendar):
        if firing.at >= now or (come is not None and come.step is not Step.REMINDER):
            break
        come = firing
    return come


def _ahead(clock: ClockState, profile: Profile, calendar: Calendar) -> Iterator[Firing]:
    """The steps from here on, as far as they do not depend on when an earlier one is taken."""
    if not clock.running:
        return
    if clock.paused:
        yield from _end_of_pause(clock, profile, calendar)
        return
    if clock.overdue_at is None:
        if clock.kind in profile.ladder.reminded:
            yield from _reminders(clock, profile.reminders, calendar)
        yield Firing(Step.EXPIRY, clock.kind, clock.due_at, of=clock.of)
    elif clock.kind in profile.ladder.noticed:
        yield from _after_expiry(clock, profile, calendar)


def _reminders(clock: ClockState, shares: Iterable[float], calendar: Calendar) -> Iterator[Firing]:
    office = None if in_plain_time(clock.limit) else calendar
    rests = merged(Span(a, b) for a, b, _ in clock.pauses if b is not None and b > a)
    whole = _running_time(clock.started_at, clock.due_at, rests, office)
    if whole <= timedelta():
        return
    for share in shares:
        percent = round(share * WHOLE)
        if not clock.reminded < percent < WHOLE:
            continue
        at = _when_used(clock.started_at, whole * share, rests, office)
        if at < clock.due_at and (clock.reminded_from is None or at > clock.reminded_from):
            yield Firing(Step.REMINDER, clock.kind, at, percent, clock.of)


def in_plain_time(limit: str) -> bool:
    """Hours around the clock: nights and holidays use them up. A date that a person named counts office time."""
    return limit != NAMED_BY_HAND and Limit.parse(limit).unit in IN_PLAIN_TIME


def _running_time(start: datetime, end: datetime, rests: Iterable[Span], office: Calendar | None) -> timedelta:
    """The time between the two in which the clock ran."""
    clipped = [Span(max(r.start, start), min(r.end, end)) for r in rests if r.start < end and r.end > start]
    return _time(start, end, office) - sum((_time(r.start, r.end, office) for r in clipped), timedelta())


def _when_used(start: datetime, amount: timedelta, rests: Iterable[Span], office: Calendar | None) -> datetime:
    """When that much of the clock's time has passed, to the minute, and never while it rested."""
    for rest in rests:
        if rest.end <= start:
            continue
        before = _time(start, rest.start, office)
        if amount <= before:
            break
        start, amount = max(start, rest.end), amount - max(before, timedelta())
    at = office.add_office_time(start, amount) if office else start + amount
    return max(at.replace(second=0, microsecond=0), start)


def _time(start: datetime, end: datetime, office: Calendar | None) -> timedelta:
    if end <= start:
        return timedelta()
    return office.office_time_between(start, end) if office else end - start


def _after_expiry(clock: ClockState, profile: Profile, calendar: Calendar) -> Iterator[Firing]:
    """The notice when offices open on its working day, the proposal when they close on the last day of waiting."""
    ladder = profile.ladder
    if clock.noticed_at is None and clock.overdue_at is not None:
        on = _workday_after(clock.overdue_at, ladder.notice_after_workdays, clock, calendar)
        yield Firing(Step.NOTICE, clock.kind, calendar.office_start(on.date()), of=clock.of)
    elif clock.criticised_at is None and clock.noticed_at is not None:
        at = _workday_after(clock.noticed_at, ladder.criticism_after_workdays, clock, calendar)
        yield Firing(Step.CRITICISM, clock.kind, at, of=clock.of)


def _workday_after(since: datetime, number: int, clock: ClockState, calendar: Calendar) -> datetime:
    """When offices close on the so-manieth working day after that; days on which the clock rested are not counted."""
    rests = [Span(a, b) for a, b, _ in clock.pauses if b is not None]
    return count(Limit(number, LimitUnit.WORKDAY), since, 0, rests, calendar).due_at


def _end_of_pause(clock: ClockState, profile: Profile, calendar: Calendar) -> Iterator[Firing]:
    """The promise rests no longer than the profile allows; parking and disputes have ends of their own."""
    began, _, why = clock.pauses[-1]
    if clock.kind is not ClockKind.REPLY or why in RESTS_UNASKED:
        return
    earlier = [Pause(a, b) for a, b, reason in clock.pauses[:-1] if reason not in RESTS_UNASKED]
    left = profile.pause.max_workdays - paused_workdays(earlier, calendar, began)
    at, on = began, began.astimezone(CITY_TZ).date()
    while left > 0:
        if calendar.is_workday(on) and began < calendar.office_end(on):
            at, left = calendar.office_end(on), left - 1
        on += ONE_DAY
    yield Firing(Step.RESUME, clock.kind, at)


def first_after_office_opens(now: datetime, calendar: Calendar) -> datetime:
    """When to look again at a step that has to wait because the ticket is not with its unit."""
    return calendar.office_start(calendar.next_workday(now.astimezone(CITY_TZ).date()))
