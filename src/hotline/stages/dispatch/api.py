"""The dispatch stage's acts for other systems, and the units that would be suggested for a ticket."""

from typing import Any

from django.http import HttpRequest
from ninja import Schema, Status

from hotline.plumbing.clock import now
from hotline.rules.acts import Dispatch
from hotline.rules.messages import Refusal
from hotline.rules.suggesting import Level
from hotline.rules.vocabulary import Finding
from hotline.search.suggested import Offer, offers
from hotline.stages.dispatch.queries import DISPATCHING, suggestions
from hotline.stages.dispatch.stage_acts import ACTS
from hotline.tickets.access import TicketRefused, look_at
from hotline.tickets.acting.api import DENIED, READING_ONE, act_router, answers, refusing
from hotline.tickets.acting.api_values import Number
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import actor_of, lang_of


class SuggestedTaskOut(Schema):
    """A task that a line of the directory gives by itself once it was followed; `after` is what must be found first."""

    unit: str
    task: str
    after: Finding


class DispatchSuggestionOut(Schema):
    """One unit: why it is offered, and the chance that it returns the ticket, in per cent.

    `rule` is the line of the directory that names it, to be quoted as `followed` when the ticket is dispatched, with
    the units that the line names beside it. `tasks` are given without being named; `spared_units` leaves some out.
    """

    unit: str
    name: str
    reasons: list[str]
    rule: str
    risk: Level
    risk_percent: int
    given: int
    returned: int
    co_units: list[str]
    guidance_units: list[str]
    copied_units: list[str]
    tasks: list[SuggestedTaskOut]


class DispatchSuggestionsOut(Schema):
    """The best units, best first; none where nothing is known."""

    number: str
    version: int
    suggestions: list[DispatchSuggestionOut]


router = act_router(ACTS, tag="② 转办")


@router.get(
    "/{number}/suggestions",
    operation_id="suggest_units",
    url_name="suggest_units",
    summary="建议的主办单位 / units suggested",
    **answers(DispatchSuggestionsOut, (*READING_ONE, DENIED)),
)
def suggest_units(request: HttpRequest, number: Number) -> Status[dict[str, Any]]:
    """What the dispatch form offers, for those who may dispatch."""
    actor, lang, moment = actor_of(request), lang_of(request), now()
    if not actor.roles & DISPATCHING:
        return refusing(request, (Refusal("act.role_denied", {"act": Dispatch.name}),))
    try:
        opened = look_at(number, actor=actor)
    except TicketRefused as away:
        return refusing(request, (away.refusal,))
    book = books_of(request).at(moment, opened.state.profile)
    found = suggestions(opened, book=book, actor=actor, now=moment)
    said = [_said(one, book.reference.units) for one in offers(found, names_of(request), lang)]
    return Status(200, {"number": opened.row.number, "version": opened.state.version, "suggestions": said})


def _said(one: Offer, active: frozenset[str]) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "name": one.name,
        "reasons": list(one.reasons),
        "rule": one.rule,
        "risk": one.level,
        "risk_percent": one.percent,
        "given": one.given,
        "returned": one.returned,
        **{field: list(units) for field, units in one.parts.named(active).items()},
        "tasks": [{"unit": task.unit, "task": task.task, "after": task.after} for task in one.parts.tasks],
    }
