"""Media supervision for other programs: partners, lists, one with its history, each deed. The permission is that of
the pages; scans are put in on the page.
"""

from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hotline.desks.media.doors import DENIALS
from hotline.oversight.supervision.media import commands
from hotline.oversight.supervision.media.models import MediaPartner
from hotline.oversight.supervision.media.partners import Partner, Saved, partners, save
from hotline.oversight.supervision.media.queries import HandoverRow, HandoverWhole, handovers, whole
from hotline.plumbing.clock import now
from hotline.rules.media import Deed, Follow, MediumKind, Order
from hotline.rules.media import Status as Standing
from hotline.rules.media.seeing import view_of
from hotline.rules.media.table import MOST_TICKETS, SUPERVISORS
from hotline.rules.messages import Refusal
from hotline.rules.supervision.states import Outcome
from hotline.rules.vocabulary import UnitCode
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
)
from hotline.tickets.acting.api_values import CODE, LARGEST, counted, member
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.doors import DENIED as FORBIDDEN
from hotline.tickets.dossiers.acting.operations import Answer, add_deed, denied, key, missing, refusing

router = Router(tags=["媒体督办 / media supervision"])
partners_router = Router(tags=["媒体督办 / media supervision"])
MOST: Final = 200
DEEDS: Final = tuple(deed for deed in Deed if deed not in {Deed.PROPOSE, Deed.ATTACH})
"""Deeds that are one operation each."""


class HandoverOut(Schema):
    """One handover as it stands."""

    id: int
    number: str
    status: str
    status_name: str
    medium_id: int
    medium_name: str
    title: str
    tickets: list[str]
    units: list[str]
    released: list[str]
    supervision: int | None
    hand_on: date | None
    due_at: datetime | None
    publications: int
    follow_ups: int
    outcome: str
    handed_at: datetime | None
    ended_at: datetime | None
    version: int


class HandoversOut(Schema):
    """One page; `next` leads to the older ones."""

    handovers: list[HandoverOut]
    next: int | None


class HandoverLineOut(Schema):
    """One line of the history with its words."""

    seq: int
    deed: str
    at: datetime
    who: str
    unit: str
    status: str
    title: str
    text: str


class HandoverWholeOut(HandoverOut):
    """One handover with its history and what the caller may do now."""

    grounds: str
    history: list[HandoverLineOut]
    deeds: list[str]


class HandoversIn(Schema):
    """Which ones; blanks mean all, the newest first."""

    status: member(Standing) | None = Field(default=None, description="进度 / status")  # type: ignore[valid-type]  # made from the closed list
    number: values.text(CODE, required=False) = Field(default="", description="工单编号 / a ticket's number")  # type: ignore[valid-type]  # made with its length
    before: counted(1, LARGEST) = Field(default=None, description="上一页的 next / `next` of the page before")  # type: ignore[valid-type]  # made with its bounds
    limit: counted(1, MOST) = Field(default=50, description="一页多少条 / how many a page")  # type: ignore[valid-type]  # see before


class HandoverIn(Strict):
    """A list to be agreed to by somebody else."""

    medium: counted(0, LARGEST) = Field(default=0, description="合作媒体 / the partner's id")  # type: ignore[valid-type]  # see before
    tickets: list[values.text(CODE, required=True)] = Field(  # type: ignore[valid-type]  # see before
        default_factory=list, max_length=MOST_TICKETS, description="工单编号 / tickets"
    )
    hand_on: values.Day | None = Field(default=None, description="移交日期 / day of the handover")
    supervision: counted(1, LARGEST) | None = Field(default=None, description="所属媒体督办 / media supervision")  # type: ignore[valid-type]  # see before
    title: values.text(5000, required=False) = Field(default="", description="交给媒体的文字 / what is told")  # type: ignore[valid-type]  # see before
    text: values.text(5000, required=False) = Field(default="", description="移交理由 / grounds")  # type: ignore[valid-type]  # see before


