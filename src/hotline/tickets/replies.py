"""Replies of other tickets that read nearly the same: a reviewer is told, so that no unit answers by copying."""

from dataclasses import dataclass

from django.db import connection

from hotline.rules.lifecycle import Actor
from hotline.rules.visibility import view_of
from hotline.text.near import likeness, probe

CANDIDATES = 40

_SAME = """
    SELECT ticket.number, ticket.title, text.body
    FROM tickets_tickettext text JOIN tickets_ticket ticket ON ticket.id = text.ticket_id
    WHERE text.terms @@ %(probe)s::tsquery AND text.field = 'reply' AND ticket.number <> %(but)s
    ORDER BY text.id DESC LIMIT %(candidates)s
"""


@dataclass(frozen=True)
class SameReply:
    """Another ticket with nearly the same reply, and how near in per cent."""

    number: str
    title: str
    percent: int


def same_replies(reply: str, *, but: str, actor: Actor, share: float, limit: int = 3) -> tuple[SameReply, ...]:
    """The nearest replies of other tickets from that share on, for readers who see all tickets."""
    asked = probe(reply)
    if not asked or not view_of(actor).everything:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_SAME, {"probe": asked, "but": but, "candidates": CANDIDATES})
        found: dict[str, SameReply] = {}
        for number, title, body in cursor.fetchall():
            near = likeness(reply, body)
            if near >= share and (number not in found or found[number].percent < near * 100):
                found[number] = SameReply(number, title, round(near * 100))
    return tuple(sorted(found.values(), key=lambda one: -one.percent)[:limit])
