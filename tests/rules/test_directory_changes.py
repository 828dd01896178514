"""What may be changed in the directory: new rules, new versions and last days, and never a day that has passed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.jurisdiction import Directory, DirectoryRule, Question, route
from hotline.rules.jurisdiction.changes import ChangeKind, changes, next_number, next_version, standing
from hotline.rules.jurisdiction.checking import Lists
from hotline.rules.jurisdiction.reports import difference
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ, UnitCode

TODAY = date(2026, 5, 3)
SOON = TODAY + timedelta(days=10)
LISTS = Lists(
    units={"A": None, "B": None, "OLD": date(2026, 6, 1)},
    categories=frozenset({"04", "0401", "040103"}),
    regions=frozenset({"340104"}),
    names={"A": "甲局", "B": "乙局", "OLD": "旧局"},
)
FIRST = DirectoryRule(
    id="0401-1",
    categories=("0401",),
    title="噪声",
    lead=UnitCode("A"),
    basis="目录核定",
    owner=UnitCode("A"),
    valid_from=date(2021, 1, 1),
)
RULED = replace(FIRST, id="0401-2", source="2026-031")
STORED = (FIRST, RULED)
ENDED = replace(FIRST, valid_to=SOON)
SECOND = replace(FIRST, version=2, lead=UnitCode("B"), valid_from=SOON)
ANOTHER = replace(FIRST, id="0401-3", title="油烟", lead=UnitCode("B"), valid_from=TODAY)


def found(*rules: DirectoryRule, stored: tuple[DirectoryRule, ...] = STORED):
    return changes(enumerate(rules, 3), stored, LISTS, TODAY)


def wrong(*rules: DirectoryRule) -> list[tuple[int, str]]:
    return [(one.line, one.message.code) for one in found(*rules).wrong]


def test_lines_that_stand_already_change_nothing() -> None:
    same = found(FIRST, RULED)
    assert same.nothing
    assert same.wrong == ()
    assert same.rules == STORED
    assert same.settled_on is None


def test_rules_that_are_not_named_stay() -> None:
    made = found(ANOTHER)
    assert made.rules == (*STORED, ANOTHER)
    assert [(one.kind, one.old) for one in made.made] == [(ChangeKind.NEW, None)]
    assert (made.categories, made.settled_on) == (("0401",), TODAY)


def test_a_new_version_takes_over_on_the_day_the_old_one_ends() -> None:
    made = found(ENDED, SECOND)
    assert made.wrong == ()
    assert [(one.kind, one.old) for one in made.made] == [
        (ChangeKind.LAST_DAY, FIRST),
        (ChangeKind.VERSION, FIRST),
    ]
    assert made.rules == (ENDED, SECOND, RULED)
    assert made.settled_on == SOON


def test_an_end_counts_from_the_day_the_directory_says_something_else() -> None:
    assert found(ENDED).settled_on == SOON
    longer = replace(ENDED, valid_to=SOON + timedelta(days=9))
    for other in (longer, FIRST):
        assert found(other, stored=(ENDED, RULED)).settled_on == SOON
        assert found(other, stored=(ENDED, RULED)).wrong == ()


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ((SECOND,), [(3, "directory.overlap_kept")]),
        ((SECOND, ENDED, SECOND), [(5, "directory.repeated")]),
        ((replace(FIRST, lead=UnitCode("B")),), [(3, "directory.version_rewritten")]),
        ((replace(FIRST, valid_to=TODAY - timedelta(days=1)),), [(3, "directory.end_passed")]),
        ((replace(ANOTHER, valid_from=TODAY - timedelta(days=1)),), [(3, "directory.start_passed")]),
        ((replace(ANOTHER, valid_from=None),), [(3, "directory.start_passed")]),
        ((replace(RULED, valid_to=SOON),), [(3, "directory.from_ruling")]),
        ((replace(ANOTHER, source="2026-040"),), [(3, "directory.from_ruling")]),
        ((ENDED, replace(SECOND, version=3)), []),
        ((replace(ANOTHER, lead=UnitCode("OLD")),), [(3, "directory.unit_closed")]),
        ((replace(ANOTHER, categories=("040199",)),), [(3, "directory.category_unknown")]),
        ((replace(FIRST, valid_to=TODAY),), []),
    ],
)
def test_what_may_not_be(rules: tuple[DirectoryRule, ...], expected: list[tuple[int, str]]) -> None:
    assert wrong(*rules) == expected


def test_a_version_number_is_used_once() -> None:
    third = replace(SECOND, version=3)
    codes = [one.message.code for one in found(SECOND, stored=(ENDED, third)).wrong]
    assert "directory.version_low" in codes


def test_mistakes_in_lines_that_stand_are_not_this_drafts() -> None:
    closed = replace(FIRST, id="0401-9", lead=UnitCode("OLD"))
    assert found(ANOTHER, stored=(FIRST, closed)).wrong == ()


def test_every_mistake_says_what_to_do() -> None:
    (overlap,) = found(SECOND).wrong
    assert render(overlap.message, "zh") == (
        "规则0401-1的起止日期与目录里的其他版本（第1、2版）重叠，请同时给旧版本填停用日期"
    )
    (rewritten,) = found(replace(FIRST, title="别的")).wrong
    assert "版本写2" in render(rewritten.message, "zh")


def test_numbers_are_never_given_twice() -> None:
    assert next_number(STORED, "0401") == "0401-3"
    assert next_number(STORED, "0402") == "0402-1"
    assert next_version((FIRST, SECOND), "0401-1") == 3
    assert next_version(STORED, "0499-1") == 1


def test_past_matters_are_asked_of_the_directory_of_one_day() -> None:
    made = found(ENDED, SECOND, stored=(FIRST,))
    question = Question(at=datetime(2026, 1, 5, 9, tzinfo=CITY_TZ), text="吵", category="040103", region="340104")
    day = made.settled_on
    assert day
    old, new = (Directory(rules=standing(rules, day)) for rules in ((FIRST,), made.rules))
    (moved,) = difference({"1": question}, old, new)
    assert (getattr(moved.was, "lead", ""), getattr(moved.would, "lead", "")) == ("A", "B")


@given(st.dates(TODAY, TODAY + timedelta(days=60)), st.dates(date(2025, 1, 1), TODAY - timedelta(days=1)))
def test_a_sound_change_never_changes_an_answer_of_a_day_gone_by(start: date, past: date) -> None:
    made = found(replace(FIRST, valid_to=start), replace(SECOND, valid_from=start))
    assert made.wrong == ()
    question = Question(at=datetime(past.year, past.month, past.day, 12, tzinfo=CITY_TZ), text="", category="040103")
    assert route(question, Directory(rules=STORED)) == route(question, Directory(rules=made.rules))
