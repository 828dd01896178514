"""Titles of single tickets for somebody's notices: only of those that lie in this person's view now."""

from collections.abc import Collection

from hotline.rules.lifecycle import Actor
from hotline.rules.visibility import view_of
from hotline.tickets.queries import in_view


def titles(numbers: Collection[str], *, actor: Actor) -> dict[str, str]:
    """Titles by number; tickets the person may not see are left out."""
    if not numbers:
        return {}
    return dict(in_view(view_of(actor)).filter(number__in=set(numbers)).values_list("number", "title"))
