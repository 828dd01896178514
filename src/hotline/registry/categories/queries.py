"""What others ask about categories. Only third-level codes may be dispatched on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from hotline.registry.categories.models import Category, RequestType
from hotline.registry.dated import best_first, typed_letters
from hotline.rules.vocabulary import CategoryCode

LEAF_LEVEL = 3


@dataclass(frozen=True)
class Branch:
    """A category with what lies below it, for pickers."""

    category: Category
    below: tuple["Branch", ...] = ()


def category(code: str) -> Category | None:
    """The category of that code, also when it is no longer used."""
    return Category.objects.filter(code=code).first()


def path(code: str) -> list[Category]:
    """The first, second and third level that a code stands for."""
    return list(Category.objects.filter(code__in=[code[:2], code[:4], code[:6]]).order_by("level"))


def names(codes: Iterable[str]) -> dict[str, str]:
    """Names in the reader's language by code; unknown codes are left out."""
    return {found.code: found.label for found in Category.objects.filter(code__in=set(codes))}


def spoken_names(day: date) -> dict[str, str]:
    """The Chinese name of every category of that day."""
    return dict(Category.objects.on(day).values_list("code", "zh"))


def leaf_codes(day: date) -> frozenset[CategoryCode]:
    """The third-level codes that may be dispatched on that day."""
    codes = Category.objects.on(day).filter(level=LEAF_LEVEL).values_list("code", flat=True)
    return frozenset(map(CategoryCode, codes))


def tree(day: date) -> tuple[Branch, ...]:
    """The whole tree in force on that day, in one look at the database."""
    below: dict[str | None, list[Category]] = {}
    for found in Category.objects.on(day).order_by("code"):
        below.setdefault(found.parent_id, []).append(found)
    return _branches(below, None)


def _branches(below: dict[str | None, list[Category]], code: str | None) -> tuple[Branch, ...]:
    return tuple(Branch(found, _branches(below, found.code)) for found in below.get(code, ()))


def search_categories(text: str, day: date, *, limit: int = 20) -> list[Category]:
    """Third-level categories whose name, or a name above it, contains the text or begins with its pinyin."""
    text = text.strip()
    if not text:
        return []
    named = Q(zh__contains=text) | Q(parent__zh__contains=text) | Q(code__startswith=text)
    found = Category.objects.on(day).filter(named | typed_letters(text), level=LEAF_LEVEL)
    ordered = found.select_related("parent__parent").order_by(*best_first("zh", text, "code"))
    return list(ordered[:limit])


def request_types() -> list[RequestType]:
    """All request types in the order of their codes."""
    return list(RequestType.objects.order_by("code"))


def codes_on(day: date) -> frozenset[str]:
    """Codes of every level in force on that day: an emergency is switched on for a whole branch or for one leaf."""
    return frozenset(Category.objects.on(day).values_list("code", flat=True))
