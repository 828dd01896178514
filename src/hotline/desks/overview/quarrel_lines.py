"""The figures of quarrels in words, and the map of quarrels as a table and as a drawing of squares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import combinations
from typing import Final

from django.utils.translation import gettext as _

from hotline.desks.overview.quarrel_figures import Figures
from hotline.rules.quarrels import PairRow, Step, UnitReturns
from hotline.tickets.acting.names import Names

MOST_ROWS: Final = 50
MOST_UNITS: Final = 12
"""Units on the drawing; the table has all pairs."""
SQUARE: Final = 26
MARGIN: Final = 130
"""Room for the last name, which stands to the right of its row."""
SHADES: Final = 4


@dataclass(frozen=True)
class ReturnLine:
    """Returns of one unit, in one matter or in all."""

    unit: str
    matter: str
    given: int
    founded: int
    unfounded: int
    waiting: int
    rate: str
    unfounded_rate: str


@dataclass(frozen=True)
class NobodyLine:
    """A ticket without an owner, its days in words."""

    ticket: str
    matter: str
    disputed: bool
    since: datetime
    days: str
    in_all: str


@dataclass(frozen=True)
class StepLine:
    """How many leads were settled at a step; `percent` is the length of its bar."""

    name: str
    count: int
    share: str
    percent: int


@dataclass(frozen=True)
class SavedLine:
    """What a precedent saved, or that there is nothing to compare with."""

    precedent: str
    title: str
    straight: int
    former: int
    median: str
    days: str


@dataclass(frozen=True)
class PairLine:
    """Two units and the matter they dispute."""

    first: str
    second: str
    matter: str
    tickets: int
    first_named: int
    second_named: int
    disputes: int


@dataclass(frozen=True)
class Square:
    """One square of the drawing: two units, how many tickets, and its shade from 1 to 4."""

    x: int
    y: int
    shade: int
    tickets: int
    said: str


@dataclass(frozen=True)
class Blank:
    """Two units that dispute nothing."""

    x: int
    y: int


@dataclass(frozen=True)
class Label:
    """A unit's name on the diagonal: right of its row of squares and above its column."""

    name: str
    x: int
    y: int


@dataclass(frozen=True)
class Drawing:
    """The map of quarrels: a square for each pair of units, darker the more tickets they dispute."""

    labels: tuple[Label, ...]
    squares: tuple[Square, ...]
    blanks: tuple[Blank, ...]

    @property
    def width(self) -> int:
        """Of the drawing."""
        return MARGIN + SQUARE * len(self.labels)

    @property
    def height(self) -> int:
        """Of the drawing."""
        return SQUARE * len(self.labels)


@dataclass(frozen=True)
class QuarrelPage:
    """The whole page."""

    since: datetime
    until: datetime
    tickets: int
    certain: int
    accuracy: str
    mean: str
    median: str
    p90: str
    moved: int
    moved_median: str
    units: tuple[ReturnLine, ...]
    returns: tuple[ReturnLine, ...]
    nobodys: tuple[NobodyLine, ...]
    nobodys_in_all: int
    steps: tuple[StepLine, ...]
    saved: tuple[SavedLine, ...]
    pairs: tuple[PairLine, ...]
    drawing: Drawing


def step_word(step: Step) -> str:
    """Where a lead was settled, in words."""
    return {
        Step.FIRST: _("首次派单"),
        Step.REFUSED: _("退单不成立"),
        Step.REASSIGNED: _("改派"),
        Step.PRECEDENT: _("先例"),
        Step.MEDIATION: _("调解"),
        Step.QUICK: _("先办裁定"),
        Step.PANEL: _("会办裁定"),
        Step.OBJECTION: _("异议后裁定"),
        Step.GOVERNMENT: _("市政府决定"),
    }[step]


