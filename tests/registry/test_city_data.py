"""Hefei's files are complete and fit together: counts, codes, parents, dates, and the words the rules need."""

import dataclasses
from collections import Counter
from pathlib import Path

import pytest

from hotline.registry.lines.models import MergeMode, ReasonList
from hotline.registry.loading import sheets
from hotline.registry.loading.read import CityFiles
from hotline.registry.loading.sheets import Line, Sheet
from hotline.registry.regions.models import Level
from hotline.registry.units.models import Group
from hotline.rules.acts import ACTS
from hotline.rules.vocabulary import Channel, RequestType, Role
from tests.registry.hefei_city import HEFEI, TODAY, day

DISTRICTS = {
    "340102": "瑶海区",
    "340103": "庐阳区",
    "340104": "蜀山区",
    "340111": "包河区",
    "340121": "长丰县",
    "340122": "肥东县",
    "340123": "肥西县",
    "340124": "庐江县",
    "340181": "巢湖市",
}
OUTSIDE_PARENT = {"SW", "SZF", "GDGS", "JCGS", "GDWL"}
"""The two heads of the city, and enterprises whose parent company is a province's."""


def present(files: CityFiles, sheet: Sheet) -> list[Line]:
    """Rows that hold today."""
    return [
        line for line in files.tables[sheet.file] if "valid_to" not in line.values or line.begins <= TODAY < line.ends
    ]


def by_code(files: CityFiles, sheet: Sheet) -> dict[str, Line]:
    """Rows that hold today by code."""
    return {line.text("code"): line for line in present(files, sheet)}


def test_category_tree_has_15_117_and_over_500(files: CityFiles) -> None:
    lengths = Counter(len(line.text("code")) for line in present(files, sheets.CATEGORIES))
    assert lengths[2] == 15
    assert lengths[4] == 117
    assert lengths[6] == 517


def test_every_category_hangs_on_the_tree_and_every_branch_bears_leaves(files: CityFiles) -> None:
    codes = set(by_code(files, sheets.CATEGORIES))
    assert all(code[:-2] in codes for code in codes if len(code) > 2)
    assert all(f"{code}99" in codes for code in codes if len(code) == 4), "a dispatcher always finds a leaf"
    assert all(f"{code}99" in codes for code in codes if len(code) == 2)


def test_third_levels_are_numbered_without_gaps(files: CityFiles) -> None:
    numbers: dict[str, list[int]] = {}
    for code in by_code(files, sheets.CATEGORIES):
        if len(code) == 6 and not code.endswith("99"):
            numbers.setdefault(code[:4], []).append(int(code[4:]))
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in numbers.values())


def test_names_do_not_repeat_below_one_category(files: CityFiles) -> None:
    found = Counter((line.text("code")[:-2], line.text("zh")) for line in present(files, sheets.CATEGORIES))
    assert {key: number for key, number in found.items() if number > 1} == {}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("010103", "物业服务"),
        ("0101", "住房保障与房地产"),
        ("040103", "噪音污染"),
        ("02", "卫生健康"),
        ("11", "自然资源"),
        ("150505", "财产来源不明"),
        ("130109", ""),
    ],
)
def test_known_categories_have_their_codes(files: CityFiles, code: str, name: str) -> None:
    found = by_code(files, sheets.CATEGORIES).get(code)
    assert (found.text("zh") if found else "") == name


def test_first_and_second_levels_have_english_names(files: CityFiles) -> None:
    upper = [line for line in present(files, sheets.CATEGORIES) if len(line.text("code")) < 6]
    assert [line.text("zh") for line in upper if not line.text("en").isascii() or not line.text("en")] == []


def test_nine_districts_and_four_zones(files: CityFiles) -> None:
    units = by_code(files, sheets.UNITS).values()
    districts = {
        line.text("region_code"): line.text("short_name") for line in units if line.text("group") == "district"
    }
    assert districts == DISTRICTS
    zones = {line.text("short_name") for line in units if line.text("group") == Group.ZONE}
    assert zones == {"高新区", "经开区", "新站高新区", "安巢经开区"}


def test_about_sixty_departments_and_every_group(files: CityFiles) -> None:
    groups = Counter(line.text("group") for line in present(files, sheets.UNITS))
    assert set(groups) == set(Group.values) - {Group.TASK_FORCE}, "task forces are opened on a page"
    second = [line for line in present(files, sheets.UNITS) if line.text("group") == Group.CITY_DEPARTMENT]
    assert 55 <= sum(line.values["level"] == 2 for line in second) <= 70
    assert groups[Group.STREET] >= 120


@pytest.mark.parametrize(
    ("group", "names"),
    [
        (
            Group.ENTERPRISE,
            {"合肥供水集团", "合肥燃气集团", "国网合肥供电公司", "合肥公交集团", "合肥轨道集团", "合肥热电集团"},
        ),
        (Group.VERTICAL, {"市税务局", "市邮政管理局", "合肥电信", "合肥移动", "合肥联通", "省通信管理局"}),
        (Group.CITY_DEPARTMENT, {"市委编办", "市司法局", "市纪委监委", "市政府办公室"}),
        (Group.LEADERSHIP, {"市热线办"}),
    ],
)
def test_units_the_issue_names(files: CityFiles, group: Group, names: set[str]) -> None:
    found = {line.text("short_name") for line in present(files, sheets.UNITS) if line.text("group") == group}
    assert names <= found


