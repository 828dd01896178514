"""The pages everybody shares: home, lists of tickets, the ticket page, and the click that unmasks a contact."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.views.decorators.http import require_GET

from hotline.desks.places import desk_named, desks_of
from hotline.desks.queries import line, ticket_page
from hotline.plumbing.clock import now, today
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.visibility import view_of
from hotline.rules.vocabulary import OPEN, Role
from hotline.tickets.access import TicketRefused
from hotline.tickets.acting.names import names
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.queries import TicketFilter, tickets


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """`/`: the first desk of this person."""
    actor = actor_of(request)
    desks = desks_of(actor)
    if not desks:
        return render_page(request, "desks/no_desk.html", status=200)
    if Role.AGENT in actor.roles:
        return HttpResponseRedirect(reverse("intake-new"))
    return HttpResponseRedirect(reverse("desk", args=[desks[0].key]))


@login_required
@require_GET
def desk(request: HttpRequest, key: str) -> HttpResponse:
    """`/desk/<key>/`: the tickets that wait at one desk."""
    found = desk_named(key)
    if found is None:
        raise Http404
    actor = actor_of(request)
    if found not in desks_of(actor):
        raise PermissionDenied(render(Refusal("access.denied", {}), lang_of(request)))
    where = _filter(request, stages=tuple(s.value for s in found.stages), order=found.order)
    return _listed(request, where, {"desk": found})


@login_required
@require_GET
def ticket_list(request: HttpRequest) -> HttpResponse:
    """`/tickets/`: every ticket this person may see, narrowed by filters."""
    if view_of(actor_of(request)).nothing:
        raise PermissionDenied(render(Refusal("access.denied", {}), lang_of(request)))
    where = _filter(request, stages=tuple(request.GET.getlist("stage")), order=request.GET.get("order", "newest"))
    return _listed(request, where, {"desk": None})


def _filter(request: HttpRequest, *, stages: tuple[str, ...], order: str) -> TicketFilter:
    asked = request.GET
    return TicketFilter(
        stages=stages,
        order="due" if order == "due" else "newest",
        request_type=asked.get("type", ""),
        category=asked.get("category", ""),
        region=asked.get("region", ""),
        unit=asked.get("unit", ""),
        urgency=asked.get("urgency", ""),
        words=asked.get("q", "").strip(),
        only_open=asked.get("open") == "1",
        overdue_at=now() if asked.get("overdue") == "1" else None,
    )


def _listed(request: HttpRequest, where: TicketFilter, more: dict[str, Any]) -> HttpResponse:
    actor, lang, moment = actor_of(request), lang_of(request), now()
    known = names(today())
    found = tickets(actor=actor, where=where, after=request.GET.get("after", ""))
    context = {
        "lines": [line(row, known, lang, moment) for row in found.rows],
        "next_key": found.next_key,
        "where": where,
        "now": moment,
        "open_stages": sorted(OPEN),
        "pickable": known.pickable,
    }
    return render_page(request, "desks/list.html", context | more)


@login_required
@require_GET
def ticket(request: HttpRequest, number: str) -> HttpResponse:
    """`/tickets/<number>/`: everything this person may see of one ticket and do with it now."""
    moment, lang = now(), lang_of(request)
    try:
        page = ticket_page(number, actor=actor_of(request), known=names(today()), lang=lang, now=moment)
    except TicketRefused as refused:
        raise Http404(render(refused.refusal, lang)) from refused
    return render_page(request, "desks/ticket.html", {"page": page, "now": moment})
