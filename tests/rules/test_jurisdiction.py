"""Whose job it is, by the city's own rules: one lead, nobody, or a conflict that names the rules at odds."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

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
    Missing,
    Need,
    NoRule,
    Question,
    Routed,
    Telling,
    UnitRole,
    WordKind,
    Words,
    only_lead,
    route,
)
from hotline.rules.jurisdiction.values import Weight
from hotline.rules.vocabulary import CITY_TZ, UnitCode

NOON = datetime(2026, 5, 3, 12, 0, tzinfo=CITY_TZ)
DAY = NOON.date()
NIGHT = Hours(time(22), time(6))
HERE = {"340104": UnitCode("SS"), "340104004": UnitCode("SS"), "340171401": UnitCode("GXQ")}
NOISE = Words((("施工", "工地"), ("噪声", "吵")))
LEXICON = Lexicon(
    (
        Telling(
            kind=WordKind.CONDITION, code="permit", name="有证明", words=Words((("有证明",),)), denied=("没有证明",)
        ),
        Telling(kind=WordKind.PLACE, code="school", name="学校", words=Words((("学校", "小学"),))),
        Telling(kind=WordKind.CATEGORY, code="040103", words=Words((("噪声",),))),
        Telling(kind=WordKind.CATEGORY, code="010204", words=Words((("路灯",),))),
        Telling(kind=WordKind.REGION, code="市外", words=Words((("南京",),))),
        Telling(kind=WordKind.REGION, code="340171", words=Words((("高新区",),))),
    ),
    {"340100": ("合肥市", "合肥"), "340104": ("蜀山区", "蜀山"), "340104004": ("南七街道", "南七")},
)


def directory(*rules: DirectoryRule, lexicon: Lexicon = LEXICON) -> Directory:
    """A city with these rules."""
    return Directory(rules=rules, managed=HERE, lexicon=lexicon)


def line(id: str = "0401-1", lead: str = "A", **said: object) -> DirectoryRule:  # noqa: A002 - a rule's own name for it
    """A rule of little account."""
    said.setdefault("categories", ("0401",))
    return DirectoryRule(id=id, lead=UnitCode(lead), **said)  # type: ignore[arg-type]  # fields by name


def ask(text: str | None = "工地施工噪声", at: datetime = NOON, **said: object) -> Question:
    """A question about noise in Shushan unless said otherwise."""
    return Question(**{"at": at, "text": text, "category": "040103", "region": "340104004", **said})  # type: ignore[arg-type]  # fields by name


def lead(answer: Answer) -> str:
    """Who leads, or which other answer it is."""
    return answer.lead if isinstance(answer, Routed) else type(answer).__name__


WORDS = st.sampled_from([Words(), NOISE, Words((("路灯",),)), Words((("吵",),), ("学校",))])
RULES = st.builds(
    DirectoryRule,
    id=st.integers(1, 40).map(lambda n: f"0401-{n}"),
    categories=st.lists(st.sampled_from(["04", "0401", "040103", "01", "010204"]), min_size=1, max_size=2).map(tuple),
    words=WORDS,
    places=st.sampled_from([(), ("school",)]),
    hours=st.sampled_from([None, NIGHT, Hours(time(6), time(22))]),
    needs=st.sampled_from([(), (Need("permit"),), (Need("permit", so=False),)]),
    regions=st.sampled_from([(), ("340104",), ("340104004", "340171"), ("340122",)]),
    lead=st.sampled_from(["A", "B", "C", LOCAL, ELSEWHERE]).map(UnitCode),
    source=st.sampled_from(["目录", "2026-031"]),
    valid_to=st.sampled_from([None, DAY, DAY + timedelta(days=9)]),
)
DIRECTORIES = st.lists(RULES, max_size=8, unique_by=lambda rule: rule.id)
QUESTIONS = st.builds(
    Question,
    at=st.integers(0, 23).map(lambda hour: NOON.replace(hour=hour)),
    text=st.sampled_from(
        [None, "", "工地施工噪声", "学校边上太吵，有证明", "南七路灯不亮", "没有证明也施工，吵", "南京的噪声"]
    ),
    category=st.sampled_from(["", "04", "0401", "040103", "010204", "1308"]),
    region=st.sampled_from(["", "340100", "340104", "340104004", "340104004001", "340171", "999999"]),
    facts=st.sampled_from([{}, {"permit": True}, {"permit": False}]),
)


@given(QUESTIONS, DIRECTORIES)
def test_every_question_gets_one_of_three_answers(question: Question, rules: list[DirectoryRule]):
    answer = route(question, directory(*rules))
    assert isinstance(answer, Routed | NoRule | Conflict)
    assert answer.story
    if isinstance(answer, Routed):
        assert answer.lead not in {LOCAL, ELSEWHERE}
        assert answer.rule in rules
    if isinstance(answer, Conflict):
        assert len(answer.leads) > 1


@given(QUESTIONS, DIRECTORIES, st.randoms(use_true_random=False))
def test_the_order_of_the_rules_says_nothing(question: Question, rules: list[DirectoryRule], rng: Random):
    shuffled = rules[:]
    rng.shuffle(shuffled)
    assert route(question, directory(*rules)) == route(question, directory(*shuffled))


@given(QUESTIONS, DIRECTORIES)
def test_a_rule_that_does_not_speak_changes_nothing(question: Question, rules: list[DirectoryRule]):
    others = (
        line("1201-1", "X", categories=("1201",)),
        line("0401-98", "X", words=Words((("不会说的词",),)), valid_to=DAY),
        line("0401-99", "X", regions=("340181",), words=Words((("也不会说的",),)), valid_from=DAY + timedelta(days=1)),
    )
    if question.text is not None:
        others = (*others, line("0401-97", "X", words=Words((("绝不会说的",),))))
    assert route(question, directory(*rules)) == route(question, directory(*rules, *others))


@given(QUESTIONS, DIRECTORIES)
def test_ended_rules_are_silent(question: Question, rules: list[DirectoryRule]):
    alive = [rule for rule in rules if rule.holds(DAY)]
    assert route(question, directory(*rules)) == route(question, directory(*alive))


@given(DIRECTORIES)
def test_who_may_not_read_the_text_is_told_one_lead_only_if_every_text_gives_it(rules: list[DirectoryRule]):
    certain = only_lead(directory(*rules), category="040103", region="340104004", at=NOON)
    if certain is None:
        return
    for text in ("", "工地施工噪声", "学校边上太吵，有证明", "没有证明也施工，吵", "路灯"):
        assert lead(route(ask(text), directory(*rules))) == certain


@pytest.mark.parametrize(
    ("hour", "minute", "holds"),
    [(21, 59, False), (22, 0, True), (23, 59, True), (0, 0, True), (5, 59, True), (6, 0, False), (12, 0, False)],
)
def test_hours_cross_midnight(hour: int, minute: int, holds: bool):
    assert NIGHT.holds(NOON.replace(hour=hour, minute=minute)) is holds
    assert Hours(time(6), time(22)).holds(NOON.replace(hour=hour, minute=minute)) is not holds


def test_hours_are_the_citys_whatever_zone_the_moment_is_written_in():
    at = datetime.fromisoformat("2026-05-03T14:30:00+00:00")
    assert NIGHT.holds(at)
    assert lead(route(ask(at=at), directory(line(lead="N", hours=NIGHT)))) == "N"


GENERAL = line("0401-1", "GENERAL")
WINS: list[tuple[str, DirectoryRule, DirectoryRule]] = [
    ("a longer category", line("0401-2", "W", categories=("040103",)), line("0401-3", words=NOISE)),
    ("of two categories the longer", line("0401-2", "W", categories=("04", "040103")), line("0401-3", words=NOISE)),
    ("a group of words", line("0401-2", "W", words=Words((("吵", "噪声"),))), line("0401-3", regions=("340104004",))),
    ("two groups of words", line("0401-2", "W", words=NOISE), line("0401-3", words=Words((("噪声",),)))),
    ("words and hours", line("0401-2", "W", words=NOISE, hours=Hours(time(6), time(22))), line("0401-3", words=NOISE)),
    ("words and place", line("0401-2", "W", words=NOISE, places=("school",)), line("0401-3", words=NOISE)),
    ("words and condition", line("0401-2", "W", words=NOISE, needs=(Need("permit"),)), line("0401-3", words=NOISE)),
    ("a longer region", line("0401-2", "W", regions=("340104004",)), line("0401-3", regions=("340104",))),
    (
        "of two regions the longer",
        line("0401-2", "W", regions=("340104", "340104004")),
        line("0401-3", regions=("340104",)),
    ),
    ("a ruling", line("0401-2", "W", words=NOISE, source="2026-031"), line("0401-3", words=NOISE)),
]


@pytest.mark.parametrize(("why", "winner", "loser"), WINS, ids=[case[0] for case in WINS])
def test_which_rule_wins(why: str, winner: DirectoryRule, loser: DirectoryRule):
    question = ask("小学旁边工地施工噪声，有证明")
    assert lead(route(question, directory(GENERAL, loser, winner))) == "W", why
    assert lead(route(question, directory(GENERAL, loser))) == "A"


def test_the_order_of_weights_is_the_one_that_is_written_down():
    assert Weight(6, 0, 0, False) > Weight(4, 9, 12, True)
    assert Weight(4, 1, 0, False) > Weight(4, 0, 12, True)
    assert Weight(4, 1, 6, False) > Weight(4, 1, 0, True)
    assert Weight(4, 1, 6, True) > Weight(4, 1, 6, False)


def test_words_left_out_and_words_barred():
    barred = line(words=Words((("施工",),), ("装修",)))
    assert lead(route(ask("工地施工"), directory(barred))) == "A"
    assert lead(route(ask("装修施工"), directory(barred))) == "NoRule"
    assert lead(route(ask("工地"), directory(barred))) == "NoRule"
    assert lead(route(ask("施 工\n吵，ＫＴＶ"), directory(line(words=Words((("施工",), ("ktv",))))))) == "A"


def test_rules_of_one_weight_that_agree_speak_by_the_lowest_number():
    answer = route(ask(), directory(line("0401-9"), line("0401-10"), line("0401-8")))
    assert isinstance(answer, Routed)
    assert answer.rule.id == "0401-8"


def test_rules_of_one_weight_at_odds_are_a_conflict_that_names_them():
    answer = route(ask(), directory(line("0401-1", "A"), line("0401-2", "B"), line("0401-3", "A")))
    assert isinstance(answer, Conflict)
    assert [(claim.rule.id, claim.lead) for claim in answer.claims] == [
        ("0401-1", "A"),
        ("0401-2", "B"),
        ("0401-3", "A"),
    ]
    assert answer.leads == ("A", "B")


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("340104", "SS"),
        ("340104004", "SS"),
        ("340104004001", "SS"),
        ("340171", "GXQ"),
        ("340100", "NoRule"),
        ("999999", "NoRule"),
        ("", "NoRule"),
    ],
)
def test_matters_of_the_place_go_to_who_manages_it(region: str, expected: str):
    answer = route(ask("吵", region=region), directory(line(lead=LOCAL)))
    assert lead(answer) == expected
    if isinstance(answer, NoRule):
        assert answer.place_missing


def test_a_place_not_known_matters_only_where_it_decides():
    here, city = line("0401-2", "W", regions=("340104",)), line("0401-1", "A")
    assert lead(route(ask(region=""), directory(city))) == "A"
    assert route(ask(region=""), directory(city, here)).missing == {Missing.REGION}  # type: ignore[union-attr]  # a NoRule
    assert lead(route(ask(region=""), directory(city, replace(here, lead=city.lead)))) == "A"
    assert lead(route(ask(region="340171401"), directory(city, here))) == "A"


def test_the_text_matters_to_who_may_not_read_it_only_where_it_decides():
    plain, worded = line("0401-1", "A"), line("0401-2", "B", words=NOISE)
    assert only_lead(directory(plain), category="040103", region="", at=NOON) == "A"
    assert only_lead(directory(plain, worded), category="040103", region="340104", at=NOON) is None
    assert only_lead(directory(plain, replace(worded, lead=plain.lead)), category="040103", region="340104", at=NOON)
    barred = line("0401-3", "B", words=Words((), ("装修",)), regions=("340104",))
    assert only_lead(directory(plain, barred), category="040103", region="340104", at=NOON) is None
    at_school = line("0401-4", "B", places=("school",))
    assert only_lead(directory(plain, at_school), category="040103", region="340104", at=NOON) is None
    permitted = line("0401-5", "B", needs=(Need("permit"),))
    assert only_lead(directory(plain, permitted), category="040103", region="340104", at=NOON) is None
    assert only_lead(directory(plain, replace(worded, hours=NIGHT)), category="040103", region="340104", at=NOON) == "A"
    assert only_lead(
        directory(plain, replace(worded, regions=("340122",))), category="040103", region="340104", at=NOON
    )


@pytest.mark.parametrize(
    ("text", "facts", "expected", "asks"),
    [
        ("施工吵，有证明", {}, "P", ()),
        ("施工吵，没有证明", {}, "N", ()),
        ("施工吵", {}, "A", ("permit",)),
        ("施工吵", {"permit": True}, "P", ()),
        ("施工吵，有证明", {"permit": False}, "N", ()),
    ],
)
def test_conditions_are_told_asked_or_known(text: str, facts: dict[str, bool], expected: str, asks: tuple[str, ...]):
    rules = (
        line("0401-1", "A", words=NOISE),
        line("0401-2", "P", words=NOISE, needs=(Need("permit"),)),
        line("0401-3", "N", words=NOISE, needs=(Need("permit", so=False),)),
    )
    answer = route(ask(text, facts=facts), directory(*rules))
    assert lead(answer) == expected
    assert isinstance(answer, Routed)
    assert answer.asks == asks


def test_kinds_of_place_are_told_or_known():
    rule = directory(line(places=("school",)))
    assert lead(route(ask("学校边上"), rule)) == "A"
    assert lead(route(ask("路边"), rule)) == "NoRule"
    assert lead(route(ask("路边", places=frozenset({"school"})), rule)) == "A"


def test_co_units_stand_with_role_task_and_the_outcome_that_opens_it():
    helpers = (
        CoUnit(role=UnitRole.CO, unit=UnitCode("CGJ"), task="处罚", after="查实违法"),
        CoUnit(role=UnitRole.COPY, unit=LOCAL),
        CoUnit(role=UnitRole.GUIDANCE, unit=UnitCode("A")),
    )
    known = route(ask(), directory(line(co_units=helpers)))
    assert isinstance(known, Routed)
    assert known.co_units == (helpers[0], CoUnit(role=UnitRole.COPY, unit=UnitCode("SS")))
    unknown = route(ask(region=""), directory(line(co_units=helpers)))
    assert isinstance(unknown, Routed)
    assert unknown.co_units == helpers[:1]


def test_a_matter_for_other_bodies_is_nobodys_and_says_where_to_go():
    answer = route(ask(), directory(line(lead=ELSEWHERE, note="拨打12368")))
    assert isinstance(answer, NoRule)
    assert answer.rule is not None
    assert answer.story[-1].params == {"note": "拨打12368"}


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "speaks"),
    [
        (None, None, True),
        (DAY, None, True),
        (None, DAY + timedelta(days=1), True),
        (DAY + timedelta(days=1), None, False),
        (None, DAY, False),
    ],
)
def test_dates(valid_from: date | None, valid_to: date | None, speaks: bool):
    answer = route(ask(), directory(line(valid_from=valid_from, valid_to=valid_to)))
    assert isinstance(answer, Routed) is speaks


def test_the_day_is_the_citys():
    evening = datetime.fromisoformat("2026-05-02T16:30:00+00:00")
    assert lead(route(ask(at=evening), directory(line(valid_from=DAY)))) == "A"


def test_category_and_place_are_heard_where_nobody_gave_them():
    rules = directory(line(lead=LOCAL, categories=("040103",)))
    answer = route(Question(at=NOON, text="蜀山区南七街道噪声大"), rules)
    assert isinstance(answer, Routed)
    assert (answer.lead, answer.heard.category, answer.heard.region) == ("SS", "040103", "340104004")
    assert answer.heard.category_words == ("噪声",)
    assert lead(route(Question(at=NOON, text="高新区噪声"), rules)) == "GXQ"
    assert lead(route(Question(at=NOON, text="合肥市蜀山区噪声"), rules)) == "SS"
    assert lead(route(Question(at=NOON, text="蜀山路噪声"), rules)) == "NoRule"
    assert lead(route(Question(at=NOON, text="蜀山区和高新区都有噪声"), rules)) == "NoRule"


def test_a_text_that_may_mean_several_things_stands_if_they_have_one_lead():
    both, split = "噪声，路灯", line("0102-1", "B", categories=("010204",))
    assert lead(route(Question(at=NOON, text=both), directory(line(), replace(split, lead=UnitCode("A"))))) == "A"
    answer = route(Question(at=NOON, text=both), directory(line(), split))
    assert isinstance(answer, NoRule)
    assert answer.missing == {Missing.CATEGORY}


def test_other_cities_and_nonsense_are_nobodys():
    rules = directory(line())
    for text in ("", "啊啊啊", "南京的噪声"):
        assert lead(route(Question(at=NOON, text=text), rules)) == "NoRule"
    assert lead(route(Question(at=NOON, text="南京人在蜀山区说噪声"), rules)) == "A"
    assert lead(route(Question(at=NOON, text="南京的噪声", region="340104"), rules)) == "A"
