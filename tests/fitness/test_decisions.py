"""The index of decisions names every decision by its number."""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "adr"
DECISIONS = sorted(path for path in FOLDER.glob("[0-9]*.md"))


def test_the_index_is_complete():
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    linked = re.findall(r"\| \[(\d+)\]\(([^)]+)\) \|", index)
    assert linked == [(str(int(path.name[:4])), path.name) for path in DECISIONS]


def test_every_decision_is_headed_by_its_number():
    for path in DECISIONS:
        heading = path.read_text(encoding="utf-8").splitlines()[0]
        assert re.match(rf"# 0*{int(path.name[:4])}\.? \w", heading), path.name
