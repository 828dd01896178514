"""Agents find items by two-character words and are offered those that fit what the citizen says."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import Func, TextField, Value
from django.db.models.expressions import Combinable

from hotline.registry.knowledge import commands
from hotline.registry.knowledge.matching import LEAST, match, shared_words
from hotline.registry.knowledge.models import KnowledgeItem, KnowledgeVersion, State
from hotline.registry.knowledge.queries import cited_on, ended, expiring, needing_review, search, suggest
from hotline.registry.knowledge.wording import Wording, index, plain
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.vocabulary import CITY_TZ
from hotline.text.bigrams import terms
from tests.cast import Cast
from tests.knowing import demo, demo_copy  # noqa: F401  # fixtures

NOW = datetime(2026, 3, 17, 9, 30, tzinfo=CITY_TZ)
TODAY = NOW.date()
QUESTIONS = Path(__file__).parent / "data/knowledge_questions.csv"
TOLD_AT_LENGTH = (
    "市民来电反映，其居住在庐阳区三孝口街道某小区3栋502室，本人今年65岁，子女都在外地工作。{}。之前也打过社区和物业"
    "的电话，工作人员说不清楚，让拨打热线咨询。市民希望有关部门尽快答复，说明办理地点、需要带哪些材料和多长时间能办好，"
    "如果能网上办理也请告知，避免来回跑。"
)


def published(
    title: str, *, question: str = "怎么问", answer: str = "这样答。", unit: str = "CGJ", **more: object
) -> str:
    """An item put into force by the platform itself."""
    text = Wording(title=title, question=question, answer=answer, legal_basis="《规定》", **more)  # type: ignore[arg-type]  # a test names any field
    code = commands.draft_item(text=text, unit=unit, actor=SYSTEM, now=NOW).code
    commands.submit_item(code=code, actor=SYSTEM, now=NOW)
    assert commands.publish_item(code=code, actor=SYSTEM, now=NOW).ok
    return code


def titles(words: str, **more: object) -> list[str]:
    return [found.text.title for found in search(words, TODAY, **more)]  # type: ignore[arg-type]  # as above


@pytest.mark.usefixtures("demo")
def test_two_characters_are_enough():
    assert "城乡最低生活保障申请" in titles("低保")
    assert titles("狗证") == ["养犬登记和管理"]
    assert len(titles("公积金")) >= 5


@pytest.mark.usefixtures("cast")
def test_every_word_must_stand_in_the_item_side_by_side_as_typed():
    published("公积金提取", answer="提取公积金。")
    published("公积与积金", answer="这两个词不是一回事。")
    assert titles("公积金") == ["公积金提取"]
    assert titles("公积金 提取") == ["公积金提取"]
    assert titles("公积金 贷款") == []
    assert titles("积公") == []


@pytest.mark.usefixtures("cast")
def test_words_of_the_answer_and_of_the_basis_are_found_after_those_of_the_title():
    published("其他事项", answer="见水费缴纳说明。")
    published("水费怎么交")
    assert titles("水费") == ["水费怎么交", "其他事项"]
    assert len(titles("规定")) == 2


def test_what_agents_cite_most_comes_first_among_equals(cast: Cast):
    published("停车收费一")
    second = published("停车收费二")
    assert titles("停车") == ["停车收费一", "停车收费二"]
    commands.cite(codes=[second], ticket="34010020260317DH000001", actor=cast.actor("agent"), now=NOW)
    assert titles("停车") == ["停车收费二", "停车收费一"]
    assert search("停车", TODAY)[0].cited == 1


@pytest.mark.parametrize("typed", ["ETC", "etc", "ＥＴＣ", " etc  办理 "])
@pytest.mark.usefixtures("cast")
def test_capitals_and_full_width_letters_make_no_difference(typed: str):
    published("ETC办理")
    assert titles(typed) == ["ETC办理"]


@pytest.mark.parametrize("typed", ["水", "'", "\\", "%", "_", "'; DROP TABLE x", "\x00水", "，。", "!!" * 200])
@pytest.mark.usefixtures("cast")
def test_whatever_is_typed_is_answered(typed: str):
    published("水费怎么交")
    assert titles(typed) in (["水费怎么交"], [])


@pytest.mark.usefixtures("cast")
def test_a_single_character_is_looked_for_in_the_text():
    published("水费怎么交")
    assert titles("水") == ["水费怎么交"]
    assert titles("电") == []


@pytest.mark.usefixtures("demo")
def test_a_list_is_narrowed_by_category_at_any_level_and_by_unit():
    assert set(titles("", category="010103", limit=100)) == {"住宅专项维修资金使用", "成立业主大会和业主委员会"}
    assert len(titles("", category="01", limit=100)) > len(titles("", category="0101", limit=100)) > 2
    assert set(titles("", unit="RQJT")) == {"燃气入户安检", "燃气开户、通气和改管"}
    assert titles("公积金", category="06") == []


@pytest.mark.usefixtures("demo")
def test_pages_of_a_list_follow_one_another():
    first, second = titles("", limit=20), titles("", limit=20, offset=20)
    assert len(first) == len(second) == 20
    assert not set(first) & set(second)


@pytest.mark.usefixtures("demo")
def test_citizens_see_public_items_without_the_hints_for_staff():
    staff = search("公积金", TODAY)
    citizens = search("公积金", TODAY, public_only=True)
    assert any(found.text.hint for found in staff)
    assert not any(found.text.hint for found in citizens)
    assert len(citizens) == len(staff)
    assert titles("上访")
    assert not titles("上访", public_only=True)


# --- time ---


@pytest.mark.usefixtures("cast")
def test_what_has_run_out_or_not_begun_is_neither_found_nor_suggested():
    published("停车收费标准", question="停车怎么收费", valid_to=TODAY + timedelta(days=3))
    published("停车收费新标准", question="停车怎么收费", valid_from=TODAY + timedelta(days=3))
    for day, expected in ((TODAY, "停车收费标准"), (TODAY + timedelta(days=3), "停车收费新标准")):
        assert [v.text.title for v in search("停车", day)] == [expected]
        assert [s.version.text.title for s in suggest("路边停车怎么收费", "", day)] == [expected]


def test_withdrawn_items_are_not_suggested(cast: Cast):
    code = published("停车收费标准", question="停车怎么收费")
    assert suggest("路边停车怎么收费", "", TODAY)
    commands.withdraw_item(code=code, remark="政策调整", actor=cast.actor("supervisor"), now=NOW)
    assert suggest("路边停车怎么收费", "", TODAY) == ()
    assert [v.code for v in ended(TODAY)] == [code]


@pytest.mark.usefixtures("cast")
def test_what_ends_soon_what_is_over_and_what_must_be_looked_at_again():
    soon = published("十二天后到期", valid_to=TODAY + timedelta(days=12))
    later = published("二十天后到期", valid_to=TODAY + timedelta(days=20))
    again = published("下月复核", review_on=TODAY + timedelta(days=30))
    assert [v.code for v in expiring(TODAY, timedelta(days=15))] == [soon]
    assert [v.code for v in expiring(TODAY, timedelta(days=20))] == [soon, later]
    assert expiring(TODAY + timedelta(days=12), timedelta(days=7)) == ()
    assert [v.code for v in ended(TODAY + timedelta(days=12))] == [soon]
    assert needing_review(TODAY) == ()
    assert [v.code for v in needing_review(TODAY + timedelta(days=30))] == [again]


# --- suggestions ---


def asked_questions() -> list[tuple[str, str]]:
    with QUESTIONS.open(encoding="utf-8") as file:
        return [(row["question"], row["code"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("form", "first", "among_three"), [("{}", 0.95, 1.0), (TOLD_AT_LENGTH, 0.92, 0.95)])
@pytest.mark.usefixtures("demo")
def test_the_item_that_answers_is_suggested(form: str, first: float, among_three: float):
    """84 questions as callers put them, alone and inside a ticket's text; without a category."""
    found = [
        ([s.version.code for s in suggest(form.format(said), "", TODAY)], code) for said, code in asked_questions()
    ]
    assert len(found) == 84
    assert sum(codes[:1] == [code] for codes, code in found) / len(found) >= first
    assert sum(code in codes[:3] for codes, code in found) / len(found) >= among_three


