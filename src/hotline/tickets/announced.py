"""Opens events of the ledger for whoever reacts to them. wiring.py hands it to plumbing.messages as the loader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.tickets.models import LedgerEntry


@dataclass(frozen=True)
class Announced:
    """One event of one ticket, as reactions are given it: codes and numbers, never words that somebody typed."""

    number: str
    seq: int
    name: str
    act: str
    at: datetime
    actor: str
    role: str
    unit: str
    stage: str
    payload: Mapping[str, Any]


FIELDS = ("seq", "name", "act", "at", "actor", "role", "unit", "stage", "payload")


def open_events(subject: str, first: int, last: int) -> list[Announced]:
    """The events of a ticket from one number in its ledger to another, both included, in order."""
    rows = LedgerEntry.objects.filter(ticket__number=subject, seq__range=(first, last)).order_by("seq")
    return [Announced(number=subject, **row) for row in rows.values(*FIELDS)]
