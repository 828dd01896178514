"""Hefei straight from its files, without a database: units, streets, rules, and people in every unit."""

import csv
import tomllib
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from hotline.registry.loading.directory import directory_of
from hotline.registry.loading.read import read_city
from hotline.rules.jurisdiction import Directory
from hotline.rules.lifecycle import Actor, Reference, Rulebook
from hotline.rules.lives import Life
from hotline.rules.profiles import parse_profile
from hotline.rules.vocabulary import CITY_TZ, OFFICE_ROLES, RegionCode, Role, UnitCode
from hotline.rules.workdays import Calendar, read_rows
from hotline.sim.city import lives
from hotline.sim.course import Refused
from hotline.sim.matters import Phrasebook, parse_matters
from hotline.sim.town import Region, Unit

DATA: Final = Path(__file__).resolve().parents[2] / "data"
UNTIL: Final = datetime(2026, 6, 10, 15, 20, tzinfo=CITY_TZ)
START: Final = datetime(2026, 4, 15, 0, 0, tzinfo=CITY_TZ)
LISTS: Final = {
    "不予受理": "not_accepted", "紧急转接": "emergency_line", "退单": "return", "延期": "extension",
    "暂停计时": "pause", "不满意原因": "dissatisfied",
    "免回访": "no_callback", "办结原因": "close", "挂账": "park", "作废": "void",
    "审核要点": "review_checklist", "结果评级": "review_grade",
}  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the city's tables that are in force."""
    text = (DATA / "hefei" / name).read_text(encoding="utf-8-sig")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return [row for row in csv.DictReader(lines) if not row.get("停用日期")]


@cache
def phrasebook() -> Phrasebook:
    """The matters of the demonstration."""
    return parse_matters(tables())


def tables() -> dict[str, Any]:
    """The files of the demonstration, put together."""
    found: dict[str, Any] = {"matter": []}
    for path in sorted((DATA / "demo" / "matters").glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        found["matter"] += table.pop("matter", [])
        found |= table
    return found


@cache
def units() -> tuple[Unit, ...]:
    """All units."""
    return tuple(
        Unit(code=UnitCode(row["单位代码"]), name=row["简称"], parent=row["上级单位"], line=row["行业主管"])
        for row in rows("units.csv")
    )


@cache
def regions() -> tuple[Region, ...]:
    """All streets and towns with who manages them."""
    managers = {row["区划代码"]: row["管理单位"] for row in rows("managed_by.csv")}
    offices = {row["所在区划"]: row["单位代码"] for row in rows("units.csv") if row["分组"] == "街道乡镇"}
    return tuple(
        Region(
            code=RegionCode(row["区划代码"]),
            name=row["名称"],
            manager=UnitCode(managers.get(row["区划代码"]) or managers[row["上级区划"]]),
            office=UnitCode(offices[row["区划代码"]]) if row["区划代码"] in offices else None,
        )
        for row in rows("regions.csv")
        if row["级别"] == "街道乡镇"
    )


@cache
def staff() -> tuple[Actor, ...]:
    """Somebody for everything."""
    office = [Actor(id=f"{role}{n}", roles=frozenset({role})) for role in sorted(OFFICE_ROLES) for n in (1, 2)]
    return (*office, *_of_units())


def _of_units() -> Iterator[Actor]:
    below: dict[str, set[str]] = {}
    for unit in units():
        below.setdefault(unit.parent, set()).add(unit.code)
    districts = {region.manager for region in regions()}
    for unit in units():
        covers = frozenset(map(UnitCode, {unit.code, *below.get(unit.code, ())}))
        roles = [Role.UNIT_HANDLER, Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.UNIT_HEAD]
        roles += [Role.DISTRICT_DISPATCHER] * (unit.code in districts)
        for role in roles:
            yield Actor(id=f"{unit.code}/{role}", roles=frozenset({role}), unit=unit.code, covers=covers)


@cache
def directory() -> Directory:
    """The dispatch directory as shipped."""
    found, problems = read_city(DATA / "hefei")
    assert found is not None, [problem.sentence() for problem in problems]
    return directory_of(found.tables, UNTIL.date())


@cache
def book() -> Rulebook:
    """The rules of Hefei's own profile."""
    codelists: dict[str, set[str]] = {}
    for row in rows("reasons.csv"):
        codelists.setdefault(LISTS.get(row["清单"], row["清单"]), set()).add(row["代码"])
    codelists["source_line"] = {row["号码"] for row in rows("source_lines.csv")}
    return Rulebook(
        profile=parse_profile(tomllib.loads((DATA / "hefei/profiles/hefei-2021.toml").read_text(encoding="utf-8"))),
        calendar=Calendar.from_rows(read_rows((DATA / "holidays/cn-2004-2026.csv").read_text(encoding="utf-8"))),
        reference=Reference(
            units=frozenset(unit.code for unit in units()),
            categories=frozenset(row["代码"] for row in rows("categories.csv") if len(row["代码"]) == 6),
            regions=frozenset(row["区划代码"] for row in rows("regions.csv")),
            codelists={name: frozenset(codes) for name, codes in codelists.items()},
        ),
        directory=directory(),
    )


def book_at(_at: datetime, _profile: str) -> Rulebook:
    """One set of rules for the whole time."""
    return book()


def city(seed: int = 7, **changes: Any) -> tuple[list[Life], list[Refused]]:
    """Some weeks of the city, and the moves that the rules refused."""
    refused: list[Refused] = []
    settings: dict[str, Any] = {
        "start": START, "until": UNTIL, "book_at": book_at, "units": units(), "regions": regions(),
        "staff": staff(), "phrasebook": phrasebook(), "per_day": 10.0, "refused": refused,
    } | changes  # fmt: skip
    return list(lives(rng=Random(seed), **settings)), refused  # noqa: S311  # a city by lot, not a secret
