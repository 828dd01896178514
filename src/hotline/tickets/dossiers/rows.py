"""Between stored rows and what the rules work on: how a row moves along and how an entry is stored, in every family.

Everything happens in the caller's transaction. Each family's own `rows.py` says which columns its state has.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.conf import settings
from django.db import models

from hotline.rules.dossiers import Entry
from hotline.rules.dossiers.states import D, S
from hotline.rules.vocabulary import Role, UnitCode
from hotline.tickets.canon import text_digest
from hotline.tickets.dossiers.models import EntryColumns

R = TypeVar("R", bound=models.Model)


class MovedMeanwhile(Exception):
    """Somebody else's deed came between reading and writing; the row lock makes this impossible for commands."""


def move(row: R, of: "models.Manager[R]", version: int, changes: Mapping[str, Any]) -> None:
    """The row of a locked dossier moves along by compare-and-set on the version that was judged."""
    if not of.filter(pk=row.pk, version=version).update(**changes):
        raise MovedMeanwhile(row.pk)
    for name, value in changes.items():
        setattr(row, name, value)


def columns_of_entry(entry: Entry[D, S]) -> dict[str, Any]:
    """What is stored of an entry in every family."""
    return {
        "deed": entry.deed.value,
        "at": entry.at,
        "actor": entry.actor,
        "role": entry.role.value,
        "status": entry.status.value,
        "payload": dict(entry.payload),
    }


def entry_from(row: EntryColumns, deed: type[D], status: type[S]) -> Entry[D, S]:
    """A stored entry as the rules know it."""
    unit = getattr(row, "unit", "")
    return Entry(
        deed=deed(row.deed),
        at=row.at,
        actor=row.actor,
        role=Role(row.role),
        unit=UnitCode(unit) if unit else None,
        status=status(row.status),
        payload=row.payload,
    )


def proof(dossier: str, seq: int, words: str, *, field: str = "text") -> str:
    """The keyed digest that shows later whether the words beside an entry are those that were typed."""
    return text_digest(settings.LEDGER_KEY.encode(), dossier, seq, field, words)
