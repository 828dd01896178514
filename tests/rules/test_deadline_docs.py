"""docs/rules/deadlines.md is read by officials: each of its examples must give what it says."""

import doctest
import tomllib

import pytest

from hotline.rules.profiles import parse_profile
from hotline.rules.vocabulary import ClockKind, RequestType, Urgency
from tests.rules.holidays import ROOT

PAGE = ROOT / "docs/rules/deadlines.md"


def test_every_example_on_the_page_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert failed == 0
    assert tried >= 20


def test_the_table_of_cities_says_what_the_profiles_say() -> None:
    """Consultation, complaint and complex cases of every shipped profile, in the order of the table."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    rows = {
        cells[0]: cells[1:4] for line in lines if len(cells := [c.strip() for c in line.strip("|").split("|")]) == 6
    }
    for file in (ROOT / "data/hefei/profiles").glob("*.toml"):
        profile = parse_profile(tomllib.loads(file.read_text(encoding="utf-8")))
        table = profile.limits[ClockKind.REPLY]
        asked = [
            profile.limit(ClockKind.REPLY, request_type=kind, urgency=Urgency.ORDINARY)
            for kind in (RequestType.CONSULTATION, RequestType.COMPLAINT)
        ]
        words = [limit.zh.replace("个工作日", "") if limit else "—" for limit in (*asked, table.complex)]
        assert [cell.removesuffix("（借用）") for cell in rows[file.stem]] == words, file.stem
