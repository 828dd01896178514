"""The acts as API calls: one operation an act, typed from the act's class, answering with the ticket or refusals.

Whoever integrates a department's system relies on it. No rule lives here: the operation builds the act and performs it.
"""

import types
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field, create_model

from hotline.plumbing.clock import now
from hotline.rules.acts import Act
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.words import field_word, word
from hotline.tickets.acting import api_values as values
from hotline.tickets.acting.api_values import At, Number
from hotline.tickets.acting.fields import ActField, fields_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.commands import Outcome, perform

UNKNOWN_CALLER = 401
DENIED = 403
NOT_FOUND = 404
CONFLICT = 409
TOO_LARGE = 413
UNPROCESSABLE = 422
AWAY = 503
DENIALS = {"act.role_denied", "act.not_your_ticket", "access.denied"}


class TicketOut(Schema):
    """A ticket after an act."""

    number: str
    stage: str
    stage_name: str
    version: int
    due_at: At | None
    due_kind: str


class RefusalOut(Schema):
    """Why not: a stable code, the sentence in the caller's language, and the field to mend (blank: none)."""

    code: str
    sentence: str
    field: str


class RefusalsOut(Schema):
    """All refusals of one call."""

    refusals: list[RefusalOut] = Field(min_length=1)


MEANINGS: Final[Mapping[int, str]] = {
    UNKNOWN_CALLER: "未登录，或者令牌无效 / not signed in, or the token is not valid",
    DENIED: "岗位无权，或者不是本单位的工单 / not this role's act, or not this unit's ticket",
    NOT_FOUND: "没有这张工单，或者无权查看 / not there, or not open to the caller",
    CONFLICT: "现在不能办理，或者工单已有变化 / not now, or the ticket has moved on",
    TOO_LARGE: "请求正文过大 / the body is too large",
    UNPROCESSABLE: "字段有误，field 指明哪一个 / a field to mend, named in `field`",
    AWAY: "数据库暂时不可用，稍后重试 / the database is away, try again",
}
"""Every answer that is a refusal, and when it is given."""

READING: Final = (UNKNOWN_CALLER, UNPROCESSABLE, AWAY)
READING_ONE: Final = (UNKNOWN_CALLER, NOT_FOUND, AWAY)
ACTING: Final = tuple(MEANINGS)
OPENING: Final = tuple(status for status in MEANINGS if status != NOT_FOUND)


def answers(ok: type[Schema], refusing: Iterable[int] = ACTING) -> dict[str, Any]:
    """The answers of an operation and what each means, as the router takes them."""
    refusing = tuple(refusing)
    return {
        "response": {200: ok, **dict.fromkeys(refusing, RefusalsOut)},
        "openapi_extra": {"responses": {status: {"description": MEANINGS[status]} for status in refusing}},
    }


class Strict(Schema):
    """A body in which a misspelt name is an error and not silence."""

    model_config = ConfigDict(extra="forbid")


def body_of(act: type[Act], *, version: bool = True) -> type[Schema]:
    """The request body of an act: its fields, and the version of the ticket the caller saw."""
    columns: dict[str, Any] = {f.name: _column(f, act.name) for f in fields_of(act)}
    if version:
        seen = "所依据的工单版本；已有变化则不办理 / version seen; if the ticket has moved on nothing is done"
        columns["version"] = (values.whole(0, values.LARGEST) | None, Field(None, description=seen))
    return create_model(f"{act.__name__}In", __base__=Strict, __doc__=act.__doc__, **columns)


def _column(field: ActField, act: str) -> tuple[Any, Any]:
    kind, most = _kind(field), None
    if field.many:
        kind, most = types.GenericAlias(tuple, (kind, ...)), values.MOST_ITEMS
    label = f"{field_word(act, field.name, 'zh')} / {field_word(act, field.name, 'en')}{_source(field)}"
    if field.required and not field.optional:
        return kind, Field(..., description=label, max_length=most)
    if field.default is None:
        return kind | None, Field(None, description=label)
    return kind, Field(field.default, description=label, max_length=most)


