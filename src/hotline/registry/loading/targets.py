"""Which rows of which registry a city's files stand for: read lines become the rows the database should hold."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from django.db import models

from hotline.registry import pinyin
from hotline.registry.calendars.commands import profile_columns
from hotline.registry.calendars.models import (
    CalendarDay,
    DaySource,
    OfficeShift,
    ProfileInForce,
    PublishedYear,
    StoredProfile,
)
from hotline.registry.categories.models import Category, RequestType
from hotline.registry.lines.models import Channel, ReasonCode, SourceLine, Tag
from hotline.registry.loading import sheets
from hotline.registry.loading.directory import rule_rows, word_rows
from hotline.registry.loading.read import CityFiles
from hotline.registry.loading.sheets import Line, Sheet
from hotline.registry.people.models import RoleCard
from hotline.registry.regions.models import City, Region
from hotline.registry.units.models import RegionManagement, Unit, UnitTenure
from hotline.registry.units.rule_models import DirectoryRule, DirectoryWord
from hotline.rules.profiles import Profile
from hotline.rules.workdays import DayKind

Row = dict[str, Any]


class Retire(Enum):
    """What becomes of a row that is no longer in the files; none is ever deleted."""

    KEEP = "keep"
    DATED = "dated"
    FLAG = "flag"


@dataclass(frozen=True)
class Target:
    """One table of the database. `owner` names the thing whose history the rows are, where they are one."""

    zh: str
    en: str
    model: type[models.Model]
    key: tuple[str, ...]
    fields: tuple[str, ...]
    retire: Retire = Retire.KEEP
    owner: str = ""
    shown: str = ""
    derive: Callable[[Row, datetime], Row] = lambda _row, _now: {}

    @property
    def rows(self) -> "models.Manager[Any]":
        """The table's rows."""
        return self.model._default_manager  # noqa: SLF001 - Django's documented name for any model's manager

    @property
    def pk(self) -> str:
        """The attribute of the primary key."""
        found = self.model._meta.pk  # noqa: SLF001 - documented model API
        return found.attname if found else "pk"

    def title(self, field: str) -> str:
        """What a field is called in Chinese."""
        found = self.model._meta.get_field(field)  # noqa: SLF001 - documented model API
        return str(getattr(found, "verbose_name", field))


def _spelled(field: str) -> Callable[[Row, datetime], Row]:
    return lambda row, _now: {"initials": pinyin.initials(row[field]), "pinyin": pinyin.letters(row[field])}


_DATES: Final = ("valid_from", "valid_to")
CITY: Final = Target(
    "城市",
    "city",
    City,
    ("code",),
    (
        "name",
        "name_en",
        "short",
        "number_prefix",
        "hotline_name",
        "hotline_name_en",
        "office_unit_code",
        "root_unit_code",
        "service_hours",
    ),
    shown="name",
)
REGION: Final = Target(
    "区划",
    "regions",
    Region,
    ("code",),
    ("name", "short_name", "level", "parent_id", *_DATES),
    Retire.DATED,
    shown="name",
    derive=_spelled("name"),
)
UNIT: Final = Target(
    "单位",
    "units",
    Unit,
    ("code",),
    ("full_name", "short_name", "group", "kind", "level", "note", "successor_id", *_DATES),
    Retire.DATED,
    shown="short_name",
    derive=_spelled("short_name"),
)
TENURE: Final = Target(
    "单位沿革",
    "unit histories",
    UnitTenure,
    ("unit_id", "valid_from"),
    ("full_name", "short_name", "parent_id", "line_id", "region_code", "valid_to"),
    Retire.DATED,
    owner="unit_id",
    shown="short_name",
)
MANAGEMENT: Final = Target(
    "区划管理",
    "managing bodies",
    RegionManagement,
    ("region_code", "valid_from"),
    ("unit_id", "basis", "valid_to"),
    Retire.DATED,
    owner="region_code",
    shown="unit_id",
)
DIRECTORY_RULE: Final = Target(
    "派单目录",
    "dispatch directory",
    DirectoryRule,
    ("number", "version"),
    (
        "title",
        "categories",
        "words",
        "without",
        "places",
        "hours",
        "needs",
        "regions",
        "lead_kind",
        "unit_id",
        "co_units",
        "basis",
        "note",
        "owner_id",
        "source",
        *_DATES,
    ),
    Retire.DATED,
    shown="title",
)
DIRECTORY_WORD: Final = Target(
    "派单目录用语",
    "words of the directory",
    DirectoryWord,
    ("kind", "code", "words"),
    ("name", "question", "without", *_DATES),
    Retire.DATED,
    shown="words",
)
CATEGORY: Final = Target(
    "事项分类",
    "categories",
    Category,
    ("code",),
    ("zh", "en", "note", "level", "parent_id", *_DATES),
    Retire.DATED,
    shown="zh",
    derive=_spelled("zh"),
)
REQUEST_TYPE: Final = Target(
    "诉求类型", "request types", RequestType, ("code",), ("name", "zh", "en", "note"), shown="zh"
)
CHANNEL: Final = Target("受理渠道", "channels", Channel, ("code",), ("zh", "en", "note"), shown="zh")
SOURCE_LINE: Final = Target(
    "来源热线",
    "source lines",
    SourceLine,
    ("number",),
    ("zh", "en", "merge_mode", "unit_code", *_DATES),
    Retire.DATED,
    shown="zh",
)
TAG: Final = Target("标签", "tags", Tag, ("code",), ("zh", "en", *_DATES), Retire.DATED, shown="zh")
REASON: Final = Target(
    "理由",
    "reasons",
    ReasonCode,
    ("list", "code"),
    ("zh", "en", "note", "note_en", "position", *_DATES),
    Retire.DATED,
    shown="zh",
)
ROLE: Final = Target("岗位", "roles", RoleCard, ("code",), ("zh", "en", "description", "description_en"), shown="zh")
DAY: Final = Target(
    "特殊日期", "special days", CalendarDay, ("date",), ("kind", "name", "active"), Retire.FLAG, shown="name"
)
YEAR: Final = Target(
    "已公布年份",
    "published years",
    PublishedYear,
    ("year",),
    ("source",),
    derive=lambda _row, now: {"loaded_at": now},
)
SHIFT: Final = Target("上班时间", "office hours", OfficeShift, ("starts",), ("ends", "active"), Retire.FLAG)
PROFILE: Final = Target(
    "规则方案",
    "rule profiles",
    StoredProfile,
    ("key", "version"),
    ("effective_from", "digest", "marks"),
    derive=lambda row, _now: {"body": row["body"]},
)
IN_FORCE: Final = Target(
    "方案启用", "profiles in force", ProfileInForce, ("starts_on",), ("key", "active"), Retire.FLAG
)
CALENDAR_TARGETS: Final = frozenset({"特殊日期", "已公布年份", "上班时间", "规则方案", "方案启用"})
"""Tables after whose change every process must read the calendar anew."""


