"""What people read of a dossier in every family: the lines of its history, its files, one page of a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from hotline.registry.people.queries import names as people
from hotline.tickets.dossiers.models import EntryColumns, FileColumns


class Listed(Protocol):
    """A row of a list."""

    @property
    def id(self) -> int:
        """Its key."""


X = TypeVar("X", bound=Listed)


@dataclass(frozen=True)
class Line:
    """One line of the history, with its words and the name of who acted. What a family does not keep is blank."""

    seq: int
    deed: str
    at: datetime
    actor: str
    who: str
    role: str
    unit: str
    status: str
    payload: dict[str, Any]
    title: str
    text: str


def lines_of(entries: Iterable[EntryColumns], texts: Iterable[Any]) -> list[Line]:
    """The history in its order, each entry with the words beside it."""
    words = {text.seq: text for text in texts}
    entries = sorted(entries, key=lambda entry: entry.seq)
    known = people({entry.actor for entry in entries})
    return [
        Line(
            seq=e.seq,
            deed=e.deed,
            at=e.at,
            actor=e.actor,
            who=known.get(e.actor, ""),
            role=e.role,
            unit=getattr(e, "unit", ""),
            status=e.status,
            payload=e.payload,
            title=getattr(words.get(e.seq), "title", ""),
            text=getattr(words.get(e.seq), "body", ""),
        )
        for e in entries
    ]


@dataclass(frozen=True)
class FileRow:
    """One file; `seq` is the entry it came with, `unit` who gave it where units give some."""

    id: int
    seq: int
    name: str
    kind: str
    size: int
    unit: str
    at: datetime


def file_rows(files: Iterable[FileColumns]) -> tuple[FileRow, ...]:
    """Files as a page shows them."""
    return tuple(FileRow(f.pk, f.seq, f.name, f.kind, f.size, getattr(f, "unit", ""), f.at) for f in files)


def page_of(rows: Sequence[X], limit: int) -> tuple[tuple[X, ...], int | None]:
    """What is shown of one row more than a page holds, and the key that leads to the older ones."""
    shown = tuple(rows[:limit])
    return shown, shown[-1].id if len(rows) > limit else None
