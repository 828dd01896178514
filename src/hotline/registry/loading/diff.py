"""What a load would change, table by table: shown before anything is written, and shown again after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q

from hotline.registry.calendars.models import DaySource
from hotline.registry.keeping.decided import decided_here
from hotline.registry.loading.problems import Problem
from hotline.registry.loading.targets import DAY, IN_FORCE, Retire, Row, Target
from hotline.registry.units.models import DirectoryRule, Group, Unit, UnitTenure
from hotline.rules.jurisdiction import DIRECTORY

Key = tuple[Any, ...]
SHOWN: Final = 20
"""Rows printed for each kind of change of one table; the rest is counted."""


@dataclass(frozen=True)
class Change:
    """One row that differs: its primary key, the row wanted, and the fields that change."""

    key: Key
    pk: Any
    row: Row
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Retired:
    """One row that is no longer in the files. `void` when its owner has other rows there: it was a slip."""

    key: Key
    pk: Any
    shown: str
    void: bool
    valid_from: date | None = None


@dataclass(frozen=True)
class TableDiff:
    """The changes of one table."""

    target: Target
    added: tuple[Row, ...] = ()
    changed: tuple[Change, ...] = ()
    retired: tuple[Retired, ...] = ()

    @property
    def empty(self) -> bool:
        """True when the table is as the files want it."""
        return not (self.added or self.changed or self.retired)


@dataclass(frozen=True)
class CityDiff:
    """What a load changes or, with problems, why nothing may be loaded."""

    tables: tuple[TableDiff, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    applied: bool = False

    @property
    def ok(self) -> bool:
        """True when the files are sound."""
        return not self.problems

    @property
    def empty(self) -> bool:
        """True when nothing differs."""
        return all(table.empty for table in self.tables)

    def counts(self) -> dict[str, tuple[int, int, int]]:
        """Added, changed and retired rows by table, tables without changes left out."""
        return {
            table.target.en: (len(table.added), len(table.changed), len(table.retired))
            for table in self.tables
            if not table.empty
        }

    def lines(self, lang: str = "zh") -> Iterator[str]:
        """The diff for people, in Chinese or English."""
        english = lang.startswith("en")
        if self.problems:
            yield "Nothing was loaded. Please mend:" if english else "没有导入任何内容，请先改正以下问题："
            yield from (f"  {problem.sentence(lang)}" for problem in self.problems)
            return
        if self.empty:
            yield "No differences." if english else "没有差异。"
            return
        for table in self.tables:
            if not table.empty:
                yield from _table_lines(table, english)
        if self.applied:
            yield "Loaded." if english else "已导入。"
        else:
            yield "Nothing written yet." if english else "以上为预览，尚未写入。"


def _table_lines(table: TableDiff, english: bool) -> Iterator[str]:
    numbers = (len(table.added), len(table.changed), len(table.retired))
    if english:
        yield "{}: {} added, {} changed, {} retired".format(table.target.en, *numbers)
    else:
        yield "{}：新增{}，变更{}，停用{}".format(table.target.zh, *numbers)
    target = table.target
    yield from _some(
        [f"  + {_name(_key(target, row))} {row.get(target.shown, '')}".rstrip() for row in table.added], english
    )
    yield from _some(
        [f"  ~ {_name(change.key)} {_fields(target, change, english)}" for change in table.changed], english
    )
    yield from _some([f"  - {_name(row.key)} {row.shown}".rstrip() for row in table.retired], english)


def _some(lines: list[str], english: bool) -> Iterator[str]:
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        more = len(lines) - SHOWN
        yield f"    … {more} more" if english else f"    ……另有{more}条"


def _fields(target: Target, change: Change, english: bool) -> str:
    parts = []
    for name, (old, new) in change.fields.items():
        title = name if english else target.title(name)
        parts.append(f"{title}: {_shown(old)} → {_shown(new)}")
    return ("; " if english else "；").join(parts)


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"[{len(value)}]"
    return "—" if value in (None, "") else str(value)


def _name(key: Key) -> str:
    return " ".join(str(part) for part in key if part is not None)


def _key(target: Target, row: Mapping[str, Any]) -> Key:
    return tuple(row[name] for name in target.key)


def compare(target: Target, rows: list[Row], now: datetime) -> TableDiff:
    """What has to change so that the table holds these rows; what was decided on pages is none of the files'."""
    decided = decided_here() if target.model is DirectoryRule else frozenset()
    rows = [row for row in rows if row["number"] not in decided] if decided else rows
    current = {_key(target, row): row for row in _current(target, rows, decided)}
    added: list[Row] = []
    changed: list[Change] = []
    for row in rows:
        held = current.pop(_key(target, row), None)
        if held is None:
            added.append(row)
            continue
        fields = {name: (held[name], row[name]) for name in target.fields if held[name] != row[name]}
        if fields:
            changed.append(Change(_key(target, row), held["pk"], row, fields))
    owners = {row[target.owner] for row in rows} if target.owner else set()
    gone = [row for row in current.values() if _is_live(target, row, now)]
    retired = [
        Retired(
            _key(target, row),
            row["pk"],
            str(row.get(target.shown, "")),
            void=bool(target.owner) and row[target.owner] in owners,
            valid_from=row.get("valid_from"),
        )
        for row in gone
    ]
    return TableDiff(target, tuple(added), tuple(changed), tuple(retired))


def _current(target: Target, rows: list[Row], decided: frozenset[str]) -> list[Row]:
    """The rows the database holds now, as far as the files speak of them; rules made by rulings are none of theirs."""
    found = target.rows.all()
    if target is DAY:
        years = {row["date"].year for row in rows}
        found = found.filter(source=DaySource.NOTICE, date__year__in=years)
    if target is IN_FORCE:
        found = found.filter(decided_here=False)
    if target.model is DirectoryRule:
        numbers = {row["number"] for row in rows}
        found = found.filter(Q(source=DIRECTORY) | Q(number__in=numbers)).exclude(number__in=decided)
    if target.model is Unit:
        found = found.exclude(group=Group.TASK_FORCE)
    elif target.model is UnitTenure:
        found = found.exclude(unit__group=Group.TASK_FORCE)
    names = dict.fromkeys((*target.key, *target.fields))
    return list(found.values("pk", *names))


def _is_live(target: Target, row: Row, now: datetime) -> bool:
    """True when a row that is not in the files still has to be ended."""
    if target.retire is Retire.KEEP:
        return False
    if target.retire is Retire.FLAG:
        return bool(row["active"])
    start, end = row["valid_from"], row["valid_to"]
    if start is not None and start == end:
        return False
    return end is None or end > now.date()
