"""docs/rules/citizens.md tells officials of every event: what citizens are told, in which words, or why nothing."""

from pathlib import Path

import pytest

from hotline.rules.citizens.kinds import NOT_TOLD, TELLING, Kind
from hotline.rules.citizens.wording import DEFAULTS
from hotline.rules.duty.ringing import ORDER, WAITS
from hotline.rules.words import word

DOCS = Path(__file__).resolve().parents[2] / "docs" / "rules"
TOLD, SILENT = (DOCS / "citizens.md").read_text(encoding="utf-8").split("## 不告诉", 1)
DUTY = (DOCS / "duty.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("event", TELLING)
def test_every_event_that_tells_has_its_row(event: str):
    assert f"| {word(f'event.{event}', 'zh')} | " in TOLD


@pytest.mark.parametrize("event", NOT_TOLD)
def test_every_silence_is_explained(event: str):
    assert word(f"event.{event}", "zh") in SILENT


@pytest.mark.parametrize("kind", Kind)
def test_our_words_stand_as_they_are_sent(kind: Kind):
    assert f"| {word(f'told.{kind}', 'zh')} | {DEFAULTS[kind].zh} |" in TOLD


def test_the_steps_of_ringing_come_when_the_page_says():
    for number, share in enumerate(WAITS, start=1):
        said = {0.0: "马上", 1.0: "到期"}.get(share, f"{share:.0%}")
        assert f"| {number} | " in DUTY
        assert next(line for line in DUTY.splitlines() if line.startswith(f"| {number} |")).endswith(f"| {said} |")
    assert len(ORDER) == len(WAITS)
