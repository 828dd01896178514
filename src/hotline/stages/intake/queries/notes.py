"""What is read of quick notes: today's, with how many of each kind, and how often a number was a nuisance."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256

from django.conf import settings
from django.db.models import Count, QuerySet

from hotline.registry.knowledge.queries import search
from hotline.registry.people.queries import names
from hotline.rules.call_notes import NUISANCE_WITHIN, UNDO_WITHIN, NoteKind, sees_all
from hotline.rules.lifecycle import Actor
from hotline.rules.phones import digits
from hotline.rules.vocabulary import CITY_TZ
from hotline.stages.intake.models import CallNote

SHOWN = 200
CITABLE = 500


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


def citable(day: date) -> tuple[tuple[str, str], ...]:
    """Code and title of the knowledge items an agent may have told, those told most first."""
    return tuple((version.code, version.text.title) for version in search("", day, "", CITABLE))


def caller_digest(phone: str) -> str:
    """What is kept of a caller's number: it can be recognised again, not read."""
    number = digits(phone)
    return hmac.new(settings.LEDGER_KEY.encode(), f"caller\n{number}".encode(), sha256).hexdigest() if number else ""


def todays_notes(*, actor: Actor, now: datetime) -> Notes:
    """Notes of this day in the city: an agent's own, everybody's for a team leader."""
    day = now.astimezone(CITY_TZ).date()
    today = _seen(actor).filter(at__gte=datetime.combine(day, time(), CITY_TZ))
    rows = list(today.order_by("-at", "-id")[:SHOWN])
    who = names({row.agent for row in rows})
    lines = tuple(_line(row, who.get(row.agent, ""), actor, now) for row in rows)
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