def quarrel_page(found: Figures, known: Names, lang: str) -> QuarrelPage:
    """The figures as the page shows them."""
    return QuarrelPage(
        since=found.since,
        until=found.until,
        tickets=found.tickets,
        certain=found.certain,
        accuracy=percent(found.accuracy),
        mean=days(found.delay.mean),
        median=days(found.delay.median),
        p90=days(found.delay.p90),
        moved=found.delay_of_moved.tickets,
        moved_median=days(found.delay_of_moved.median),
        units=tuple(_return(row, "", known, lang) for row in found.units[:MOST_ROWS]),
        returns=tuple(
            _return(row, known.category(row.category, lang), known, lang) for row in found.returns[:MOST_ROWS]
        ),
        nobodys=tuple(
            NobodyLine(
                ticket=row.ticket,
                matter=known.category(row.category, lang),
                disputed=row.disputed,
                since=row.since,
                days=days(row.days),
                in_all=days(row.days_in_all),
            )
            for row in found.owned_by_nobody[:MOST_ROWS]
        ),
        nobodys_in_all=len(found.owned_by_nobody),
        steps=tuple(_steps(found)),
        saved=tuple(
            SavedLine(
                precedent=row.precedent,
                title=found.titles.get(row.precedent, ""),
                straight=row.straight,
                former=row.former,
                median=days(row.former_median),
                days=days(row.days),
            )
            for row in found.saved
        ),
        pairs=tuple(_pair(row, known, lang) for row in found.pairs[:MOST_ROWS]),
        drawing=drawing(found.pairs, known, lang),
    )


def percent(share: Fraction | None) -> str:
    """A share to one place, a dash where there is nothing to share."""
    return "—" if share is None else f"{float(100 * share):.1f}%"


def days(number: Fraction | None) -> str:
    """Working days to one place."""
    return "—" if number is None else f"{float(number):.1f}"


def _return(row: UnitReturns, matter: str, known: Names, lang: str) -> ReturnLine:
    return ReturnLine(
        unit=known.unit(row.unit, lang),
        matter=matter,
        given=row.given,
        founded=row.founded,
        unfounded=row.unfounded,
        waiting=row.waiting,
        rate=percent(row.return_rate),
        unfounded_rate=percent(row.unfounded_rate),
    )


def _steps(found: Figures) -> Iterable[StepLine]:
    whole = sum(found.steps.values())
    for step, count in found.steps.items():
        share = Fraction(count, whole) if whole else None
        yield StepLine(step_word(step), count, percent(share), round(100 * (share or 0)))


def _pair(row: PairRow, known: Names, lang: str) -> PairLine:
    first, second = row.units
    return PairLine(
        first=known.unit(first, lang),
        second=known.unit(second, lang),
        matter=known.category(row.category, lang),
        tickets=row.tickets,
        first_named=row.first_named_second,
        second_named=row.second_named_first,
        disputes=row.disputes,
    )


def drawing(pairs: Sequence[PairRow], known: Names, lang: str) -> Drawing:
    """Squares for the units that quarrel most; each pair stands once, all its matters together."""
    together: dict[tuple[str, str], int] = {}
    weight: dict[str, int] = {}
    for row in pairs:
        together[row.units] = together.get(row.units, 0) + row.tickets
        for unit in row.units:
            weight[unit] = weight.get(unit, 0) + row.tickets
    units = sorted(weight, key=lambda unit: (-weight[unit], unit))[:MOST_UNITS]
    place = {unit: at for at, unit in enumerate(units)}
    most = max(together.values(), default=1)
    squares = []
    for (first, second), tickets in together.items():
        if first in place and second in place:
            low, high = sorted((place[first], place[second]))
            said = _("%(first)s 与 %(second)s：%(tickets)s 件") % {
                "first": known.unit(units[low], lang),
                "second": known.unit(units[high], lang),
                "tickets": tickets,
            }
            shade = max(1, -(-SHADES * tickets // most))
            squares.append(Square(SQUARE * low, SQUARE * high, shade, tickets, said))
    labels = tuple(Label(known.unit(unit, lang), SQUARE * at + 4, SQUARE * at) for unit, at in place.items())
    taken = {(square.x, square.y) for square in squares}
    below = ((SQUARE * low, SQUARE * high) for low, high in combinations(range(len(units)), 2))
    blanks = tuple(Blank(x, y) for x, y in below if (x, y) not in taken)
    return Drawing(labels=labels, squares=tuple(sorted(squares, key=lambda one: (one.y, one.x))), blanks=blanks)
