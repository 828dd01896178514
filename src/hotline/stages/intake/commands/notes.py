"""Quick notes: keep one, take it back within two minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from hotline.plumbing.sweeping import remove_in_parts
from hotline.registry.knowledge.commands import cite
from hotline.rules.call_notes import Note, check_note, check_undo, sees_all
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.phones import digits
from hotline.stages.intake.models import CallNote
from hotline.stages.intake.queries.notes import caller_digest

TAIL = 4


@dataclass(frozen=True)
class NoteKept:
    """What came of it: the note's id, or why it was not kept."""

    id: int = 0
    refusals: tuple[Refusal, ...] = ()


def keep_note(*, note: Note, actor: Actor, now: datetime, token: str = "") -> NoteKept:
    """One note. The same token twice gives the note of the first time."""
    refusals = check_note(note, actor)
    if refusals:
        return NoteKept(refusals=refusals)
    number = digits(note.phone)
    row = {
        "agent": actor.id,
        "at": now,
        "kind": note.kind.value,
        "words": note.words.strip(),
        "item": note.item.strip(),
        "phone_digest": caller_digest(number),
        "phone_tail": number[-TAIL:] if len(number) > TAIL else "",
    }
    with transaction.atomic():
        if token:
            kept, new = CallNote.objects.get_or_create(token=f"{actor.id}:{token}"[:80], defaults=row)
        else:
            kept, new = CallNote.objects.create(**row), True
        if new and kept.item:
            told = cite(codes=(kept.item,), ticket=f"note:{kept.pk}", actor=actor, now=now)
            if told.refusals:
                transaction.set_rollback(True)
                return NoteKept(refusals=tuple(Refusal(r.code, r.params, field="item") for r in told.refusals))
    return NoteKept(id=kept.pk)


def forget_notes(*, now: datetime) -> int:
    """By night: notes of calls longer ago than the operator's setting."""
    return remove_in_parts(CallNote.objects.filter(at__lte=now - timedelta(days=settings.CALL_NOTE_DAYS)))


def undo_note(*, id: int, actor: Actor, now: datetime) -> tuple[Refusal, ...]:  # noqa: A002  # what a note is known by
    """Take a note back: it stays as a line and counts no more."""
    with transaction.atomic():
        kept = CallNote.objects.select_for_update().filter(pk=id).first()
        if kept is None or (kept.agent != actor.id and not sees_all(actor)):
            return (Refusal("call_note.not_found"),)
        refusal = check_undo(written_by=kept.agent, at=kept.at, undone=kept.undone_at is not None, actor=actor, now=now)
        if refusal is not None:
            return (refusal,)
        kept.undone_at = now
        kept.save(update_fields=["undone_at"])
    return ()
