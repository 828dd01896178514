"""Disputes for other programs: list them, read one, do a deed. The permission is that of the pages."""

from typing import Any, Final

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hotline.plumbing.clock import now
from hotline.rules.joint import Deed, Form, Order, Task
from hotline.rules.joint import Status as Standing
from hotline.rules.joint.table import MOST_DAYS, MOST_STEPS, MOST_TASKS
from hotline.rules.vocabulary import Finding, UnitCode
from hotline.rules.words import word
from hotline.stages.joint import commands
from hotline.stages.joint.forms import BY_FORM, DENIALS, named
from hotline.stages.joint.queries import FileRow, disputes
from hotline.stages.joint.queries.reading import Whole, whole
from hotline.stages.joint.queries.seen import has_business
from hotline.tickets.acting import api_values as values
from hotline.tickets.acting.api import (
    DENIED,
    READING,
    READING_ONE,
    UNPROCESSABLE,
    Strict,
    answers,
    misspelt,
    refused,
)
from hotline.tickets.acting.api_values import CODE, LARGEST, At, counted, member
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.operations import Answer, add_deed, denied, key, missing, refusing

router = Router(tags=["③′ 联合会办"])
MOST: Final = 200
DEEDS: Final = tuple(deed for deed in BY_FORM if deed is not Deed.ATTACH)
"""Deeds that are one operation each; the signed page is put in on the page."""
TEXTS: Final = (
    "claim", "basis", "finding", "agenda", "place", "opinion", "minutes", "legal_basis", "reason",
)  # fmt: skip
Long = values.text(commands.LONGEST)
Code = values.text(CODE)


class DisputeOut(Schema):
    """One dispute as it stands; `step` is the clock that runs, `due_at` when it runs out."""

    id: int
    ticket: str
    title: str
    status: str
    status_name: str
    parties: list[str]
    lead: str
    objection_open: bool
    step: str
    due_at: At | None


class DisputesOut(Schema):
    """One page; `next` leads to the older ones."""

    disputes: list[DisputeOut]
    next: int | None


class ReturnOut(Schema):
    """One unit's return: whom it proposed, on which basis, and what was found."""

    unit: str
    reason: str
    proposed: str
    basis: str
    founded: bool | None
    finding: str


class OpinionOut(Schema):
    """A member's signed opinion."""

    unit: str
    lead: str
    signer: str
    at: At
    opinion: str
    basis: str


class TaskOut(Schema):
    """One co-unit's task with its own clock."""

    unit: str
    order: int
    days: int
    after: str
    words: str
    standing: str = ""
    due_at: At | None = None
    done_at: At | None = None


class DisputeWholeOut(Schema):
    """One dispute with all positions, opinions, the conclusion and what the caller may do now."""

    id: int
    ticket: str
    title: str
    status: str
    status_name: str
    version: int
    round: int
    parties: list[str]
    staffing: str
    justice: str
    observer: str
    lead: str
    proposed: str
    minutes: str
    legal_basis: str
    reusable: bool
    signer: str
    returns: list[ReturnOut]
    opinions: list[OpinionOut]
    tasks: list[TaskOut]
    dissenters: list[str]
    objected: list[str]
    deeds: list[str]


class DisputesIn(Schema):
    """Which ones; blanks mean all, the newest first."""

    status: member(Standing) | None = Field(default=None, description="进度 / status")  # type: ignore[valid-type]  # made from the closed list
    before: counted(1, LARGEST) = Field(default=None, description="上一页的 next / `next` of the page before")  # type: ignore[valid-type]  # made with its bounds
    limit: counted(1, MOST) = Field(default=50, description="一页多少条 / how many a page")  # type: ignore[valid-type]  # see before


class TaskIn(Strict):
    """One co-unit's task."""

    unit: Code = Field(..., description="协办单位 / co-unit")  # type: ignore[valid-type]  # made with its length
    order: values.whole(1, MOST_STEPS) = Field(default=1, description="顺序 / order")  # type: ignore[valid-type]  # made with its bounds
    days: values.whole(0, MOST_DAYS) = Field(default=0, description="时限（工作日） / working days")  # type: ignore[valid-type]  # see before
    after: member(Finding) = Field(default=Finding.NOTHING, description="查到什么以后开始 / begins with this finding")  # type: ignore[valid-type]  # made from the closed list
    words: Long = Field(default="", description="任务 / task")  # type: ignore[valid-type]  # see before


