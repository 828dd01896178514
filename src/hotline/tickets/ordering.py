"""The four orders of a list, each with an index of its own, and paging by key: a page costs the same wherever it lies,
and a ticket that comes in between two pages moves nothing.

What nobody owes anything on comes last by due time; by urgency what has ended comes after all that still waits.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from django.db.models import BooleanField, Case, F, Func, IntegerField, Model, QuerySet, TextField, Value, When
from django.db.models.functions import Coalesce

from hotline.rules.vocabulary import TERMINAL, Urgency

FAR: Final = datetime(2999, 1, 1, tzinfo=UTC)
"""Stands for no due time, so that such tickets have a place in the order."""
RANKS: Final = (Urgency.CRITICAL, Urgency.URGENT)
ORDINARY, ENDED = len(RANKS), len(RANKS) + 1


def due_key() -> Coalesce:
    """The due time, or a day that never comes."""
    return Coalesce(F("due_at"), Value(FAR))


def urgency_rank() -> Case:
    """0 特急, 1 紧急, 2 一般; 3 whatever has ended."""
    return Case(
        When(stage__in=sorted(stage.value for stage in TERMINAL), then=Value(ENDED)),
        *(When(urgency=urgency.value, then=Value(rank)) for rank, urgency in enumerate(RANKS)),
        default=Value(ORDINARY),
        output_field=IntegerField(),
    )


def rank_of(stage: str, urgency: str) -> int:
    """The same rank of a row in hand."""
    if stage in TERMINAL:
        return ENDED
    return next((rank for rank, member in enumerate(RANKS) if member.value == urgency), ORDINARY)


ORDERS: Final = ("urgency", "due", "newest", "oldest")
DUE, NEWEST = "due", "newest"


WRITTEN: Final = re.compile(
    r"(?P<at>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,20}[+-][0-9]{2}:[0-9]{2})_(?P<id>[0-9]{1,18})(_(?P<rank>[0-3]))?"
)


class NoKeyError(ValueError):
    """Not the key of any page: an address mangled on its way, or of another order."""


@dataclass(frozen=True)
class Place:
    """Where a ticket stands in an order; its text is the key that opens what comes after it."""

    at: datetime
    id: int
    rank: int | None = None

    @classmethod
    def read(cls, key: str, order: str) -> "Place":
        """A key as it stands in an address, where a plus may have become a blank; NoKeyError if it is none of this
        order.
        """
        found = WRITTEN.fullmatch(key.replace(" ", "+"))
        if found is None or bool(found["rank"]) != (order == "urgency"):
            raise NoKeyError(key)
        try:
            at = datetime.fromisoformat(found["at"])
        except ValueError as wrong:
            raise NoKeyError(key) from wrong
        return cls(at, int(found["id"]), int(found["rank"]) if found["rank"] else None)

    def __str__(self) -> str:
        ending = "" if self.rank is None else f"_{self.rank}"
        return f"{self.at.isoformat()}_{self.id}{ending}"


def place_of(row: Any, order: str) -> Place:
    """Where a stored row stands in an order."""
    if order == "due":
        return Place(row.due_at or FAR, row.id)
    return Place(row.created_at, row.id, rank_of(row.stage, row.urgency) if order == "urgency" else None)


Rows = TypeVar("Rows", bound=Model)


def ordered(found: QuerySet[Rows], order: str, after: str = "") -> QuerySet[Rows]:
    """The set in that order, from after a key on."""
    lines = [*_LINES.get(order, lambda: [F("created_at")])(), F("id")]
    down = order == NEWEST
    if after:
        place = Place.read(after, order)
        values = [value for value in (place.rank, place.at, place.id) if value is not None]
        found = found.filter(_beyond(lines, values, "<" if down else ">"))
    return found.order_by(*(line.desc() if down else line.asc() for line in lines))


_LINES: Final[dict[str, Any]] = {
    "urgency": lambda: [urgency_rank(), F("created_at")],
    "due": lambda: [due_key()],
}


def _beyond(lines: list[Any], values: list[Any], sign: str) -> Func:
    """(a, b, c) > (x, y, z): one comparison of rows, which an index answers from the right place on."""
    sides = (Func(*side, function="ROW", output_field=TextField()) for side in (lines, map(Value, values)))
    return Func(*sides, template="%(expressions)s", arg_joiner=f" {sign} ", output_field=BooleanField())
