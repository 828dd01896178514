"""Tasks of co-units in the database: clocks of their own, the page, the inbox, notices, the ledger and its check."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.urls import reverse

from hotline.desks.time_words import moment_words
from hotline.oversight.clocks.engine import fire_due
from hotline.rules import acts
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.vocabulary import Finding, Stage, UnitCode
from hotline.tickets.access import look_at
from hotline.tickets.checking import Tally, check_tickets
from hotline.tickets.models import LedgerEntry, TicketClock
from tests.cast import Cast, Ticket
from tests.visits import at, latin, said, signed_in

pytestmark = pytest.mark.django_db
Limit = Callable[[int], AbstractContextManager[object]]
CGJ, STHJ, LY = UnitCode("CGJ"), UnitCode("STHJ"), UnitCode("LY")
PENALTY = acts.OpenTask(unit=CGJ, task="查实违法的，依法处罚", days=3, after=Finding.VIOLATION)
HOUR = timedelta(hours=1)


@pytest.fixture
def noisy(cast: Cast) -> Ticket:
    """With the ecology bureau; the penalty is urban management's when a violation is found."""
    ticket = cast.do(cast.ticket_at(Stage.PENDING_DISPATCH), "dispatcher", acts.Dispatch(lead_unit=STHJ))
    return cast.do(cast.do(ticket, "sthj_handler", acts.SignIn()), "dispatcher", PENALTY)


def finds(cast: Cast, ticket: Ticket) -> Ticket:
    return cast.do(ticket, "sthj_handler", acts.RecordFinding(found=Finding.VIOLATION, note="夜间监测超标"))


def part(number: str, unit: str) -> TicketClock:
    return TicketClock.objects.filter(ticket__number=number, kind="co_task", of=unit).latest("round")


def test_a_violation_found_begins_the_penalty_task_in_its_units_inbox(cast: Cast, noisy: Ticket) -> None:
    desk, page = reverse("desk", args=["helping"]), reverse("ticket", args=[noisy.number])
    with at(noisy.at + HOUR):
        assert noisy.number not in signed_in(cast, "cgj_handler").get(desk).content.decode()
        assert signed_in(cast, "cgj_handler").get(page).status_code == 404
        lead = signed_in(cast, "sthj_handler").get(page).content.decode()
    assert "“查实违法违规”以后开始" in said(lead)
    assert "查实违法的，依法处罚" in said(lead)
    found = finds(cast, noisy)
    assert part(noisy.number, CGJ).limit == "3wd"
    with at(found.at + HOUR):
        helper = signed_in(cast, "cgj_handler")
        assert noisy.number in helper.get(desk).content.decode()
        seen = helper.get(page).content.decode()
    assert "协办时限（市城管局）" in said(seen)
    assert latin(seen) == set()


def test_the_words_of_a_task_stand_beside_the_ledger(noisy: Ticket) -> None:
    entry = LedgerEntry.objects.get(ticket__number=noisy.number, name="task.opened")
    assert entry.payload == {"unit": "CGJ", "days": 3, "order": 1, "after": "violation"}
    assert look_at(noisy.number, actor=SYSTEM).state.tasks[0].seq == entry.seq


def test_each_co_unit_is_late_for_itself(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH)
    ticket = cast.do(ticket, "dispatcher", acts.Dispatch(lead_unit=LY, co_units=(STHJ, CGJ)))
    ticket = cast.do(ticket, "sthj_handler", acts.ReportCoTask(reply="已监测"))
    fire_due(now=part(ticket.number, CGJ).due_at + HOUR)
    assert part(ticket.number, STHJ).met is True
    assert part(ticket.number, STHJ).overdue_at is None
    assert part(ticket.number, CGJ).overdue_at is not None
    late = LedgerEntry.objects.filter(ticket__number=ticket.number, name="clock.overdue", payload__clock="co_task")
    assert [entry.payload["of"] for entry in late] == ["CGJ"]


def test_the_ledger_replays_to_what_is_stored(cast: Cast, noisy: Ticket) -> None:
    done = cast.do(finds(cast, noisy), "cgj_handler", acts.ReportCoTask(reply="罚款五万元"))
    cast.do(done, "sthj_handler", acts.ReturnTask(unit=CGJ, reason="缺决定书"))
    assert [finding.zh for finding in check_tickets(Tally())] == []


def test_the_lead_answers_once_for_all(cast: Cast, noisy: Ticket) -> None:
    address = reverse("submit_reply", args=[noisy.number])
    found = finds(cast, noisy)
    reply = {"resolution": "resolved", "reply": "已处罚。", "version": found.state.version}
    lead = signed_in(cast, "sthj_handler")
    with at(found.at + HOUR):
        held = lead.post(address, reply).content.decode()
        sent = lead.post(address, reply | {"without_tasks": "群众急需答复"})
    assert "还有1个协办单位没有反馈" in said(held)
    assert sent.status_code == 302


