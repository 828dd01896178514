"""Where the shipped city lies and on which day the tests load it."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from hotline.rules.vocabulary import CITY_TZ

DATA = Path(__file__).resolve().parents[2] / "data"
HEFEI = DATA / "hefei"
NOW = datetime(2026, 3, 16, 9, 42, tzinfo=CITY_TZ)
TODAY = NOW.date()
Edit = Callable[[str, str, str], None]


def day(text: str) -> date:
    """A date, short."""
    return date.fromisoformat(text)
