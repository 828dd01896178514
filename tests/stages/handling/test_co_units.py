"""Units that help: they report their part, the lead is told, the page shows it, and the clock ends with the last."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hotline.rules import acts
from hotline.rules.vocabulary import Stage, UnitCode
from hotline.tickets.models import TicketClock
from tests.cast import Cast, Ticket
from tests.visits import at, latin, said, signed_in

pytestmark = pytest.mark.django_db
CGJ, STHJ = UnitCode("CGJ"), UnitCode("STHJ")


@pytest.fixture
def helped(cast: Cast) -> Ticket:
    """With the urban management bureau, the ecology bureau helping."""
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH)
    return cast.do(ticket, "dispatcher", acts.Dispatch(lead_unit=CGJ, co_units=(STHJ,)))


def test_a_co_unit_reports_from_its_page_and_the_lead_reads_it(cast: Cast, helped: Ticket) -> None:
    clock = TicketClock.objects.get(ticket__number=helped.number, kind="co_task")
    assert clock.stopped_at is None
    address = reverse("report_co_task", args=[helped.number])
    helper, lead = signed_in(cast, "sthj_handler"), signed_in(cast, "cgj_handler")
    with at(helped.at + timedelta(hours=1)):
        form = helper.get(address).content.decode()
        sent = helper.post(address, {"reply": "夜间监测超标，已取证。", "version": helped.state.version})
    assert "协办结果（给主办单位）" in form
    assert latin(form) == set()
    assert sent.status_code == 302
    clock.refresh_from_db()
    assert clock.met is True
    with at(helped.at + timedelta(hours=2)):
        seen = said(lead.get(reverse("ticket", args=[helped.number])).content.decode())
    assert "市生态环境局（已反馈）" in seen
    assert "夜间监测超标，已取证。" in seen


def test_who_has_reported_is_kept_with_the_ticket(cast: Cast, helped: Ticket) -> None:
    done = cast.do(helped, "sthj_handler", acts.ReportCoTask(reply="已监测"), at=helped.at + timedelta(hours=1))
    assert done.state.co_done == (STHJ,)
    again = cast.tried(done, "sthj_handler", acts.ReportCoTask(reply="再报"))
    assert [refusal.code for refusal in again.refusals] == ["co_task.already_reported"]


def test_a_draft_shows_when_it_must_be_taken_on(cast: Cast) -> None:
    draft = cast.ticket_at(Stage.DRAFT)
    clock = TicketClock.objects.get(ticket__number=draft.number, kind="intake")
    assert clock.due_at - clock.started_at == timedelta(hours=24)
    with at(draft.at + timedelta(hours=1)):
        seen = said(signed_in(cast, "agent").get(reverse("ticket", args=[draft.number])).content.decode())
    assert "受理时限" in seen


def test_a_co_unit_finds_what_it_owes_at_a_desk_of_its_own(cast: Cast, helped: Ticket) -> None:
    helper, address = signed_in(cast, "sthj_handler"), reverse("desk", args=["helping"])
    with at(helped.at + timedelta(hours=1)):
        before = helper.get(address).content.decode()
    assert helped.number in before
    assert "待协办反馈" in said(before)
    assert latin(before) == set()
    done = cast.do(helped, "sthj_handler", acts.ReportCoTask(reply="已监测"), at=helped.at + timedelta(hours=2))
    with at(done.at + timedelta(hours=1)):
        assert done.number not in helper.get(address).content.decode()
        lead = signed_in(cast, "cgj_handler").get(address)
    assert done.number not in lead.content.decode()
