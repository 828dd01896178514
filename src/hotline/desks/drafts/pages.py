"""`/drafts/`: the browser leaves here what is being typed, asks what was left, and says what is done.

Posted, never in an address: it is what a caller said.
"""

import json
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.views.decorators.http import require_POST

from hotline.desks.drafts import commands
from hotline.desks.drafts.models import Draft
from hotline.desks.time_words import Moment, moment_words
from hotline.plumbing.clock import now
from hotline.tickets.acting.pages import signed_in
from hotline.tickets.acting.person import actor_of

SHOWN = 40
MALFORMED = 422


@dataclass(frozen=True)
class Offer:
    """A half-filled form that somebody may go on with: since when, how it begins, and all of it."""

    key: str
    at: Moment
    begins: str
    typed: str


@signed_in
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """`/drafts/`: what is being typed."""
    typed = commands.read(request.POST.get("typed", ""))
    given = request.POST.get("form", ""), request.POST.get("key", "")
    person = int(actor_of(request).id)
    if typed is None or not commands.keep(person=person, form=given[0], key=given[1], typed=typed, now=now()):
        return HttpResponse(status=MALFORMED)
    return HttpResponse(status=204)


@signed_in
@require_POST
def offers(request: HttpRequest) -> HttpResponse:
    """`/drafts/offers/`: what was typed into such a form before and not posted; blank when nothing was."""
    person = int(actor_of(request).id)
    given = {name: request.POST.get(name, "") for name in ("form", "but")}
    found = [_offer(draft) for draft in commands.offered(person=person, now=now(), **given)]
    return render_page(request, "desks/drafts/_offers.html", {"offers": found}, status=200 if found else 204)


@signed_in
@require_POST
def done(request: HttpRequest) -> HttpResponse:
    """`/drafts/done/`: posted, or thrown away by its writer."""
    commands.done(person=int(actor_of(request).id), keys=request.POST.getlist("key"), now=now())
    return HttpResponse(status=204)


def _offer(draft: Draft) -> Offer:
    longest = " ".join(max((value for _, value in draft.typed), key=len, default="").split())
    begins = longest if len(longest) <= SHOWN else longest[:SHOWN] + "…"
    return Offer(draft.key, moment_words(draft.saved_at, now()), begins, json.dumps(draft.typed))
