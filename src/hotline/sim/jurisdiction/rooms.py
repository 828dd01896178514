"""The two rooms in which quarrels wait their turn: the city government's meeting and the joint panel.

Both hear first who came first, a limited number at a time, and only on days on which the city works.
"""

from bisect import bisect_left
from typing import Final

from hotline.sim.jurisdiction.axis import DAY, OfficeAxis, minutes
from hotline.sim.jurisdiction.parameters import Government

WEEK: Final = 7


class Meetings:
    """The city government's meetings. One that falls on a day off is held on the next working day."""

    def __init__(self, axis: OfficeAxis, government: Government) -> None:
        self._axis, self._rules = axis, government
        self._monday = -axis.first.weekday()
        self._held: list[int] = []
        self._week = 0
        self._open = 0
        self._taken: dict[int, int] = {}
        self.heard = 0
        self.waited = 0.0

    def book(self, ready: int) -> int:
        """The first meeting at or after that moment with a place left; ask in the order of the moments."""
        while not self._held or self._held[-1] < ready:
            self._plan()
        place = max(self._open, bisect_left(self._held, ready))
        while place >= len(self._held):
            self._plan()
        at = self._held[place]
        self._taken[place] = self._taken.get(place, 0) + 1
        if self._taken[place] == self._rules.capacity:
            self._open = place + 1
        self.heard += 1
        self.waited += self._axis.workdays(ready, at)
        return at

    def _plan(self) -> None:
        """The meetings of one more week."""
        if self._week % self._rules.every_weeks == 0:
            for weekday in sorted(self._rules.weekdays):
                day = self._monday + self._week * WEEK + weekday - 1
                at = self._axis.workday_from(day) * DAY + minutes(self._rules.at) if day >= 0 else -1
                if at > (self._held[-1] if self._held else -1):
                    self._held.append(at)
        self._week += 1


class Panels:
    """The joint panel: at most so many matters a working day, at once when the day has a place left."""

    def __init__(self, axis: OfficeAxis, per_day: int) -> None:
        self._axis, self._per_day = axis, per_day
        self._taken: dict[int, int] = {}
        self.heard = 0
        self.waited = 0.0

    def book(self, ready: int) -> int:
        """When a matter is heard that is ready at that moment; ask in the order of the moments."""
        today = ready // DAY
        day = self._axis.workday_from(today)
        while self._taken.get(day, 0) >= self._per_day:
            day = self._axis.workday_from(day + 1)
        self._taken[day] = self._taken.get(day, 0) + 1
        at = ready if day == today else day * DAY + self._axis.opens
        self.heard += 1
        self.waited += self._axis.workdays(ready, at)
        return at
