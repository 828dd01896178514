"""Holds the files of a city against each other: does every unit named exist, does every chain of parents end.

A check runs only when all files it looks at could be read, so that one slip is reported once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from hotline.registry.loading import sheets
from hotline.registry.loading.city_toml import FILE as CITY_FILE
from hotline.registry.loading.city_toml import CityFacts
from hotline.registry.loading.directory import directory_problems, word_problems
from hotline.registry.loading.problems import Problem
from hotline.registry.loading.sheets import Line, Sheet
from hotline.registry.regions.models import Level
from hotline.rules.profiles import Profile
from hotline.rules.vocabulary import Channel, RequestType, Role

Tables = Mapping[str, tuple[Line, ...]]
Check = Callable[[Tables], Iterator[Problem]]


def cross_problems(facts: CityFacts | None, tables: Tables, profiles: Sequence[Profile]) -> list[Problem]:
    """Everything that does not fit together."""
    found: list[Problem] = []
    for needed, check in CHECKS:
        if all(sheet.file in tables for sheet in needed):
            found += check(tables)
    if facts is not None:
        found += _city(facts, tables, profiles)
    if sheets.REASONS.file in tables:
        found += _pause_reasons(tables, profiles)
    return found


def _codes(tables: Tables, sheet: Sheet, field: str = "code") -> set[str]:
    return {line.text(field) for line in tables[sheet.file]}


def _unknown(lines: Iterable[Line], fields: Mapping[str, str], known: set[str], code: str) -> Iterator[Problem]:
    """Rows that name something which is not there; `fields` gives each field its header."""
    for line in lines:
        for field, header in fields.items():
            value = line.text(field)
            if value and value not in known:
                yield Problem(line.file, code, {"column": header, "value": value}, line.number)


def _units(tables: Tables) -> Iterator[Problem]:
    lines = tables[sheets.UNITS.file]
    named = {"parent_id": "上级单位", "line_id": "行业主管", "successor_id": "承接单位"}
    yield from _unknown(lines, named, _codes(tables, sheets.UNITS), "unit.unknown")
    yield from _overlaps(lines, "code")
    for line in lines:
        if line.text("line_id") == line.text("code"):
            yield Problem(line.file, "unit.self", {"value": line.text("code")}, line.number)
    yield from _successors(lines)
    yield from _cycles(lines)


def _successors(lines: Sequence[Line]) -> Iterator[Problem]:
    """A successor is named in the last row of a unit that ends, and is there on the day from which it stands in."""
    by_code: dict[str, list[Line]] = {}
    for line in lines:
        by_code.setdefault(line.text("code"), []).append(line)
    for line in lines:
        code, named, day = line.text("code"), line.text("successor_id"), line.ends
        if not named:
            continue
        if day == date.max or any(later.begins >= day for later in by_code[code]):
            yield Problem(line.file, "unit.not_ended", {"value": code}, line.number)
        elif (spans := by_code.get(named)) and not any(span.begins <= day < span.ends for span in spans):
            yield Problem(line.file, "unit.successor_away", {"value": named, "day": day}, line.number)


def _overlaps(lines: Iterable[Line], field: str) -> Iterator[Problem]:
    """Rows of the same unit or region whose spans of time touch each other."""
    by_code: dict[str, list[Line]] = {}
    for line in lines:
        by_code.setdefault(line.text(field), []).append(line)
    for code, same in by_code.items():
        ordered = sorted(same, key=lambda line: line.begins)
        for before, after in pairwise(ordered):
            if before.ends > after.begins:
                yield Problem(after.file, "row.overlap", {"value": code, "first": before.number}, after.number)


def _cycles(lines: Sequence[Line]) -> Iterator[Problem]:
    """Units that stand above themselves, on any day on which a row begins."""
    reported: set[str] = set()
    for day in sorted({line.begins for line in lines}):
        standing = {line.text("code"): line for line in lines if line.begins <= day < line.ends}
        parents = {code: line.text("parent_id") for code, line in standing.items()}
        for code in parents:
            if code not in reported and _stands_above_itself(code, parents):
                reported.add(code)
                line = standing[code]
                yield Problem(line.file, "unit.cycle", {"value": code, "day": day}, line.number)


def _stands_above_itself(code: str, parents: Mapping[str, str]) -> bool:
    above, seen = parents.get(code, ""), set[str]()
    while above and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = parents.get(above, "")
    return False


_ABOVE: Final = {
    Level.CITY: None,
    Level.DISTRICT: Level.CITY,
    Level.STREET: Level.DISTRICT,
    Level.COMMUNITY: Level.STREET,
}


def _regions(tables: Tables) -> Iterator[Problem]:
    lines = tables[sheets.REGIONS.file]
    levels = {line.text("code"): Level(line.text("level")) for line in lines}
    yield from _unknown(lines, {"parent_id": "上级区划"}, set(levels), "region.unknown")
    for line in lines:
        parent, level = line.text("parent_id"), levels[line.text("code")]
        expected = _ABOVE[level]
        if (levels.get(parent, expected) if parent else None) is not expected:
            params = {
                "value": line.text("name"),
                "level": level.label,
                "expected": expected.label if expected else "空",
            }
            yield Problem(line.file, "region.level", params, line.number)


def _unit_regions(tables: Tables) -> Iterator[Problem]:
    known = _codes(tables, sheets.REGIONS)
    yield from _unknown(tables[sheets.UNITS.file], {"region_code": "所在区划"}, known, "region.unknown")


def _managed(tables: Tables) -> Iterator[Problem]:
    lines = tables[sheets.MANAGED_BY.file]
    yield from _unknown(lines, {"unit_id": "管理单位"}, _codes(tables, sheets.UNITS), "unit.unknown")
    yield from _unknown(lines, {"region_code": "区划代码"}, _codes(tables, sheets.REGIONS), "region.unknown")
    yield from _overlaps(lines, "region_code")


def _source_lines(tables: Tables) -> Iterator[Problem]:
    known = _codes(tables, sheets.UNITS)
    yield from _unknown(tables[sheets.SOURCE_LINES.file], {"unit_code": "主管单位"}, known, "unit.unknown")


def _categories(tables: Tables) -> Iterator[Problem]:
    lines = tables[sheets.CATEGORIES.file]
    codes = _codes(tables, sheets.CATEGORIES)
    parents = {code[:-2] for code in codes}
    for line in lines:
        code = line.text("code")
        if len(code) > 2 and code[:-2] not in codes:
            yield Problem(line.file, "category.parent", {"value": code, "parent": code[:-2]}, line.number)
        if len(code) == 4 and code not in parents:
            yield Problem(line.file, "category.leafless", {"value": code}, line.number)


def _vocabulary(sheet: Sheet, field: str, words: Iterable[str]) -> Check:
    """A list the rules know by heart: the file may name its words, not add or drop any."""

    def check(tables: Tables) -> Iterator[Problem]:
        known = set(words)
        for line in tables[sheet.file]:
            if line.text(field) not in known:
                yield Problem(line.file, "vocabulary.unknown", {"value": line.text(field)}, line.number)
        for missing in sorted(known - _codes(tables, sheet, field)):
            yield Problem(sheet.file, "vocabulary.missing", {"value": missing})

    return check


def _city(facts: CityFacts, tables: Tables, profiles: Sequence[Profile]) -> Iterator[Problem]:
    if sheets.UNITS.file in tables:
        known = _codes(tables, sheets.UNITS)
        for field, name in (("office_unit_code", "office_unit"), ("root_unit_code", "root_unit")):
            if facts.values[field] not in known:
                yield Problem(CITY_FILE, "unit.unknown", {"column": name, "value": facts.values[field]})
    if sheets.REGIONS.file in tables and facts.values["code"] not in _codes(tables, sheets.REGIONS):
        yield Problem(CITY_FILE, "region.unknown", {"column": "region", "value": facts.values["code"]})
    keys = {profile.key for profile in profiles}
    for _, key in facts.begun:
        if key not in keys:
            yield Problem(CITY_FILE, "profile.unknown", {"value": key})


def _pause_reasons(tables: Tables, profiles: Sequence[Profile]) -> Iterator[Problem]:
    known = {line.text("code") for line in tables[sheets.REASONS.file] if line.text("list") == "pause"}
    for profile in profiles:
        for reason in profile.pause.reasons:
            if reason not in known:
                params = {"profile": profile.version_key, "value": reason}
                yield Problem(sheets.REASONS.file, "profile.reason", params)


CHECKS: Final[tuple[tuple[tuple[Sheet, ...], Check], ...]] = (
    ((sheets.UNITS,), _units),
    ((sheets.REGIONS,), _regions),
    ((sheets.UNITS, sheets.REGIONS), _unit_regions),
    ((sheets.MANAGED_BY, sheets.UNITS, sheets.REGIONS), _managed),
    ((sheets.DIRECTORY_WORDS, sheets.REGIONS, sheets.CATEGORIES), word_problems),
    (
        (sheets.DIRECTORY, sheets.DIRECTORY_WORDS, sheets.UNITS, sheets.REGIONS, sheets.CATEGORIES),
        directory_problems,
    ),
    ((sheets.SOURCE_LINES, sheets.UNITS), _source_lines),
    ((sheets.CATEGORIES,), _categories),
    ((sheets.REQUEST_TYPES,), _vocabulary(sheets.REQUEST_TYPES, "name", RequestType)),
    ((sheets.CHANNELS,), _vocabulary(sheets.CHANNELS, "code", Channel)),
    ((sheets.ROLES,), _vocabulary(sheets.ROLES, "code", Role)),
)
