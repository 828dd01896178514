"""The one search box: a ticket's number opens it, a telephone number shows its tickets, words find tickets by what was
said. Posted, so that neither a number nor a citizen's words stand in an address or a log.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.phones import digits
from hotline.rules.sentences import render
from hotline.rules.visibility import UNMASKING, view_of
from hotline.rules.words import word
from hotline.search.callers import caller
from hotline.search.words import question, search, snippet
from hotline.text.pasted import pasted
from hotline.tickets.access import TicketRefused, look_at
from hotline.tickets.acting.names import Names, names_of
from hotline.tickets.acting.person import actor_of, lang_of

NUMBER = re.compile(r"[0-9]{14}[A-Z]{2}[0-9]{6}")
PHONE = re.compile(r"\+?[0-9][0-9 \-]{5,18}[0-9]")
LONGEST = 60


@dataclass(frozen=True)
class Hit:
    """One ticket that was found, in words."""

    number: str
    title: str
    stage: str
    category: str
    unit: str
    created_at: datetime
    where: str
    words: str


@login_required
@require_http_methods(["GET", "POST"])
def search_page(request: HttpRequest) -> HttpResponse:
    """`/search/`: the answer to the search box."""
    actor, lang, known = actor_of(request), lang_of(request), names_of(request)
    if view_of(actor).nothing:
        raise PermissionDenied(render(Refusal("access.denied", {}), lang))
    asked = pasted(request.POST.get("q", ""))[:LONGEST]
    if NUMBER.fullmatch(asked.upper()) and _there(asked.upper(), actor):
        return HttpResponseRedirect(reverse("ticket", args=[asked.upper()]))
    by_phone = bool(PHONE.fullmatch(asked)) and bool(actor.roles & UNMASKING)
    hits = _of_caller(asked, actor, known, lang) if by_phone else _of_words(asked, actor, known, lang)
    context = {"words": asked, "hits": hits, "by_phone": by_phone, "too_short": bool(asked) and _too_short(asked)}
    return render_page(request, "desks/search.html", context)


def _there(number: str, actor: Actor) -> bool:
    try:
        look_at(number, actor=actor)
    except TicketRefused:
        return False
    return True


def _too_short(asked: str) -> bool:
    return question(asked).empty and not digits(asked)


def _of_caller(phone: str, actor: Actor, known: Names, lang: str) -> list[Hit]:
    found = caller(phone, actor=actor, last=20)
    return [
        Hit(
            t.number,
            t.title,
            word(f"stage.{t.stage}", lang),
            known.category(t.category, lang),
            "",
            t.created_at,
            "",
            "",
        )
        for t in (*found.running, *found.ended)
    ]


def _of_words(asked: str, actor: Actor, known: Names, lang: str) -> list[Hit]:
    pieces = question(asked).pieces
    return [
        Hit(
            number=t.number,
            title=t.title,
            stage=word(f"stage.{t.stage}", lang),
            category=known.category(t.category, lang),
            unit=known.unit(t.lead_unit, lang),
            created_at=t.created_at,
            where="" if t.field == "title" else word(f"field.{t.field}", lang),
            words="" if t.field == "title" else snippet(t.body, pieces),
        )
        for t in search(asked, actor=actor)
    ]
