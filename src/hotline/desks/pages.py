"""The pages everybody shares: home, lists of tickets, the ticket page, and the click that unmasks a contact."""

import re
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from hotline.desks.administration.doors import doors_of
from hotline.desks.filters import asked_for, chips
from hotline.desks.places import desk_named, desks_of
from hotline.desks.queries import line
from hotline.desks.ticket_page import ticket_page
from hotline.plumbing.clock import now
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.visibility import view_of
from hotline.rules.vocabulary import Role
from hotline.tickets.access import TicketRefused
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.pages import is_panel, signed_in
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.disclosing import disclose
from hotline.tickets.queries import TicketFilter, tickets

KEY = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]{8,20}[+\-]\d\d:\d\d_\d{1,18}")
UNMASK_REASON = "ticket page"


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """`/`: the first desk of this person."""
    actor = actor_of(request)
    desks = desks_of(actor)
    doors = doors_of(actor)
    if not desks:
        return HttpResponseRedirect(reverse(doors[0].name)) if doors else render_page(request, "desks/no_desk.html")
    if Role.AGENT in actor.roles:
        return HttpResponseRedirect(reverse("intake-new"))
    return HttpResponseRedirect(desks[0].address)


@login_required
@require_GET
def desk(request: HttpRequest, key: str) -> HttpResponse:
    """`/desk/<key>/`: the tickets that wait at one desk."""
    found = desk_named(key)
    if found is None:
        raise Http404
    if found not in desks_of(actor_of(request)):
        raise PermissionDenied(render(Refusal("access.denied", {}), lang_of(request)))
    if found.page or found.where is None:
        return HttpResponseRedirect(found.address)
    where = asked_for(request.GET, base=found.where, order=found.order, at=now())
    return _listed(request, where, {"desk": found, "title": found.title})


@login_required
@require_GET
def ticket_list(request: HttpRequest) -> HttpResponse:
    """`/tickets/`: every ticket this person may see, narrowed by filters; a whole number opens its ticket."""
    actor = actor_of(request)
    if view_of(actor).nothing:
        raise PermissionDenied(render(Refusal("access.denied", {}), lang_of(request)))
    where = asked_for(
        request.GET, base=TicketFilter(stages=tuple(request.GET.getlist("stage"))), order="newest", at=now()
    )
    if where.words and tickets(actor=actor, where=TicketFilter(words=where.words), limit=1).is_exactly(where.words):
        return HttpResponseRedirect(reverse("ticket", args=[where.words]))
    return _listed(request, where, {"desk": None})


def _listed(request: HttpRequest, where: TicketFilter, more: dict[str, Any]) -> HttpResponse:
    lang, moment = lang_of(request), now()
    known, book = names_of(request), books_of(request).at(moment)
    after = _after(request)
    found = tickets(actor=actor_of(request), where=where, after=after)
    context = {
        "lines": [line(row, known, book, lang, moment) for row in found.rows],
        "next_key": found.next_key,
        "first_page": not after,
        "chips": chips(request.GET, lang),
        "words": where.words,
        "staged": len(where.stages) != 1,
    }
    return render_page(request, "desks/list.html", context | more)


def _after(request: HttpRequest) -> str:
    """The key of the page before; an address mangled on its way shows the first page."""
    asked = request.GET.get("after", "").replace(" ", "+")
    try:
        datetime.fromisoformat(asked.partition("_")[0])
    except ValueError:
        return ""
    return asked if KEY.fullmatch(asked) else ""


@login_required
@require_GET
def ticket(request: HttpRequest, number: str) -> HttpResponse:
    """`/tickets/<number>/`: everything this person may see of one ticket and do with it now."""
    return _ticket(request, number)


def _ticket(request: HttpRequest, number: str, **more: Any) -> HttpResponse:
    lang = lang_of(request)
    try:
        page = ticket_page(
            number,
            actor=actor_of(request),
            known=names_of(request),
            books=books_of(request),
            lang=lang,
            now=now(),
        )
    except TicketRefused as refused:
        raise Http404(render(refused.refusal, lang)) from refused
    return render_page(request, "desks/ticket.html", {"page": page, **more})


@signed_in
@require_POST
def contact(request: HttpRequest, number: str) -> HttpResponse:
    """`/tickets/<number>/contact/`: the requester's contact in full; the look is put on record."""
    disclosed = disclose(number=number, reason=UNMASK_REASON, actor=actor_of(request), now=now())
    if disclosed.refusals:
        refusal = disclosed.refusals[0]
        if refusal.code == "ticket.not_found":
            raise Http404(render(refusal, lang_of(request)))
        raise PermissionDenied(render(refusal, lang_of(request)))
    if is_panel(request):
        return render_page(request, "desks/_contact_open.html", {"contact": disclosed.contact})
    return _ticket(request, number, disclosed=disclosed.contact)
