"""Which units to offer at dispatch, in which order, for which reasons, and how likely each is to return the ticket.

Dispatchers accept the first with one key. Points, order and formula stand in docs/rules/suggesting.md; all values are
ours (P). The risk is shown but never moves a unit: who returns a lot must not get less for it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from hotline.rules.cotasks_named import Parts, parts_of
from hotline.rules.jurisdiction import Answer, Conflict, DirectoryRule, Routed
from hotline.rules.messages import Message
from hotline.rules.vocabulary import UnitCode


class Source(StrEnum):
    """Why a unit is offered."""

    PRECEDENT = "precedent"
    DIRECTORY = "directory"
    CLAIM = "claim"
    RULING = "ruling"
    CATEGORY_RULING = "category_ruling"
    ALIKE = "alike"


POINTS: Final[Mapping[Source, int]] = {
    Source.PRECEDENT: 120,
    Source.DIRECTORY: 100,
    Source.CLAIM: 30,
    Source.RULING: 30,
    Source.CATEGORY_RULING: 10,
    Source.ALIKE: 40,
}
"""What each source is worth (P). Of alike tickets only the part that stayed. A unit has the greatest of its rulings,
so that whom the directory names stands before everybody else: 100 against 30 + 40 at most."""

MOST: Final = 3
PRIOR: Final = 2
"""Tickets that alike ones are smoothed with: two of three that stayed say less than forty of forty-three (P)."""
WEIGHT: Final = 10
"""As many tickets as the wider rate counts for in the narrower one (P)."""
USUAL: Final = Fraction(1, 20)
"""The part of tickets returned where nothing is known yet (P)."""
LOW: Final = Fraction(1, 10)
HIGH: Final = Fraction(1, 4)
"""Below and from where a risk is low and high (P)."""


class Level(StrEnum):
    """A risk in one word."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """An earlier ruling on another ticket: its lead, the ticket, and whether that asked nearly the same."""

    lead: UnitCode
    ticket: str
    alike: bool


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Of alike tickets: how many were given to a unit, and how many stayed with it."""

    unit: UnitCode
    given: int
    stayed: int


