"""What was asked of the dispatch directory by tickets of the last months, so that a change can be tried on them.

The words are read here to be routed and go nowhere else: pages show numbers, places and units only.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q

from hotline.rules.jurisdiction import Question
from hotline.rules.vocabulary import CITY_TZ
from hotline.tickets.models import Ticket, TicketText

CHUNK: Final = 1000


@dataclass(frozen=True)
class PastMatter:
    """One ticket that was dispatched: what was asked, and who leads it now."""

    number: str
    question: Question
    lead: str


def past_matters(since: datetime, now: datetime, prefixes: Iterable[str], most: int) -> Iterator[PastMatter]:
    """Dispatched tickets registered since then below these categories, the newest first and no more than `most`."""
    below = [Q(category__startswith=prefix) for prefix in shortest(prefixes)]
    if not below:
        return
    found = Ticket.objects.filter(reduce(or_, below), created_at__gte=since, created_at__lt=now, dispatches__gt=0)
    rows = list(
        found.order_by("-created_at", "-id").values_list(
            "pk", "number", "title", "created_at", "category", "region", "lead_unit"
        )[:most]
    )
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        texts = _texts(row[0] for row in chunk)
        for pk, number, title, at, category, region, lead in chunk:
            said = texts.get(pk)
            text = None if said is None else f"{title}\n{said}"
            yield PastMatter(
                number, Question(at=at.astimezone(CITY_TZ), text=text, category=category, region=region), lead
            )


def shortest(prefixes: Iterable[str]) -> tuple[str, ...]:
    """The prefixes without those that lie below another."""
    known = set(prefixes)
    return tuple(sorted(one for one in known if not any(one[:cut] in known for cut in range(1, len(one)))))


def _texts(tickets: Iterable[int]) -> Mapping[int, str]:
    """What was said first in each ticket; of erased words nothing is left."""
    rows = TicketText.objects.filter(ticket__in=list(tickets), field="content", erased_at=None)
    return dict(rows.order_by("-seq").values_list("ticket_id", "body"))
