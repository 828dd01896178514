"""The closed lists of one city, gathered over the registries for the rules: which codes an act may name today.

Also the one question that needs two registries: who manages the place a request is about.
"""

from datetime import date

from hotline.registry.categories import queries as categories
from hotline.registry.lines import queries as lines
from hotline.registry.regions import queries as regions
from hotline.registry.regions.models import City
from hotline.registry.units import queries as units
from hotline.rules.jurisdiction import Directory, Lexicon
from hotline.rules.lifecycle import Reference
from hotline.rules.vocabulary import UnitCode

_kept: tuple[str, date, Reference] | None = None


def current_reference(day: date) -> Reference:
    """The codes that acts may name on that day; read anew when the city's data was loaded anew."""
    global _kept  # noqa: PLW0603 - one copy per process is the point of keeping it
    token = City.objects.values_list("data_token", flat=True).first() or ""
    kept = _kept
    if kept is None or not token or kept[:2] != (token, day):
        kept = _kept = (token, day, _gather(day))
    return kept[2]


def _gather(day: date) -> Reference:
    return Reference(
        units=frozenset(units.active_codes(day)),
        categories=frozenset(categories.leaf_codes(day)),
        regions=frozenset(regions.active_codes(day)),
        codelists=lines.codelists(day),
    )


def current_directory(day: date) -> Directory:
    """The dispatch directory of that day, with who manages each place and what everything is called."""
    short, full = units.names(day)
    return Directory(
        rules=units.directory_rules(day),
        managed=units.managing_units(regions.surroundings(day), day),
        lexicon=Lexicon(units.directory_words(day), regions.spoken_names(day)),
        names=short,
        full_names=full,
        categories=categories.spoken_names(day),
    )


def managing_unit_of(region: str, day: date) -> UnitCode | None:
    """The body that manages a place on that day: a zone's committee where one does, else the district's government."""
    return units.managing_unit(regions.ancestry(region), day)
