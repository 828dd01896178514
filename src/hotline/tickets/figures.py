"""What the director's overview counts, each in one statement over an index. Counts only: nothing here says who asked.

The reader sees all tickets; who does not gets nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Case, Count, Q, QuerySet, Value, When

from hotline.rules.lifecycle import Actor
from hotline.rules.visibility import view_of
from hotline.rules.vocabulary import CITY_TZ, TERMINAL, ClockKind
from hotline.tickets.models import Disclosure, LedgerCheck, Ticket, TicketClock

SLOT = timedelta(minutes=30)
SLOTS = 48
WEEKS = 4
"""How many weeks back the usual day is taken from (P)."""
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
AGES = (1, 3, 7, 15)
"""Days at which the backlog is cut into ages (P)."""
MOST_UNITS = 12

_INTAKE = """
    SELECT floor(extract(epoch FROM (created_at AT TIME ZONE 'Asia/Shanghai')::time) / 1800)::int AS slot,
           count(*) FILTER (WHERE day.begins = %(today)s),
           count(*) FILTER (WHERE day.begins < %(today)s)
    FROM unnest(%(begins)s::timestamptz[], %(ends)s::timestamptz[]) AS day(begins, ends)
    JOIN tickets_ticket ON created_at >= day.begins AND created_at < day.ends
    GROUP BY slot
"""


@dataclass(frozen=True)
class Slot:
    """Half an hour of the day: how many came in today, and how many usually do."""

    begins: datetime
    today: int
    usual: float


def midnight(now: datetime) -> datetime:
    """When the city's day began."""
    return now.astimezone(CITY_TZ).replace(hour=0, minute=0, second=0, microsecond=0)


def intake_by_half_hour(*, actor: Actor, now: datetime) -> tuple[Slot, ...]:
    """Today beside the average of the same weekday of the last weeks."""
    today = midnight(now)
    found: Mapping[int, tuple[int, int]] = {}
    if view_of(actor).everything:
        days = [today - week * WEEK for week in range(WEEKS + 1)]
        values: dict[str, Any] = {"today": today, "begins": days, "ends": [day + DAY for day in days]}
        with connection.cursor() as cursor:
            cursor.execute(_INTAKE, values)
            found = {slot: (here, before) for slot, here, before in cursor.fetchall()}
    none = (0, 0)
    return tuple(
        Slot(today + SLOT * slot, found.get(slot, none)[0], found.get(slot, none)[1] / WEEKS) for slot in range(SLOTS)
    )


@dataclass(frozen=True)
class Standing:
    """Open tickets of one stage and one age: how many, and how many of them past due."""

    stage: str
    age: int
    count: int
    overdue: int


def backlog(*, actor: Actor, now: datetime) -> tuple[Standing, ...]:
    """Open tickets by stage and by age; an age is the number of AGES that a ticket has reached."""
    if not view_of(actor).everything:
        return ()
    whens = [When(created_at__gt=now - timedelta(days=days), then=Value(age)) for age, days in enumerate(AGES)]
    rows = (
        Ticket.objects.exclude(stage__in=sorted(TERMINAL))
        .annotate(age=Case(*whens, default=Value(len(AGES))))
        .order_by()
        .values_list("stage", "age")
        .annotate(count=Count("pk"), overdue=Count("pk", filter=Q(due_at__lt=now)))
    )
    return tuple(Standing(*row) for row in rows)


def overdue_by_unit(*, actor: Actor, now: datetime) -> tuple[tuple[str, int], ...]:
    """Lead units with the most open tickets past due."""
    if not view_of(actor).everything:
        return ()
    late = Ticket.objects.exclude(stage__in=sorted(TERMINAL)).filter(due_at__lt=now).exclude(lead_unit="")
    counted = late.order_by().values_list("lead_unit").annotate(count=Count("pk"))
    return tuple(sorted(counted, key=lambda row: (-row[1], row[0]))[:MOST_UNITS])


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """In per cent, to one place; None where there is nothing to share."""
        return round(100 * self.part / self.whole, 1) if self.whole else None


def on_time(*, actor: Actor, since: datetime, now: datetime) -> Share:
    """Replies that kept the citizen's time, of all that ended since then."""
    if not view_of(actor).everything:
        return Share(0, 0)
    ended = _judged(since, now)
    found = ended.aggregate(kept=Count("pk", filter=Q(met=True)), all=Count("pk"))
    return Share(found["kept"], found["all"])


def late_numbers(*, actor: Actor, since: datetime, now: datetime, limit: int = 200) -> tuple[str, ...]:
    """Tickets whose reply was late, the latest first."""
    if not view_of(actor).everything:
        return ()
    late = _judged(since, now).filter(met=False).order_by("-stopped_at")
    return tuple(dict.fromkeys(late.values_list("ticket__number", flat=True)[:limit]))


def _judged(since: datetime, now: datetime) -> QuerySet[TicketClock]:
    judged = TicketClock.objects.filter(kind=ClockKind.REPLY.value, met__isnull=False)
    return judged.filter(stopped_at__gte=since, stopped_at__lte=now)


def ratings(*, actor: Actor, since: datetime, now: datetime) -> dict[int, int]:
    """What citizens said in callbacks of tickets closed since then, by rating."""
    if not view_of(actor).everything:
        return {}
    rated = Ticket.objects.filter(rating__isnull=False, closed_at__gte=since, closed_at__lte=now)
    return dict(rated.order_by().values_list("rating").annotate(count=Count("pk")))


def rated_numbers(rating: int, *, actor: Actor, since: datetime, now: datetime, limit: int = 200) -> tuple[str, ...]:
    """Tickets closed with that rating, the latest first."""
    if not view_of(actor).everything:
        return ()
    rated = Ticket.objects.filter(rating=rating, closed_at__gte=since, closed_at__lte=now).order_by("-closed_at")
    return tuple(rated.values_list("number", flat=True)[:limit])


@dataclass(frozen=True)
class Look:
    """One look at a requester's contact."""

    actor: str
    role: str
    at: datetime
    reason: str


def looks_at(number: str) -> tuple[Look, ...]:
    """Who looked at the contact of one ticket, the latest first."""
    rows = Disclosure.objects.filter(ticket__number=number).order_by("-at", "-pk")
    return tuple(Look(row.actor, row.role, row.at, row.reason) for row in rows)


@dataclass(frozen=True)
class Examined:
    """What the last examination of the ledger found."""

    at: datetime
    since: datetime | None
    tickets: int
    entries: int
    anchored: int
    last_anchor: str
    findings: int
    first: tuple[Mapping[str, str], ...]


def last_examination() -> Examined | None:
    """The newest examination on record."""
    row = LedgerCheck.objects.order_by("-at").first()
    if row is None:
        return None
    return Examined(
        row.at, row.since, row.tickets, row.entries, row.anchored, row.last_anchor, row.findings, tuple(row.first)
    )
