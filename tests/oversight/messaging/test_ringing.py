"""An urgent ticket rings the people on duty until somebody signs it in; nobody is rung twice for the same step."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from hotline.oversight.messaging.jobs import take_up_rings
from hotline.oversight.messaging.models import Ring
from hotline.oversight.messaging.ringing import climb, climb_all
from hotline.oversight.notices.models import Notice
from hotline.plumbing.clock import frozen
from hotline.plumbing.outbox.models import OutgoingMessage
from hotline.rules import acts
from hotline.rules.vocabulary import RequestType, Stage, UnitCode, Urgency
from tests.cast import Cast, Ticket
from tests.oversight.messaging.rostering import PHONES, on_duty
from tests.oversight.messaging.working import react

pytestmark = pytest.mark.django_db
CRITICAL = {"urgency": Urgency.CRITICAL}
"""Signed in within fifteen minutes."""


def urgent(cast: Cast, **more: object) -> Ticket:
    ticket = cast.ticket_at(Stage.PENDING_SIGN, register=CRITICAL, **more)  # type: ignore[arg-type]  # handed on
    react(ticket.at)
    return ticket


def steps(ticket: Ticket) -> list[tuple[str, str]]:
    return list(Ring.objects.filter(number=ticket.number).order_by("pk").values_list("step", "name"))


def all_on_duty(cast: Cast) -> None:
    on_duty(cast, "CGJ", "day", "赵海涛")
    on_duty(cast, "CGJ", "leader", "周文斌")
    on_duty(cast, "RX12345", "day", "李建国")


def test_the_desk_on_duty_is_rung_at_once(cast: Cast):
    all_on_duty(cast)
    ticket = urgent(cast)
    assert steps(ticket) == [("desk", "赵海涛")]
    message = OutgoingMessage.objects.get(to=PHONES["赵海涛"])
    assert message.not_before == ticket.at
    assert f"紧急工单{ticket.number}须在09:59前签收，赵海涛，请立即登录平台处理" in message.body
    assert "占道" not in message.body
    job = ProcrastinateJob.objects.get(task_name="ring_duty")
    assert job.scheduled_at == ticket.at + timedelta(minutes=6)


def test_leader_office_and_supervisors_follow_while_nobody_signs(cast: Cast):
    all_on_duty(cast)
    ticket = urgent(cast)
    for minutes, last in ((5, "desk"), (6, "leader"), (10, "leader"), (11, "office"), (15, "nobody")):
        climb(number=ticket.number, now=ticket.at + timedelta(minutes=minutes))
        assert steps(ticket)[-1][0] == last
    assert [name for _, name in steps(ticket)] == ["赵海涛", "周文斌", "李建国", ""]
    told = Notice.objects.filter(kind="duty_silent").values_list("recipient__username", flat=True)
    assert set(told) == {"supervisor", "team_leader"}
    assert "市城管局值班人员没有应答" in OutgoingMessage.objects.get(to=PHONES["周文斌"]).body
    climb(number=ticket.number, now=ticket.at + timedelta(hours=3))
    assert len(steps(ticket)) == 4


def test_signing_in_ends_it(cast: Cast):
    all_on_duty(cast)
    ticket = urgent(cast)
    cast.do(ticket, "cgj_handler", acts.SignIn(), at=ticket.at + timedelta(minutes=3))
    assert climb(number=ticket.number, now=ticket.at + timedelta(minutes=14)) is None
    assert steps(ticket) == [("desk", "赵海涛")]


def test_a_unit_without_a_roster_costs_no_time(cast: Cast):
    on_duty(cast, "RX12345", "day", "李建国")
    ticket = urgent(cast)
    assert steps(ticket) == [("desk", ""), ("leader", ""), ("office", "李建国")]


def test_where_nobody_is_on_duty_anywhere_the_supervisors_know_at_once(cast: Cast):
    ticket = urgent(cast)
    assert [step for step, _ in steps(ticket)] == ["desk", "leader", "office", "nobody"]
    assert Notice.objects.filter(kind="duty_silent", number=ticket.number).exists()


def test_a_landline_takes_no_message_and_the_next_is_rung(cast: Cast):
    on_duty(cast, "CGJ", "day", "赵海涛", phone="0551-62345678")
    on_duty(cast, "CGJ", "leader", "周文斌")
    assert steps(urgent(cast)) == [("desk", "赵海涛"), ("leader", "周文斌")]


def test_an_ordinary_ticket_rings_nobody(cast: Cast):
    all_on_duty(cast)
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    react(ticket.at)
    assert steps(ticket) == []
    assert climb_all(now=ticket.at) == 0


def test_another_unit_is_rung_anew(cast: Cast):
    all_on_duty(cast)
    on_duty(cast, "STHJ", "day", "郑晓东")
    ticket = urgent(cast)
    ticket = cast.do(ticket, "supervisor", acts.Reassign(lead_unit=UnitCode("STHJ"), reason="属其职责"))
    react(ticket.at)
    assert steps(ticket) == [("desk", "赵海涛"), ("desk", "郑晓东")]


def test_a_ticket_that_becomes_urgent_rings(cast: Cast):
    all_on_duty(cast)
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    change = acts.Classify(request_type=RequestType.COMPLAINT, urgency=Urgency.CRITICAL, reason="水管爆裂")
    ticket = cast.do(ticket, "dispatcher", change)
    react(ticket.at)
    assert steps(ticket) == [("desk", "赵海涛")]


def test_steps_of_a_lost_job_are_taken_up_and_none_is_taken_twice(cast: Cast):
    all_on_duty(cast)
    ticket = urgent(cast)
    ProcrastinateJob.objects.all()._raw_delete("default")
    with frozen(ticket.at + timedelta(minutes=7)):
        assert take_up_rings(0) == 1
        assert take_up_rings(0) == 1
    assert steps(ticket) == [("desk", "赵海涛"), ("leader", "周文斌")]
    assert OutgoingMessage.objects.filter(key__contains="/ring/").count() == 2
