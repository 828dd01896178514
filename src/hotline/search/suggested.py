"""The units to offer for a request, with reasons and risk: while an agent types, and when a dispatcher sends.

The directory's answer is given; alike tickets, rulings and the history of returns are looked up here.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.registry.units.queries import successors
from hotline.rules.cotasks_named import Parts
from hotline.rules.jurisdiction.values import Answer
from hotline.rules.lifecycle import Actor
from hotline.rules.sentences import render
from hotline.rules.suggesting import Evidence, Kept, Level, Returning, Ruling, Suggestion, suggest
from hotline.rules.vocabulary import CITY_TZ, UnitCode
from hotline.search.alike import WITHIN, alike
from hotline.tickets.acting.names import Names
from hotline.tickets.dispatched_before import Before, dispatched_before
from hotline.tickets.found import Alike

MOST_ALIKE: Final = 60
LEAST_SHARED: Final = 4
"""Fewer pairs of characters in common is chance."""


@dataclass(frozen=True)
class Offer:
    """One unit as people read it: why, how likely it is to return the ticket, and the line that names it."""

    unit: UnitCode
    name: str
    reasons: tuple[str, ...]
    level: Level
    percent: int
    given: int
    returned: int
    rule: str
    parts: Parts


def near_ones(text: str, *, actor: Actor, now: datetime, but: str = "") -> tuple[Alike, ...]:
    """Alike tickets of the last year, as many as a suggestion counts."""
    found = alike(text, actor=actor, now=now, but=but, limit=MOST_ALIKE)
    return tuple(one for one in found if one.shared >= LEAST_SHARED)


def suggested(
    answer: Answer,
    near: Iterable[Alike],
    *,
    category: str,
    actor: Actor,
    now: datetime,
    units: frozenset[str],
    but: str = "",
    barred: frozenset[UnitCode] = frozenset(),
) -> tuple[Suggestion, ...]:
    """The best units, in two statements. Alike tickets of another category count for nothing; what a unit did that is
    no more counts for its successor; of those that have none only the city's present `units` are offered.
    """
    fitting = [one.number for one in near if not category or one.category == category]
    heirs = successors(now.astimezone(CITY_TZ).date())
    found = dispatched_before(category, alike=fitting, but=but, actor=actor, since=now - WITHIN, heirs=heirs)
    before = tuple(one for one in found if one.unit in units)
    return suggest(
        Evidence(
            answer=answer,
            rulings=_rulings(before),
            alike=tuple(Kept(unit=b.unit, given=b.alike_given, stayed=b.alike_stayed) for b in before if b.alike_given),
            history=tuple(Returning(unit=b.unit, given=b.given, returned=b.returned) for b in before),
            barred=barred,
        )
    )


def offers(found: Iterable[Suggestion], known: Names, lang: str) -> tuple[Offer, ...]:
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
            parts=one.parts,
        )
        for one in found
    )


def _rulings(before: Collection[Before]) -> tuple[Ruling, ...]:
    same = tuple(Ruling(lead=one.unit, ticket=one.ruled_alike, alike=True) for one in before if one.ruled_alike)
    return same + tuple(Ruling(lead=one.unit, ticket=one.ruled, alike=False) for one in before if one.ruled)
