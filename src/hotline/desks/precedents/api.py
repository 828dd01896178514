"""Precedents for other programs: found by words, one with its history, each deed. The permission is as on the pages."""

from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hotline.desks.precedents.doors import DENIALS
from hotline.plumbing.clock import now, today
from hotline.rules.messages import Refusal
from hotline.rules.precedents import Deed, Order, Ruled
from hotline.rules.precedents import Status as Standing
from hotline.rules.precedents.seeing import view_of
from hotline.rules.precedents.table import SUPERVISORS
from hotline.rules.vocabulary import UnitCode
from hotline.rules.words import word
from hotline.stages.joint.queries.ruled import ruled_in
from hotline.tickets.acting import api_values as values
from hotline.tickets.acting.api import (
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
)
from hotline.tickets.acting.api_values import CODE, LARGEST, counted, member
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.operations import Answer, add_deed, denied, key, missing, refusing
from hotline.tickets.precedents import commands
from hotline.tickets.precedents.drafting import CELLS, cells_of, read_draft
from hotline.tickets.precedents.queries import PrecedentRow, PrecedentWhole, precedents, whole

router = Router(tags=["③′ 先例 / precedents"])
MOST: Final = 200
MOST_CELL: Final = 1000
BY_MACHINE: Final = frozenset({Deed.WARN, Deed.EXPIRE})
WORDED: Final = frozenset({Deed.REVISE, Deed.AMEND})
DEEDS: Final = tuple(deed for deed in Deed if deed is not Deed.PROPOSE and deed not in BY_MACHINE)
"""Deeds that are one operation each."""
Cell = values.text(MOST_CELL, required=False)


class PrecedentOut(Schema):
    """One precedent as it stands; `number` and `rule` are blank while it is a draft."""

    id: int
    status: str
    status_name: str
    number: str
    rule: str
    edition: int
    title: str
    categories: list[str]
    lead: str
    helpers: list[str]
    asked: bool
    ends_on: date | None
    last_at: datetime


class PrecedentsOut(Schema):
    """One page; `next` leads to the older ones."""

    precedents: list[PrecedentOut]
    next: int | None


class PrecedentLineOut(Schema):
    """One line of the history with its words."""

    seq: int
    deed: str
    at: datetime
    who: str
    unit: str
    status: str
    text: str


class PrecedentWholeOut(PrecedentOut):
    """One precedent with its rule in the directory's cells, what waits for agreement, and its history."""

    version: int
    cells: dict[str, str]
    pending: dict[str, str]
    challenger: str
    history: list[PrecedentLineOut]
    deeds: list[str]


class PrecedentsIn(Schema):
    """Which ones; blanks mean all, the newest first."""

    words: values.text(100, required=False) = Field(default="", description="词语 / words that must occur")  # type: ignore[valid-type]  # made with its length
    status: member(Standing) | None = Field(default=None, description="状态 / status")  # type: ignore[valid-type]  # made from the closed list
    unit: values.text(CODE, required=False) = Field(default="", description="单位 / lead, co-unit or party")  # type: ignore[valid-type]  # see before
    category: values.text(6, required=False) = Field(default="", description="事项分类 / category")  # type: ignore[valid-type]  # see before
    before: counted(1, LARGEST) = Field(default=None, description="上一页的 next / `next` of the page before")  # type: ignore[valid-type]  # made with its bounds
    limit: counted(1, MOST) = Field(default=50, description="一页多少条 / how many a page")  # type: ignore[valid-type]  # see before


class PrecedentDraftIn(Strict):
    """A draft in the cells of the directory's file; the lead is the ruling's."""

    title: Cell = Field(default="", description="先例名称 / title")  # type: ignore[valid-type]  # made with its length
    categories: Cell = Field(default="", description="事项分类 / categories")  # type: ignore[valid-type]  # see before
    words: Cell = Field(default="", description="词语 / words")  # type: ignore[valid-type]  # see before
    without: Cell = Field(default="", description="不含词语 / words that bar it")  # type: ignore[valid-type]  # see before
    places: Cell = Field(default="", description="场所 / kinds of place")  # type: ignore[valid-type]  # see before
    hours: Cell = Field(default="", description="时段 / hours")  # type: ignore[valid-type]  # see before
    needs: Cell = Field(default="", description="条件 / conditions")  # type: ignore[valid-type]  # see before
    regions: Cell = Field(default="", description="区划 / regions")  # type: ignore[valid-type]  # see before
    co_units: Cell = Field(default="", description="协办 / co-units")  # type: ignore[valid-type]  # see before
    basis: Cell = Field(default="", description="依据 / basis")  # type: ignore[valid-type]  # see before
    note: Cell = Field(default="", description="说明 / note")  # type: ignore[valid-type]  # see before
    owner: Cell = Field(default="", description="归口单位 / owner")  # type: ignore[valid-type]  # see before
    valid_to: values.Day | None = Field(default=None, description="停用日期 / first day on which it holds no more")

    def cells(self) -> dict[str, str]:
        """What stands in each cell."""
        given = {name: getattr(self, name) or "" for name in CELLS}
        return given | {"valid_to": self.valid_to.isoformat() if self.valid_to else ""}


class PrecedentIn(PrecedentDraftIn):
    """A ruling to be followed again."""

    dispute: counted(0, LARGEST) = Field(default=0, description="争议卷 / the file in which it was ruled")  # type: ignore[valid-type]  # see before