NOT_ANSWERED = (
    "",
    "？",
    "你好请问",
    "路灯不亮已经三天了，晚上走路很危险",
    "公园厕所没有水",
    "河水发黑发臭有死鱼",
    "\x00",
)


@pytest.mark.usefixtures("demo")
def test_what_no_item_answers_gets_no_suggestion():
    assert [suggest(said, "", TODAY) for said in NOT_ANSWERED] == [()] * len(NOT_ANSWERED)


@pytest.mark.usefixtures("demo")
def test_a_suggestion_says_why():
    best = suggest("租房子想提取公积金", "010101", TODAY)[0]
    assert best.version.text.title == "租房提取住房公积金"
    assert best.match.same_category
    assert "提取" in "".join(best.match.shared)
    assert "公积金" in "".join(best.match.shared)
    assert LEAST <= best.match.score <= 100
    assert best.match.score == suggest("租房子想提取公积金", "", TODAY)[0].match.score + 15


def test_the_score_counts_title_question_pairs_and_category():
    said = frozenset(terms("水费怎么交"))
    whole = match(said, "010215", title="水费", question="水费怎么交", its_category="010215")
    assert (whole.score, whole.shared, whole.same_category) == (25 + 30 + 5 * 3 + 15, ("水费怎么交",), True)
    assert match(said, "010299", title="水费", question="", its_category="010215").score == 25 + 5 + 7
    assert match(said, "", title="供电", question="停电", its_category="010214").score == 0


