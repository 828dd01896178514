"""city.toml: what the city is called, which office runs the hotline, office hours, and which rules hold from when."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from hotline.registry.loading.cells import Value
from hotline.registry.loading.problems import Problem
from hotline.registry.loading.sheets import read_text

FILE: Final = "city.toml"
_TEXTS: Final = {
    "name": ("name", 30),
    "name_en": ("name_en", 60),
    "region": ("code", 6),
    "short": ("short", 10),
    "number_prefix": ("number_prefix", 10),
    "hotline_name": ("hotline_name", 60),
    "hotline_name_en": ("hotline_name_en", 100),
    "office_unit": ("office_unit_code", 24),
    "root_unit": ("root_unit_code", 24),
    "service_hours": ("service_hours", 60),
}
"""The name in the file: the field of the city it fills and the most characters it may have."""


@dataclass(frozen=True)
class CityFacts:
    """What city.toml says."""

    values: Mapping[str, Value]
    holidays: str
    shifts: tuple[tuple[time, time], ...]
    begun: tuple[tuple[date, str], ...]


def read_city_toml(folder: Path) -> tuple[CityFacts | None, list[Problem]]:
    """What city.toml says, or everything wrong with it."""
    found = read_text(folder / FILE, FILE)
    if isinstance(found, Problem):
        return None, [found]
    try:
        data = tomllib.loads(found)
    except tomllib.TOMLDecodeError as error:
        return None, [toml_problem(FILE, error)]
    problems: list[Problem] = []
    known = {*_TEXTS, "holidays", "office_hours", "rule_profile"}
    problems += [Problem(FILE, "city.unknown", {"name": name}) for name in sorted(data.keys() - known)]
    texts = {name: _text(data, name, limit, problems) for name, (_, limit) in _TEXTS.items()}
    holidays = _text(data, "holidays", 200, problems)
    shifts = _shifts(data, problems)
    begun = _begun(data, problems)
    if problems:
        return None, problems
    return CityFacts({_TEXTS[name][0]: value for name, value in texts.items()}, holidays, shifts, begun), []


def toml_problem(file: str, error: tomllib.TOMLDecodeError) -> Problem:
    """The parser's complaint with its line, where it names one."""
    line = re.search(r"line (\d+)", str(error))
    return Problem(file, "file.toml", {"detail": str(error)}, int(line[1]) if line else 0)


def _text(data: Mapping[str, Any], name: str, limit: int, problems: list[Problem]) -> str:
    value = data.get(name)
    if value is None:
        problems.append(Problem(FILE, "city.missing", {"name": name}))
    elif not isinstance(value, str) or not value.strip() or len(value) > limit:
        problems.append(Problem(FILE, "city.wrong", {"name": name, "form": f"1至{limit}个字的文字"}))
    return str(value or "")


def _tables(data: Mapping[str, Any], name: str, problems: list[Problem]) -> list[Mapping[str, Any]]:
    found = data.get(name)
    if not found:
        problems.append(Problem(FILE, "city.missing", {"name": f"[[{name}]]"}))
        return []
    if not isinstance(found, list) or not all(isinstance(part, dict) for part in found):
        problems.append(Problem(FILE, "city.wrong", {"name": name, "form": f"[[{name}]] 段落"}))
        return []
    return found


def _shifts(data: Mapping[str, Any], problems: list[Problem]) -> tuple[tuple[time, time], ...]:
    edges: list[time] = []
    for part in _tables(data, "office_hours", problems):
        for name in ("start", "end"):
            value = part.get(name)
            if isinstance(value, time):
                edges.append(value)
            else:
                problems.append(Problem(FILE, "city.wrong", {"name": f"office_hours.{name}", "form": "08:30:00"}))
    if any(before >= after for before, after in pairwise(edges)):
        problems.append(Problem(FILE, "city.hours"))
    return tuple(zip(edges[::2], edges[1::2], strict=False))


def _begun(data: Mapping[str, Any], problems: list[Problem]) -> tuple[tuple[date, str], ...]:
    found: dict[date, str] = {}
    for part in _tables(data, "rule_profile", problems):
        key, start = part.get("key"), part.get("from")
        if not isinstance(key, str) or not key:
            problems.append(Problem(FILE, "city.wrong", {"name": "rule_profile.key", "form": "规则方案的名称"}))
        elif not isinstance(start, date) or isinstance(start, datetime) or start in found:
            problems.append(Problem(FILE, "city.wrong", {"name": "rule_profile.from", "form": "2021-01-01，且不重复"}))
        else:
            found[start] = key
    return tuple(sorted(found.items()))
