"""Open tickets whose promise runs, narrowed in the database to what an emergency could move.

Only a sieve: which of them really move, and by how much, the rules say ticket by ticket.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from hotline.rules.deadlines import area
from hotline.rules.vocabulary import PROMISES
from hotline.tickets.models import OPEN_STAGES, Ticket, TicketClock


def promised(
    *,
    categories: Iterable[str],
    regions: Iterable[str],
    tags: Sequence[str] = (),
    opened_before: datetime,
    due_after: datetime | None = None,
) -> list[int]:
    """Ids, in order, of open tickets of these matters, places and tags that were taken on before a moment."""
    kinds = sorted(kind.value for kind in PROMISES)
    running = TicketClock.objects.filter(ticket=OuterRef("pk"), kind__in=kinds, stopped_at=None, paused=False)
    if due_after is not None:
        running = running.filter(due_at__gt=due_after)
    found = Ticket.objects.filter(
        OPEN_STAGES,
        Exists(running),
        _begins("category", categories),
        _begins("region", map(area, regions)),
        Q(tags__overlap=list(tags)) if tags else Q(),
        accepted_at__lt=opened_before,
    )
    return list(found.order_by("pk").values_list("pk", flat=True))


def _begins(column: str, codes: Iterable[str]) -> Q:
    wanted = Q()
    for code in codes:
        wanted |= Q(**{f"{column}__startswith": code})
    return wanted
