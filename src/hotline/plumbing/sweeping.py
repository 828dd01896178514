"""Removing what is past its time by night: a few thousand rows a transaction, so that nobody has to wait."""

from typing import Any, Final

from django.db.models import QuerySet

PART: Final = 2000


def remove_in_parts(old: QuerySet[Any], part: int = PART) -> int:
    """All rows of `old`, the oldest first; a row that has changed meanwhile is looked at again before it goes."""
    gone = 0
    while numbers := list(old.order_by("pk").values_list("pk", flat=True)[:part]):
        removed, _ = old.filter(pk__in=numbers).delete()
        if not removed:
            break
        gone += removed
    return gone
