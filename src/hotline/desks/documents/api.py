"""Documents for other programs: list them, read one, draft one, do a deed. The permission is that of the pages."""

from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hotline.oversight.documents import commands
from hotline.oversight.documents.queries import DocumentRow, DocumentWhole, documents, whole
from hotline.plumbing.clock import now
from hotline.rules.documents import Deed, DocumentKind, Order
from hotline.rules.documents import Status as Standing
from hotline.rules.documents.seeing import view_of
from hotline.rules.documents.table import MOST_PRINTS, SUPERVISORS
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import UnitCode
from hotline.rules.words import word
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

router = Router(tags=["公文 / documents"])
MOST: Final = 200
UNITS: Final = 200
DEEDS: Final = (
    Deed.REVISE, Deed.SUBMIT, Deed.CHECK, Deed.SEND_BACK, Deed.SIGN, Deed.SEAL, Deed.ISSUE, Deed.VOID, Deed.DISCARD,
)  # fmt: skip
"""Deeds that are one operation each; the signed page is put in on the page."""


class DocumentOut(Schema):
    """One document as it stands."""

    id: int
    kind: str
    kind_name: str
    status: str
    status_name: str
    number: str
    title: str
    recipients: list[str]
    copies: list[str]
    sent_to: str
    signer: str
    signed_on: date | None
    prints: int | None
    issued_at: datetime | None
    about: str
    about_key: str
    version: int


class DocumentsOut(Schema):
    """One page; `next` leads to the older ones."""

    documents: list[DocumentOut]
    next: int | None


class LineOut(Schema):
    """One line of the history; `text` is the reason, or the version of the text that was written then."""

    seq: int
    deed: str
    at: datetime
    who: str
    status: str
    text: str


class DocumentWholeOut(DocumentOut):
    """One document with its text, its history and what the caller may do now."""

    body: str
    history: list[LineOut]
    deeds: list[str]


class DocumentsIn(Schema):
    """Which ones; blanks mean all, the newest first."""

    kind: member(DocumentKind) | None = Field(default=None, description="种类 / kind")  # type: ignore[valid-type]  # made from the closed list
    status: member(Standing) | None = Field(default=None, description="进度 / status")  # type: ignore[valid-type]  # see before
    before: counted(1, LARGEST) = Field(default=None, description="上一页的 next / `next` of the page before")  # type: ignore[valid-type]  # made with its bounds
    limit: counted(1, MOST) = Field(default=50, description="一页多少条 / how many a page")  # type: ignore[valid-type]  # see before


class DraftIn(Strict):
    """A first draft, by a supervisor."""

    kind: member(DocumentKind) = Field(..., description="种类 / kind")  # type: ignore[valid-type]  # see before
    title: values.text(200, required=True) = Field(..., description="标题 / title")  # type: ignore[valid-type]  # made with its length
    body: values.text(20_000, required=True) = Field(..., description="正文 / text")  # type: ignore[valid-type]  # see before
    recipients: list[str] = Field(default_factory=list, max_length=UNITS, description="主送单位 / recipients")
    copies: list[str] = Field(default_factory=list, max_length=UNITS, description="抄送单位 / copies")
    sent_to: values.text(200, required=False) = Field(default="", description="报送对象 / to whom a report goes")  # type: ignore[valid-type]  # see before
    about: values.text(CODE, required=False) = Field(default="", description="由何而来 / what it follows from")  # type: ignore[valid-type]  # see before
    about_key: values.text(CODE, required=False) = Field(default="", description="其编号 / its key")  # type: ignore[valid-type]  # see before


class DocumentDeedIn(Strict):
    """What a deed says; which of it is asked for, the refusal tells."""

    title: values.text(200, required=False) = Field(default="", description="标题 / title")  # type: ignore[valid-type]  # see before
    body: values.text(20_000, required=False) = Field(default="", description="正文 / text")  # type: ignore[valid-type]  # see before
    recipients: list[str] = Field(default_factory=list, max_length=UNITS, description="主送单位 / recipients")
    copies: list[str] = Field(default_factory=list, max_length=UNITS, description="抄送单位 / copies")
    sent_to: values.text(200, required=False) = Field(default="", description="报送对象 / to whom a report goes")  # type: ignore[valid-type]  # see before
    signer: values.text(50, required=False) = Field(default="", description="签发人 / signer")  # type: ignore[valid-type]  # see before
    signed_on: date | None = Field(default=None, description="签发日期 / day of the signature")
    prints: counted(0, MOST_PRINTS) | None = Field(default=None, description="用印份数 / copies sealed")  # type: ignore[valid-type]  # see before
    text: values.text(2000, required=False) = Field(default="", description="理由 / reason")  # type: ignore[valid-type]  # see before
    version: counted(0, LARGEST) | None = Field(default=None, description="所依据的版本 / version seen")  # type: ignore[valid-type]  # see before


