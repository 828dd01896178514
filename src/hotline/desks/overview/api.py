"""The figures of quarrels for other systems; the permission is that of the page. Counts and codes, nobody's words."""

from enum import IntEnum
from typing import Any, Final

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hotline.desks.overview.quarrel_figures import READERS, Figures, figures
from hotline.plumbing.clock import now
from hotline.rules.messages import Refusal
from hotline.rules.quarrels import Step
from hotline.tickets.acting.api import DENIED, READING, UNPROCESSABLE, answers, misspelt, refused, refusing
from hotline.tickets.acting.api_values import At
from hotline.tickets.acting.names import books_of
from hotline.tickets.acting.person import actor_of

router = Router(tags=["总览 / overview"])
MOST: Final = 500


class Span(IntEnum):
    """Days that the figures can look back over: those of the page."""

    MONTH = 30
    QUARTER = 90
    YEAR = 365


class QuarrelsIn(Schema):
    """How far back."""

    days: Span = Field(default=Span.MONTH, description="近多少天 / days to look back")


class QuarrelUnitOut(Schema):
    """Returns of one unit, over all matters. Unfounded ones count in assessment."""

    unit: str
    given: int
    founded: int
    unfounded: int
    waiting: int


class ReturnsOut(QuarrelUnitOut):
    """Returns of one unit in one matter."""

    category: str


class NobodysOut(Schema):
    """A ticket that nobody leads now; days are working days."""

    ticket: str
    category: str
    disputed: bool
    since: At
    days: float
    days_in_all: float


class StepOut(Schema):
    """How many leads were settled at a step."""

    step: Step
    tickets: int


class SavedOut(Schema):
    """What a precedent saved; null where there is nothing to compare with."""

    rule: str
    straight: int
    former: int
    former_median: float | None
    days: float | None


class PairOut(Schema):
    """Two units that dispute a matter, and how often each pointed at the other."""

    units: list[str]
    category: str
    tickets: int
    first_named_second: int
    second_named_first: int
    disputes: int


class QuarrelsOut(Schema):
    """Figures over tickets that came in within the time; formulas: docs/rules/quarrels.md. Days are working days."""

    since: At
    until: At
    tickets: int
    certain: int
    first_dispatch_accuracy: float | None
    mean_days: float | None
    median_days: float | None
    p90_days: float | None
    moved_tickets: int
    moved_median_days: float | None
    units: list[QuarrelUnitOut]
    returns: list[ReturnsOut]
    nobodys: list[NobodysOut]
    steps: list[StepOut]
    saved: list[SavedOut]
    pairs: list[PairOut]


@router.get(
    "/quarrels",
    operation_id="read_quarrels",
    url_name="read_quarrels",
    summary="争议统计 / figures of quarrels",
    **answers(QuarrelsOut, (*READING, DENIED)),
)
def read_quarrels(request: HttpRequest, where: Query[QuarrelsIn]) -> Status[dict[str, Any]]:
    """For the director, auditors and supervisors. Lists are cut at 500 rows, the largest first."""
    unknown = misspelt(request.GET, QuarrelsIn)
    if unknown:
        return Status(UNPROCESSABLE, refused(request, unknown))
    actor, moment = actor_of(request), now()
    if not actor.roles & READERS:
        return refusing(request, (Refusal("access.denied", {}),))
    found = figures(actor=actor, days=where.days, book=books_of(request).at(moment), now=moment)
    return Status(200, _said(found))


def _said(found: Figures) -> dict[str, Any]:
    return {
        "since": found.since,
        "until": found.until,
        "tickets": found.tickets,
        "certain": found.certain,
        "first_dispatch_accuracy": _number(found.accuracy),
        "mean_days": _number(found.delay.mean),
        "median_days": _number(found.delay.median),
        "p90_days": _number(found.delay.p90),
        "moved_tickets": found.delay_of_moved.tickets,
        "moved_median_days": _number(found.delay_of_moved.median),
        "units": _rows(found.units[:MOST], QuarrelUnitOut),
        "returns": _rows(found.returns[:MOST], ReturnsOut),
        "nobodys": [
            {**row, "days": float(row["days"]), "days_in_all": float(row["days_in_all"])}
            for row in _rows(found.owned_by_nobody[:MOST], NobodysOut)
        ],
        "steps": [{"step": step, "tickets": count} for step, count in found.steps.items()],
        "saved": [
            {
                "rule": row.precedent,
                "straight": row.straight,
                "former": row.former,
                "former_median": _number(row.former_median),
                "days": _number(row.days),
            }
            for row in found.saved[:MOST]
        ],
        "pairs": [{**row, "units": list(row["units"])} for row in _rows(found.pairs[:MOST], PairOut)],
    }


def _rows(rows: tuple[Any, ...], shape: type[Schema]) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in shape.model_fields} for row in rows]


def _number(value: Any) -> float | None:
    return None if value is None else round(float(value), 4)
