"""A ticket's files for other systems: listed, sent in, fetched, removed. Checks and view are the pages' own."""

from datetime import datetime
from typing import Annotated, Any, BinaryIO, Final, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from hotline.desks.attachments.pages import served
from hotline.plumbing.clock import now
from hotline.rules.acts.base import LONG
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import FileKind, Purpose, VisibleTo
from hotline.tickets.access import TicketRefused
from hotline.tickets.acting.api import (
    ACTING,
    READING_ONE,
    RefusalsOut,
    Strict,
    TicketOut,
    answered,
    answers,
    refused,
    refusing,
)
from hotline.tickets.acting.api_values import CODE, Number, text
from hotline.tickets.acting.person import actor_of
from hotline.tickets.attachments.commands import add_attachment, remove_attachment
from hotline.tickets.attachments.kinds import KINDS
from hotline.tickets.attachments.queries import Line, files_of, open_one

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
MISSING: Final = 404


class AttachmentOut(Schema):
    """附件 / one file: what it is, what it is there for, and where to fetch it; its digest proves what was fetched."""

    id: int
    name: str
    kind: FileKind
    size: int
    sha256: str
    purpose: Purpose
    visible_to: VisibleTo
    at: datetime
    unit: str
    address: str


class AttachmentsOut(Schema):
    """The files the caller may open, oldest first, and the purposes for which the caller may add more."""

    number: str
    attachments: list[AttachmentOut]
    purposes: list[Purpose]


class AddIn(Schema):
    """What the file is there for, and who may open it."""

    purpose: Purpose = Field(..., description="附件用途 / purpose")
    visible_to: VisibleTo = Field(default=VisibleTo.TICKET, description="可见范围 / visible to")


class RemoveIn(Strict):
    """Why the file is removed."""

    reason: text(LONG, required=True) = Field(..., description="移除理由 / reason")  # type: ignore[valid-type]  # made with its length


router = Router(tags=["附件 / attachments"])


@router.get(
    "/{number}/attachments",
    operation_id="list_attachments",
    url_name="list_attachments",
    summary="附件列表 / list attachments",
    **answers(AttachmentsOut, READING_ONE),
)
def list_attachments(request: HttpRequest, number: Number) -> Status[dict[str, Any]]:
    """Files that were removed or erased are not listed; nor are those the caller may not open."""
    try:
        files = files_of(number, actor=actor_of(request), now=now())
    except TicketRefused as away:
        return refusing(request, (away.refusal,))
    shown = [_out(number, line) for line in files.lines if not line.gone]
    purposes = list(files.purposes) if files.may_add else []
    return Status(200, {"number": files.number, "attachments": shown, "purposes": purposes})


@router.post(
    "/{number}/attachments",
    operation_id="add_attachment",
    url_name="add_attachment",
    summary="上传附件 / add an attachment",
    **answers(AttachmentOut, ACTING),
)
def post_attachment(
    request: HttpRequest,
    number: Number,
    file: File[UploadedFile],
    said: Form[AddIn],
) -> Status[dict[str, Any]]:
    """One file, as multipart/form-data. Its kind is told by its content; places are erased from photos and videos."""
    misspelt = sorted(set(request.POST) - set(AddIn.model_fields))
    if misspelt:
        return refusing(request, tuple(Refusal("field.unknown", {"name": n[:CODE]}, field=n[:CODE]) for n in misspelt))
    actor = actor_of(request)
    added = add_attachment(
        number=number,
        file=cast("BinaryIO", file.file),
        name=file.name or "",
        purpose=said.purpose,
        visible_to=said.visible_to,
        actor=actor,
        now=now(),
    )
    if not added.ok:
        return refusing(request, added.refusals)
    lines = files_of(number, actor=actor, now=now()).lines
    return Status(200, next(_out(number, line) for line in lines if line.id == added.id))


BODY: Final = {"type": "string", "format": "binary"}
ONE = answers(RefusalsOut, READING_ONE)
ONE["response"].pop(200)
ONE["openapi_extra"]["responses"][200] = {
    "description": "文件内容 / the file",
    "content": {kind.mime: {"schema": BODY} for kind in KINDS.values()},
}


@router.get(
    "/{number}/attachments/{attachment}",
    operation_id="read_attachment",
    url_name="read_attachment",
    summary="下载附件 / fetch an attachment",
    **ONE,
)
def read_attachment(request: HttpRequest, number: Number, attachment: Id) -> HttpResponseBase | Status[dict[str, Any]]:
    """The file as it is kept, in a body of its own kind."""
    found = open_one(number, attachment, actor=actor_of(request))
    if found.file is not None:
        return served(found)
    refusal = found.refusal or Refusal("attachment.not_found")
    return Status(MISSING, refused(request, (refusal,)))


@router.post(
    "/{number}/attachments/{attachment}/remove",
    operation_id="remove_attachment",
    url_name="remove_attachment",
    summary="移除附件 / remove an attachment",
    **answers(TicketOut, ACTING),
)
def post_removal(request: HttpRequest, number: Number, attachment: Id, data: RemoveIn) -> Status[dict[str, Any]]:
    """Nobody opens the file any more; the reason stays on the ticket."""
    outcome = remove_attachment(
        number=number, attachment=attachment, reason=data.reason, actor=actor_of(request), now=now()
    )
    if any(refusal.code == "attachment.not_found" for refusal in outcome.refusals):
        return Status(MISSING, refused(request, outcome.refusals))
    return answered(request, outcome)


def _out(number: str, line: Line) -> dict[str, Any]:
    given = {name: getattr(line, name) for name in AttachmentOut.model_fields if name != "address"}
    return given | {"address": reverse("api:read_attachment", args=[number, line.id])}
