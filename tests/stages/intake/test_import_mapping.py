"""A mapping says where each of our fields comes from; every slip in it is named at once, before anything is written."""

import re
import tomllib
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from hotline.stages.intake.importing import converting, mapping, problems, reading, run
from hotline.stages.intake.importing.mapping import ColumnMap, parse_mapping, read_mapping
from hotline.stages.intake.importing.problems import SENTENCES, ImportRefused

ROOT = Path(__file__).resolve().parents[3]
LEAST = {"system": "old", "id": "编号", "fields": {"content": "内容"}, "accepted": {"column": "日期"}}


def parsed(**changes: Any) -> ColumnMap:
    return parse_mapping(LEAST | changes)


def refused(data: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(ImportRefused) as error:
        parse_mapping(data)
    return [(problem.code, str(problem.params["path"])) for problem in error.value.problems]


def test_the_least_a_mapping_must_say() -> None:
    made = parsed()
    assert made.columns == ("编号", "内容", "日期")
    assert (made.type.default, made.channel.default, made.closed_when) == ("other", "OT", "")
    assert made.accepted.time == time(9)
    assert made.send_to_dispatch


def test_the_example_of_the_handbook_is_a_whole_mapping() -> None:
    made = read_mapping(ROOT / "docs" / "examples" / "fuzhou.toml")
    assert made.system == "fuzhou12345"
    assert made.place == ("district", "river")
    assert made.closed_days_after == "days_to_last_reply"
    assert made.type.table["求助"] == "help"
    assert made.type.default is None
    assert made.channel.default == "WZ"


def test_all_slips_are_named_at_once() -> None:
    assert set(
        refused(
            {
                "system": "",
                "fields": {"titel": "x", "content": 3},
                "accepted": {"time": "nine"},
                "type": {"column": "nature", "table": {"投诉": "complaints"}},
                "channel": {"default": "XY"},
                "state": {"closed_when": "reply", "send_to_dispatch": "yes"},
                "requester": ["name"],
                "colour": "red",
            }
        )
    ) == {
        ("mapping.missing", "system"),
        ("mapping.missing", "id"),
        ("mapping.missing", "fields.content"),
        ("mapping.missing", "accepted.column"),
        ("mapping.unknown", "fields.titel"),
        ("mapping.unknown", "colour"),
        ("mapping.not_a_list", "fields.content"),
        ("mapping.not_a_time", "accepted.time"),
        ("mapping.not_a_choice", "type.table.投诉"),
        ("mapping.not_a_choice", "channel.default"),
        ("mapping.not_yes_or_no", "state.send_to_dispatch"),
        ("mapping.not_a_table", "requester"),
        ("mapping.needs_reply", "fields.reply"),
    }


def test_a_mapping_that_is_no_toml_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text("system = fuzhou\n", encoding="utf-8")
    with pytest.raises(ImportRefused, match="对照文件读不懂"):
        read_mapping(path)
    path.write_bytes("system = '福州'\n".encode("gb18030"))
    with pytest.raises(ImportRefused, match="对照文件读不懂"):
        read_mapping(path)


def test_a_mapping_saved_by_notepad_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_bytes(b"\xef\xbb\xbf" + (ROOT / "docs" / "examples" / "fuzhou.toml").read_bytes())
    assert read_mapping(path).id == "row_id"


def test_a_value_outside_the_table_needs_a_default_only_where_there_is_a_column() -> None:
    assert parsed(type={"column": "类型", "table": {"投诉": "complaint"}}).type.default is None
    assert parsed(type={"default": "help"}).type.default == "help"
    assert parsed(region={"column": "区"}).region.default == ""
    assert parsed(category={"column": "类", "table": {}}).category.default == ""


def test_a_time_may_be_written_with_or_without_quotes() -> None:
    assert parsed(**tomllib.loads('accepted = {column = "日期", time = 08:30:00}')).accepted.time == time(8, 30)
    assert parsed(accepted={"column": "日期", "time": "08:30"}).accepted.time == time(8, 30)


@pytest.mark.parametrize("code", SENTENCES)
def test_every_problem_says_the_same_in_both_languages(code: str) -> None:
    zh, en = SENTENCES[code]
    assert set(re.findall(r"{(\w+)}", zh)) == set(re.findall(r"{(\w+)}", en))
    assert re.search("[\u4e00-\u9fff]", zh)
    assert not re.search("[\u4e00-\u9fff]", en)


def test_every_problem_that_can_be_found_has_a_sentence_and_every_sentence_is_used() -> None:
    sources = "".join(Path(str(module.__file__)).read_text() for module in (converting, mapping, reading, run))
    codes = set(re.findall(r'"((?:file|mapping|row)\.[a-z_]+)"', sources))
    assert codes == set(SENTENCES)
    assert problems.Problem("row.no_words").sentence("zh") == "标题和内容都是空的。"
