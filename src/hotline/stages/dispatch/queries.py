"""Which units to offer for one ticket at dispatch, and which line of the directory a dispatch follows."""

from datetime import datetime
from typing import Final

from hotline.rules.acts import Act, Dispatch, Reassign
from hotline.rules.jurisdiction import Directory, Question, Routed, route
from hotline.rules.jurisdiction.following import follows
from hotline.rules.jurisdiction.values import Answer
from hotline.rules.lifecycle import TABLE, Actor, Rulebook
from hotline.rules.suggesting import Suggestion
from hotline.rules.vocabulary import CITY_TZ, Role, UnitCode
from hotline.search.suggested import near_ones, suggested
from hotline.tickets.access import OpenTicket
from hotline.tickets.dispatched_before import asked_in


def doing(act: type[Act]) -> frozenset[Role]:
    """Who may do it, as the table says."""
    return frozenset(role for row in TABLE if row.act is act for role in row.roles)


DISPATCHING: Final = doing(Dispatch) | doing(Reassign)
"""Who may hand a ticket to a unit, or to another."""


def suggestions(opened: OpenTicket, *, book: Rulebook, actor: Actor, now: datetime) -> tuple[Suggestion, ...]:
    """The best units for a ticket, in four statements."""
    text, number = asked_in(opened), opened.row.number
    return suggested(
        answered(opened, text, book.directory, now),
        near_ones(text, actor=actor, now=now, but=number),
        category=opened.state.category,
        actor=actor,
        now=now,
        units=book.reference.units,
        but=number,
        barred=frozenset(opened.state.returned_by),
    )


def answered(opened: OpenTicket, text: str, directory: Directory, now: datetime) -> Answer:
    """What the directory of today says of the ticket, at the time of day at which it was asked."""
    asked = opened.row.created_at.astimezone(CITY_TZ).timetz()
    at = datetime.combine(now.astimezone(CITY_TZ).date(), asked)
    state = opened.state
    return route(Question(at=at, text=text, category=state.category, region=state.region), directory)


def line_followed(opened: OpenTicket, lead: UnitCode, *, directory: Directory, now: datetime) -> tuple[str, ...]:
    """The line of the directory that a dispatch to this unit follows, if it does; what the ledger notes of it."""
    found = answered(opened, asked_in(opened), directory, now)
    if not isinstance(found, Routed) or found.lead != lead:
        return ()
    key, state = found.rule.version_key, opened.state
    here = follows(directory, key, lead=lead, category=state.category, region=state.region, at=now)
    return (key,) if here else ()
