"""Who is let in to precedents at all, and who words them."""

from typing import Final

from django.http import Http404, HttpRequest

from hotline.plumbing.clock import now
from hotline.rules.messages import Refusal
from hotline.rules.precedents.seeing import view_of
from hotline.rules.precedents.table import SUPERVISORS
from hotline.rules.sentences import render
from hotline.stages.joint.queries.ruled import RuledMatter, ruled_in
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.doors import LARGEST, denied, entrance, status_by
from hotline.tickets.precedents.queries import PrecedentWhole, whole

DENIALS: Final = frozenset({"precedents.role_denied", "precedents.own_case"})

let_in = entrance(lambda actor: not view_of(actor).nothing)
"""Signed in, and somebody who takes part in the way of a ticket."""


def writers_only(request: HttpRequest) -> None:
    """Precedents are worded by supervisors."""
    if not actor_of(request).roles & SUPERVISORS:
        raise denied(request)


def seen_or_404(request: HttpRequest, pk: int) -> PrecedentWhole:
    """The precedent as this person sees it."""
    seen = whole(min(pk, LARGEST), actor=actor_of(request), now=now())
    if seen is None:
        raise Http404(render(Refusal("precedents.not_found"), lang_of(request)))
    return seen


def ruled_or_404(request: HttpRequest, pk: int) -> RuledMatter:
    """The ruling of which a precedent is to be made."""
    matter = ruled_in(min(pk, LARGEST), actor=actor_of(request))
    if matter is None:
        raise Http404(render(Refusal("precedents.not_ruled"), lang_of(request)))
    return matter


def status_of(refusals: tuple[Refusal, ...]) -> int:
    """How a refusal is answered."""
    return status_by(refusals, DENIALS)
