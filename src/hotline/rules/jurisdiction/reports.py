"""What the keeper of the directory looks at before publishing: rules at odds, gaps, rules never used, and what past
tickets would have become.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from hotline.rules.jurisdiction.checking import days_meet
from hotline.rules.jurisdiction.directory import Directory
from hotline.rules.jurisdiction.routing import CATEGORY_DIGITS, route
from hotline.rules.jurisdiction.values import Answer, Conflict, DirectoryRule, NoRule, Question, Routed


@dataclass(frozen=True)
class AtOdds:
    """Two rules that can speak at once, weigh the same and name different units."""

    one: DirectoryRule
    other: DirectoryRule
    category: str


def at_odds(rules: Iterable[DirectoryRule]) -> tuple[AtOdds, ...]:
    """Pairs of rules for which one matter in ordinary words fits both alike; each needs a ruling or a sharper line."""
    return tuple(
        AtOdds(one, other, prefix)
        for one, other in combinations(sorted(rules), 2)
        for prefix in sorted(set(one.categories) & set(other.categories))
        if _weigh_alike(one, other) and _can_both_speak(one, other)
    )


def _weigh_alike(one: DirectoryRule, other: DirectoryRule) -> bool:
    alike = one.particulars == other.particulars and one.ruled == other.ruled
    return alike and one.lead != other.lead and one.id != other.id


def _can_both_speak(one: DirectoryRule, other: DirectoryRule) -> bool:
    hours = one.hours is None or other.hours is None or one.hours.meets(other.hours)
    places = not one.places or not other.places or not set(one.places).isdisjoint(other.places)
    needs = {need.fact: need.so for need in one.needs}
    agree = all(needs.get(need.fact, need.so) == need.so for need in other.needs)
    words = one.words.implied_by(other.words) or other.words.implied_by(one.words)
    return hours and places and agree and words and _regions_meet(one, other) and days_meet(one, other)


def _regions_meet(one: DirectoryRule, other: DirectoryRule) -> bool:
    """Whether a place fits both by regions of the same length; otherwise the longer region decides."""
    if not one.regions or not other.regions:
        return not one.regions and not other.regions
    return not set(one.regions).isdisjoint(other.regions)


def gaps(categories: Iterable[str], directory: Directory, on: date) -> tuple[str, ...]:
    """Third-level categories on which the directory is silent whatever is told."""
    return tuple(
        code
        for code in sorted(categories)
        if len(code) == CATEGORY_DIGITS and not any(rule.holds(on) for _, rule in directory.about(code))
    )


def never_used(questions: Iterable[Question], directory: Directory) -> tuple[str, ...]:
    """Rules that decided none of these past matters."""
    answers = [route(question, directory) for question in questions]
    used = {one.rule.id for one in answers if not isinstance(one, Conflict) and one.rule is not None}
    return tuple(sorted({rule.id for rule in directory.rules} - used))


@dataclass(frozen=True)
class Moved:
    """A past matter that would go elsewhere; `key` is what the asker calls it (a ticket's number)."""

    key: str
    was: Answer
    would: Answer


def difference(questions: Mapping[str, Question], old: Directory, new: Directory) -> tuple[Moved, ...]:
    """What would have gone elsewhere: another lead, other co-units, or another kind of answer."""
    return tuple(_moved(questions, old, new))


def _moved(questions: Mapping[str, Question], old: Directory, new: Directory) -> Iterator[Moved]:
    for key, question in questions.items():
        was, would = route(question, old), route(question, new)
        if outcome_of(was) != outcome_of(would):
            yield Moved(key, was, would)


def outcome_of(answer: Answer) -> tuple[object, ...]:
    """What an answer comes to, whichever rule gave it."""
    match answer:
        case Routed():
            return "rule", answer.lead, tuple(sorted(answer.co_units))
        case Conflict():
            return "conflict", tuple(sorted(answer.leads))
        case NoRule():
            return "none", bool(answer.rule), tuple(sorted(answer.missing))


def running_out(rules: Iterable[DirectoryRule], on: date, within: timedelta) -> tuple[DirectoryRule, ...]:
    """Rules in force that end soon, for their owners to renew or let go; the first to end first.

    A version that another one follows on its last day does not run out.
    """
    rules = tuple(rules)
    followed = {(rule.id, rule.valid_from) for rule in rules}
    soon = [
        rule
        for rule in rules
        if rule.holds(on)
        and rule.valid_to is not None
        and rule.valid_to <= on + within
        and (rule.id, rule.valid_to) not in followed
    ]
    return tuple(sorted(soon, key=lambda rule: (rule.valid_to or date.max, rule.id)))
