"""Leaders' instructions for other programs: list, read, record, do a deed, keep the list of leaders.

The permission is that of the pages, and a reading through here is recorded as one. Scans are put in on the page.
"""

from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hotline.desks.instructions.doors import DENIALS, has_business
from hotline.oversight.instructions import commands
from hotline.oversight.instructions import leaders as keeping
from hotline.oversight.instructions.limits import due_from
from hotline.oversight.instructions.models import Leader
from hotline.oversight.instructions.naming import accounts
from hotline.oversight.instructions.queries import InstructionRow, InstructionWhole, instructions, opened
from hotline.plumbing.clock import now
from hotline.rules.instructions import Deed, Order, Outcome
from hotline.rules.instructions.table import MOST_READERS, MOST_TICKETS, SUPERVISORS
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import UnitCode
from hotline.rules.words import word
from hotline.tickets.acting import api_values as values
from hotline.tickets.acting.api import (
    ACTING,
    DENIED,
    NOT_FOUND,
    READING,
    READING_ONE,
    UNPROCESSABLE,
    Strict,
    answers,
    misspelt,
    refused,
    status_of,
)
from hotline.tickets.acting.api_values import CODE, LARGEST, Moment, counted, member
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.operations import Answer, add_deed, denied, key, missing, refusing

router = Router(tags=["领导批示 / leaders' instructions"])
MOST: Final = 200
UNITS: Final = 200
LONGEST: Final = 5000
PARTS: Final = ("live", "late", "ended")
DEEDS: Final = tuple(deed for deed in Deed if deed not in {Deed.RECEIVE, Deed.ATTACH})


class InstructionOut(Schema):
    """One instruction as far as it is for the caller; `leader` and `tickets` are blank for whoever is not named."""

    id: int
    number: str
    status: str
    status_name: str
    version: int
    leader: str
    given_on: date | None
    due_at: datetime
    late: bool
    units: list[str]
    missing: list[str]
    tickets: list[str]
    outcome: str
    presented_on: date | None
    named: bool


class InstructionsOut(Schema):
    """One page; `next` leads to the older ones."""

    instructions: list[InstructionOut]
    next: int | None


class InstructionLineOut(Schema):
    """One line of the history, with the words that the caller may read."""

    seq: int
    deed: str
    at: datetime
    who: str
    status: str
    text: str


class AskOut(Schema):
    """What one unit is asked."""

    unit: str
    due_at: datetime
    text: str
    reported: bool
    accepted: bool


class InstructionWholeOut(InstructionOut):
    """One instruction with all that the caller may read of it, and what the caller may do now."""

    words: str
    proposal: str
    asks: list[AskOut]
    history: list[InstructionLineOut]
    readers: list[str]
    deeds: list[str]


class InstructionsIn(Schema):
    """Which ones; blanks mean all, the newest first."""

    show: values.text(CODE, required=False) = Field(default="", description="live, late, ended / 办理中、超期、已结束")  # type: ignore[valid-type]  # made with its length
    before: counted(1, LARGEST) = Field(default=None, description="上一页的 next / `next` of the page before")  # type: ignore[valid-type]  # made with its bounds
    limit: counted(1, MOST) = Field(default=50, description="一页多少条 / how many a page")  # type: ignore[valid-type]  # see before


class ReceiveIn(Strict):
    """An instruction in words, by a supervisor; one of which there is only a scan is recorded on the page."""

    leader: counted(1, LARGEST) = Field(..., description="批示领导 / leader (GET /instructions/leaders)")  # type: ignore[valid-type]  # see before
    given_on: date = Field(..., description="批示日期 / day of the instruction")
    text: values.text(LONGEST, required=True) = Field(..., description="批示内容 / the leader's words")  # type: ignore[valid-type]  # see before
    workdays: counted(1, 250) | None = Field(default=None, description="回呈期限（工作日） / limit in working days")  # type: ignore[valid-type]  # see before
    due_on: date | None = Field(default=None, description="或者回呈日期 / or the day")
    readers: list[str] = Field(
        default_factory=list, max_length=MOST_READERS, description="阅知人员登录名 / sign-in names of the people named"
    )
    tickets: list[str] = Field(default_factory=list, max_length=MOST_TICKETS, description="关联工单 / tickets")


class AskIn(Strict):
    """What one unit is asked, and by when."""

    unit: values.text(CODE, required=True) = Field(..., description="承办单位 / unit (GET /reference/units)")  # type: ignore[valid-type]  # see before
    text: values.text(LONGEST, required=True) = Field(..., description="办理要求 / what it is to do")  # type: ignore[valid-type]  # see before
    due_at: Moment = Field(..., description="反馈期限 / by when")


