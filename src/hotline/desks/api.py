"""Reading tickets for other systems, and the acts that belong to no single stage. The same view as the pages'."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import AwareDatetime, Field

from hotline.desks.stage_acts import UPKEEP
from hotline.plumbing.clock import now
from hotline.rules.vocabulary import RequestType, Stage, Urgency
from hotline.rules.words import word
from hotline.stages.intake.commands import merge
from hotline.tickets.access import TicketRefused
from hotline.tickets.acting.api import RefusalsOut, act_router, refused
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.queries import TicketFile, TicketFilter, TicketRow, ticket_file, tickets

MOST = 200
KEY = r"^([0-9T:.+\-]{1,40}_[0-9]{1,18})?$"


class ListIn(Schema):
    """What a list is narrowed to; blanks mean everything."""

    stage: list[Stage] = Field(default_factory=list)
    request_type: RequestType | None = None
    urgency: Urgency | None = None
    category: str = Field("", pattern=r"^[0-9]{0,6}$")
    region: str = Field("", pattern=r"^[0-9]{0,12}$")
    unit: str = Field("", max_length=32)
    words: str = Field("", max_length=60, pattern=r"^[^\x00]*$")
    only_open: bool = False
    opened_from: AwareDatetime | None = None
    opened_until: AwareDatetime | None = None
    order: str = Field("newest", pattern="^(newest|due)$")
    after: str = Field("", pattern=KEY)
    limit: int = Field(50, ge=1, le=MOST)


class TicketLine(Schema):
    """One ticket of a list."""

    number: str
    title: str
    stage: str
    stage_name: str
    request_type: str
    category: str
    region: str
    urgency: str
    flags: list[str]
    lead_unit: str
    created_at: datetime
    due_at: datetime | None
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
    at: datetime
    role: str
    unit: str
    stage: str
    payload: dict[str, Any]
    texts: dict[str, str]


class ClockOut(Schema):
    """One time limit."""

    kind: str
    limit: str
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    met: bool | None
    paused: bool
    provisional: bool


class TicketFileOut(TicketLine):
    """One ticket whole: texts, clocks, ledger, and the acts the caller may do now."""

    texts: dict[str, str]
    clocks: list[ClockOut]
    ledger: list[EventOut]
    acts: list[str]


router = act_router(UPKEEP, tag="工单 / tickets", merge=merge)


@router.get("", response={200: TicketsOut}, operation_id="list_tickets", summary="工单列表 / list tickets")
def list_tickets(request: HttpRequest, where: Query[ListIn]) -> dict[str, Any]:
    """Tickets the caller may see, newest first or by due time, a page at a time."""
    asked = where.model_dump(exclude={"after", "limit", "stage"}, exclude_none=True)
    found = tickets(
        actor=actor_of(request),
        where=TicketFilter(stages=tuple(s.value for s in where.stage), **asked),
        after=where.after,
        limit=where.limit,
    )
    return {"tickets": [_line(row, lang_of(request)) for row in found.rows], "next": found.next_key}


@router.get(
    "/{number}",
    response={200: TicketFileOut, 404: RefusalsOut},
    operation_id="read_ticket",
    summary="工单详情 / read a ticket",
)
def read_ticket(request: HttpRequest, number: str) -> tuple[int, dict[str, Any]]:
    """One ticket as the caller may see it. The requester's data is never part of it."""
    try:
        file = ticket_file(number, actor=actor_of(request), now=now())
    except TicketRefused as refusal:
        return 404, refused(request, (refusal.refusal,))
    return 200, _whole(file, lang_of(request))


def _line(row: TicketRow, lang: str) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in TicketLine.model_fields if name not in {"stage_name", "flags"}},
        "stage_name": word(f"stage.{row.stage}", lang),
        "flags": list(row.flags),
    }


def _whole(file: TicketFile, lang: str) -> dict[str, Any]:
    row = file.row
    return {
        **{name: getattr(row, name) for name in TicketLine.model_fields if name != "stage_name"},
        "stage_name": word(f"stage.{row.stage}", lang),
        "texts": file.texts,
        "clocks": [{name: getattr(c, name) for name in ClockOut.model_fields} for c in file.clocks],
        "ledger": [
            {
                **{name: getattr(e, name) for name in EventOut.model_fields if name != "event"},
                "event": e.name,
            }
            for e in file.timeline
        ],
        "acts": [row.act.name for row in file.acts],
    }