@dataclass(frozen=True, kw_only=True)
class Returning:
    """How often a unit was given tickets of the category, and how many of them it returned, founded or not."""

    unit: UnitCode
    given: int
    returned: int


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All that is known at dispatch. `barred` are units that may not have it: their return was founded."""

    answer: Answer
    rulings: tuple[Ruling, ...] = ()
    alike: tuple[Kept, ...] = ()
    history: tuple[Returning, ...] = ()
    barred: frozenset[UnitCode] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Risk:
    """How likely a unit is to return the ticket, from so many of so many in its history."""

    chance: Fraction
    given: int
    returned: int

    @property
    def level(self) -> Level:
        """Low, medium or high."""
        if self.chance < LOW:
            return Level.LOW
        return Level.MEDIUM if self.chance < HIGH else Level.HIGH

    @property
    def percent(self) -> int:
        """In whole per cent."""
        return round(100 * self.chance)


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """One unit with its reasons, the strongest first. `rule` is the line of the directory that names it, if one, and
    `parts` whom that line names beside it.
    """

    unit: UnitCode
    points: Fraction
    sources: tuple[Source, ...]
    reasons: tuple[Message, ...]
    risk: Risk
    rule: str = ""
    parts: Parts = Parts()

    @property
    def sure(self) -> bool:
        """Whether the directory or a precedent names it: what may be filled in beforehand."""
        return bool(self.rule)


@dataclass(frozen=True)
class _Reason:
    source: Source
    points: Fraction
    message: Message
    rule: str = ""
    parts: Parts = Parts()


def suggest(evidence: Evidence, *, most: int = MOST) -> tuple[Suggestion, ...]:
    """The best units with their reasons, best first; those whose return was founded are left out."""
    found: dict[UnitCode, list[_Reason]] = defaultdict(list)
    for unit, reason in _reasons(evidence):
        if unit and unit not in evidence.barred:
            found[unit].append(reason)
    chances = risks(evidence.history, found)
    offers = [_offer(unit, reasons, chances[unit]) for unit, reasons in found.items()]
    return tuple(sorted(offers, key=lambda one: (-one.points, one.unit))[:most])


def _offer(unit: UnitCode, reasons: Iterable[_Reason], risk: Risk) -> Suggestion:
    ordered = sorted(reasons, key=lambda reason: (-reason.points, reason.source))
    named = next((reason for reason in ordered if reason.rule), None)
    return Suggestion(
        unit=unit,
        points=sum((reason.points for reason in ordered), Fraction()),
        sources=tuple(reason.source for reason in ordered),
        reasons=tuple(reason.message for reason in ordered),
        risk=risk,
        rule=named.rule if named else "",
        parts=named.parts if named else Parts(),
    )


def _reasons(evidence: Evidence) -> Iterator[tuple[UnitCode, _Reason]]:
    yield from _directory(evidence.answer)
    yield from _rulings(evidence.rulings)
    yield from _alike(evidence.alike)


def _directory(answer: Answer) -> Iterator[tuple[UnitCode, _Reason]]:
    match answer:
        case Routed():
            source = Source.PRECEDENT if answer.rule.ruled else Source.DIRECTORY
            said = _precedent(answer.rule) if answer.rule.ruled else _line("suggest.directory", answer.rule)
            parts = parts_of(answer.co_units, answer.lead)
            yield answer.lead, _Reason(source, Fraction(POINTS[source]), said, answer.rule.version_key, parts)
        case Conflict():
            first = {claim.lead: claim.rule for claim in reversed(answer.claims)}
            for unit, rule in first.items():
                yield unit, _Reason(Source.CLAIM, Fraction(POINTS[Source.CLAIM]), _line("suggest.claim", rule))


def _line(code: str, rule: DirectoryRule) -> Message:
    return Message(code, {"rule": rule.id, "basis": rule.basis})


def _precedent(rule: DirectoryRule) -> Message:
    return Message("suggest.precedent", {"rule": rule.id, "source": rule.source, "basis": rule.basis})


def _rulings(rulings: Iterable[Ruling]) -> Iterator[tuple[UnitCode, _Reason]]:
    """Each unit's best ruling: the one on a ticket alike before the one on the category, then as they came."""
    told: set[UnitCode] = set()
    for ruling in sorted(rulings, key=lambda one: not one.alike):
        if ruling.lead not in told:
            told.add(ruling.lead)
            source = Source.RULING if ruling.alike else Source.CATEGORY_RULING
            yield ruling.lead, _Reason(source, Fraction(POINTS[source]), _ruled(ruling))


def _ruled(ruling: Ruling) -> Message:
    if ruling.alike:
        return Message("suggest.ruling", {"ticket": ruling.ticket})
    return Message("suggest.category_ruling", {"ticket": ruling.ticket})


def _alike(found: Iterable[Kept]) -> Iterator[tuple[UnitCode, _Reason]]:
    """Alike tickets that stayed, over all alike ones and a few more: a single one says little."""
    kept = [one for one in found if one.stayed]
    whole = sum(one.given for one in kept) + PRIOR
    for one in kept:
        worth = Fraction(POINTS[Source.ALIKE] * one.stayed, whole)
        yield one.unit, _Reason(Source.ALIKE, worth, Message("suggest.alike", {"n": one.given, "stayed": one.stayed}))


def risks(history: Iterable[Returning], units: Collection[UnitCode]) -> Mapping[UnitCode, Risk]:
    """Each unit's chance to return: (returned + 10 × rate of the category) ÷ (given + 10).

    The rate of the category is smoothed likewise towards one in twenty, so that nothing is ever certain.
    """
    known = {one.unit: one for one in history}
    everybody = _smoothed(sum(one.returned for one in known.values()), sum(one.given for one in known.values()), USUAL)
    found = {}
    for unit in units:
        own = known.get(unit, Returning(unit=unit, given=0, returned=0))
        chance = _smoothed(own.returned, own.given, everybody)
        found[unit] = Risk(chance=chance, given=own.given, returned=own.returned)
    return found


def _smoothed(part: int, whole: int, wider: Fraction) -> Fraction:
    """A rate drawn towards a wider one. More returns than tickets (a ticket can come back twice) count as all."""
    return (min(part, whole) + WEIGHT * wider) / (whole + WEIGHT)
