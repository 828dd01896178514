"""Emergencies switched on and off over real tickets: what the preview shows is what happens, and off restores it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from hotline.oversight.emergency.previews import preview_off, preview_on
from hotline.oversight.emergency.switching import (
    confirm,
    count_what_passed,
    lengthen,
    plan_refusals_now,
    switch_off,
    switch_on,
)
from hotline.oversight.notices.models import Notice
from hotline.oversight.recomputing.commands import carry_out
from hotline.oversight.recomputing.models import Recomputation
from hotline.registry.emergencies.commands import Done
from hotline.registry.emergencies.models import EmergencyEntry, EmergencyPeriod
from hotline.registry.people.models import User
from hotline.rules.emergency_mode import Plan
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.vocabulary import ClockKind, RequestType, Role, Stage
from hotline.tickets.access import look_at
from hotline.tickets.queries import ticket_file
from hotline.tickets.rulebook import rulebook
from tests.cast import Cast, Ticket
from tests.visits import at, said, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FLOOD = Plan(name="2026年防汛", reason="市防指启动防汛二级响应。", planned_end=OPENING + 10 * DAY)
NOON = OPENING + 4 * HOUR
Limit = Callable[[int], AbstractContextManager[object]]


def switched(cast: Cast, plan: Plan = FLOOD, *, at: datetime = NOON, who: str = "supervisor") -> EmergencyPeriod:
    done = switch_on(plan, actor=cast.actor(who), now=at)
    assert done.ok, done.refusals
    assert done.period is not None
    return done.period


def test_the_other_supervisors_are_told_that_it_waits_for_them(cast: Cast) -> None:
    second = User.objects.create_user("supervisor2", full_name="方敏", unit_id="RX12345")
    second.grants.create(role=Role.SUPERVISOR, unit_id="RX12345", valid_from=OPENING.date())
    period = switched(cast)
    told = [(n.recipient.username, n.kind, n.about, n.number) for n in Notice.objects.select_related("recipient")]
    assert told == [("supervisor2", "emergency_unconfirmed", "emergency", str(period.pk))]
    bell = signed_in(cast, "supervisor2")
    with at(NOON):
        assert "应急状态" in said(bell.get("/notices/latest/").text)
        assert "请在一天之内确认" in said(bell.get("/notices/").text)
        opened = bell.get(f"/notices/{Notice.objects.get().pk}/")
    assert opened.headers["Location"] == f"/emergency/{period.pk}/"


def counted(*, now: datetime) -> list[Recomputation]:
    """What the job would do."""
    waiting = Recomputation.objects.filter(finished_at=None).order_by("pk")
    return [carry_out(one.pk, now=now) for one in waiting]


def dues(*tickets: Ticket) -> dict[tuple[str, str], datetime]:
    found = {}
    for ticket in tickets:
        for kind, clock in look_at(ticket.number, actor=SYSTEM).state.clocks.items():
            if clock.running:
                found[ticket.number, kind.value] = clock.due_at
    return found


def codes(done: Done) -> list[str]:
    return [refusal.code for refusal in done.refusals]


def test_off_restores_every_due_time_exactly_and_the_preview_is_what_happens(cast: Cast) -> None:
    stages = (Stage.REGISTERED, Stage.PENDING_SIGN, Stage.HANDLING, Stage.PENDING_REVIEW, Stage.PARKED, Stage.CLOSED)
    tickets = [cast.ticket_at(stage) for stage in stages]
    question = cast.ticket_at(Stage.HANDLING, register={"request_type": RequestType.CONSULTATION})
    before = dues(*tickets, question)

    shown = preview_on(FLOOD, now=NOON)
    period = switched(cast)
    (round_,) = counted(now=NOON)
    during = dues(*tickets, question)
    moved = {key for key, due in during.items() if due != before[key]}
    assert shown.moved == round_.moved == len({number for number, _ in moved}) > 0
    assert shown.late_now == 0
    for row in shown.rows:
        for move in row.moves:
            assert (before[row.number, move.kind.value], during[row.number, move.kind.value]) == (move.old, move.new)
    assert {during[question.number, kind.value] for kind in (ClockKind.REPLY, ClockKind.UNIT_REPLY)} == {
        NOON + 24 * HOUR
    }
    assert all(due > NOON for key, due in during.items() if before[key] > NOON)

    later = NOON + 5 * HOUR
    back = preview_off(period, now=later)
    assert switch_off(period.pk, actor=cast.actor("supervisor"), now=later).ok
    (round_,) = counted(now=later)
    assert back.moved == round_.moved == shown.moved
    assert dues(*tickets, question) == before


def test_a_ticket_taken_in_during_an_emergency_keeps_its_hours(cast: Cast) -> None:
    period = switched(cast, at=OPENING - HOUR)
    ticket = cast.ticket_at(Stage.HANDLING)
    switch_off(period.pk, actor=cast.actor("supervisor"), now=OPENING + 2 * HOUR)
    (_, off) = counted(now=OPENING + 2 * HOUR)
    assert off.moved == 0
    clock = look_at(ticket.number, actor=SYSTEM).state.clocks[ClockKind.REPLY]
    assert (clock.limit, clock.due_at) == ("48h", OPENING + 48 * HOUR)


def test_every_recount_explains_itself(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    period = switched(cast)
    counted(now=NOON)
    switch_off(period.pk, actor=cast.actor("supervisor"), now=NOON + HOUR)
    counted(now=NOON + HOUR)
    events = [
        e for e in ticket_file(ticket.number, actor=SYSTEM, now=NOON + HOUR).timeline if e.act == "recompute_clocks"
    ]
    assert [e.payload["cause"] for e in events] == ["emergency_on:2026年防汛", "emergency_off:2026年防汛"]


def test_only_the_chosen_matters_and_places(cast: Cast) -> None:
    street = cast.ticket_at(Stage.HANDLING)
    noise = cast.ticket_at(Stage.HANDLING, register={"category": "040103"})
    away = cast.ticket_at(Stage.HANDLING, register={"region": "340104"})
    plan = replace(FLOOD, categories=("0101",), regions=("340103",))
    assert {row.number for row in preview_on(plan, now=NOON).rows} == {street.number}
    before = dues(noise, away)
    switched(cast, plan)
    counted(now=NOON)
    assert dues(noise, away) == before
    assert dues(street)[street.number, "reply"] == NOON + 48 * HOUR


def test_two_over_one_another_end_one_by_one(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    before = dues(ticket)
    first = switched(cast)
    second = switched(cast, replace(FLOOD, name="低温雨雪"), at=NOON + 6 * HOUR)
    counted(now=NOON + 6 * HOUR)
    assert dues(ticket)[ticket.number, "reply"] == NOON + 48 * HOUR
    switch_off(first.pk, actor=cast.actor("supervisor"), now=NOON + 7 * HOUR)
    counted(now=NOON + 7 * HOUR)
    assert dues(ticket)[ticket.number, "reply"] == NOON + 54 * HOUR
    switch_off(second.pk, actor=cast.actor("supervisor"), now=NOON + 8 * HOUR)
    counted(now=NOON + 8 * HOUR)
    assert dues(ticket) == before


def test_a_later_start_and_a_planned_end_are_counted_when_they_come(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    before = dues(ticket)
    start, end = NOON + 3 * HOUR, NOON + DAY
    plan = replace(FLOOD, start=start, planned_end=end)
    shown = preview_on(plan, now=NOON)
    switched(cast, plan)
    assert count_what_passed(now=start - timedelta(minutes=1)) == 0
    assert not Recomputation.objects.exists()
    assert count_what_passed(now=start) == 1
    assert count_what_passed(now=start) == 0, "once"
    (on,) = counted(now=start)
    assert on.moved == shown.moved == 1
    assert dues(ticket)[ticket.number, "reply"] == start + 48 * HOUR
    assert count_what_passed(now=end) == 1
    assert count_what_passed(now=end + HOUR) == 0
    (over,) = counted(now=end)
    assert over.cause == "emergency_over:2026年防汛"
    assert dues(ticket) == before


def test_called_off_before_it_began_it_never_held(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    before = dues(ticket)
    period = switched(cast, replace(FLOOD, start=NOON + 3 * HOUR))
    switch_off(period.pk, actor=cast.actor("supervisor"), now=NOON + HOUR)
    assert count_what_passed(now=NOON + 4 * HOUR) == 0
    assert not Recomputation.objects.exists()
    counted(now=NOON + 4 * HOUR)
    assert dues(ticket) == before
    assert not any(one.holds(NOON + 4 * HOUR) for one in rulebook(now=NOON).emergencies)


def test_only_supervisors_switch(cast: Cast) -> None:
    for who in ("agent", "team_leader", "dispatcher", "director", "auditor", "cgj_head", "security_admin"):
        assert codes(switch_on(FLOOD, actor=cast.actor(who), now=NOON)) == ["emergency.denied"]
    period = switched(cast)
    director = cast.actor("director")
    assert codes(switch_off(period.pk, actor=director, now=NOON)) == ["emergency.denied"]
    assert codes(confirm(period.pk, actor=director, now=NOON)) == ["emergency.denied"]
    assert codes(lengthen(period.pk, planned_end=NOON + 20 * DAY, actor=director, now=NOON)) == ["emergency.denied"]


def test_twice_off_and_twice_on_are_refused(cast: Cast) -> None:
    period, boss = switched(cast), cast.actor("supervisor")
    assert codes(switch_on(FLOOD, actor=boss, now=NOON + HOUR)) == ["emergency.name_taken"]
    assert switch_off(period.pk, actor=boss, now=NOON + HOUR).ok
    assert codes(switch_off(period.pk, actor=boss, now=NOON + 2 * HOUR)) == ["emergency.off_already"]
    again = switched(cast, at=NOON + 2 * HOUR)
    after = FLOOD.planned_end + HOUR if FLOOD.planned_end else NOON
    assert codes(switch_off(again.pk, actor=boss, now=after)) == ["emergency.over_already"]
    assert codes(lengthen(again.pk, planned_end=after + DAY, actor=boss, now=after)) == ["emergency.over_already"]
    assert codes(confirm(again.pk, actor=SYSTEM, now=after)) == ["emergency.over_already"]
    assert codes(switch_off(999, actor=boss, now=after)) == ["emergency.not_found"]


def test_a_second_person_confirms_once(cast: Cast) -> None:
    period = switched(cast)
    assert codes(confirm(period.pk, actor=cast.actor("supervisor"), now=NOON)) == ["emergency.second_person"]
    second = replace(cast.actor("supervisor"), id=cast.actor("team_leader").id)
    assert confirm(period.pk, actor=second, now=NOON + HOUR).ok
    assert codes(confirm(period.pk, actor=second, now=NOON + HOUR)) == ["emergency.confirmed_already"]


def test_it_can_be_lengthened_while_it_lasts(cast: Cast) -> None:
    period, boss = switched(cast), cast.actor("supervisor")
    assert codes(lengthen(period.pk, planned_end=NOON + DAY, actor=boss, now=NOON)) == ["emergency.not_longer"]
    assert codes(lengthen(period.pk, planned_end=None, actor=boss, now=NOON)) == ["emergency.end_missing"]
    assert codes(lengthen(period.pk, planned_end=NOON + 400 * DAY, actor=boss, now=NOON)) == ["emergency.too_far"]
    assert lengthen(period.pk, planned_end=NOON + 20 * DAY, actor=boss, now=NOON).ok
    assert count_what_passed(now=NOON + 15 * DAY) == 0
    assert rulebook(now=NOON).emergencies[0].holds(NOON + 15 * DAY)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": " "}, ["emergency.name_missing"]),
        ({"reason": ""}, ["emergency.reason_missing"]),
        ({"name": "汛" * 31}, ["emergency.too_long"]),
        ({"reason": "汛\x00"}, ["field.bad_character"]),
        ({"planned_end": None}, ["emergency.end_missing"]),
        ({"planned_end": OPENING}, ["emergency.ends_before_it_begins"]),
        ({"planned_end": OPENING + 400 * DAY}, ["emergency.too_far"]),
        ({"start": OPENING}, ["emergency.starts_past"]),
        ({"categories": ("99",)}, ["emergency.unknown_code"]),
        ({"regions": ("110000",)}, ["emergency.unknown_code"]),
        ({"regions": ("340103",) * 201}, ["emergency.too_many"]),
        ({"start": NOON - timedelta(minutes=1)}, []),
    ],
)
def test_what_must_be_said(cast: Cast, changes: dict[str, object], expected: list[str]) -> None:
    plan = replace(FLOOD, **changes)  # type: ignore[arg-type]  # the values are those of the fields
    assert codes(plan_refusals_now(plan, actor=cast.actor("supervisor"), now=NOON)) == expected
    assert not EmergencyPeriod.objects.exists(), "asking does nothing"


def test_a_start_typed_a_minute_ago_is_now(cast: Cast) -> None:
    assert switched(cast, replace(FLOOD, start=NOON - timedelta(minutes=1))).start == NOON


def test_the_record_is_kept(cast: Cast) -> None:
    period = switched(cast)
    lengthen(period.pk, planned_end=NOON + 20 * DAY, actor=cast.actor("supervisor"), now=NOON)
    assert list(EmergencyEntry.objects.values_list("act", flat=True).order_by("pk")) == ["switch_on", "lengthen"]
    with pytest.raises(ProgrammingError), CaptureQueriesContext(connection):
        EmergencyEntry.objects.update(actor="nobody")


def test_a_preview_reads_a_hundred_tickets_in_a_few_statements(
    cast: Cast, django_assert_max_num_queries: Limit
) -> None:
    for minute in range(30):
        cast.ticket_at(Stage.HANDLING, at=OPENING + timedelta(minutes=minute))
    rulebook(now=NOON)
    with django_assert_max_num_queries(4):
        assert preview_on(FLOOD, now=NOON).moved == 30


def test_processes_notice_at_once(cast: Cast) -> None:
    assert rulebook(now=NOON).emergencies == ()
    switched(cast)
    (known,) = rulebook(now=NOON).emergencies
    assert (known.name, known.start) == ("2026年防汛", NOON)
