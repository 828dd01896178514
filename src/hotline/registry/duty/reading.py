"""A file of turns: looked at line by line first, then all of it or nothing. Offices keep their rosters as sheets."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import transaction

from hotline.registry.duty.checking import KINDS, TurnData, read_moment, said_span, turn_refusals
from hotline.registry.duty.commands import DENIED, turn_columns, wait_for_roster
from hotline.registry.duty.models import DutyTurn
from hotline.registry.duty.standing import keeps
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal

MOST_LINES: Final = 2000
MOST_BYTES: Final = 1_000_000
COLUMNS: Final[Mapping[str, str]] = {
    "单位": "unit",
    "班次": "kind",
    "开始": "begins",
    "结束": "ends",
    "姓名": "name",
    "电话": "phone",
}
SAMPLE: Final = (
    "# 一行一个班次。单位填单位代码，班次填白班、夜班或者带班领导，时间写成 2026-10-03 18:00。\n"
    "单位,班次,开始,结束,姓名,电话\n"
    "CGJ,夜班,2026-10-03 18:00,2026-10-04 08:00,赵海涛,13800000001\n"
    "CGJ,带班领导,2026-10-03 08:00,2026-10-04 08:00,周文斌,13800000002\n"
)


@dataclass(frozen=True)
class SheetLine:
    """One turn of the file, with everything wrong about the line."""

    number: int
    data: TurnData
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A file as it was read; `refusals` are about the file as a whole."""

    lines: tuple[SheetLine, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    written: int = 0

    @property
    def ok(self) -> bool:
        """Whether every line can be taken."""
        return bool(self.lines) and not self.refusals and not any(line.refusals for line in self.lines)


def read_sheet(content: bytes, *, units: Collection[str], actor: Actor, now: datetime) -> Sheet:
    """The file's turns, judged but not written. `units` are the codes of the city's units."""
    try:
        text = content.decode("utf-8-sig")
        rows = _rows(text) if len(content) <= MOST_BYTES and "\x00" not in text else None
    except (UnicodeDecodeError, csv.Error):
        rows = None
    if rows is None:
        return Sheet(refusals=(Refusal("duty_file.unreadable"),))
    if len(rows) < 2:
        return Sheet(refusals=(Refusal("duty_file.empty"),))
    if len(rows) - 1 > MOST_LINES:
        return Sheet(refusals=(Refusal("duty_file.too_large", {"limit": MOST_LINES}),))
    heading = rows[0][1]
    missing = tuple(Refusal("duty_file.column_missing", {"column": name}) for name in COLUMNS if name not in heading)
    if missing:
        return Sheet(refusals=missing)
    lines = [_line(number, heading, cells, units, actor, now) for number, cells in rows[1:]]
    return Sheet(tuple(_judged(lines)))


def import_sheet(*, content: bytes, units: Collection[str], actor: Actor, now: datetime) -> Sheet:
    """All turns of a faultless file; nothing of any other."""
    with transaction.atomic():
        first = read_sheet(content, units=units, actor=actor, now=now)
        if not first.ok:
            return first
        for unit in sorted({line.data.unit for line in first.lines}):
            wait_for_roster(unit)
        sheet = read_sheet(content, units=units, actor=actor, now=now)
        if not sheet.ok:
            return sheet
        DutyTurn.objects.bulk_create(DutyTurn(**turn_columns(line.data, actor, now)) for line in sheet.lines)
    return replace(sheet, written=len(sheet.lines))


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The lines with their numbers, comments and blank ones left out."""
    reader = csv.reader(io.StringIO(text, newline=""))
    rows = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    return [(number, cells) for number, cells in rows if any(cells) and not cells[0].startswith("#")]


def _line(
    number: int, heading: Sequence[str], cells: Sequence[str], units: Collection[str], actor: Actor, now: datetime
) -> SheetLine:
    given = dict(zip(heading, cells, strict=False))
    said = {name: given.get(column, "") for column, name in COLUMNS.items()}
    kind = KINDS.get(said["kind"])
    data = TurnData(
        unit=said["unit"],
        kind=kind.value if kind else said["kind"],
        begins_at=read_moment(said["begins"]),
        ends_at=read_moment(said["ends"]),
        name=said["name"],
        phone=said["phone"],
    )
    if len(cells) != len(heading):
        return SheetLine(number, data, (Refusal("duty_file.line_broken"),))
    refusals = [*_unit_refusals(data.unit, units, actor), *_with_texts(turn_refusals(data, now), said)]
    return SheetLine(number, data, tuple(refusals))


def _unit_refusals(unit: str, units: Collection[str], actor: Actor) -> Iterator[Refusal]:
    if not unit:
        yield Refusal("duty.unit_missing", field="unit")
    elif unit not in units:
        yield Refusal("duty.no_unit", {"unit": unit[:24]}, field="unit")
    elif not keeps(actor, unit):
        yield DENIED


def _with_texts(refusals: Sequence[Refusal], said: Mapping[str, str]) -> Iterator[Refusal]:
    """A moment that can't be read is repeated as it stands in the sheet."""
    for refusal in refusals:
        if refusal.code == "duty.time_malformed":
            text = said["begins" if refusal.field == "begins_at" else "ends"]
            yield Refusal(refusal.code, {"text": text[:20]}, field=refusal.field)
        else:
            yield refusal


Span = tuple[datetime, datetime, int]
"""From when to when, and the line of the file; 0 for what is planned already."""


def _judged(lines: Sequence[SheetLine]) -> Iterator[SheetLine]:
    """What lines say together: a person twice at the same time, in the file or in what is planned already."""
    taken = _planned([line.data for line in lines if not line.refusals])
    for line in lines:
        data = line.data
        if line.refusals or data.begins_at is None or data.ends_at is None:
            yield line
            continue
        theirs = taken.setdefault((data.unit, data.kind, data.name), [])
        clash = next((one for one in theirs if one[0] < data.ends_at and one[1] > data.begins_at), None)
        theirs.append((data.begins_at, data.ends_at, line.number))
        yield replace(line, refusals=(_clash(data.name, clash),)) if clash else line


def _planned(wanted: Sequence[TurnData]) -> dict[tuple[str, str, str], list[Span]]:
    """What the units of a file have planned, in one statement."""
    begins = [data.begins_at for data in wanted if data.begins_at]
    taken: dict[tuple[str, str, str], list[Span]] = {}
    if begins:
        rows = DutyTurn.objects.filter(unit__in={d.unit for d in wanted}, cancelled_at=None, ends_at__gt=min(begins))
        for row in rows.order_by("begins_at"):
            taken.setdefault((row.unit, row.kind, row.name), []).append((row.begins_at, row.ends_at, 0))
    return taken


def _clash(name: str, span: Span) -> Refusal:
    begins, ends, line = span
    if line:
        return Refusal("duty_file.twice", {"line": line})
    return Refusal("duty.overlaps", {"name": name, **said_span(begins, ends)}, field="begins_at")
