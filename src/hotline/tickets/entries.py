"""Events as ledger rows, and rows as events again. Commands and bulk writing make rows here and nowhere else."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.rules.acts.base import plain
from hotline.rules.state import ClockChange, Event
from hotline.rules.vocabulary import ClockKind, Role, Stage, UnitCode
from hotline.text.bigrams import as_vector, terms
from hotline.tickets.canon import canonical, chain, text_digest

CLOCK_FIELDS = tuple(field.name for field in dataclasses.fields(ClockChange))
BLANK = (None, "", 0, False)


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    """One row of the ledger before it has an id."""

    seq: int
    name: str
    act: str
    at: datetime
    actor: str
    role: str
    unit: str
    stage: str
    payload: dict[str, Any]
    clocks: list[dict[str, Any]]
    digests: dict[str, str]
    hash: bytes


def entry_rows(
    *, number: str, after: int, head: bytes, events: Sequence[Event], texts: Mapping[str, str], key: bytes
) -> Iterator[EntryRow]:
    """Rows for events that follow entry number `after` whose hash is `head`.

    The texts of an act belong to its first event.
    """
    for offset, event in enumerate(events):
        seq = after + offset + 1
        given = texts if offset == 0 else {}
        row = EntryRow(
            seq=seq,
            name=event.name,
            act=event.act,
            at=event.at,
            actor=event.actor,
            role=event.role.value,
            unit=event.unit or "",
            stage=event.stage.value,
            payload=dict(event.payload),
            clocks=[clock_json(change) for change in event.clocks],
            digests={field: text_digest(key, number, seq, field, body) for field, body in given.items()},
            hash=b"",
        )
        head = chain(key, head, entry_bytes(number, row))
        yield dataclasses.replace(row, hash=head)


SEARCHED = frozenset(
    {"title", "content", "demand", "place", "involved_party", "facts", "reply", "legal_basis", "superior_no"}
)
"""Texts that a search looks into. Notes and opinions of staff are found through their ticket."""


def text_rows(seq: int, texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The typed words of one act as rows, with what a search finds them by."""
    for field, body in texts.items():
        found = terms(body) if field in SEARCHED else ()
        yield {"seq": seq, "field": field, "body": body, "terms": as_vector(found)}


def entry_bytes(number: str, row: Any) -> bytes:
    """The canonical text of a row, stored or new."""
    return canonical(
        number=number,
        seq=row.seq,
        name=row.name,
        act=row.act,
        at=row.at,
        actor=row.actor,
        role=row.role,
        unit=row.unit,
        stage=row.stage,
        payload=row.payload,
        clocks=row.clocks,
        digests=row.digests,
    )


def event_of(row: Any) -> Event:
    """The event that a stored row holds."""
    return Event(
        name=row.name,
        act=row.act,
        at=row.at,
        actor=row.actor,
        role=Role(row.role),
        unit=UnitCode(row.unit) if row.unit else None,
        stage=Stage(row.stage),
        payload=row.payload,
        clocks=tuple(map(clock_change, row.clocks)),
    )


def clock_json(change: ClockChange) -> dict[str, Any]:
    """A clock change as JSON, blanks left out."""
    return {name: plain(value) for name in CLOCK_FIELDS if (value := getattr(change, name)) not in BLANK}


def clock_change(stored: Mapping[str, Any]) -> ClockChange:
    """A clock change back from JSON."""
    due = stored.get("due_at")
    return ClockChange(
        op=stored["op"],
        kind=ClockKind(stored["kind"]),
        due_at=datetime.fromisoformat(due) if due else None,
        limit=stored.get("limit", ""),
        provisional=bool(stored.get("provisional", False)),
        extension=int(stored.get("extension", 0)),
        reason=stored.get("reason", ""),
        percent=int(stored.get("percent", 0)),
        of=stored.get("of", ""),
    )
