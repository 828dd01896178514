"""What an address asks of the parked list: which part, cause, unit and page; anything else is ignored."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict

from hotline.rules.parking import Standing
from hotline.tickets.acting.names import Names
from hotline.tickets.parked import PAGE, ParkedList, parked

PARTS: Final = (Standing.PARKED, Standing.DUE, Standing.ASKED, Standing.SIGNING, Standing.ENDED)
FURTHEST: Final = 1000


@dataclass(frozen=True)
class Asked:
    """One view of the list."""

    part: Standing = Standing.PARKED
    cause: str = ""
    unit: str = ""
    page: int = 1

    def address(self, **changes: object) -> str:
        """The same list with something else asked for; another part or filter begins at its first page."""
        now = {"show": self.part.value, "cause": self.cause, "unit": self.unit, "page": 1} | changes
        plain = {"show": Standing.PARKED.value, "page": 1}
        given = {name: value for name, value in now.items() if value and plain.get(name) != value}
        return f"?{urlencode(given)}" if given else "?"


def asked_in(given: QueryDict, known: Names, *, office: bool) -> Asked:
    """What the address says; what waits inside units is no part of the office's list."""
    parts = {part.value: part for part in PARTS if office is False or part is not Standing.SIGNING}
    page = given.get("page", "")
    return Asked(
        part=parts.get(given.get("show", ""), Standing.PARKED),
        cause=given.get("cause", "") if ("park", given.get("cause", "")) in known.reasons else "",
        unit=given.get("unit", "") if given.get("unit", "") in known.units else "",
        page=min(max(int(page), 1), FURTHEST) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
    )


def found(asked: Asked, known: Names, *, limit: int = PAGE, **who_and_when: object) -> ParkedList:
    """The rows; a unit stands for itself and all below it."""
    return parked(
        standing=asked.part,
        units=known.covered(asked.unit) if asked.unit else (),
        cause=asked.cause,
        page=asked.page,
        limit=limit,
        **who_and_when,  # type: ignore[arg-type]  # actor and now, named by the caller
    )
