"""班次: the seats' shifts as the city lists them, and which one a moment lies in. Team leaders hand over by them.

A shift is written as 08:00-16:00; one that ends at or before its start runs over midnight.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from hotline.rules.vocabulary import CITY_TZ

WRITTEN: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*[-–—~～至]\s*([01]\d|2[0-4]):([0-5]\d)")
MINUTES: Final = 24 * 60


@dataclass(frozen=True)
class Shift:
    """One shift: its code and from when to when it runs."""

    code: str
    begins: time
    ends: time

    @property
    def hours(self) -> str:
        """08:00–16:00; a day's end is 24:00, as duty rosters say it."""
        ends = "24:00" if self.ends == time() else f"{self.ends:%H:%M}"
        return f"{self.begins:%H:%M}–{ends}"

    def span(self, day: date) -> tuple[datetime, datetime]:
        """From when to when the shift of that day runs."""
        begins = datetime.combine(day, self.begins, CITY_TZ)
        ends = datetime.combine(day, self.ends, CITY_TZ)
        return begins, ends if ends > begins else ends + timedelta(days=1)


@dataclass(frozen=True)
class Turn:
    """The shift of one day."""

    shift: Shift
    day: date


def parse_shift(code: str, text: str) -> Shift | None:
    """A shift as the city wrote it, or None for what is no span of hours."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    begin, begin_minute, end, end_minute = map(int, found.groups())
    if (end * 60 + end_minute) > MINUTES:
        return None
    return Shift(code, time(begin, begin_minute), time(end % 24, end_minute))


def turn_at(shifts: Iterable[Shift], at: datetime) -> Turn | None:
    """The shift that runs at a moment; of several the one that began last, as a handover is made when it ends."""
    local = at.astimezone(CITY_TZ)
    running = [
        (shift.span(day)[0], Turn(shift, day))
        for shift in shifts
        for day in (local.date() - timedelta(days=1), local.date())
        if shift.span(day)[0] <= local < shift.span(day)[1]
    ]
    return max(running, key=lambda found: found[0])[1] if running else None


def ending_at(shifts: Iterable[Shift], at: datetime, *, grace: timedelta = timedelta(hours=1)) -> Turn | None:
    """The shift that a leader hands over at a moment: within the grace after its end still the one that ended."""
    known = tuple(shifts)
    return turn_at(known, at - grace) or turn_at(known, at)
