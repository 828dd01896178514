"""A holiday notice as it is pasted: the State Council's own sentences, a table, and what is wrong with a line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.registry.calendars.import_notice import as_table, packaged_years, rows_from_chinese_calendar
from hotline.rules.holiday_notice import read_city_days, read_notice
from hotline.rules.sentences import render
from hotline.rules.workdays import DayKind

NOTICE_2026 = """各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
国务院办公厅
2025年11月4日
"""
NOTICE_2019 = """一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。
二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。
三、清明节：4月5日放假，与周末连休。
五、端午节：6月7日放假，与周末连休。
六、中秋节：9月13日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
"""


def codes(text: str, year: int = 2027) -> list[tuple[str, object]]:
    return [(p.code.removeprefix("holiday."), p.params.get("line")) for p in read_notice(text, year).problems]


def test_the_notice_of_2026_reads_as_the_published_table() -> None:
    reading = read_notice(NOTICE_2026, 2026)
    assert reading.problems == ()
    assert reading.missing == ()
    assert set(reading.rows) == set(rows_from_chinese_calendar([2026]))


def test_days_of_the_year_before_and_weekends_that_join_a_festival() -> None:
    reading = read_notice(NOTICE_2019, 2019)
    assert reading.problems == ()
    assert reading.missing == ("劳动节",)
    known = {row for row in rows_from_chinese_calendar([2018, 2019]) if row[0] >= date(2018, 12, 28)}
    assert {row for row in known if row[2] != "劳动节"} == set(reading.rows)


@pytest.mark.parametrize("year", packaged_years())
def test_the_table_of_every_packaged_year_reads_back(year: int) -> None:
    rows = rows_from_chinese_calendar([year])
    reading = read_notice(as_table(rows), year)
    assert [p.code for p in reading.problems if p.code != "holiday.makeup_on_workday"] == []
    assert reading.rows == tuple(sorted(rows))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("empty", None)]),
        ("国务院办公厅\n2026年11月4日", [("empty", None)]),
        ("2027-01-01,休假日,元旦", [("kind", 1)]),
        ("2027-13-01,放假,元旦", [("no_such_day", 1)]),
        ("2027-01-01放假", [("not_a_row", 1)]),
        ("2027-01-01,停办,大雪", [("closure", 1)]),
        ("元旦：2月30日放假", [("no_such_day", 1)]),
        ("元旦：1日放假", [("no_month", 1)]),
        ("元旦：1月1日（周一）放假", [("weekday", 1)]),
        ("春节：2月11日至7日放假调休", [("range", 1)]),
        ("春节：2月6日至12日放假调休，共8天", [("count", 1)]),
        ("劳动节：5月1日", [("no_verb", 1)]),
        ("1月1日放假", [("no_name", 1)]),
        ("2027-01-01,放假,元旦\n2027-01-01,放假,元旦", [("twice", None)]),
        ("2028-01-01,放假,元旦", [("other_year", None)]),
        ("2027-01-06,上班,元旦", [("makeup_on_workday", None)]),
        ("元旦：1月1日放假\n\n春节：2月6日至12日放假调休，共8天", [("count", 3)]),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, expected: list[tuple[str, object]]) -> None:
    assert codes(text) == expected
    for problem in read_notice(text, 2027).problems:
        assert render(problem, "zh")
        assert render(problem, "en")


@given(st.text(alphabet="12345月日年至（）周五放假上班元旦：、，。,-\n共天停办与周末连休", max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    reading = read_notice(text, 2027)
    assert reading.rows or reading.problems
    read_city_days(text)


def test_days_of_the_city() -> None:
    reading = read_city_days("日期,类型,事由\n2026-12-31,停办,大雪\n2027-01-02，上班，防汛\n2027-01-03,恢复,撤销加班")
    assert reading.problems == ()
    assert [kind for _, kind, _ in reading.rows] == [DayKind.CLOSURE, DayKind.MAKEUP, DayKind.WORKDAY]
    wrong = read_city_days("2026-12-31,放假,大雪\n2026-12-30,停办\n元旦：1月1日放假")
    assert [p.code for p in wrong.problems] == ["holiday.city_holiday", "holiday.no_reason", "holiday.not_a_row"]