def test_a_task_that_is_not_the_units_is_ruled_on_at_the_dispatchers_desk(cast: Cast, noisy: Ticket) -> None:
    found, desk = finds(cast, noisy), reverse("desk", args=["task-returns"])
    page, ask = reverse("ticket", args=[noisy.number]), reverse("request_task_return", args=[noisy.number])
    dispatcher, helper = signed_in(cast, "dispatcher"), signed_in(cast, "cgj_handler")
    with at(found.at + HOUR):
        assert noisy.number not in dispatcher.get(desk).content.decode()
        said_why = {"reason": "not_competent", "legal_basis": "处罚权已划转", "version": found.state.version}
        assert helper.post(ask, said_why).status_code == 302
        assert noisy.number in dispatcher.get(desk).content.decode()
        seen = said(dispatcher.get(page).content.decode())
        assert "已申请退回，待派单员审核" in seen
        assert "退回依据" in seen
        assert "处罚权已划转" in seen
        assert latin(seen) == set()
        ruling = {"finding": "依三定方案应由区里处罚", "version": found.state.version + 1}
        assert dispatcher.post(reverse("accept_task_return", args=[noisy.number]), ruling).status_code == 302
        assert helper.get(page).status_code == 404
        dispatcher.get(page)  # where the flash is read
        assert noisy.number not in dispatcher.get(desk).content.decode()
    assert part(noisy.number, CGJ).met is None
    assert [finding.zh for finding in check_tickets(Tally())] == []


def test_the_list_of_a_co_unit_shows_its_own_limit_and_light(cast: Cast, noisy: Ticket) -> None:
    found, desk = finds(cast, noisy), reverse("desk", args=["helping"])
    due = part(noisy.number, CGJ).due_at
    for moment, light in ((found.at + HOUR, "light-green"), (due + HOUR, "light-red")):
        with at(moment):
            page = signed_in(cast, "cgj_handler").get(desk).content.decode()
        assert light in page
        assert f"协办时限 {moment_words(due, moment).full}" in said(page)


def test_late_on_the_list_of_a_co_unit_means_late_with_its_own_part(cast: Cast, noisy: Ticket) -> None:
    """Its task is due before the lead's answer: it is late while the lead is not."""
    found, late = finds(cast, noisy), f"{reverse('desk', args=['helping'])}?light=overdue"
    due = part(noisy.number, CGJ).due_at
    assert due + HOUR < TicketClock.objects.get(ticket__number=noisy.number, kind="unit_reply").due_at
    for moment, listed in ((found.at + HOUR, False), (due + HOUR, True)):
        with at(moment):
            assert (noisy.number in signed_in(cast, "cgj_handler").get(late).content.decode()) is listed


def test_forms_of_tasks_offer_the_units_they_can_be_about(cast: Cast, noisy: Ticket) -> None:
    dispatcher, lead = signed_in(cast, "dispatcher"), signed_in(cast, "sthj_handler")
    with at(noisy.at + HOUR):
        taken = dispatcher.get(reverse("close_task", args=[noisy.number])).content.decode()
        answer = lead.get(reverse("submit_reply", args=[noisy.number])).content.decode()
    assert picked(taken) == {"CGJ"}
    assert "without_tasks" not in answer, "the task awaits a finding, so nobody is to be awaited"


def picked(page: str) -> set[str]:
    """Units that the form's picker offers."""
    return set(re.findall(r'<option value="([A-Z-]+)"', page))


def test_a_ticket_with_tasks_and_the_inboxes_ask_no_more_than_others(
    cast: Cast, django_assert_max_num_queries: Limit
) -> None:
    """However many units have a part, the page stays within the eight statements of any page."""
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH)
    act = acts.Dispatch(lead_unit=LY, co_units=(STHJ,), guidance_units=(UnitCode("SZF"),))
    ticket = cast.do(ticket, "dispatcher", act)
    ticket = cast.do(ticket, "ly_dispatcher", acts.SignIn())
    ticket = cast.do(ticket, "dispatcher", PENALTY)
    ticket = cast.do(ticket, "sthj_handler", acts.ReportCoTask(reply="已监测", found=Finding.VIOLATION))
    doors = {
        "ly_dispatcher": reverse("ticket", args=[ticket.number]),
        "cgj_handler": reverse("ticket", args=[ticket.number]),
        "cgj_section": reverse("desk", args=["helping"]),
        "dispatcher": reverse("desk", args=["task-returns"]),
    }
    with at(ticket.at + HOUR):
        for who, address in doors.items():
            person = signed_in(cast, who)
            person.get(address)
            with django_assert_max_num_queries(8):
                assert person.get(address).status_code == 200


def test_a_district_leads_while_the_department_guides(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH)
    act = acts.Dispatch(lead_unit=LY, guidance_units=(CGJ,), copied_units=(STHJ,))
    ticket = cast.do(ticket, "dispatcher", act)
    page = reverse("ticket", args=[ticket.number])
    with at(ticket.at + HOUR):
        guide = signed_in(cast, "cgj_handler").get(page).content.decode()
        copied = signed_in(cast, "sthj_handler").get(page)
    assert "督导单位" in said(guide)
    assert copied.status_code == 200
    assert not TicketClock.objects.filter(ticket__number=ticket.number, kind="co_task").exists()