class MediaDeedIn(HandoverIn):
    """What a deed says; which of it is asked for, the refusal tells."""

    unit: values.text(CODE, required=False) = Field(default="", description="单位 / whose answer")  # type: ignore[valid-type]  # see before
    on: values.Day | None = Field(default=None, description="日期 / day")
    follow: member(Follow) | None = Field(default=None, description="跟进方式 / how it was followed up")  # type: ignore[valid-type]  # see before
    outcome: member(Outcome) | None = Field(default=None, description="督办结果 / outcome")  # type: ignore[valid-type]  # see before
    due_at: values.Moment | None = Field(default=None, description="公开答复时限 / date of the answer")
    version: counted(0, LARGEST) | None = Field(default=None, description="所依据的版本 / version seen")  # type: ignore[valid-type]  # see before


class PartnerOut(Schema):
    """One partner medium."""

    id: int
    name: str
    kind: str
    kind_name: str
    contact: str
    phone: str
    on: bool


class PartnersOut(Schema):
    """All of them."""

    partners: list[PartnerOut]


class PartnerIn(Strict):
    """A partner, kept by supervisors."""

    name: values.text(60, required=False) = Field(default="", description="媒体名称 / name")  # type: ignore[valid-type]  # see before
    kind: member(MediumKind) | None = Field(default=None, description="种类 / kind")  # type: ignore[valid-type]  # see before
    contact: values.text(60, required=False) = Field(default="", description="联系人 / contact")  # type: ignore[valid-type]  # see before
    phone: values.text(32, required=False) = Field(default="", description="联系电话 / telephone")  # type: ignore[valid-type]  # see before
    on: bool = Field(default=True, description="启用 / on")


def _row(row: HandoverRow, lang: str) -> dict[str, Any]:
    given = {name: getattr(row, name) for name in HandoverOut.model_fields if not name.endswith("status_name")}
    return given | {"status_name": word(f"media_status.{row.status}", lang)}


def _whole(seen: HandoverWhole, lang: str) -> dict[str, Any]:
    row = _row(seen.row, lang)
    return {
        **row,
        "tickets": [number for number in row["tickets"] if number in seen.named],
        "grounds": seen.grounds,
        "history": [{name: getattr(line, name) for name in HandoverLineOut.model_fields} for line in seen.lines],
        "deeds": [deed.value for deed in seen.deeds],
    }


@router.get(
    "",
    operation_id="list_handovers",
    url_name="list_handovers",
    summary="查询媒体移交单 / list handovers",
    **answers(HandoversOut, (*READING, DENIED)),
)
def list_handovers(request: HttpRequest, where: Query[HandoversIn]) -> Answer:
    """Handovers in the caller's view, the newest first; which tickets they name the single one tells."""
    unknown = misspelt(request.GET, HandoversIn)
    if unknown:
        return Status(UNPROCESSABLE, refused(request, unknown))
    actor = actor_of(request)
    view = view_of(actor)
    if view.nothing:
        return denied(request)
    page = handovers(
        actor=actor,
        statuses=[where.status] if where.status else (),
        number=where.number,
        before=where.before,
        limit=where.limit,
    )
    rows = [_row(row, lang_of(request)) | ({} if view.all else {"tickets": []}) for row in page.rows]
    return Status(200, {"handovers": rows, "next": page.next_key})


def _order(data: HandoverIn, deed: Deed) -> Order:
    more = data if isinstance(data, MediaDeedIn) else MediaDeedIn()
    return Order(
        deed=deed,
        medium=str(data.medium or ""),
        tickets=tuple(dict.fromkeys(data.tickets)),
        hand_on=data.hand_on,
        supervision=data.supervision,
        title=data.title,
        text=data.text,
        unit=UnitCode(more.unit) if more.unit else None,
        on=more.on,
        follow=more.follow,
        outcome=more.outcome,
        due_at=more.due_at,
    )


@router.post(
    "",
    operation_id="propose_handover",
    url_name="propose_handover",
    summary="提出媒体移交 / propose a handover",
    **answers(HandoverOut, (*OPENING, NOT_FOUND)),
)
def propose_handover(request: HttpRequest, data: HandoverIn) -> Answer:
    """A new list, by a supervisor; somebody else agrees to it."""
    actor = actor_of(request)
    if not actor.roles & SUPERVISORS:
        return denied(request)
    return _answered(request, commands.propose(_order(data, Deed.PROPOSE), actor=actor, now=now()))


