"""Which tickets went by a precedent and what became of them: the office sees on its page whether units follow it.

Counts only, read from the ledger: a dispatch quotes the line of the directory that it followed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from hotline.rules.lifecycle import SYSTEM
from hotline.rules.precedents import Precedent
from hotline.rules.quarrel_trails import FIRST
from hotline.tickets.models import LedgerEntry, Ticket
from hotline.tickets.ways import ways_of

MOST: Final = 5000
"""So many tickets are looked at, the newest: more than a matter that was disputed brings in three years (P)."""
BEFORE: Final = timedelta(days=30)
"""Tickets that came in so long before the agreement can still have been dispatched after it (P)."""


@dataclass(frozen=True)
class Went:
    """`straight` have a lead for good and nobody returned them; `returned` came back all the same."""

    sent: int = 0
    straight: int = 0
    returned: int = 0

    @property
    def under_way(self) -> int:
        """Those whose lead can still be questioned."""
        return self.sent - self.straight - self.returned


def went(state: Precedent, *, since: datetime | None) -> Went:
    """Tickets first dispatched by any of its editions, in one statement; none where it was never agreed to.

    `since` is the moment of the first agreement.
    """
    if state.rule is None or since is None:
        return Went()
    keys = [f"{state.rule.id}@{edition}" for edition in range(1, state.edition + 1)]
    about = Q()
    for category in state.rule.categories:
        about |= Q(category__startswith=category)
    matters = Ticket.objects.filter(about, created_at__gte=since - BEFORE).order_by("-created_at")
    sent = LedgerEntry.objects.filter(ticket__in=matters.values("pk")[:MOST], name__in=sorted(FIRST))
    ids = sent.filter(payload__followed__has_any_keys=keys).values("ticket")
    found = ways_of(ids, actor=SYSTEM, precedents=dict.fromkeys(keys, state.rule.id)).values()
    ways = [way for way in found if way.by_precedent]
    return Went(
        sent=len(ways),
        straight=sum(way.went_straight for way in ways),
        returned=sum(bool(way.returns) for way in ways),
    )
