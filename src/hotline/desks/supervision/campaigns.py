"""专项督办: begun from the filter of any list of tickets; more tickets are taken in the same way."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hotline.desks.filters import Asked, asked_for, filters_on, pairs_of
from hotline.desks.list_form import FilterForm
from hotline.desks.queries import line
from hotline.desks.supervision.doors import let_in
from hotline.desks.supervision.forms import CampaignForm, in_city
from hotline.oversight.supervision import commands
from hotline.oversight.supervision.queries import whole
from hotline.plumbing.clock import now
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.supervision import Cause, Deed
from hotline.rules.vocabulary import Role, SupervisionKind
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.doors import LARGEST, UNPROCESSABLE
from hotline.tickets.queries import TicketFilter, TicketRow, count_up_to, tickets

MOST: Final = 500
"""Tickets that are taken in at once; a campaign grows by parts."""
SHOWN: Final = 20


@let_in
@require_http_methods(["GET", "POST"])
def new_campaign(request: HttpRequest) -> HttpResponse:
    """`/supervision/campaigns/new/?<filter>`: what the filter finds, and a form that makes a campaign of it."""
    actor = _supervisor(request)
    asked = _asked(request)
    form = CampaignForm(request.POST if request.method == "POST" else None, lang=lang_of(request))
    if request.method != "POST":
        return _shown(request, asked, form, "desks/supervision/campaign.html")
    if form.is_valid():
        done = _begun(form, asked.where, actor)
        if done.ok and done.row is not None:
            messages.success(request, _("专项督办已立项。"))
            return HttpResponseRedirect(reverse("supervision", args=[done.row.pk]))
        form.refuse(done.refusals)
    return _shown(request, asked, form, "desks/supervision/campaign.html", status=UNPROCESSABLE)


@let_in
@require_http_methods(["GET", "POST"])
def more_tickets(request: HttpRequest, pk: int) -> HttpResponse:
    """`/supervision/<id>/tickets/?<filter>`: more tickets into a campaign."""
    actor = _supervisor(request)
    seen = whole(min(pk, LARGEST), actor=actor, now=now())
    if seen is None or Deed.ADD_TICKETS not in seen.deeds:
        raise Http404(render(Refusal("supervision.not_found"), lang_of(request)))
    asked = _asked(request)
    problems: tuple[Refusal, ...] = ()
    if request.method == "POST":
        rows, refusal = _found(asked.where, actor)
        done = commands.Done(refusals=(refusal,)) if refusal else _taken_in(seen.row.id, rows, actor)
        if done.ok:
            messages.success(request, _("工单已纳入。"))
            return HttpResponseRedirect(reverse("supervision", args=[seen.row.id]))
        problems = done.refusals
    said = [render(problem, lang_of(request)) for problem in problems]
    more = {"seen": seen, "refused": said}
    return _shown(
        request, asked, None, "desks/supervision/more_tickets.html", status=UNPROCESSABLE if problems else 200, **more
    )


def _supervisor(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if Role.SUPERVISOR not in actor.roles:
        raise PermissionDenied(render(Refusal("access.denied", {}), lang_of(request)))
    return actor


def _asked(request: HttpRequest) -> Asked:
    return asked_for(pairs_of(request.GET), base=TicketFilter(), order="newest", known=names_of(request), at=now())


def _found(where: TicketFilter, actor: Actor) -> tuple[tuple[TicketRow, ...], Refusal | None]:
    rows = tickets(actor=actor, where=where, limit=MOST + 1).rows
    if len(rows) > MOST:
        return (), Refusal("supervision.too_many_tickets", {"most": MOST})
    return rows, None if rows else Refusal("supervision.tickets_missing")


def _begun(form: CampaignForm, where: TicketFilter, actor: Actor) -> commands.Done:
    """The campaign with its tickets, or neither."""
    rows, refusal = _found(where, actor)
    if refusal is not None:
        return commands.Done(refusals=(refusal,))
    given = form.cleaned_data
    wish = commands.Wish(
        kind=SupervisionKind.SPECIAL,
        cause=Cause.CAMPAIGN,
        title=given["title"],
        text=given["text"],
        due_at=in_city(given["due_at"]) if given["due_at"] else None,
    )
    with transaction.atomic():
        done = commands.start(wish, actor=actor, now=now())
        if done.ok and done.row is not None:
            done = _taken_in(done.row.pk, rows, actor)
        if not done.ok:
            transaction.set_rollback(True)
    return done


def _taken_in(pk: int, rows: tuple[TicketRow, ...], actor: Actor) -> commands.Done:
    return commands.add_tickets(pk, {row.number: row.lead_unit for row in rows}, actor=actor, now=now())


def _shown(
    request: HttpRequest, asked: Asked, form: CampaignForm | None, template: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    actor, known, lang, moment = actor_of(request), names_of(request), lang_of(request), now()
    book = books_of(request).at(moment)
    found = tickets(actor=actor, where=asked.where, limit=SHOWN)
    count = count_up_to(actor=actor, where=asked.where, most=MOST + 1)
    context = {
        "form": form,
        "filters": FilterForm(asked, known=known, lang=lang, stages=(), order="newest"),
        "on": filters_on(asked, known, lang),
        "problems": [render(problem, lang) for problem in asked.problems],
        "rows": [line(row, known, book, lang, moment) for row in found.rows],
        "count": count,
        "too_many": count > MOST,
        "most": MOST,
        **more,
    }
    return render_page(request, template, context, status=status)
