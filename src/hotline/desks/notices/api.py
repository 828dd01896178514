"""A person's notices for other programs: list them, mark them read. The same view as the page's, own ones only."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hotline.desks.notices.lines import lines
from hotline.oversight.notices.commands import mark_read
from hotline.oversight.notices.queries import notices
from hotline.plumbing.clock import now
from hotline.tickets.acting.api import DENIED, READING, TOO_LARGE, UNPROCESSABLE, Strict, answers, misspelt, refused
from hotline.tickets.acting.api_values import counted
from hotline.tickets.acting.person import actor_of, lang_of

MOST, LARGEST = 200, 2**63 - 1

router = Router(tags=["消息提醒 / notices"])


class NoticesIn(Schema):
    """Which notices; blanks mean all, the newest first."""

    unread: bool = Field(default=False, description="只列未读 / unread ones only")
    before: counted(1, LARGEST) = Field(default=None, description="上一页的 next / `next` of the page before")  # type: ignore[valid-type]  # made with its bounds; left out means the first page
    limit: counted(1, MOST) = Field(default=50, description="一页多少条 / notices a page")  # type: ignore[valid-type]  # see before


class NoticeOut(Schema):
    """One notice: what it says of which ticket. The title is blank for a ticket that is no longer in view."""

    id: int
    kind: str
    number: str
    said: str
    title: str
    made_at: datetime
    read_at: datetime | None


class NoticesOut(Schema):
    """One page of notices; `next` leads to the older ones."""

    notices: list[NoticeOut]
    next: int | None


class ReadIn(Strict):
    """Which notices were read: those of `ids`, or all up to and with `until`."""

    ids: list[counted(1, LARGEST)] = Field(default_factory=list, max_length=MOST, description="编号 / ids")  # type: ignore[valid-type]  # see before
    until: counted(1, LARGEST) | None = Field(default=None, description="截至编号 / the last one read")  # type: ignore[valid-type]  # see before


class ReadOut(Schema):
    """How many were unread until now."""

    marked: int


@router.get(
    "",
    operation_id="list_notices",
    url_name="list_notices",
    summary="查询消息提醒 / list one's notices",
    **answers(NoticesOut, READING),
)
def list_notices(request: HttpRequest, where: Query[NoticesIn]) -> Status[dict[str, Any]]:
    """The caller's own notices."""
    unknown = misspelt(request.GET, NoticesIn)
    if unknown:
        return Status(UNPROCESSABLE, refused(request, unknown))
    actor = actor_of(request)
    page = notices(person=int(actor.id), unread=where.unread, before=where.before, limit=where.limit)
    said = lines(page.rows, actor=actor, lang=lang_of(request), now=now())
    rows = [
        {
            "id": row.id,
            "kind": row.kind,
            "number": row.number,
            "said": line.said,
            "title": line.title,
            "made_at": row.made_at,
            "read_at": row.read_at,
        }
        for row, line in zip(page.rows, said, strict=True)
    ]
    return Status(200, {"notices": rows, "next": page.next_key})


@router.post(
    "/read",
    operation_id="read_notices",
    url_name="read_notices",
    summary="标为已读 / mark notices read",
    **answers(ReadOut, (*READING, DENIED, TOO_LARGE)),
)
def read_notices(request: HttpRequest, data: ReadIn) -> Status[dict[str, Any]]:
    """Marks the caller's own notices; numbers that are nobody's, somebody else's or read already count for nothing."""
    person, marked = int(actor_of(request).id), 0
    if data.ids:
        marked += mark_read(person=person, now=now(), ids=data.ids)
    if data.until is not None:
        marked += mark_read(person=person, now=now(), until=data.until)
    return Status(200, {"marked": marked})
