"""The directory as the file that officials read and sign: Chinese headers, one line a rule, nothing lost either way.

What cannot be read is named with its line and what to do; the other lines are read all the same.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from hotline.rules.jurisdiction.lexicon import Lexicon
from hotline.rules.jurisdiction.values import (
    DIRECTORY,
    ELSEWHERE,
    LOCAL,
    CoUnit,
    DirectoryRule,
    Hours,
    Need,
    UnitRole,
    read_hours,
)
from hotline.rules.jurisdiction.words import Words, print_words, read_words
from hotline.rules.messages import Message
from hotline.rules.vocabulary import UnitCode

HEADERS: Final = (
    "规则编号",
    "版本",
    "事项",
    "事项分类",
    "词语",
    "不含词语",
    "场所",
    "时段",
    "条件",
    "区划",
    "主办",
    "协办",
    "依据",
    "说明",
    "归口单位",
    "来源",
    "启用日期",
    "停用日期",
)
LOCAL_WORD: Final = "属地"
ELSEWHERE_WORD: Final = "引导"
NOT: Final = "非"
ROLE_WORDS: Final = {"协办": UnitRole.CO, "督导": UnitRole.GUIDANCE, "抄送": UnitRole.COPY}

Row = Mapping[str, str]
NumberedRow = tuple[int, Row]

VERSION_DIGITS: Final = 4
"""Nobody counts further; a file may hold anything."""
_ID: Final = re.compile(r"(?:\d\d){1,3}-[1-9]\d{0,3}", re.ASCII)
_CO: Final = re.compile(r"(协办|督导|抄送)[:：]([^（()）；]+)(?:[（(]([^｜|]*?)(?:[｜|](.*))?[)）])?")
_DATE: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)


@dataclass(frozen=True)
class Spelling:
    """How units, places and conditions are written in the file; a unit may also be given by its code or full name."""

    units: Mapping[str, UnitCode] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    lexicon: Lexicon = Lexicon()

    def named(self, code: str) -> str:
        """What a code is written as."""
        for told in (self.lexicon.facts, self.lexicon.places):
            if code in told:
                return told[code].name or code
        return self.names.get(code, code)


@dataclass(frozen=True)
class Wrong:
    """One thing to mend, with the line it stands in."""

    line: int
    message: Message


@dataclass(frozen=True)
class Reading:
    """What a file holds: its rules with their lines, and what is wrong with it."""

    rules: tuple[tuple[int, DirectoryRule], ...] = ()
    wrong: tuple[Wrong, ...] = ()


class Unread(Exception):
    """A cell that cannot be read."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.message = Message(code, params)


def read_directory(text: str, spelling: Spelling) -> Reading:
    """A whole file as text."""
    rows = _table(text)
    _, header = next(rows, (0, []))
    wrong = [Wrong(1, Message("directory.header_missing", {"column": name})) for name in HEADERS if name not in header]
    strange = [name for name in header if name and name not in HEADERS]
    wrong += [Wrong(1, Message("directory.header_unknown", {"column": name})) for name in strange]
    if wrong:
        return Reading(wrong=tuple(wrong))
    return read_rows(((number, dict(zip(header, cells, strict=False))) for number, cells in rows), spelling)


def read_rows(rows: Iterable[NumberedRow], spelling: Spelling) -> Reading:
    """Rows by their headers, each with its line."""
    rules: list[tuple[int, DirectoryRule]] = []
    wrong: list[Wrong] = []
    for number, row in rows:
        values: dict[str, Any] = {}
        for name, (header, read) in READERS.items():
            try:
                values[name] = read(row.get(header, "").strip(), spelling)
            except Unread as bad:
                wrong.append(Wrong(number, Message(bad.message.code, {"column": header, **bad.message.params})))
        if len(values) == len(READERS):
            groups, without = row.get("词语", "").strip(), row.get("不含词语", "").strip()
            words = read_words(groups, without)
            if words is None:
                wrong.append(Wrong(number, Message("directory.words_form", {"value": groups or without})))
            else:
                rules.append((number, DirectoryRule(words=words, **values)))
    return Reading(tuple(rules), tuple(wrong))


