"""Work that a district has passed to streets and bureaus, read from the tables: by the inner limit, by who took what.

The district's desk and the inboxes below it rely on it. Every answer is narrowed to the reader's view.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT

from hotline.rules.lifecycle import Actor
from hotline.rules.visibility import sees_text, view_of
from hotline.rules.vocabulary import ClockKind
from hotline.tickets.access import OpenTicket
from hotline.tickets.models import LedgerEntry, Ticket, TicketClock, TicketText
from hotline.tickets.narrowing import TicketFilter, in_view, narrowed

PAGE: Final = 50
LONGEST_KEY: Final = 18


@dataclass(frozen=True)
class PassedRow:
    """One ticket of a list with both limits: the inner one of the unit below, and the city's."""

    id: int
    number: str
    title: str
    urgency: str
    flags: tuple[str, ...]
    region: str
    category: str
    below: str
    signed: bool
    inner_from: datetime | None
    inner_due: datetime | None
    city_from: datetime | None
    city_due: datetime | None


def _of(kind: ClockKind, column: str) -> Subquery:
    clocks = TicketClock.objects.filter(ticket=OuterRef("pk"), kind=kind.value).order_by("-round")
    return Subquery(clocks.values(column)[:1])


def passed_rows(
    *, actor: Actor, where: TicketFilter, inner: bool, after: str = ""
) -> tuple[tuple[PassedRow, ...], str]:
    """Fifty tickets, what is due first on top, and the key of the next page; `inner` says by which limit."""
    found = narrowed(in_view(view_of(actor)), where, actor).annotate(
        inner_due=_of(ClockKind.INNER_REPLY, "due_at"),
        inner_from=_of(ClockKind.INNER_REPLY, "started_at"),
        city_due=_of(ClockKind.UNIT_REPLY, "due_at"),
        city_from=_of(ClockKind.UNIT_REPLY, "started_at"),
        by=F("inner_due") if inner else F("city_due"),
    )
    rows: list[Any] = list(_after(found, after).order_by(F("by").asc(nulls_last=True), "id")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    key = f"{last.by.isoformat() if last.by else ''}_{last.pk}" if last else ""
    return tuple(map(_row, rows[:PAGE])), key


def _after(found: QuerySet[Ticket], after: str) -> QuerySet[Ticket]:
    """The rows behind a place of the list; a mangled place is the beginning."""
    moment, _, last = after.replace(" ", "+").partition("_")
    if not last.isdecimal() or len(last) > LONGEST_KEY:
        return found
    if not moment:
        return found.filter(Q(by=None, id__gt=int(last)))
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return found
    if at.tzinfo is None:
        return found
    return found.filter(Q(by__gt=at) | Q(by=at, id__gt=int(last)) | Q(by=None))


def _row(row: Any) -> PassedRow:
    given = row.delegation or {}
    return PassedRow(
        id=row.pk,
        number=row.number,
        title=row.title,
        urgency=row.urgency,
        flags=tuple(row.flags),
        region=row.region,
        category=row.category,
        below=given.get("unit", ""),
        signed=bool(given.get("signed")),
        inner_from=row.inner_from,
        inner_due=row.inner_due,
        city_from=row.city_from,
        city_due=row.city_due,
    )


def taken_before(opened: OpenTicket, *, actor: Actor, most: int) -> tuple[tuple[str, int], ...]:
    """Which units below took matters of the same second-level category, those of the same place first."""
    row = opened.row
    if not row.category:
        return ()
    same = in_view(view_of(actor)).filter(lead_unit=row.lead_unit, category__startswith=row.category[:4])
    found = (
        same.exclude(delegation=None)
        .exclude(pk=row.pk)
        .annotate(below=KT("delegation__unit"))
        .values("below")
        .annotate(here=Count("pk", filter=Q(region=row.region)), times=Count("pk"))
        .order_by("-here", "-times", "below")
    )
    return tuple((one["below"], one["times"]) for one in found[:most] if one["below"] in actor.covers)


def took(numbers: Sequence[str], *, actor: Actor) -> dict[str, str]:
    """Which unit below has each of these tickets, as far as the reader may see them."""
    if not numbers:
        return {}
    found = in_view(view_of(actor)).filter(number__in=list(numbers)).exclude(delegation=None)
    return dict(found.values_list("number", KT("delegation__unit")))


def inner_reply(opened: OpenTicket, *, actor: Actor) -> str:
    """What the unit below reported and the district has not yet answered to; blank when there is nothing."""
    given = opened.state.delegation
    if given is None or not given.replied or not sees_text(actor, opened.state, "reply"):
        return ""
    reported = LedgerEntry.objects.filter(ticket=opened.row, name="handling.delegate_replied").order_by("-seq")
    text = TicketText.objects.filter(ticket=opened.row, field="reply", seq=Subquery(reported.values("seq")[:1])).first()
    return text.body if text else ""
