"""The dispatch directory of a city folder: read, held against the city's lists, and made ready for table or rules."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from hotline.registry.loading import sheets
from hotline.registry.loading.problems import Problem
from hotline.registry.loading.sheets import Line
from hotline.registry.units.rules import columns_of, telling
from hotline.rules.jurisdiction import Directory, DirectoryRule, Lexicon, Telling, WordKind
from hotline.rules.jurisdiction.checking import Lists, check_directory
from hotline.rules.jurisdiction.lexicon import NOWHERE, OUTSIDE
from hotline.rules.jurisdiction.sheet import READERS, Reading, Spelling, Wrong, read_rows
from hotline.rules.jurisdiction.words import read_words
from hotline.rules.sentences import render
from hotline.rules.vocabulary import UnitCode

Tables = Mapping[str, tuple[Line, ...]]
FILE = sheets.DIRECTORY.file


def directory_problems(tables: Tables) -> Iterator[Problem]:
    """What is wrong with the directory's file."""
    reading = _read(tables)
    for wrong in (*reading.wrong, *check_directory(reading.rules, lists_of(tables))):
        yield _problem(wrong)


def word_problems(tables: Tables) -> Iterator[Problem]:
    """Words that cannot be read or tell of something the city does not have."""
    categories = {line.text("code") for line in tables[sheets.CATEGORIES.file]}
    regions = {line.text("code") for line in tables[sheets.REGIONS.file]}
    for line in tables[sheets.DIRECTORY_WORDS.file]:
        code, kind = line.text("code"), line.text("kind")
        if read_words(line.text("words"), line.text("without")) is None:
            yield Problem(line.file, "words.form", {"value": line.text("words") or line.text("without")}, line.number)
        if kind == WordKind.CATEGORY and code not in categories:
            yield Problem(line.file, "category.unknown", {"column": "代码", "value": code}, line.number)
        if (
            kind == WordKind.REGION
            and code not in {OUTSIDE, NOWHERE}
            and not any(known.startswith(code) for known in regions)
        ):
            yield Problem(line.file, "region.unknown", {"column": "代码", "value": code}, line.number)


def _problem(wrong: Wrong) -> Problem:
    """A sentence of the rules as a problem of the file; its own full stop is left to the file's sentence."""
    said = {lang: render(wrong.message, lang).rstrip("。.") for lang in ("zh", "en")}
    return Problem(FILE, "directory.wrong", said, wrong.line)


def rules_of(tables: Tables) -> tuple[DirectoryRule, ...]:
    """The rules of a sound file, in its order."""
    return tuple(rule for _, rule in _read(tables).rules)


def rule_rows(tables: Tables) -> list[dict[str, Any]]:
    """The rows the table of rules should hold."""
    return [columns_of(rule) for rule in rules_of(tables)]


def word_rows(tables: Tables) -> list[dict[str, Any]]:
    """The rows the table of words should hold; words have no dates of their own."""
    lines = tables[sheets.DIRECTORY_WORDS.file]
    return [{**line.values, "valid_from": None, "valid_to": None} for line in lines]


def _read(tables: Tables) -> Reading:
    headers = {name: header for name, (header, _) in READERS.items()}
    headers |= {"words": "词语", "without": "不含词语"}
    lines = tables[FILE]
    rows = ((line.number, {header: line.text(name) for name, header in headers.items()}) for line in lines)
    return read_rows(rows, spelling_of(tables))


def spelling_of(tables: Tables) -> Spelling:
    """How the files write units: by short name; full names, former names and codes are understood too."""
    units: dict[str, UnitCode] = {}
    names: dict[str, str] = {}
    for line in sorted(tables[sheets.UNITS.file], key=lambda line: line.begins):
        code = UnitCode(line.text("code"))
        units |= dict.fromkeys((line.text("full_name"), line.text("short_name"), code), code)
        names[code] = line.text("short_name")
    return Spelling(units=units, names=names, lexicon=lexicon_of(tables))


def lexicon_of(tables: Tables) -> Lexicon:
    """The city's words and the names of its places."""
    regions = {line.text("code"): (line.text("name"), line.text("short_name")) for line in tables[sheets.REGIONS.file]}
    return Lexicon(tuple(_telling(line) for line in tables[sheets.DIRECTORY_WORDS.file]), regions)


def _telling(line: Line) -> Telling:
    names = ("kind", "code", "words", "without")
    return telling(*map(line.text, names), name=line.text("name"), question=line.text("question"))


def lists_of(tables: Tables) -> Lists:
    """The city's lists that the directory must fit."""
    units: dict[str, date | None] = {}
    for line in sorted(tables[sheets.UNITS.file], key=lambda line: line.begins):
        ends = line.values["valid_to"]
        units[line.text("code")] = ends if isinstance(ends, date) else None
    return Lists(
        units=units,
        categories=frozenset(line.text("code") for line in tables[sheets.CATEGORIES.file]),
        regions=frozenset(line.text("code") for line in tables[sheets.REGIONS.file]),
        names=spelling_of(tables).names,
    )


def directory_of(tables: Tables, day: date) -> Directory:
    """The directory of that day straight from sound files, without a database."""
    managed = _managed(tables, day)
    units = sorted(tables[sheets.UNITS.file], key=lambda line: line.begins)
    return Directory(
        rules=tuple(rule for rule in rules_of(tables) if rule.holds(day)),
        managed=managed,
        lexicon=lexicon_of(tables),
        names={line.text("code"): line.text("short_name") for line in units},
        full_names={line.text("code"): line.text("full_name") for line in units},
        categories={line.text("code"): line.text("zh") for line in tables[sheets.CATEGORIES.file]},
    )


def _managed(tables: Tables, day: date) -> dict[str, UnitCode]:
    """Who manages each region that day: its own line, or that of the nearest region around it."""
    own = {
        line.text("region_code"): UnitCode(line.text("unit_id"))
        for line in tables[sheets.MANAGED_BY.file]
        if line.begins <= day < line.ends
    }
    parents = {line.text("code"): line.text("parent_id") for line in tables[sheets.REGIONS.file]}
    found: dict[str, UnitCode] = {}
    for code in parents:
        above = code
        while above and above not in own:
            above = parents.get(above, "")
        if above:
            found[code] = own[above]
    return found
