"""Who is let in to documents at all, and who writes them."""

from django.http import Http404, HttpRequest

from hotline.oversight.documents.queries import DocumentWhole, whole
from hotline.plumbing.clock import now
from hotline.rules.documents.seeing import view_of
from hotline.rules.documents.table import SUPERVISORS
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.doors import LARGEST, denied, entrance, unshared

let_in = entrance(lambda actor: not view_of(actor).nothing, unshared)
"""Signed in, and somebody who has to do with documents."""


def writers_only(request: HttpRequest) -> None:
    """A draft is begun by supervisors."""
    if not actor_of(request).roles & SUPERVISORS:
        raise denied(request)


def seen_or_404(request: HttpRequest, pk: int) -> DocumentWhole:
    """The document as this person sees it."""
    seen = whole(min(pk, LARGEST), actor=actor_of(request), now=now())
    if seen is None:
        raise Http404(render(Refusal("documents.not_found"), lang_of(request)))
    return seen
