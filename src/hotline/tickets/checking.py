"""`hotline check ledger`: is every ticket's history still what was written, to the last entry?

Auditors rely on it. Recomputes the keyed chain and the digests of all words, replays every ledger and compares the
outcome with row and clocks, then compares all of it with the anchors kept outside the database.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from hotline.rules.fold import apply
from hotline.rules.state import ClockState, TicketState, clock_key
from hotline.rules.vocabulary import ClockKind
from hotline.tickets.canon import GENESIS, chain, text_digest
from hotline.tickets.copying import CLOCK, STATE
from hotline.tickets.entries import entry_bytes, event_of
from hotline.tickets.facts import clock_columns, columns_of
from hotline.tickets.findings import Finding
from hotline.tickets.ledger import ledger_key, touched_clocks
from hotline.tickets.snapshots import rows, snapshot

TICKETS: Final = "SELECT id, number, title, head_hash, {columns} FROM tickets_ticket WHERE {which} ORDER BY id"
ENTRIES: Final = """
    SELECT ticket_id, seq, name, act, at, actor, role, unit, stage, hash, payload, clocks, digests
    FROM tickets_ledgerentry WHERE {which} ORDER BY ticket_id, seq
"""
TEXTS: Final = """
    SELECT ticket_id, seq, field, body, erased_at FROM tickets_tickettext WHERE {which} ORDER BY ticket_id, seq, field
"""
CLOCKS: Final = "SELECT ticket_id, {columns} FROM tickets_ticketclock WHERE {which} ORDER BY ticket_id, kind, round"
LATELY: Final = """
    (last_at >= %(since)s OR id IN (SELECT ticket_id FROM tickets_ledgerentry WHERE recorded_at >= %(since)s))
"""
OF_LATELY: Final = """ticket_id IN (
    SELECT id FROM tickets_ticket WHERE last_at >= %(since)s
    UNION SELECT ticket_id FROM tickets_ledgerentry WHERE recorded_at >= %(since)s
)"""


class Entry(NamedTuple):
    """One stored entry; entries.py reads it like a model's instance."""

    ticket: int
    seq: int
    name: str
    act: str
    at: datetime
    actor: str
    role: str
    unit: str
    stage: str
    hash: bytes
    payload: dict[str, Any]
    clocks: list[dict[str, Any]]
    digests: dict[str, str]


class Text(NamedTuple):
    """Words typed in one act."""

    ticket: int
    seq: int
    field: str
    body: str
    erased_at: datetime | None


@dataclass
class Tally:
    """How much was looked at."""

    tickets: int = 0
    entries: int = 0
    anchored: int = 0
    last_anchor: str = ""


def check_tickets(tally: Tally, *, since: datetime | None = None) -> Iterator[Finding]:
    """Every ticket from its own rows, in the order of ids; with `since` only those with something new after it."""
    with snapshot():
        entries = _Beside(_read(ENTRIES, since), _entry)
        texts = _Beside(_read(TEXTS, since), Text._make)
        clocks = _Beside(_read(CLOCKS, since, CLOCK), tuple)
        tickets = TICKETS.format(which=LATELY if since else "TRUE", columns=_named(STATE))
        for key, number, title, head, *state in rows(tickets, {"since": since} if since else ()):
            file = _File(number, title, bytes(head), dict(zip(STATE, state, strict=True)))
            mine = entries.of(key)
            tally.tickets += 1
            tally.entries += len(mine)
            yield from _examined(file, mine, texts.of(key), clocks.of(key))
            yield from entries.orphans()
        entries.of(_BEYOND)
        yield from entries.orphans()


@dataclass(frozen=True)
class _File:
    """A ticket's row: what it is called and how it stands."""

    number: str
    title: str
    head: bytes
    state: Mapping[str, Any]

    def found(self, code: str, **details: Any) -> Finding:
        return Finding(code, {"number": self.number, **details})


_BEYOND: Final = 2**63


class _Beside:
    """Rows below the tickets, read along with them in the same order."""

    def __init__(self, coming: Iterator[tuple[Any, ...]], made: Any) -> None:
        self._coming, self._made = coming, made
        self._next = next(coming, None)
        self._left: dict[int, int] = {}

    def of(self, ticket: int) -> list[Any]:
        """The rows of one ticket. Rows of tickets passed over belong to nobody and are counted."""
        mine: list[Any] = []
        while self._next is not None and self._next[0] <= ticket:
            if self._next[0] == ticket:
                mine.append(self._made(self._next))
            else:
                self._left[self._next[0]] = self._left.get(self._next[0], 0) + 1
            self._next = next(self._coming, None)
        return mine

    def orphans(self) -> Iterator[Finding]:
        """What belonged to nobody since the last look."""
        left, self._left = self._left, {}
        for ticket, count in left.items():
            yield Finding("entry.orphan", {"id": ticket, "count": count})


