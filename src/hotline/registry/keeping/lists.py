"""What the directory's lines are read by and held against: units, categories, regions and words of one day.

Officials write units by short name; full names, former names and codes are understood too.
"""

from collections.abc import Iterator
from datetime import date

from hotline.registry.categories import queries as categories
from hotline.registry.regions import queries as regions
from hotline.registry.units import queries as units
from hotline.registry.units.models import Unit, UnitTenure
from hotline.rules.jurisdiction import Lexicon
from hotline.rules.jurisdiction.checking import Lists
from hotline.rules.jurisdiction.sheet import Spelling
from hotline.rules.vocabulary import UnitCode


def lexicon(day: date) -> Lexicon:
    """The city's words and the names of its places."""
    return Lexicon(units.directory_words(day), regions.spoken_names(day))


def spelling(day: date) -> Spelling:
    """How units, places and conditions are written in the file."""
    known: dict[str, UnitCode] = {}
    for code, full, short in (*_former_names(), *_names()):
        known |= dict.fromkeys((full, short, code), UnitCode(code))
    return Spelling(units=known, names={code: short for code, _, short in _names()}, lexicon=lexicon(day))


def lists(day: date) -> Lists:
    """What the directory may name: units with the day they end, categories and regions in use."""
    return Lists(
        units=dict(Unit.objects.values_list("code", "valid_to")),
        categories=categories.codes_on(day),
        regions=frozenset(regions.active_codes(day)),
        names={code: short for code, _, short in _names()},
    )


def _names() -> Iterator[tuple[str, str, str]]:
    yield from Unit.objects.order_by("code").values_list("code", "full_name", "short_name")


def _former_names() -> Iterator[tuple[str, str, str]]:
    yield from UnitTenure.objects.order_by("valid_from").values_list("unit_id", "full_name", "short_name")