def print_directory(rules: Iterable[DirectoryRule], spelling: Spelling, heading: str = "") -> str:
    """The file again; `heading` is the comment above the header."""
    out = io.StringIO()
    out.write("\ufeff")
    for line in heading.splitlines():
        out.write(f"# {line}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADERS)
    writer.writerows([row[header] for header in HEADERS] for row in (print_rule(rule, spelling) for rule in rules))
    return out.getvalue()


def print_rule(rule: DirectoryRule, spelling: Spelling) -> dict[str, str]:
    """One rule as it stands in the file, by header."""
    groups, without = print_words(rule.words)
    return {
        "规则编号": rule.id,
        "版本": str(rule.version),
        "事项": rule.title,
        "事项分类": "、".join(rule.categories),
        "词语": groups,
        "不含词语": without,
        "场所": "、".join(map(spelling.named, rule.places)),
        "时段": str(rule.hours) if rule.hours else "",
        "条件": "、".join(f"{'' if need.so else NOT + ':'}{spelling.named(need.fact)}" for need in rule.needs),
        "区划": "、".join(rule.regions),
        "主办": _unit_word(rule.lead, spelling),
        "协办": "；".join(_co_word(one, spelling) for one in rule.co_units),
        "依据": rule.basis,
        "说明": rule.note,
        "归口单位": spelling.named(rule.owner),
        "来源": rule.source,
        "启用日期": rule.valid_from.isoformat() if rule.valid_from else "",
        "停用日期": rule.valid_to.isoformat() if rule.valid_to else "",
    }


def _unit_word(unit: UnitCode, spelling: Spelling) -> str:
    return {LOCAL: LOCAL_WORD, ELSEWHERE: ELSEWHERE_WORD}.get(unit) or spelling.named(unit)


def _co_word(one: CoUnit, spelling: Spelling) -> str:
    role = next(word for word, role in ROLE_WORDS.items() if role is one.role)
    outcome = f"｜{one.after}" if one.after else ""
    task = f"（{one.task}{outcome}）" if one.task or outcome else ""
    return f"{role}:{_unit_word(one.unit, spelling)}{task}"


def _table(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their line; comment lines and empty rows are left out."""
    kept = ("\n" if line.startswith(("#", '"#')) else line for line in io.StringIO(text.removeprefix("\ufeff")))
    reader = csv.reader(kept)
    for cells in reader:
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            yield reader.line_num, stripped


# --- cells ---


def _given(cell: str, _spelling: Spelling) -> str:
    if not cell:
        raise Unread("directory.cell_missing")
    return cell


def _id(cell: str, spelling: Spelling) -> str:
    if not _ID.fullmatch(_given(cell, spelling)):
        raise Unread("directory.id_form", value=cell)
    return cell


def _version(cell: str, _spelling: Spelling) -> int:
    if cell and not (cell.isascii() and cell.isdecimal() and len(cell) <= VERSION_DIGITS and int(cell)):
        raise Unread("directory.version_form", value=cell)
    return int(cell or 1)


def _categories(cell: str, spelling: Spelling) -> tuple[str, ...]:
    return tuple(_digits(part, (2, 4, 6), "directory.category_form") for part in _list(_given(cell, spelling)))


def _regions(cell: str, _spelling: Spelling) -> tuple[str, ...]:
    return tuple(_digits(part, (6, 9, 12), "directory.region_form") for part in _list(cell))


def _digits(part: str, lengths: Sequence[int], code: str) -> str:
    if not (part.isascii() and part.isdecimal() and len(part) in lengths):
        raise Unread(code, value=part)
    return part


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("、")] if cell else []


def _places(cell: str, spelling: Spelling) -> tuple[str, ...]:
    codes = {one.name: code for code, one in spelling.lexicon.places.items()}
    return tuple(_one_of(part, codes, "directory.place_unknown") for part in _list(cell))


def _needs(cell: str, spelling: Spelling) -> tuple[Need, ...]:
    codes = {one.name: code for code, one in spelling.lexicon.facts.items()}
    found = []
    for part in _list(cell):
        denied = re.fullmatch(rf"{NOT}[:：](.+)", part)
        found.append(Need(_one_of(denied[1] if denied else part, codes, "directory.condition_unknown"), so=not denied))
    return tuple(found)


def _one_of(word: str, codes: Mapping[str, str], code: str) -> str:
    if word not in codes:
        raise Unread(code, value=word)
    return codes[word]


def _hours(cell: str, _spelling: Spelling) -> Hours | None:
    hours = read_hours(cell) if cell else None
    if cell and hours is None:
        raise Unread("directory.hours_form", value=cell)
    return hours


def _lead(cell: str, spelling: Spelling) -> UnitCode:
    return ELSEWHERE if cell == ELSEWHERE_WORD else _unit(cell, spelling)


def _unit(cell: str, spelling: Spelling) -> UnitCode:
    if _given(cell, spelling) == LOCAL_WORD:
        return LOCAL
    if cell not in spelling.units:
        raise Unread("directory.unit_unknown", value=cell)
    return spelling.units[cell]


def _owner(cell: str, spelling: Spelling) -> UnitCode:
    if cell == LOCAL_WORD:
        raise Unread("directory.unit_unknown", value=cell)
    return _unit(cell, spelling)


def _co_units(cell: str, spelling: Spelling) -> tuple[CoUnit, ...]:
    found = []
    for part in [one.strip() for one in cell.split("；")] if cell else []:
        read = _CO.fullmatch(part)
        if read is None:
            raise Unread("directory.co_form", value=part)
        role, unit, task, after = read.groups(default="")
        found.append(
            CoUnit(role=ROLE_WORDS[role], unit=_unit(unit.strip(), spelling), task=task.strip(), after=after.strip())
        )
    return tuple(found)


def _source(cell: str, _spelling: Spelling) -> str:
    return cell or DIRECTORY


def _day(cell: str, _spelling: Spelling) -> date | None:
    found = _DATE.fullmatch(cell)
    try:
        return date(*map(int, found.groups())) if found else (date.fromisoformat(cell) if cell else None)
    except ValueError:
        raise Unread("directory.date_form", value=cell) from None


def _free(cell: str, _spelling: Spelling) -> str:
    return cell


READERS: Final[Mapping[str, tuple[str, Callable[[str, Spelling], Any]]]] = {
    "id": ("规则编号", _id),
    "version": ("版本", _version),
    "title": ("事项", _given),
    "categories": ("事项分类", _categories),
    "places": ("场所", _places),
    "hours": ("时段", _hours),
    "needs": ("条件", _needs),
    "regions": ("区划", _regions),
    "lead": ("主办", _lead),
    "co_units": ("协办", _co_units),
    "basis": ("依据", _given),
    "note": ("说明", _free),
    "owner": ("归口单位", _owner),
    "source": ("来源", _source),
    "valid_from": ("启用日期", _day),
    "valid_to": ("停用日期", _day),
}
"""Every field of a rule but its words: the header above it, and how its cell is read."""

HEADER_OF: Final[Mapping[str, str]] = {name: header for name, (header, _) in READERS.items()} | {
    "words": "词语",
    "without": "不含词语",
}
"""The header of every cell by the name of what stands in it."""

HEADING: Final = (
    "派单目录：一行一条，供本市编办、司法、热线办核定签字。写法和优先顺序见 docs/rules/jurisdiction.md；"
    "区划留空即全市，主办“属地”即当地管理单位，“引导”即不派单。"
)
"""What stands above the file when it is taken from a page."""

__all__ = [
    "HEADERS",
    "HEADER_OF",
    "HEADING",
    "Reading",
    "Spelling",
    "Words",
    "Wrong",
    "print_directory",
    "print_rule",
    "read_directory",
    "read_rows",
]