class PrecedentDeedIn(PrecedentDraftIn):
    """What a deed says; which of it is asked for, the refusal tells."""

    until: values.Day | None = Field(default=None, description="续期到 / renewed until")
    text: values.text(commands.LONGEST, required=False) = Field(default="", description="理由和依据 / reasons")  # type: ignore[valid-type]  # see before
    version: counted(0, LARGEST) | None = Field(default=None, description="所依据的版本 / version seen")  # type: ignore[valid-type]  # see before


def _row(row: PrecedentRow, lang: str) -> dict[str, Any]:
    same = ("id", "number", "edition", "title", "lead", "asked", "ends_on", "last_at")
    return {name: getattr(row, name) for name in same} | {
        "status": row.status.value,
        "status_name": word(row.status, lang),
        "rule": row.rule_id,
        "categories": list(row.categories),
        "helpers": list(row.helpers),
    }


def _whole(seen: PrecedentWhole, lang: str) -> dict[str, Any]:
    state = seen.state
    return _row(seen.row, lang) | {
        "version": state.version,
        "cells": cells_of(state.rule, today()) if state.rule else {},
        "pending": cells_of(state.pending, today()) if state.pending else {},
        "challenger": state.challenger or "",
        "history": [{name: getattr(line, name) for name in PrecedentLineOut.model_fields} for line in seen.lines],
        "deeds": [deed.value for deed in seen.deeds],
    }


@router.get(
    "",
    operation_id="list_precedents",
    url_name="list_precedents",
    summary="查询先例 / find precedents",
    **answers(PrecedentsOut, (*READING, DENIED)),
)
def list_precedents(request: HttpRequest, where: Query[PrecedentsIn]) -> Answer:
    """Precedents in the caller's view, the newest first."""
    wrong = misspelt(request.GET, PrecedentsIn)
    if wrong:
        return Status(UNPROCESSABLE, refused(request, wrong))
    actor, lang = actor_of(request), lang_of(request)
    if view_of(actor).nothing:
        return denied(request)
    page = precedents(
        actor=actor,
        words=where.words,
        statuses=[where.status] if where.status else (),
        unit=where.unit,
        category=where.category,
        before=where.before,
        limit=where.limit,
    )
    return Status(200, {"precedents": [_row(row, lang) for row in page.rows], "next": page.next_key})


@router.get(
    "/{pk}",
    operation_id="read_precedent",
    url_name="read_precedent",
    summary="查看先例 / read one precedent",
    **answers(PrecedentWholeOut, READING_ONE),
)
def read_precedent(request: HttpRequest, pk: int) -> Answer:
    """One precedent with its history, as far as it is for the caller."""
    seen = whole(key(pk), actor=actor_of(request), now=now())
    return Status(200, _whole(seen, lang_of(request))) if seen else missing(request, commands.NOT_FOUND)


@router.post(
    "",
    operation_id="propose_precedent",
    url_name="propose_precedent",
    summary="拟作先例 / propose a precedent",
    **answers(PrecedentWholeOut, (*OPENING, NOT_FOUND)),
)
def propose_precedent(request: HttpRequest, data: PrecedentIn) -> Answer:
    """A ruling, worded as a rule of the directory; the staffing office has to agree."""
    if not actor_of(request).roles & SUPERVISORS:
        return denied(request)
    matter = ruled_in(key(data.dispute), actor=actor_of(request))
    if matter is None:
        return _answered(request, commands.Done(refusals=(Refusal("precedents.not_ruled"),)))
    order, refusals = _order(data, Deed.PROPOSE, lead=matter.ruled.lead, ruled=matter.ruled)
    if refusals:
        return _answered(request, commands.Done(refusals=refusals))
    return _answered(request, commands.propose(order, actor=actor_of(request), now=now()))


def _order(
    data: PrecedentDraftIn, deed: Deed, *, lead: UnitCode, ruled: Ruled | None = None, **said: Any
) -> tuple[Order, tuple[Refusal, ...]]:
    draft, refusals = read_draft(data.cells(), lead=lead, today=today())
    return Order(deed=deed, ruled=ruled, draft=draft, **said), refusals


def _answered(request: HttpRequest, done: commands.Done) -> Answer:
    seen = whole(done.row.pk, actor=actor_of(request), now=now()) if done.ok and done.row is not None else None
    if seen is not None:
        return Status(200, _whole(seen, lang_of(request)))
    return refusing(request, done.refusals, missing="precedents.not_found", denials=DENIALS)


def _add(deed: Deed) -> None:
    def operation(request: HttpRequest, pk: int, data: PrecedentDeedIn = PrecedentDeedIn()) -> Answer:  # noqa: B008  # a body may be left out
        actor, wanted = actor_of(request), key(pk)
        order = Order(deed=deed, until=data.until, text=data.text)
        refusals: tuple[Refusal, ...] = ()
        seen = whole(wanted, actor=actor, now=now()) if deed in WORDED else None
        if seen is not None and deed in seen.deeds:
            order, refusals = _order(data, deed, lead=seen.row.lead, text=data.text)
        if refusals:
            return _answered(request, commands.Done(refusals=refusals))
        return _answered(request, commands.do(wanted, order=order, actor=actor, now=now(), version=data.version))

    add_deed(
        router, deed, operation, of="precedent", out=PrecedentWholeOut, said="先例的一步 / one step of a precedent"
    )


for _deed in DEEDS:
    _add(_deed)
