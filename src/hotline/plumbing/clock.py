"""The only place where the clock is read; every other module is given `now`.

The hotline's limits are counted in city time (UTC+8, no summer time), so that is the zone of every moment here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from hotline.rules.vocabulary import CITY_TZ

_frozen: ContextVar[datetime | None] = ContextVar("hotline_frozen_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in city time."""
    return _frozen.get() or datetime.now(CITY_TZ)


def today() -> date:
    """The city's calendar day: between midnight and 08:00 it is already one day further than UTC's."""
    return now().date()


@contextmanager
def frozen(at: datetime) -> Iterator[datetime]:
    """Hold the clock at `at` for this thread or task, for demonstrations and tests."""
    if at.tzinfo is None:
        raise ValueError("the clock can only be held at an aware moment")
    moment = at.astimezone(CITY_TZ)
    token = _frozen.set(moment)
    try:
        yield moment
    finally:
        _frozen.reset(token)
