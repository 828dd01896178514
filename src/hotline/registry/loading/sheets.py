"""The tables of a city folder: which file, which columns under which Chinese header, and what each cell may be."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from hotline.registry.lines.models import MergeMode, ReasonList
from hotline.registry.loading.cells import Parse, Value, choice, code, day, digits, labels, text, whole
from hotline.registry.loading.problems import BadCell, Problem
from hotline.registry.regions.models import Level
from hotline.registry.units.models import Group, Kind
from hotline.rules.vocabulary import TASK_FORCE
from hotline.rules.workdays import DayKind


@dataclass(frozen=True)
class Column:
    """One column: its header, the field it fills, how a cell is read, and whether it may stay empty."""

    header: str
    field: str
    parse: Parse
    optional: bool = False
    empty: Value = ""


@dataclass(frozen=True)
class Sheet:
    """One file of a city folder. Rows with the same `key` are repeated rows."""

    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One row as read, with its line in the file."""

    file: str
    number: int
    values: dict[str, Value]

    @property
    def begins(self) -> date:
        """The day from which the row holds; the beginning of time where none is given."""
        value = self.values["valid_from"]
        return value if isinstance(value, date) else date.min

    @property
    def ends(self) -> date:
        """The day on which the row holds no more; the end of time where none is given."""
        value = self.values["valid_to"]
        return value if isinstance(value, date) else date.max

    def text(self, name: str) -> str:
        """A field as text, empty where nothing stands."""
        value = self.values[name]
        return "" if value is None else str(value)


FROM: Final = Column("启用日期", "valid_from", day, optional=True, empty=None)
UNTIL: Final = Column("停用日期", "valid_to", day, optional=True, empty=None)
NAME: Final = Column("名称", "zh", text())
NAME_EN: Final = Column("英文名称", "en", text(), optional=True)
NOTE: Final = Column("说明", "note", text(200), optional=True)
UNIT: Final = code(r"[A-Z0-9]+(-[A-Z0-9]+)*", "大写字母和数字，可用连字符分段")
REGION: Final = digits((6, 9, 12), "6位、9位或12位数字")
WORD: Final = code(r"[a-z0-9]+(_[a-z0-9]+)*", "小写字母和数字，可用下划线分段")

UNITS: Final = Sheet(
    "units.csv",
    (
        Column("单位代码", "code", UNIT),
        Column("全称", "full_name", text()),
        Column("简称", "short_name", text(50)),
        Column("分组", "group", choice(labels(pair for pair in Group.choices if pair[0] != TASK_FORCE))),
        Column("性质", "kind", choice(labels(pair for pair in Kind.choices if pair[0] != TASK_FORCE))),
        Column("层级", "level", whole(1, 5)),
        Column("上级单位", "parent_id", UNIT, optional=True, empty=None),
        Column("行业主管", "line_id", UNIT, optional=True, empty=None),
        Column("所在区划", "region_code", REGION),
        FROM,
        UNTIL,
        Column("备注", "note", text(200), optional=True),
        Column("承接单位", "successor_id", UNIT, optional=True, empty=None),
    ),
    ("code", "valid_from"),
)
REGIONS: Final = Sheet(
    "regions.csv",
    (
        Column("区划代码", "code", REGION),
        Column("名称", "name", text(50)),
        Column("简称", "short_name", text(30)),
        Column("级别", "level", choice(labels(Level.choices))),
        Column("上级区划", "parent_id", REGION, optional=True, empty=None),
        FROM,
        UNTIL,
    ),
    ("code",),
)
MANAGED_BY: Final = Sheet(
    "managed_by.csv",
    (
        Column("区划代码", "region_code", REGION),
        Column("管理单位", "unit_id", UNIT),
        FROM,
        UNTIL,
        Column("依据", "basis", text(200), optional=True),
    ),
    ("region_code", "valid_from"),
)
DIRECTORY: Final = Sheet(
    "directory.csv",
    (
        Column("规则编号", "id", text(12), optional=True),
        Column("版本", "version", text(6), optional=True),
        Column("事项", "title", text(100), optional=True),
        Column("事项分类", "categories", text(300), optional=True),
        Column("词语", "words", text(1000), optional=True),
        Column("不含词语", "without", text(500), optional=True),
        Column("场所", "places", text(200), optional=True),
        Column("时段", "hours", text(20), optional=True),
        Column("条件", "needs", text(300), optional=True),
        Column("区划", "regions", text(500), optional=True),
        Column("主办", "lead", text(100), optional=True),
        Column("协办", "co_units", text(500), optional=True),
        Column("依据", "basis", text(300), optional=True),
        Column("说明", "note", text(300), optional=True),
        Column("归口单位", "owner", text(100), optional=True),
        Column("来源", "source", text(60), optional=True),
        Column("启用日期", "valid_from", text(20), optional=True),
        Column("停用日期", "valid_to", text(20), optional=True),
    ),
    (),
)
"""What its cells may hold is a matter of the rules: `hotline.rules.jurisdiction.sheet` reads them."""

