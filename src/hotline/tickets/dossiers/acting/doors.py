"""How people are let in to a family of dossiers, and by which status a refusal is answered."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Final, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.tickets.acting.pages import signed_in
from hotline.tickets.acting.person import actor_of, lang_of

View = Callable[..., HttpResponseBase]
LARGEST: Final = 2**31 - 1
"""The largest key an address may name."""
CONFLICT, UNPROCESSABLE, DENIED = 409, 422, 403


def as_it_is(answer: HttpResponseBase) -> HttpResponseBase:
    """For families whose pages may be cached as others are."""
    return answer


def unshared(answer: HttpResponseBase) -> HttpResponseBase:
    """What is written there is kept in no shared cache."""
    answer.headers.setdefault("Cache-Control", "private, no-store")
    return answer


def entrance(
    has_business: Callable[[Actor], bool], kept: Callable[[HttpResponseBase], HttpResponseBase] = as_it_is
) -> Callable[[View], View]:
    """Signed in, and somebody who has to do with the family."""

    def let_in(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not has_business(actor_of(request)):
                raise denied(request)
            return kept(view(request, *args, **kwargs))

        return cast("View", signed_in(cast("Callable[..., HttpResponse]", guarded)))

    return let_in


def denied(request: HttpRequest) -> PermissionDenied:
    """Turned away, in words."""
    return PermissionDenied(render(Refusal("access.denied", {}), lang_of(request)))


def status_by(refusals: Collection[Refusal], denials: Collection[str]) -> int:
    """404 is for pages; a deed is refused by role, by moment, or by what was filled in."""
    if any(refusal.code in denials for refusal in refusals):
        return DENIED
    return UNPROCESSABLE if all(refusal.field for refusal in refusals) else CONFLICT
