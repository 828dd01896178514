"""The parked list for other systems: the same rows, plans and limits as on the pages; what is done to them are the
acts of the handling stage.
"""

from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from hotline.plumbing.clock import now
from hotline.rules.messages import Refusal
from hotline.rules.parking import Standing
from hotline.rules.visibility import view_of
from hotline.tickets.acting import api_values as values
from hotline.tickets.acting.api import (
    DENIED,
    NOT_FOUND,
    READING,
    READING_ONE,
    UNPROCESSABLE,
    answers,
    misspelt,
    refused,
)
from hotline.tickets.acting.api_values import CODE, counted, member
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.parked import ParkedRow, one, parked

router = Router(tags=["挂账 / parking"])
MOST: Final = 200
FURTHEST: Final = 1000


class ParkedOut(Schema):
    """One parked matter: the plan in force, or the one that is asked for."""

    number: str
    title: str
    stage: str
    lead_unit: str
    standing: str
    cause: str
    cause_name: str
    plan: str
    responsible: str
    finish_on: date | None
    review_on: date | None
    parked_at: datetime | None
    due_at: datetime | None
    reviews: int
    new_plan_asked: bool
    ended_at: datetime | None


class ParkedListOut(Schema):
    """One page; `next` is the number of the following page."""

    parked: list[ParkedOut]
    next: int | None


class ParkedIn(Schema):
    """Which ones; those due for review first, of those that have left the list the last."""

    standing: member(Standing) = Field(default=Standing.PARKED, description="进度 / standing")  # type: ignore[valid-type]  # made from the closed list
    cause: values.text(CODE) = Field(default="", description="挂账原因 / cause (GET /reference/codelists: park)")  # type: ignore[valid-type]  # made with its length
    unit: values.text(CODE) = Field(default="", description="主办单位，含下级 / lead unit with those below it")  # type: ignore[valid-type]  # see before
    page: counted(1, FURTHEST) = Field(default=1, description="第几页 / page")  # type: ignore[valid-type]  # made with its bounds
    limit: counted(1, MOST) = Field(default=50, description="一页多少条 / how many a page")  # type: ignore[valid-type]  # see before


@router.get(
    "",
    operation_id="list_parked",
    url_name="list_parked",
    summary="查询挂账清单 / list what is parked",
    **answers(ParkedListOut, (*READING, DENIED)),
)
def list_parked(request: HttpRequest, where: Query[ParkedIn]) -> Status[dict[str, Any]]:
    """The parked list as far as it is for the caller."""
    unknown = misspelt(request.GET, ParkedIn)
    if unknown:
        return Status(UNPROCESSABLE, refused(request, unknown))
    actor = actor_of(request)
    if view_of(actor).nothing:
        return Status(DENIED, refused(request, [Refusal("access.denied", {})]))
    found = parked(
        actor=actor,
        now=now(),
        standing=where.standing,
        units=names_of(request).covered(where.unit) if where.unit else (),
        cause=where.cause,
        page=where.page,
        limit=where.limit,
    )
    following = where.page + 1 if found.more else None
    return Status(200, {"parked": [_said(request, row) for row in found.rows], "next": following})


@router.get(
    "/{number}",
    operation_id="read_parked",
    url_name="read_parked",
    summary="查看一件挂账 / read one parked matter",
    **answers(ParkedOut, READING_ONE),
)
def read_parked(request: HttpRequest, number: values.Number) -> Status[dict[str, Any]]:
    """One matter of the list, whatever its standing."""
    row = one(number, actor=actor_of(request), now=now())
    if row is None:
        return Status(NOT_FOUND, refused(request, [Refusal("park.not_found")]))
    return Status(200, _said(request, row))


def _said(request: HttpRequest, row: ParkedRow) -> dict[str, Any]:
    plan = row.plan
    return {
        "number": row.number,
        "title": row.title,
        "stage": row.stage,
        "lead_unit": row.lead_unit,
        "standing": row.standing.value,
        "cause": plan.cause if plan else "",
        "cause_name": names_of(request).reason("park", plan.cause, lang_of(request)) if plan else "",
        "plan": row.words,
        "responsible": row.responsible,
        "finish_on": plan.finish_on if plan else None,
        "review_on": plan.review_on if plan else None,
        "parked_at": row.since,
        "due_at": row.due_at,
        "reviews": row.reviews,
        "new_plan_asked": row.anew,
        "ended_at": row.ended_at,
    }
