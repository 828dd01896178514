"""Regions, categories, channels, tags and reasons as pages ask for them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from hotline.registry.categories import queries as categories
from hotline.registry.lines import queries as lines
from hotline.registry.lines.models import ReasonList
from hotline.registry.regions import queries as regions
from hotline.registry.units import queries as units
from hotline.rules.vocabulary import RequestType
from tests.registry.hefei_city import TODAY

pytestmark = pytest.mark.usefixtures("hefei")


def test_the_city() -> None:
    city = regions.city()
    assert city is not None
    assert (city.code, city.number_prefix, city.office_unit_code) == ("340100", "340100", "RX12345")


def test_ancestry_and_district_of_a_street() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert regions.ancestry("340172001") == ("340172001", "340104", "340100")
    assert len(asked) == 1
    assert regions.district_of("340172001") == "340104", "the statistical code does not name the district"
    assert regions.district_of("340100") is None
    assert regions.ancestry("000000") == ()


def test_regions_in_a_region() -> None:
    assert len(regions.districts(TODAY)) == 9
    assert {found.name for found in regions.children("340181", TODAY)} >= {"半汤街道", "黄麓镇", "槐林镇"}
    assert regions.names(["340104", "x"]) == {"340104": "蜀山区"}
    assert "340104001" in regions.active_codes(TODAY)


@pytest.mark.parametrize(("typed", "code"), [("明光", "340102001"), ("mgl", "340102001"), ("340104001", "340104001")])
def test_search_regions(typed: str, code: str) -> None:
    assert regions.search_regions(typed, TODAY)[0].code == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [("物业", "010103"), ("wyfw", "010103"), ("wuye", "010103"), ("010103", "010103"), ("噪音", "040103")],
)
def test_search_categories_offers_third_levels(typed: str, code: str) -> None:
    found = categories.search_categories(typed, TODAY)
    assert found[0].code == code
    assert {category.level for category in found} == {3}


def test_searching_a_second_level_offers_what_lies_below() -> None:
    found = categories.search_categories("住房保障", TODAY, limit=50)
    assert "010103" in {category.code for category in found}
    with CaptureQueriesContext(connection) as asked:
        assert str(found[0].parent) == "住房保障与房地产"
    assert len(asked) == 0, "the path comes with the row"


def test_category_path_and_names() -> None:
    assert [found.zh for found in categories.path("010103")] == ["城乡建设", "住房保障与房地产", "物业服务"]
    with override("en"):
        assert [found.label for found in categories.path("010103")] == [
            "Urban and rural construction",
            "Housing and real estate",
            "物业服务",
        ], "a third level without an English name keeps its Chinese one"
        assert categories.names(["0101"]) == {"0101": "Housing and real estate"}
    with override("zh-hans"):
        assert categories.names(["0101"]) == {"0101": "住房保障与房地产"}
    assert categories.category("none") is None


def test_the_tree_in_one_query() -> None:
    with CaptureQueriesContext(connection) as asked:
        tree = categories.tree(TODAY)
    assert len(asked) == 1
    assert len(tree) == 15
    assert sum(len(first.below) for first in tree) == 117
    assert sum(len(second.below) for first in tree for second in first.below) == len(categories.leaf_codes(TODAY))


def test_request_types_carry_the_rules_names() -> None:
    assert [found.name for found in categories.request_types()][:3] == ["consultation", "help", "complaint"]
    assert {found.name for found in categories.request_types()} == {kind.value for kind in RequestType}


def test_channels_lines_and_tags() -> None:
    assert {channel.code for channel in lines.channels()} >= {"DH", "WX", "LD"}
    assert lines.source_lines(TODAY)[0].number == "12345"
    assert {tag.zh for tag in lines.tags(TODAY)} >= {"涉疫", "夜间施工噪声", "重复诉求"}


def test_reasons_in_the_citys_order() -> None:
    found = lines.reasons(ReasonList.NOT_ACCEPTED, TODAY)
    assert found[0].code == "litigation"
    assert "12388" in next(reason.note for reason in found if reason.code == "discipline")
    assert lines.reasons("return", TODAY)[0].code == "not_competent"
    assert lines.reason("return", "none") is None
    chosen = lines.reason("return", "wrong_region")
    assert chosen is not None
    assert chosen.label_in("en") == "Place is outside the unit’s area"


def test_kinds_are_named_in_chinese() -> None:
    with override("zh-hans"):
        street = regions.region("340102001")
        assert street is not None
        assert street.level_label == "街道乡镇"
        assert lines.source_lines(TODAY)[0].merge_mode_label == "本号"
        assert [unit.group_label for unit in units.search_units("高新区", TODAY, limit=1)] == ["开发区"]
