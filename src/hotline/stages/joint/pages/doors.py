"""Who is let in to disputes at all, and one of them as a person sees it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from hotline.plumbing.clock import now
from hotline.rules.joint.seeing import view_of
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.stages.joint.queries.reading import Whole, whole
from hotline.tickets.acting.names import books_of
from hotline.tickets.acting.pages import signed_in
from hotline.tickets.acting.person import actor_of, lang_of

View = Callable[..., HttpResponseBase]
LARGEST: Final = 2**31 - 1


def let_in(view: View) -> View:
    """Signed in, and somebody who has to do with disputes. What is written here is kept in no shared cache."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if view_of(actor_of(request)).nothing:
            raise PermissionDenied(render(Refusal("access.denied", {}), lang_of(request)))
        answer = view(request, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    return cast("View", signed_in(cast("Callable[..., HttpResponse]", guarded)))


def seen_or_404(request: HttpRequest, pk: int) -> Whole:
    """The dispute as this person sees it."""
    moment = now()
    seen = whole(min(pk, LARGEST), actor=actor_of(request), book=books_of(request).at(moment), now=moment)
    if seen is None:
        raise Http404(render(Refusal("joint.not_found"), lang_of(request)))
    return seen
