"""Quick notes: keep one, take it back within two minutes, read today's, count a number's nuisance calls."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import BigIntegerField, Case, Count, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Cast

from hotline.registry.knowledge.commands import cite
from hotline.registry.people.models import User
from hotline.rules.call_notes import NUISANCE_WITHIN, UNDO_WITHIN, Note, NoteKind, check_note, check_undo, sees_all
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import CITY_TZ
from hotline.search.callers import digits
from hotline.stages.intake.models import CallNote

TAIL = 4
SHOWN = 200


@dataclass(frozen=True)
class NoteKept:
    """What came of it: the note's id, or why it was not kept."""

    id: int = 0
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NoteLine:
    """One note as its readers see it."""

    id: int
    at: datetime
    kind: NoteKind
    words: str
    item: str
    tail: str
    who: str
    undone: bool
    undoable: bool


@dataclass(frozen=True)
class Notes:
    """Today's notes, newest first, and how many of each kind stand."""

    lines: tuple[NoteLine, ...]
    counts: Mapping[NoteKind, int]


def caller_digest(phone: str) -> str:
    """What is kept of a caller's number: it can be recognised again, not read."""
    number = digits(phone)
    return hmac.new(settings.LEDGER_KEY.encode(), f"caller\n{number}".encode(), sha256).hexdigest() if number else ""


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


def todays_notes(*, actor: Actor, now: datetime) -> Notes:
    """Notes of this day in the city: an agent's own, everybody's for a team leader."""
    day = now.astimezone(CITY_TZ).date()
    account = Case(When(agent__regex=r"^[0-9]{1,18}$", then=Cast("agent", BigIntegerField())))
    today = _seen(actor).filter(at__gte=datetime.combine(day, time(), CITY_TZ))
    rows = today.annotate(
        account=account, who=Subquery(User.objects.filter(pk=OuterRef("account")).values("full_name")[:1])
    )
    lines = tuple(_line(row, row.who or "", actor, now) for row in rows.order_by("-at", "-id")[:SHOWN])
    found = dict(today.filter(undone_at=None).values_list("kind").annotate(Count("id")))
    return Notes(lines, {kind: found.get(kind.value, 0) for kind in NoteKind})


def _seen(actor: Actor) -> "QuerySet[CallNote]":
    return CallNote.objects.all() if sees_all(actor) else CallNote.objects.filter(agent=actor.id)


def _line(row: CallNote, who: str, actor: Actor, now: datetime) -> NoteLine:
    mine = row.agent == actor.id
    return NoteLine(
        id=row.pk,
        at=row.at,
        kind=NoteKind(row.kind),
        words=row.words,
        item=row.item,
        tail=row.phone_tail,
        who=who,
        undone=row.undone_at is not None,
        undoable=mine and row.undone_at is None and now - row.at <= UNDO_WITHIN,
    )


def nuisance_calls(phone: str, *, now: datetime) -> int:
    """How many nuisance calls of this number were noted in the last thirty days."""
    known = caller_digest(phone)
    if not known:
        return 0
    noted = CallNote.objects.filter(phone_digest=known, kind=NoteKind.NUISANCE.value, undone_at=None)
    return noted.filter(at__gt=now - NUISANCE_WITHIN, at__lte=now).count()
