"""`hotline sim jurisdiction` prints tables or JSON, and refuses what it can't use with sentences and code 2."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hotline.config.cli_sim import PARAMETERS
from hotline.config.program import hotline

QUICK = ("--days", "28", "--runs", "2", "--no-sensitivity")


def asked(*arguments: str) -> Result:
    return CliRunner().invoke(hotline, ["sim", "jurisdiction", *arguments])


def answer(*arguments: str) -> dict[str, Any]:
    result = asked("--json", *arguments)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_json_says_everything_and_is_the_same_for_a_seed():
    first = answer(*QUICK, "--seed", "5")
    assert first == answer(*QUICK, "--seed", "5")
    assert set(first["policies"]) == {"government", "joint", "joint_with_precedents"}
    assert (first["asked"]["days"], first["asked"]["runs"], first["asked"]["seed"]) == (28, 2, 5)
    assert first["asked"]["steps"]["panel"] == "3wd"
    mean = first["policies"]["joint"]["disputed"]["working"]["mean"]
    assert mean["low"] <= mean["estimate"] <= mean["high"]
    assert first != answer(*QUICK, "--seed", "6")


def test_a_caution_stands_in_json_with_its_sentence():
    (caution,) = answer(*QUICK)["cautions"]
    assert caution["code"] == "policies.few_runs"
    assert "只模拟了2次" in caution["zh"]


def test_tables_are_chinese():
    result = asked(*QUICK)
    assert result.exit_code == 0, result.output
    assert "| 从首次派单到确定主办单位 | 每件报市政府 | 联合会办 | 联合会办加先例 |" in result.stdout
    assert "注意：只模拟了2次" in result.stdout
    assert "government" not in result.stdout


def test_the_sensitivity_table_comes_unless_it_is_left_out():
    found = answer("--days", "14", "--runs", "2")
    assert len(found["sensitivity"]) >= 8
    assert {row["runs"] for row in found["sensitivity"]} == {2}
    assert "敏感性" not in asked(*QUICK).stdout


@pytest.mark.parametrize("as_json", [False, True])
def test_a_bad_file_is_refused_with_every_mistake(tmp_path: Path, as_json: bool):
    file = tmp_path / "own.toml"
    text = PARAMETERS.read_text("utf-8").replace("mediated = 0.4", "mediated = 4").replace("days = 180", "")
    file.write_text(text, "utf-8")
    result = asked("--parameters", str(file), *(["--json"] if as_json else []))
    assert result.exit_code == 2
    if as_json:
        refused = json.loads(result.stdout)["refused"]
        assert [one["code"] for one in refused] == ["profile.missing", "profile.not_a_number"]
    else:
        assert "缺少“days”" in result.stderr
        assert "“joint.mediated”应为0至1之间的数" in result.stderr


@pytest.mark.parametrize(("content", "said"), [(b"\xff\xfe\x00", "不是UTF-8文字"), (b"[[family", "不是有效的TOML")])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes, said: str):
    file = tmp_path / "own.toml"
    file.write_bytes(content)
    result = asked("--parameters", str(file))
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_an_own_file_with_a_byte_order_mark_is_read(tmp_path: Path):
    file = tmp_path / "own.toml"
    file.write_text("\ufeff" + PARAMETERS.read_text("utf-8").replace("默认参数", "本市"), "utf-8")
    assert "职责归属办法比较：本市" in asked("--parameters", str(file), *QUICK).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("--city", "nowhere"), "没有城市数据"), (("--profile", "nowhere"), "没有规则方案nowhere，现有：")],
)
def test_what_is_not_there_is_named(arguments: tuple[str, ...], said: str):
    result = asked(*arguments)
    assert (result.exit_code, said in result.output) == (1, True)


def test_another_citys_limits_can_be_tried():
    found = answer(*QUICK, "--profile", "shandong")
    assert found["asked"]["steps"]["return_window"] == "2wd"
