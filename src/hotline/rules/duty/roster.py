"""Who is on duty: a weekly pattern, single turns that stand in its place, and the hours that nobody covers.

Dispatchers ring by it at night; units read where their roster has holes: "10月3日夜间无人值班". Every hour of the week
must be covered by a day or night turn; on days that are not worked a leader must be named too (带班领导; ours, P).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.workdays import Calendar

DAY_BEGINS: Final = time(8)
NIGHT_BEGINS: Final = time(18)
ONE_DAY: Final = timedelta(days=1)
LONGEST: Final = timedelta(days=31)
"""No turn of one person is longer: a slip of the keyboard must not cover a year."""


class DutyKind(StrEnum):
    """What somebody is on duty as."""

    DAY = "day"
    NIGHT = "night"
    LEADER = "leader"


DESK: Final = frozenset({DutyKind.DAY, DutyKind.NIGHT})
"""Kinds that answer the telephone; a leader is rung when they do not."""


class Part(StrEnum):
    """Which part of a day a hole lies in."""

    DAY = "day"
    NIGHT = "night"


@dataclass(frozen=True)
class Weekly:
    """The same person on the same days of each week, Monday being 0; a turn that ends at or before its start runs over
    midnight. The last day is not included.
    """

    kind: DutyKind
    weekdays: frozenset[int]
    begins: time
    ends: time
    name: str
    phone: str
    since: date
    until: date | None = None
    row: int = 0

    def on(self, day: date) -> "Turn | None":
        """The turn that begins on that day."""
        if day.weekday() not in self.weekdays or day < self.since or (self.until is not None and day >= self.until):
            return None
        begins = datetime.combine(day, self.begins, CITY_TZ)
        ends = datetime.combine(day, self.ends, CITY_TZ)
        return Turn(self.kind, begins, ends if ends > begins else ends + ONE_DAY, self.name, self.phone, row=self.row)


@dataclass(frozen=True)
class Turn:
    """One person on duty from one moment to another. `single` ones stand in the place of the weekly pattern."""

    kind: DutyKind
    begins: datetime
    ends: datetime
    name: str
    phone: str
    single: bool = False
    row: int = 0

    def holds(self, at: datetime) -> bool:
        """Whether it runs at that moment."""
        return self.begins <= at < self.ends


@dataclass(frozen=True)
class Hole:
    """A stretch of one part of one day in which nobody is on duty; `whole` when it is all of that part."""

    leader: bool
    day: date
    part: Part
    begins: datetime
    ends: datetime
    whole: bool


@dataclass(frozen=True)
class Roster:
    """One unit's roster."""

    weekly: tuple[Weekly, ...] = ()
    single: tuple[Turn, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was ever planned."""
        return not self.weekly and not self.single

    def turns(self, begins: datetime, ends: datetime) -> tuple[Turn, ...]:
        """All turns that touch that time, in order; of the pattern only what no single turn of its group replaces."""
        single = [turn for turn in self.single if turn.begins < ends and turn.ends > begins]
        weekly = [part for turn in self._pattern(begins, ends) for part in _left(turn, single)]
        touching = [turn for turn in weekly if turn.begins < ends and turn.ends > begins]
        return tuple(sorted([*single, *touching], key=_order))

    def at(self, moment: datetime) -> tuple[Turn, ...]:
        """Everybody on duty at that moment: those at the telephone first, then the leader."""
        now = [turn for turn in self.turns(moment, moment + timedelta(microseconds=1)) if turn.holds(moment)]
        return tuple(sorted(now, key=lambda turn: (turn.kind is DutyKind.LEADER, not turn.single, *_order(turn))))

    def holes(self, begins: datetime, ends: datetime, calendar: Calendar) -> tuple[Hole, ...]:
        """Where nobody answers, and where no leader stands on a day that is not worked."""
        turns = self.turns(begins, ends)
        desk = [turn for turn in turns if turn.kind in DESK]
        leaders = [turn for turn in turns if turn.kind is DutyKind.LEADER]
        found = [
            hole
            for part, day, first, last in _parts(begins, ends)
            for hole in (
                *_uncovered(desk, part, day, first, last, leader=False),
                *(() if calendar.is_workday(day) else _uncovered(leaders, part, day, first, last, leader=True)),
            )
        ]
        return tuple(found)

    def _pattern(self, begins: datetime, ends: datetime) -> Iterator[Turn]:
        day, last = (begins - ONE_DAY).astimezone(CITY_TZ).date(), ends.astimezone(CITY_TZ).date()
        while day <= last:
            yield from (turn for weekly in self.weekly if (turn := weekly.on(day)) is not None)
            day += ONE_DAY


def _order(turn: Turn) -> tuple[datetime, datetime, str, str]:
    return turn.begins, turn.ends, turn.kind.value, turn.name


def _left(turn: Turn, single: Iterable[Turn]) -> Iterator[Turn]:
    """What is left of a weekly turn beside the single turns that replace it: leaders replace leaders only."""
    leader = turn.kind is DutyKind.LEADER
    covers = [one for one in single if (one.kind is DutyKind.LEADER) == leader]
    for begins, ends in _free(covers, turn.begins, turn.ends):
        yield Turn(turn.kind, begins, ends, turn.name, turn.phone, row=turn.row)


def _free(turns: Iterable[Turn], begins: datetime, ends: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The stretches between two moments that no turn covers."""
    reached = begins
    for turn in sorted(turns, key=_order):
        if turn.ends <= reached or turn.begins >= ends:
            continue
        if turn.begins > reached:
            yield reached, turn.begins
        reached = max(reached, turn.ends)
    if reached < ends:
        yield reached, ends


def _parts(begins: datetime, ends: datetime) -> Iterator[tuple[Part, date, datetime, datetime]]:
    """Days and nights between two moments; a night belongs to the day on which it begins."""
    day = begins.astimezone(CITY_TZ).date() - ONE_DAY
    while datetime.combine(day, DAY_BEGINS, CITY_TZ) < ends:
        edges = (
            datetime.combine(day, DAY_BEGINS, CITY_TZ),
            datetime.combine(day, NIGHT_BEGINS, CITY_TZ),
            datetime.combine(day + ONE_DAY, DAY_BEGINS, CITY_TZ),
        )
        for part, first, last in ((Part.DAY, edges[0], edges[1]), (Part.NIGHT, edges[1], edges[2])):
            if first < ends and last > begins:
                yield part, day, max(first, begins), min(last, ends)
        day += ONE_DAY


def _uncovered(
    turns: Sequence[Turn], part: Part, day: date, first: datetime, last: datetime, *, leader: bool
) -> Iterator[Hole]:
    for begins, ends in _free(turns, first, last):
        yield Hole(leader, day, part, begins, ends, whole=(begins, ends) == (first, last))