class DisputeDeedIn(Strict):
    """What a deed says; which of it is asked for, the refusal tells."""

    unit: Code = Field(default="", description="代表哪个单位 / for which unit")  # type: ignore[valid-type]  # see before
    lead: Code = Field(default="", description="主办单位 / lead")  # type: ignore[valid-type]  # see before
    tasks: list[TaskIn] = Field(default_factory=list, max_length=MOST_TASKS, description="协办任务 / tasks")
    parties: list[Code] = Field(default_factory=list, max_length=MOST_TASKS, description="争议单位 / parties")  # type: ignore[valid-type]  # see before
    staffing: Code = Field(default="", description="编办 / staffing office")  # type: ignore[valid-type]  # see before
    justice: Code = Field(default="", description="司法局 / justice bureau")  # type: ignore[valid-type]  # see before
    observer: Code = Field(default="", description="纪检监察 / observer")  # type: ignore[valid-type]  # see before
    form: member(Form) | None = Field(default=None, description="会办形式 / form")  # type: ignore[valid-type]  # see before
    meets_at: values.Moment | None = Field(default=None, description="开会或者答复截止时间 / when")
    agrees: values.Flag | None = Field(default=None, description="是否同意纪要 / agrees to the minutes")
    reusable: values.Flag = Field(default=False, description="今后同类照办 / reusable")
    signer: values.text(50) = Field(default="", description="签署人 / signer")  # type: ignore[valid-type]  # see before
    signed_on: values.Day | None = Field(default=None, description="签发日期 / day of the signature")
    successor: Code = Field(default="", description="承接单位 / successor")  # type: ignore[valid-type]  # see before
    claim: Long = Field(default="", description="主张 / position")  # type: ignore[valid-type]  # see before
    basis: Long = Field(default="", description="依据 / basis")  # type: ignore[valid-type]  # see before
    finding: Long = Field(default="", description="协调情况 / what was settled")  # type: ignore[valid-type]  # see before
    agenda: Long = Field(default="", description="议题 / agenda")  # type: ignore[valid-type]  # see before
    place: Long = Field(default="", description="地点 / place")  # type: ignore[valid-type]  # see before
    opinion: Long = Field(default="", description="会办意见 / opinion")  # type: ignore[valid-type]  # see before
    minutes: Long = Field(default="", description="会办结论 / conclusion")  # type: ignore[valid-type]  # see before
    legal_basis: Long = Field(default="", description="裁定依据 / basis of the ruling")  # type: ignore[valid-type]  # see before
    reason: Long = Field(default="", description="理由 / reason")  # type: ignore[valid-type]  # see before
    version: values.whole(0, LARGEST) | None = Field(default=None, description="所依据的版本 / version seen")  # type: ignore[valid-type]  # see before

    def order(self, deed: Deed) -> Order:
        """The deed it asks for."""
        words = {name: getattr(self, name) for name in TEXTS if getattr(self, name)}
        words |= {f"task.{task.unit}": task.words for task in self.tasks if task.words}
        return Order(
            deed=deed,
            unit=_unit(self.unit),
            lead=_unit(self.lead),
            tasks=tuple(
                Task(unit=UnitCode(task.unit), order=task.order, days=task.days, after=task.after)
                for task in self.tasks
            ),
            parties=frozenset(UnitCode(code) for code in self.parties if code),
            staffing=_unit(self.staffing),
            justice=_unit(self.justice),
            observer=_unit(self.observer),
            form=self.form,
            meets_at=self.meets_at,
            agrees=self.agrees,
            reusable=self.reusable,
            signer=self.signer,
            signed_on=self.signed_on,
            successor=_unit(self.successor),
            words=words,
        )


def _unit(code: str) -> UnitCode | None:
    return UnitCode(code) if code else None


def _row(row: FileRow, lang: str) -> dict[str, Any]:
    same = ("id", "ticket", "title", "lead", "objection_open")
    return {
        **{name: getattr(row, name) for name in same},
        "status": row.status.value,
        "status_name": word(row.status, lang),
        "parties": list(row.parties),
        "step": row.step.kind.value if row.step else "",
        "due_at": row.step.due_at if row.step else None,
    }


