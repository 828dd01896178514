"""Notices of precedents, in the deed's own transaction. What makes them lies above: wiring.py hands it in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol

from hotline.rules.notifying import Told
from hotline.rules.precedents import Entry
from hotline.rules.precedents.telling import who_must_know
from hotline.tickets.precedents.models import Precedent
from hotline.tickets.precedents.rows import state_of

ABOUT: Final = "precedent"


class Notify(Protocol):
    """What makes notices of one entry."""

    def __call__(
        self, told: Sequence[Told], *, number: str, seq: int, but: str, now: datetime, about: str = ""
    ) -> None: ...


NOTIFIERS: Final[list[Notify]] = []
"""Filled by wiring.py."""


def tell_with(notify: Notify) -> None:
    """Called once at start."""
    if notify not in NOTIFIERS:
        NOTIFIERS.append(notify)


def tell(row: Precedent, entry: Entry, *, seq: int, now: datetime) -> None:
    """One notice for each person who must know of this entry; whoever did it is not told."""
    told = who_must_know(entry, state_of(row))
    for notify in NOTIFIERS:
        notify(told, number=str(row.pk), seq=seq, but=entry.actor, now=now, about=ABOUT)
