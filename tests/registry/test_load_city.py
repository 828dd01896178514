"""Loading a city: a preview first, everything or nothing, twice changes nothing, and nothing is ever deleted."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from hotline.plumbing.locks import take_turn
from hotline.registry.calendars.models import CalendarDay, CalendarStamp, DaySource, OfficeShift, StoredProfile
from hotline.registry.categories.models import Category
from hotline.registry.lines.models import ReasonCode, Tag
from hotline.registry.loading import CityDiff, load_city
from hotline.registry.regions.models import City
from hotline.registry.units.models import RegionManagement, Unit, UnitTenure
from hotline.registry.units.queries import successors
from tests.registry.hefei_city import HEFEI, NOW, TODAY, Edit, day

LATER = NOW + timedelta(days=30)


@pytest.mark.django_db
def test_preview_counts_everything_and_writes_nothing() -> None:
    diff = load_city(HEFEI, now=NOW, apply=False)
    assert diff.ok
    assert not diff.applied
    assert diff.counts()["categories"] == (649, 0, 0)
    assert diff.counts()["units"][0] == len({*_codes_of(diff, "units")}) > 350
    assert not Unit.objects.exists()
    assert not City.objects.exists()


def _codes_of(diff: CityDiff, table: str) -> list[str]:
    return [row["code"] for found in diff.tables if found.target.en == table for row in found.added]


def test_second_load_changes_nothing(hefei: CityDiff) -> None:
    assert hefei.applied
    token = City.objects.get().data_token
    again = load_city(HEFEI, now=LATER, apply=True)
    assert again.empty
    assert not again.applied
    assert City.objects.get().data_token == token
    assert list(again.lines()) == ["没有差异。"]
    assert list(again.lines("en")) == ["No differences."]


@pytest.mark.django_db
def test_load_takes_few_queries() -> None:
    with CaptureQueriesContext(
        connection,
    ) as first:
        load_city(HEFEI, now=NOW, apply=True)
    assert len(first) <= 60
    with CaptureQueriesContext(connection) as second:
        load_city(HEFEI, now=NOW, apply=True)
    assert len(second) <= 27, "one a table, and two for what pages and precedents have decided of the directory"


@pytest.mark.usefixtures("hefei")
def test_a_changed_name_is_shown_and_written(folder: Path, edit: Edit) -> None:
    edit("tags.csv", "fumes,油烟,", "fumes,餐饮油烟,")
    preview = load_city(folder, now=LATER, apply=False)
    assert preview.counts() == {"tags": (0, 1, 0)}
    assert "  ~ fumes 名称: 油烟 → 餐饮油烟" in list(preview.lines())
    assert list(preview.lines())[-1] == "以上为预览，尚未写入。"
    assert "  ~ fumes zh: 油烟 → 餐饮油烟" in list(preview.lines("en"))
    assert load_city(folder, now=LATER, apply=True).applied
    assert Tag.objects.get(code="fumes").zh == "餐饮油烟"


@pytest.mark.usefixtures("hefei")
def test_a_changed_name_is_found_under_its_new_pinyin(folder: Path, edit: Edit) -> None:
    edit("categories.csv", "\n010103,物业服务,", "\n010103,小区物业,")
    load_city(folder, now=LATER, apply=True)
    found = Category.objects.get(code="010103")
    assert (found.initials, found.pinyin) == ("xqwy", "xiaoquwuye")


@pytest.mark.usefixtures("hefei")
def test_rows_that_left_the_file_are_ended_not_deleted(folder: Path, edit: Edit) -> None:
    edit("tags.csv", "fumes,油烟,Cooking fumes,,\n", "")
    diff = load_city(folder, now=LATER, apply=True)
    assert diff.counts() == {"tags": (0, 0, 1)}
    assert "  - fumes 油烟" in list(diff.lines())
    tag = Tag.objects.get(code="fumes")
    assert tag.valid_to == LATER.date()
    assert tag.in_force(TODAY)
    assert not tag.in_force(LATER.date())
    assert load_city(folder, now=LATER, apply=True).empty
    assert load_city(HEFEI, now=LATER, apply=True).counts() == {"tags": (0, 1, 0)}, "it comes back"
    assert Tag.objects.get(code="fumes").valid_to is None


@pytest.mark.usefixtures("hefei")
def test_an_abolished_unit_ends_with_its_history(folder: Path) -> None:
    _drop(folder / "units.csv", "KX,")
    diff = load_city(folder, now=LATER, apply=True)
    assert diff.counts() == {"units": (0, 0, 1), "unit histories": (0, 0, 1)}
    assert Unit.objects.get(code="KX").valid_to == LATER.date()
    assert UnitTenure.objects.get(unit_id="KX").valid_to == LATER.date()


@pytest.mark.usefixtures("hefei")
def test_a_merged_unit_names_its_successor(edit: Edit, folder: Path) -> None:
    """Also over two mergers; before its last day nobody stands in for it."""
    for code, ends, successor in (("KX", "2026-04-01", "XFJ"), ("XFJ", "2026-05-01", "SGB")):
        lines = (folder / "units.csv").read_text(encoding="utf-8").splitlines()
        row = next(line for line in lines if line.startswith(f"{code},"))
        cells = row.split(",")
        edit("units.csv", f"\n{row}\n", "\n" + ",".join([*cells[:10], ends, cells[11], successor]) + "\n")
    diff = load_city(folder, now=NOW, apply=True)
    assert diff.applied, diff.problems
    assert successors(day("2026-03-31")) == {}
    assert successors(day("2026-04-01")) == {"KX": "XFJ"}
    assert successors(day("2026-05-01")) == {"KX": "SGB", "XFJ": "SGB"}


def _drop(path: Path, start: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(start)]
    assert len(kept) < len(lines)
    path.write_text("".join(kept), encoding="utf-8")


@pytest.mark.usefixtures("hefei")
def test_a_unit_that_moves_keeps_both_spans(folder: Path, edit: Edit) -> None:
    old = "BCGS,合肥城市泊车投资管理有限公司,合肥泊车公司,公共企业,企业,2,GZW,CGJ,340100,2004-01-01,,路内停车\n"
    new = (
        "BCGS,合肥城市泊车投资管理有限公司,合肥泊车公司,公共企业,企业,2,GZW,CGJ,340100,2004-01-01,2026-04-01,路内停车\n"
        "BCGS,合肥城市泊车投资管理有限公司,合肥泊车公司,公共企业,企业,2,JTJT,JTJ,340100,2026-04-01,,路内停车\n"
    )
    edit("units.csv", old, new)
    diff = load_city(folder, now=NOW, apply=True)
    assert diff.counts() == {"unit histories": (1, 1, 0)}
    spans = UnitTenure.objects.filter(unit_id="BCGS").order_by("valid_from")
    assert [(span.parent_id, span.line_id, span.valid_to) for span in spans] == [
        ("GZW", "CGJ", day("2026-04-01")),
        ("JTJT", "JTJ", None),
    ]


@pytest.mark.usefixtures("hefei")
def test_a_corrected_start_leaves_a_span_that_never_held(folder: Path, edit: Edit) -> None:
    edit("managed_by.csv", "340181006,ACQ,2004-01-01", "340181006,ACQ,2006-01-01")
    assert load_city(folder, now=NOW, apply=True).counts() == {"managing bodies": (1, 0, 1)}
    wrong, right = RegionManagement.objects.filter(region_code="340181006").order_by("valid_from")
    assert wrong.valid_from == wrong.valid_to
    assert not wrong.in_force(day("2004-01-01"))
    assert right.in_force(day("2006-01-01"))
    assert load_city(folder, now=NOW, apply=True).empty


@pytest.mark.usefixtures("hefei")
def test_reasons_that_left_the_list_stay_for_old_tickets(folder: Path) -> None:
    _drop(folder / "reasons.csv", "作废,test,")
    load_city(folder, now=LATER, apply=True)
    assert ReasonCode.objects.get(list="void", code="test").zh == "测试或误操作"
    assert "test" not in ReasonCode.objects.on(LATER.date()).filter(list="void").values_list("code", flat=True)


@pytest.mark.usefixtures("hefei")
def test_office_hours_and_holidays_are_switched_off(folder: Path, edit: Edit) -> None:
    edit("city.toml", "start = 14:00:00", "start = 13:30:00")
    edit("../holidays/cn-2004-2026.csv", "2026-10-10,makeup,国庆节\n", "")
    diff = load_city(folder, now=NOW, apply=True)
    assert diff.counts() == {"special days": (0, 0, 1), "office hours": (1, 0, 1)}
    assert OfficeShift.objects.filter(active=True).count() == 2
    assert not CalendarDay.objects.get(date=day("2026-10-10")).active


@pytest.mark.usefixtures("hefei")
def test_days_the_city_decided_on_itself_are_left_alone() -> None:
    CalendarDay.objects.filter(date=day("2026-10-10")).update(source=DaySource.CITY, kind="closure")
    CalendarDay.objects.create(date=day("2026-06-01"), kind="closure", name="高温停工", source=DaySource.CITY)
    assert load_city(HEFEI, now=NOW, apply=True).empty


@pytest.mark.usefixtures("hefei")
def test_a_notice_for_another_year_is_left_alone() -> None:
    CalendarDay.objects.create(date=day("2027-01-01"), kind="holiday", name="元旦")
    assert load_city(HEFEI, now=NOW, apply=True).empty


@pytest.mark.usefixtures("hefei")
def test_the_calendar_stamp_moves_only_with_the_calendar(folder: Path, edit: Edit) -> None:
    before = CalendarStamp.objects.get().token
    edit("tags.csv", "fumes,油烟,", "fumes,餐饮油烟,")
    load_city(folder, now=NOW, apply=True)
    assert CalendarStamp.objects.get().token == before
    edit("city.toml", "end = 17:30:00", "end = 18:00:00")
    load_city(folder, now=NOW, apply=True)
    assert CalendarStamp.objects.get().token != before


@pytest.mark.usefixtures("hefei")
def test_a_profile_in_force_cannot_be_changed(folder: Path, edit: Edit) -> None:
    edit("profiles/hefei-2021.toml", 'consultation = "3wd"', 'consultation = "2wd"')
    refused = load_city(folder, now=NOW, apply=True)
    assert [problem.code for problem in refused.problems] == ["profile.frozen"]
    assert "hefei-2021@1" in refused.problems[0].sentence()
    edit("profiles/hefei-2021.toml", "version = 1", "version = 2")
    assert load_city(folder, now=NOW, apply=True).counts() == {"rule profiles": (1, 0, 0)}
    assert StoredProfile.objects.filter(key="hefei-2021").count() == 2


@pytest.mark.django_db
def test_a_profile_not_yet_in_force_may_be_changed(folder: Path, edit: Edit) -> None:
    edit("profiles/hefei-2021.toml", "effective_from = 2020-01-01", "effective_from = 2027-01-01")
    load_city(folder, now=NOW, apply=True)
    edit("profiles/hefei-2021.toml", 'consultation = "3wd"', 'consultation = "2wd"')
    assert load_city(folder, now=NOW, apply=True).counts() == {"rule profiles": (0, 1, 0)}
    assert StoredProfile.objects.get(key="hefei-2021").body["limits"]["reply"]["consultation"] == "2wd"


@pytest.mark.django_db
def test_long_diffs_are_cut_short_and_counted() -> None:
    lines = list(load_city(HEFEI, now=NOW, apply=False).lines())
    assert "事项分类：新增649，变更0，停用0" in lines
    assert "    ……另有629条" in lines
    assert len(lines) < 340
    assert "categories: 649 added, 0 changed, 0 retired" in list(load_city(HEFEI, now=NOW, apply=False).lines("en"))


@pytest.mark.django_db
def test_another_city_is_another_folder(folder: Path, edit: Edit) -> None:
    edit("city.toml", 'name = "合肥市"', 'name = "邻市"')
    edit("city.toml", 'short = "HF"', 'short = "LS"')
    other = folder.rename(folder.with_name("linshi"))
    assert load_city(other, now=NOW, apply=True).applied
    assert City.objects.get().name == "邻市"


@pytest.mark.django_db
def test_two_loads_at_once_do_not_mix() -> None:
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                assert take_turn("load-city")
                held.set()
                done.wait(20)
        finally:
            connections.close_all()

    other = threading.Thread(target=hold)
    other.start()
    try:
        assert held.wait(20)
        refused = load_city(HEFEI, now=NOW, apply=True)
    finally:
        done.set()
        other.join()
    assert [problem.code for problem in refused.problems] == ["load.busy"]
    assert "另一次导入正在进行" in "".join(refused.lines())
    assert not Unit.objects.exists()
