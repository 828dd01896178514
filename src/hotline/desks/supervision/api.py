"""Supervisions for other programs: list them, read one, begin one, do a deed. The permission is that of the pages."""

from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hotline.desks.supervision.doors import DENIALS
from hotline.oversight.supervision import commands
from hotline.oversight.supervision.criticisms import READERS, criticisms, decide_criticism
from hotline.oversight.supervision.queries import (
    ENDED,
    LIVE,
    SupervisionFileView,
    SupervisionRow,
    load_of_units,
    supervisions,
    whole,
)
from hotline.plumbing.clock import now
from hotline.rules.messages import Refusal
from hotline.rules.supervision import Cause, Deed, Order, Outcome
from hotline.rules.supervision.seeing import view_of
from hotline.rules.supervision.table import PROPOSERS
from hotline.rules.vocabulary import Role, SupervisionKind, UnitCode
from hotline.rules.words import word
from hotline.tickets.acting import api_values as values
from hotline.tickets.acting.api import (
    ACTING,
    DENIED,
    NOT_FOUND,
    OPENING,
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

router = Router(tags=["督办 / supervision"])
MOST: Final = 200
DEEDS: Final = (
    Deed.OPEN, Deed.DISMISS, Deed.ASSIGN, Deed.MOVE_DUE, Deed.CHANGE_UNITS, Deed.NOTE, Deed.REPORT, Deed.SIGN,
    Deed.SEND_BACK, Deed.CHECK, Deed.CLOSE, Deed.WITHDRAW,
)  # fmt: skip
"""Deeds that are one operation each; a visit and the tickets of a campaign say more and have their own."""


class SupervisionOut(Schema):
    """One supervision as it stands."""

    id: int
    kind: str
    kind_name: str
    status: str
    status_name: str
    paper: str
    number: str
    title: str
    causes: list[str]
    units: list[str]
    reported: list[str]
    due_at: datetime | None
    opened_at: datetime | None
    ended_at: datetime | None
    outcome: str
    tickets: int
    version: int


class SupervisionsOut(Schema):
    """One page; `next` leads to the older ones."""

    supervisions: list[SupervisionOut]
    next: int | None


class HistoryOut(Schema):
    """One line of the history."""

    seq: int
    deed: str
    at: datetime
    unit: str
    status: str
    text: str


class SupervisionWholeOut(SupervisionOut):
    """One supervision with its history, its tickets and what the caller may do now."""

    history: list[HistoryOut]
    numbers: list[str]
    deeds: list[str]


class LoadOut(Schema):
    """How much one unit has under supervision."""

    unit: str
    live: int
    late: int
    ended: int


class LoadsOut(Schema):
    """Units by what they owe now."""

    units: list[LoadOut]


class SupervisionsIn(Schema):
    """Which ones; blanks mean all, the newest first."""

    kind: member(SupervisionKind) | None = Field(default=None, description="种类 / kind")  # type: ignore[valid-type]  # made from the closed list
    ended: bool = Field(default=False, description="只列已结束的 / ended ones only")
    unit: values.text(CODE, required=False) = Field(default="", description="督办单位 / unit")  # type: ignore[valid-type]  # made with its length
    number: values.text(CODE, required=False) = Field(default="", description="工单编号 / ticket")  # type: ignore[valid-type]  # see before
    before: counted(1, LARGEST) = Field(default=None, description="上一页的 next / `next` of the page before")  # type: ignore[valid-type]  # see before
    limit: counted(1, MOST) = Field(default=50, description="一页多少条 / how many a page")  # type: ignore[valid-type]  # see before


class BeginIn(Strict):
    """A supervision of one ticket, begun by hand: supervisors open it, others of the office propose it."""

    number: values.text(CODE, required=True) = Field(..., description="工单编号 / ticket")  # type: ignore[valid-type]  # see before
    kind: member(SupervisionKind) = Field(..., description="种类 / kind")  # type: ignore[valid-type]  # see before
    text: values.text(5000, required=False) = Field(default="", description="督办要求 / what units must do")  # type: ignore[valid-type]  # see before
    units: list[str] = Field(default_factory=list, max_length=50, description="督办单位 / units")
    due_at: Moment | None = Field(default=None, description="反馈时限 / by when units report")


class DeedIn(Strict):
    """What a deed says; which of it is asked for, the refusal tells."""

    text: values.text(5000, required=False) = Field(default="", description="说明 / words")  # type: ignore[valid-type]  # see before
    units: list[str] = Field(default_factory=list, max_length=50, description="督办单位 / units")
    due_at: Moment | None = Field(default=None, description="反馈时限 / by when units report")
    owner: values.text(CODE, required=False) = Field(default="", description="督办人账号编号 / supervisor's id")  # type: ignore[valid-type]  # see before
    outcome: member(Outcome) | None = Field(default=None, description="督办结果 / outcome")  # type: ignore[valid-type]  # see before
    version: counted(0, LARGEST) | None = Field(default=None, description="所依据的版本 / version seen")  # type: ignore[valid-type]  # see before


def _row(row: SupervisionRow, lang: str) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in SupervisionOut.model_fields if not name.endswith("_name")},
        "kind_name": word(f"supervision_kind.{row.kind}", lang),
        "status_name": word(f"supervision_status.{row.status}", lang),
    }


