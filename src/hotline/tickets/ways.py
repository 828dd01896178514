"""The ways of tickets to their leads, read from the ledger for the figures of quarrels. Nothing typed is shown.

Three statements at most, each over an index; the reader sees all tickets, who does not gets nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from django.db.models import Q, QuerySet

from hotline.rules.lifecycle import Actor
from hotline.rules.quarrel_trails import TELLING_NAMES, TELLING_STAGES, followed, trace
from hotline.rules.quarrels import Trace
from hotline.rules.state import Event
from hotline.rules.visibility import view_of
from hotline.rules.vocabulary import CategoryCode, Role, Stage, UnitCode
from hotline.tickets.models import LedgerEntry, Ticket, TicketText

MOST: Final = 20_000
"""So many tickets of a time are read, the newest (P): a month of a large city."""
NOBODYS: Final = (Stage.PENDING_DISPATCH, Stage.JURISDICTION_DISPUTE, Stage.JOINT_HANDLING)
READ: Final = ("ticket_id", "ticket__number", "ticket__category", "name", "act", "at", "actor", "role", "unit", "stage")
Precedents = Mapping[str, str]
"""Lines of the directory that come from rulings, by number and version, and what their precedent is called."""


def ways(*, actor: Actor, since: datetime, until: datetime, precedents: Precedents) -> tuple[Trace, ...]:
    """The ways of tickets that came in within a time and were ever dispatched."""
    if not view_of(actor).everything:
        return ()
    asked = Ticket.objects.filter(created_at__gte=since, created_at__lt=until).order_by("-created_at", "-id")
    return tuple(_read(asked.values("pk")[:MOST], precedents))


def ways_without_owner(*, actor: Actor, precedents: Precedents) -> tuple[Trace, ...]:
    """Those of open tickets that nobody leads now, however old."""
    if not view_of(actor).everything:
        return ()
    nobodys = Ticket.objects.filter(stage__in=[stage.value for stage in NOBODYS])
    nobodys = nobodys.filter(Q(founded_returns__gt=0) | ~Q(stage=Stage.PENDING_DISPATCH.value))
    return tuple(_read(nobodys.order_by().values("pk"), precedents))


@dataclass(frozen=True)
class Earlier:
    """An earlier ticket as the directory would have been asked about it. Its text is for rules, never for a page."""

    id: int
    text: str
    category: str
    region: str
    at: datetime


def earlier(
    categories: Sequence[str], *, actor: Actor, since: datetime, until: datetime, most: int
) -> tuple[Earlier, ...]:
    """Tickets of these categories (or beginnings of some) that came in within a time, the newest first."""
    if not view_of(actor).everything or not categories:
        return ()
    about = Q()
    for category in categories:
        about |= Q(category__startswith=category)
    rows = list(
        Ticket.objects.filter(about, created_at__gte=since, created_at__lt=until)
        .order_by("-created_at", "-id")
        .values("pk", "title", "category", "region", "created_at")[:most]
    )
    said = TicketText.objects.filter(ticket__in=[row["pk"] for row in rows], field="content")
    words = dict(said.order_by("seq").values_list("ticket_id", "body"))
    return tuple(
        Earlier(
            id=row["pk"],
            text="\n".join((row["title"], words.get(row["pk"], ""))),
            category=row["category"],
            region=row["region"],
            at=row["created_at"],
        )
        for row in rows
    )


def ways_of(
    ids: Iterable[int] | QuerySet[LedgerEntry, Any], *, actor: Actor, precedents: Precedents
) -> Mapping[int, Trace]:
    """The ways of these tickets, by their ids; a question for the ids is asked in the same statement."""
    if not view_of(actor).everything:
        return {}
    wanted = ids if isinstance(ids, QuerySet) else list(ids)
    return {found: way for found, way in _by_id(wanted, precedents) if way is not None}


def _read(ids: QuerySet[Ticket, Any] | list[int], precedents: Precedents) -> Iterator[Trace]:
    return (way for _, way in _by_id(ids, precedents) if way is not None)


def _by_id(ids: QuerySet[Any, Any] | list[int], precedents: Precedents) -> Iterator[tuple[int, Trace | None]]:
    telling = Q(name__in=sorted(TELLING_NAMES)) | Q(stage__in=sorted(stage.value for stage in TELLING_STAGES))
    rows = LedgerEntry.objects.filter(telling, ticket__in=ids).order_by("ticket_id", "seq").values(*READ, "payload")
    for key, group in groupby(rows.iterator(), key=lambda row: row["ticket_id"]):
        entries = list(group)
        events = [_event(row) for row in entries]
        line = next((precedents[one] for one in followed(events) if one in precedents), "")
        first = entries[0]
        category = CategoryCode(first["ticket__category"])
        yield key, trace(first["ticket__number"], category, events, by_precedent=line)


def _event(row: Mapping[str, Any]) -> Event:
    return Event(
        name=row["name"],
        act=row["act"],
        at=row["at"],
        actor=row["actor"],
        role=Role(row["role"]),
        unit=UnitCode(row["unit"]) if row["unit"] else None,
        stage=Stage(row["stage"]),
        payload=row["payload"],
    )
