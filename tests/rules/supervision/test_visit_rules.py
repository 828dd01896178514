"""When a finding holds together, and which photos of a visit are taken in."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.sentences import render
from hotline.rules.supervision.visits import BAD, SKEW, Answer, Check, Said, Shot, Source, Told, holds_together, shot
from tests.walks import OPENING

UNCLEAR = {check.value: "unclear" for check in Check}
HOUR = timedelta(hours=1)
HERE = (31.86, 117.28)
PHOTO = Told(OPENING, *HERE)


def code(problem: bool | None, photos: int = 1, **answers: str) -> str:
    refusal = holds_together(problem, {"answers": UNCLEAR | answers, "photos": photos})
    assert refusal is None or all(render(refusal, lang) for lang in ("zh", "en"))
    return refusal.code.removeprefix("supervision.visit_") if refusal else ""


def test_findings_that_hold_together():
    assert code(True, remains="yes") == ""
    assert code(False) == ""
    assert code(False, photos=0, remains="no", contacted="no") == ""


@pytest.mark.parametrize(
    ("problem", "photos", "answers", "expected"),
    [
        (False, 1, {"remains": "yes"}, "contradicts"),
        (True, 1, {}, "nothing_wrong"),
        (True, 1, {"remains": "no", "as_replied": "yes"}, "nothing_wrong"),
        (True, 0, {"remains": "yes"}, "without_photo"),
        (True, 1, {"remains": "yes", "recurs": ""}, "unanswered"),
        (False, 1, {"measures": "maybe"}, "unanswered"),
    ],
)
def test_findings_that_do_not(problem: bool, photos: int, answers: dict[str, str], expected: str):
    assert code(problem, photos, **answers) == expected


def test_without_any_answers_all_are_open():
    refusal = holds_together(True, {})
    assert refusal is not None
    assert refusal.params == {"count": len(Check)}


@given(st.dictionaries(st.sampled_from(Check), st.sampled_from(Answer)), st.booleans(), st.integers(0, 3))
def test_a_problem_always_has_a_photo_and_a_bad_answer(answers: dict[Check, Answer], problem: bool, photos: int):
    facts = {"answers": {check.value: answer.value for check, answer in answers.items()}, "photos": photos}
    if holds_together(problem, facts) is not None:
        return
    assert set(answers) == set(Check)
    if problem:
        assert photos
        assert any(answers[check] is bad for check, bad in BAD.items())
    else:
        assert answers[Check.REMAINS] is not Answer.YES


def judged(told: Told, said: Said = Said(), now: datetime = OPENING) -> Shot | list[str]:  # noqa: B008  # frozen
    found = shot(told, said, opened_at=OPENING - HOUR, now=now)
    if isinstance(found, Shot):
        return found
    assert all(render(refusal, lang) for refusal in found for lang in ("zh", "en"))
    return [refusal.code.removeprefix("supervision.photo_") for refusal in found]


def test_the_photos_own_word_goes_first():
    said = Said(phone_at=OPENING - HOUR, latitude=30.0, longitude=120.0, place="长江中路1号")
    found = judged(PHOTO, said)
    assert isinstance(found, Shot)
    assert (found.taken_at, found.latitude, found.longitude) == (OPENING, *HERE)
    assert (found.time_from, found.place_from, found.place) == (Source.PHOTO, Source.PHOTO, "长江中路1号")


def test_the_phone_speaks_where_the_photo_is_silent():
    found = judged(Told(), Said(phone_at=OPENING, latitude=30.0, longitude=120.0))
    assert isinstance(found, Shot)
    assert (found.time_from, found.place_from, found.latitude) == (Source.PHONE, Source.PHONE, 30.0)


def test_without_place_it_takes_a_typed_one_with_its_reason():
    assert judged(Told(OPENING)) == ["without_place"]
    assert judged(Told(OPENING), Said(place="长江中路1号")) == ["without_reason"]
    assert judged(Told(OPENING), Said(reason="地下室没有信号")) == ["without_place"]
    found = judged(Told(OPENING), Said(place="长江中路1号", reason="地下室没有信号"))
    assert isinstance(found, Shot)
    assert (found.place_from, found.latitude) == (Source.TYPED, None)


@pytest.mark.parametrize("place", [(0.0, 0.0), (91.0, 10.0), (10.0, 181.0), (float("nan"), 10.0), (None, 10.0)])
def test_a_broken_position_is_none(place: tuple[float, float]):
    assert judged(Told(OPENING, *place)) == ["without_place"]


def test_a_photo_says_when():
    assert judged(Told(None, *HERE)) == ["without_time"]
    found = judged(Told(None, *HERE), Said(taken_at=OPENING))
    assert isinstance(found, Shot)
    assert found.time_from is Source.TYPED


@pytest.mark.parametrize(
    ("at", "expected"), [(OPENING - HOUR - SKEW, "too_early"), (OPENING + SKEW + timedelta(seconds=1), "ahead")]
)
def test_a_time_that_cannot_be_needs_a_reason(at: datetime, expected: str):
    assert judged(Told(at, *HERE)) == [expected]
    assert isinstance(judged(Told(at, *HERE), Said(reason="相机时钟不准")), Shot)


def test_a_clock_a_little_ahead_is_believed():
    assert isinstance(judged(Told(OPENING + SKEW, *HERE)), Shot)
