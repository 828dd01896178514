"""Holds the lines of a directory against each other and against the city's lists, before anybody signs or loads it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from hotline.rules.jurisdiction.sheet import Wrong
from hotline.rules.jurisdiction.values import ELSEWHERE, DirectoryRule
from hotline.rules.messages import Message
from hotline.rules.vocabulary import UnitCode

NumberedRule = tuple[int, DirectoryRule]


@dataclass(frozen=True)
class Lists:
    """What the city has: units with the day they end (None: none is known), categories and regions."""

    units: Mapping[str, date | None] = field(default_factory=dict)
    categories: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)


def check_directory(rules: Iterable[NumberedRule], lists: Lists) -> tuple[Wrong, ...]:
    """Everything that is wrong, by line."""
    rules = tuple(rules)
    found = [wrong for numbered in rules for wrong in _alone(*numbered, lists)]
    return tuple(sorted([*found, *_together(rules)], key=lambda wrong: (wrong.line, wrong.message.code)))


def _alone(line: int, rule: DirectoryRule, lists: Lists) -> Iterator[Wrong]:
    """What is wrong with one rule by itself."""
    yield from (Wrong(line, message) for message in _codes(rule, lists))
    yield from (Wrong(line, message) for message in _units(rule, lists))
    if rule.valid_from and rule.valid_to and rule.valid_to <= rule.valid_from:
        yield Wrong(line, Message("directory.dates_reversed"))
    if rule.lead == ELSEWHERE and not rule.note:
        yield Wrong(line, Message("directory.note_missing"))


def _codes(rule: DirectoryRule, lists: Lists) -> Iterator[Message]:
    numbered = rule.id.partition("-")[0]
    if not any(code.startswith(numbered) for code in rule.categories):
        yield Message("directory.id_strange", {"value": rule.id})
    for code in rule.categories:
        if code not in lists.categories:
            yield Message("directory.category_unknown", {"value": code})
    for code in rule.regions:
        if not any(known.startswith(code) for known in lists.regions):
            yield Message("directory.region_unknown", {"value": code})


def _units(rule: DirectoryRule, lists: Lists) -> Iterator[Message]:
    named = [("主办", rule.lead), *(("协办", one.unit) for one in rule.co_units), ("归口单位", rule.owner)]
    for column, unit in named:
        if unit not in lists.units:
            continue
        ends = lists.units[unit]
        if ends is not None and (rule.valid_to is None or rule.valid_to > ends):
            params = {"column": column, "value": lists.names.get(unit, unit), "day": ends.isoformat()}
            yield Message("directory.unit_closed", params)
    helping = [one.unit for one in rule.co_units]
    for unit in sorted({unit for unit in helping if helping.count(unit) > 1 or unit == rule.lead}):
        yield Message("directory.co_repeated", {"value": _said(unit, lists)})


def _said(unit: UnitCode, lists: Lists) -> str:
    return lists.names.get(unit, unit) or "属地"


def _together(rules: Iterable[NumberedRule]) -> Iterator[Wrong]:
    """Versions of one rule: each number once, and never two of them on one day."""
    by_id: dict[str, list[NumberedRule]] = {}
    for line, rule in rules:
        by_id.setdefault(rule.id, []).append((line, rule))
    for same in by_id.values():
        for (first, one), (line, other) in combinations(same, 2):
            if one.version == other.version:
                params: dict[str, object] = {"value": other.version_key, "first": first}
                yield Wrong(line, Message("directory.repeated", params))
            elif days_meet(one, other):
                yield Wrong(line, Message("directory.overlap", {"value": other.id, "first": first}))


def days_meet(one: DirectoryRule, other: DirectoryRule) -> bool:
    """Whether there is a day on which both are in force."""
    start = max(one.valid_from or date.min, other.valid_from or date.min)
    return start < min(one.valid_to or date.max, other.valid_to or date.max)
