"""Reading tickets for other systems, and the acts that belong to no single stage. The same view as the pages'."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Schema, Status
from pydantic import Field, StringConstraints

from hotline.desks.stage_acts import UPKEEP
from hotline.plumbing.clock import now
from hotline.rules.lifecycle import Transition
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Channel, Flag, RequestType, Stage, Urgency
from hotline.rules.words import word
from hotline.stages.intake.commands import merge
from hotline.tickets.access import TicketRefused
from hotline.tickets.acting.api import (
    ACTING,
    OPERATIONS,
    READING,
    READING_ONE,
    UNPROCESSABLE,
    Strict,
    act_router,
    answers,
    misspelt,
    refused,
    refusing,
)
from hotline.tickets.acting.api_values import CODE, At, Moment, Number, counted, text
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.disclosing import disclose
from hotline.tickets.ordering import NoKeyError, Place
from hotline.tickets.queries import TicketFile, TicketFilter, TicketRow, ticket_file, tickets

UNSAID: Any = Field(default=None)
"""A filter that is left out; in an address there is no way to write null."""
MOST = 200
SHORT = 60


PageKey = Annotated[
    str,
    StringConstraints(pattern=r"^([2-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9:.+\-]{8,30}_[0-9]{1,18}(_[0-3])?)?$"),
]


class ListIn(Schema):
    """What a list is narrowed to; blanks mean everything."""

    stage: list[Stage] = Field(default_factory=list, max_length=len(Stage), description="环节，可多个 / stages")
    request_type: RequestType = UNSAID
    urgency: Urgency = UNSAID
    flag: Flag = UNSAID
    tag: text(CODE) = Field(default="", description="标签代码 / a tag (GET /reference/codelists: tag_any)")  # type: ignore[valid-type]  # made with its length
    category: str = Field(
        default="", pattern=r"^[0-9]{0,6}$", description="分类代码或其开头 / a category or how it begins"
    )
    region: str = Field(
        default="", pattern=r"^[0-9]{0,12}$", description="区划代码或其开头 / a region or how it begins"
    )
    unit: text(CODE) = Field(default="", description="主办单位 / the lead unit")  # type: ignore[valid-type]  # made with its length
    words: text(SHORT) = Field(default="", description="编号开头或标题中的字 / in number or title")  # type: ignore[valid-type]  # see unit
    only_open: bool = Field(default=False, description="只列在办 / open ones only")
    overdue: bool = Field(default=False, description="只列已超时 / those past their due time")
    mine: bool = Field(default=False, description="只列本单位承办 / those in the hands of the caller's unit")
    opened_from: Moment = UNSAID
    opened_until: Moment = UNSAID
    channel: Channel = UNSAID
    order: Literal["newest", "oldest", "due", "urgency"] = Field(
        default="newest",
        description="newest 最新在前，oldest 最早在前，due 先到期在前，urgency 紧急优先 / which come first",
    )
    after: PageKey = Field(default="", description="上一页的 next / `next` of the page before")
    limit: counted(1, MOST) = 50  # type: ignore[valid-type]  # see unit


class TicketLine(Schema):
    """One ticket of a list."""

    number: str
    title: str
    stage: Stage
    stage_name: str
    request_type: RequestType
    category: str
    region: str
    urgency: Urgency
    flags: list[Flag]
    tags: list[str]
    lead_unit: str
    created_at: At
    due_at: At | None
    due_kind: str
    version: int


class TicketsOut(Schema):
    """One page of a list; `next` opens the following page, blank at the end."""

    tickets: list[TicketLine]
    next: str


class EventOut(Schema):
    """One line of the ledger with the words this reader may see."""

    seq: int
    event: str
    act: str
    at: At
    who: str
    role: str
    unit: str
    stage: Stage
    payload: dict[str, Any]
    texts: dict[str, str]


class ClockOut(Schema):
    """One time limit; `of` is the co-unit whose own it is."""

    kind: str
    of: str
    limit: str
    started_at: At
    due_at: At
    stopped_at: At | None
    met: bool | None
    paused: bool
    provisional: bool
    overdue_at: At | None
    reminded: int = Field(description="最近一次到点催办时用去的百分比 / percent of its time at the last reminder")
    noticed_at: At | None
    criticised_at: At | None


class TicketFileOut(TicketLine):
    """One ticket whole: texts, clocks, ledger, and the acts the caller may do now."""

    texts: dict[str, str]
    clocks: list[ClockOut]
    ledger: list[EventOut]
    acts: list[str]


class ActOut(Schema):
    """An act the caller may do now: where to post it, and where the ticket goes by it (blank: stays)."""

    act: str
    name: str
    address: str
    to: Stage | Literal[""]


class ActsOut(Schema):
    """What the caller may do with the ticket now; `version` goes into the act's body."""

    number: str
    version: int
    acts: list[ActOut]


class ReasonIn(Strict):
    """Why the contact is needed; it is kept with who looked and when."""

    reason: text(200, required=True)  # type: ignore[valid-type]  # made with its length