def test_shared_words_are_joined_from_neighbouring_pairs():
    said = frozenset(terms("公积金怎么提取，提取住房公积金，12345"))
    assert shared_words(["住房公积金提取", "拨打12345提取"], said) == ("12345", "住房公积金", "提取")


# --- the index ---


@pytest.mark.usefixtures("cast")
def test_five_thousand_items_are_searched_through_the_index():
    """The plan of the very statement that search() sends, not of one like it."""
    _many(5000)
    statements: list[str] = []

    def listen(execute, sql, params, many, context):  # noqa: ANN001, ANN202  # the form that Django's wrapper asks for
        statements.append(context["connection"].ops.compose_sql(sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        assert [found.text.title for found in search("无人机", TODAY)] == ["无人机飞行备案"]
        assert suggest("想飞无人机要备案吗", "", TODAY)[0].version.text.title == "无人机飞行备案"
    for statement in (statements[0], statements[1]):
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + statement)
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "Bitmap Index Scan on knowledge_words" in plan, plan
        assert "Seq Scan on knowledge_knowledgeversion" not in plan, plan


ANSWER = (
    "带身份证和户口簿到居住地街道便民服务中心或者在皖事通提出，工作人员核对后当场受理，材料不齐的一次告知。一般五个工作日"
    "办结，可以凭受理编号查询进度，也可以选择邮寄。对结果有异议的，自收到之日起六十日内提出复议，逾期的按规定重新办理。"
)
"""As long as answers are."""


def _many(number: int) -> None:
    """Items of made-up words, written as publish_item writes them."""
    signs = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈"
    texts = [
        Wording(
            title=f"{signs[n % 40 : n % 40 + 6]}{n}", question=f"{signs[n % 31 : n % 31 + 9]}怎么{n}", answer="答。"
        )
        for n in range(number - 1)
    ]
    texts.append(Wording(title="无人机飞行备案", question="飞无人机要备案吗", answer="请先备案。"))
    items = [KnowledgeItem(code=f"T{n}", unit_id="CGJ", created_at=NOW) for n in range(number)]
    KnowledgeItem.objects.bulk_create(items)
    rows = [
        KnowledgeVersion(
            item=item,
            number=1,
            state=State.PUBLISHED,
            title=text.title,
            question=text.question,
            answer=text.answer,
            updated_by="system",
            updated_at=NOW,
            plain=plain(text),
            words=_vector(index(text)),
        )
        for item, text in zip(items, texts, strict=True)
    ]
    KnowledgeVersion.objects.bulk_create(rows, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE knowledge_knowledgeversion, knowledge_knowledgeitem, knowledge_citation")


def _vector(text: str) -> Combinable:
    return Func(Value(text, TextField()), template="%(expressions)s::tsvector", output_field=SearchVectorField())


def test_a_citation_names_the_item_on_its_ticket_only(cast: Cast):
    code = published("停车收费")
    commands.cite(codes=[code], ticket="34010020260317DH000001", actor=cast.actor("agent"), now=NOW)
    assert [v.code for v in cited_on("34010020260317DH000001")] == [code]
    assert cited_on("34010020260317DH000002") == ()
