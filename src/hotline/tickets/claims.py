"""Two people at one desk do not open the same ticket unknowingly: a claim says who has it in hand, and ends by itself.

Reviewers and callback officers rely on it. A claim forbids nothing: the ticket's version decides who was first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from hotline.registry.people.queries import names
from hotline.rules.lifecycle import Actor
from hotline.tickets.access import OpenTicket
from hotline.tickets.models import Claim
from hotline.tickets.queries import TicketFilter, tickets

LASTS = timedelta(minutes=15)


@dataclass(frozen=True)
class Held:
    """Who has a ticket in hand at a desk, since when and until when; `mine` when it is the one who asks."""

    actor: str
    who: str
    since: datetime
    until: datetime
    mine: bool


TAKE = """
    INSERT INTO tickets_claim AS held (ticket_id, desk, actor, since, until) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (ticket_id, desk) DO UPDATE SET
        actor = excluded.actor,
        until = excluded.until,
        since = CASE WHEN held.actor = excluded.actor AND held.until > excluded.since THEN held.since
                     ELSE excluded.since END
    WHERE held.actor = excluded.actor OR held.until <= excluded.since
    RETURNING since, until
"""
"""One statement decides between two who open the ticket in the same moment."""


def claim(opened: OpenTicket, *, desk: str, actor: Actor, now: datetime) -> Held:
    """Take the ticket in hand at a desk, or longer; where somebody else has it, that one is named instead."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [opened.row.pk, desk, actor.id, now, now + LASTS])
        taken = cursor.fetchone()
    if taken is not None:
        return Held(actor.id, "", taken[0], taken[1], mine=True)
    other = Claim.objects.get(ticket=opened.row, desk=desk)
    return _held(other, names([other.actor]), actor)


def held_at(opened: OpenTicket, *, desk: str, actor: Actor, now: datetime) -> Held | None:
    """Who has the ticket in hand now; nobody when the claim has run out."""
    row = Claim.objects.filter(ticket=opened.row, desk=desk, until__gt=now).first()
    return _held(row, names([row.actor]), actor) if row else None


def held_among(numbers: Iterable[str], *, desk: str, actor: Actor, now: datetime) -> dict[str, Held]:
    """For a list: who has which of these tickets in hand, in two statements."""
    rows = list(
        Claim.objects.filter(ticket__number__in=list(numbers), desk=desk, until__gt=now).select_related("ticket")
    )
    known = names({row.actor for row in rows})
    return {row.ticket.number: _held(row, known, actor) for row in rows}


def let_go(opened: OpenTicket, *, desk: str, actor: Actor) -> None:
    """The work is done or left: others need not wait for the claim's end. Another's claim stays."""
    Claim.objects.filter(ticket=opened.row, desk=desk, actor=actor.id).delete()


def next_free(where: TicketFilter, *, desk: str, actor: Actor, now: datetime, but: str = "") -> str:
    """The number of the next ticket of a list that nobody else has in hand; blank when its first page holds none."""
    waiting = [row.number for row in tickets(actor=actor, where=where).rows if row.number != but]
    held = held_among(waiting, desk=desk, actor=actor, now=now)
    return next((number for number in waiting if number not in held or held[number].mine), "")


def _held(row: Claim, known: dict[str, str], actor: Actor) -> Held:
    return Held(row.actor, known.get(row.actor, ""), row.since, row.until, mine=row.actor == actor.id)
