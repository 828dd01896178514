"""docs/flow.md says what the table says, and the rows for programs are complete."""

import json
from pathlib import Path

from hotline.rules.flow_report import HELD_BY, NOTES, OPS, RUNS_IN, flow_markdown, flow_rows
from hotline.rules.lifecycle import TABLE
from hotline.rules.vocabulary import OPEN, ClockKind, Stage
from hotline.rules.words import word

FLOW = Path(__file__).resolve().parents[2] / "docs" / "flow.md"


def test_the_page_is_current():
    assert FLOW.read_text(encoding="utf-8") == flow_markdown()


def test_every_stage_and_every_act_stands_on_the_page():
    page = flow_markdown()
    for stage in OPEN:
        assert f"## {word(stage, 'zh')} `{stage.value}`" in page
    for row in TABLE:
        assert f"| {word(row.act.name, 'zh')} `{row.act.name}` |" in page


def test_rows_for_programs_are_the_table():
    rows = json.loads(json.dumps(flow_rows(), ensure_ascii=False))
    assert [(r["act"], r["to"], r["event"]) for r in rows] == [
        (row.act.name, row.target.value if row.target else None, row.event) for row in TABLE
    ]
    assert all(set(r) == set(rows[0]) for r in rows)


def test_what_the_page_says_of_stages_and_clocks_is_complete():
    assert HELD_BY.keys() == OPEN | {Stage.NEW}
    assert RUNS_IN.keys() == set(ClockKind)
    effects = [effect for row in TABLE for effect in row.clocks]
    assert {effect.op for effect in effects} == OPS.keys()
    assert {effect.note for effect in effects} - {""} == NOTES.keys()
    started = {kind for effect in effects if effect.op == "start" for kind in effect.kinds}
    assert started == RUNS_IN.keys()
