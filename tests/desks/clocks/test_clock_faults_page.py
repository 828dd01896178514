"""时限引擎: the system administrator sees what was set aside and has it tried again; nobody else comes near."""

from datetime import datetime, timedelta

import pytest

from hotline.oversight.clocks.engine import fire_due
from hotline.oversight.clocks.faults import fault_number
from hotline.oversight.clocks.models import ClockFault
from hotline.registry.people.commands import issue_token
from hotline.rules.vocabulary import Role, Stage
from hotline.tickets.models import Ticket
from tests.api.calling import Caller
from tests.cast import PEOPLE, Cast
from tests.cast import Ticket as Held
from tests.visits import at, latin, said, signed_in

pytestmark = pytest.mark.django_db
OTHERS = sorted({person.username for person in PEOPLE if person.role is not Role.SYSTEM_ADMIN})
LATER = timedelta(days=30)


def broken(cast: Cast) -> tuple[Held, ClockFault]:
    ticket = cast.ticket_at(Stage.HANDLING)
    Ticket.objects.filter(number=ticket.number).update(profile="nowhere@7")
    fire_due(now=ticket.at + LATER)
    return ticket, ClockFault.objects.get()


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_comes_near(cast: Cast, who: str) -> None:
    _, fault = broken(cast)
    person = signed_in(cast, who)
    assert person.get("/clocks/").status_code == 403
    assert person.post(f"/clocks/{fault.pk}/retry/").status_code == 403
    assert fault_number() == 1


def test_what_was_set_aside_is_listed_and_tried_again(cast: Cast) -> None:
    ticket, fault = broken(cast)
    admin = signed_in(cast, "system_admin")
    with at(ticket.at + LATER):
        page = admin.get("/clocks/").text
        again = admin.post(f"/clocks/{fault.pk}/retry/", follow=True).text
        Ticket.objects.filter(number=ticket.number).update(profile=ticket.state.profile)
        mended = admin.post(f"/clocks/{fault.pk}/retry/", follow=True).text
        gone = admin.post(f"/clocks/{fault.pk}/retry/", follow=True).text
    assert ticket.number in page
    assert "工单所用的规则方案或者名录找不到" in page
    assert "再试仍然出错" in again
    assert "2 次" in said(again)
    assert "这张工单的时限已正常处理" in mended
    assert "没有搁置的工单" in mended
    assert "没有这条记录" in gone
    assert latin(mended) <= {ticket.number}


def calling(cast: Cast, who: str, now: datetime) -> Caller:
    return Caller(issue_token(username=cast.user(who).username, name="t", days=9, by=None, now=now).secret)


def test_a_watching_system_reads_and_tries_again_as_the_administrator(cast: Cast) -> None:
    ticket, fault = broken(cast)
    again = f"/clocks/faults/{fault.pk}/retry"
    with at(ticket.at + LATER):
        admin, other = calling(cast, "system_admin", ticket.at + LATER), calling(cast, "supervisor", ticket.at + LATER)
        assert (other.get("/clocks/faults").status, other.post(again, {}).status) == (403, 403)
        (line,) = admin.get("/clocks/faults").body["faults"]
        failed = admin.post(again, {})
        Ticket.objects.filter(number=ticket.number).update(profile=ticket.state.profile)
        mended, gone = admin.post(again, {}), admin.post(again, {})
        nothing = admin.get("/clocks/faults").body
        assert admin.get("/clocks/faults?befor=1").codes == ["field.unknown"]
    assert (line["number"], line["tries"], line["id"]) == (ticket.number, 1, fault.pk)
    assert (failed.status, failed.body["refusals"][0]["code"]) == (409, "clocks.failed_again")
    assert (mended.status, mended.body) == (200, {"aside": 0})
    assert (gone.status, gone.body["refusals"][0]["code"]) == (404, "clocks.no_such_fault")
    assert (nothing["faults"], nothing["aside"], nothing["next"]) == ([], 0, None)


def test_an_empty_page_says_so_in_few_statements(
    cast: Cast, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    admin = signed_in(cast, "system_admin")
    admin.get("/clocks/")
    with django_assert_max_num_queries(8):  # type: ignore[operator]  # pytest-django's fixture is a context manager
        page = admin.get("/clocks/").text
    assert "没有搁置的工单" in page


def test_the_rail_leads_there(cast: Cast) -> None:
    assert 'href="/clocks/"' in signed_in(cast, "system_admin").get("/clocks/").text
