"""Reads a whole city folder and says everything that is wrong with it; touches no database.

Files are read first, each as far as it goes; then they are held against each other where both sides are sound.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hotline.registry.loading.checks import cross_problems
from hotline.registry.loading.city_toml import CityFacts, read_city_toml, toml_problem
from hotline.registry.loading.problems import Problem
from hotline.registry.loading.sheets import CITY_SHEETS, HOLIDAYS, Line, read_sheet, read_text
from hotline.rules.profile_marks import marks_kept, read_marks
from hotline.rules.profiles import Profile, ProfileError, parse_profile


@dataclass(frozen=True)
class CityFiles:
    """A sound city folder."""

    facts: CityFacts
    tables: Mapping[str, tuple[Line, ...]]
    days: tuple[Line, ...]
    profiles: tuple[Profile, ...]
    marks: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)


def read_city(folder: Path) -> tuple[CityFiles | None, list[Problem]]:
    """The folder's content, or every problem found; never both."""
    facts, problems = read_city_toml(folder)
    tables: dict[str, tuple[Line, ...]] = {}
    for sheet in CITY_SHEETS:
        lines, wrong = read_sheet(folder / sheet.file, sheet)
        problems += wrong
        if not wrong:
            tables[sheet.file] = tuple(lines)
    profiles, wrong = _read_profiles(folder / "profiles")
    problems += wrong
    days, wrong = _read_days(folder / facts.holidays) if facts else ((), [])
    problems += wrong
    problems += cross_problems(facts, tables, profiles)
    if facts is None or problems:
        return None, sorted(problems, key=lambda problem: (problem.file, problem.line))
    return CityFiles(facts, tables, days, profiles, _marks(folder / "profiles")), []


def _read_days(folder: Path) -> tuple[tuple[Line, ...], list[Problem]]:
    files = sorted(folder.glob(HOLIDAYS.file))
    if not files:
        return (), [Problem(f"{folder.name}/{HOLIDAYS.file}", "file.missing")]
    lines: list[Line] = []
    problems: list[Problem] = []
    for path in files:
        found, wrong = read_sheet(path, HOLIDAYS)
        lines += found
        problems += wrong
    return tuple(lines), problems


def _read_profiles(folder: Path) -> tuple[tuple[Profile, ...], list[Problem]]:
    files = sorted(folder.glob("*.toml"))
    if not files:
        return (), [Problem("profiles/*.toml", "file.missing")]
    profiles: dict[tuple[str, int], tuple[Profile, str]] = {}
    problems: list[Problem] = []
    for path in files:
        name = f"profiles/{path.name}"
        found = _read_profile(path, name)
        if isinstance(found, list):
            problems += found
        elif (found.key, found.version) in profiles:
            first = profiles[found.key, found.version][1]
            problems.append(Problem(name, "profile.repeated", {"value": found.version_key, "first": first}))
        else:
            profiles[found.key, found.version] = found, name
    return tuple(found for found, _ in profiles.values()), problems


def _marks(folder: Path) -> dict[str, dict[str, list[str]]]:
    """The evidence marks of every sound profile, by its version."""
    found = {}
    for path in folder.glob("*.toml"):
        text = path.read_text("utf-8")
        found[parse_profile(tomllib.loads(text)).version_key] = marks_kept(read_marks(text))
    return found


def _read_profile(path: Path, name: str) -> Profile | list[Problem]:
    content = read_text(path, name)
    if isinstance(content, Problem):
        return [content]
    try:
        return parse_profile(tomllib.loads(content))
    except tomllib.TOMLDecodeError as error:
        return [toml_problem(name, error)]
    except ProfileError as error:
        return [Problem(name, "profile.wrong", {"detail": line}) for line in str(error).splitlines()]
