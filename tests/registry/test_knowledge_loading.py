"""Items from a file: the demonstration's are sound, loading twice changes nothing, a bad file changes nothing."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.registry.knowledge import commands
from hotline.registry.knowledge.loading import load_items
from hotline.registry.knowledge.models import KnowledgeItem, KnowledgeVersion
from hotline.registry.knowledge.queries import search
from hotline.rules.vocabulary import CITY_TZ
from tests.cast import Cast

NOW = datetime(2026, 3, 17, 9, 30, tzinfo=CITY_TZ)
ITEMS = Path(__file__).resolve().parents[2] / "data/demo/knowledge.toml"
GOOD = """
[[item]]
code = "YS0001"
title = "停车收费"
unit = "BCGS"
category = "010204"
question = "停车怎么收费"
answer = "前30分钟免费。"
legal_basis = "《标准》（演示）"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "items.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_the_demonstration_has_sixty_items_of_many_units_and_says_that_it_is_one():
    items = tomllib.loads(ITEMS.read_text(encoding="utf-8"))["item"]
    assert len(items) >= 60
    assert len({item["unit"] for item in items}) >= 25
    assert all("演示" in item["legal_basis"] for item in items)
    assert len({item["title"] for item in items}) == len(items)


@pytest.mark.usefixtures("cast")
def test_loading_twice_changes_nothing_not_even_days_later():
    first = load_items(ITEMS, NOW)
    assert first.ok, [problem.sentence() for problem in first.problems]
    assert len(first.added) == KnowledgeItem.objects.count()
    again = load_items(ITEMS, NOW + timedelta(days=30))
    assert (len(again.same), again.added, again.changed) == (len(first.added), [], [])
    assert KnowledgeVersion.objects.count() == len(first.added)


@pytest.mark.usefixtures("cast")
def test_a_changed_text_becomes_the_next_version(file: Path):
    load_items(file, NOW)
    file.write_text(GOOD.replace("前30分钟", "前20分钟"), encoding="utf-8")
    assert load_items(file, NOW).changed == ["YS0001"]
    (found,) = search("停车", NOW.date())
    assert (found.number, found.text.answer) == (2, "前20分钟免费。")


def test_what_the_office_has_withdrawn_is_not_brought_back_by_the_same_file(cast: Cast, file: Path):
    load_items(file, NOW)
    commands.withdraw_item(code="YS0001", remark="有误", actor=cast.actor("supervisor"), now=NOW)
    assert load_items(file, NOW).same == ["YS0001"]
    assert search("停车", NOW.date()) == ()


def test_a_draft_in_hand_is_not_overwritten(cast: Cast, file: Path):
    load_items(file, NOW)
    text = search("停车", NOW.date())[0].text
    commands.draft_item(text=text, code="YS0001", actor=cast.actor("supervisor"), now=NOW)
    file.write_text(GOOD.replace("前30分钟", "前20分钟"), encoding="utf-8")
    report = load_items(file, NOW)
    assert [problem.refusal.code for problem in report.problems] == ["knowledge.in_hand"]


def test_days_of_validity_count_from_the_first_load(cast: Cast, file: Path):
    assert cast.today
    file.write_text(GOOD + "valid_days = 5\n", encoding="utf-8")
    load_items(file, NOW)
    assert len(search("停车", NOW.date() + timedelta(days=4))) == 1
    assert search("停车", NOW.date() + timedelta(days=5)) == ()


BAD = {
    'unit = "BCGS"': ('unit = "NOBODY"', "knowledge.unit_unknown", "单位“NOBODY”不存在"),
    'category = "010204"': ('category = "0102"', "knowledge.category_unknown", "三级分类"),
    'title = "停车收费"': ('title = ""', "knowledge.entry_missing", "缺少“title”"),
    'question = "停车怎么收费"': ("question = 7", "knowledge.entry_wrong", "应为文字"),
    'answer = "前30分钟免费。"': ("", "knowledge.answer_missing", "答复口径"),
    'legal_basis = "《标准》（演示）"': ('basis = "《标准》"', "knowledge.entry_unknown", "“basis”不认识"),
    'code = "YS0001"': ('code = "ZS000001"', "knowledge.entry_wrong", "不用ZS开头"),
    "[[item]]": ("[item]", "knowledge.entry_wrong", "[[item]]"),
    "title =": ("title", "knowledge.file_broken", "格式有误"),
}


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("passage", BAD)
def test_a_mistake_is_named_with_its_place_and_nothing_is_loaded(file: Path, passage: str):
    bad, code, words = BAD[passage]
    second = GOOD.replace("YS0001", "YS0002").replace("停车收费", "停车缴费")
    file.write_text((second if passage != "[[item]]" else "") + GOOD.replace(passage, bad), encoding="utf-8")
    report = load_items(file, NOW)
    assert code in [problem.refusal.code for problem in report.problems]
    assert any(words in problem.sentence("zh") for problem in report.problems)
    assert all(problem.sentence("en") for problem in report.problems)
    assert (report.added, KnowledgeItem.objects.count()) == ([], 0)


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("valid_days = 0", "knowledge.entry_wrong"),
        ("valid_days = true", "knowledge.entry_wrong"),
        ("valid_to = 2026-05-08T10:00:00Z", "knowledge.entry_wrong"),
        ("valid_to = 2026-03-17", "knowledge.already_over"),
        ("public = 1", "knowledge.entry_wrong"),
        (GOOD, "knowledge.code_repeated"),
    ],
)
def test_values_are_taken_at_their_word(file: Path, line: str, code: str):
    file.write_text(f"{GOOD}{line}\n", encoding="utf-8")
    assert [problem.refusal.code for problem in load_items(file, NOW).problems] == [code]
    assert not KnowledgeItem.objects.exists()


@pytest.mark.usefixtures("cast")
def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path):
    report = load_items(tmp_path / "none.toml", NOW)
    assert [problem.refusal.code for problem in report.problems] == ["knowledge.file_missing"]
