"""The holiday table of the repository as a calendar, and moments of the city, for every test of time."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from hypothesis import strategies as st

from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.workdays import Calendar, read_rows

ROOT: Final = Path(__file__).parents[2]
HOLIDAY_TABLE: Final = ROOT / "data/holidays/cn-2004-2026.csv"


@cache
def city_calendar() -> Calendar:
    """Every notice from 2004 to 2026."""
    return Calendar.from_rows(read_rows(HOLIDAY_TABLE.read_text(encoding="utf-8")))


def at(text: str) -> datetime:
    """A moment in city time: `2024-03-04 10:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=CITY_TZ)


FIRST: Final = at("2004-01-01 00:00")
LAST: Final = at("2035-12-31 23:59")
MOMENTS: Final = st.integers(0, (LAST - FIRST) // timedelta(minutes=1)).map(
    lambda minutes: FIRST + timedelta(minutes=minutes)
)
