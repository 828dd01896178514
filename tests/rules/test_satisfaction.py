"""The 36 answers a callback can bring, each with its outcome and reason as signed in tests/golden/satisfaction.csv."""

import csv
from itertools import product
from pathlib import Path

import pytest

from hotline.rules.satisfaction import Outcome, counts_as_satisfied, is_valid_rating, judge
from hotline.rules.vocabulary import Rating, Resolution, Stage
from hotline.rules.words import word
from tests.rules import cast as c

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "satisfaction.csv"
NO_RATING = "未评价"
RATINGS = {word(rating, "zh"): rating for rating in Rating} | {NO_RATING: None}
RESOLUTIONS = {word(resolution, "zh"): resolution for resolution in Resolution}
OUTCOMES = {word(outcome, "zh"): outcome for outcome in Outcome}
YES_OR_NO = {"是": True, "否": False}

with GOLDEN.open(encoding="utf-8-sig", newline="") as file:
    ROWS = list(csv.DictReader(file))


def answers(row: dict[str, str]) -> tuple[bool, Resolution, Rating | None]:
    return YES_OR_NO[row["单位是否联系答复"]], RESOLUTIONS[row["解决情况"]], RATINGS[row["满意度"]]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["序号"])
def test_the_outcome_is_as_signed(row: dict[str, str]):
    responded, resolution, rating = answers(row)
    assert judge(responded=responded, resolution=resolution, rating=rating) is OUTCOMES[row["结论"]]
    assert is_valid_rating(rating) is YES_OR_NO[row["计入满意率分母"]]


def test_every_combination_is_there_once_with_a_reason():
    assert sorted(map(answers, ROWS), key=str) == sorted(product((True, False), Resolution, RATINGS.values()), key=str)
    assert [row["序号"] for row in ROWS] == [str(n) for n in range(1, 37)]
    assert all(row["理由"] for row in ROWS)


@pytest.mark.parametrize("rating", list(Rating))
def test_satisfied_means_three_and_more(rating: Rating):
    assert counts_as_satisfied(rating) is (rating.value >= 3)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["序号"])
def test_the_ticket_follows_the_outcome_and_keeps_the_three_answers_apart(row: dict[str, str]):
    responded, resolution, rating = answers(row)
    said = c.a.RecordCallback(responded=responded, resolution=resolution, rating=rating, cause="unsolved")
    story = c.passed().do(c.CALLER, said)
    settled = OUTCOMES[row["结论"]] is Outcome.SETTLED
    assert story.stage is (Stage.CLOSED if settled else Stage.PENDING_CLOSE)
    assert (story.state.responded, story.state.resolution, story.state.rating) == (responded, resolution, rating)
    assert (story.state.closed_at is not None) is settled


def test_the_units_own_word_never_stands_for_the_citizens():
    assert c.passed().state.resolution is None


def test_silence_leaves_what_was_said_before():
    """Who was dissatisfied once and cannot be reached after the rework stays counted as dissatisfied."""
    story = c.signed(c.reworked().do(c.HANDLER, c.replies())).do(c.REVIEWER, c.a.PassReview(grade="good"))
    for _ in range(3):
        story.do(c.CALLER, c.not_answered(), after=c.DAY)
    story.do(c.CALLER, c.a.CloseUnreached())
    assert (story.stage, story.state.close_reason) == (Stage.CLOSED, "unreached")
    assert story.state.rating is Rating.DISSATISFIED
    unheard = c.passed()
    for _ in range(3):
        unheard.do(c.CALLER, c.not_answered(), after=c.DAY)
    assert unheard.do(c.CALLER, c.a.CloseUnreached()).state.rating is None
