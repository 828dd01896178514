"""`hotline rules route`: whose job a matter is, for people and for programs, without a database."""

import json
from functools import cache

import pytest
from click.testing import CliRunner

from hotline.config import cli_route
from hotline.config.cli_city_files import city_files
from hotline.config.cli_rules import rules

NIGHT = "2026-05-03T23:30"
NOISE = "工地夜里打桩浇混凝土，噪音大得没法睡觉"


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_route, "city_files", _once)


_once = cache(city_files)


def run(*args: str) -> str:
    """What the command prints."""
    found = CliRunner().invoke(rules, ["route", *args])
    assert found.exit_code == 0, found.output
    return found.output


def test_a_program_gets_one_object() -> None:
    found = json.loads(run("--text", NOISE, "--category", "0401", "--region", "340104", "--at", NIGHT, "--json"))
    assert found["outcome"] == "rule"
    assert found["category"] == "040103"
    assert found["lead"] == "合肥市生态环境局"
    assert "合肥市城市管理局" in found["co_units"]
    assert "噪声污染防治法" in found["basis"]
    assert found["rule"].startswith("0401-")
    assert found["why"].endswith("由市生态环境局主办。")
    penalty = next(task for task in found["tasks"] if task["unit"] == "合肥市城市管理局")
    assert penalty["after"] == "查实违法"


def test_category_and_place_may_be_left_out() -> None:
    found = json.loads(run("--text", f"蜀山区南七这边{NOISE}", "--at", NIGHT, "--json"))
    assert (found["outcome"], found["category"], found["region"]) == ("rule", "040103", "340104004")


def test_without_a_time_it_is_now() -> None:
    found = json.loads(run("--text", "工地打桩，吵", "--category", "040103", "--region", "340104", "--json"))
    assert (found["outcome"], found["lead"]) == ("rule", "合肥市生态环境局")


def test_nothing_is_known_of_nonsense() -> None:
    found = json.loads(run("--text", "啊啊啊", "--at", NIGHT, "--json"))
    assert (found["outcome"], found["lead"], found["missing"]) == ("none", "", ["category"])
    assert found["why"] == "听不出是哪类事项，请选择事项分类后再查。"


def test_rules_at_odds_are_named() -> None:
    text = "商店门口高音喇叭循环叫卖，噪声太大"
    found = json.loads(run("--text", text, "--category", "040103", "--region", "340104", "--at", NIGHT, "--json"))
    assert found["outcome"] == "conflict"
    assert {claim["lead"] for claim in found["claims"]} == {"合肥市公安局", "蜀山区人民政府"}


def test_people_read_who_what_and_why() -> None:
    said = run("--text", NOISE, "--region", "340104", "--at", NIGHT)
    assert "主办：合肥市生态环境局" in said
    assert "协办：合肥市城市管理局　对查实的违法夜间施工实施处罚（查实违法时启动）" in said
    assert "还要问：施工方有没有夜间施工证明？" in said
    permitted = run("--text", NOISE, "--region", "340104", "--at", NIGHT, "--fact", "night_permit=yes")
    assert "已知：有夜间施工证明" in permitted
    english = run("--text", NOISE, "--region", "340104", "--at", NIGHT, "--lang", "en")
    assert "one unit leads" in english
    court = run("--text", "不服判决", "--category", "130802", "--at", NIGHT)
    assert "12368" in court
    odds = run("--text", "高音喇叭叫卖", "--category", "040103", "--region", "340104", "--at", NIGHT)
    assert "目录冲突" in odds


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--category", "019"], "应为2、4、6位数字"),
        (["--category", "010198"], "没有事项分类 010198"),
        (["--region", "310000"], "没有区划 310000"),
        (["--fact", "night_permit"], "请写成 条件=yes"),
        (["--fact", "rich=yes"], "没有条件 rich"),
    ],
)
def test_slips_are_named(args: list[str], sentence: str) -> None:
    found = CliRunner().invoke(rules, ["route", "--at", NIGHT, *args])
    assert found.exit_code != 0
    assert sentence in found.output
