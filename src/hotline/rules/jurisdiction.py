"""Who leads a matter by the city's own rules: "category prefix + region prefix → unit (or 属地), on this basis".

Agents dispatch straight to a unit only where this names exactly one lead; dispatchers get the rest, so the answer is
always one of three: one lead, no rule, or a conflict that names the rules at odds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from hotline.rules.vocabulary import CategoryCode, RegionCode, UnitCode

LOCAL = UnitCode("")
"""属地: in a rule, the body that manages the place, whichever that is."""


@dataclass(frozen=True, kw_only=True, order=True)
class LeadRule:
    """One line of the directory. The last day is not included; no region means the whole city."""

    category: str
    region: str = ""
    unit: UnitCode = LOCAL
    basis: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """True when the rule is in force that day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What is asked, where, and on which day. `local` is the body that manages the place, if the place is known."""

    category: CategoryCode
    region: RegionCode
    on: date
    local: UnitCode | None = None


@dataclass(frozen=True, kw_only=True)
class Lead:
    """Exactly one unit leads."""

    unit: UnitCode
    basis: str


@dataclass(frozen=True, kw_only=True)
class NoRule:
    """The directory is silent. `place_missing` when it would speak if the district were known."""

    place_missing: bool = False


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Rules that weigh the same name different units."""

    leads: tuple[Lead, ...]


Suggestion = Lead | NoRule | Conflict


def suggest_lead(matter: Matter, rules: Iterable[LeadRule]) -> Suggestion:
    """The lead of a matter. The longest category prefix wins, then the longest region prefix.

    Rules that weigh the same and name one unit agree, whatever their order; those that name several are a conflict.
    """
    fitting = [rule for rule in rules if _fits(rule, matter)]
    if not fitting:
        return NoRule()
    most = max(map(_weight, fitting))
    best = sorted((rule for rule in fitting if _weight(rule) == most), key=lambda rule: (rule.unit, rule.basis))
    if any(rule.unit == LOCAL for rule in best) and matter.local is None:
        return NoRule(place_missing=True)
    bases: dict[UnitCode, str] = {}
    for rule in best:
        bases.setdefault(rule.unit or matter.local or LOCAL, rule.basis)
    leads = tuple(Lead(unit=unit, basis=basis) for unit, basis in sorted(bases.items()))
    return leads[0] if len(leads) == 1 else Conflict(leads=leads)


def _fits(rule: LeadRule, matter: Matter) -> bool:
    """A rule without a category would decide everything: there is none."""
    return bool(
        rule.category
        and rule.holds(matter.on)
        and matter.category.startswith(rule.category)
        and matter.region.startswith(rule.region)
    )


def _weight(rule: LeadRule) -> tuple[int, int]:
    return len(rule.category), len(rule.region)


@dataclass(frozen=True, kw_only=True)
class Directory:
    """The rules of one city with who manages which place, as a rulebook carries them."""

    rules: tuple[LeadRule, ...] = ()
    managed: Mapping[str, UnitCode] = field(default_factory=dict)

    def lead_for(self, category: CategoryCode, region: RegionCode, on: date) -> Suggestion:
        """The lead of a matter in this city that day."""
        local = self.managed.get(region)
        return suggest_lead(Matter(category=category, region=region, on=on, local=local), self.rules)
