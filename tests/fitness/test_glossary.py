"""docs/glossary.md has a row for every word of the trade, with the words that screens use."""

import re
from pathlib import Path

import pytest

from hotline.rules.acts import ACTS
from hotline.rules.lifecycle import TABLE
from hotline.rules.sentences import CATALOGUE
from hotline.rules.words import word
from hotline.rules.words_vocabulary import LISTS

GLOSSARY = (Path(__file__).resolve().parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
CELLS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in GLOSSARY.splitlines() if line.startswith("| ")
]
BY_KEY = {row[2].strip("`"): row for row in CELLS if len(row) == 5}
KEYS = [
    *(f"{kind}.{member.value}" for kind, members in LISTS.items() for member in members),
    *(f"act.{name}" for name in ACTS),
    *dict.fromkeys(f"event.{row.event}" for row in TABLE),
]


@pytest.mark.parametrize("key", KEYS)
def test_every_word_has_its_row(key: str):
    zh, en, _, meaning, source = BY_KEY[key]
    assert (zh, en) == (word(key, "zh"), word(key, "en"))
    assert meaning
    assert source


def test_no_row_speaks_of_what_is_not_there():
    named = {key for key in BY_KEY if "." in key}
    assert named == set(KEYS)


def test_no_identifier_has_two_rows_and_no_cell_is_missing():
    rows = [row for row in CELLS if len(row) == 5 and row[2].startswith("`")]
    assert len({row[2] for row in rows}) == len(rows)
    assert all(all(row) for row in rows)


def test_every_family_of_refusals_is_explained():
    explained = set(re.findall(r"\| `([a-z_]+)\.…` \|", GLOSSARY))
    assert {code.split(".")[0] for code in CATALOGUE} <= explained
