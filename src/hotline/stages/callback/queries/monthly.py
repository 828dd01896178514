"""回访月报: each unit's callbacks of a month. A closed month is read as it was written down, the running one anew.

A unit reads its own and those below it. There is no word here of who asked, nor what they said: only the answers.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.rules.callback_figures import Answered, Figures, figures, percent
from hotline.rules.lifecycle import Actor
from hotline.rules.visibility import View, view_of
from hotline.rules.vocabulary import CITY_TZ, Rating, Resolution
from hotline.rules.words import word
from hotline.stages.callback.models import MonthClosed, MonthLine
from hotline.tickets.acting.names import Names
from hotline.tickets.outcomes import callback_endings
from hotline.tickets.queries import in_view
from hotline.tickets.rulebook import rulebook

MONTH: Final = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
MONTHS_SHOWN: Final = 24
LINES_SHOWN: Final = 100
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula."""


@dataclass(frozen=True)
class UnitFigures:
    """One unit's row, in words."""

    unit: str
    name: str
    f: Figures
    response: str
    resolution: str
    satisfaction: str
    ratings: tuple[int, ...]
    causes: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class MonthCallback:
    """One callback of the list, in words."""

    number: str
    title: str
    unit: str
    at: datetime
    outcome: str
    by_message: bool
    responded: bool | None
    resolution: str
    rating: str
    cause: str


@dataclass(frozen=True)
class MonthPage:
    """The month as this reader may see it. `closed_at` None: the month still runs."""

    month: str
    closed_at: datetime | None
    rows: tuple[UnitFigures, ...]
    total: UnitFigures
    lines: tuple[MonthCallback, ...]
    more: int
    unit: str


def bounds(month: str) -> tuple[datetime, datetime] | None:
    """The first moment of a month and of the next, in city time; None for what is no month."""
    found = MONTH.fullmatch(month)
    if found is None:
        return None
    begins = datetime(int(found[1]), int(found[2]), 1, tzinfo=CITY_TZ)
    return begins, (begins + timedelta(days=32)).replace(day=1)


def month_of(now: datetime) -> str:
    """The running month."""
    return f"{now.astimezone(CITY_TZ):%Y-%m}"


def month_before(now: datetime) -> str:
    """The month before the running one."""
    return f"{now.astimezone(CITY_TZ).replace(day=1) - timedelta(days=1):%Y-%m}"


def months(now: datetime) -> tuple[tuple[str, bool], ...]:
    """Months that can be opened, newest first, and whether each is closed."""
    closed = MonthClosed.objects.order_by("-month").values_list("month", flat=True)[:MONTHS_SHOWN]
    open_ones = {month_of(now), month_before(now)} - set(closed)
    return tuple((month, False) for month in sorted(open_ones, reverse=True)) + tuple((m, True) for m in closed)


def lines_of(month: str) -> list[MonthLine]:
    """The month's callbacks worked out from the ledger, not stored."""
    span = bounds(month)
    if span is None:
        raise ValueError(month)
    return [
        MonthLine(
            month=month,
            unit=one.unit,
            ticket_id=one.ticket_id,
            seq=one.seq,
            at=one.at,
            outcome=one.outcome,
            by="citizen" if one.by_citizen else "officer",
            responded=one.responded,
            resolution=one.resolution,
            rating=one.rating,
            cause=one.cause,
        )
        for one in callback_endings(*span)
    ]


def month_page(
    month: str, *, actor: Actor, known: Names, lang: str, now: datetime, unit: str = "", most: int | None = LINES_SHOWN
) -> MonthPage | None:
    """The list for this reader, of one unit when it is named; None for a month that has not begun."""
    span = bounds(month)
    if span is None or span[0] > now:
        return None
    closed = MonthClosed.objects.filter(month=month).first()
    every = list(MonthLine.objects.filter(month=month).order_by("at", "pk")) if closed else lines_of(month)
    mine = [line for line in every if _for(line, view_of(actor))]
    chosen = [line for line in mine if line.unit == unit] if unit else mine
    weight = rulebook(now=min(now, span[1] - timedelta(seconds=1))).profile.partly_resolved_weight
    by_unit: dict[str, list[MonthLine]] = {}
    for line in chosen:
        by_unit.setdefault(line.unit, []).append(line)
    rows = [_row(code, lines, weight, known, lang) for code, lines in by_unit.items()]
    return MonthPage(
        month=month,
        closed_at=closed.closed_at if closed else None,
        rows=tuple(sorted(rows, key=lambda row: (-row.f.callbacks, row.unit))),
        total=_row("", chosen, weight, known, lang),
        lines=tuple(_lines(chosen[:most], known, lang)),
        more=max(len(chosen) - most, 0) if most is not None else 0,
        unit=known.unit(unit, lang),
    )


def _for(line: MonthLine, view: View) -> bool:
    return view.everything or line.unit in view.units


def _row(code: str, lines: Sequence[MonthLine], weight: float, known: Names, lang: str) -> UnitFigures:
    f = figures(map(_answered, lines), partly_weight=weight)
    return UnitFigures(
        unit=code,
        name=known.unit(code, lang),
        f=f,
        response=percent(f.response_rate),
        resolution=percent(f.resolution_rate),
        satisfaction=percent(f.satisfaction_rate),
        ratings=tuple(f.ratings.get(rating, 0) for rating in sorted(Rating, reverse=True)),
        causes=tuple(
            (known.reason("dissatisfied", cause, lang), count)
            for cause, count in sorted(f.causes.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
    )


def _answered(line: MonthLine) -> Answered:
    return Answered(
        outcome=line.outcome,
        responded=line.responded,
        resolution=Resolution(line.resolution) if line.resolution else None,
        rating=Rating(line.rating) if line.rating else None,
        cause=line.cause,
    )


def _lines(lines: Sequence[MonthLine], known: Names, lang: str) -> Iterator[MonthCallback]:
    titles = _titles([line.ticket_id for line in lines])
    for line in lines:
        number, title = titles[line.ticket_id]
        yield MonthCallback(
            number=number,
            title=title,
            unit=known.unit(line.unit, lang),
            at=line.at,
            outcome=line.outcome,
            by_message=line.by == "citizen",
            responded=line.responded,
            resolution=word(f"resolution.{line.resolution}", lang) if line.resolution else "",
            rating=word(f"rating.{line.rating}", lang) if line.rating else "",
            cause=known.reason("dissatisfied", line.cause, lang) if line.cause else "",
        )


def _titles(ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    rows = in_view(View(everything=True)).filter(pk__in=set(ids)).values_list("pk", "number", "title")
    return {pk: (number, title) for pk, number, title in rows}


def sheet(head: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """A table as spreadsheets open it: with the mark that tells UTF-8, and nothing that is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    said = str(value)
    return f"'{said}" if said.startswith(DANGEROUS) else said
