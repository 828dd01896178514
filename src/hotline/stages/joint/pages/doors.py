"""Who is let in to disputes at all, one of them as a person sees it, and how a refusal is answered."""

from django.http import Http404, HttpRequest

from hotline.plumbing.clock import now
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.stages.joint.forms import DENIALS
from hotline.stages.joint.queries.reading import Whole, whole
from hotline.stages.joint.queries.seen import has_business
from hotline.tickets.acting.names import books_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.doors import LARGEST, entrance, status_by, unshared

let_in = entrance(has_business, unshared)
"""Signed in, and somebody who has to do with disputes."""


def seen_or_404(request: HttpRequest, pk: int) -> Whole:
    """The dispute as this person sees it."""
    moment = now()
    seen = whole(min(pk, LARGEST), actor=actor_of(request), book=books_of(request).at(moment), now=moment)
    if seen is None:
        raise Http404(render(Refusal("joint.not_found"), lang_of(request)))
    return seen


def status_of(refusals: tuple[Refusal, ...]) -> int:
    """403 wrong role, 422 a field to mend, 409 not now."""
    return status_by(refusals, DENIALS)
