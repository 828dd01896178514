"""Lists and the shell as page objects: everything their templates print, already in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from hotline.desks.clock_lines import lamp
from hotline.desks.places import Desk
from hotline.desks.time_words import DueWords, age_words, due_words, moment_words
from hotline.oversight.notices.queries import unread_of
from hotline.rules.lifecycle import Actor, Rulebook
from hotline.rules.vocabulary import Urgency
from hotline.rules.words import word
from hotline.tickets.acting.counters import MOST, counts
from hotline.tickets.acting.names import Names
from hotline.tickets.queries import TicketRow

MOST_RUNG: Final = 99
"""The bell says no more than 99+."""


@dataclass(frozen=True)
class Line:
    """One row of a list, in words and ready to print: a list has fifty of them."""

    number: str
    address: str
    title: str
    marks: tuple[tuple[str, str], ...]
    stage: str
    request_type: str
    category: str
    place: str
    unit: str
    created: str
    age: str
    due: DueWords | None
    due_hint: str
    light: str
    version: int
    provisional: str = ""


def line(row: TicketRow, known: Names, book: Rulebook, lang: str, now: datetime) -> Line:
    """A stored row as a line of a list."""
    due = due_words(row.due_at, now) if row.due_at else None
    return Line(
        number=row.number,
        address=reverse("ticket", args=[row.number]),
        title=row.title,
        marks=tuple(_marks(row, known, lang)),
        stage=word(f"stage.{row.stage}", lang),
        request_type=word(f"request_type.{row.request_type}", lang),
        category=known.category(row.category, lang),
        place=known.region(row.region, lang),
        unit=known.unit(row.lead_unit, lang),
        created=moment_words(row.created_at, now).full,
        age=age_words(row.created_at, now),
        due=due,
        due_hint=f"{word(f'clock.{row.due_kind}', lang)} {due.at.full}" if due else "",
        light=lamp(row.due_from or row.created_at, row.due_at, now, book),
        version=row.version,
        provisional=_("暂定") if row.due_provisional else "",
    )


def _marks(row: TicketRow, known: Names, lang: str) -> Iterator[tuple[str, str]]:
    """Urgency, flags, tags and what was asked for, each with the kind of its sticker."""
    if row.urgency != Urgency.ORDINARY.value:
        yield word(f"urgency.{row.urgency}", lang), "sticker sticker-strong"
    for flag in row.flags:
        yield word(f"flag.{flag}", lang), "sticker"
    for tag in row.tags:
        yield known.tag(tag, lang), "sticker sticker-tag"
    for asked in row.proposals:
        yield word(f"proposal.{asked}", lang), "sticker sticker-ask"
    if row.paper:
        lies = {"paper": word(f"paper.{row.paper}", lang), "who": word(f"role.{row.awaits_signature}", lang)}
        yield _("%(paper)s待%(who)s签批") % lies, "sticker sticker-ask"


@dataclass(frozen=True)
class RailDesk:
    """A desk in the left rail, with how much waits there."""

    desk: Desk
    count: int

    @property
    def shown(self) -> str:
        """The counter as it is printed: nothing for an empty desk, 999+ for a full one."""
        return f"{MOST}+" if self.count > MOST else str(self.count or "")


def rail(desks: Sequence[Desk], actor: Actor) -> tuple[tuple[RailDesk, ...], str]:
    """The person's desks with their counters, and the number on the bell, in one statement."""
    counted = [(desk.key, desk.where) for desk in desks if desk.where is not None]
    others = [(desk.key, desk.counted(actor)) for desk in desks if desk.counted is not None]
    bell = [unread_of(int(actor.id))] if actor.id.isdecimal() else []
    also = [*(rows for _, rows in others), *bell]
    numbers = counts([where for _, where in counted], actor=actor, also=also)
    unread = numbers[-1] if bell else 0
    keys = [key for key, _ in (*counted, *others)]
    found = dict(zip(keys, numbers, strict=False))
    counted_desks = (RailDesk(desk, found.get(desk.key, 0)) for desk in desks)
    shown = tuple(one for one in counted_desks if one.count or not one.desk.hides_empty)
    return shown, f"{MOST_RUNG}+" if unread > MOST_RUNG else str(unread or "")
