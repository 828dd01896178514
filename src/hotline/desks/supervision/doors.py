"""Who is let in to supervision at all, and the largest key an address may name."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.supervision.seeing import view_of
from hotline.tickets.acting.pages import signed_in
from hotline.tickets.acting.person import actor_of, lang_of

View = Callable[..., HttpResponseBase]
LARGEST: Final = 2**31 - 1
CONFLICT, UNPROCESSABLE, DENIED = 409, 422, 403


def let_in(view: View) -> View:
    """Signed in, and somebody who has to do with supervisions: the office and units, no administrator."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if view_of(actor_of(request)).nothing:
            raise PermissionDenied(render(Refusal("access.denied", {}), lang_of(request)))
        return view(request, *args, **kwargs)

    return cast("View", signed_in(cast("Callable[..., HttpResponse]", guarded)))


def status_of(refusals: tuple[Refusal, ...]) -> int:
    """404 is for pages; a deed is refused by role, by moment, or by what was filled in."""
    codes = {refusal.code for refusal in refusals}
    if codes & {"supervision.role_denied", "supervision.not_your_unit"}:
        return DENIED
    return UNPROCESSABLE if all(refusal.field for refusal in refusals) else CONFLICT
