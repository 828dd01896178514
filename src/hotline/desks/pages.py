"""The pages everybody shares: home, the ticket page, and the click that unmasks a contact."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from hotline.desks.administration.doors import doors_of
from hotline.desks.me.choices import chosen_start
from hotline.desks.places import desks_of
from hotline.desks.ticket_page import ticket_page
from hotline.plumbing.clock import now
from hotline.rules.sentences import render
from hotline.rules.vocabulary import Role
from hotline.tickets.access import TicketRefused
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.pages import is_panel, signed_in
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.disclosing import disclose

UNMASK_REASON = "ticket page"


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """`/`: the first desk of this person."""
    actor = actor_of(request)
    desks = desks_of(actor)
    chosen = chosen_start(request, desks)
    if chosen:
        return HttpResponseRedirect(chosen)
    doors = doors_of(actor)
    if not desks:
        return HttpResponseRedirect(reverse(doors[0].name)) if doors else render_page(request, "desks/no_desk.html")
    if Role.AGENT in actor.roles:
        return HttpResponseRedirect(reverse("intake-new"))
    return HttpResponseRedirect(desks[0].address)


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