def test_every_unit_has_a_parent_unless_it_stands_outside(files: CityFiles) -> None:
    units = by_code(files, sheets.UNITS)
    orphans = {
        code for code, line in units.items() if not line.text("parent_id") and line.text("group") != Group.VERTICAL
    }
    assert orphans == OUTSIDE_PARENT


def test_bureaus_of_districts_and_enterprises_have_a_business_line(files: CityFiles) -> None:
    guided = {Group.DISTRICT_DEPARTMENT.value, Group.ENTERPRISE.value}
    found = [line for line in present(files, sheets.UNITS) if line.text("group") in guided]
    assert [line.text("code") for line in found if not line.text("line_id")] == []


def test_short_names_are_unique_today(files: CityFiles) -> None:
    names = Counter(line.text("short_name") for line in present(files, sheets.UNITS))
    assert {name for name, number in names.items() if number > 1} == set()


def test_every_street_lies_in_a_district_and_has_an_office_or_a_manager(files: CityFiles) -> None:
    regions = by_code(files, sheets.REGIONS)
    streets = [line for line in regions.values() if line.text("level") == Level.STREET]
    assert len(streets) >= 120
    assert all(line.text("parent_id") in DISTRICTS for line in streets)
    offices = {line.text("region_code") for line in present(files, sheets.UNITS)}
    managed = {line.text("region_code") for line in present(files, sheets.MANAGED_BY)}
    assert [line.text("name") for line in streets if line.text("code") not in offices | managed] == []


def test_a_street_office_answers_to_the_body_that_manages_its_region(files: CityFiles) -> None:
    regions = {line.text("code"): line for line in files.tables[sheets.REGIONS.file]}
    for moment in (day("2010-01-01"), day("2020-01-01"), TODAY):
        managed = {
            line.text("region_code"): line.text("unit_id")
            for line in files.tables[sheets.MANAGED_BY.file]
            if line.begins <= moment < line.ends
        }
        for line in files.tables[sheets.UNITS.file]:
            region = regions[line.text("region_code")]
            if line.text("group") == Group.STREET and line.begins <= moment < line.ends:
                manager = managed.get(region.text("code")) or managed[region.text("parent_id")]
                assert line.text("parent_id") == manager, (line.text("code"), moment)


def test_region_and_managing_body_differ_somewhere(files: CityFiles) -> None:
    zones = {"GXQ", "JKQ", "XZQ", "ACQ"}
    managed = Counter(line.text("unit_id") for line in present(files, sheets.MANAGED_BY))
    assert all(managed[zone] for zone in zones)


def test_the_words_the_rules_need_are_all_there(files: CityFiles) -> None:
    assert {line.text("name") for line in present(files, sheets.REQUEST_TYPES)} == {kind.value for kind in RequestType}
    assert {line.text("code") for line in present(files, sheets.CHANNELS)} == {channel.value for channel in Channel}
    assert {line.text("code") for line in present(files, sheets.ROLES)} == {role.value for role in Role}


def test_every_code_list_an_act_asks_for_has_reasons(files: CityFiles) -> None:
    asked = {
        str(found.metadata["codelist"])
        for act in ACTS.values()
        for found in dataclasses.fields(act)
        if found.metadata.get("kind") == "code"
    }
    lists = Counter(line.text("list") for line in present(files, sheets.REASONS))
    of_their_own_sheet = {"source_line", "tag", "tag_any"}
    assert asked - of_their_own_sheet <= set(lists)
    assert set(lists) == set(ReasonList.values)
    assert min(lists.values()) >= 3


def test_declined_requests_are_told_the_legal_channel_in_both_languages(files: CityFiles) -> None:
    declined = [line for line in present(files, sheets.REASONS) if line.text("list") == ReasonList.NOT_ACCEPTED]
    assert all(line.text("note") and line.text("note_en") for line in declined)


@pytest.mark.parametrize("sheet", [sheets.REQUEST_TYPES, sheets.CHANNELS, sheets.TAGS, sheets.REASONS, sheets.ROLES])
def test_code_lists_have_english_names(files: CityFiles, sheet: Sheet) -> None:
    assert [line.text("zh") for line in present(files, sheet) if not line.text("en")] == []


def test_merged_lines_use_every_mode_and_the_hotline_is_its_own(files: CityFiles) -> None:
    modes = {line.text("number"): line.text("merge_mode") for line in present(files, sheets.SOURCE_LINES)}
    assert modes["12345"] == MergeMode.OWN
    assert set(modes.values()) == set(MergeMode.values)
    assert {"12315", "12333", "12329", "12319", "12328", "12369", "12366"} <= set(modes)


def test_a_profile_is_in_force_from_the_first_day(files: CityFiles) -> None:
    assert files.facts.begun[0][1] == "hefei-2021"
    assert {profile.key for profile in files.profiles} >= {"hefei-2021", "beijing", "tianjin", "shandong", "shanghai"}


@pytest.mark.parametrize("path", sorted(HEFEI.glob("*.csv")), ids=lambda path: path.name)
def test_tables_open_in_a_spreadsheet(path: Path) -> None:
    """With the byte order mark a spreadsheet takes the file for UTF-8; the first line says what it is for."""
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf#")
    assert b"\r" not in raw


@pytest.mark.parametrize("path", sorted(HEFEI.glob("*.csv")), ids=lambda path: path.name)
def test_no_phone_numbers_of_real_offices(path: Path) -> None:
    assert "0551" not in path.read_text(encoding="utf-8")
