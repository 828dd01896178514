"""依据标记 of a rule profile's numbers, as they stand in the comments of its file: V, D, R, M or P and where from.

Officials who sign a profile read them beside each number. A line without a mark has that of its group.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

_GROUP: Final = re.compile(r"\[([a-z0-9_.-]+)\]\s*(?:#\s*(.*))?")
_LINE: Final = re.compile(r"([a-z0-9_-]+)\s*=\s*(.*)")
_CODE: Final = re.compile(r"（[a-z_]+）")
"""Words of the file in brackets, for whoever edits it; readers of the page see their meaning as the value."""
_MARK: Final = re.compile(r"(?:^|(?<=[。；，、：\s]))([VDRMP])(?=[：:，,。；（(]|\s|$)[：:，,]?\s*")


class Mark(NamedTuple):
    """One mark: its letter, blank when none stands there, and what is written beside it."""

    letter: str
    note: str


Marks = Mapping[str, Mark]


def read_marks(text: str) -> dict[str, Mark]:
    """Marks by the path of the setting: limits.reply.default."""
    found: dict[str, Mark] = {}
    group, inherited = "", Mark("", "")
    for line in text.splitlines():
        heading, setting = _GROUP.fullmatch(line.strip()), _LINE.fullmatch(line.strip())
        if heading:
            group, inherited = heading[1], _mark(heading[2] or "")
        elif setting:
            said = _mark(_comment(setting[1], setting[2]))
            path = f"{group}.{setting[1]}" if group else setting[1]
            found[path] = said if said.letter else Mark(inherited.letter, said.note or inherited.note)
    return found


def _comment(name: str, rest: str) -> str:
    """What stands behind the value; a # inside quotation marks is none."""
    for place in (at for at, sign in enumerate(rest) if sign == "#"):
        try:
            tomllib.loads(f"{name} = {rest[:place]}")
        except tomllib.TOMLDecodeError:
            continue
        return rest[place + 1 :].strip()
    return ""


def _mark(comment: str) -> Mark:
    comment = _CODE.sub("", comment)
    found = _MARK.search(comment)
    if found is None:
        return Mark("", comment)
    return Mark(found[1], (comment[: found.start()] + comment[found.end() :]).strip(" 。"))


def marks_kept(marks: Marks) -> dict[str, list[str]]:
    """Marks as they are stored."""
    return {path: list(mark) for path, mark in marks.items()}


def marks_stored(kept: Mapping[str, Any]) -> dict[str, Mark]:
    """The same the other way."""
    return {path: Mark(str(letter), str(note)) for path, (letter, note) in kept.items()}
