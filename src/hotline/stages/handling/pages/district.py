"""The desk of a district or development zone: what arrived, what streets and bureaus have, what they reported back.

District dispatchers work here, and the streets and bureaus below see by the same list what they were given. The city's
limit is the district's; the inner one, set by the district, is the street's and never later.
"""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hotline.plumbing.clock import now
from hotline.rules.cotasks import owing
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.stages.handling.queries import (
    QUEUES,
    Queue,
    city_due,
    inner_due_proposed,
    queue_counts,
    queue_page,
    similar_below,
)
from hotline.tickets.access import OpenTicket
from hotline.tickets.acting.forms import ActForm, offer_units
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.passed_down import inner_reply, taken_before

MOST_OFFERED: Final = 5


def queue(key: str) -> Callable[..., HttpResponse]:
    """The page of one queue."""
    wanted = QUEUES[key]

    @login_required
    @require_GET
    def view(request: HttpRequest) -> HttpResponse:
        actor = actor_of(request)
        if not wanted.roles & actor.roles:
            raise PermissionDenied(render(Refusal("access.denied", {}), lang_of(request)))
        return render_page(request, "handling/district.html", _context(request, wanted))

    view.__name__ = f"district_{key}"
    return view


def _context(request: HttpRequest, wanted: Queue) -> dict[str, Any]:
    actor, known, lang, moment = actor_of(request), names_of(request), lang_of(request), now()
    tabs = [one for one in QUEUES.values() if one.roles & actor.roles and (one.of_district == wanted.of_district)]
    numbers = queue_counts(tabs, actor=actor)
    page = queue_page(
        wanted, actor=actor, known=known, lang=lang, now=moment, book=books_of(request).at(moment),
        after=request.GET.get("after", ""),
    )  # fmt: skip
    return {"queue": wanted, "tabs": list(zip(tabs, numbers, strict=True)), "page": page, "now": moment}


def dress_delegation(request: HttpRequest, opened: OpenTicket, form: ActForm) -> dict[str, Any]:
    """Second dispatch: only units below, who took such matters before, and both dates."""
    actor, known, lang, moment = actor_of(request), names_of(request), lang_of(request), now()
    offer_units(form, known, actor.covers, but=opened.state.lead_unit)
    if not form.is_bound:
        book = books_of(request).at(moment, opened.state.profile)
        form.initial["due_at"] = inner_due_proposed(opened.state, book, moment)
    before = taken_before(opened, actor=actor, most=MOST_OFFERED)
    return {
        "beside": "handling/_below.html",
        "city_due": city_due(opened.state),
        "before": [(known.unit(unit, lang), number) for unit, number in before],
        "similar": similar_below(opened, actor=actor, known=known, lang=lang, now=moment),
        "unit_of": known.unit(opened.state.lead_unit, lang),
    }


def dress_reply(request: HttpRequest, opened: OpenTicket, form: ActForm) -> dict[str, Any]:
    """The reply up begins with what the unit below reported; the district answers for it and may change every word."""
    if not owing(opened.state.tasks):
        del form.fields["without_tasks"]  # nobody asks why co-units are not awaited where none is
    inner, given = inner_reply(opened, actor=actor_of(request)), opened.state.delegation
    if not inner or given is None:
        return {}
    if not form.is_bound:
        form.initial["reply"] = inner
    who = names_of(request).unit(given.unit, lang_of(request))
    told = _("以下文字带自%(unit)s上报的办理结果，请按给诉求人的口吻修改。") % {"unit": who}
    return {"beside": "handling/_taken_over.html", "taken_over": told}
