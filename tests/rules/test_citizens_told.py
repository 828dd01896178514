"""Citizens are told of every event that concerns them, in words they know, and of no other."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.citizens.kinds import DATED, NOT_TOLD, TELLING, Kind, Withheld, what_to_tell
from hotline.rules.citizens.quiet import Quiet, leaves_at
from hotline.rules.citizens.saying import due_words
from hotline.rules.citizens.wording import BLANKS, DEFAULTS, JARGON, LONGEST, Wording, check, fill, shortened
from hotline.rules.lifecycle import TABLE
from hotline.rules.state import ClockState, TicketState
from hotline.rules.vocabulary import CITY_TZ, ClockKind, Urgency
from hotline.rules.words import LANGUAGES, word
from tests.rules.holidays import MOMENTS
from tests.rules.scenes import SCENES, Scene

NIGHT = Quiet(time(21), time(8))


def test_every_event_tells_the_citizen_or_has_a_reason_not_to():
    events = {row.event for row in TABLE}
    assert set(TELLING) | set(NOT_TOLD) == events
    assert not set(TELLING) & set(NOT_TOLD)
    assert all(reason.strip() for reason in NOT_TOLD.values())


def test_every_kind_is_told_by_some_event_and_has_words():
    said = [scene for scene in SCENES if _told(scene)]
    assert {_told(scene) for scene in said} >= set(Kind) - {Kind.LATER}
    assert set(BLANKS) == set(DEFAULTS) == set(Kind)
    assert all(word(f"told.{kind}", lang) for kind in Kind for lang in LANGUAGES)
    assert all(word(f"withheld.{why}", lang) for why in Withheld for lang in LANGUAGES)


def _told(scene: Scene, promised: date | None = None) -> Kind | None:
    story = scene.story()
    before, known = story.state, len(story.events)
    story.do(scene.who, scene.act, scene.later)
    return next(
        (kind for event in story.events[known:] if (kind := what_to_tell(event, before, story.state, promised))), None
    )


def test_a_day_that_moves_back_is_told_only_to_whom_it_was_promised():
    moved = [scene for scene in SCENES if scene.event == "clock.recomputed"]
    assert moved
    assert {_told(scene) for scene in moved} == {None}
    assert Kind.LATER in {_told(scene, date(2000, 1, 1)) for scene in moved}
    assert {_told(scene, date(2100, 1, 1)) for scene in moved} == {None}


@pytest.mark.parametrize("kind", Kind)
def test_our_own_words_keep_the_rules_that_the_office_must_keep(kind: Kind):
    wording = DEFAULTS[kind]
    assert check(kind, wording) == ()
    assert not any(inside in wording.zh for inside in JARGON)
    assert not re.search("[\u4e00-\u9fff]", wording.en)
    assert wording.text("zh", secret=True) == ""  # a confidential ticket: nothing, until the office says otherwise
    for lang in LANGUAGES:
        filled = fill(wording.text(lang, secret=False), dict.fromkeys(BLANKS[kind], "某某"))
        assert not re.search(r"[{}]", filled)
    assert (kind in DATED) == ("{due}" in wording.zh)


def test_the_unit_and_the_day_are_named():
    text = DEFAULTS[Kind.HANDED].zh
    said = {
        "hotline": "合肥12345",
        "title": "占道经营",
        "unit": "庐阳区城管局",
        "due": "最迟5月8日答复",
        "tail": "000007",
    }
    assert fill(text, said) == "【合肥12345】您反映的“占道经营”已由庐阳区城管局接手，最迟5月8日答复。编号尾数000007。"


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        (Wording(True, " ", ""), "wording.empty"),
        (Wording(True, "您的{phone}", ""), "wording.blank_unknown"),
        (Wording(True, "您的{unit", ""), "wording.braces"),
        (Wording(True, "您的{}", ""), "wording.braces"),
        (Wording(True, "您的{title!r}", ""), "wording.braces"),
        (Wording(True, "您的{title.__class__}", ""), "wording.blank_unknown"),
        (Wording(True, "您的诉求已派单", ""), "wording.jargon"),
        (Wording(True, "好" * (LONGEST + 1), ""), "wording.too_long"),
        (Wording(True, "好", "", "您反映的{title}"), "wording.blank_unknown"),
        (Wording(True, "好", "", "", "Fine"), "wording.empty"),
    ],
)
def test_a_wording_that_would_not_do_is_refused(wording: Wording, code: str):
    assert [refusal.code for refusal in check(Kind.RECEIVED, wording)] == [code]


@given(st.text(max_size=60), st.text(max_size=20))
def test_what_is_said_never_acts_as_a_blank(title: str, tail: str):
    assert fill("{title}/{tail}", {"title": title, "tail": tail}) == f"{title}/{tail}"


@given(st.text(max_size=400))
def test_a_wording_is_judged_and_never_breaks(text: str):
    if not check(Kind.RECEIVED, Wording(True, text, "")):
        fill(text, {})


@given(st.text(max_size=80), st.integers(1, 30))
def test_long_words_are_cut(text: str, limit: int):
    assert len(shortened(text, limit)) <= limit


@given(MOMENTS, st.times(), st.times(), st.sampled_from(list(Urgency)))
def test_a_message_leaves_at_the_first_allowed_moment(now: datetime, begins: time, ends: time, urgency: Urgency):
    quiet = Quiet(begins, ends)
    at = leaves_at(now, quiet, urgency)
    assert now <= at <= now + timedelta(days=1)
    if urgency is not Urgency.ORDINARY or not quiet.holds(now):
        assert at == now
    else:
        assert not quiet.holds(at)
        assert at.astimezone(CITY_TZ).timetz().replace(tzinfo=None) == ends


@pytest.mark.parametrize(
    ("clock", "leaves"),
    [("20:59", "20:59"), ("21:00", "08:00"), ("23:30", "08:00"), ("03:00", "08:00"), ("08:00", "08:00")],
)
def test_nobody_is_woken(clock: str, leaves: str):
    now = datetime.fromisoformat(f"2026-03-17T{clock}:00+08:00")
    assert f"{leaves_at(now, NIGHT, Urgency.ORDINARY).astimezone(CITY_TZ):%H:%M}" == leaves
    assert leaves_at(now, NIGHT, Urgency.CRITICAL) == now


@pytest.mark.parametrize(
    ("limit", "due", "zh", "en"),
    [
        ("7wd", "2026-05-08T17:30:00+08:00", "最迟5月8日答复", "you will be answered by 8 May"),
        ("24h", "2026-05-08T09:12:00+08:00", "5月8日09:12前答复", "you will be answered by 09:12 on 8 May"),
        ("7wd", "2027-01-04T17:30:00+08:00", "最迟2027年1月4日答复", "you will be answered by 4 Jan 2027"),
    ],
)
def test_the_promise_is_said_as_people_say_it(limit: str, due: str, zh: str, en: str):
    at = datetime(2026, 4, 27, 9, tzinfo=CITY_TZ)
    clock = ClockState(kind=ClockKind.REPLY, round=1, limit=limit, started_at=at, due_at=datetime.fromisoformat(due))
    state = TicketState(clocks={ClockKind.REPLY: clock})
    assert (due_words(state, at, "zh"), due_words(state, at, "en")) == (zh, en)


def test_no_day_is_promised_that_nobody_has_set():
    at = datetime(2026, 4, 27, 9, tzinfo=CITY_TZ)
    assert due_words(TicketState(), at, "zh") == "我们会尽快答复您"
