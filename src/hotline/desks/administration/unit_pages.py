"""`/units/`: the city's units as a tree, found by Chinese, pinyin initials or code. Everybody reads it.

It says whom to turn to and holds no person's data.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hotline.desks.administration.doors import everybody
from hotline.plumbing.clock import today
from hotline.registry.units.directory import UnitCard, directory
from hotline.registry.units.models import Group, Kind
from hotline.registry.units.queries import search_units, successors
from hotline.registry.units.queries import unit as any_unit
from hotline.rules.vocabulary import UnitCode
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import lang_of

LONGEST = 40
MOST_FOUND = 60


@dataclass(frozen=True)
class Branch:
    """A unit with how many stand right below it."""

    card: UnitCard
    below: int


@everybody
@require_GET
def unit_list(request: HttpRequest) -> HttpResponse:
    """The upper levels by group, or what was searched for."""
    words = request.GET.get("q", "").strip()[:LONGEST].replace("\x00", "")
    cards = directory(today())
    found = [cards[u.code] for u in search_units(words, today(), limit=MOST_FOUND) if u.code in cards] if words else []
    tops = [card for card in cards.values() if not card.parent or not cards.get(card.parent, card).parent]
    shown = found if words else tops
    context = {
        "words": words,
        "groups": list(_grouped(shown, cards)),
        "number": len(cards),
        "found": len(found),
        "cut": len(found) == MOST_FOUND,
    }
    return render_page(request, "desks/administration/units.html", context)


def _grouped(shown: Iterable[UnitCard], cards: Mapping[str, UnitCard]) -> Iterator[tuple[str, list[Branch]]]:
    below: dict[str, int] = {}
    for card in cards.values():
        below[card.parent] = below.get(card.parent, 0) + 1
    shown = list(shown)
    for group in Group:
        members = [Branch(card, below.get(card.code, 0)) for card in shown if card.group == group]
        if members:
            yield _(str(group.label)), members


@everybody
@require_GET
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit: whom it answers to, who guides it, where it sits, and the units below it."""
    cards = directory(today())
    card = cards.get(code)
    if card is None:
        return _ended(request, code, cards)
    known, lang = names_of(request), lang_of(request)
    above = list(_above(card, cards))
    facts = [
        (_("单位代码"), card.code),
        (_("简称"), card.short_name if card.short_name != card.full_name else ""),
        (_("分组"), _(str(Group(card.group).label))),
        (_("性质"), _(str(Kind(card.kind).label))),
        (_("所在区划"), known.region(card.region, lang)),
        (_("备注"), card.note),
        (_("承接的单位"), "、".join(known.unit(old, lang) for old, new in successors(today()).items() if new == code)),
    ]
    context = {
        "card": card,
        "above": above,
        "line": cards.get(card.line),
        "facts": [(label, value) for label, value in facts if value],
        "groups": list(_grouped([c for c in cards.values() if c.parent == code], cards)),
        "guided": [c for c in cards.values() if c.line == code and c.parent != code],
    }
    return render_page(request, "desks/administration/unit.html", context)


def _ended(request: HttpRequest, code: str, cards: Mapping[str, UnitCard]) -> HttpResponse:
    """A unit that is no more: since when, and who has taken over what it had."""
    gone, heir = any_unit(code), cards.get(successors(today()).get(UnitCode(code), ""))
    if gone is None or heir is None:
        raise Http404(code)
    return render_page(request, "desks/administration/unit_ended.html", {"gone": gone, "heir": heir})


def _above(card: UnitCard, cards: Mapping[str, UnitCard]) -> list[UnitCard]:
    """The units above, the highest first."""
    found: list[UnitCard] = []
    parent = cards.get(card.parent)
    while parent is not None and parent not in found:
        found.insert(0, parent)
        parent = cards.get(parent.parent)
    return found