DIRECTORY_WORDS: Final = Sheet(
    "directory_words.csv",
    (
        Column("类别", "kind", choice({"分类": "category", "区划": "region", "场所": "place", "条件": "condition"})),
        Column("代码", "code", text(24)),
        Column("名称", "name", text(60), optional=True),
        Column("问题", "question", text(120), optional=True),
        Column("词语", "words", text(1000), optional=True),
        Column("不含词语", "without", text(500), optional=True),
    ),
    ("kind", "code", "words"),
)
CATEGORIES: Final = Sheet(
    "categories.csv",
    (Column("代码", "code", digits((2, 4, 6), "2位、4位或6位数字")), NAME, NAME_EN, NOTE, FROM, UNTIL),
    ("code",),
)
REQUEST_TYPES: Final = Sheet(
    "request_types.csv",
    (Column("代码", "code", code(r"\d{1,2}", "1至2位数字")), Column("标识", "name", WORD), NAME, NAME_EN, NOTE),
    ("code",),
)
CHANNELS: Final = Sheet(
    "channels.csv",
    (Column("代码", "code", code(r"[A-Z]{2}", "两位大写字母")), NAME, NAME_EN, NOTE),
    ("code",),
)
SOURCE_LINES: Final = Sheet(
    "source_lines.csv",
    (
        Column("号码", "number", code(r"\d{3,12}", "3至12位数字")),
        NAME,
        NAME_EN,
        Column("归并方式", "merge_mode", choice(labels(MergeMode.choices))),
        Column("主管单位", "unit_code", UNIT),
        FROM,
        UNTIL,
    ),
    ("number",),
)
TAGS: Final = Sheet("tags.csv", (Column("代码", "code", WORD), NAME, NAME_EN, FROM, UNTIL), ("code",))
REASONS: Final = Sheet(
    "reasons.csv",
    (
        Column("清单", "list", choice(labels(ReasonList.choices))),
        Column("代码", "code", WORD),
        NAME,
        NAME_EN,
        NOTE,
        Column("英文说明", "note_en", text(200), optional=True),
    ),
    ("list", "code"),
)
ROLES: Final = Sheet(
    "roles.csv",
    (
        Column("代码", "code", WORD),
        NAME,
        NAME_EN,
        Column("说明", "description", text(200), optional=True),
        Column("英文说明", "description_en", text(200), optional=True),
    ),
    ("code",),
)
_KINDS: Final = {kind.value: kind.value for kind in DayKind}
HOLIDAYS: Final = Sheet(
    "*.csv",
    (
        Column("date", "date", day),
        Column("kind", "kind", choice(_KINDS)),
        Column("name", "name", text(40), optional=True),
    ),
    ("date",),
)
CITY_SHEETS: Final = (
    REGIONS,
    UNITS,
    MANAGED_BY,
    DIRECTORY,
    DIRECTORY_WORDS,
    CATEGORIES,
    REQUEST_TYPES,
    CHANNELS,
    SOURCE_LINES,
    TAGS,
    REASONS,
    ROLES,
)


