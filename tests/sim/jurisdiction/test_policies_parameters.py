"""A parameter file is taken whole or refused with every mistake named in a sentence."""

import re
import tomllib
from collections.abc import Callable
from typing import Any

import pytest

from hotline.rules.profiles import parse_profile
from hotline.sim.jurisdiction.parameters import ParameterError, parse, parse_text, steps_of
from tests.sim.jurisdiction.making import DATA, PARAMETERS, shipped

TEXT = PARAMETERS.read_text("utf-8")
MARK = re.compile(r"# [VDRMP]：\S{2,}")

Tables = dict[str, Any]
Change = Callable[[Tables], object]


def tables() -> Tables:
    return tomllib.loads(TEXT)


def test_the_shipped_file_is_sound():
    found = shipped()
    assert len(found.families) >= 8
    assert all(len(family.units) >= 2 for family in found.families)
    assert parse(tables()) == found


def test_every_number_has_its_source_or_a_p_and_a_sentence():
    unmarked = [
        line for line in TEXT.splitlines() if "=" in line and not line.startswith("#") and not MARK.search(line)
    ]
    assert [line for line in unmarked if line != "units = ["] == []
    groups = re.findall(r"^\[\[family\]\].*$", TEXT, re.MULTILINE)
    assert all(MARK.search(line) for line in groups)


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        (lambda t: t.pop("days"), "profile.missing", "days"),
        (lambda t: t.pop("joint"), "profile.missing", "joint"),
        (lambda t: t["joint"].pop("mediated"), "profile.missing", "joint.mediated"),
        (lambda t: t.update(speed=1), "profile.unknown", "speed"),
        (lambda t: t["pace"].update(mean=1), "profile.unknown", "pace.mean"),
        (lambda t: t["joint"].update(mediated=1.2), "profile.not_a_number", "joint.mediated"),
        (lambda t: t["joint"].update(mediated="许多"), "profile.not_a_number", "joint.mediated"),
        (lambda t: t.update(days=0), "profile.not_a_number", "days"),
        (lambda t: t.update(start="明天"), "profile.not_a_date", "start"),
        (lambda t: t.update(pace=0.5), "profile.not_a_table", "pace"),
        (lambda t: t["government"].update(papers="两天"), "profile.not_a_limit", "government.papers"),
        (lambda t: t["government"].update(at="15:00"), "policies.not_a_clock", "government.at"),
        (lambda t: t["government"].update(weekdays=[]), "policies.no_meeting", "government.weekdays"),
        (lambda t: t["government"].update(weekdays=[8]), "profile.not_a_number", "government.weekdays"),
        (lambda t: t["government"].update(weekdays=[4, 4]), "profile.repeated", "government.weekdays"),
        (lambda t: t["government"].update(capacity=0), "profile.not_a_number", "government.capacity"),
        (lambda t: t["pace"].update(low=0.9, high=0.2), "policies.pace_reversed", "pace"),
        (lambda t: t.pop("family"), "policies.no_family", "family"),
        (lambda t: t.update(family=[]), "policies.no_family", "family"),
        (lambda t: t.update(family={"key": "x"}), "policies.no_family", "family"),
        (lambda t: t["family"].append("x"), "profile.not_a_table", "family.9"),
        (lambda t: t["family"][1].update(key="construction-noise"), "policies.family_twice", "family.2.key"),
        (lambda t: t["family"][0].update(key="噪声"), "profile.not_a_key", "family.1.key"),
        (lambda t: t["family"][0].pop("units"), "policies.too_few_units", "family.1.units"),
        (
            lambda t: t["family"][0].update(units=t["family"][0]["units"][:1]),
            "policies.too_few_units",
            "family.1.units",
        ),
        (lambda t: t["family"][0]["units"][0].update(first=0.1), "policies.first_shares", "family.1.units"),
        (lambda t: t["family"][0]["units"][0].update(name="城市管理部门"), "policies.unit_twice", "family.1.units"),
        (lambda t: t["family"][0]["units"][0].update(returns=-1), "profile.not_a_number", "family.1.units.1.returns"),
        (lambda t: t["family"][0]["units"].append("城管"), "profile.not_a_table", "family.1.units.4"),
    ],
)
def test_what_is_refused(change: Change, code: str, path: str):
    wrong = tables()
    change(wrong)
    with pytest.raises(ParameterError) as refused:
        parse(wrong)
    assert (code, path) in [(problem.code, problem.params["path"]) for problem in refused.value.problems]
    assert path in str(refused.value)
    assert "请" in str(refused.value) or code == "profile.not_a_table"


def test_all_mistakes_come_at_once():
    wrong = tables()
    wrong.pop("days")
    wrong["joint"]["mediated"] = 7
    wrong["family"][2]["kinds"] = 0
    with pytest.raises(ParameterError) as refused:
        parse(wrong)
    assert [problem.params["path"] for problem in refused.value.problems] == [
        "days",
        "family.3.kinds",
        "joint.mediated",
    ]


def test_what_is_no_toml_says_where():
    with pytest.raises(ParameterError, match="line 1"):
        parse_text("days = = 3")


def test_a_profile_that_leaves_out_a_step_is_refused():
    data = tomllib.loads((DATA / "hefei" / "profiles" / "hefei-2021.toml").read_text("utf-8"))
    for name in ("panel", "objection"):
        data["limits"].pop(name)
    with pytest.raises(ParameterError) as refused:
        steps_of(parse_profile(data))
    assert [problem.params["path"] for problem in refused.value.problems] == ["limits.panel", "limits.objection"]


def test_steps_are_those_the_platform_counts_with():
    data = tomllib.loads((DATA / "hefei" / "profiles" / "hefei-2021.toml").read_text("utf-8"))
    found = steps_of(parse_profile(data))
    assert (str(found.mediation), str(found.quick_ruling), str(found.panel)) == ("4oh", "1wd", "3wd")
    assert (str(found.objection), found.founded_returns, found.failed_dispatches) == ("1wd", 2, 3)
