"""Which units to offer for one ticket at dispatch: the directory, rulings and alike tickets put together, in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.rules.acts import Dispatch
from hotline.rules.jurisdiction import Directory, Question, Routed, route
from hotline.rules.jurisdiction.following import follows
from hotline.rules.jurisdiction.values import Answer
from hotline.rules.lifecycle import TABLE, Actor
from hotline.rules.sentences import render
from hotline.rules.suggesting import Evidence, Kept, Level, Returning, Ruling, Suggestion, suggest
from hotline.rules.vocabulary import CITY_TZ, UnitCode
from hotline.search.alike import WITHIN, alike
from hotline.tickets.access import OpenTicket
from hotline.tickets.acting.names import Names
from hotline.tickets.dispatched_before import Before, asked_in, dispatched_before

DISPATCHING: Final = frozenset(role for row in TABLE if row.act is Dispatch for role in row.roles)
MOST_ALIKE: Final = 60
LEAST_SHARED: Final = 4
"""Fewer pairs of characters in common is chance."""


@dataclass(frozen=True)
class Offer:
    """One unit as the dispatcher reads it: why, how likely it is to return the ticket, and the line that names it."""

    unit: UnitCode
    name: str
    reasons: tuple[str, ...]
    level: Level
    percent: int
    given: int
    returned: int
    rule: str


def suggestions(opened: OpenTicket, *, directory: Directory, actor: Actor, now: datetime) -> tuple[Suggestion, ...]:
    """The best units for a ticket, in three statements."""
    state, text = opened.state, asked_in(opened)
    near = tuple(
        one.number
        for one in alike(text, actor=actor, now=now, but=opened.row.number, limit=MOST_ALIKE)
        if one.shared >= LEAST_SHARED and (not state.category or one.category == state.category)
    )
    before = dispatched_before(state.category, alike=near, but=opened.row.number, actor=actor, since=now - WITHIN)
    return suggest(
        Evidence(
            answer=answered(opened, text, directory, now),
            rulings=tuple(_rulings(before)),
            alike=tuple(Kept(unit=b.unit, given=b.alike_given, stayed=b.alike_stayed) for b in before if b.alike_given),
            history=tuple(Returning(unit=b.unit, given=b.given, returned=b.returned) for b in before),
            barred=frozenset(state.returned_by),
        )
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
    here = follows(
        directory,
        key,
        lead=lead,
        category=state.category,
        region=state.region,
        at=now,
    )
    return (key,) if here else ()


def offers(found: tuple[Suggestion, ...], known: Names, lang: str) -> tuple[Offer, ...]:
    """Suggestions in words."""
    return tuple(
        Offer(
            unit=one.unit,
            name=known.unit(one.unit, lang),
            reasons=tuple(render(reason, lang) for reason in one.reasons),
            level=one.risk.level,
            percent=one.risk.percent,
            given=one.risk.given,
            returned=one.risk.returned,
            rule=one.rule,
        )
        for one in found
    )


def _rulings(before: tuple[Before, ...]) -> list[Ruling]:
    alike_ones = [Ruling(lead=one.unit, ticket=one.ruled_alike, alike=True) for one in before if one.ruled_alike]
    others = [Ruling(lead=one.unit, ticket=one.ruled, alike=False) for one in before if one.ruled]
    return alike_ones + others
