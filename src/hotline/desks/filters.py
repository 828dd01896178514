"""What a list is narrowed to: read from the address, shown as chips that are switched on and off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from hotline.rules.vocabulary import RequestType, Urgency
from hotline.rules.words import word
from hotline.tickets.queries import TicketFilter

KEPT = ("q", "type", "urgency", "overdue", "open", "unit", "category", "region", "stage", "order")
"""Parameters that live on when a chip is pressed; the page within the list doesn't."""


@dataclass(frozen=True)
class Chip:
    """One filter that is on or off, and the address that switches it."""

    title: str
    address: str
    on: bool


def asked_for(given: QueryDict, *, base: TicketFilter, order: str, at: datetime) -> TicketFilter:
    """The filter of a list's address on top of its desk's; what is not understood is left out."""
    return replace(
        base,
        order="due" if given.get("order", order) == "due" else "newest",
        request_type=given.get("type", ""),
        category=given.get("category", ""),
        region=given.get("region", ""),
        unit=given.get("unit", ""),
        urgency=given.get("urgency", ""),
        words=given.get("q", "").strip().replace("\x00", ""),
        only_open=base.only_open or given.get("open") == "1",
        overdue_at=at if given.get("overdue") == "1" else None,
    )


def chips(given: QueryDict, lang: str) -> tuple[Chip, ...]:
    """Overdue, urgency and type of request; pressing one that is on takes it off."""
    kinds = [("type", kind.value, word(kind, lang)) for kind in RequestType]
    urgent = [("urgency", u.value, word(u, lang)) for u in Urgency if u is not Urgency.ORDINARY]
    wanted = (("overdue", "1", _("已超时")), *urgent, *kinds)
    return tuple(Chip(title, address(given, {name: value}), given.get(name) == value) for name, value, title in wanted)


def address(given: QueryDict, change: Mapping[str, str]) -> str:
    """The list's address with one parameter switched."""
    kept: list[tuple[str, str]] = [
        (name, value) for name in KEPT if name not in change for value in given.getlist(name) if value
    ]
    switched: Iterable[tuple[str, str]] = ((n, v) for n, v in change.items() if v and given.get(n) != v)
    return "?" + urlencode([*kept, *switched])
