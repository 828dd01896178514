"""The ledger against its anchors: what was cut off, removed or written anew with the key in hand shows only here."""

import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from django.db import connection

from hotline.tickets.anchors import COUNTS, anchor_files, lines_of, new_seal
from hotline.tickets.checking import Tally
from hotline.tickets.findings import Finding
from hotline.tickets.snapshots import snapshot

AT_ONCE: Final = 1000
STANDS: Final = """
    SELECT wanted.number, wanted.version, wanted.head, ticket.id IS NOT NULL, encode(entry.hash, 'hex')
    FROM unnest(%s::text[], %s::int[], %s::text[]) AS wanted(number, version, head)
    LEFT JOIN tickets_ticket ticket ON ticket.number = wanted.number
    LEFT JOIN tickets_ledgerentry entry ON entry.ticket_id = ticket.id AND entry.seq = wanted.version
"""
Line = tuple[str, int, str]


def compare_anchors(folder: Path, tally: Tally, *, since: date | None = None) -> Iterator[Finding]:
    """Every anchor's seal and its place after the one before; and every ticket it names, against the ledger."""
    files = [_File(path) for path in anchor_files(folder)]
    with snapshot():
        for file in files:
            compared = since is None or file.path.stem >= since.isoformat()
            yield from _file(file, tally, compared=compared)
        yield from _counts(files)
    yield from _chained(files)
    tally.last_anchor = files[-1].path.name if files else ""


@dataclass
class _File:
    """One anchor file; header and seal are known once it has been read."""

    path: Path
    header: dict[str, Any] = field(default_factory=dict)
    seal: str = ""

    def found(self, code: str, **details: Any) -> Finding:
        return Finding(code, {"file": self.path.name, **details})


def _file(file: _File, tally: Tally, *, compared: bool) -> Iterator[Finding]:
    waiting: list[Line] = []
    computed, ended = new_seal(), False
    for place, text in enumerate(lines_of(file.path), 1):
        try:
            line = _sort(file, text, first=place == 1)
        except (ValueError, TypeError, KeyError):
            yield file.found("anchor.malformed", line=place)
            return
        ended = bool(file.seal)
        if not ended:
            computed.update(text)
        if line and compared:
            waiting.append(line)
            tally.anchored += 1
        if len(waiting) >= AT_ONCE:
            yield from _stands(file, waiting)
            waiting = []
    yield from _stands(file, waiting)
    if not ended or not hmac.compare_digest(file.seal, computed.hexdigest()):
        yield file.found("anchor.file_changed")


def _sort(file: _File, text: bytes, *, first: bool) -> Line | None:
    """A line as what it is: the header, the seal, or a ticket. Nothing may follow the seal."""
    found = json.loads(text)
    if file.seal:
        raise ValueError("a line after the seal")
    if first:
        file.header = {**found, "anchor": int(found["anchor"])}
    elif isinstance(found, dict):
        file.seal = str(found["seal"])
    else:
        number, version, head = found
        return str(number), int(version), str(head)
    return None


def _stands(file: _File, lines: Sequence[Line]) -> Iterator[Finding]:
    if not lines:
        return
    with connection.cursor() as cursor:
        cursor.execute(STANDS, [list(column) for column in zip(*lines, strict=True)])
        for number, version, head, there, stored in cursor.fetchall():
            if not there:
                yield file.found("anchor.ticket_missing", number=number)
            elif stored is None:
                yield file.found("anchor.entry_missing", number=number, seq=version)
            elif stored != head:
                yield file.found("anchor.hash_differs", number=number, seq=version)


def _counts(files: Sequence[_File]) -> Iterator[Finding]:
    """Tickets and entries only ever become more."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        tickets, entries = cursor.fetchone()
    for file in files:
        then = {"tickets_then": file.header.get("tickets", 0), "entries_then": file.header.get("entries", 0)}
        if then["tickets_then"] > tickets or then["entries_then"] > entries:
            yield file.found("anchor.fewer", **then, tickets=tickets, entries=entries)


def _chained(files: Sequence[_File]) -> Iterator[Finding]:
    """Each names the one before and its seal; only the first of all has none."""
    names = {file.path.name for file in files}
    if files and (missing := files[0].header.get("previous")):
        yield files[0].found("anchor.previous_missing", previous=missing)
    for before, file in pairwise(files):
        named = file.header.get("previous")
        if named and named not in names:
            yield file.found("anchor.previous_missing", previous=named)
        elif file.header and (named, file.header.get("previous_seal")) != (before.path.name, before.seal):
            yield file.found("anchor.chain_broken", previous=before.path.name)
