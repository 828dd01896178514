"""Figures of quarrels about competence: who returns what, how long until one unit leads, what precedents saved.

The office reports them and units answer for them; the formulas stand in docs/rules/quarrels.md. Records come from
the ledger by way of quarrel_trails.py.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import combinations, groupby
from math import ceil
from typing import Final

from hotline.rules.vocabulary import CategoryCode, UnitCode
from hotline.rules.workdays import Calendar


class Step(StrEnum):
    """Where the lead of a matter was settled; the simulator of policies counts by the same steps."""

    FIRST = "first_dispatch"
    REFUSED = "return_refused"
    REASSIGNED = "reassigned"
    PRECEDENT = "precedent"
    MEDIATION = "mediation"
    QUICK = "quick_ruling"
    PANEL = "panel"
    OBJECTION = "after_objection"
    GOVERNMENT = "government"


@dataclass(frozen=True, kw_only=True)
class Returned:
    """One return of one ticket: whose, whom it proposed, and what the dispatcher found; None while nobody has."""

    unit: UnitCode
    proposed: UnitCode | None = None
    founded: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Trace:
    """One ticket's way to its lead.

    `given` are the units it was given to, in order. `settled_at` is the last decision on the lead that stands;
    `certain` when it can no longer be returned or objected to. `ownerless_since` only while nobody leads.
    """

    ticket: str
    category: CategoryCode
    dispatched_at: datetime
    given: tuple[UnitCode, ...] = ()
    returns: tuple[Returned, ...] = ()
    disputed_at: datetime | None = None
    settled_at: datetime | None = None
    step: Step | None = None
    certain: bool = False
    ownerless_since: datetime | None = None
    by_precedent: str = ""

    @property
    def went_straight(self) -> bool:
        """Sent by a precedent and kept for good without a return."""
        return bool(self.by_precedent) and self.certain and self.step is Step.PRECEDENT and not self.returns


def under_successors(traces: Iterable[Trace], heirs: Mapping[UnitCode, UnitCode]) -> tuple[Trace, ...]:
    """The same ways with each unit that is no more under the one that stands in for it on the day of the figures.

    What was given to the old unit and then to its successor was given once: the work has only changed its name.
    """
    if not heirs:
        return tuple(traces)
    return tuple(
        replace(
            trace,
            given=tuple(unit for unit, _ in groupby(heirs.get(unit, unit) for unit in trace.given)),
            returns=tuple(_under_successor(one, heirs) for one in trace.returns),
        )
        for trace in traces
    )


def _under_successor(one: Returned, heirs: Mapping[UnitCode, UnitCode]) -> Returned:
    proposed = heirs.get(one.proposed, one.proposed) if one.proposed else None
    return replace(one, unit=heirs.get(one.unit, one.unit), proposed=proposed)


# --- returns, founded and not ---


@dataclass(frozen=True, kw_only=True)
class UnitReturns:
    """Returns of one unit; `given` counts how often it was given a ticket."""

    unit: UnitCode
    given: int
    founded: int
    unfounded: int
    waiting: int

    @property
    def asked(self) -> int:
        """All returns."""
        return self.founded + self.unfounded + self.waiting

    @property
    def return_rate(self) -> Fraction | None:
        """Of the tickets given to it, how many it returned."""
        return share(self.asked, self.given)

    @property
    def unfounded_rate(self) -> Fraction | None:
        """Of the returns that were ruled on, how many were without reason; these count in assessment."""
        return share(self.unfounded, self.founded + self.unfounded)


@dataclass(frozen=True, kw_only=True)
class ReturnRow(UnitReturns):
    """Returns of one unit in one matter."""

    category: str


def returns_of_units(traces: Iterable[Trace]) -> tuple[UnitReturns, ...]:
    """Each unit that has returned anything, over all matters, most unfounded first: what assessment takes."""
    counted = returns_by(traces, digits=0)
    return tuple(
        UnitReturns(unit=row.unit, given=row.given, founded=row.founded, unfounded=row.unfounded, waiting=row.waiting)
        for row in counted
    )


def returns_by(traces: Iterable[Trace], *, digits: int = 6) -> tuple[ReturnRow, ...]:
    """Returns by unit and matter, most unfounded first; matters by so many digits of their category."""
    given: Counter[tuple[UnitCode, str]] = Counter()
    found: Counter[tuple[UnitCode, str, bool | None]] = Counter()
    for trace in traces:
        category = trace.category[:digits]
        given.update((unit, category) for unit in trace.given)
        found.update((one.unit, category, one.founded) for one in trace.returns)
    keys = {(unit, category) for unit, category, _ in found}
    rows = (
        ReturnRow(
            unit=unit,
            category=category,
            given=given[unit, category],
            founded=found[unit, category, True],
            unfounded=found[unit, category, False],
            waiting=found[unit, category, None],
        )
        for unit, category in keys
    )
    return tuple(sorted(rows, key=lambda row: (-row.unfounded, -row.asked, row.unit, row.category)))


def first_dispatch_accuracy(traces: Iterable[Trace]) -> Fraction | None:
    """Of the tickets whose lead is certain, how many stayed with the first unit and were never returned."""
    certain = [trace for trace in traces if trace.certain]
    kept = sum(len(trace.given) == 1 and not trace.returns and trace.disputed_at is None for trace in certain)
    return share(kept, len(certain))


# --- time to a settled lead ---


@dataclass(frozen=True, kw_only=True)
class Delay:
    """Working days from the first dispatch to the settled lead, over so many tickets."""

    tickets: int
    mean: Fraction | None = None
    median: Fraction | None = None
    p90: Fraction | None = None


def delay(traces: Iterable[Trace], calendar: Calendar) -> Delay:
    """How long it took; tickets whose lead is not certain yet are left out."""
    days = sorted(workdays_to_lead(trace, calendar) for trace in traces if trace.certain and trace.settled_at)
    if not days:
        return Delay(tickets=0)
    return Delay(tickets=len(days), mean=sum(days, Fraction()) / len(days), median=median(days), p90=at_most(days, P90))


def moved(traces: Iterable[Trace]) -> tuple[Trace, ...]:
    """Tickets that were returned or given to another unit: whose lead was not settled by the first dispatch."""
    return tuple(trace for trace in traces if trace.returns or len(trace.given) > 1)


def workdays_to_lead(trace: Trace, calendar: Calendar) -> Fraction:
    """Office time from the first dispatch to the settled lead, in working days of the city."""
    if trace.settled_at is None:
        raise ValueError(f"{trace.ticket} has no settled lead")
    return workdays_between(trace.dispatched_at, trace.settled_at, calendar)


def workdays_between(start: datetime, end: datetime, calendar: Calendar) -> Fraction:
    """Office time between two moments as a part of the city's working day."""
    second = timedelta(seconds=1)
    return Fraction(calendar.office_time_between(start, end) // second, calendar.office_day // second)


P90: Final = Fraction(9, 10)


def median(ordered: Sequence[Fraction]) -> Fraction:
    """The middle one of values in rising order, or the mean of the middle two."""
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2


def at_most(ordered: Sequence[Fraction], part: Fraction) -> Fraction:
    """The smallest of the values in rising order that so great a part does not exceed: one that really occurred."""
    return ordered[max(ceil(part * len(ordered)), 1) - 1]


# --- nobody's tickets ---


@dataclass(frozen=True, kw_only=True)
class Ownerless:
    """A ticket nobody leads now: for how long, and how long ago it was first dispatched, in working days."""

    ticket: str
    category: str
    disputed: bool
    since: datetime
    days: Fraction
    days_in_all: Fraction


def ownerless(traces: Iterable[Trace], *, now: datetime, calendar: Calendar) -> tuple[Ownerless, ...]:
    """Tickets without an owner now, the one that was dispatched first at the top."""
    rows = [
        (
            trace.dispatched_at,
            trace.ticket,
            Ownerless(
                ticket=trace.ticket,
                category=trace.category,
                disputed=trace.disputed_at is not None,
                since=trace.ownerless_since,
                days=workdays_between(trace.ownerless_since, now, calendar),
                days_in_all=workdays_between(trace.dispatched_at, now, calendar),
            ),
        )
        for trace in traces
        if trace.ownerless_since is not None
    ]
    return tuple(row for _, _, row in sorted(rows, key=lambda row: row[:2]))


# --- at which step ---


def settled_by_step(traces: Iterable[Trace]) -> Mapping[Step, int]:
    """How many leads were settled at each step; only those that are certain. Shares are parts of the sum."""
    counted = Counter(trace.step for trace in traces if trace.certain)
    return {step: counted[step] for step in Step}


# --- what precedents saved ---


@dataclass(frozen=True, kw_only=True)
class Saved:
    """Tickets a precedent sent straight × the former median delay; None when there is nothing to compare with."""

    precedent: str
    straight: int
    former: int
    former_median: Fraction | None

    @property
    def days(self) -> Fraction | None:
        """Working days."""
        return None if self.former_median is None else self.straight * self.former_median


def saved(traces: Iterable[Trace], alike: Callable[[str], Iterable[Trace]], calendar: Calendar) -> tuple[Saved, ...]:
    """What each precedent saved. `alike` gives the earlier tickets its rule would have caught, all of them.

    Not only those that came to a dispute: a ticket that nobody would have returned was not saved anything.
    """
    straight: Counter[str] = Counter()
    for trace in traces:
        if trace.by_precedent:
            straight[trace.by_precedent] += trace.went_straight
    rows = []
    for precedent, number in straight.items():
        former = delay((trace for trace in alike(precedent) if not trace.by_precedent), calendar)
        rows.append(Saved(precedent=precedent, straight=number, former=former.tickets, former_median=former.median))
    return tuple(sorted(rows, key=lambda row: (-(row.days or 0), row.precedent)))


# --- the map of quarrels ---


@dataclass(frozen=True, kw_only=True)
class PairRow:
    """Two units that dispute one kind of matter: in how many tickets, and how often each pointed at the other."""

    units: tuple[UnitCode, UnitCode]
    category: str
    tickets: int
    first_named_second: int
    second_named_first: int
    disputes: int


def quarrels(traces: Iterable[Trace], *, digits: int = 6) -> tuple[PairRow, ...]:
    """Which pairs of units dispute what, most tickets first.

    Two units quarrel over a ticket when both returned it, or one returned it and named the other.
    """
    tickets: dict[tuple[UnitCode, UnitCode, str], list[Trace]] = defaultdict(list)
    for trace in traces:
        for first, second in _pairs(trace):
            tickets[first, second, trace.category[:digits]].append(trace)
    rows = (
        PairRow(
            units=(first, second),
            category=category,
            tickets=len(found),
            first_named_second=sum(_named(trace, first, second) for trace in found),
            second_named_first=sum(_named(trace, second, first) for trace in found),
            disputes=sum(trace.disputed_at is not None for trace in found),
        )
        for (first, second, category), found in tickets.items()
    )
    return tuple(sorted(rows, key=lambda row: (-row.tickets, row.units, row.category)))


def _pairs(trace: Trace) -> set[tuple[UnitCode, UnitCode]]:
    returned = sorted({one.unit for one in trace.returns})
    named = {
        (min(one.unit, one.proposed), max(one.unit, one.proposed))
        for one in trace.returns
        if one.proposed and one.proposed != one.unit
    }
    return {*combinations(returned, 2), *named}


def _named(trace: Trace, unit: UnitCode, other: UnitCode) -> bool:
    return any(one.unit == unit and one.proposed == other for one in trace.returns)


def share(part: int, whole: int) -> Fraction | None:
    """A part of a whole; None of nothing."""
    return Fraction(part, whole) if whole else None
