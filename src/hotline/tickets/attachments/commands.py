"""Adding and removing a file: checked first, then recorded and kept in one transaction, or not at all."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from hotline.rules.acts import AddAttachment, RemoveAttachment
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import FileKind, Purpose, VisibleTo
from hotline.tickets.access import OpenTicket, TicketRefused, look_at, take
from hotline.tickets.acting.standing import why_not
from hotline.tickets.attachments import store
from hotline.tickets.attachments.preparing import Prepared, prepared
from hotline.tickets.attachments.queries import visible
from hotline.tickets.attachments.refusing import FileRefused
from hotline.tickets.commands import Outcome, perform_on
from hotline.tickets.models import Attachment
from hotline.tickets.rulebook import rulebook


@dataclass(frozen=True)
class Added:
    """What came of one file: its number on the ticket, or why it was not taken in."""

    id: int | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def ok(self) -> bool:
        """True when the file is kept and recorded."""
        return not self.refusals


def add_attachment(
    *,
    number: str,
    file: BinaryIO,
    name: str,
    purpose: Purpose,
    actor: Actor,
    now: datetime,
    visible_to: VisibleTo = VisibleTo.TICKET,
) -> Added:
    """One file on a ticket. Who may not add one is told so before the file is looked at."""
    refusals = _refused_before(number, actor, now)
    if refusals:
        return Added(refusals=refusals)
    try:
        with prepared(file, name) as ready, transaction.atomic(savepoint=False):
            return _add(number, ready, purpose, visible_to, actor, now)
    except FileRefused as refused:
        return Added(refusals=(refused.refusal,))


def remove_attachment(*, number: str, attachment: int, reason: str, actor: Actor, now: datetime) -> Outcome:
    """Nobody opens the file any more; the line that it was there stays, and the file goes after thirty days."""
    with transaction.atomic(savepoint=False):
        try:
            opened = take(number, actor=actor)
        except TicketRefused as refused:
            return Outcome(refusals=(refused.refusal,))
        row = Attachment.objects.filter(ticket=opened.row, pk=attachment, removed_at=None, erased_at=None).first()
        if row is None or not visible(row, opened.state, actor):
            return Outcome(refusals=(Refusal("attachment.not_found"),))
        outcome = perform_on(opened, act=_removal(row, reason), actor=actor, now=now)
        if outcome.ok and outcome.state is not None:
            row.removed_at, row.removed_by, row.removed_seq = now, actor.id, outcome.state.version
            row.save(update_fields=["removed_at", "removed_by", "removed_seq"])
        return outcome


def _refused_before(number: str, actor: Actor, now: datetime) -> tuple[Refusal, ...]:
    try:
        state = look_at(number, actor=actor).state
    except TicketRefused as refused:
        return (refused.refusal,)
    return why_not(state, AddAttachment, actor=actor, book=rulebook(now=now, profile=state.profile), now=now)


def _add(number: str, ready: Prepared, purpose: Purpose, visible_to: VisibleTo, actor: Actor, now: datetime) -> Added:
    try:
        opened = take(number, actor=actor)
    except TicketRefused as refused:
        return Added(refusals=(refused.refusal,))
    full = _no_room(opened, ready)
    if full is not None:
        return Added(refusals=(full,))
    act = AddAttachment(purpose=purpose, visible_to=visible_to, kind=ready.kind, size=ready.size, sha256=ready.sha256)
    outcome = perform_on(opened, act=act, actor=actor, now=now)
    if outcome.state is None or not outcome.ok:
        return Added(refusals=outcome.refusals)
    store.hold(ready.sha256)
    store.keep(ready.path, ready.sha256)
    (event,) = outcome.events
    row = Attachment.objects.create(
        ticket=opened.row,
        seq=outcome.state.version,
        name=ready.name,
        kind=ready.kind.value,
        size=ready.size,
        sha256=ready.sha256,
        purpose=purpose.value,
        visible_to=visible_to.value,
        uploaded_by=actor.id,
        role=event.role.value,
        unit=actor.unit or "",
        at=event.at,
    )
    return Added(id=row.pk)


def _no_room(opened: OpenTicket, ready: Prepared) -> Refusal | None:
    """At most so many files at a time, and none twice."""
    there = list(Attachment.objects.filter(ticket=opened.row, removed_at=None, erased_at=None).values_list("sha256"))
    if (ready.sha256,) in there:
        return Refusal("upload.already_there", field="file")
    if len(there) >= settings.ATTACHMENT_MOST_FILES:
        return Refusal("upload.too_many", {"count": settings.ATTACHMENT_MOST_FILES}, field="file")
    return None


def _removal(row: Attachment, reason: str) -> RemoveAttachment:
    return RemoveAttachment(
        purpose=Purpose(row.purpose),
        kind=FileKind(row.kind),
        size=row.size,
        sha256=row.sha256,
        added_by=row.uploaded_by,
        reason=reason,
    )
