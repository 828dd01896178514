"""Names for codes, kept per process: lists and pickers show hundreds of them and must not ask the database for each.

Read anew when the city's data was loaded anew or the day changed. Pages ask `names_of(request)`, which shares its one
look at the registries with the rulebook.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from django.http import HttpRequest

from hotline.plumbing.clock import today
from hotline.registry.categories.models import Category
from hotline.registry.lines.models import ReasonCode, SourceLine, Tag
from hotline.registry.regions.models import City, Region
from hotline.registry.units.models import Group, Unit, UnitTenure
from hotline.rules.vocabulary import CategoryCode
from hotline.tickets.rulebook import Rulebooks, rulebooks


@dataclass(frozen=True)
class Option:
    """One line of a picker: code, name, letters to type, and the heading it stands under."""

    code: str
    name: str
    name_en: str
    letters: str
    heading: str = ""

    def label(self, lang: str) -> str:
        """The name in the reader's language."""
        return self.name_en if lang == "en" and self.name_en else self.name


@dataclass(frozen=True)
class Names:
    """Every name of the city's data, ended ones included so that old tickets stay readable."""

    token: str
    day: date
    city: City | None
    units: Mapping[str, Option]
    categories: Mapping[str, Option]
    regions: Mapping[str, Option]
    reasons: Mapping[tuple[str, str], Option]
    pickable: Mapping[str, tuple[Option, ...]]
    parents: Mapping[str, str | None] = field(default_factory=dict)

    def covered(self, code: str) -> tuple[str, ...]:
        """A unit and all units below it today, for lists that are narrowed to it."""
        found = [code]
        for above in found:
            found += [unit for unit, parent in self.parents.items() if parent == above and unit not in found]
        return tuple(found)

    def unit(self, code: str | None, lang: str = "zh") -> str:
        """Short name of a unit, or the code itself."""
        return _label(self.units, code, lang)

    def category(self, code: str | None, lang: str = "zh") -> str:
        """Name of a category, or the code itself."""
        return _label(self.categories, code, lang)

    def category_path(self, code: str, lang: str = "zh") -> str:
        """The three levels of a category, as clerks read them."""
        parts = [self.categories[c].label(lang) for c in (code[:2], code[:4], code[:6]) if c in self.categories]
        return " › ".join(dict.fromkeys(parts))

    def region(self, code: str | None, lang: str = "zh") -> str:
        """Name of a region, or the code itself."""
        return _label(self.regions, code, lang)

    def tag(self, code: str, lang: str = "zh") -> str:
        """What a tag is called."""
        return self.reason("tag_any", code, lang)

    def reason(self, codelist: str, code: str, lang: str = "zh") -> str:
        """What a reason code says."""
        found = self.reasons.get((codelist, code))
        return found.label(lang) if found else code


def _label(options: Mapping[str, Option], code: str | None, lang: str) -> str:
    if not code:
        return ""
    found = options.get(code)
    return found.label(lang) if found else code


def books_of(request: HttpRequest) -> Rulebooks:
    """The rules and lists in force, looked at once a request."""
    books = cast("Rulebooks | None", getattr(request, "hotline_books", None))
    if books is None:
        books = rulebooks()
        request.hotline_books = books  # type: ignore[attr-defined]  # Django's request is open for such notes
    return books


def names_of(request: HttpRequest) -> Names:
    """The names in force, for a page."""
    return names(today(), books_of(request).stamps[1])


_kept: Names | None = None


def names(day: date, token: str) -> Names:
    """The names of that state of the city's data; a full reading only when something changed."""
    global _kept  # noqa: PLW0603 - one copy per process is the point of keeping it
    kept = _kept
    if kept is None or not token or (kept.token, kept.day) != (token, day):
        kept = _kept = _read(token, day)
    return kept


def _read(token: str, day: date) -> Names:
    units = list(Unit.objects.order_by("level", "group", "code"))
    categories = list(Category.objects.order_by("code"))
    regions = list(Region.objects.select_related("parent").order_by("code"))
    reasons = list(ReasonCode.objects.order_by("list", "position", "code"))
    source_lines = list(SourceLine.objects.order_by("number"))
    tags = [(t, Option(t.code, t.zh, t.en, "")) for t in Tag.objects.order_by("code")]
    by_code = {c.code: c for c in categories}
    unit_options = [(u, Option(u.code, u.short_name, "", u.initials, str(Group(u.group).label))) for u in units]
    category_options = [(c, Option(c.code, c.zh, c.en, c.initials, _above(c, by_code))) for c in categories]
    region_options = [(r, Option(r.code, r.name, "", r.initials, r.parent.name if r.parent else "")) for r in regions]
    reason_options = [(r, Option(r.code, r.zh, r.en, "", r.list)) for r in reasons]
    line_options = [(n, Option(n.number, f"{n.number} {n.zh}", f"{n.number} {n.en}", "")) for n in source_lines]
    return Names(
        token=token,
        day=day,
        city=City.objects.first(),
        units={o.code: o for _, o in unit_options},
        categories={o.code: o for _, o in category_options},
        regions={o.code: o for _, o in region_options},
        reasons={
            **{(o.heading, o.code): o for _, o in reason_options},
            **{("source_line", o.code): o for _, o in line_options},
            **{(codelist, o.code): o for codelist in ("tag", "tag_any") for _, o in tags},
        },
        pickable={
            "unit": tuple(o for u, o in unit_options if u.in_force(day)),
            "category": tuple(o for c, o in category_options if c.in_force(day) and len(c.code) == 6),
            "category_any": tuple(o for c, o in category_options if c.in_force(day)),
            "region": tuple(o for r, o in region_options if r.in_force(day)),
            "code:source_line": tuple(o for n, o in line_options if n.in_force(day)),
            "code:tag": tuple(o for t, o in tags if t.in_force(day)),
            "code:tag_any": tuple(o for _, o in tags),
            **_by_list((r, o) for r, o in reason_options if r.in_force(day)),
        },
        parents=dict(UnitTenure.objects.on(day).values_list("unit_id", "parent_id")),
    )


def _by_list(rows: Iterable[tuple[ReasonCode, Option]]) -> dict[str, tuple[Option, ...]]:
    lists: dict[str, list[Option]] = {}
    for row, option in rows:
        lists.setdefault(f"code:{row.list}", []).append(option)
    return {name: tuple(options) for name, options in lists.items()}


def _above(category: Category, by_code: Mapping[str, Category]) -> str:
    codes = (CategoryCode(category.code[:2]), CategoryCode(category.code[:4]))
    return " › ".join(by_code[c].zh for c in codes if c in by_code and c != category.code)