def _whole(seen: SupervisionFileView, lang: str) -> dict[str, Any]:
    return {
        **_row(seen.row, lang),
        "history": [{name: getattr(line, name) for name in HistoryOut.model_fields} for line in seen.lines],
        "numbers": list(seen.tickets),
        "deeds": [deed.value for deed in seen.deeds],
    }


def _denied(request: HttpRequest) -> Answer | None:
    if not view_of(actor_of(request)).nothing:
        return None
    return denied(request)


@router.get(
    "",
    operation_id="list_supervisions",
    url_name="list_supervisions",
    summary="查询督办 / list supervisions",
    **answers(SupervisionsOut, (*READING, DENIED)),
)
def list_supervisions(request: HttpRequest, where: Query[SupervisionsIn]) -> Answer:
    """Supervisions in the caller's view, the newest first; those under way or those that have ended."""
    unknown = misspelt(request.GET, SupervisionsIn)
    if unknown:
        return Status(UNPROCESSABLE, refused(request, unknown))
    denied = _denied(request)
    if denied:
        return denied
    page = supervisions(
        actor=actor_of(request),
        kind=where.kind.value if where.kind else "",
        statuses=sorted(ENDED if where.ended else LIVE),
        unit=where.unit,
        number=where.number,
        before=where.before,
        limit=where.limit,
    )
    rows = [_row(row, lang_of(request)) for row in page.rows]
    return Status(200, {"supervisions": rows, "next": page.next_key})


@router.get(
    "/load",
    operation_id="supervision_load",
    url_name="supervision_load",
    summary="各单位督办量 / load of units",
    **answers(LoadsOut, (*READING, DENIED)),
)
def supervision_load(request: HttpRequest) -> Answer:
    """What units have under supervision now, as far as the caller sees it."""
    denied = _denied(request)
    if denied:
        return denied
    moment = now()
    loads = load_of_units(actor=actor_of(request), now=moment, since=moment, most=MOST)
    return Status(200, {"units": [vars(load) for load in loads]})


class CriticismOut(Schema):
    """One notice of criticism that the platform has proposed. `taken` is null until somebody has decided."""

    id: int
    number: str
    unit: str
    clock: str
    due_at: datetime
    proposed_at: datetime
    taken: bool | None
    reason: str
    decided_at: datetime | None


class CriticismsOut(Schema):
    """Those that wait for a decision."""

    criticisms: list[CriticismOut]


