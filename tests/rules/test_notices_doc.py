"""docs/rules/notices.md tells officials of every event: what is told of it, or why nothing is."""

from pathlib import Path

import pytest

from hotline.rules.notifying import MAY_BE_QUIET, NOTIFYING, SILENT
from hotline.rules.words import word

DOC = (Path(__file__).resolve().parents[2] / "docs" / "rules" / "notices.md").read_text(encoding="utf-8")
TOLD, REST = DOC.split("## 不提醒", 1)
REASONS, QUIET = REST.split("## 可以不响铃", 1)
CELLS = [[cell.strip() for cell in line.split("|")] for line in TOLD.splitlines()]
ROWS = {(cells[1], cells[3]) for cells in CELLS if len(cells) == 5}


def test_every_notice_has_its_row_and_no_row_is_left_over():
    said = {
        (word(f"event.{event}", "zh"), word(f"notice.{kind}", "zh"))
        for event, lines in NOTIFYING.items()
        for kind, _ in lines
    }
    assert said == ROWS - {("事件", "提醒什么"), ("---", "---")}


@pytest.mark.parametrize("event", SILENT)
def test_every_silence_is_explained(event: str):
    assert word(f"event.{event}", "zh") in REASONS


@pytest.mark.parametrize("kind", MAY_BE_QUIET)
def test_what_need_not_ring_is_named(kind: str):
    assert word(f"notice.{kind}", "zh") in QUIET
