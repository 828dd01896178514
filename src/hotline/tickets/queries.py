"""What desks, API and exports read of tickets. Every function filters by the reader's view; none returns a model
to a page that could be saved by mistake: rows are plain values.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Case, OuterRef, QuerySet, Subquery, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, JSONObject

from hotline.registry.people.models import User
from hotline.rules.lifecycle import Actor, Rulebook, allowed
from hotline.rules.lifecycle.transition import Transition
from hotline.rules.state import TicketState
from hotline.rules.visibility import (
    RequesterView,
    in_own_words,
    kept_inside,
    requester_view,
    sees_inside,
    sees_text,
    view_of,
)
from hotline.rules.vocabulary import ClockKind, Paper
from hotline.tickets.access import OpenTicket, look_at
from hotline.tickets.helping import KIND, own_limits
from hotline.tickets.models import LedgerEntry, Requester, Ticket, TicketClock, TicketText
from hotline.tickets.narrowing import TicketFilter, in_view, narrowed
from hotline.tickets.ordering import DUE, FAR, ordered, place_of
from hotline.tickets.rulebook import Rulebooks, rulebooks

__all__ = ["TicketFilter", "TicketRow", "count_up_to", "in_view", "narrowed", "rows_of", "ticket_file", "tickets"]

PAGE = 50


@dataclass(frozen=True)
class TicketRow:
    """One line of a list."""

    id: int
    number: str
    title: str
    stage: str
    request_type: str
    category: str
    region: str
    urgency: str
    flags: tuple[str, ...]
    tags: tuple[str, ...]
    lead_unit: str
    created_at: datetime
    due_at: datetime | None
    due_kind: str
    version: int
    proposals: tuple[str, ...]
    due_from: datetime | None = None
    paper: str = ""
    awaits_signature: str = ""
    due_provisional: bool | None = None


@dataclass(frozen=True)
class TicketList:
    """One page of a list; `next_key` opens the following page, blank at the end."""

    rows: tuple[TicketRow, ...]
    next_key: str

    def is_exactly(self, number: str) -> bool:
        """True when the first row is the ticket of that number."""
        return bool(self.rows) and self.rows[0].number == number


COLUMNS = (
    "id", "number", "title", "stage", "request_type", "category", "region", "urgency", "flags", "tags", "lead_unit",
    "created_at", "due_at", "due_kind", "version", "proposals", "due_from",
    "paper", "awaits_signature", "due_provisional",
)  # fmt: skip

_OWED = TicketClock.objects.filter(ticket=OuterRef("pk"), kind=OuterRef("due_kind")).order_by("-round")
CLOCK_START = Subquery(_OWED.values("started_at")[:1])
CLOCK_PROVISIONAL = Subquery(_OWED.values("provisional")[:1])
"""When the clock that a list shows began: a lamp changes by the share of it that is used up."""


def tickets(*, actor: Actor, where: TicketFilter, after: str = "", limit: int = PAGE) -> TicketList:
    """One page of the tickets this person may see, in one statement whatever the page's place; of a co-unit's list in
    two.
    """
    found = narrowed(in_view(view_of(actor)), where, actor)
    found = ordered(found, where.order, after)
    rows = [_row(values, actor) for values in _lined(found)[: limit + 1]]
    more, page = len(rows) > limit, rows[:limit]
    key = str(place_of(page[-1], where.order)) if more else ""
    return TicketList(rows=tuple(_helped(page, where, actor) if where.of_helpers else page), next_key=key)


def _helped(page: Sequence[TicketRow], where: TicketFilter, actor: Actor) -> Sequence[TicketRow]:
    """The list of a co-unit, with the limits of its own tasks in place of the lead's; in their order within a page."""
    own = own_limits([row.id for row in page], actor.units)
    rows = [
        replace(row, due_from=own[row.id][0], due_at=own[row.id][1], due_kind=KIND) if row.id in own else row
        for row in page
    ]
    return sorted(rows, key=lambda row: row.due_at or FAR) if where.order == DUE else rows


def rows_of(numbers: Sequence[str], *, actor: Actor) -> tuple[TicketRow, ...]:
    """The rows of named tickets as far as they are in view, in the order of the names."""
    found = in_view(view_of(actor)).filter(number__in=list(numbers))
    rows = {row.number: row for row in (_row(values, actor) for values in _lined(found))}
    return tuple(rows[number] for number in numbers if number in rows)


def _lined(found: QuerySet[Ticket]) -> QuerySet[Ticket, tuple[Any, ...]]:
    return found.annotate(
        due_from=CLOCK_START, due_provisional=CLOCK_PROVISIONAL, paper=KT("signing__paper")
    ).values_list(*COLUMNS)


def place_in(number: str, *, actor: Actor, where: TicketFilter) -> str:
    """The key of a ticket's place in a list's order, from where its next one is found; blank if it is out of sight."""
    columns = ("id", "created_at", "due_at", "stage", "urgency")
    row = in_view(view_of(actor)).filter(number=number).only(*columns).first()
    return str(place_of(row, where.order)) if row else ""


def count_up_to(*, actor: Actor, where: TicketFilter, most: int = 1000) -> int:
    """How many there are, counted no further than `most`: a counter needs no more."""
    return narrowed(in_view(view_of(actor)), where, actor).order_by()[:most].count()


