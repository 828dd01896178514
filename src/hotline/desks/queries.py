"""Lists and the shell as page objects: everything their templates print, already in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.desks.clock_lines import lamp
from hotline.desks.places import Desk
from hotline.desks.time_words import DueWords, Moment, age_words, due_words, moment_words
from hotline.rules.lifecycle import Actor, Rulebook
from hotline.rules.vocabulary import Proposal, Urgency
from hotline.rules.words import word
from hotline.tickets.acting.counters import MOST, counts
from hotline.tickets.acting.names import Names
from hotline.tickets.queries import TicketFilter, TicketRow


@dataclass(frozen=True)
class Line:
    """One row of a list, in words."""

    number: str
    title: str
    stage: str
    request_type: str
    category: str
    place: str
    unit: str
    urgency: str
    flags: tuple[str, ...]
    asked: tuple[str, ...]
    created: Moment
    age: str
    due: DueWords | None
    due_name: str
    light: str


def line(row: TicketRow, known: Names, book: Rulebook, lang: str, now: datetime) -> Line:
    """A stored row as a line of a list."""
    return Line(
        number=row.number,
        title=row.title,
        stage=word(f"stage.{row.stage}", lang),
        request_type=word(f"request_type.{row.request_type}", lang),
        category=known.category(row.category, lang),
        place=known.region(row.region, lang),
        unit=known.unit(row.lead_unit, lang),
        urgency=word(f"urgency.{row.urgency}", lang) if row.urgency != Urgency.ORDINARY.value else "",
        flags=tuple(word(f"flag.{flag}", lang) for flag in row.flags),
        asked=tuple(word(Proposal(asked), lang) for asked in row.proposals),
        created=moment_words(row.created_at, now),
        age=age_words(row.created_at, now),
        due=due_words(row.due_at, now) if row.due_at else None,
        due_name=word(f"clock.{row.due_kind}", lang) if row.due_kind else "",
        light=lamp(row.due_from or row.created_at, row.due_at, now, book),
    )


@dataclass(frozen=True)
class RailDesk:
    """A desk in the left rail, with how much waits there."""

    desk: Desk
    count: int

    @property
    def shown(self) -> str:
        """The counter as it is printed: nothing for an empty desk, 999+ for a full one."""
        return f"{MOST}+" if self.count > MOST else str(self.count or "")


def rail(desks: Sequence[Desk], actor: Actor) -> tuple[RailDesk, ...]:
    """The person's desks with their counters, in one statement."""
    found = counts([TicketFilter(stages=tuple(s.value for s in desk.stages)) for desk in desks], actor=actor)
    return tuple(RailDesk(desk, count) for desk, count in zip(desks, found, strict=True))