@router.get(
    "/{pk}",
    operation_id="read_handover",
    url_name="read_handover",
    summary="查看媒体移交单 / read one handover",
    **answers(HandoverWholeOut, READING_ONE),
)
def read_handover(request: HttpRequest, pk: int) -> Answer:
    """One handover with its history, as far as it is for the caller."""
    seen = whole(key(pk), actor=actor_of(request), now=now())
    if seen is None:
        return missing(request, Refusal("media.not_found"))
    return Status(200, _whole(seen, lang_of(request)))


def _answered(request: HttpRequest, done: commands.Done) -> Answer:
    if done.ok and done.row is not None:
        seen = whole(done.row.pk, actor=actor_of(request), now=now())
        if seen is not None:
            return Status(200, _row(seen.row, lang_of(request)) | {"tickets": _whole(seen, "zh")["tickets"]})
    return refusing(request, done.refusals, missing="media.not_found", denials=DENIALS)


def _add(deed: Deed) -> None:
    def operation(request: HttpRequest, pk: int, data: MediaDeedIn = MediaDeedIn()) -> Answer:  # noqa: B008  # a body may be left out
        wanted = key(pk)
        order = _order(data, deed)
        done = commands.do(wanted, order=order, actor=actor_of(request), now=now(), version=data.version)
        return _answered(request, done)

    add_deed(router, deed, operation, of="handover", out=HandoverOut, said="媒体移交的一步 / one step of a handover")


for _deed in DEEDS:
    _add(_deed)


def _partner(row: MediaPartner, lang: str) -> dict[str, Any]:
    kept = {name: getattr(row, name) for name in ("id", "name", "kind", "contact", "phone", "on")}
    return kept | {"kind_name": word(f"medium_kind.{row.kind}", lang)}


@partners_router.get(
    "",
    operation_id="list_media_partners",
    url_name="list_media_partners",
    summary="查询合作媒体 / list partner media",
    **answers(PartnersOut, (*READING, DENIED)),
)
def list_media_partners(request: HttpRequest) -> Answer:
    """All of them, those that are on first; for the office."""
    actor = actor_of(request)
    if not view_of(actor).all:
        return denied(request)
    return Status(200, {"partners": [_partner(row, lang_of(request)) for row in partners(actor=actor)]})


@partners_router.post(
    "",
    operation_id="add_media_partner",
    url_name="add_media_partner",
    summary="增加合作媒体 / add a partner medium",
    **answers(PartnerOut, (*OPENING, NOT_FOUND)),
)
def add_media_partner(request: HttpRequest, data: PartnerIn) -> Answer:
    """A new partner, by a supervisor."""
    return _saved(request, save(_said(data), actor=actor_of(request), now=now()))


@partners_router.post(
    "/{pk}",
    operation_id="change_media_partner",
    url_name="change_media_partner",
    summary="修改合作媒体 / change a partner medium",
    **answers(PartnerOut, ACTING),
)
def change_media_partner(request: HttpRequest, pk: int, data: PartnerIn) -> Answer:
    """A partner changed, or switched on or off; everything is said anew."""
    wanted = key(pk)
    return _saved(request, save(_said(data), actor=actor_of(request), now=now(), pk=wanted))


def _said(data: PartnerIn) -> Partner:
    return Partner(name=data.name, kind=data.kind, contact=data.contact, phone=data.phone, on=data.on)


def _saved(request: HttpRequest, saved: Saved) -> Answer:
    if saved.row is not None and not saved.refusals:
        return Status(200, _partner(saved.row, lang_of(request)))
    codes = {refusal.code for refusal in saved.refusals}
    if "access.denied" in codes:
        return Status(FORBIDDEN, refused(request, saved.refusals))
    status = NOT_FOUND if "media.partner_missing" in codes else UNPROCESSABLE
    return Status(status, refused(request, saved.refusals))
