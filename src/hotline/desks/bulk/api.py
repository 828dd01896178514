"""Dispatching several tickets in one call, for systems that gather alike requests. Each ticket is judged by itself."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, create_model

from hotline.desks.bulk.commands import MOST, Chosen, perform_each
from hotline.plumbing.clock import now
from hotline.rules.acts import Dispatch
from hotline.rules.lifecycle import TABLE
from hotline.rules.messages import Refusal
from hotline.rules.words import word
from hotline.tickets.acting.api import (
    OPENING,
    RefusalOut,
    Strict,
    TicketOut,
    answers,
    body_of,
    refused,
    refusing,
)
from hotline.tickets.acting.api_values import LARGEST, Number, whole
from hotline.tickets.acting.person import actor_of, lang_of

WHO = frozenset(role for row in TABLE if row.act is Dispatch for role in row.roles)

router = Router(tags=["② 转办"])


class ChosenIn(Strict):
    """One ticket; with the version that was seen nothing is done if it has moved on."""

    number: Number
    version: whole(0, LARGEST) | None = None  # type: ignore[valid-type]  # made with its bounds


class RefusedOut(Schema):
    """A ticket on which nothing was done, and why."""

    number: str
    refusals: list[RefusalOut]


class BulkOut(Schema):
    """What came of each ticket."""

    done: list[TicketOut]
    refused: list[RefusedOut]


_TICKETS: Any = (
    list[ChosenIn],
    Field(min_length=1, max_length=MOST, description="工单，一次最多50件 / tickets, fifty at most"),
)
BulkDispatchIn = create_model(
    "BulkDispatchIn", __base__=body_of(Dispatch, version=False), __doc__=Dispatch.__doc__, tickets=_TICKETS
)


@router.post(
    "/bulk",
    operation_id="dispatch_bulk",
    url_name="dispatch_bulk",
    summary="批量转办 / dispatch several",
    **answers(BulkOut, OPENING),
)
def dispatch_bulk(request: HttpRequest, data: BulkDispatchIn) -> Status[dict[str, Any]]:  # type: ignore[valid-type]  # made from the act
    """Dispatch each ticket to the same unit; the answer says for each whether it was done, or why not."""
    actor, lang = actor_of(request), lang_of(request)
    if not actor.roles & WHO:
        return refusing(request, (Refusal("act.role_denied", {"act": Dispatch.name}),))
    given = data.model_dump(exclude={"tickets"})  # type: ignore[attr-defined]  # see above
    chosen = [Chosen(one.number, one.version) for one in data.tickets]  # type: ignore[attr-defined]  # see above
    results = perform_each(chosen=chosen, act=Dispatch(**given), actor=actor, now=now())
    if results.refusals:
        return refusing(request, results.refusals)
    done = [
        {name: getattr(outcome.ticket, name) for name in TicketOut.model_fields if name != "stage_name"}
        | {"stage_name": word(f"stage.{outcome.ticket.stage}", lang)}
        for _, outcome in results.outcomes
        if outcome.ok and outcome.ticket is not None
    ]
    away = [{"number": number, **refused(request, outcome.refusals)} for number, outcome in results.refused]
    return Status(200, {"done": done, "refused": away})
