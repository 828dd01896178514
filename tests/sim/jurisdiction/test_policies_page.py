"""docs/rules/jurisdiction_policies.md shows what the program prints today, and says no number that it does not."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from hotline.config.program import hotline
from hotline.sim.jurisdiction.comparing import VARIANTS

DOCS = Path(__file__).resolve().parents[3] / "docs" / "rules"
PAGE = (DOCS / "jurisdiction_policies.md").read_text("utf-8")
SPOKEN = re.compile(
    r"after about ([\d.]+) working.*?after ([\d.]+) with joint.*?after ([\d.]+) with.*?; ([\d.]+)", re.DOTALL
)
ROW = "| 争议件：工作日，平均 |"


@pytest.mark.slow
def test_the_page_shows_what_the_program_prints():
    printed = CliRunner().invoke(hotline, ["sim", "jurisdiction"])
    assert printed.exit_code == 0, printed.output
    assert PAGE.endswith(printed.stdout)


def test_what_is_said_in_words_is_what_the_table_says():
    said = SPOKEN.search(PAGE)
    assert said is not None
    means = [float(cell) for cell in re.findall(r"([\d.]+) \[", next(x for x in PAGE.splitlines() if ROW in x))]
    before = next(line for line in PAGE.splitlines() if "其中争议启动以前" in line)
    means.append(float(re.findall(r"([\d.]+) \[", before)[0]))
    assert [float(value) for value in said.groups()] == pytest.approx(means, abs=0.06)


def test_the_order_of_the_policies_held_in_every_variant():
    rows = [line for line in PAGE.splitlines() if any(line.startswith(f"| {v.name} |") for v in VARIANTS)]
    assert len(rows) == len(VARIANTS)
    for row in rows:
        government, joint, precedents = (float(value) for value in re.findall(r"([\d.]+) \[", row)[:3])
        assert government > joint > precedents


def test_what_the_page_on_figures_quotes_is_so():
    quoted = re.search(r"直接派出的(\d+)件中只有约(\d+)件", (DOCS / "quarrels.md").read_text("utf-8"))
    assert quoted is not None
    for name, said in zip(("按先例直接派出并留住，件", "其中本来会走到争议的，件"), quoted.groups(), strict=True):
        line = next(line for line in PAGE.splitlines() if name in line)
        assert round(float(line.split("|")[4])) == int(said)
