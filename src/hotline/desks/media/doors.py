"""Who is let in to media supervision at all, and who writes there."""

from typing import Final

from django.http import Http404, HttpRequest

from hotline.oversight.supervision.media.queries import HandoverWhole, whole
from hotline.plumbing.clock import now
from hotline.rules.media.seeing import view_of
from hotline.rules.media.table import SUPERVISORS
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.doors import LARGEST, denied, entrance, status_by, unshared

DENIALS: Final = frozenset({"media.role_denied", "media.not_your_unit"})

let_in = entrance(lambda actor: not view_of(actor).nothing, unshared)
"""Signed in, and somebody who has to do with media."""


def writers_only(request: HttpRequest) -> None:
    """Lists are written, and partners kept, by supervisors."""
    if not actor_of(request).roles & SUPERVISORS:
        raise denied(request)


def office_only(request: HttpRequest) -> None:
    """Partners are the office's business."""
    if not view_of(actor_of(request)).all:
        raise denied(request)


def seen_or_404(request: HttpRequest, pk: int) -> HandoverWhole:
    """The handover as this person sees it."""
    seen = whole(min(pk, LARGEST), actor=actor_of(request), now=now())
    if seen is None:
        raise Http404(render(Refusal("media.not_found"), lang_of(request)))
    return seen


def status_of(refusals: tuple[Refusal, ...]) -> int:
    """How a refusal is answered."""
    return status_by(refusals, DENIALS)
