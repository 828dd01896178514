"""The directory as the file that officials sign: nothing is lost either way, and every mistake has its sentence."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.jurisdiction import (
    ELSEWHERE,
    LOCAL,
    Answer,
    Conflict,
    CoUnit,
    Directory,
    DirectoryRule,
    Hours,
    Lexicon,
    Need,
    NoRule,
    Question,
    Routed,
    Telling,
    UnitRole,
    WordKind,
    Words,
    route,
)
from hotline.rules.jurisdiction.checking import Lists, check_directory
from hotline.rules.jurisdiction.reports import at_odds, difference, gaps, never_used, running_out
from hotline.rules.jurisdiction.sheet import HEADERS, Spelling, print_directory, print_rule, read_directory
from hotline.rules.jurisdiction.values import read_hours
from hotline.rules.jurisdiction.words import print_words, read_words
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ, UnitCode

HEFEI = Path(__file__).resolve().parents[2] / "data" / "hefei"
DAY = date(2026, 5, 3)
NOON = datetime(2026, 5, 3, 12, 0, tzinfo=CITY_TZ)
LEXICON = Lexicon(
    (
        Telling(kind=WordKind.CONDITION, code="permit", name="有证明", words=Words((("有证明",),))),
        Telling(kind=WordKind.PLACE, code="school", name="学校", words=Words((("学校",),))),
    )
)
NAMES = {"STHJ": "市生态环境局", "CGJ": "市城管局", "OLD": "市旧局"}
SPELLING = Spelling(
    units={
        **{name: UnitCode(code) for code, name in NAMES.items()},
        **{code: UnitCode(code) for code in NAMES},
        "合肥市城市管理局": UnitCode("CGJ"),
    },
    names=NAMES,
    lexicon=LEXICON,
)
LISTS = Lists(
    units={"STHJ": None, "CGJ": None, "OLD": date(2026, 1, 1)},
    categories=frozenset({"04", "0401", "040103"}),
    regions=frozenset({"340104", "340104004", "340171401"}),
    names=NAMES,
)
GOOD = {
    "规则编号": "0401-7",
    "版本": "2",
    "事项": "夜间施工噪声",
    "事项分类": "040103、0401",
    "词语": "施工、工地；噪声、吵",
    "不含词语": "装修",
    "场所": "学校",
    "时段": "22:00-06:00",
    "条件": "非:有证明",
    "区划": "340104、340171",
    "主办": "市生态环境局",
    "协办": "协办:市城管局（处罚｜查实违法）；抄送:属地",
    "依据": "《噪声污染防治法》第四十三条",
    "说明": "",
    "归口单位": "市生态环境局",
    "来源": "2026-031",
    "启用日期": "2026-01-01",
    "停用日期": "2027-01-01",
}
RULE = DirectoryRule(
    id="0401-7",
    version=2,
    title="夜间施工噪声",
    categories=("040103", "0401"),
    words=Words((("施工", "工地"), ("噪声", "吵")), ("装修",)),
    places=("school",),
    hours=Hours(time(22), time(6)),
    needs=(Need("permit", so=False),),
    regions=("340104", "340171"),
    lead=UnitCode("STHJ"),
    co_units=(
        CoUnit(role=UnitRole.CO, unit=UnitCode("CGJ"), task="处罚", after="查实违法"),
        CoUnit(role=UnitRole.COPY, unit=LOCAL),
    ),
    basis="《噪声污染防治法》第四十三条",
    owner=UnitCode("STHJ"),
    source="2026-031",
    valid_from=date(2026, 1, 1),
    valid_to=date(2027, 1, 1),
)


def table(*rows: dict[str, str]) -> str:
    """A file of these rows."""
    lines = [",".join(HEADERS), *(",".join(f'"{row[name]}"' for name in HEADERS) for row in rows)]
    return "\n".join(lines) + "\n"


def sentences(*rows: dict[str, str]) -> list[str]:
    """Everything wrong with a file of these rows, with the lines."""
    reading = read_directory(table(*rows), SPELLING)
    wrong = (*reading.wrong, *check_directory(reading.rules, LISTS))
    return [f"{one.line}:{one.message.code}:{render(one.message, 'zh')}" for one in wrong]


def test_a_line_says_all_that_a_rule_holds():
    reading = read_directory(table(GOOD), SPELLING)
    assert reading.wrong == ()
    assert reading.rules == ((2, RULE),)
    assert print_rule(RULE, SPELLING) == GOOD


def test_units_may_be_written_by_code_short_or_full_name():
    for written in ("CGJ", "市城管局", "合肥市城市管理局"):
        ((_, rule),) = read_directory(table(GOOD | {"主办": written, "协办": ""}), SPELLING).rules
        assert rule.lead == "CGJ"


PART = st.text("施工噪声吵甲乙", min_size=1, max_size=3)
ANY_RULE = st.builds(
    DirectoryRule,
    id=st.integers(1, 9999).map(lambda n: f"0401-{n}"),
    version=st.integers(1, 99),
    title=PART,
    categories=st.lists(st.sampled_from(["04", "0401", "040103"]), min_size=1).map(tuple),
    words=st.builds(
        Words, st.lists(st.lists(PART, min_size=1).map(tuple), max_size=3).map(tuple), st.lists(PART).map(tuple)
    ),
    places=st.sampled_from([(), ("school",)]),
    hours=st.none() | st.builds(Hours, st.just(time(21, 5)), st.times().map(lambda t: time(t.hour % 20, t.minute))),
    needs=st.sampled_from([(), (Need("permit"),), (Need("permit", so=False),)]),
    regions=st.lists(st.sampled_from(["340104", "340104004"])).map(tuple),
    lead=st.sampled_from(["STHJ", "CGJ", LOCAL, ELSEWHERE]).map(UnitCode),
    co_units=st.lists(
        st.builds(
            CoUnit,
            role=st.sampled_from(UnitRole),
            unit=st.sampled_from(["CGJ", LOCAL]).map(UnitCode),
            task=PART | st.just(""),
            after=PART | st.just(""),
        )
    ).map(tuple),
    basis=PART.map(lambda text: f"《{text}》,“{text}”"),
    note=PART | st.just(""),
    owner=st.just(UnitCode("CGJ")),
    source=st.sampled_from(["目录", "2026-031"]),
    valid_from=st.none() | st.just(DAY),
    valid_to=st.none() | st.just(DAY + timedelta(days=1)),
)


@given(st.lists(ANY_RULE, max_size=5))
def test_what_is_printed_is_read_back(rules: list[DirectoryRule]):
    printed = print_directory(rules, SPELLING, heading="说明")
    reading = read_directory(printed, SPELLING)
    assert reading.wrong == ()
    assert [rule for _, rule in reading.rules] == rules
    assert print_directory(rules, SPELLING, heading="说明") == printed


WRONG: list[tuple[str, dict[str, str], str]] = [
    ("cell_missing", {"事项": ""}, "“事项”不能为空，请填写"),
    ("cell_missing", {"依据": ""}, "“依据”不能为空，请填写"),
    ("cell_missing", {"归口单位": ""}, "“归口单位”不能为空，请填写"),
    ("cell_missing", {"主办": ""}, "“主办”不能为空，请填写"),
    ("id_form", {"规则编号": "0401"}, "规则编号“0401”应为分类加序号，如 0401-7"),
    ("id_form", {"规则编号": "401-7"}, "规则编号“401-7”应为分类加序号，如 0401-7"),
    ("id_strange", {"规则编号": "0501-7"}, "规则编号“0501-7”的分类与“事项分类”一列不符，请改其中之一"),
    ("version_form", {"版本": "0"}, "版本“0”应为1以上的整数"),
    ("version_form", {"版本": "二"}, "版本“二”应为1以上的整数"),
    ("category_form", {"事项分类": "04010"}, "事项分类“04010”应为2位、4位或6位数字"),
    ("category_unknown", {"事项分类": "040198、0401"}, "分类“040198”不在事项分类里，请改正"),
    ("words_form", {"词语": "施工、；噪声"}, "“词语”写法有误：施工、；噪声"),
    ("words_form", {"不含词语": "装修、"}, "“词语”写法有误"),
    ("hours_form", {"时段": "22点到6点"}, "时段“22点到6点”应写成 22:00-06:00"),
    ("hours_form", {"时段": "22:00-22:00"}, "时段“22:00-22:00”应写成 22:00-06:00"),
    ("place_unknown", {"场所": "月球"}, "场所“月球”不在目录用语里"),
    ("condition_unknown", {"条件": "非:有钱"}, "条件“有钱”不在目录用语里"),
    ("region_form", {"区划": "3401"}, "区划“3401”应为6位、9位或12位数字"),
    ("region_unknown", {"区划": "340199"}, "区划“340199”不在区划名单里，请改正"),
    ("unit_unknown", {"主办": "市工商局"}, "“主办”的单位“市工商局”不在单位名录里，请写单位简称"),
    ("unit_unknown", {"协办": "协办:市工商局"}, "“协办”的单位“市工商局”不在单位名录里，请写单位简称"),
    ("unit_unknown", {"归口单位": "属地"}, "“归口单位”的单位“属地”不在单位名录里，请写单位简称"),
    ("unit_closed", {"主办": "市旧局"}, "“主办”的单位“市旧局”自2026-01-01起已撤销"),
    ("unit_closed", {"协办": "督导:市旧局"}, "“协办”的单位“市旧局”自2026-01-01起已撤销"),
    ("co_form", {"协办": "帮忙:市城管局"}, "协办“帮忙:市城管局”应写成"),
    ("co_repeated", {"协办": "协办:市城管局；督导:市城管局"}, "单位“市城管局”既主办又协办，或者协办了两次，请删去一处"),
    ("co_repeated", {"主办": "属地"}, "单位“属地”既主办又协办，或者协办了两次，请删去一处"),
    ("note_missing", {"主办": "引导"}, "主办写“引导”的，须在“说明”里写明引导到哪里"),
    ("date_form", {"启用日期": "2026-02-30"}, "“启用日期”的“2026-02-30”不是日期，应写成 2021-03-15"),
    ("dates_reversed", {"停用日期": "2026-01-01"}, "停用日期必须晚于启用日期，请改正"),
]


@pytest.mark.parametrize(("code", "change", "sentence"), WRONG, ids=[f"{c}-{next(iter(d))}" for c, d, _ in WRONG])
def test_every_mistake_is_named_with_its_line(code: str, change: dict[str, str], sentence: str):
    found = sentences(GOOD | {"规则编号": "0401-1"}, GOOD | change)
    assert [one for one in found if one.startswith(f"3:directory.{code}:") and sentence in one], found
    assert all(one.startswith("3:") for one in found)


def test_a_unit_that_ends_may_stand_in_a_rule_that_ends_with_it():
    assert sentences(GOOD | {"主办": "市旧局", "启用日期": "2025-01-01", "停用日期": "2026-01-01"}) == []


def test_versions_of_a_rule_follow_one_another():
    older = GOOD | {"版本": "1", "启用日期": "2025-01-01", "停用日期": "2026-01-01"}
    assert sentences(older, GOOD) == []
    assert sentences(older | {"停用日期": "2026-01-02"}, GOOD) == [
        "3:directory.overlap:规则0401-7的起止日期与第2行的另一版本重叠，请给旧版本填停用日期"
    ]
    assert sentences(older | {"停用日期": ""}, GOOD | {"启用日期": ""})
    assert sentences(GOOD, GOOD) == ["3:directory.repeated:规则0401-7@2第2行已经有了，请改编号或者版本"]


def test_the_header_is_checked_before_anything_else():
    reading = read_directory(table(GOOD).replace("归口单位", "归口"), SPELLING)
    assert [render(wrong.message, "zh") for wrong in reading.wrong] == [
        "缺少“归口单位”列，请补上",
        "表头里的“归口”不认识，请改正或删除该列",
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("22:00-06:00", Hours(time(22), time(6))),
        ("6：00～22：00", Hours(time(6), time(22))),
        ("18:00-24:00", Hours(time(18), time(0))),
        ("18:00-24:01", None),
        ("25:00-26:00", None),
        ("", None),
    ],
)
def test_hours_as_officials_write_them(cell: str, expected: Hours | None):
    assert read_hours(cell) == expected


def test_words_as_officials_write_them():
    words = read_words("施工、 工地 ；噪声", "装修")
    assert words == Words((("施工", "工地"), ("噪声",)), ("装修",))
    assert words is not None
    assert print_words(words) == ("施工、工地；噪声", "装修")
    assert read_words("", "") == Words()
    assert words.spoken("工地施工噪声") == ("施工", "噪声")
    assert words.spoken("工地装修噪声") is None
    assert words.spoken("工地") is None


# --- what the keeper looks at ---


def line(number: int, lead: str, **said: object) -> DirectoryRule:
    """A rule about noise."""
    said.setdefault("categories", ("0401",))
    return DirectoryRule(id=f"0401-{number}", lead=UnitCode(lead), **said)  # type: ignore[arg-type]  # fields by name


NOISE = Words((("施工",), ("噪声", "吵")))
PAIRS: list[tuple[str, DirectoryRule, DirectoryRule, bool]] = [
    ("plain", line(1, "A"), line(2, "B"), True),
    ("one lead", line(1, "A"), line(2, "A"), False),
    ("other category", line(1, "A"), line(2, "B", categories=("0402",)), False),
    ("longer category", line(1, "A"), line(2, "B", categories=("040103",)), False),
    ("one of several categories", line(1, "A", categories=("01", "0401")), line(2, "B"), True),
    ("more words", line(1, "A"), line(2, "B", words=NOISE), False),
    ("same words", line(1, "A", words=NOISE), line(2, "B", words=NOISE), True),
    ("barred words", line(1, "A", words=NOISE), line(2, "B", words=replace(NOISE, without=("施工",))), False),
    (
        "one bars what the other asks for",
        line(1, "A", words=Words((("装修",), ("噪声",)))),
        line(2, "B", words=Words((("装修", "施工"), ("噪声",)), ("装修",))),
        False,
    ),
    (
        "a word is left that fits both",
        line(1, "A", words=Words((("装修", "施工"), ("噪声",)))),
        line(2, "B", words=Words((("施工",), ("噪声",)), ("装修",))),
        True,
    ),
    ("other hours", line(1, "A", hours=Hours(time(6), time(22))), line(2, "B", hours=Hours(time(22), time(6))), False),
    (
        "hours that meet",
        line(1, "A", hours=Hours(time(6), time(23))),
        line(2, "B", hours=Hours(time(22), time(6))),
        True,
    ),
    ("other region", line(1, "A", regions=("340104",)), line(2, "B", regions=("340103",)), False),
    ("longer region", line(1, "A", regions=("340104",)), line(2, "B", regions=("340104004",)), False),
    ("region and city", line(1, "A", regions=("340104",)), line(2, "B"), False),
    ("same region", line(1, "A", regions=("340104",)), line(2, "B", regions=("340103", "340104")), True),
    ("so and not so", line(1, "A", needs=(Need("x"),)), line(2, "B", needs=(Need("x", so=False),)), False),
    ("other places", line(1, "A", places=("road",)), line(2, "B", places=("school",)), False),
    ("after one another", line(1, "A", valid_to=DAY), line(2, "B", valid_from=DAY), False),
    ("ruling and directory", line(1, "A", source="2026-031"), line(2, "B"), False),
    ("versions of one rule", line(1, "A"), replace(line(1, "B"), version=2), False),
]


@pytest.mark.parametrize(("why", "one", "other", "expected"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_rules_at_odds_are_found_before_a_ticket_is(why: str, one: DirectoryRule, other: DirectoryRule, expected: bool):
    assert bool(at_odds([one, other])) is expected, why
    assert bool(at_odds([other, one])) is expected, why


def test_gaps_and_rules_never_used():
    directory = Directory(rules=(line(1, "A"), line(2, "B", words=NOISE), line(3, "C", valid_to=DAY)))
    assert gaps(["01", "040103", "050101", "0501"], directory, DAY) == ("050101",)
    asked = [Question(at=NOON, category="040103", text=text, region="340104") for text in ("吵", "")]
    assert never_used(asked, directory) == ("0401-2", "0401-3")


def test_what_would_have_gone_elsewhere():
    old = Directory(rules=(line(1, "A"),))
    new = Directory(rules=(line(1, "A"), line(2, "B", words=NOISE), line(3, "C", words=Words((("狗",),)))))
    copied = Directory(rules=(line(1, "A", co_units=(CoUnit(role=UnitRole.COPY, unit=UnitCode("X")),)),))
    at_all = Directory(rules=(*new.rules, line(4, "D", words=Words((("犬", "狗"),)))))
    asked = {
        name: Question(at=NOON, category="040103", text=text, region="340104")
        for name, text in {"1": "施工噪声", "2": "安静", "3": "狗"}.items()
    }
    moved = difference(asked, old, new)
    assert [(one.key, _lead(one.was), _lead(one.would)) for one in moved] == [("1", "A", "B"), ("3", "A", "C")]
    assert difference(asked, old, old) == ()
    assert [one.key for one in difference(asked, old, copied)] == ["1", "2", "3"]
    ((third,),) = [difference({"3": asked["3"]}, new, at_all)]
    assert isinstance(third.would, Conflict)
    assert isinstance(difference(asked, new, Directory())[0].would, NoRule)


def _lead(answer: Answer) -> str:
    return answer.lead if isinstance(answer, Routed) else ""


def test_rules_that_run_out_are_named_in_time():
    rules = [line(n, "A", valid_to=DAY + timedelta(days=days)) for n, days in ((1, 30), (2, 31), (3, 0), (4, 7))]
    assert [rule.id for rule in running_out([*rules, line(5, "A")], DAY, timedelta(days=30))] == ["0401-4", "0401-1"]


def test_a_version_that_another_follows_does_not_run_out():
    old = line(1, "A", valid_to=DAY + timedelta(days=7))
    new = replace(old, version=2, valid_from=old.valid_to, valid_to=None)
    late = replace(new, valid_from=DAY + timedelta(days=8))
    assert running_out([old, new], DAY, timedelta(days=30)) == ()
    assert running_out([old, late], DAY, timedelta(days=30)) == (old,)


def test_a_ruling_becomes_a_rule_that_sends_the_next_matter_straight():
    before = Directory(rules=(line(1, "A", words=NOISE), line(2, "B", words=NOISE)))
    ruling = line(9, "A", words=NOISE, source="2026-031", valid_to=DAY + timedelta(days=365))
    question = Question(at=NOON, category="040103", text="施工太吵", region="340104")
    assert isinstance(route(question, before), Conflict)
    settled = route(question, replace(before, rules=(*before.rules, ruling)))
    assert isinstance(settled, Routed)
    assert settled.rule == ruling
    assert any(message.code == "route.ruling" and message.params["source"] == "2026-031" for message in settled.story)
    later = replace(question, at=NOON + timedelta(days=365))
    assert isinstance(route(later, replace(before, rules=(*before.rules, ruling))), Conflict)