def _row(values: Sequence[Any], actor: Actor) -> TicketRow:
    fields = dict(zip(COLUMNS, values, strict=True))
    told = fields["paper"] == Paper.REPLY or sees_inside(actor, fields["lead_unit"])
    if not told:
        fields |= {"paper": "", "awaits_signature": ""}
    lists = {name: tuple(fields[name]) for name in ("flags", "tags", "proposals")}
    return TicketRow(**fields | lists | {"paper": fields["paper"] or ""})


@dataclass(frozen=True)
class TimelineEntry:
    """One line of the ticket's history with the words typed in it that this reader may see."""

    seq: int
    name: str
    act: str
    at: datetime
    actor: str
    who: str
    role: str
    unit: str
    stage: str
    payload: dict[str, Any]
    clocks: list[dict[str, Any]]
    texts: dict[str, str] = field(default_factory=dict)
    stood_for: str = ""


@dataclass(frozen=True)
class TicketFile:
    """Everything one reader may see of one ticket, and what this reader may do now."""

    row: Ticket
    state: TicketState
    book: Rulebook
    requester: Requester | None
    requester_view: RequesterView
    timeline: tuple[TimelineEntry, ...]
    clocks: tuple[TicketClock, ...]
    acts: tuple[Transition, ...]

    @property
    def texts(self) -> dict[str, str]:
        """The latest words of each kind: title, content, reply and so on."""
        return {name: body for entry in self.timeline for name, body in entry.texts.items()}


def ticket_file(number: str, *, actor: Actor, now: datetime, books: Rulebooks | None = None) -> TicketFile:
    """The whole ticket page in three statements, and one more for the rules when they are not at hand.

    TicketRefused if the ticket is not there for this reader.
    """
    opened = look_at(number, actor=actor, with_requester=True)
    state = opened.state
    book = (books or rulebooks()).at(now, state.profile)
    asker = requester_view(actor, state)
    requester = None if asker is RequesterView.HIDDEN else getattr(opened.row, "requester", None)
    return TicketFile(
        row=opened.row,
        state=state,
        book=book,
        requester=requester,
        requester_view=asker,
        timeline=tuple(_timeline(opened, actor)),
        clocks=tuple(sorted(_clocks(opened, actor), key=lambda clock: (clock.started_at, clock.pk))),
        acts=allowed(state, actor=actor, book=book, now=now),
    )


def _clocks(opened: OpenTicket, actor: Actor) -> Iterator[TicketClock]:
    """A window that rests because the unit signs a return would tell the office of it before it is signed."""
    state = opened.state
    returning = state.signing is not None and state.signing.paper is Paper.RETURN
    quiet = {ClockKind.RETURN_WINDOW.value, ClockKind.SIGN_IN.value} if returning else set()
    inside = sees_inside(actor, state.lead_unit)
    return (clock for clock in opened.clocks if inside or clock.kind not in quiet)


def _timeline(opened: OpenTicket, actor: Actor, after: int = 0) -> Iterator[TimelineEntry]:
    """What this reader may know of the history: a unit's requests only once they are signed."""
    entries = list(_entries(opened, actor, after))
    hidden = kept_inside([(entry.name, entry.act) for entry in entries])
    return (e for place, e in enumerate(entries) if place not in hidden or sees_inside(actor, e.unit))


ACCOUNT = r"^[0-9]{1,18}$"
"""Actors that are accounts; others are the platform and citizens."""


def _entries(opened: OpenTicket, actor: Actor, after: int) -> Iterator[TimelineEntry]:
    """The ledger with the words of each act and the names of those who acted, in one statement."""
    words = TicketText.objects.filter(ticket=OuterRef("ticket"), seq=OuterRef("seq")).order_by("id")
    account = Case(When(actor__regex=ACCOUNT, then=Cast("actor", BigIntegerField())))
    rows = LedgerEntry.objects.filter(ticket=opened.row, seq__gt=after).annotate(
        words=ArraySubquery(words.values(pair=JSONObject(field="field", body="body"))),
        account=account,
        who=Subquery(User.objects.filter(pk=OuterRef("account")).values("full_name")[:1]),
        stands_for=KT("payload__for"),
        away=Case(When(stands_for__regex=ACCOUNT, then=Cast("stands_for", BigIntegerField()))),
        stood_for=Subquery(User.objects.filter(pk=OuterRef("away")).values("full_name")[:1]),
    )
    for e in rows.order_by("seq"):
        texts = {pair["field"]: pair["body"] for pair in e.words}
        own = in_own_words(e.act, e.role)
        yield TimelineEntry(
            seq=e.seq,
            name=e.name,
            act=e.act,
            at=e.at,
            actor=e.actor,
            who=e.who or "",
            role=e.role,
            unit=e.unit,
            stage=e.stage,
            payload=e.payload,
            clocks=e.clocks,
            texts={name: body for name, body in texts.items() if sees_text(actor, opened.state, name, own_words=own)},
            stood_for=e.stood_for or "",
        )


def since(opened: OpenTicket, *, version: int, actor: Actor) -> tuple[TimelineEntry, ...]:
    """What was done after the version somebody saw: version n is what entry n left."""
    return tuple(_timeline(opened, actor, after=version))
