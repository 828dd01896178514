"""Limits, starts, pauses and emergencies that the tests of deadlines share."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hypothesis import strategies as st

from hotline.rules.deadlines import (
    Due,
    Emergency,
    Pause,
    RequestScope,
    compute_due,
)
from hotline.rules.limits import Limit, LimitUnit
from hotline.rules.messages import Message
from hotline.rules.vocabulary import RequestType
from tests.rules.holidays import MOMENTS, at, city_calendar

CALENDAR = city_calendar()


COMPLAINT = RequestScope(
    request_type=RequestType.COMPLAINT, category="010203", region="340104", tags=frozenset({"涉疫"})
)


LIMITS = st.sampled_from(
    [Limit.parse(t) for t in ("1wd", "3wd", "7wd", "15wd", "4oh", "90omin", "24h", "48h", "15min", "7d", "15d")]
)


DAY_LIMITS = st.sampled_from([Limit.parse(t) for t in ("1wd", "3wd", "7wd", "15wd")])


EXTENSIONS = st.sampled_from([0, 0, 1, 5, 10])


@st.composite
def pauses_after(draw: st.DrawFn, start: datetime, most: int = 3) -> list[Pause]:
    """A few pauses around the time in which a limit runs, in any order, some over one another."""
    found = []
    for _ in range(draw(st.integers(0, most))):
        begin = start + timedelta(minutes=draw(st.integers(-2000, 40_000)))
        found.append(Pause(begin, begin + timedelta(minutes=draw(st.integers(1, 20_000))), "awaiting_requester"))
    return found


@st.composite
def situations(draw: st.DrawFn) -> tuple[datetime, list[Pause]]:
    """A start and pauses around it."""
    start = draw(MOMENTS)
    return start, draw(pauses_after(start))


def emergency(start: datetime, end: datetime | None, *, ended: bool = False, hours: int = 48) -> Emergency:
    limits = dict.fromkeys(RequestType, Limit(hours, LimitUnit.PLAIN_HOUR))
    planned, ended_at = (None, end) if ended else (end, None)
    return Emergency(name="防汛", start=start, limits=limits, planned_end=planned, ended_at=ended_at)


def due(limit: Limit | str, start: datetime | str, pauses: Sequence[Pause] = (), extension: int = 0) -> Due:
    return compute_due(
        limit=Limit.parse(limit) if isinstance(limit, str) else limit,
        start=at(start) if isinstance(start, str) else start,
        calendar=CALENDAR,
        pauses=pauses,
        extension=extension,
    )


def codes(messages: tuple[Message, ...]) -> list[str]:
    return [message.code for message in messages]
