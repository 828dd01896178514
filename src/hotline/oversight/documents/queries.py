"""What people read of documents: lists in their view, one with its history, what waits for whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from hotline.oversight.documents.models import Document, DocumentFile
from hotline.oversight.documents.rows import state_of
from hotline.oversight.documents.seen import seen_by
from hotline.rules import documents as rules
from hotline.rules.documents import Deed, DocumentKind, Status, allowed
from hotline.rules.documents.seeing import may_see, view_of
from hotline.rules.documents.states import ON_ITS_WAY
from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import Role
from hotline.rules.words import word
from hotline.rules.words_documents import document_number
from hotline.tickets.dossiers.queries import FileRow, Line, file_rows, lines_of, page_of

PAGE: Final = 50


@dataclass(frozen=True)
class DocumentRow:
    """One line of a list."""

    id: int
    kind: str
    status: str
    version: int
    about: str
    about_key: str
    recipients: tuple[str, ...]
    copies: tuple[str, ...]
    sent_to: str
    title: str
    year: int | None
    serial: int | None
    signer: str
    signed_on: date | None
    prints: int | None
    issued_at: datetime | None
    made_at: datetime
    last_at: datetime

    @property
    def number(self) -> str:
        """发文字号; blank before it was signed."""
        return document_number(DocumentKind(self.kind), self.year, self.serial)


COLUMNS: Final = tuple(DocumentRow.__dataclass_fields__)


@dataclass(frozen=True)
class DocumentList:
    """One page of a list; `next_key` leads to the older ones."""

    rows: tuple[DocumentRow, ...]
    next_key: int | None


def documents(
    *,
    actor: Actor,
    kind: str = "",
    statuses: Collection[Status] = (),
    about: tuple[str, str] | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> DocumentList:
    """Documents in view, the newest first."""
    found = seen_by(actor)
    if kind:
        found = found.filter(kind=kind)
    if statuses:
        found = found.filter(status__in=sorted(statuses))
    if about is not None:
        found = found.filter(about=about[0], about_key=about[1])
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = _rows(found.order_by("-pk")[: limit + 1])
    return DocumentList(*page_of(rows, limit))


def _rows(found: QuerySet[Document]) -> list[DocumentRow]:
    made: list[dict[str, Any]] = [dict(row) for row in found.values(*COLUMNS)]
    return [
        DocumentRow(**row | {"recipients": tuple(row["recipients"]), "copies": tuple(row["copies"])}) for row in made
    ]


@dataclass(frozen=True)
class DocumentWhole:
    """Everything one reader may see of one document, and what this reader may do now.

    A unit reads the paper; how it came about is the office's own. Of a voided one it reads why.
    """

    row: DocumentRow
    body: str
    state: rules.Document
    lines: tuple[Line, ...]
    files: tuple[FileRow, ...]
    deeds: tuple[Deed, ...]


def whole(pk: int, *, actor: Actor, now: datetime) -> DocumentWhole | None:
    """The whole page of one; None when it is not there for this person."""
    model = Document.objects.filter(pk=pk).first()
    if model is None:
        return None
    state = state_of(model)
    if not may_see(actor, state):
        return None
    office = view_of(actor).all
    files = DocumentFile.objects.filter(document=model).order_by("pk") if office else DocumentFile.objects.none()
    row = DocumentRow(**{name: _plain(getattr(model, name)) for name in COLUMNS})
    return DocumentWhole(
        row=row,
        body=model.body,
        state=state,
        lines=tuple(
            line
            for line in lines_of(model.entries.all(), model.texts.all())
            if office or line.deed in {Deed.ISSUE.value, Deed.VOID.value}
        ),
        files=file_rows(files),
        deeds=allowed(state, actor=actor, now=now),
    )


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def waiting(actor: Actor) -> QuerySet[Document]:
    """What waits for this person now; the rail counts it. What one wrote or had signed, others check and seal."""
    mine = Q(pk__in=[])
    if Role.SUPERVISOR in actor.roles:
        mine |= Q(status__in=[Status.DRAFT.value, Status.CHECKED.value, Status.SEALED.value])
    if actor.roles & {Role.SUPERVISOR, Role.TEAM_LEADER}:
        mine |= Q(status=Status.SUBMITTED.value) & ~Q(writers__contains=[actor.id])
        mine |= Q(status=Status.SIGNED.value) & ~Q(signed_by=actor.id)
    return seen_by(actor).filter(mine)


def to_do(*, actor: Actor, limit: int = PAGE) -> tuple[DocumentRow, ...]:
    """The same as rows, the oldest first."""
    return tuple(_rows(waiting(actor).order_by("last_at", "pk")[:limit]))


def labels(pks: Collection[int], *, actor: Actor, lang: str) -> dict[int, tuple[str, str]]:
    """Number and title of some, for notices; those out of view are left out."""
    if not pks:
        return {}
    rows = _rows(seen_by(actor).filter(pk__in=set(pks)))
    return {row.id: (row.number or word(f"document_kind.{row.kind}", lang), row.title) for row in rows}


__all__ = ["ON_ITS_WAY", "DocumentRow", "DocumentWhole", "documents", "labels", "to_do", "waiting", "whole"]
