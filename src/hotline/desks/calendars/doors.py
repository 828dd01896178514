"""Who is let in to the pages of calendars and rule profiles: readers look, keepers draft and publish."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.rule_keeping import keeps_rules, reads_rules
from hotline.rules.sentences import render
from hotline.tickets.acting.pages import signed_in
from hotline.tickets.acting.person import actor_of, lang_of

View = Callable[..., HttpResponse]


def _only(opens: Callable[[Actor], bool], code: str) -> Callable[[View], View]:
    def guard(view: View) -> View:
        @signed_in
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not opens(actor_of(request)):
                raise PermissionDenied(render(Refusal(code), lang_of(request)))
            answer = view(request, *args, **kwargs)
            answer.headers.setdefault("Cache-Control", "private, no-store")
            return answer

        return guarded

    return guard


readers = _only(reads_rules, Refusal("rule_draft.reading_denied").code)
keepers = _only(keeps_rules, Refusal("rule_draft.denied").code)
