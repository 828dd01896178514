"""What others ask about places. Codes in, codes or regions out."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from hotline.registry.dated import best_first, typed_letters
from hotline.registry.regions.models import City, CityLoad, Level, Region
from hotline.rules.vocabulary import RegionCode


def city() -> City | None:
    """The city served here; nothing before its data was loaded."""
    return City.objects.first()


def region(code: str) -> Region | None:
    """The region of that code, also when it no longer exists."""
    return Region.objects.filter(code=code).first()


def ancestry(code: str) -> tuple[RegionCode, ...]:
    """The region itself and those around it, nearest first; nothing for an unknown code."""
    found = Region.objects.filter(code=code).select_related("parent__parent__parent").first()
    chain: list[RegionCode] = []
    while found is not None:
        chain.append(RegionCode(found.code))
        found = found.parent
    return tuple(chain)


def surroundings(day: date) -> dict[str, tuple[str, ...]]:
    """Every region of that day with those around it, nearest first, in one statement."""
    parents = dict(Region.objects.on(day).values_list("code", "parent_id"))
    return {code: _chain(code, parents) for code in parents}


def spoken_names(day: date) -> dict[str, tuple[str, str]]:
    """Full and short name of every region of that day."""
    rows = Region.objects.on(day).values_list("code", "name", "short_name")
    return {code: (name, short) for code, name, short in rows}


def _chain(code: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    chain: list[str] = []
    above: str | None = code
    while above is not None and above not in chain:
        chain.append(above)
        above = parents.get(above)
    return tuple(chain)


def district_of(code: str) -> RegionCode | None:
    """The county or district a region lies in by administrative division."""
    found = Region.objects.filter(code__in=ancestry(code), level=Level.DISTRICT).first()
    return RegionCode(found.code) if found else None


def children(code: str, day: date) -> list[Region]:
    """Regions directly inside a region on that day."""
    return list(Region.objects.on(day).filter(parent_id=code).order_by("code"))


def districts(day: date) -> list[Region]:
    """Counties and districts on that day."""
    return list(Region.objects.on(day).filter(level=Level.DISTRICT).order_by("code"))


def active_codes(day: date) -> frozenset[RegionCode]:
    """Codes of all regions on that day."""
    return frozenset(map(RegionCode, Region.objects.on(day).values_list("code", flat=True)))


def names(codes: Iterable[str]) -> dict[str, str]:
    """Names by code, for lists; unknown codes are left out."""
    return dict(Region.objects.filter(code__in=set(codes)).values_list("code", "name"))


def search_regions(text: str, day: date, *, limit: int = 20) -> list[Region]:
    """Regions whose name contains the text or whose pinyin begins with it, best first."""
    text = text.strip()
    if not text:
        return []
    named = Q(name__contains=text) | Q(code__startswith=text)
    found = Region.objects.on(day).filter(named | typed_letters(text)).select_related("parent")
    return list(found.order_by(*best_first("name", text, "code"))[:limit])


def city_loads(limit: int = 20) -> list[CityLoad]:
    """When the city's data was loaded and what changed, the latest first."""
    return list(CityLoad.objects.order_by("-at")[:limit])
