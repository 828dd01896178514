"""What the directory's lines are read by and held against: units, categories, regions and words of one day.

Officials write units by short name; full names, former names and codes are understood too.
"""

from dataclasses import dataclass
from datetime import date

from hotline.registry.categories import queries as categories
from hotline.registry.regions import queries as regions
from hotline.registry.regions.models import City
from hotline.registry.units import queries as units
from hotline.registry.units.models import Unit, UnitTenure
from hotline.rules.jurisdiction import Lexicon
from hotline.rules.jurisdiction.checking import Lists
from hotline.rules.jurisdiction.sheet import Spelling
from hotline.rules.vocabulary import UnitCode


@dataclass(frozen=True)
class Known:
    """How things are written in the file, and which of them there are."""

    spelling: Spelling
    lists: Lists


_kept: tuple[str, date, Known] | None = None


def known(day: date) -> Known:
    """The city's lists of that day; gathered anew when its data has changed, otherwise one statement."""
    global _kept  # noqa: PLW0603 - one copy per process is the point of keeping it
    token = City.objects.values_list("data_token", flat=True).first() or ""
    kept = _kept
    if kept is None or not token or kept[:2] != (token, day):
        kept = _kept = (token, day, _gather(day))
    return kept[2]


def spelling(day: date) -> Spelling:
    """How units, places and conditions are written in the file."""
    return known(day).spelling


def lists(day: date) -> Lists:
    """What the directory may name."""
    return known(day).lists


def _gather(day: date) -> Known:
    now = list(Unit.objects.order_by("code").values_list("code", "full_name", "short_name", "valid_to"))
    former = UnitTenure.objects.order_by("valid_from").values_list("unit_id", "full_name", "short_name")
    written: dict[str, UnitCode] = {}
    for code, full, short in (*former, *(row[:3] for row in now)):
        written |= dict.fromkeys((full, short, code), UnitCode(code))
    names = {code: short for code, _, short, _ in now}
    lexicon = Lexicon(units.directory_words(day), regions.spoken_names(day))
    there = Lists(
        units={code: ends for code, _, _, ends in now},
        categories=categories.codes_on(day),
        regions=frozenset(regions.active_codes(day)),
        names=names,
    )
    return Known(Spelling(units=written, names=names, lexicon=lexicon), there)
