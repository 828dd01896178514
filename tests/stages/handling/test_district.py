"""The district's desk: three lists with counts, second dispatch to units below, the inner reply taken over."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest

from hotline.rules import acts
from hotline.rules.vocabulary import CITY_TZ, Stage, UnitCode
from hotline.tickets.narrowing import TicketFilter
from hotline.tickets.passed_down import passed_rows
from tests.cast import Cast, Ticket
from tests.visits import at, latin, signed_in

pytestmark = pytest.mark.django_db
STREET = UnitCode("LY-SXK")
SOON = timedelta(minutes=5)
Limit = Callable[[int], AbstractContextManager[object]]
NEW, OUT, REVIEW = "/handling/district/new/", "/handling/district/out/", "/handling/district/review/"


def at_district(cast: Cast) -> Ticket:
    return cast.ticket_at(Stage.HANDLING, lead="LY")


def delegated(cast: Cast, due: datetime | None = None) -> Ticket:
    return cast.do(at_district(cast), "ly_dispatcher", acts.Delegate(to_unit=STREET, due_at=due))


def reported(cast: Cast) -> Ticket:
    ticket = cast.do(delegated(cast), "street_handler", acts.SignInDelegated())
    return cast.do(ticket, "street_handler", acts.SubmitInnerReply(reply="摊点已于今晨清走，已向摊主宣传。"))


def test_a_ticket_walks_from_list_to_list(cast: Cast) -> None:
    new, out, review = at_district(cast), delegated(cast), reported(cast)
    client = signed_in(cast, "ly_dispatcher")
    with at(review.at + SOON):
        pages = {address: client.get(address).content.decode() for address in (NEW, OUT, REVIEW)}
    where = {ticket.number: [a for a, html in pages.items() if ticket.number in html] for ticket in (new, out, review)}
    assert where == {new.number: [NEW], out.number: [OUT], review.number: [REVIEW]}
    assert "未签收" in pages[OUT]
    assert all(latin(html) == set() for html in pages.values())


def test_streets_see_what_they_were_given_by_the_inner_limit(cast: Cast) -> None:
    late = delegated(cast, datetime(2026, 3, 20, 17, 30, tzinfo=CITY_TZ))
    early = delegated(cast, datetime(2026, 3, 18, 17, 30, tzinfo=CITY_TZ))
    with at(early.at + SOON):
        html = signed_in(cast, "street_handler").get("/handling/given/").content.decode()
    assert html.index(early.number) < html.index(late.number)
    assert "市级时限" in html
    assert "内部时限" in html


def test_lists_page_on_without_gap_or_repetition(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hotline.tickets.passed_down.PAGE", 2)
    dues = [None, datetime(2026, 3, 20, 17, 30, tzinfo=CITY_TZ), None, datetime(2026, 3, 19, 12, tzinfo=CITY_TZ), None]
    wanted = {delegated(cast, due).number for due in dues}
    seen: list[str] = []
    key = ""
    for _ in range(4):
        rows, key = passed_rows(
            actor=cast.actor("ly_dispatcher"), where=TicketFilter(led_by_mine=True), inner=True, after=key
        )
        seen += [row.number for row in rows]
        if not key:
            break
    assert len(seen) == len(wanted)
    assert set(seen) == wanted


@pytest.mark.parametrize("mangled", ["x_y", "2026_5", "_", "2026-03-20T17:30:00_7", "_9999999999999999999999"])
def test_a_mangled_key_shows_the_first_page(cast: Cast, mangled: str) -> None:
    ticket = delegated(cast)
    with at(ticket.at + SOON):
        page = signed_in(cast, "ly_dispatcher").get(OUT, {"after": mangled})
    assert page.status_code == 200


@pytest.mark.parametrize("who", ["cgj_handler", "dispatcher", "ly_head", "street_handler"])
def test_the_desk_is_the_district_dispatchers(cast: Cast, who: str) -> None:
    with at(at_district(cast).at + SOON):
        assert signed_in(cast, who).get(NEW).status_code == 403


def test_second_dispatch_offers_units_below_and_says_both_dates(cast: Cast) -> None:
    before = delegated(cast)
    ticket = at_district(cast)
    with at(ticket.at + SOON):
        client = signed_in(cast, "ly_dispatcher")
        html = client.get(f"/handling/delegate/{ticket.number}/").content.decode()
    assert f'value="{STREET}"' in html
    assert 'value="STHJ"' not in html
    assert 'value="LY"' not in html
    assert "本单位（庐阳区）的市级时限" in html.replace("\n", "")
    assert 'value="2026-03-2' in html, "the day before the city's is proposed"
    assert "三孝口" in html.split("以前办过同类事项的")[1]
    assert before.number in html


def test_the_reply_up_begins_with_what_the_street_reported(cast: Cast) -> None:
    ticket = reported(cast)
    with at(ticket.at + SOON):
        client = signed_in(cast, "ly_dispatcher")
        html = client.get(f"/handling/submit-reply/{ticket.number}/").content.decode()
        kept = client.post(f"/handling/submit-reply/{ticket.number}/", {"reply": "改过的话"}).content.decode()
        plain = at_district(cast)
        own = client.get(f"/handling/submit-reply/{plain.number}/").content.decode()
    assert "摊点已于今晨清走，已向摊主宣传。</textarea>" in html
    assert "上报的办理结果" in html
    assert "改过的话</textarea>" in kept
    assert "摊点已于今晨清走" not in own


def test_a_district_with_a_return_lying_does_not_pass_the_work_on(cast: Cast) -> None:
    back = acts.RequestReturn(reason="not_competent", legal_basis="三定规定")
    ticket = cast.do(at_district(cast), "ly_dispatcher", back)
    outcome = cast.tried(ticket, "ly_dispatcher", acts.Delegate(to_unit=STREET))
    assert [refusal.code for refusal in outcome.refusals] == ["sign_off.request_lies"]


def test_a_list_of_many_costs_few_statements(cast: Cast, django_assert_max_num_queries: Limit) -> None:
    for _ in range(5):
        ticket = delegated(cast)
    client = signed_in(cast, "ly_dispatcher")
    with at(ticket.at + SOON):
        client.get(OUT)
        with django_assert_max_num_queries(8):
            client.get(OUT)


def test_ticked_tickets_are_passed_on_together(cast: Cast) -> None:
    first, second = at_district(cast), at_district(cast)
    client = signed_in(cast, "ly_dispatcher")
    with at(second.at + SOON):
        listed = client.get(NEW).content.decode()
        page = client.get("/bulk/delegate/", {"ticket": [first.number, second.number], "next": NEW}).content.decode()
        given = {"ticket": [first.number, second.number], "to_unit": STREET, "due_at": "", "note": "", "next": NEW}
        answer = client.post("/bulk/delegate/", given)
        after = client.get(OUT).content.decode()
    assert f'name="ticket" value="{first.number}"' in listed
    assert f'value="{STREET}"' in page
    assert 'value="STHJ"' not in page
    assert (answer.status_code, answer.headers.get("Location")) == (302, NEW)
    assert first.number in after
    assert second.number in after