class ContactOut(Schema):
    """诉求人 / who asked and how to reach them."""

    kind: str
    name: str
    gender: str
    phone: str
    alt_phone: str
    company_name: str
    address: str
    special_groups: list[str]
    may_pass_on: bool


router = act_router(UPKEEP, tag="工单 / tickets", merge=merge)


@router.get(
    "",
    operation_id="list_tickets",
    url_name="list_tickets",
    summary="工单列表 / list tickets",
    **answers(TicketsOut, READING),
)
def list_tickets(request: HttpRequest, where: Query[ListIn]) -> Status[dict[str, Any]]:
    """Tickets the caller may see, newest first or by due time, a page at a time."""
    unknown = misspelt(request.GET, ListIn)
    if unknown:
        return Status(UNPROCESSABLE, refused(request, unknown))
    if where.after and not _is_key(where.after, where.order):
        return Status(UNPROCESSABLE, refused(request, [Refusal("field.malformed", {"field": "after"}, field="after")]))
    asked = where.model_dump(exclude={"after", "limit", "stage", "overdue", "tag"}, exclude_none=True)
    narrowed = TicketFilter(
        stages=tuple(s.value for s in where.stage),
        overdue_at=now() if where.overdue else None,
        tags=(where.tag,) if where.tag else (),
        **asked,
    )
    found = tickets(actor=actor_of(request), where=narrowed, after=where.after, limit=where.limit)
    return Status(200, {"tickets": [_line(row, lang_of(request)) for row in found.rows], "next": found.next_key})


@router.get(
    "/{number}",
    operation_id="read_ticket",
    url_name="read_ticket",
    summary="工单详情 / read a ticket",
    **answers(TicketFileOut, READING_ONE),
)
def read_ticket(request: HttpRequest, number: Number) -> Status[dict[str, Any]]:
    """One ticket as the caller may see it. The requester's data is never part of it."""
    try:
        file = ticket_file(number, actor=actor_of(request), now=now())
    except TicketRefused as away:
        return refusing(request, (away.refusal,))
    return Status(200, _whole(file, lang_of(request)))


@router.get(
    "/{number}/acts",
    operation_id="allowed_acts",
    url_name="allowed_acts",
    summary="当前可办事项 / what the caller may do now",
    **answers(ActsOut, READING_ONE),
)
def allowed_acts(request: HttpRequest, number: Number) -> Status[dict[str, Any]]:
    """The acts whose conditions hold now; what is said in them is judged when they are done."""
    try:
        file = ticket_file(number, actor=actor_of(request), now=now())
    except TicketRefused as away:
        return refusing(request, (away.refusal,))
    lang = lang_of(request)
    acts = [_act(row, file.row.number, lang) for row in file.acts if row.act.name in OPERATIONS]
    return Status(200, {"number": file.row.number, "version": file.row.version, "acts": acts})


@router.post(
    "/{number}/contact",
    operation_id="disclose_contact",
    url_name="disclose_contact",
    summary="查看联系方式 / see the requester's contact",
    **answers(ContactOut, ACTING),
)
def disclose_contact(request: HttpRequest, number: Number, data: ReasonIn) -> Status[dict[str, Any]]:
    """The requester's contact, for those who speak with them; who looked, when and why stays on record."""
    disclosed = disclose(number=number, reason=data.reason, actor=actor_of(request), now=now())
    if disclosed.contact is None:
        return refusing(request, disclosed.refusals)
    return Status(200, {name: getattr(disclosed.contact, name) for name in ContactOut.model_fields})


def _is_key(after: str, order: str) -> bool:
    """A page's key belongs to the order in which it was given."""
    try:
        Place.read(after, order)
    except NoKeyError:
        return False
    return True


def _act(row: Transition, number: str, lang: str) -> dict[str, Any]:
    return {
        "act": row.act.name,
        "name": word(row.act.name, lang),
        "address": reverse(f"api:{OPERATIONS[row.act.name]}", args=[number]),
        "to": row.target or "",
    }


def _line(row: TicketRow, lang: str) -> dict[str, Any]:
    given = {name: getattr(row, name) for name in TicketLine.model_fields if name not in {"stage_name", "flags"}}
    return given | {"stage_name": word(f"stage.{row.stage}", lang), "flags": list(row.flags), "tags": list(row.tags)}


def _whole(file: TicketFile, lang: str) -> dict[str, Any]:
    row = file.row
    given = {name: getattr(row, name) for name in TicketLine.model_fields if name != "stage_name"}
    events = [
        {name: getattr(e, name) for name in EventOut.model_fields if name != "event"} | {"event": e.name}
        for e in file.timeline
    ]
    return given | {
        "stage_name": word(f"stage.{row.stage}", lang),
        "texts": file.texts,
        "clocks": [{name: getattr(c, name) for name in ClockOut.model_fields} for c in file.clocks],
        "ledger": events,
        "acts": [row.act.name for row in file.acts if row.act.name in OPERATIONS],
    }
