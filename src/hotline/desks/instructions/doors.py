"""Who is let in to instructions at all, and how a refusal is answered. What is shown here is kept in no cache."""

from typing import Final

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from hotline.oversight.instructions.queries import Glance, InstructionWhole, glanced, opened
from hotline.oversight.instructions.seen import seen_by
from hotline.plumbing.clock import now
from hotline.rules.instructions.seeing import OFFERED_TO
from hotline.rules.instructions.table import SUPERVISORS
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.doors import DENIED, LARGEST, denied, entrance, status_by

NOT_FOUND = 404
DENIALS: Final = {"instructions.role_denied", "instructions.not_named", "instructions.not_your_unit"}


def has_business(actor: Actor) -> bool:
    """Roles that work with instructions, and anybody who is named for one."""
    return bool(actor.roles & OFFERED_TO) or seen_by(actor).exists()


def kept_nowhere(answer: HttpResponseBase) -> HttpResponseBase:
    """No cache keeps a leader's words, not even that of the browser."""
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


let_in = entrance(has_business, kept_nowhere)
"""Signed in, and somebody who has to do with instructions."""


def writers_only(request: HttpRequest) -> None:
    """An instruction is recorded by supervisors."""
    if not actor_of(request).own_roles & SUPERVISORS:
        raise denied(request)


def opened_or_404(request: HttpRequest, pk: int) -> InstructionWhole:
    """The instruction as this person sees it; the reading is recorded."""
    seen = opened(min(pk, LARGEST), actor=actor_of(request), now=now(), way="page")
    if seen is None:
        raise Http404(render(Refusal("instructions.not_found"), lang_of(request)))
    return seen


def glanced_or_404(request: HttpRequest, pk: int) -> Glance:
    """Its state, for a deed; nothing of it is read."""
    seen = glanced(min(pk, LARGEST), actor=actor_of(request), now=now())
    if seen is None:
        raise Http404(render(Refusal("instructions.not_found"), lang_of(request)))
    return seen


def status_of(refusals: tuple[Refusal, ...]) -> int:
    """Refused by role, because it is not there, by the moment, or by what was filled in."""
    status = status_by(refusals, DENIALS)
    missing = any(refusal.code == "instructions.not_found" for refusal in refusals)
    return NOT_FOUND if missing and status != DENIED else status