class InstructionDeedIn(Strict):
    """What a deed says; which of it is asked for, the refusal tells."""

    text: values.text(LONGEST, required=False) = Field(default="", description="内容或者理由 / words")  # type: ignore[valid-type]  # see before
    readers: list[str] = Field(
        default_factory=list, max_length=MOST_READERS, description="阅知人员登录名 / sign-in names"
    )
    tickets: list[str] = Field(default_factory=list, max_length=MOST_TICKETS, description="关联工单 / tickets")
    asks: list[AskIn] = Field(default_factory=list, max_length=UNITS, description="分办 / what units are asked")
    unit: values.text(CODE, required=False) = Field(default="", description="单位 / whose report")  # type: ignore[valid-type]  # see before
    due_at: Moment | None = Field(default=None, description="新的期限 / new date")
    presented_on: date | None = Field(default=None, description="回呈日期 / day the leader was told")
    outcome: member(Outcome) | None = Field(default=None, description="办理结果 / outcome")  # type: ignore[valid-type]  # made from the closed list
    version: counted(0, LARGEST) | None = Field(default=None, description="所依据的版本 / version seen")  # type: ignore[valid-type]  # see before


class LeaderOut(Schema):
    """One leader of the list."""

    id: int
    name: str
    position: str
    order: int
    valid_from: date | None
    valid_to: date | None


class LeadersOut(Schema):
    """The list, in its order."""

    leaders: list[LeaderOut]


class LeaderIn(Strict):
    """One more leader."""

    name: values.text(50, required=True) = Field(..., description="姓名 / name")  # type: ignore[valid-type]  # see before
    position: values.text(100, required=True) = Field(..., description="职务 / position")  # type: ignore[valid-type]  # see before
    order: counted(0, 9999) = Field(default=100, description="排序 / order")  # type: ignore[valid-type]  # see before
    valid_from: date | None = Field(default=None, description="到任日期 / from")
    valid_to: date | None = Field(default=None, description="离任日期 / until")


class LeaderChangeIn(Strict):
    """The place of one in the order, and until when."""

    order: counted(0, 9999) = Field(..., description="排序 / order")  # type: ignore[valid-type]  # see before
    valid_to: date | None = Field(default=None, description="离任日期 / until")


def _row(row: InstructionRow, lang: str) -> dict[str, Any]:
    kept = {name: getattr(row, name) for name in InstructionOut.model_fields if hasattr(row, name)}
    named = "words" in row.layers
    return kept | {
        "status_name": word(f"instruction_status.{row.status}", lang),
        "late": row.late(now()),
        "named": named,
    }


def _whole(seen: InstructionWhole, lang: str) -> dict[str, Any]:
    return {
        **_row(seen.row, lang),
        "words": seen.words,
        "proposal": seen.proposal,
        "asks": [{name: getattr(ask, name) for name in AskOut.model_fields} for ask in seen.asks],
        "history": [
            {"seq": line.seq, "deed": line.deed, "at": line.at, "who": line.who, "status": line.status}
            | {"text": "\n".join(text for _unit, text in line.words)}
            for line in seen.lines
        ],
        "readers": [name for _key, name in seen.readers],
        "deeds": [deed.value for deed in seen.deeds],
    }


@router.get(
    "",
    operation_id="list_instructions",
    url_name="list_instructions",
    summary="查询批示 / list instructions",
    **answers(InstructionsOut, (*READING, DENIED)),
)
def list_instructions(request: HttpRequest, where: Query[InstructionsIn]) -> Answer:
    """Instructions in the caller's view, the newest first; no words are read by listing them."""
    wrong = misspelt(request.GET, InstructionsIn)
    if where.show and where.show not in PARTS:
        wrong.append(Refusal("field.unknown", {"name": where.show}, field="show"))
    if wrong:
        return Status(UNPROCESSABLE, refused(request, wrong))
    actor = actor_of(request)
    if not has_business(actor):
        return denied(request)
    page = instructions(actor=actor, show=where.show, now=now(), before=where.before, limit=where.limit)
    return Status(200, {"instructions": [_row(row, lang_of(request)) for row in page.rows], "next": page.next_key})


@router.post(
    "",
    operation_id="receive_instruction",
    url_name="receive_instruction",
    summary="登记批示 / record an instruction",
    **answers(InstructionOut, ACTING),
)
def receive_instruction(request: HttpRequest, data: ReceiveIn) -> Answer:
    """An instruction with its number; the caller is named for it."""
    actor = actor_of(request)
    if not actor.own_roles & SUPERVISORS:
        return denied(request)
    readers, unknown = _named(data.readers)
    if data.workdays and data.due_on:
        unknown.append(Refusal("instructions.two_limits", field="due_on"))
    if unknown:
        return Status(UNPROCESSABLE, refused(request, unknown))
    moment = now()
    order = Order(
        deed=Deed.RECEIVE,
        leader=str(data.leader),
        given_on=data.given_on,
        due_at=due_from(moment, workdays=data.workdays, on=data.due_on),
        readers=readers,
        tickets=frozenset(data.tickets),
        text=data.text,
    )
    return _answered(request, commands.receive(order, actor=actor, now=moment))


