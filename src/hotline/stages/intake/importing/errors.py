"""Records that were not imported, as a CSV file of their own: all their columns, the line and the reason.

Mended in place, the file can be imported again with the same mapping.
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Final

LINE: Final = "行号"
REASON: Final = "原因"


class ErrorFile:
    """Made with the first bad record; none is ever overwritten, since somebody may be mending it."""

    def __init__(self, wanted: Path, columns: Sequence[str]) -> None:
        self._wanted, self._columns = wanted, [name for name in columns if name not in {LINE, REASON}]
        self._places = [columns.index(name) for name in self._columns]
        self._width = len(columns)
        self._file: IO[str] | None = None
        self._writer: Any = None
        self.path: Path | None = None

    def add(self, line: int, cells: Sequence[str], why: str) -> None:
        """One record. Cells that could not be told apart stand in the first column as they came."""
        if self._file is None:
            self.path = _free(self._wanted)
            self._file = self.path.open("x", encoding="utf-8-sig", errors="backslashreplace", newline="")
            self._writer = csv.writer(self._file)
            self._writer.writerow([*self._columns, LINE, REASON])
        whole = len(cells) == self._width
        kept = [cells[place] for place in self._places] if whole else self._spread(cells)
        self._writer.writerow([*kept, line, why])

    def _spread(self, cells: Sequence[str]) -> list[str]:
        """Too few cells are filled up; too many go on in the last column, so that none is left out."""
        width = len(self._columns)
        if len(cells) <= width:
            return [*cells, *[""] * (width - len(cells))]
        return [*cells[: width - 1], ",".join(cells[width - 1 :])]

    def flush(self) -> None:
        """What was added is on the disk as far as we are concerned."""
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        """No more records follow."""
        if self._file is not None:
            self._file.close()


def _free(wanted: Path) -> Path:
    path, number = wanted, 1
    while path.exists():
        number += 1
        path = wanted.with_stem(f"{wanted.stem}-{number}")
    return path
