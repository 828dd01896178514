"""Daily anchors: a copy, outside the database, of how far each ticket's ledger had come.

A keyed chain cannot show that its last rows were cut off; auditors see it from these files. Each is written once,
read-only, and sealed together with the seal of the one before. Copy them to another machine or to write-once media.
"""

import hmac
import json
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import Any, Final

from django.db import connection

from hotline.rules.vocabulary import CITY_TZ
from hotline.tickets.ledger import ledger_key
from hotline.tickets.snapshots import rows, snapshot

READ_ONLY: Final = 0o440
FOLDER_MODE: Final = 0o750
WAIT: Final = 0.2
TRIES: Final = 300
"""A minute altogether: acts take milliseconds, a batch of an import a second."""

COUNTS: Final = "SELECT (SELECT count(*) FROM tickets_ticket), (SELECT count(*) FROM tickets_ledgerentry)"
CHANGED: Final = """
    SELECT number, version, encode(head_hash, 'hex') FROM tickets_ticket
    WHERE id IN (SELECT ticket_id FROM tickets_ledgerentry WHERE id > %s) ORDER BY id
"""


@dataclass(frozen=True)
class Anchor:
    """A file that was just written."""

    path: Path
    tickets: int
    seal: str


def anchor_files(folder: Path) -> list[Path]:
    """The anchors of a folder, oldest first."""
    return sorted(folder.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].jsonl"))


def write_anchor(folder: Path, *, now: datetime) -> Anchor | None:
    """Anchor every ticket that has changed since the last anchor; None when today's is there already."""
    if connection.in_atomic_block:
        raise RuntimeError("an anchor looks at what is committed, so it is written outside a transaction")
    path = folder / f"{now.astimezone(CITY_TZ):%Y-%m-%d}.jsonl"
    folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    if path.exists():
        return None
    previous = next((found for found in reversed(anchor_files(folder)) if found.name < path.name), None)
    since = int(_part(previous, 0).get("entries_to", 0)) if previous else 0
    mark = settled_mark()
    upto = since if mark is None else mark
    if upto < since:  # the database was put back from a backup and counts again from an earlier number
        since = 0
    draft = folder / f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}"
    try:
        with draft.open("xb") as out:
            sealed = _Sealed(out.write)
            tickets = _write(sealed, previous, now, since, upto)
            out.flush()
            os.fchmod(out.fileno(), READ_ONLY)
            os.fsync(out.fileno())
        os.link(draft, path)
    except FileExistsError:
        return None
    finally:
        draft.unlink(missing_ok=True)
    _sync(folder)
    return Anchor(path, tickets, sealed.seal)


class _Sealed:
    """Lines of a file and the keyed hash over all of them."""

    def __init__(self, write: Callable[[bytes], Any]) -> None:
        self._write, self._hash = write, new_seal()

    def line(self, values: Any, *, sealing: bool = False) -> None:
        text = json.dumps(values, separators=(",", ":")).encode() + b"\n"
        if not sealing:
            self._hash.update(text)
        self._write(text)

    @property
    def seal(self) -> str:
        return self._hash.hexdigest()


def _write(out: _Sealed, previous: Path | None, now: datetime, since: int, upto: int) -> int:
    with snapshot():
        ((tickets, entries),) = rows(COUNTS)
        out.line(
            {
                "anchor": 1,
                "at": now.isoformat(),
                "tickets": tickets,
                "entries": entries,
                "entries_from": since,
                "entries_to": upto,
                "previous": previous.name if previous else None,
                "previous_seal": _part(previous, -1).get("seal", "") if previous else "",
            }
        )
        number = 0
        for number, row in enumerate(rows(CHANGED, [since]), 1):  # noqa: B007  # the last one is the count
            out.line(row)
    out.line({"tickets": number, "seal": out.seal}, sealing=True)
    return number


def new_seal() -> "hmac.HMAC":
    """A keyed hash for one file; its key is not the chain's own, so that no line can pass for an entry."""
    return hmac.new(hmac.digest(ledger_key(), b"anchor", "sha256"), digestmod="sha256")


MARK: Final = """
    SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('tickets_ledgerentry', 'id')::regclass), 0)
"""
WRITING: Final = """
    SELECT pid, backend_xid::text FROM pg_stat_activity
    WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()
"""


def settled_mark(*, tries: int = TRIES, pause: Callable[[float], None] = sleep) -> int | None:
    """The last entry id such that no smaller one can still appear; None when somebody writes for too long.

    Ids are drawn before they are committed. So wait until everybody who was writing when the mark was read is done.
    """
    ((mark,),) = _ask(MARK)
    writing = set(_ask(WRITING))
    for _ in range(tries):
        if not writing:
            return int(mark)
        pause(WAIT)
        writing &= set(_ask(WRITING))
    return None


def _ask(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def _part(path: Path, place: int) -> dict[str, Any]:
    """The first or last line of a file; nothing when it cannot be read, which the check then tells."""
    try:
        with path.open("rb") as lines:
            text = lines.readline() if place == 0 else _last(lines)
        found = json.loads(text)
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _last(lines: Any) -> bytes:
    lines.seek(0, os.SEEK_END)
    lines.seek(max(0, lines.tell() - 1000))
    return bytes(lines.read().rstrip(b"\n").rpartition(b"\n")[2])


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def lines_of(path: Path) -> Iterator[bytes]:
    """A file line by line, however long it is."""
    with path.open("rb") as lines:
        yield from lines
