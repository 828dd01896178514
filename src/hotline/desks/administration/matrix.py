"""`/people/roles/`: which role may do which act, read from the lifecycle table, for officials to sign."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hotline.desks.administration.doors import everybody
from hotline.registry.people.queries import role_cards
from hotline.rules.administration import GRANTABLE, MAY, apart
from hotline.rules.lifecycle import TABLE
from hotline.rules.messages import Message
from hotline.rules.sentences import render
from hotline.rules.vocabulary import ADMIN_ROLES, Role
from hotline.rules.words import word
from hotline.tickets.acting.person import lang_of

WORKING = tuple(role for role in Role if any(role in row.roles for row in TABLE))
"""Roles that the lifecycle table names, the citizen and the platform among them."""


@dataclass(frozen=True)
class MatrixRow:
    """One act and, for each role, the reach in which it may be done; blank where it may not."""

    act: str
    basis: str
    cells: tuple[str, ...]


def matrix(lang: str) -> Iterator[MatrixRow]:
    """Every act of the table once, rows of the same act put together."""
    reaches = {"office": _("全部"), "holder": _("主办"), "delegate": _("承接"), "co": _("协办")}
    for act in dict.fromkeys(row.act for row in TABLE):
        rows = [row for row in TABLE if row.act is act]
        who = {(w.role, w.reach) for row in rows for w in row.who}
        cells = tuple("、".join(name for reach, name in reaches.items() if (role, reach) in who) for role in WORKING)
        basis = "；".join(dict.fromkeys(row.basis for row in rows if row.basis))
        yield MatrixRow(word(act.name, lang), basis, cells)


def administration(lang: str) -> Iterator[tuple[str, str]]:
    """Every act of administration and whose it is."""
    for act, roles in MAY.items():
        yield word(act, lang), "、".join(word(role, lang) for role in sorted(roles)) or _("运维人员或者本人")


def pairs(lang: str) -> Iterator[tuple[str, str]]:
    """Each role with the roles that nobody may hold beside it; the administrators' are told in one sentence."""
    business = [role for role in Role if role in GRANTABLE - ADMIN_ROLES]
    for role in business:
        others = [other for other in business if apart(role, other)]
        if others:
            yield word(role, lang), "、".join(word(other, lang) for other in others)


@everybody
@require_GET
def role_matrix(request: HttpRequest) -> HttpResponse:
    """The tables, to read and to print."""
    lang = lang_of(request)
    cards = role_cards()
    context = {
        "roles": [word(role, lang) for role in WORKING],
        "rows": list(matrix(lang)),
        "administration": list(administration(lang)),
        "pairs": list(pairs(lang)),
        "cards": [
            (word(role, lang), cards[role].description_en if lang == "en" else cards[role].description)
            for role in Role
            if role in GRANTABLE and role in cards
        ],
        "separation": render(Message("role.separation"), lang),
    }
    return render_page(request, "desks/administration/roles.html", context)