def wanted(files: CityFiles) -> Iterator[tuple[Target, list[Row]]]:
    """Every table with the rows it should hold, in an order in which rows can be written."""
    yield CITY, [dict(files.facts.values)]
    yield REGION, _plain(files, sheets.REGIONS)
    units = files.tables[sheets.UNITS.file]
    yield UNIT, list(_present_units(units))
    yield TENURE, [_tenure(line) for line in units]
    yield MANAGEMENT, _plain(files, sheets.MANAGED_BY)
    yield CATEGORY, [_category(line) for line in files.tables[sheets.CATEGORIES.file]]
    yield DIRECTORY_RULE, rule_rows(files.tables)
    yield DIRECTORY_WORD, word_rows(files.tables)
    yield REQUEST_TYPE, _plain(files, sheets.REQUEST_TYPES)
    yield CHANNEL, _plain(files, sheets.CHANNELS)
    yield SOURCE_LINE, _plain(files, sheets.SOURCE_LINES)
    yield TAG, _plain(files, sheets.TAGS)
    yield REASON, list(_reasons(files.tables[sheets.REASONS.file]))
    yield ROLE, _plain(files, sheets.ROLES)
    yield DAY, _days(files)
    yield YEAR, list(_years(files.days))
    yield SHIFT, list(_shifts(files))
    yield PROFILE, [_profile(profile, files.marks.get(profile.version_key, {})) for profile in files.profiles]
    yield IN_FORCE, [{"starts_on": day, "key": key, "active": True} for day, key in files.facts.begun]


def _plain(files: CityFiles, sheet: Sheet) -> list[Row]:
    return [dict(line.values) for line in files.tables[sheet.file]]


def _present_units(lines: tuple[Line, ...]) -> Iterator[Row]:
    """A unit goes by the names of its latest row and has existed since its first."""
    by_code: dict[str, list[Line]] = {}
    for line in lines:
        by_code.setdefault(line.text("code"), []).append(line)
    for code, rows in by_code.items():
        rows.sort(key=lambda line: line.begins)
        latest = rows[-1].values
        fields = {name: latest[name] for name in UNIT.fields if name not in _DATES}
        yield {"code": code, **fields, "valid_from": rows[0].values["valid_from"], "valid_to": latest["valid_to"]}


def _tenure(line: Line) -> Row:
    fields = {name: line.values[name] for name in TENURE.fields}
    return {"unit_id": line.values["code"], "valid_from": line.values["valid_from"], **fields}


def _category(line: Line) -> Row:
    code = line.text("code")
    return {**line.values, "level": len(code) // 2, "parent_id": code[:-2] or None}


def _reasons(lines: tuple[Line, ...]) -> Iterator[Row]:
    """Reasons keep the order of the file; they have no dates of their own."""
    for position, line in enumerate(lines):
        yield {**line.values, "position": position, "valid_from": None, "valid_to": None}


def _days(files: CityFiles) -> list[Row]:
    """Days of the notices; a day the city has decided on itself stays as it is."""
    own = set(CalendarDay.objects.filter(source=DaySource.CITY).values_list("date", flat=True))
    return [{**line.values, "active": True} for line in files.days if line.values["date"] not in own]


def _years(days: tuple[Line, ...]) -> Iterator[Row]:
    """A year is published when a notice names a holiday in it."""
    sources: Mapping[int, str] = {
        line.values["date"].year: line.file
        for line in days
        if isinstance(line.values["date"], date) and line.values["kind"] == DayKind.HOLIDAY
    }
    yield from ({"year": year, "source": source} for year, source in sorted(sources.items()))


def _shifts(files: CityFiles) -> Iterator[Row]:
    """Office hours of the file, unless others were published on the page: those stay."""
    decided = list(OfficeShift.objects.filter(decided_here=True, active=True).values_list("starts", "ends"))
    yield from ({"starts": start, "ends": end, "active": True} for start, end in decided or files.facts.shifts)


def _profile(profile: Profile, marks: Mapping[str, Any]) -> Row:
    return {**profile_columns(profile), "marks": marks}
