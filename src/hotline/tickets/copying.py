"""Rows of whole lives on their way into the tables by COPY, the quickest way PostgreSQL takes rows.

Bulk writing relies on it. Values come from the same functions as those of commands: entries.py and facts.py.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection
from psycopg import sql

from hotline.rules.lifecycle import Rulebook
from hotline.rules.lives import Life, Lived
from hotline.rules.state import ClockState, TicketState
from hotline.tickets.canon import GENESIS
from hotline.tickets.entries import EntryRow, entry_rows, text_rows
from hotline.tickets.facts import clock_columns, columns_of, fires_at
from hotline.tickets.ledger import ledger_key, touched_clocks
from hotline.tickets.numbers import new_query_code
from hotline.tickets.query_codes import sealed

ENTRY: Final = tuple(name for name in EntryRow.__dataclass_fields__)
STATE: Final = tuple(columns_of(TicketState()))
CLOCK: Final = (
    "kind", "of", "round", "limit", "started_at", "due_at", "provisional", "stopped_at", "met", "overdue_at",
    "extension",
    "pauses", "paused", "reminded", "reminded_from", "noticed_at", "criticised_at",
)  # fmt: skip
REQUESTER: Final[Mapping[str, Any]] = {
    "kind": "person",
    **dict.fromkeys(("name", "gender", "phone", "alt_phone", "id_no", "company_name", "address"), ""),
    "special_groups": [],
    "language": "",
    "contact_preference": "",
    "may_pass_on": False,
}
"""What a requester's row holds when nothing was said."""

TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "tickets_ticket": ("id", "number", "query_code", "created_at", "title", "head_hash", *STATE),
    "tickets_requester": ("ticket_id", *REQUESTER),
    "tickets_ledgerentry": ("ticket_id", "recorded_at", *ENTRY),
    "tickets_tickettext": ("ticket_id", "seq", "field", "body", "terms"),
    "tickets_ticketclock": ("ticket_id", *CLOCK, "fires_at"),
    "tickets_sourcerecord": ("ticket_id", "system", "source_id", "digest"),
}
"""Parents first. What is left out the database gives: ids below the ticket, times of erasure."""

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode
JSON: Final = frozenset({"delegation", "signing", "proposals", "payload", "clocks", "digests", "pauses", "tasks"})
AS_JSON: Final = {
    table: tuple(place for place, name in enumerate(columns) if name in JSON) for table, columns in TABLES.items()
}
"""Places of the columns that are JSON; a list anywhere else is an array."""


class Sheets:
    """The rows of one batch, table by table."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Sequence[Any]]] = {table: [] for table in TABLES}

    def add(
        self,
        life: Life,
        lived: Sequence[Lived],
        *,
        key: int,
        number: str,
        book: Rulebook,
        recorded_at: datetime | None,
    ) -> None:
        """One life as rows of a ticket whose id and number are reserved for it; `book` is that of its last act."""
        head = self._add_history(lived, key, number, recorded_at)
        title = next((step.texts["title"] for step in reversed(lived) if "title" in step.texts), "")
        state = columns_of(lived[-1].after)
        fixed = (key, number, sealed(number, new_query_code()), lived[0].at, title, head)
        self._put("tickets_ticket", *fixed, *(state[name] for name in STATE))
        unknown = life.requester.keys() - REQUESTER.keys()
        if unknown:
            raise TypeError(f"a requester has no {', '.join(sorted(unknown))}")
        self._put("tickets_requester", key, *(life.requester.get(name, blank) for name, blank in REQUESTER.items()))
        for clock in _clocks(lived):
            columns = clock_columns(clock)
            self._put("tickets_ticketclock", key, *(columns[name] for name in CLOCK), fires_at(clock, book))
        if life.source:
            self._put("tickets_sourcerecord", key, *life.source)

    def _add_history(self, lived: Sequence[Lived], key: int, number: str, recorded_at: datetime | None) -> bytes:
        head, secret = GENESIS, ledger_key()
        for step in lived:
            made = entry_rows(
                number=number, after=step.before.version, head=head, events=step.events, texts=step.texts, key=secret
            )
            rows = list(made)
            head = rows[-1].hash
            for row in rows:
                self._put("tickets_ledgerentry", key, recorded_at or step.at, *(getattr(row, name) for name in ENTRY))
            for text in text_rows(rows[0].seq, step.texts):
                self._put("tickets_tickettext", key, *text.values())
        return head

    def _put(self, table: str, *values: Any) -> None:
        row = list(values)
        for place in AS_JSON[table]:
            if row[place] is not None:
                row[place] = _ENCODE(row[place])
        self._rows[table].append(row)

    def copy(self) -> None:
        """Into the database, inside the caller's transaction."""
        with connection.cursor() as cursor:
            for table, rows in self._rows.items():
                if rows:
                    copy_rows(cursor, table, rows)


def copy_rows(cursor: Any, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Rows in the order of the table's columns above, their JSON already written as text."""
    columns = sql.SQL(", ").join(map(sql.Identifier, TABLES[table]))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
    with connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _clocks(lived: Sequence[Lived]) -> list[ClockState]:
    """Every round of every clock as the last act that turned it left it."""
    left: dict[tuple[str, int], ClockState] = {}
    for step in lived:
        for clock in touched_clocks(step.before, step.events):
            left[clock.key, clock.round] = clock
    return list(left.values())
