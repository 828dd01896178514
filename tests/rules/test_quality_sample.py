"""The draw of agents' tickets: the same for whoever draws it, never more than asked, and nobody can steer it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.quality_sample import PER_AGENT, Point, drawn, score

DAY = date(2026, 3, 17)
NUMBERS = st.lists(st.from_regex(r"34010020260317DH\d{6}", fullmatch=True), max_size=30)


@given(NUMBERS, st.integers(0, 5), st.randoms())
def test_the_draw_does_not_depend_on_the_order(numbers: list[str], count: int, rng: object) -> None:
    shuffled = sorted(numbers, key=lambda _: rng.random())  # type: ignore[attr-defined]  # hypothesis's Random
    found = drawn(numbers, day=DAY, count=count)
    assert found == drawn(shuffled, day=DAY, count=count)
    assert len(found) == min(count, len(set(numbers)))
    assert set(found) <= set(numbers)


@given(NUMBERS)
def test_a_ticket_drawn_stays_drawn_when_others_are_taken_away(numbers: list[str]) -> None:
    found = drawn(numbers, day=DAY)
    assert drawn([*found], day=DAY) == found


def test_every_ticket_has_about_the_same_chance() -> None:
    numbers = [f"34010020260317DH{i:06d}" for i in range(20)]
    hits = dict.fromkeys(numbers, 0)
    for ahead in range(1000):
        for number in drawn(numbers, day=DAY + timedelta(days=ahead)):
            hits[number] += 1
    assert sum(hits.values()) == 1000 * PER_AGENT
    assert 60 < min(hits.values()) <= max(hits.values()) < 145


def test_the_draw_is_known_for_good() -> None:
    numbers = [f"34010020260317DH{i:06d}" for i in range(10)]
    assert drawn(numbers, day=DAY) == GOLDEN


GOLDEN = ("34010020260317DH000007", "34010020260317DH000004")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({Point.TYPE: True, Point.CATEGORY: True}, 100),
        ({Point.TYPE: True, Point.CATEGORY: False, Point.TONE: True}, 67),
        ({Point.TYPE: None, Point.CATEGORY: False}, 0),
        ({Point.TYPE: None}, None),
        ({}, None),
    ],
)
def test_points_that_do_not_apply_do_not_count(answers: dict[Point, bool | None], expected: int | None) -> None:
    assert score(answers) == expected
