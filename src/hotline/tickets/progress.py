"""How far a set of tickets has come: by unit, by stage and week by week, for campaigns over many tickets.

Only counts; which tickets they are is read under the reader's own view.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hotline.rules.vocabulary import CITY_TZ, TERMINAL, Rating
from hotline.tickets.models import Ticket

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class UnitShare:
    """One unit's part."""

    unit: str
    total: int
    ended: int


@dataclass(frozen=True)
class Week:
    """What ended in one week, and how many had ended by its end."""

    begins: date
    ended: int
    so_far: int


@dataclass(frozen=True)
class Progress:
    """The whole."""

    total: int
    ended: int
    overdue: int
    rated: int
    satisfied: int
    units: tuple[UnitShare, ...]
    weeks: tuple[Week, ...]

    @property
    def percent(self) -> int:
        """Ended ones in hundredths of all."""
        return 100 * self.ended // self.total if self.total else 0


def progress(numbers: Collection[str], *, since: datetime, until: datetime) -> Progress:
    """Figures of these tickets at `until`, with the weeks from `since` on."""
    columns = ("lead_unit", "stage", "closed_at", "last_at", "due_at", "rating")
    rows = list(Ticket.objects.filter(number__in=list(numbers)).values_list(*columns))
    ended = [(unit, closed or last) for unit, stage, closed, last, _, _ in rows if stage in TERMINAL]
    totals, finished = Counter(row[0] for row in rows), Counter(unit for unit, _ in ended)
    ratings = [rating for *_, rating in rows if rating is not None]
    late = [due for _, stage, _, _, due, _ in rows if stage not in TERMINAL and due is not None and due < until]
    return Progress(
        total=len(rows),
        ended=len(ended),
        overdue=len(late),
        rated=len(ratings),
        satisfied=sum(rating >= Rating.BASICALLY_SATISFIED for rating in ratings),
        units=tuple(UnitShare(unit, total, finished[unit]) for unit, total in totals.most_common() if unit),
        weeks=_weeks([at for _, at in ended], since, until),
    )


def _weeks(ended: list[datetime], since: datetime, until: datetime) -> tuple[Week, ...]:
    """From the Monday of the first week to the week that runs; what had ended before counts from the start."""
    first, last = _monday(since), _monday(until)
    found: list[Week] = []
    so_far = sum(_monday(at) < first for at in ended)
    while first <= last:
        now = sum(_monday(at) == first for at in ended)
        so_far += now
        found.append(Week(first, now, so_far))
        first += WEEK
    return tuple(found)


def _monday(at: datetime) -> date:
    day = at.astimezone(CITY_TZ).date()
    return day - timedelta(days=day.weekday())
