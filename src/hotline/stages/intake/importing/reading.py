"""CSV files as old systems write them, record by record with line numbers; what cannot be read is handed on with why.

UTF-8 with or without its mark, GB18030 and UTF-16 are told apart by themselves. An unclosed quote costs its own line
only: the lines after it are read again, so that none of them disappears inside a field of another record.
"""

import codecs
import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import Final

from hotline.stages.intake.importing.problems import ImportRefused, Problem

UTF8: Final = "utf-8-sig"
CHINESE: Final = "gb18030"
LONGEST: Final = 120_000
MOST_LINES: Final = 1000
"""A record is no longer than this; what goes on and on is an unclosed quote."""


@dataclass(frozen=True)
class Record:
    """One record by the number of its first line. With a problem, `cells` are what could be told apart."""

    line: int
    cells: Sequence[str]
    problem: Problem | None = None


class Table:
    """One CSV file: its header at once, its records one after the other."""

    def __init__(self, path: Path, *, encoding: str = "", delimiter: str = ",") -> None:
        self._path, self._delimiter = path, delimiter
        self.encoding = _known(encoding) if encoding else detect(path)
        self.bytes_read = 0
        with self._lines() as lines:
            header = next(divided(lines, delimiter), None)
        if header is None or header.problem:
            raise ImportRefused([header.problem if header and header.problem else Problem("file.empty")])
        self.columns = _named(header.cells)

    def records(self) -> Iterator[Record]:
        """Every record below the header; blank lines are none."""
        with self._lines() as lines:
            found = divided(lines, self._delimiter, width=len(self.columns))
            next(found, None)
            for record in found:
                yield record if record.problem else replace(record, problem=self._unstorable(record.cells))

    def _unstorable(self, cells: Sequence[str]) -> Problem | None:
        for column, cell in zip(self.columns, cells, strict=True):
            if "\x00" in cell:
                return Problem("row.nul", {"column": column})
            if not cell.isascii() and any("\udc80" <= sign <= "\udcff" for sign in cell):
                return Problem("row.bad_bytes", {"column": column})
        return None

    def _lines(self) -> "_Lines":
        return _Lines(self, self._path)


class _Lines:
    """The numbered lines of a file while it is open."""

    def __init__(self, table: Table, path: Path) -> None:
        self._table = table
        self._raw = path.open("rb")
        self._file = TextIOWrapper(self._raw, encoding=table.encoding, errors="surrogateescape", newline="")

    def __enter__(self) -> Iterator[tuple[int, str]]:
        return self._numbered()

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _numbered(self) -> Iterator[tuple[int, str]]:
        for number, line in enumerate(self._file, 1):
            self._table.bytes_read = self._raw.tell()
            yield number, line


class _TooLong(Exception):
    """A record does not end where records end."""


def divided(lines: Iterable[tuple[int, str]], delimiter: str, *, width: int | None = None) -> Iterator[Record]:
    """Lines as records. A record that is broken or, over several lines, of another width costs its first line only."""
    coming, waiting = iter(lines), deque[tuple[int, str]]()
    while True:
        taken: list[tuple[int, str]] = []
        record = _one(_taken(waiting, coming, taken), taken, delimiter)
        if record is None:
            return
        if not record.cells and not record.problem:
            continue
        if width is not None and not record.problem and len(record.cells) != width:
            counts = {"wanted": width, "found": len(record.cells)}
            code = "row.too_few" if len(record.cells) < width else "row.too_many"
            record = replace(record, problem=Problem(code, counts))
        if record.problem and len(taken) > 1:
            record = Record(taken[0][0], [taken[0][1].rstrip("\r\n")], Problem("row.bad_quoting"))
            waiting.extendleft(reversed(taken[1:]))
        yield record


def _taken(
    waiting: deque[tuple[int, str]], coming: Iterator[tuple[int, str]], taken: list[tuple[int, str]]
) -> Iterator[str]:
    """Lines for one record, noted as they are taken."""
    size = 0
    for numbered in chain(_popped(waiting), coming):
        taken.append(numbered)
        size += len(numbered[1])
        yield numbered[1]
        if len(taken) >= MOST_LINES or size > LONGEST:
            raise _TooLong


def _popped(waiting: deque[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    while waiting:
        yield waiting.popleft()


def _one(lines: Iterator[str], taken: list[tuple[int, str]], delimiter: str) -> Record | None:
    try:
        cells = next(csv.reader(lines, delimiter=delimiter, strict=True))
    except StopIteration:
        return None
    except (csv.Error, _TooLong):
        return Record(taken[0][0], [taken[0][1].rstrip("\r\n")], Problem("row.bad_quoting"))
    return Record(taken[0][0], cells)


def _named(header: Sequence[str]) -> list[str]:
    columns = [name.strip() for name in header]
    problems = [Problem("file.header_blank", {"place": n}) for n, name in enumerate(columns, 1) if not name]
    repeated = sorted({name for name in columns if name and columns.count(name) > 1})
    problems += [Problem("file.header_repeated", {"name": name}) for name in repeated]
    if problems:
        raise ImportRefused(problems)
    return columns


def _known(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        raise ImportRefused([Problem("file.encoding_unknown", {"encoding": encoding})]) from None
    return UTF8 if name == "utf-8" else name


def detect(path: Path) -> str:
    """The encoding of a file, by its mark or else by which one its lines are good in.

    A line of GB18030 is hardly ever good UTF-8 by chance, while many a broken UTF-8 line passes for GB18030; so UTF-8
    is tried first, and a few broken lines in it do not turn the whole file into another encoding.
    """
    with path.open("rb") as lines:
        mark = lines.read(4)
        if mark.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if mark.startswith(codecs.BOM_UTF8):
            return UTF8
        lines.seek(0)
        good = broken = 0
        for line in lines:
            if not line.isascii():
                fits = _decodes(line, "utf-8")
                good, broken = good + fits, broken + (not fits)
    return UTF8 if good >= broken else CHINESE


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
