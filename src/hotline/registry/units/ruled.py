"""Rules of the dispatch directory that rulings make: put in, and ended. Whoever calls it says that lists have changed.

Nothing is deleted: an edition that is replaced or withdrawn ends with the day on which that happened. What stands here
only precedents change: pages refuse it, and loading the city's files leaves it, so that an old file revives nothing.
"""

from datetime import date

from hotline.registry.units.rule_models import DirectoryRule as RuleRow
from hotline.registry.units.rules import columns_of
from hotline.rules.jurisdiction import DirectoryRule


def put_in(rule: DirectoryRule) -> None:
    """A new edition; the one before it ends with the day on which this begins."""
    if rule.valid_from is None:
        raise ValueError(f"{rule.version_key} begins on no day")
    end(rule.id, rule.valid_from)
    RuleRow.objects.create(**columns_of(rule), by_precedent=True)


def end(number: str, day: date) -> None:
    """What still holds of a rule holds no more from that day on."""
    RuleRow.objects.on(day).filter(number=number).update(valid_to=day)


def numbers_of(category: str) -> tuple[str, ...]:
    """Every number that a rule of this category bears or ever bore."""
    return tuple(RuleRow.objects.filter(number__startswith=f"{category}-").values_list("number", flat=True).distinct())