def read_text(path: Path, name: str) -> str | Problem:
    """The text of a file, or why it cannot be read."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Problem(name, "file.missing")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return Problem(name, "file.encoding")
    return Problem(name, "file.gb18030")


def read_sheet(path: Path, sheet: Sheet) -> tuple[list[Line], list[Problem]]:
    """The rows of one file and everything wrong with it; without a usable header there are no rows."""
    found = read_text(path, path.name)
    if isinstance(found, Problem):
        return [], [found]
    rows = _rows(found)
    _, header = next(rows, (0, []))
    if not header:
        return [], [Problem(path.name, "file.empty")]
    problems = _header_problems(path.name, header, sheet)
    if problems:
        return [], problems
    lines: list[Line] = []
    for number, cells in rows:
        line, wrong = _read_row(path.name, number, header, cells, sheet)
        problems += wrong
        lines.append(line)
    return lines, problems + _repeated(lines, sheet, problems)


def _rows(content: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their line number; comment lines (#) and empty rows are left out."""
    kept = ("\n" if line.startswith(("#", '"#')) else line for line in io.StringIO(content))
    reader = csv.reader(kept)
    for cells in reader:
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            yield reader.line_num, stripped


def _header_problems(file: str, header: Sequence[str], sheet: Sheet) -> list[Problem]:
    wanted = [column.header for column in sheet.columns]
    missing = [Problem(file, "header.missing", {"column": name}) for name in wanted if name not in header]
    unknown = [Problem(file, "header.unknown", {"column": name}) for name in header if name and name not in wanted]
    repeated = {name for name in header if name and header.count(name) > 1}
    return missing + unknown + [Problem(file, "header.repeated", {"column": name}) for name in sorted(repeated)]


def _read_row(
    file: str, number: int, header: Sequence[str], cells: Sequence[str], sheet: Sheet
) -> tuple[Line, list[Problem]]:
    problems: list[Problem] = []
    if any(cells[len(header) :]):
        problems.append(Problem(file, "row.width", {"found": len(cells), "expected": len(header)}, number))
    given = dict(zip(header, cells, strict=False))
    values: dict[str, Value] = {}
    for column in sheet.columns:
        cell = given.get(column.header, "")
        try:
            values[column.field] = _read_cell(column, cell)
        except BadCell as bad:
            problems.append(Problem(file, bad.code, {"column": column.header, **bad.params}, number))
            values[column.field] = column.empty
    start, end = values.get("valid_from"), values.get("valid_to")
    if isinstance(start, date) and isinstance(end, date) and end <= start:
        problems.append(Problem(file, "row.dates", {}, number))
    return Line(file, number, values), problems


def _read_cell(column: Column, cell: str) -> Value:
    if cell:
        return column.parse(cell)
    if column.optional:
        return column.empty
    raise BadCell("cell.empty")


def _repeated(lines: Sequence[Line], sheet: Sheet, known: Sequence[Problem]) -> list[Problem]:
    """Rows whose key stands earlier in the file; rows that are wrong already are passed over, as are files whose
    rows are told apart by other rules.
    """
    if not sheet.key:
        return []
    wrong = {problem.line for problem in known}
    first: dict[tuple[Value, ...], int] = {}
    problems: list[Problem] = []
    for line in lines:
        if line.number in wrong:
            continue
        key = tuple(line.values[name] for name in sheet.key)
        if key in first:
            shown = " ".join(str(part) for part in key if part is not None)
            problems.append(Problem(line.file, "row.repeated", {"value": shown, "first": first[key]}, line.number))
        first.setdefault(key, line.number)
    return problems