def _source(field: ActField) -> str:
    """Where a caller finds the codes that may be given."""
    if codelist := field.metadata.get("codelist"):
        return f" (GET /reference/codelists: {codelist})"
    place = LISTS.get(field.kind)
    return f" (GET /reference/{place})" if place else ""


LISTS: Final = {"unit": "units", "units": "units", "category": "categories", "region": "regions"}


def _kind(field: ActField) -> Any:
    """The type of one value, by what the act's class says of it."""
    if field.choices is not None:
        return values.member(field.choices)
    match field.kind:
        case "text":
            return values.text(field.metadata["limit"], required=field.required)
        case "number":
            return values.whole(field.metadata["low"], field.metadata["high"])
        case "flag":
            return values.Flag
        case "moment":
            return values.Moment
        case "date":
            return values.Day
        case _:
            return values.text(values.CODE, required=field.required and not field.many)


def answered(request: HttpRequest, outcome: Outcome) -> Status[dict[str, Any]]:
    """A command's outcome as status and body."""
    if outcome.ok and outcome.ticket is not None:
        ticket = outcome.ticket
        body = {name: getattr(ticket, name) for name in TicketOut.model_fields if name != "stage_name"}
        return Status(200, body | {"stage_name": word(f"stage.{ticket.stage}", lang_of(request))})
    return refusing(request, outcome.refusals)


def refusing(request: HttpRequest, refusals: tuple[Refusal, ...]) -> Status[dict[str, Any]]:
    """Refusals as status and body."""
    return Status(status_of(refusals), refused(request, refusals))


def refused(request: HttpRequest, refusals: Iterable[Refusal]) -> dict[str, Any]:
    """Refusals as the API says them."""
    lang = lang_of(request)
    return {"refusals": [{"code": r.code, "sentence": render(r, lang), "field": r.field} for r in refusals]}


def misspelt(given: Iterable[str], asked: type[Schema]) -> list[Refusal]:
    """Names in an address or form that are not asked for: a misspelt filter is an error and not silence."""
    unknown = sorted(set(given) - set(asked.model_fields))
    return [Refusal("field.unknown", {"name": name[: values.CODE]}, field=name[: values.CODE]) for name in unknown]


def status_of(refusals: tuple[Refusal, ...]) -> int:
    """404 out of sight, 403 wrong role, 422 a field to mend, 409 not now."""
    codes = {r.code for r in refusals}
    if "ticket.not_found" in codes and not any(r.field for r in refusals):
        return NOT_FOUND
    if codes & DENIALS:
        return DENIED
    return UNPROCESSABLE if all(r.field for r in refusals) else CONFLICT


OPERATIONS: Final[dict[str, str]] = {}
"""The operation by which an act is done on a ticket that is there already."""


def add_act(router: Router, act: type[Act], *, do: Callable[..., Outcome] = perform, name: str = "") -> None:
    """One operation for one act on a router. Acts that need nothing said may come without a body."""
    body, name = body_of(act), name or act.name
    OPERATIONS[act.name] = name

    def operation(request: HttpRequest, number: Number, data: Any) -> Status[dict[str, Any]]:
        given = data.model_dump(exclude={"version"})
        outcome = do(number=number, act=act(**given), actor=actor_of(request), now=now(), version=data.version)
        return answered(request, outcome)

    operation.__annotations__ |= {"data": body}
    if not any(column.is_required() for column in body.model_fields.values()):
        operation.__defaults__ = (body(),)
    router.post(
        f"/{{number}}/{act.name.replace('_', '-')}",
        operation_id=name,
        url_name=name,
        summary=f"{word(act.name, 'zh')} / {word(act.name, 'en')}",
        description=act.__doc__,
        **answers(TicketOut),
    )(operation)


def act_router(acts: tuple[type[Act], ...], *, tag: str, **special: Callable[..., Outcome]) -> Router:
    """The router of one stage's acts."""
    router = Router(tags=[tag])
    for act in acts:
        add_act(router, act, do=special.get(act.name, perform))
    return router
