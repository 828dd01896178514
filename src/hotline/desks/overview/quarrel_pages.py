"""`/overview/quarrels/`: who pushes what back to whom, how long it takes, and what precedents saved. Read only."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.views.decorators.http import require_GET

from hotline.desks.overview.quarrel_figures import READERS, SPANS, figures
from hotline.desks.overview.quarrel_lines import quarrel_page
from hotline.plumbing.clock import now
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import actor_of, lang_of


@login_required
@require_GET
def quarrels(request: HttpRequest) -> HttpResponse:
    """The figures over the last 30, 90 or 365 days; `?days=` chooses, anything else is 30."""
    actor, lang = actor_of(request), lang_of(request)
    if not actor.roles & READERS:
        raise PermissionDenied(render(Refusal("access.denied", {}), lang))
    asked = request.GET.get("days", "")
    span = next((days for days in SPANS if str(days) == asked), SPANS[0])
    moment = now()
    found = figures(actor=actor, days=span, book=books_of(request).at(moment), now=moment)
    context = {"page": quarrel_page(found, names_of(request), lang), "spans": SPANS, "span": span}
    return render_page(request, "desks/overview/quarrels.html", context)
