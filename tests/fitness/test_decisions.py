"""The index of decisions names every decision by its number, and every decision says why and what follows."""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "adr"
DECISIONS = sorted(path for path in FOLDER.glob("[0-9]*.md"))


def test_the_index_is_complete():
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    linked = re.findall(r"\| \[(\d+)\]\(([^)]+)\) \|", index)
    assert linked == [(str(int(path.name[:4])), path.name) for path in DECISIONS]


def test_every_decision_has_its_number_status_reason_and_consequences():
    for path in DECISIONS:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(path.name[:4])}. "), path.name
        assert "\nStatus: " in text, path.name
        assert re.findall(r"^## (.+)$", text, re.MULTILINE)[0] == "Why", path.name
