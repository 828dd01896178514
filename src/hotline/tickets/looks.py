"""Who looked at a requester's contact: ticket number, who, in which role and when. Never whose contact it was.

The audit administrator reads it. The reason is told only where the platform wrote it: typed ones may name a citizen.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from hotline.rules.vocabulary import CITY_TZ
from hotline.tickets.models import Disclosure

PAGE: Final = 50
WAYS: Final = ("handover paper", "handover paper, Word", "ticket page")
"""Reasons the platform writes itself."""


@dataclass(frozen=True)
class Look:
    """One look at a contact."""

    id: int
    number: str
    actor: str
    role: str
    at: datetime
    way: str


@dataclass(frozen=True)
class LookPage:
    """One page, the newest first."""

    rows: tuple[Look, ...]
    next_key: str


def looks(
    *,
    number: str = "",
    actors: frozenset[str] | None = None,
    since: date | None = None,
    until: date | None = None,
    after: str = "",
    limit: int = PAGE,
) -> LookPage:
    """Looks at contacts, narrowed to a ticket, to some people, to some days."""
    found = Disclosure.objects.order_by("-pk").values_list("pk", "ticket__number", "actor", "role", "at", "reason")
    if number:
        found = found.filter(ticket__number=number)
    if actors is not None:
        found = found.filter(actor__in=actors)
    if since:
        found = found.filter(at__gte=datetime.combine(since, time(), CITY_TZ))
    if until:
        found = found.filter(at__lt=datetime.combine(until + timedelta(days=1), time(), CITY_TZ))
    if after.isdecimal() and len(after) < 19:
        found = found.filter(pk__lt=int(after))
    rows = [
        Look(key, ticket, actor, role, at, why if why in WAYS else "")
        for key, ticket, actor, role, at, why in found[: limit + 1]
    ]
    shown = tuple(rows[:limit])
    return LookPage(shown, str(shown[-1].id) if len(rows) > limit else "")
