"""What a directory rule names beside the lead, as parts of a dispatch and tasks; over the shipped directory too."""

import csv
import re
from pathlib import Path

import pytest

from hotline.rules.acts import OpenTask
from hotline.rules.cotasks_named import finding_of, parts_of
from hotline.rules.jurisdiction.values import CoUnit, UnitRole
from hotline.rules.vocabulary import Finding
from hotline.rules.words import word
from tests.rules.cast import DISTRICT, ECOLOGY, HOUSING, URBAN

DIRECTORY = Path(__file__).resolve().parents[2] / "data" / "hefei" / "directory.csv"


def co(unit: str, task: str = "", after: str = "", role: UnitRole = UnitRole.CO) -> CoUnit:
    return CoUnit(role=role, unit=unit, task=task, after=after)  # type: ignore[arg-type]  # a code as the cast writes it


def test_a_rule_becomes_a_dispatch_and_the_tasks_with_words_of_their_own():
    named = (
        co(URBAN, "依法处罚", "查实违法"),
        co(HOUSING),
        co(DISTRICT, role=UnitRole.COPY),
    )
    parts = parts_of(named, ECOLOGY)
    assert parts.co_units == (HOUSING,)
    assert parts.copied_units == (DISTRICT,)
    assert parts.tasks == (OpenTask(unit=URBAN, task="查实违法的，依法处罚", after=Finding.VIOLATION),)


def test_nobody_has_two_parts_and_the_lead_none_beside_its_own():
    named = (co(URBAN, role=UnitRole.COPY), co(URBAN, role=UnitRole.GUIDANCE), co(ECOLOGY), co(URBAN))
    parts = parts_of(named, ECOLOGY)
    assert (parts.co_units, parts.guidance_units, parts.copied_units) == ((URBAN,), (), ())


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        ("", Finding.NOTHING),
        ("查实违法", Finding.VIOLATION),
        ("查实涉嫌犯罪", Finding.CRIME),
        ("查实超标", Finding.VIOLATION),
        ("经劝阻仍扰民", Finding.PERSISTS),
        ("高空抛物", Finding.DANGER),
        ("出现多人发病", Finding.HARM),
        ("遇有其他情形", Finding.OTHER),
    ],
)
def test_the_words_of_a_directory_mean_a_finding(words: str, finding: Finding):
    assert finding_of(words) is finding


@pytest.mark.parametrize("finding", [one for one in Finding if one is not Finding.NOTHING])
def test_what_a_ruling_awaits_is_understood_in_the_rule_made_of_it(finding: Finding):
    assert finding_of(word(finding, "zh")) is finding


def test_every_condition_of_the_shipped_directory_is_understood():
    rows = csv.DictReader(
        line for line in DIRECTORY.read_text("utf-8-sig").splitlines() if not line.startswith(("#", '"#'))
    )
    said = {word for row in rows for word in re.findall(r"｜([^）；]*)", row["协办"])}
    assert len(said) > 10
    assert {word for word in said if finding_of(word) in {Finding.NOTHING, Finding.OTHER}} == set()