def _named(names: list[str]) -> tuple[frozenset[str], list[Refusal]]:
    found = accounts(names)
    unknown = [name for name in names if name.strip() not in found]
    refusals = [Refusal("instructions.reader_unknown", {"account": name[:24]}, field="readers") for name in unknown]
    return frozenset(found.values()), refusals


def _leader(one: Leader) -> dict[str, Any]:
    return {name: getattr(one, name) for name in LeaderOut.model_fields}


@router.get(
    "/leaders",
    operation_id="list_leaders",
    url_name="list_leaders",
    summary="领导名录 / leaders",
    **answers(LeadersOut, (*READING, DENIED)),
)
def list_leaders(request: HttpRequest) -> Answer:
    """The list, for those who keep it."""
    if not keeping.may_keep(actor_of(request)):
        return denied(request)
    return Status(200, {"leaders": [_leader(one) for one in keeping.leaders()]})


@router.post(
    "/leaders",
    operation_id="add_leader",
    url_name="add_leader",
    summary="登记领导 / add a leader",
    **answers(LeaderOut, ACTING),
)
def add_leader(request: HttpRequest, data: LeaderIn) -> Answer:
    """One more on the list."""
    if not keeping.may_keep(actor_of(request)):
        return denied(request)
    return _kept(request, keeping.add(**data.dict()))


@router.post(
    "/leaders/{pk}",
    operation_id="change_leader",
    url_name="change_leader",
    summary="修改领导任期和排序 / change a leader's time and place",
    **answers(LeaderOut, ACTING),
)
def change_leader(request: HttpRequest, pk: int, data: LeaderChangeIn) -> Answer:
    """The place in the order, and until when; names are never changed."""
    if not keeping.may_keep(actor_of(request)):
        return denied(request)
    return _kept(request, keeping.change(key(pk), **data.dict()))


def _kept(request: HttpRequest, kept: keeping.Kept) -> Answer:
    if kept.ok and kept.leader is not None:
        return Status(200, _leader(kept.leader))
    missing = any(refusal.code == "instructions.leader_not_found" for refusal in kept.refusals)
    return Status(NOT_FOUND if missing else status_of(kept.refusals), refused(request, kept.refusals))


@router.get(
    "/{pk}",
    operation_id="read_instruction",
    url_name="read_instruction",
    summary="查看批示 / read one instruction",
    **answers(InstructionWholeOut, READING_ONE),
)
def read_instruction(request: HttpRequest, pk: int) -> Answer:
    """One instruction as far as it is for the caller; where the words are among it, the reading is recorded."""
    seen = opened(key(pk), actor=actor_of(request), now=now(), way="api")
    if seen is None:
        return missing(request, Refusal("instructions.not_found"))
    return Status(200, _whole(seen, lang_of(request)))


def _answered(request: HttpRequest, done: commands.Done) -> Answer:
    if done.ok and done.row is not None:
        actor, moment = actor_of(request), now()
        page = instructions(actor=actor, now=moment, before=done.row.pk + 1, limit=1)
        return Status(200, _row(page.rows[0], lang_of(request)))
    return refusing(request, done.refusals, missing="instructions.not_found", denials=DENIALS)


def _order(deed: Deed, data: InstructionDeedIn, readers: frozenset[str]) -> Order:
    unit = UnitCode(data.unit) if data.unit else None
    asks = {UnitCode(ask.unit): ask.due_at for ask in data.asks}
    if deed is Deed.RETURN and unit and data.due_at:
        asks = {unit: data.due_at}
    return Order(
        deed=deed,
        readers=readers,
        tickets=frozenset(data.tickets),
        asks=asks,
        words={UnitCode(ask.unit): ask.text for ask in data.asks},
        unit=unit,
        due_at=data.due_at,
        presented_on=data.presented_on,
        outcome=data.outcome,
        text=data.text,
    )


def _add(deed: Deed) -> None:
    def operation(
        request: HttpRequest,
        pk: int,
        data: InstructionDeedIn = InstructionDeedIn(),  # noqa: B008  # a body may be left out
    ) -> Answer:
        readers, unknown = _named(data.readers)
        if len({ask.unit for ask in data.asks}) < len(data.asks):
            unknown.append(Refusal("instructions.asked_twice", field="asks"))
        actor, wanted = actor_of(request), key(pk)
        if unknown and commands.in_view(wanted, actor=actor):
            return Status(UNPROCESSABLE, refused(request, unknown))
        order = _order(deed, data, readers)
        return _answered(request, commands.do(wanted, order=order, actor=actor, now=now(), version=data.version))

    add_deed(
        router, deed, operation, of="instruction", out=InstructionOut, said="批示件的一步 / one step of an instruction"
    )


for _deed in DEEDS:
    _add(_deed)
