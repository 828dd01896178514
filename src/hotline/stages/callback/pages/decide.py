"""`/callback/decide/`: reviewers decide what follows when a citizen is not content."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.views.decorators.http import require_GET

from hotline.plumbing.clock import now
from hotline.rules.sentences import render
from hotline.rules.vocabulary import Role
from hotline.stages.callback.pages.desk import READERS, allowed
from hotline.stages.callback.queries.deciding import decision_page, waiting_decisions
from hotline.tickets.access import TicketRefused
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.pages import signed_in
from hotline.tickets.acting.person import lang_of

DECIDERS = frozenset({Role.REVIEWER, Role.SUPERVISOR})


@signed_in
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """`/callback/decide/`: what waits for a decision."""
    allowed(request, READERS)
    lines = waiting_decisions(known=names_of(request), lang=lang_of(request))
    return render_page(request, "callback/decisions.html", {"lines": lines})


@signed_in
@require_GET
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """`/callback/decide/<number>/`: the citizen's answers, what was tried, and every choice with its reason."""
    actor, lang = allowed(request, READERS), lang_of(request)
    try:
        page = decision_page(
            number, actor=actor, known=names_of(request), books=books_of(request), lang=lang, now=now()
        )
    except TicketRefused as refused:
        raise Http404(render(refused.refusal, lang)) from refused
    return render_page(request, "callback/decide.html", {"page": page, "decides": bool(actor.roles & DECIDERS)})