def _read(statement: str, since: datetime | None, columns: Sequence[str] = ()) -> Iterator[tuple[Any, ...]]:
    which = OF_LATELY if since else "TRUE"
    return rows(statement.format(which=which, columns=_named(columns)), {"since": since} if since else ())


def _named(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _entry(row: Sequence[Any]) -> Entry:
    return Entry._make((*row[:10], *map(_json, row[10:])))


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


# One ticket


def _examined(file: _File, entries: list[Entry], texts: list[Text], clocks: list[Any]) -> Iterator[Finding]:
    """Where the chain is broken nothing more is read from it: a replay would only repeat the finding in other words."""
    if not entries:
        yield file.found("row.empty")
        return
    broken = list(_chain(file, entries))
    yield from broken
    yield from _words(file, entries, texts)
    if len(entries) != file.state["version"]:
        yield file.found("row.version", version=file.state["version"], count=len(entries))
    elif file.head != entries[-1].hash:
        yield file.found("row.head", seq=entries[-1].seq)
    elif not broken:
        yield from _replayed(file, entries, clocks)
        yield from _title(file, texts)


def _chain(file: _File, entries: list[Entry]) -> Iterator[Finding]:
    """Each entry over the stored hash before it, so that one changed entry is one finding."""
    key, before, expected = ledger_key(), GENESIS, 1
    for entry in entries:
        if entry.seq != expected:
            yield file.found("entry.missing", first=expected, last=entry.seq - 1)
        elif chain(key, before, entry_bytes(file.number, entry)) != entry.hash:
            yield file.found("entry.changed", seq=entry.seq, name=entry.name)
        before, expected = entry.hash, entry.seq + 1


def _words(file: _File, entries: list[Entry], texts: list[Text]) -> Iterator[Finding]:
    key = ledger_key()
    stored = {(text.seq, text.field): text for text in texts}
    for entry in entries:
        for field, digest in entry.digests.items():
            text = stored.pop((entry.seq, field), None)
            if text is None:
                yield file.found("text.missing", seq=entry.seq, field=field)
            elif text.erased_at is None and text_digest(key, file.number, entry.seq, field, text.body) != digest:
                yield file.found("text.changed", seq=entry.seq, field=field)
    for seq, field in stored:
        yield file.found("text.extra", seq=seq, field=field)


def _title(file: _File, texts: list[Text]) -> Iterator[Finding]:
    """The title stands in the row as well, for lists."""
    given = [text for text in texts if text.field == "title"]
    if given and given[-1].erased_at is None and given[-1].body != file.title:
        yield file.found("row.differs", seq=file.state["version"], columns="title")


def _replayed(file: _File, entries: list[Entry], clocks: list[Any]) -> Iterator[Finding]:
    state, left = TicketState(), dict[tuple[str, int], ClockState]()
    for entry in entries:
        try:
            event = event_of(entry)
            turned = touched_clocks(state, [event])
            state = apply(state, event)
        except (ValueError, KeyError, TypeError, AttributeError):
            yield file.found("entry.unreadable", seq=entry.seq, name=entry.name)
            return
        left |= {(str(clock.key), clock.round): clock for clock in turned}
    columns = columns_of(state)
    differing = [name for name in STATE if columns[name] != _stored(name, file.state[name])]
    if differing:
        yield file.found("row.differs", seq=entries[-1].seq, columns=", ".join(differing))
    yield from _clocks(file, left, clocks)


def _clocks(file: _File, left: Mapping[tuple[str, int], ClockState], stored: list[Any]) -> Iterator[Finding]:
    found = {
        (str(clock_key(ClockKind(columns["kind"]), columns["of"])), columns["round"]): columns
        for columns in (dict(zip(CLOCK, row[1:], strict=True)) for row in stored)
    }
    for (kind, number), clock in left.items():
        columns = found.pop((kind, number), None)
        if columns is None:
            yield file.found("clock.missing", kind=kind, round=number)
            continue
        expected = clock_columns(clock)
        differing = [name for name in CLOCK if expected[name] != _stored(name, columns[name])]
        if differing:
            yield file.found("clock.differs", kind=kind, round=number, columns=", ".join(differing))
    for kind, number in found:
        yield file.found("clock.extra", kind=kind, round=number)


def _stored(name: str, value: Any) -> Any:
    """A column as the mapping writes it: JSON arrives as text."""
    return _json(value) if name in {"delegation", "signing", "proposals", "pauses", "tasks"} else value
