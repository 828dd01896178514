"""Who is let in to media supervision at all, who writes there, and the largest key an address may name."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from hotline.oversight.supervision.media.queries import HandoverWhole, whole
from hotline.plumbing.clock import now
from hotline.rules.media.seeing import view_of
from hotline.rules.media.table import SUPERVISORS
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.tickets.acting.pages import signed_in
from hotline.tickets.acting.person import actor_of, lang_of

View = Callable[..., HttpResponseBase]
LARGEST: Final = 2**31 - 1
CONFLICT, UNPROCESSABLE, DENIED = 409, 422, 403


def let_in(view: View) -> View:
    """Signed in, and somebody who has to do with media. What is written here is kept in no shared cache."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if view_of(actor_of(request)).nothing:
            raise _denied(request)
        answer = view(request, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    return cast("View", signed_in(cast("Callable[..., HttpResponse]", guarded)))


def writers_only(request: HttpRequest) -> None:
    """Lists are written, and partners kept, by supervisors."""
    if not actor_of(request).roles & SUPERVISORS:
        raise _denied(request)


def office_only(request: HttpRequest) -> None:
    """Partners are the office's business."""
    if not view_of(actor_of(request)).all:
        raise _denied(request)


def _denied(request: HttpRequest) -> PermissionDenied:
    return PermissionDenied(render(Refusal("access.denied", {}), lang_of(request)))


def seen_or_404(request: HttpRequest, pk: int) -> HandoverWhole:
    """The handover as this person sees it."""
    seen = whole(min(pk, LARGEST), actor=actor_of(request), now=now())
    if seen is None:
        raise Http404(render(Refusal("media.not_found"), lang_of(request)))
    return seen


def status_of(refusals: tuple[Refusal, ...]) -> int:
    """404 is for pages; a deed is refused by role, by moment, or by what was filled in."""
    if {refusal.code for refusal in refusals} & {"media.role_denied", "media.not_your_unit"}:
        return DENIED
    return UNPROCESSABLE if all(refusal.field for refusal in refusals) else CONFLICT
