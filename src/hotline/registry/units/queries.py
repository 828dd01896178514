"""What others ask about units. Codes in, codes or units out; the day is always given."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q

from hotline.registry.dated import best_first, typed_letters
from hotline.registry.units.models import Group, RegionManagement, Unit, UnitTenure
from hotline.registry.units.rules import rules_on, tellings_on
from hotline.registry.units.tree import covered
from hotline.rules.jurisdiction import DirectoryRule, Telling
from hotline.rules.succession import heirs
from hotline.rules.vocabulary import UnitCode

__all__ = [
    "active_codes",
    "children",
    "covered",
    "directory_rules",
    "directory_words",
    "lineage",
    "managing_unit",
    "managing_units",
    "names",
    "search_units",
    "short_names",
    "street_unit",
    "successors",
    "tenure",
    "unit",
    "units_on",
]


def unit(code: str) -> Unit | None:
    """The unit of that code, also when it is no longer active."""
    return Unit.objects.filter(code=code).first()


def units_on(day: date, *, groups: Iterable[Group] = (), level: int | None = None) -> list[Unit]:
    """Units active on that day, by group and code."""
    found = Unit.objects.on(day)
    if groups:
        found = found.filter(group__in=list(groups))
    if level is not None:
        found = found.filter(level=level)
    return list(found.order_by("level", "group", "code"))


def active_codes(day: date) -> frozenset[UnitCode]:
    """Codes of all units active on that day."""
    return frozenset(map(UnitCode, Unit.objects.on(day).values_list("code", flat=True)))


def successors(day: date) -> dict[UnitCode, UnitCode]:
    """Who stands in on that day for each unit that is no more."""
    ended = Unit.objects.filter(valid_to__lte=day).exclude(successor=None)
    named = {UnitCode(old): UnitCode(new) for old, new in ended.values_list("code", "successor_id")}
    return heirs(named, active_codes(day)) if named else {}


def short_names(codes: Iterable[str]) -> dict[str, str]:
    """Short names by code, for lists; unknown codes are left out."""
    return dict(Unit.objects.filter(code__in=set(codes)).values_list("code", "short_name"))


def search_units(text: str, day: date, *, limit: int = 20) -> list[Unit]:
    """Active units whose name contains the text or whose pinyin begins with it, best first."""
    text = text.strip()
    if not text:
        return []
    named = Q(short_name__contains=text) | Q(full_name__contains=text) | Q(code__iexact=text)
    found = Unit.objects.on(day).filter(named | typed_letters(text))
    return list(found.order_by(*best_first("short_name", text, "level", "code"))[:limit])


def tenure(code: str, day: date) -> UnitTenure | None:
    """What the unit was called and whom it answered to on that day."""
    return UnitTenure.objects.on(day).filter(unit_id=code).first()


def lineage(code: str, day: date) -> tuple[UnitCode, ...]:
    """The units above a unit on that day, nearest first."""
    parents = dict(UnitTenure.objects.on(day).values_list("unit_id", "parent_id"))
    found: list[UnitCode] = []
    above = parents.get(code)
    while above and above not in found:
        found.append(UnitCode(above))
        above = parents.get(above)
    return tuple(found)


def children(code: str, day: date) -> list[Unit]:
    """Units directly below a unit on that day: whom it may pass a ticket on to."""
    below = UnitTenure.objects.on(day).filter(parent_id=code).values("unit_id")
    return list(Unit.objects.on(day).filter(code__in=below).order_by("group", "code"))


def managing_unit(regions: Sequence[str], day: date) -> UnitCode | None:
    """The body that manages a place on that day; `regions` is the place's region and those around it, nearest first."""
    rows = RegionManagement.objects.on(day).filter(region_code__in=regions)
    by_region = dict(rows.values_list("region_code", "unit_id"))
    return next((UnitCode(by_region[region]) for region in regions if region in by_region), None)


def managing_units(regions: Mapping[str, Sequence[str]], day: date) -> dict[str, UnitCode]:
    """The managing body of every place of `regions` (itself and those around it, nearest first), in one statement."""
    by_region = dict(RegionManagement.objects.on(day).values_list("region_code", "unit_id"))
    found = {place: next((by_region[r] for r in chain if r in by_region), "") for place, chain in regions.items()}
    return {place: UnitCode(unit) for place, unit in found.items() if unit}


def directory_rules(day: date) -> tuple[DirectoryRule, ...]:
    """The dispatch directory in force that day, as the rules read it."""
    return rules_on(day)


def directory_words(day: date) -> tuple[Telling, ...]:
    """The words by which categories, places and facts are told that day."""
    return tellings_on(day)


def names(day: date) -> tuple[dict[str, str], dict[str, str]]:
    """Short and full names of all units of that day, by code."""
    rows = list(Unit.objects.on(day).values_list("code", "short_name", "full_name"))
    return {code: short for code, short, _ in rows}, {code: full for code, _, full in rows}


def street_unit(region: str, day: date) -> UnitCode | None:
    """The street or town office of a region on that day."""
    rows = UnitTenure.objects.on(day).filter(region_code=region, unit__group=Group.STREET)
    code = rows.values_list("unit_id", flat=True).first()
    return UnitCode(code) if code else None
