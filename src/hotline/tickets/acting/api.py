"""The acts as API calls: one operation an act, typed from the act's class, answering with the ticket or refusals.

Whoever integrates a department's system relies on it. No rule lives here: the operation builds the act and performs it.
"""

import types
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, Field, create_model

from hotline.plumbing.clock import now
from hotline.rules.acts import Act
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.words import word
from hotline.tickets.acting.fields import ActField, fields_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.commands import Outcome, perform

NOT_FOUND = 404
CONFLICT = 409
UNPROCESSABLE = 422
DENIED = 403
DENIALS = {"act.role_denied", "act.not_your_ticket"}


class TicketOut(Schema):
    """A ticket after an act."""

    number: str
    stage: str
    stage_name: str
    version: int
    due_at: datetime | None
    due_kind: str


class RefusalOut(Schema):
    """Why not: a stable code, the sentence in the caller's language, and the field to mend."""

    code: str
    sentence: str
    field: str


class RefusalsOut(Schema):
    """All refusals of one call."""

    refusals: list[RefusalOut]


REFUSED: Mapping[int, type[Schema]] = {
    DENIED: RefusalsOut,
    NOT_FOUND: RefusalsOut,
    CONFLICT: RefusalsOut,
    UNPROCESSABLE: RefusalsOut,
}
ANSWERS: Mapping[int, type[Schema]] = {200: TicketOut, **REFUSED}


class Strict(Schema):
    """A body in which a misspelt name is an error and not silence."""

    model_config = ConfigDict(extra="forbid")


def body_of(act: type[Act], *, version: bool = True) -> type[Schema]:
    """The request body of an act: its fields, and the version of the ticket the caller saw."""
    columns: dict[str, Any] = {f.name: _column(f) for f in fields_of(act)}
    if version:
        columns["version"] = (int | None, Field(None, ge=0, description="所依据的工单版本 / ticket version seen"))
    return create_model(f"{act.__name__}In", __base__=Strict, __doc__=act.__doc__, **columns)


def _column(field: ActField) -> tuple[Any, Any]:
    kind: Any = types.GenericAlias(tuple, (field.of, ...)) if field.many else field.of
    label = f"{word(f'field.{field.name}', 'zh')} / {word(f'field.{field.name}', 'en')}"
    if field.required and not field.optional:
        return kind, Field(..., description=label)
    if field.default is None:
        return kind | None, Field(None, description=label)
    return kind, Field(field.default, description=label)


def answered(request: HttpRequest, outcome: Outcome) -> tuple[int, dict[str, Any]]:
    """A command's outcome as status and body."""
    if outcome.ok and outcome.ticket is not None:
        ticket = outcome.ticket
        return 200, {
            "number": ticket.number,
            "stage": str(ticket.stage),
            "stage_name": word(f"stage.{ticket.stage}", lang_of(request)),
            "version": ticket.version,
            "due_at": ticket.due_at,
            "due_kind": ticket.due_kind,
        }
    return status_of(outcome.refusals), refused(request, outcome.refusals)


def refused(request: HttpRequest, refusals: tuple[Refusal, ...]) -> dict[str, Any]:
    """Refusals as the API says them."""
    lang = lang_of(request)
    return {"refusals": [{"code": r.code, "sentence": render(r, lang), "field": r.field} for r in refusals]}


def status_of(refusals: tuple[Refusal, ...]) -> int:
    """404 out of sight, 403 wrong role, 422 a field to mend, 409 not now."""
    codes = {r.code for r in refusals}
    if "ticket.not_found" in codes:
        return NOT_FOUND
    if codes & DENIALS:
        return DENIED
    return UNPROCESSABLE if all(r.field for r in refusals) else CONFLICT


def add_act(router: Router, act: type[Act], *, do: Callable[..., Outcome] = perform) -> None:
    """One operation for one act on a router."""
    body = body_of(act)

    def operation(request: HttpRequest, number: str, data: Any) -> tuple[int, dict[str, Any]]:
        given = data.model_dump(exclude={"version"})
        outcome = do(number=number, act=act(**given), actor=actor_of(request), now=now(), version=data.version)
        return answered(request, outcome)

    operation.__annotations__ |= {"data": body}
    router.post(
        f"/{{number}}/{act.name.replace('_', '-')}",
        response=dict(ANSWERS),
        operation_id=act.name,
        summary=f"{word(act.name, 'zh')} / {word(act.name, 'en')}",
        description=act.__doc__,
    )(operation)


def act_router(acts: tuple[type[Act], ...], *, tag: str, **special: Callable[..., Outcome]) -> Router:
    """The router of one stage's acts."""
    router = Router(tags=[tag])
    for act in acts:
        add_act(router, act, do=special.get(act.name, perform))
    return router