class DecisionIn(Strict):
    """Taken up, so that a notice is drafted; or let be, with the reason."""

    taken: values.Flag = Field(..., description="是否起草通报 / whether a notice is drafted")
    reason: values.text(5000, required=False) = Field(default="", description="不予通报的理由 / why not")  # type: ignore[valid-type]  # see before


def _criticisms(request: HttpRequest) -> Answer:
    rows = criticisms(actor=actor_of(request))
    shown = [{name: getattr(row, name) for name in CriticismOut.model_fields} for row in rows]
    return Status(200, {"criticisms": shown})


@router.get(
    "/criticisms",
    operation_id="list_criticisms",
    url_name="list_criticisms",
    summary="通报批评建议 / proposed notices of criticism",
    **answers(CriticismsOut, (*READING, DENIED)),
)
def list_criticisms(request: HttpRequest) -> Answer:
    """Proposals that wait; none is ever issued by itself."""
    if not actor_of(request).roles & READERS:
        return denied(request)
    return _criticisms(request)


@router.post(
    "/criticisms/{pk}/decide",
    operation_id="decide_criticism",
    url_name="decide_criticism",
    summary="决定是否通报 / decide on a proposed criticism",
    **answers(CriticismsOut, ACTING),
)
def decide_on_criticism(request: HttpRequest, pk: int, data: DecisionIn) -> Answer:
    """Once, by a supervisor; answers with those that still wait."""
    refusals = decide_criticism(key(pk), taken=data.taken, reason=data.reason, actor=actor_of(request), now=now())
    if refusals:
        return Status(status_of(tuple(refusals)), refused(request, refusals))
    return _criticisms(request)


@router.post(
    "",
    operation_id="begin_supervision",
    url_name="begin_supervision",
    summary="立项或者建议督办 / open or propose a supervision",
    **answers(SupervisionOut, (*OPENING, NOT_FOUND)),
)
def begin_supervision(request: HttpRequest, data: BeginIn) -> Answer:
    """On one ticket. Campaigns are begun from a filter on their page."""
    actor = actor_of(request)
    if not actor.roles & PROPOSERS:
        return denied(request)
    wish = commands.Wish(
        kind=data.kind,
        cause=Cause.BY_HAND,
        number=data.number,
        text=data.text,
        units=frozenset(UnitCode(unit) for unit in data.units),
        due_at=data.due_at,
        opens=Role.SUPERVISOR in actor.roles,
    )
    return answered(request, commands.start(wish, actor=actor, now=now()))


@router.get(
    "/{pk}",
    operation_id="read_supervision",
    url_name="read_supervision",
    summary="查看督办 / read one supervision",
    **answers(SupervisionWholeOut, READING_ONE),
)
def read_supervision(request: HttpRequest, pk: int) -> Answer:
    """One supervision with its history, as far as it is for the caller."""
    seen = whole(key(pk), actor=actor_of(request), now=now())
    if seen is None:
        return missing(request, Refusal("supervision.not_found"))
    return Status(200, _whole(seen, lang_of(request)))


def answered(request: HttpRequest, done: commands.Done) -> Answer:
    if done.ok and done.row is not None:
        seen = whole(done.row.pk, actor=actor_of(request), now=now())
        if seen is not None:
            return Status(200, _row(seen.row, lang_of(request)))
    return refusing(request, done.refusals, missing="supervision.not_found", denials=DENIALS)


def _add(deed: Deed) -> None:
    def operation(request: HttpRequest, pk: int, data: DeedIn = DeedIn()) -> Answer:  # noqa: B008  # a body may be left out
        order = Order(
            deed=deed,
            text=data.text,
            units=frozenset(UnitCode(unit) for unit in data.units),
            due_at=data.due_at,
            owner=data.owner,
            outcome=data.outcome,
        )
        wanted = key(pk)
        return answered(
            request, commands.do(wanted, order=order, actor=actor_of(request), now=now(), version=data.version)
        )

    add_deed(router, deed, operation, of="supervision", out=SupervisionOut, said=Deed.__doc__)


for _deed in DEEDS:
    _add(_deed)
