"""The directory of one city as a rulebook carries it: its rules, who manages which place, its words and its names."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from hotline.rules.jurisdiction.lexicon import Lexicon
from hotline.rules.jurisdiction.values import DirectoryRule
from hotline.rules.jurisdiction.words import Words
from hotline.rules.vocabulary import UnitCode

PREFIXES = (2, 4, 6)
PLACE_DIGITS = (9, 6)


@dataclass(frozen=True, kw_only=True)
class Directory:
    """The rules of one city. `managed` says who manages a region, `names` what units and categories are called."""

    rules: tuple[DirectoryRule, ...] = ()
    managed: Mapping[str, UnitCode] = field(default_factory=dict)
    lexicon: Lexicon = Lexicon()
    names: Mapping[str, str] = field(default_factory=dict)
    full_names: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)

    def about(self, category: str) -> Iterator[tuple[str, DirectoryRule]]:
        """Rules for a category, each once, with the longest of its prefixes that fits."""
        told: set[str] = set()
        for digits in reversed(PREFIXES):
            prefix = category[:digits]
            if len(prefix) == digits:
                for rule in self._by_prefix.get(prefix, ()):
                    if rule.version_key not in told:
                        told.add(rule.version_key)
                        yield prefix, rule

    @cached_property
    def _by_prefix(self) -> Mapping[str, tuple[DirectoryRule, ...]]:
        found: defaultdict[str, list[DirectoryRule]] = defaultdict(list)
        for rule in sorted(self.rules):
            for prefix in rule.categories:
                found[prefix].append(rule)
        return {prefix: tuple(rules) for prefix, rules in found.items()}

    def speaking(self, on: date) -> Iterator[tuple[str, Words]]:
        """The words of rules in force with their first category: who leads a matter also tells what it is."""
        return ((rule.categories[0], rule.words) for rule in self.rules if rule.words.groups and rule.holds(on))

    def local(self, region: str) -> UnitCode | None:
        """The body that manages a place; of a region that is only divided among bodies, nobody."""
        for code in (region, *(region[:digits] for digits in PLACE_DIGITS if len(region) > digits)):
            if code in self.managed:
                return self.managed[code]
        within = {unit for code, unit in self.managed.items() if region and code.startswith(region)}
        return within.pop() if len(within) == 1 else None

    def name(self, unit: str) -> str:
        """What a unit is called, or its code."""
        return self.names.get(unit, unit)

    def name_in_full(self, unit: str) -> str:
        """A unit's full name, or its code."""
        return self.full_names.get(unit, unit)

    def category(self, code: str) -> str:
        """A category by its name and code."""
        return f"{self.categories[code]}（{code}）" if code in self.categories else code
