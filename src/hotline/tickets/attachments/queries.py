"""Which files of a ticket somebody may open, and one of them opened. Rows leave here as plain values only."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from django.db.models import OuterRef, Subquery

from hotline.registry.people.queries import names
from hotline.rules.acts import AddAttachment, RemoveAttachment
from hotline.rules.lifecycle import Actor
from hotline.rules.lifecycle.inputs import MAY_REMOVE_ANY, purposes_of
from hotline.rules.messages import Refusal
from hotline.rules.state import TicketState
from hotline.rules.visibility import sees_attachment, view_of
from hotline.rules.vocabulary import FileKind, Flag, Purpose, UnitCode, VisibleTo
from hotline.tickets.access import TicketRefused, look_at
from hotline.tickets.acting.standing import why_not
from hotline.tickets.attachments import store
from hotline.tickets.attachments.kinds import KINDS
from hotline.tickets.models import Attachment, TicketText
from hotline.tickets.rulebook import Rulebooks, rulebooks


@dataclass(frozen=True)
class Line:
    """One file in a ticket's list. `gone` is "", "removed" or "erased"; a gone file opens for nobody."""

    id: int
    name: str
    kind: FileKind
    size: int
    purpose: Purpose
    visible_to: VisibleTo
    at: datetime
    who: str
    role: str
    unit: str
    gone: str
    gone_at: datetime | None
    gone_by: str
    reason: str
    may_remove: bool
    inline: bool
    sha256: str


@dataclass(frozen=True)
class Files:
    """What a reader sees of a ticket's files, and what they may add."""

    number: str
    title: str
    lines: tuple[Line, ...]
    purposes: tuple[Purpose, ...]
    refusals: tuple[Refusal, ...]
    inside: bool
    confidential: bool

    @property
    def may_add(self) -> bool:
        """True when this reader may add a file now."""
        return not self.refusals


@dataclass(frozen=True)
class Opened:
    """A file on its way to a reader, who closes it; or why it is not opened."""

    file: BinaryIO | None = None
    name: str = ""
    mime: str = ""
    inline: bool = False
    size: int = 0
    refusal: Refusal | None = None


REASON: Final = Subquery(
    TicketText.objects.filter(ticket=OuterRef("ticket"), seq=OuterRef("removed_seq"), field="reason").values("body")[:1]
)


def visible(row: Attachment, state: TicketState, actor: Actor) -> bool:
    """The rule of visibility asked for one row."""
    return sees_attachment(
        actor,
        state,
        purpose=Purpose(row.purpose),
        visible_to=VisibleTo(row.visible_to),
        added_by_unit=UnitCode(row.unit) if row.unit else None,
    )


def files_of(number: str, *, actor: Actor, now: datetime, books: Rulebooks | None = None) -> Files:
    """The list, oldest first; TicketRefused if the ticket is not there. What was removed only the office still sees."""
    opened = look_at(number, actor=actor)
    state, inside = opened.state, view_of(actor).everything
    book = (books or rulebooks()).at(now, state.profile)
    rows = [
        row
        for row in Attachment.objects.filter(ticket=opened.row).annotate(reason=REASON).order_by("pk")
        if visible(row, state, actor) and (inside or not (row.removed_at or row.erased_at))
    ]
    known = names({who for row in rows for who in (row.uploaded_by, row.removed_by)}) if rows else {}
    removing = not why_not(state, RemoveAttachment, actor=actor, book=book, now=now)
    return Files(
        number=opened.row.number,
        title=opened.row.title,
        lines=tuple(_line(row, actor, known, removing=removing) for row in rows),
        purposes=tuple(p for p in Purpose if p in purposes_of(actor.roles)),
        refusals=why_not(state, AddAttachment, actor=actor, book=book, now=now),
        inside=inside,
        confidential=Flag.CONFIDENTIAL in state.flags,
    )


def open_one(number: str, attachment: int, *, actor: Actor) -> Opened:
    """One file for reading. What is not there and what is not for this reader are answered alike."""
    try:
        opened = look_at(number, actor=actor)
    except TicketRefused as refused:
        return Opened(refusal=refused.refusal)
    row = Attachment.objects.filter(ticket=opened.row, pk=attachment, removed_at=None, erased_at=None).first()
    if row is None or not visible(row, opened.state, actor):
        return Opened(refusal=Refusal("attachment.not_found"))
    file, kind = store.open_file(row.sha256), KINDS[FileKind(row.kind)]
    if file is None:
        return Opened(refusal=Refusal("attachment.file_missing"))
    return Opened(file=file, name=row.name, mime=kind.mime, inline=kind.inline, size=row.size)


def _line(row: Attachment, actor: Actor, known: dict[str, str], *, removing: bool) -> Line:
    gone = "erased" if row.erased_at else "removed" if row.removed_at else ""
    own = row.uploaded_by == actor.id or bool(actor.roles & MAY_REMOVE_ANY)
    return Line(
        id=row.pk,
        name=row.name,
        kind=FileKind(row.kind),
        size=row.size,
        purpose=Purpose(row.purpose),
        visible_to=VisibleTo(row.visible_to),
        at=row.at,
        who=known.get(row.uploaded_by, ""),
        role=row.role,
        unit=row.unit,
        gone=gone,
        gone_at=row.erased_at or row.removed_at,
        gone_by=known.get(row.removed_by, ""),
        reason=getattr(row, "reason", None) or "",
        may_remove=removing and own and not gone,
        inline=KINDS[FileKind(row.kind)].inline,
        sha256=row.sha256,
    )
