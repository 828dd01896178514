"""The figures of quarrels about competence for a stretch of time, put together from the ledger by rules/quarrels.

Director, auditor and supervisor read them on a page and other systems by the interface.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from hotline.registry.units.queries import successors
from hotline.registry.units.rules import all_rules
from hotline.rules.jurisdiction import Directory, DirectoryRule, Question, Routed, route
from hotline.rules.lifecycle import Actor, Rulebook
from hotline.rules.quarrels import (
    Delay,
    Ownerless,
    PairRow,
    ReturnRow,
    Saved,
    Step,
    Trace,
    UnitReturns,
    delay,
    first_dispatch_accuracy,
    moved,
    ownerless,
    quarrels,
    returns_by,
    returns_of_units,
    saved,
    settled_by_step,
    under_successors,
)
from hotline.rules.vocabulary import CITY_TZ, Role
from hotline.tickets.ways import Earlier, earlier, ways, ways_of, ways_without_owner

READERS: Final = frozenset({Role.DIRECTOR, Role.AUDITOR, Role.SUPERVISOR})
SPANS: Final = (30, 90, 365)
"""Days that the figures can look back over (P)."""
FORMER: Final = timedelta(days=365)
"""How far back the tickets reach that a precedent is compared with (P)."""
MOST_FORMER: Final = 2000


@dataclass(frozen=True)
class Figures:
    """All figures of one stretch of time; `owned_by_nobody` is as of now, however old the ticket. `titles` are what
    the precedents' lines are called.
    """

    since: datetime
    until: datetime
    tickets: int
    certain: int
    accuracy: Fraction | None
    units: tuple[UnitReturns, ...]
    returns: tuple[ReturnRow, ...]
    delay: Delay
    delay_of_moved: Delay
    owned_by_nobody: tuple[Ownerless, ...]
    steps: Mapping[Step, int]
    saved: tuple[Saved, ...]
    titles: Mapping[str, str]
    pairs: tuple[PairRow, ...]


def figures(*, actor: Actor, days: int, book: Rulebook, now: datetime) -> Figures:
    """The figures over tickets of the last days, in eight statements; a unit's count under who has succeeded it."""
    rules = {rule.version_key: rule for rule in all_rules() if rule.ruled}
    precedents = {key: rule.id for key, rule in rules.items()}
    since = now - timedelta(days=days)
    heirs = successors(now.astimezone(CITY_TZ).date())
    found = under_successors(ways(actor=actor, since=since, until=now, precedents=precedents), heirs)
    nobodys = ways_without_owner(actor=actor, precedents=precedents)
    alike = _former(found, rules.values(), precedents=precedents, actor=actor, book=book, now=now)
    return Figures(
        since=since,
        until=now,
        tickets=len(found),
        certain=sum(way.certain for way in found),
        accuracy=first_dispatch_accuracy(found),
        units=returns_of_units(found),
        returns=returns_by(found),
        delay=delay(found, book.calendar),
        delay_of_moved=delay(moved(found), book.calendar),
        owned_by_nobody=ownerless(nobodys, now=now, calendar=book.calendar),
        steps=settled_by_step(found),
        saved=saved(found, alike, book.calendar),
        titles={rule.id: rule.title for rule in rules.values()},
        pairs=quarrels(found),
    )


def _former(
    found: Iterable[Trace],
    rules: Iterable[DirectoryRule],
    *,
    precedents: Mapping[str, str],
    actor: Actor,
    book: Rulebook,
    now: datetime,
) -> Callable[[str], Iterable[Trace]]:
    """For each precedent that was followed, the ways of the earlier tickets that its rule would have caught."""
    used = {way.by_precedent for way in found if way.by_precedent}
    lines = [rule for rule in rules if rule.id in used]
    if not lines:
        return lambda _: ()
    codes = sorted({code for rule in lines for code in rule.categories})
    before = earlier(codes, actor=actor, since=now - FORMER, until=now, most=MOST_FORMER)
    caught = {rule.id: caught_by(_first(rule.id, lines), before, book.directory) for rule in lines}
    traces = ways_of({key for keys in caught.values() for key in keys}, actor=actor, precedents=precedents)
    return lambda precedent: [traces[key] for key in caught.get(precedent, ()) if key in traces]


def _first(number: str, lines: Sequence[DirectoryRule]) -> DirectoryRule:
    """The first version of a precedent: what came before it came before all its versions."""
    return min((rule for rule in lines if rule.id == number), key=lambda rule: rule.version)


def caught_by(rule: DirectoryRule, before: Iterable[Earlier], directory: Directory) -> tuple[int, ...]:
    """Tickets from before a rule that it would have led to its unit, had it been in force then."""
    alone = replace(directory, rules=(replace(rule, valid_from=None, valid_to=None),))
    return tuple(
        one.id
        for one in before
        if (rule.valid_from is None or one.at.astimezone(CITY_TZ).date() < rule.valid_from)
        and isinstance(
            route(Question(at=one.at, text=one.text, category=one.category, region=one.region), alone), Routed
        )
    )