def _whole(seen: Whole, lang: str) -> dict[str, Any]:
    state = seen.state
    same = ("version", "round", "reusable", "signer")
    return {
        **{name: getattr(seen, name) for name in ("id", "ticket", "title")},
        **{name: getattr(state, name) for name in same},
        **{name: getattr(state, name) or "" for name in ("staffing", "justice", "observer", "lead", "proposed")},
        **{name: seen.conclusion.get(name, "") for name in ("minutes", "legal_basis")},
        "status": state.status.value,
        "status_name": word(state.status, lang),
        "parties": sorted(state.parties),
        "returns": [_return(one) for one in seen.returns],
        "opinions": [
            {"unit": unit, "lead": one.lead, "signer": one.signer, "at": one.at, **_opinion(seen, one.seq)}
            for unit, one in state.opinions.items()
        ],
        "tasks": [_task(seen, task) for task in state.tasks],
        "dissenters": list(seen.dissenters),
        "objected": sorted(state.objected),
        "deeds": [deed.value for deed in seen.deeds],
    }


def _task(seen: Whole, task: Task) -> dict[str, Any]:
    there = seen.tasks.get(task.unit)
    return {
        "unit": task.unit,
        "order": task.order,
        "days": task.days,
        "after": task.after.value,
        "words": seen.conclusion.get(f"task.{task.unit}", ""),
        "standing": there.task.standing.value if there else "",
        "due_at": there.due_at if there else None,
        "done_at": there.done_at if there else None,
    }


def _opinion(seen: Whole, seq: int) -> dict[str, str]:
    words = seen.words_at(seq)
    return {name: words.get(name, "") for name in ("opinion", "basis")}


def _return(one: Any) -> dict[str, Any]:
    position = one.position
    same = {"unit": position.unit, "reason": position.reason, "proposed": position.proposed or ""}
    return {**same, "basis": one.basis, "founded": position.founded, "finding": one.finding}


def _seen(request: HttpRequest, pk: int) -> Whole | None:
    moment = now()
    return whole(key(pk), actor=actor_of(request), book=books_of(request).at(moment), now=moment)


@router.get(
    "",
    operation_id="list_disputes",
    url_name="list_disputes",
    summary="查询权属争议 / list disputes",
    **answers(DisputesOut, (*READING, DENIED)),
)
def list_disputes(request: HttpRequest, where: Query[DisputesIn]) -> Answer:
    """Disputes in the caller's view, the newest first."""
    unknown = misspelt(request.GET, DisputesIn)
    if unknown:
        return Status(UNPROCESSABLE, refused(request, unknown))
    actor = actor_of(request)
    if not has_business(actor):
        return denied(request)
    statuses = [where.status] if where.status else ()
    page = disputes(actor=actor, statuses=statuses, before=where.before, limit=where.limit)
    return Status(200, {"disputes": [_row(row, lang_of(request)) for row in page.rows], "next": page.next_key})


@router.get(
    "/{pk}",
    operation_id="read_dispute",
    url_name="read_dispute",
    summary="查看争议卷 / read one dispute",
    **answers(DisputeWholeOut, READING_ONE),
)
def read_dispute(request: HttpRequest, pk: int) -> Answer:
    """One dispute, as far as it is for the caller."""
    seen = _seen(request, pk)
    if seen is None:
        return missing(request, commands.NOT_FOUND)
    return Status(200, _whole(seen, lang_of(request)))


def _answered(request: HttpRequest, done: commands.Done, pk: int) -> Answer:
    seen = _seen(request, pk) if done.ok else None
    if seen is not None:
        return Status(200, _whole(seen, lang_of(request)))
    refusals = named(done.refusals or (commands.NOT_FOUND,), names_of(request), lang_of(request))
    return refusing(request, refusals, missing=commands.NOT_FOUND.code, denials=DENIALS)


def _add(deed: Deed) -> None:
    def operation(request: HttpRequest, pk: int, data: DisputeDeedIn = DisputeDeedIn()) -> Answer:  # noqa: B008  # a body may be left out
        done = commands.do(
            key(pk), order=data.order(deed), actor=actor_of(request), now=now(), version=data.version
        )  # fmt: skip
        return _answered(request, done, pk)

    add_deed(router, deed, operation, of="on_dispute", out=DisputeWholeOut, said="争议卷的一步 / one step of a dispute")


for _deed in DEEDS:
    _add(_deed)
