"""How one cell of a city's table is read; forgiving where spreadsheets are, strict where codes are."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from typing import Final

from hotline.registry.loading.problems import BadCell

Value = str | int | bool | date | time | None
Parse = Callable[[str], Value]

_DATE: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)


def text(limit: int = 100) -> Parse:
    """Words of at most that many characters."""

    def parse(cell: str) -> str:
        if len(cell) > limit:
            raise BadCell("cell.long", limit=limit)
        return cell

    return parse


def code(pattern: str, form: str, limit: int = 24) -> Parse:
    """A code of a fixed form; `form` says in Chinese which."""
    compiled = re.compile(pattern, re.ASCII)

    def parse(cell: str) -> str:
        if len(cell) > limit or not compiled.fullmatch(cell):
            raise BadCell("cell.code", value=cell, form=form)
        return cell

    return parse


def digits(lengths: Iterable[int], form: str) -> Parse:
    """A code of that many digits; a leading zero that a spreadsheet dropped is put back when all lengths are even."""
    allowed = frozenset(lengths)

    def parse(cell: str) -> str:
        if not cell.isascii() or not cell.isdecimal():
            raise BadCell("cell.code", value=cell, form=form)
        if len(cell) % 2 and len(cell) not in allowed:
            cell = f"0{cell}"
        if len(cell) not in allowed:
            raise BadCell("cell.code", value=cell, form=form)
        return cell

    return parse


def choice(members: Mapping[str, str]) -> Parse:
    """One of these Chinese words, kept under its own name."""

    def parse(cell: str) -> str:
        if cell not in members:
            raise BadCell("cell.choice", value=cell, choices="、".join(members))
        return members[cell]

    return parse


def labels(choices: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Django's choices turned round: from the Chinese label to the stored value."""
    return {str(label): str(value) for value, label in choices}


def whole(low: int, high: int) -> Parse:
    """A whole number between the two, both allowed."""

    def parse(cell: str) -> int:
        if not cell.isascii() or not cell.isdecimal() or not low <= int(cell) <= high:
            raise BadCell("cell.number", value=cell, low=low, high=high)
        return int(cell)

    return parse


def day(cell: str) -> date:
    """A date as officials and spreadsheets write it."""
    found = _DATE.fullmatch(cell)
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(cell)
    except ValueError:
        raise BadCell("cell.date", value=cell) from None
