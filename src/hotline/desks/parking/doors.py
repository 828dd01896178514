"""Who is let in to the parked list: the office and the units, no administrator."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.visibility import view_of
from hotline.tickets.acting.pages import signed_in
from hotline.tickets.acting.person import actor_of, lang_of

View = Callable[..., HttpResponse]


def let_in(view: View) -> View:
    """Signed in, and somebody who has to do with tickets. Plans name people: they are kept in no shared cache."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if view_of(actor_of(request)).nothing:
            raise PermissionDenied(render(Refusal("access.denied", {}), lang_of(request)))
        answer = view(request, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    return guarded
