"""Many decisions at once: the clocks of thousands of tickets that come due in the same minute after a holiday.

`record_many` stands beside `ledger.record` and writes the very same rows, with the same hash chain and the same
compare-and-set, in a handful of statements for all tickets together.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import chain
from typing import Any, Final

from django.db import connection
from django.db.models import Model

from hotline.plumbing import live, messages
from hotline.rules.lifecycle import Decision, Rulebook
from hotline.rules.state import ClockState
from hotline.rules.visibility import visible_units
from hotline.tickets.access import OpenTicket
from hotline.tickets.copying import AS_JSON, TABLES, copy_rows
from hotline.tickets.entries import EntryRow, entry_rows, text_rows
from hotline.tickets.facts import clock_columns, columns_of, fires_at
from hotline.tickets.ledger import CLOCK_MOVES, MovedMeanwhile, in_transaction, ledger_key, numbered, touched_clocks
from hotline.tickets.models import Ticket, TicketClock, TicketText

LEDGER: Final = "tickets_ledgerentry"
KEYS: Final = ("ticket_id", "kind", "of", "round")
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, kw_only=True)
class Recording:
    """What was decided on one locked ticket, under which rules."""

    opened: OpenTicket
    decision: Decision
    book: Rulebook
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Prepared:
    """A recording with the rows it becomes."""

    what: Recording
    rows: list[EntryRow]

    @property
    def key(self) -> int:
        return self.what.opened.row.pk

    @property
    def clocks(self) -> list[ClockState]:
        return touched_clocks(self.what.opened.state, self.what.decision.events)


def record_many(recordings: Iterable[Recording], *, now: datetime) -> int:
    """Append each decision to its locked ticket and move all rows by compare-and-set. How many tickets moved."""
    in_transaction()
    prepared = [_Prepared(one, _rows_of(one)) for one in recordings]
    if not prepared:
        return 0
    _move(prepared)
    _append(prepared, now)
    _turn(prepared)
    _tell(prepared)
    return len(prepared)


def _rows_of(one: Recording) -> list[EntryRow]:
    ticket, before = one.opened.row, one.opened.state
    head, events = bytes(ticket.head_hash), one.decision.events
    return list(
        entry_rows(
            number=ticket.number, after=before.version, head=head, events=events, texts=one.texts, key=ledger_key()
        )
    )


def _move(prepared: Sequence[_Prepared]) -> None:
    """Only columns that change on some ticket are written; a ticket whose version moved meanwhile stops everything."""
    wanted = list(map(_moved, prepared))
    names = sorted(set(chain.from_iterable(new.keys() for new, _ in wanted)))
    rows = [
        {"id": one.key, "was": one.what.opened.state.version, **{n: new.get(n, old[n]) for n in names}}
        for one, (new, old) in zip(prepared, wanted, strict=True)
    ]
    types = {"id": "bigint", "was": "integer", **{name: _type(Ticket, name) for name in names}}
    moves = ", ".join(f"{_quoted(name)} = v.{_quoted(name)}" for name in names)
    done = _execute(
        f"UPDATE tickets_ticket AS t SET {moves} FROM {_recordset(types)} WHERE t.id = v.id AND t.version = v.was",  # noqa: S608  -- names of our own columns
        rows,
    )
    if done != len(prepared):
        raise MovedMeanwhile(f"{len(prepared) - done} of {len(prepared)} tickets")


def _moved(one: _Prepared) -> tuple[dict[str, Any], dict[str, Any]]:
    """What changes on the ticket's row, and all that stood there."""
    old = columns_of(one.what.opened.state) | {"head_hash": b"", "title": one.what.opened.row.title}
    new = columns_of(one.what.decision.state) | {"head_hash": one.rows[-1].hash}
    if "title" in one.what.texts:
        new["title"] = one.what.texts["title"]
    return {name: value for name, value in new.items() if value != old[name]}, old


def _append(prepared: Sequence[_Prepared], now: datetime) -> None:
    with connection.cursor() as cursor:
        copy_rows(cursor, LEDGER, [_entry(one.key, row, now) for one in prepared for row in one.rows])
    texts = [
        TicketText(ticket_id=one.key, **text)
        for one in prepared
        if one.what.texts
        for text in text_rows(one.rows[0].seq, one.what.texts)
    ]
    if texts:
        TicketText.objects.bulk_create(texts)


def _entry(key: int, row: EntryRow, now: datetime) -> list[Any]:
    values = {"ticket_id": key, "recorded_at": now, **vars(row)}
    ordered = [values[name] for name in TABLES[LEDGER]]
    return [_ENCODE(value) if place in AS_JSON[LEDGER] else value for place, value in enumerate(ordered)]


def _turn(prepared: Sequence[_Prepared]) -> None:
    """Every clock that was turned, and when the engine looks at it next."""
    rows = [
        {"ticket_id": one.key, **clock_columns(clock), "fires_at": fires_at(clock, one.what.book)}
        for one in prepared
        for clock in one.clocks
    ]
    if not rows:
        return
    types = {name: _type(TicketClock, name) for name in rows[0]}
    names = ", ".join(map(_quoted, types))
    moves = ", ".join(f"{_quoted(name)} = excluded.{_quoted(name)}" for name in CLOCK_MOVES)
    _execute(
        f"INSERT INTO tickets_ticketclock ({names}) SELECT {names} FROM {_recordset(types)}"  # noqa: S608  -- as above
        f" ON CONFLICT ({', '.join(map(_quoted, KEYS))}) DO UPDATE SET {moves}",
        rows,
    )


def _tell(prepared: Sequence[_Prepared]) -> None:
    """Who looks at a ticket hears of it; desks hear once that much has changed."""
    after = [(one.what.opened.row.number, one.what.decision) for one in prepared]
    messages.announce_many([(number, numbered(decision.events, decision.state)) for number, decision in after])
    news: list[tuple[str, Mapping[str, live.Value]]] = [
        (f"ticket:{number}", {"stage": decision.stage.value, "number": number}) for number, decision in after
    ]
    units = {unit for _, decision in after for unit in visible_units(decision.state)}
    news += [(topic, {"count": len(after)}) for topic in ("office:all", *sorted(f"unit:{code}" for code in units))]
    live.notify_each(news)


def _execute(statement: str, rows: Sequence[Mapping[str, Any]]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, [_ENCODE([{name: _as_json(value) for name, value in row.items()} for row in rows])])
        return int(cursor.rowcount)


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return f"\\x{value.hex()}" if isinstance(value, bytes) else value


def _recordset(types: Mapping[str, str]) -> str:
    columns = ", ".join(f"{_quoted(name)} {kind}" for name, kind in types.items())
    return f"jsonb_to_recordset(%s::jsonb) AS v({columns})"


@cache
def _type(model: type[Model], column: str) -> str:
    fields = model._meta.concrete_fields  # noqa: SLF001  -- Django's documented way to a model's fields
    found = next(f for f in fields if f.column == column)
    return "bigint" if found.is_relation else str(found.db_type(connection))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
