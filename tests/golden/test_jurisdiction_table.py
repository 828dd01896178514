"""jurisdiction.csv must be fit to be signed: every row argued, every unit real, every corner of the city in it."""

from collections import Counter
from datetime import timedelta

from tests.golden.jurisdiction_rows import cases, city_table

CASES = cases()
UNITS = city_table("units.csv")
OVER = {row["单位代码"]: {row["上级单位"], row["行业主管"]} - {""} for row in UNITS}


def test_there_are_enough_cases_numbered_without_gaps() -> None:
    assert len(CASES) >= 250
    assert [case.number for case in CASES] == list(range(1, len(CASES) + 1))


def test_every_row_says_why_and_from_where() -> None:
    for case in CASES:
        assert case.reason, str(case)
        assert case.source, str(case)
        assert case.at.utcoffset() == timedelta(hours=8), str(case)
        assert case.category or case.categories or case.outcome == "none", str(case)
        assert not (case.category and case.categories), f"{case}: 应为的分类只在没有填分类时写"


def test_as_many_leads_as_the_outcome_asks_for() -> None:
    wanted = {"rule": {1}, "none": {0}, "conflict": {2, 3}}
    for case in CASES:
        assert len(case.leads) in wanted[case.outcome], str(case)
        assert case.outcome == "rule" or not case.co_units, str(case)


def test_every_unit_category_and_region_exists() -> None:
    categories = {row["代码"] for row in city_table("categories.csv")}
    regions = {row["区划代码"] for row in city_table("regions.csv")}
    for case in CASES:
        assert {*case.co_units, *(unit for lead in case.leads for unit in lead)} <= set(OVER), str(case)
        assert set(case.categories) <= categories, str(case)
        assert not case.category or (len(case.category) == 6 and case.category in categories), str(case)
        assert not case.region or case.region in regions, str(case)


def test_two_units_for_one_lead_stand_in_one_line_of_command() -> None:
    for case in CASES:
        for lead in filter(lambda units: len(units) > 1, case.leads):
            first, second = lead
            assert second in OVER[first] or first in OVER[second], str(case)


def test_all_fifteen_classes_occur() -> None:
    found = Counter(code[:2] for case in CASES for code in (case.category, *case.categories) if code)
    assert set(found) == {f"{number:02}" for number in range(1, 16)}
    assert min(found.values()) >= 5


def test_all_districts_and_zones_lead_somewhere() -> None:
    districts = {row["单位代码"] for row in UNITS if row["分组"] in ("县区", "开发区")}
    leads = Counter(unit for case in CASES for lead in case.leads for unit in lead)
    assert len(districts) == 13
    assert min(leads[unit] for unit in districts) >= 3


def test_enough_is_left_out_and_enough_is_refused() -> None:
    without_category = sum(not case.category for case in CASES) / len(CASES)
    without_region = sum(not case.region for case in CASES) / len(CASES)
    outcomes = Counter(case.outcome for case in CASES)
    assert 0.18 <= without_category <= 0.3
    assert 0.09 <= without_region <= 0.2
    assert outcomes["none"] >= 30
    assert 3 <= outcomes["conflict"] <= 10


def test_both_sides_of_the_night_are_asked_for() -> None:
    """One minute before and at ten, one minute before and at six."""
    moments = {case.at.strftime("%H:%M") for case in CASES if case.category == "040103"}
    assert moments >= {"21:59", "22:00", "05:59", "06:00"}


def test_no_case_is_asked_twice() -> None:
    assert len({(case.text, case.category, case.region, case.at) for case in CASES}) == len(CASES)
