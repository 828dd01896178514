"""Which rules of the directory somebody looks for: a branch, a unit, words, and whether they hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import QueryDict

from hotline.rules.jurisdiction import DirectoryRule
from hotline.rules.jurisdiction.words import plain

LONGEST: Final = 40
IN_FORCE, COMING, ENDED, EVERY = "", "coming", "ended", "all"
STATES: Final = (IN_FORCE, COMING, ENDED, EVERY)


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; blank is everything, and of states those in force."""

    branch: str = ""
    unit: str = ""
    words: str = ""
    state: str = IN_FORCE

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked."""
        return bool(self.branch or self.unit or self.words or self.state)

    def finds(self, rule: DirectoryRule, today: date) -> bool:
        """Whether a rule is one of those looked for."""
        return self._category(rule) and self._unit(rule) and self._said(rule) and self._dated(rule, today)

    def _category(self, rule: DirectoryRule) -> bool:
        return any(code.startswith(self.branch) for code in rule.categories)

    def _unit(self, rule: DirectoryRule) -> bool:
        return not self.unit or self.unit in {rule.lead, rule.owner, *(one.unit for one in rule.co_units)}

    def _said(self, rule: DirectoryRule) -> bool:
        spoken = (word for group in rule.words.groups for word in group)
        told = plain(" ".join((rule.id, rule.title, rule.basis, rule.note, rule.source, *rule.categories, *spoken)))
        return all(plain(word) in told for word in self.words.split())

    def _dated(self, rule: DirectoryRule, today: date) -> bool:
        coming = rule.valid_from is not None and today < rule.valid_from
        return {
            IN_FORCE: rule.holds(today),
            COMING: coming,
            ENDED: not coming and not rule.holds(today),
        }.get(self.state, True)


def asked(given: QueryDict) -> Asked:
    """What stands in the address; what cannot be meant is left out."""
    branch, state = given.get("category", ""), given.get("state", "")
    return Asked(
        branch=branch if branch.isascii() and branch.isdecimal() and len(branch) in {2, 4, 6} else "",
        unit=given.get("unit", "")[:LONGEST],
        words=given.get("q", "").replace("\x00", "").strip()[:LONGEST],
        state=state if state in STATES else IN_FORCE,
    )


def found(rules: Iterable[DirectoryRule], wanted: Asked, today: date) -> Iterator[DirectoryRule]:
    """The rules looked for, in the order of the file."""
    return (rule for rule in sorted(rules, key=lambda one: one.place_in_file) if wanted.finds(rule, today))
