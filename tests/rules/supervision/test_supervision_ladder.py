"""What follows what: each cause from its event, once an occasion, by the rungs of the profile."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.lifecycle import TABLE
from hotline.rules.profile_reader import Malformed
from hotline.rules.state import ClockState, Event, TicketState
from hotline.rules.supervision import Cause
from hotline.rules.supervision.ladder import (
    ENDS,
    FOLLOWED,
    HEAVY_MARKS,
    LEADS,
    due_for,
    late_trigger,
    repeat_trigger,
    triggers,
)
from hotline.rules.supervision_rules import CAUSES, CODECS, RUNG, Rung, SupervisionRules
from hotline.rules.vocabulary import ClockKind, Flag, Rating, Role, Stage, SupervisionKind
from hotline.rules.workdays import Calendar
from tests.rules.cast import BOOK, URBAN
from tests.walks import OPENING

RULES = SupervisionRules()
K = SupervisionKind


def event(name: str, **payload: object) -> Event:
    return Event(
        name=name,
        act="",
        at=OPENING,
        actor="system",
        role=Role.SYSTEM,
        unit=None,
        stage=Stage.HANDLING,
        payload=payload,
    )


def ticket(**changes: object) -> TicketState:
    clock = ClockState(
        kind=ClockKind.UNIT_REPLY, round=2, limit="7wd", started_at=OPENING, due_at=OPENING + timedelta(days=7)
    )
    state = TicketState(stage=Stage.HANDLING, lead_unit=URBAN, clocks={ClockKind.UNIT_REPLY: clock})
    return replace(state, **changes)  # type: ignore[arg-type]  # fields of the state


def found(
    name: str, after: TicketState, before: TicketState | None = None, rules: SupervisionRules = RULES, **payload: object
):
    return [
        (t.cause, t.kind, t.rung.opens, t.key)
        for t in triggers(event(name, **payload), before or ticket(), after, rules)
    ]


def test_a_broken_promise_opens_platform_supervision():
    assert found("clock.overdue", ticket(), clock="unit_reply") == [
        (Cause.OVERDUE, K.PLATFORM, True, "overdue:unit_reply:2")
    ]


def test_what_the_office_is_late_with_is_no_cause():
    assert found("clock.overdue", ticket(stage=Stage.PENDING_REVIEW), clock="unit_reply") == []
    assert found("clock.overdue", ticket(), clock="review") == []


def test_a_written_notice_means_that_reminders_were_ignored():
    assert found("clock.notice_issued", ticket(), clock="unit_reply")[0][:3] == (
        Cause.REMINDER_IGNORED,
        K.PLATFORM,
        True,
    )


@pytest.mark.parametrize(("times", "follows"), [(1, False), (2, True), (3, True)])
def test_a_reply_sent_back_twice(times: int, follows: bool):
    assert bool(found("review.sent_back", ticket(send_backs=times))) is follows


def test_a_third_sending_back_of_one_round_is_the_same_occasion():
    (second,), (third,) = (found("review.sent_back", ticket(send_backs=n)) for n in (2, 3))
    assert second[3] == third[3]
    (again,) = found("review.sent_back", ticket(send_backs=2, reworks=1))
    assert again[3] != second[3]


@pytest.mark.parametrize(("flag", "cause"), HEAVY_MARKS.items())
def test_a_heavy_mark_is_a_cause_when_it_is_set_and_not_afterwards(flag: Flag, cause: Cause):
    marked = ticket(flags=frozenset({flag}))
    assert [one[0] for one in found("ticket.marked", marked)] == [cause]
    assert found("ticket.marked", marked, marked) == []


def test_closed_though_dissatisfied_proposes_a_visit():
    assert found("callback.closed", ticket(rating=Rating.DISSATISFIED)) == [
        (Cause.DISSATISFIED, K.ON_SITE, False, "dissatisfied:0")
    ]
    assert found("callback.closed", ticket(rating=Rating.BASICALLY_SATISFIED)) == []


def test_a_rung_of_none_lets_nothing_follow():
    quiet = replace(RULES, overdue=Rung())
    assert found("clock.overdue", ticket(), rules=quiet, clock="unit_reply") == []
    assert late_trigger(K.PLATFORM, 7, replace(RULES, supervision_late=Rung())) is None


@given(st.integers(0, 200), st.integers(2, 9))
def test_repeats_are_one_occasion_each_time_the_count_is_full(times: int, count: int):
    trigger = repeat_trigger(times, replace(RULES, repeat_count=count))
    assert (trigger is not None) == (times > 0 and times % count == 0)


def test_above_key_supervision_the_ladder_ends():
    assert late_trigger(K.KEY, 1, RULES) is None
    after = late_trigger(K.PLATFORM, 7, RULES)
    assert after is not None
    assert (after.kind, after.rung.opens, after.key) == (K.KEY, False, "supervision_late:7")


@pytest.mark.parametrize("text", ["open:platform", "propose:key", "propose:on_site", "none"])
def test_a_rung_is_read_as_it_is_written(text: str):
    assert RUNG.write(RUNG.read(text)) == text


@pytest.mark.parametrize("text", ["", "open", "open:everything", "close:key", 7, None])
def test_what_is_no_rung_is_refused(text: object):
    with pytest.raises(Malformed):
        RUNG.read(text)


def test_every_setting_can_be_read_and_written():
    assert set(CODECS) == set(SupervisionRules.__dataclass_fields__)
    assert {cause.value for cause in Cause} - {"campaign", "by_hand"} == set(CAUSES)


def test_the_ladder_listens_to_events_that_there_are():
    events = {row.event for row in TABLE}
    assert set(FOLLOWED) | set(LEADS) | set(ENDS) <= events
    led = {
        row.event for row in TABLE if row.event.startswith(("dispatch.sent", "dispatch.phoned", "dispatch.reassigned"))
    }
    assert led <= set(LEADS)


def test_a_date_is_counted_in_working_days():
    assert isinstance(BOOK.calendar, Calendar)
    due = due_for(K.PLATFORM, RULES, start=OPENING, calendar=BOOK.calendar)
    assert due.date() == (OPENING + timedelta(days=2)).date()
