"""Short words for what tests say about clocks."""

from datetime import datetime, timedelta

from hotline.rules.deadlines import Emergency
from hotline.rules.fold import turn_clocks
from hotline.rules.profile_parts import OnTimeMeans
from hotline.rules.state import ClockState
from hotline.rules.vocabulary import CITY_TZ, ClockKind
from tests.rules import cast as c
from tests.rules.cast import (
    HEFEI,
    Story,
    book,
)

K = ClockKind
HOUR = timedelta(hours=1)
ACCEPTED = book(on_time_means=OnTimeMeans.ACCEPTED_REPLY)


def close(day: int, month: int = 5) -> datetime:
    """When offices close on that day of 2021."""
    return datetime(2021, month, day, 17, 30, tzinfo=CITY_TZ)


def due(story: Story, kind: ClockKind, of: str = "") -> datetime:
    clock = story.clock(kind, of)
    assert clock.running
    return clock.due_at


def verdict(story: Story, kind: ClockKind, of: str = "") -> bool | None:
    clock = story.clock(kind, of)
    assert not clock.running
    return clock.met


def flood(start: datetime, ended_at: datetime | None = None) -> Emergency:
    """48 hours for complaints, 24 for consultations, as in the emergency mode of 2020."""
    return HEFEI.emergency(name="防汛", start=start, ended_at=ended_at)


def turned(story: Story, kind: ClockKind, op: str) -> ClockState:
    """The clock of that kind as the last event's change of that sort left it."""
    event = story.events[-1]
    before = [e for e in story.events if e is not event]
    clocks = c.fold(before).clocks
    for change in event.clocks:
        clocks = turn_clocks(clocks, (change,), event.at)
        if (change.kind, change.op) == (kind, op):
            return clocks[change.key]
    raise AssertionError(f"{kind} was not turned by {op}")
