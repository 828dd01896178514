"""Looking up typed words, requesters' numbers and alike tickets in the tables: the SQL behind `hotline.search`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from hotline.rules.lifecycle import Actor
from hotline.rules.visibility import INSIDE_UNIT, OF_REQUESTS, View, readable_fields
from hotline.rules.vocabulary import TERMINAL, Flag
from hotline.tickets.models import LedgerEntry, Requester, Ticket

CANDIDATES = 2000
"""How many of the newest matches are looked at before the answer is cut: a common word has tens of thousands."""


@dataclass(frozen=True)
class Found:
    """A ticket that was found, and the words it was found by."""

    number: str
    title: str
    stage: str
    category: str
    lead_unit: str
    created_at: datetime
    field: str
    body: str


_WORDS = """
    WITH hit AS MATERIALIZED (
        SELECT text.ticket_id, text.field, text.body, text.id
        FROM tickets_tickettext text JOIN tickets_ticket ticket ON ticket.id = text.ticket_id
        WHERE text.terms @@ %(query)s::tsquery
          AND text.field = ANY(%(fields)s)
          AND lower(normalize(text.body, NFKC)) LIKE ALL(%(pieces)s)
          AND (%(everything)s OR ticket.visible_units && %(units)s::varchar[])
          AND (%(secrets)s OR NOT ticket.flags && %(secret)s::varchar[])
          AND (text.field <> ALL(%(inner_fields)s::text[]) OR NOT EXISTS (
              SELECT FROM tickets_ledgerentry entry
              WHERE entry.ticket_id = text.ticket_id AND entry.seq = text.seq AND entry.name = ANY(%(inside)s::text[])
                AND entry.unit <> ALL(%(units)s::varchar[])
          ))
        ORDER BY text.id DESC
        LIMIT %(candidates)s
    ), newest AS (
        SELECT DISTINCT ON (ticket_id) ticket_id, field, body, id FROM hit ORDER BY ticket_id, id DESC
    )
    SELECT t.number, t.title, t.stage, t.category, t.lead_unit, t.created_at, newest.field, newest.body
    FROM newest JOIN tickets_ticket t ON t.id = newest.ticket_id
    ORDER BY newest.id DESC
    LIMIT %(limit)s
