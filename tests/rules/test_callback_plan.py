"""The callback plan: who is rung, who is written to, when, and that silence never counts."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.callback_plan import Asked, Method, Plan, next_call, plan, sampled
from hotline.rules.lifecycle.standing import half_day
from hotline.rules.profile_parts import CallbackRules
from hotline.rules.sentences import render
from hotline.rules.state import TicketState
from hotline.rules.vocabulary import CITY_TZ, Flag, Stage
from tests.rules import cast as c

TUESDAY = datetime(2026, 3, 17, 10, 0, tzinfo=CITY_TZ)
WAITING = TicketState(stage=Stage.PENDING_CALLBACK)
TERMS = c.HEFEI.callback


def step(state: TicketState = WAITING, *, now: datetime = TUESDAY, asked: Asked | None = None) -> Plan:
    found = plan(state, profile=c.HEFEI, calendar=c.CALENDAR, now=now, asked=asked)
    assert found is not None
    for lang in ("zh", "en"):
        assert render(found.reason, lang)
    return found


def test_others_are_asked_by_message_first() -> None:
    assert step().method is Method.MESSAGE


@pytest.mark.parametrize("flag", [Flag.KEY, Flag.INSTRUCTION, Flag.CONFIDENTIAL])
def test_weighty_and_confidential_tickets_are_asked_by_phone(flag: Flag) -> None:
    assert step(replace(WAITING, flags=frozenset({flag}))).method is Method.PHONE


def test_silence_leads_to_a_call_after_the_wait_and_not_before() -> None:
    sent = Asked(TUESDAY)
    assert step(asked=sent, now=TUESDAY + timedelta(hours=3)).method is Method.WAIT
    wait = step(asked=sent).not_before
    assert wait == datetime(2026, 3, 18, 17, 30, tzinfo=CITY_TZ)
    after = step(asked=sent, now=wait)
    assert (after.method, after.reason.code) == (Method.PHONE, "callback_plan.silent")


def test_a_dissatisfied_answer_leads_to_a_call_at_once() -> None:
    assert step(asked=Asked(TUESDAY, settled=False)).reason.code == "callback_plan.dissatisfied"


@pytest.mark.parametrize(
    "state", [replace(WAITING, contactable=False), replace(WAITING, flags=frozenset({Flag.CALLBACK_REFUSED}))]
)
def test_who_cannot_be_asked_is_checked_by_the_office(state: TicketState) -> None:
    assert step(state).method is Method.CHECK


def test_attempts_go_on_by_phone_until_they_are_used_up() -> None:
    once = replace(WAITING, attempts=(TUESDAY,))
    found = step(once, now=TUESDAY + timedelta(minutes=5))
    assert (found.method, found.not_before) == (Method.PHONE, datetime(2026, 3, 17, 14, 0, tzinfo=CITY_TZ))
    assert step(replace(WAITING, attempts=(TUESDAY,) * TERMS.max_attempts)).method is Method.UNREACHED


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.PENDING_CALLBACK}))
def test_no_other_ticket_has_a_plan(stage: Stage) -> None:
    assert plan(replace(WAITING, stage=stage), profile=c.HEFEI, calendar=c.CALENDAR, now=TUESDAY) is None


@pytest.mark.parametrize(
    ("now", "first"),
    [
        ("17 06:00", "17 08:30"),
        ("17 10:00", "17 10:00"),
        ("17 12:00", "17 14:00"),
        ("17 20:00", "18 08:30"),
        ("17 23:59", "18 08:30"),
    ],
)
def test_nobody_is_rung_in_quiet_hours(now: str, first: str) -> None:
    assert next_call(march(now), TERMS) == march(first)


def march(written: str) -> datetime:
    """A day and time of March 2026."""
    return datetime.fromisoformat(f"2026-03-{written}:00+08:00")


MOMENTS = st.integers(0, 4 * 365 * 24 * 60).map(lambda minutes: TUESDAY + timedelta(minutes=minutes))


@given(MOMENTS, MOMENTS)
def test_the_next_call_lies_in_call_hours_on_another_half_day(now: datetime, attempt: datetime) -> None:
    terms = CallbackRules(call_hours=((time(9), time(19)),))
    found = next_call(now, terms, (attempt,))
    assert found >= now
    assert time(9) <= found.time() < time(19)
    assert half_day(found) != half_day(attempt)


@given(st.text("0123456789DH", min_size=1, max_size=24), st.text(max_size=10))
def test_drawing_is_the_same_for_everybody(number: str, seed: str) -> None:
    assert sampled(number, percent=30, seed=seed) == sampled(number, percent=30, seed=seed)
    assert not sampled(number, percent=0, seed=seed)
    assert sampled(number, percent=100, seed=seed)
    if sampled(number, percent=10, seed=seed):
        assert sampled(number, percent=60, seed=seed)


def test_drawing_takes_the_share_it_was_told() -> None:
    drawn = sum(sampled(f"3401002026031700{i:06d}", percent=5, seed="2026-03") for i in range(20_000))
    assert 850 < drawn < 1150
