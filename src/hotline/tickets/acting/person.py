"""Who is asking: the signed-in person as the rules see them, with the roles held today."""

from typing import cast

from django.http import HttpRequest

from hotline.plumbing.clock import now, today
from hotline.registry.people.backend import standing_of
from hotline.registry.people.queries import actor_for
from hotline.rules.lifecycle import Actor

NOBODY = Actor(id="", roles=frozenset())


def actor_of(request: HttpRequest) -> Actor:
    """The actor of this request, looked up once."""
    kept = cast("Actor | None", getattr(request, "hotline_actor", None))
    if kept is None:
        user = request.user
        kept = (standing_of(user, today()) or actor_for(user, today())) if user.is_authenticated else NOBODY
        request.hotline_actor = kept  # type: ignore[attr-defined]  # Django's request is open for such notes
    return kept


def lang_of(request: HttpRequest) -> str:
    """The language of sentences for this reader: zh or en."""
    return "en" if getattr(request, "LANGUAGE_CODE", "").startswith("en") else "zh"


__all__ = ["NOBODY", "actor_of", "lang_of", "now"]