"""


def find_texts(*, view: View, actor: Actor, query: str, pieces: Sequence[str], limit: int) -> tuple[Found, ...]:
    """Tickets of a view by the words typed in them, newest first; confidential ones only for who may read them all."""
    with connection.cursor() as cursor:
        cursor.execute(
            _WORDS,
            {
                "query": query,
                "fields": sorted(readable_fields(actor)),
                "pieces": [f"%{_plain(piece)}%" for piece in pieces],
                "everything": view.everything,
                "units": sorted(view.units),
                "secrets": view.everything,
                "secret": [Flag.CONFIDENTIAL.value],
                "inner_fields": sorted(OF_REQUESTS),
                "inside": sorted(INSIDE_UNIT),
                "candidates": CANDIDATES,
                "limit": limit,
            },
        )
        return tuple(Found(*row) for row in cursor.fetchall())


def _plain(piece: str) -> str:
    """A piece as LIKE takes it literally."""
    return piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@dataclass(frozen=True)
class Earlier:
    """A ticket that the same number has opened before."""

    number: str
    title: str
    stage: str
    category: str
    created_at: datetime
    due_at: datetime | None
    rating: int | None
    flags: tuple[str, ...]

    @property
    def running(self) -> bool:
        """Whether somebody still owes the citizen something."""
        return self.stage not in TERMINAL


EARLIER = ("number", "title", "stage", "category", "created_at", "due_at", "rating", "flags")


def by_phone(phone: str, *, confidential: bool, limit: int = 20) -> tuple[Earlier, ...]:
    """Tickets of one number, newest first; those asked in confidence only for who may know who asked."""
    rows = _of_number(phone, confidential=confidential).order_by("-created_at", "-id")
    return tuple(Earlier(**row | {"flags": tuple(row["flags"])}) for row in rows.values(*EARLIER)[:limit])


def _of_number(phone: str, *, confidential: bool) -> QuerySet[Ticket]:
    found = Ticket.objects.filter(requester__phone=phone)
    return found if confidential else found.exclude(flags__contains=[Flag.CONFIDENTIAL.value])


def repeats(phone: str, category: str, *, since: datetime, confidential: bool) -> int:
    """How many tickets on the same matter a number has opened since then."""
    if not phone or not category:
        return 0
    return _of_number(phone, confidential=confidential).filter(category=category, created_at__gte=since).count()


def repeats_of(number: str, *, category: str, since: datetime) -> int:
    """The how-manyeth ticket on the same matter that this one is of its requester since then.

    For the platform's own reckoning: whose number it is is told nobody. Confidential ones and those without a number
    count for nothing.
    """
    asked = Requester.objects.filter(ticket__number=number).exclude(ticket__flags__contains=[Flag.CONFIDENTIAL.value])
    phone, own = asked.values_list("phone", "ticket_id").first() or ("", 0)
    if not phone or not category:
        return 0
    found = _of_number(phone, confidential=False).filter(category=category, created_at__gte=since)
    return found.filter(pk__lte=own).count()


def acted_since(number: str, *, act: str, actor: Actor, since: datetime) -> bool:
    """Whether this person did that act on a ticket after a moment."""
    done = LedgerEntry.objects.filter(ticket__number=number, act=act, actor=actor.id, recorded_at__gt=since)
    return done.exists()


# The words are looked up first and each ticket by its key afterwards: left to choose, the server reads all texts
# backwards, or all tickets, as soon as it takes the words for common ones.
_ALIKE = """
    WITH asked AS (SELECT unnest(%(terms)s::text[]) AS term),
    hit AS MATERIALIZED (
        SELECT id, ticket_id, terms FROM tickets_tickettext
        WHERE terms @@ %(any)s::tsquery AND field = ANY('{title,content}')
    ),
    recent AS MATERIALIZED (
        SELECT hit.ticket_id, hit.terms
        FROM hit CROSS JOIN LATERAL (
            SELECT FROM tickets_ticket ticket
            WHERE ticket.id = hit.ticket_id
              AND ticket.created_at >= %(since)s
              AND (%(everything)s OR ticket.visible_units && %(units)s::varchar[])
              AND (%(secrets)s OR NOT ticket.flags && %(secret)s::varchar[])
              AND ticket.number <> %(but)s
            LIMIT 1
        ) AS seen
        ORDER BY hit.id DESC
        LIMIT %(candidates)s
    ), scored AS (
        SELECT ticket_id, count(DISTINCT term) AS shared
        FROM recent CROSS JOIN LATERAL unnest(tsvector_to_array(recent.terms)) AS term
        WHERE term IN (SELECT term FROM asked)
        GROUP BY ticket_id
    )
    SELECT t.number, t.title, t.stage, t.category, t.lead_unit, t.created_at, t.region, scored.shared
    FROM scored JOIN tickets_ticket t ON t.id = scored.ticket_id
    ORDER BY scored.shared DESC, t.id DESC
    LIMIT %(limit)s
"""


@dataclass(frozen=True)
class Alike:
    """A ticket whose title and content share many pairs of characters with a text."""

    number: str
    title: str
    stage: str
    category: str
    lead_unit: str
    created_at: datetime
    region: str
    shared: int


def find_alike(
    terms: Sequence[str], rare: Sequence[str], *, view: View, since: datetime, but: str, limit: int
) -> tuple[Alike, ...]:
    """Recent tickets of a view that share most of `terms`; candidates must have one of the `rare` ones."""
    if not rare or view.nothing:
        return ()
    asked: Mapping[str, Any] = {
        "terms": list(terms),
        "any": " | ".join("'" + term.replace("\\", "\\\\").replace("'", "''") + "'" for term in rare),
        "since": since,
        "everything": view.everything,
        "units": sorted(view.units),
        "secrets": view.everything,
        "secret": [Flag.CONFIDENTIAL.value],
        "but": but,
        "candidates": CANDIDATES,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, asked)
        return tuple(Alike(*row) for row in cursor.fetchall())


_COMMON = """
    SELECT term, count(*) FROM (
        SELECT terms FROM tickets_tickettext WHERE field = ANY('{title,content}') ORDER BY id DESC LIMIT %(sample)s
    ) AS newest CROSS JOIN LATERAL unnest(tsvector_to_array(newest.terms)) AS term
    GROUP BY term
"""


def term_counts(sample: int) -> dict[str, int]:
    """How many of the newest texts have each pair of characters: what is common says little."""
    with connection.cursor() as cursor:
        cursor.execute(_COMMON, {"sample": sample})
        return dict(cursor.fetchall())
