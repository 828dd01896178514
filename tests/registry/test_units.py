"""Units: who stands where on which day, whom a place belongs to, and finding a unit by what staff type."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hotline.registry.reference import current_reference, managing_unit_of
from hotline.registry.units import queries
from hotline.registry.units.models import Group, Unit, UnitTenure
from tests.registry.hefei_city import TODAY, day

pytestmark = pytest.mark.usefixtures("hefei")


def test_units_by_group() -> None:
    districts = queries.units_on(TODAY, groups=[Group.DISTRICT])
    assert {unit.short_name for unit in districts} >= {"瑶海区", "巢湖市", "庐江县"}
    assert len(districts) == 9
    assert {unit.level for unit in queries.units_on(TODAY, level=2)} == {2}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("城管", "市城管局"),
        ("cgj", "市城管局"),
        ("scgj", "市城管局"),
        ("CGJ", "市城管局"),
        ("shichengguan", "市城管局"),
        ("生态环境局", "市生态环境局"),
        ("mgl", "瑶海区明光路街道"),
        (" 高新区 ", "高新区"),
    ],
)
def test_search_finds_what_staff_type(typed: str, first: str) -> None:
    assert queries.search_units(typed, TODAY)[0].short_name == first


@pytest.mark.parametrize("typed", ["", "  ", "没有这个单位", "%", "_"])
def test_search_for_nothing_finds_nothing(typed: str) -> None:
    assert queries.search_units(typed, TODAY) == []


def test_search_leaves_out_units_that_ended() -> None:
    Unit.objects.filter(code="KX").update(valid_to=TODAY)
    assert queries.search_units("市科协", TODAY) == []
    assert queries.search_units("市科协", day("2020-01-01"))[0].code == "KX"
    assert queries.unit("KX") is not None
    assert "KX" not in queries.active_codes(TODAY)


def test_covered_reaches_streets_and_bureaus_in_one_query() -> None:
    with CaptureQueriesContext(connection) as asked:
        found = queries.covered(["SS"], TODAY)
    assert len(asked) == 1
    assert {"SS", "SS-CGJ", "SS-SLA", "SS-XM"} <= found
    assert not {"GXQ", "CGJ", "GXQ-NG"} & found


def test_covered_follows_the_day() -> None:
    assert "JKQ-GL" in queries.covered(["FX"], day("2010-01-01"))
    assert "JKQ-GL" not in queries.covered(["FX"], TODAY)
    assert "JKQ-GL" in queries.covered(["JKQ"], TODAY)


def test_the_government_covers_its_departments_and_below() -> None:
    assert {"CGJ", "JJZD", "RX12345", "YH-MGL", "GSJT"} <= queries.covered(["SZF"], TODAY)


def test_lineage_and_children() -> None:
    assert queries.lineage("JJZD", TODAY) == ("GAJ", "SZF")
    assert queries.lineage("SS-XM", day("2010-01-01")) == ("FX", "SZF")
    assert queries.lineage("none", TODAY) == ()
    assert {unit.code for unit in queries.children("CJJ", TODAY)} == {"PSB", "SHX", "SZZX"}


def test_tenure_says_what_a_unit_was_called_and_who_guides_it() -> None:
    then, today = queries.tenure("JKQ-GL", day("2010-01-01")), queries.tenure("JKQ-GL", TODAY)
    assert then is not None
    assert today is not None
    assert (then.short_name, then.parent_id) == ("肥西县高刘镇", "FX")
    assert (today.short_name, today.parent_id) == ("经开区高刘街道", "JKQ")
    bureau = queries.tenure("YH-CGJ", TODAY)
    assert bureau is not None
    assert (bureau.parent_id, bureau.line_id) == ("YH", "CGJ")


def test_one_unit_has_one_open_span() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitTenure.objects.create(unit_id="KX", full_name="x", short_name="x", region_code="340100")


@pytest.mark.parametrize(
    ("region", "on", "manager"),
    [
        ("340104001", "2026-03-16", "SS"),
        ("340104", "2026-03-16", "SS"),
        ("340104101", "2026-03-16", "GXQ"),
        ("340172006", "2010-01-01", "FX"),
        ("340172006", "2013-09-02", "JKQ"),
        ("340104102", "2013-09-01", "FX"),
        ("340104102", "2013-09-02", "SS"),
        ("340171405", "2021-04-30", "GXQ"),
        ("340171405", "2021-04-29", "SS"),
        ("340181006", "2026-03-16", "ACQ"),
        ("340100", "2026-03-16", None),
        ("999999", "2026-03-16", None),
    ],
)
def test_who_manages_a_place_on_a_day(region: str, on: str, manager: str | None) -> None:
    assert managing_unit_of(region, day(on)) == manager


def test_street_offices_by_region() -> None:
    assert queries.street_unit("340102001", TODAY) == "YH-MGL"
    assert queries.street_unit("340171405", TODAY) is None


def test_names_for_lists_in_one_query() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert queries.short_names(["CGJ", "STHJ", "none"]) == {"CGJ": "市城管局", "STHJ": "市生态环境局"}
    assert len(asked) == 1


def test_reference_holds_todays_codes_and_is_kept() -> None:
    found = current_reference(TODAY)
    assert "CGJ" in found.units
    assert "010103" in found.categories
    assert "0101" not in found.categories, "only third levels may be dispatched on"
    assert "340104001" in found.regions
    assert "litigation" in found.codelists["not_accepted"]
    assert {"12345", "12315"} <= found.codelists["source_line"]
    with CaptureQueriesContext(connection) as asked:
        assert current_reference(TODAY) is found
    assert len(asked) == 1