def _row(row: DocumentRow, lang: str) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in DocumentOut.model_fields if not name.endswith("_name")},
        "kind_name": word(f"document_kind.{row.kind}", lang),
        "status_name": word(f"document_status.{row.status}", lang),
    }


def _whole(seen: DocumentWhole, lang: str) -> dict[str, Any]:
    return {
        **_row(seen.row, lang),
        "body": seen.body,
        "history": [{name: getattr(line, name) for name in LineOut.model_fields} for line in seen.lines],
        "deeds": [deed.value for deed in seen.deeds],
    }


@router.get(
    "",
    operation_id="list_documents",
    url_name="list_documents",
    summary="查询公文 / list documents",
    **answers(DocumentsOut, (*READING, DENIED)),
)
def list_documents(request: HttpRequest, where: Query[DocumentsIn]) -> Answer:
    """Documents in the caller's view, the newest first."""
    unknown = misspelt(request.GET, DocumentsIn)
    if unknown:
        return Status(UNPROCESSABLE, refused(request, unknown))
    actor = actor_of(request)
    if view_of(actor).nothing:
        return denied(request)
    page = documents(
        actor=actor,
        kind=where.kind.value if where.kind else "",
        statuses=[where.status] if where.status else (),
        before=where.before,
        limit=where.limit,
    )
    return Status(200, {"documents": [_row(row, lang_of(request)) for row in page.rows], "next": page.next_key})


@router.post(
    "",
    operation_id="draft_document",
    url_name="draft_document",
    summary="拟稿 / draft a document",
    **answers(DocumentOut, (*OPENING, NOT_FOUND)),
)
def draft_document(request: HttpRequest, data: DraftIn) -> Answer:
    """A first draft; somebody else checks it."""
    actor = actor_of(request)
    if not actor.roles & SUPERVISORS:
        return denied(request)
    return _answered(request, commands.draft(**data.dict(), actor=actor, now=now()))


@router.get(
    "/{pk}",
    operation_id="read_document",
    url_name="read_document",
    summary="查看公文 / read one document",
    **answers(DocumentWholeOut, READING_ONE),
)
def read_document(request: HttpRequest, pk: int) -> Answer:
    """One document with its history, as far as it is for the caller."""
    seen = whole(key(pk), actor=actor_of(request), now=now())
    if seen is None:
        return missing(request, Refusal("documents.not_found"))
    return Status(200, _whole(seen, lang_of(request)))


def _answered(request: HttpRequest, done: commands.Done) -> Answer:
    if done.ok and done.row is not None:
        seen = whole(done.row.pk, actor=actor_of(request), now=now())
        if seen is not None:
            return Status(200, _row(seen.row, lang_of(request)))
    return refusing(request, done.refusals, missing="documents.not_found", denials={"documents.role_denied"})


def _add(deed: Deed) -> None:
    def operation(request: HttpRequest, pk: int, data: DocumentDeedIn = DocumentDeedIn()) -> Answer:  # noqa: B008  # a body may be left out
        order = Order(
            deed=deed,
            title=data.title,
            body=data.body,
            recipients=frozenset(UnitCode(code) for code in data.recipients),
            copies=frozenset(UnitCode(code) for code in data.copies),
            sent_to=data.sent_to.strip(),
            signer=data.signer.strip(),
            signed_on=data.signed_on,
            prints=data.prints,
            text=data.text,
        )
        wanted = key(pk)
        done = commands.do(wanted, order=order, actor=actor_of(request), now=now(), version=data.version)
        return _answered(request, done)

    add_deed(router, deed, operation, of="document", out=DocumentOut, said="公文的一步 / one step of a document")


for _deed in DEEDS:
    _add(_deed)
