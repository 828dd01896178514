"""The bell and the page behind it: each sees their own, a title only where the ticket may be opened."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hotline.oversight.notices.commands import tell_people
from hotline.oversight.notices.models import Notice
from hotline.rules import acts
from hotline.rules.vocabulary import Stage, UnitCode
from hotline.tickets.happening import events_of
from tests.cast import Cast, Ticket
from tests.visits import at, latin, said, signed_in

Limit = Callable[[int], AbstractContextManager[object]]
pytestmark = pytest.mark.django_db
TITLE = "小区门口占道经营"


def tell(ticket: Ticket) -> None:
    for event in events_of(ticket.number, 1, 99):
        tell_people(event, ticket.at)


@pytest.fixture
def dispatched(cast: Cast) -> Ticket:
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    tell(ticket)
    return ticket


def test_the_bell_counts_what_is_unread(cast: Cast, dispatched: Ticket):
    handler = signed_in(cast, "cgj_handler")
    with at(dispatched.at):
        assert '<em>1</em><span class="visually-hidden">条未读消息' in handler.get("/desk/inbox/").content.decode()
        assert "没有未读消息" in signed_in(cast, "sthj_handler").get("/desk/inbox/").content.decode()


def test_the_bell_says_no_more_than_99(cast: Cast, dispatched: Ticket):
    who = cast.user("cgj_handler")
    Notice.objects.bulk_create(
        Notice(recipient=who, kind="urged", number=f"N{n}", seq=1, made_at=dispatched.at) for n in range(120)
    )
    with at(dispatched.at):
        assert "<em>99+</em>" in signed_in(cast, "cgj_handler").get("/desk/inbox/").content.decode()


def test_the_bell_costs_no_statement_of_its_own(cast: Cast, dispatched: Ticket):
    handler = signed_in(cast, "cgj_handler")
    with at(dispatched.at):
        handler.get("/desk/inbox/")
        with CaptureQueriesContext(connection) as asked:
            handler.get("/desk/inbox/")
    assert sum("notices_notice" in query["sql"] for query in asked.captured_queries) == 1
    assert sum("count(*)" in query["sql"].lower() for query in asked.captured_queries) == 1


def test_the_drop_down_shows_the_last_ten(cast: Cast, dispatched: Ticket):
    who = cast.user("cgj_handler")
    Notice.objects.bulk_create(
        Notice(recipient=who, kind="urged", number=f"N{n}", seq=1, made_at=dispatched.at) for n in range(12)
    )
    with at(dispatched.at):
        page = signed_in(cast, "cgj_handler", panel=True).get("/notices/latest/").content.decode()
    assert page.count("<li") == 10
    assert page.index("N11") < page.index("N2 ")
    assert "全部标为已读" in page


def test_an_empty_bell_says_what_it_is_for(cast: Cast):
    agent = signed_in(cast, "agent")
    assert "这里会提醒您" in agent.get("/notices/latest/").content.decode()
    assert "没有未读的消息" in agent.get("/notices/").content.decode()
    assert "还没有消息" in agent.get("/notices/?show=all").content.decode()


def test_opening_leads_to_the_ticket_and_marks_all_of_that_ticket_read(cast: Cast, dispatched: Ticket):
    ticket = cast.do(dispatched, "supervisor", acts.Urge(note="请尽快"))
    tell(ticket)
    handler = signed_in(cast, "cgj_handler")
    newest = Notice.objects.filter(recipient=cast.user("cgj_handler")).latest("pk")
    with at(ticket.at + timedelta(minutes=1)):
        opened = handler.get(f"/notices/{newest.pk}/")
        assert opened.headers["Location"] == f"/tickets/{ticket.number}/"
        assert "没有未读的消息" in handler.get("/notices/").content.decode()
        assert handler.get("/notices/?show=all").content.decode().count('class="c-number"') == 2


def test_what_was_taken_away_shows_its_number_only_and_does_not_open(cast: Cast, dispatched: Ticket):
    ticket = cast.do(dispatched, "supervisor", acts.Reassign(lead_unit=UnitCode("STHJ"), reason="属其职责"))
    tell(ticket)
    handler = signed_in(cast, "cgj_handler")
    with at(ticket.at):
        page = handler.get("/notices/").content.decode()
        assert ticket.number in page
        assert "已不在您的办理范围" in page
        assert TITLE not in page
        latest = Notice.objects.filter(recipient=cast.user("cgj_handler")).latest("pk")
        answer = handler.get(f"/notices/{latest.pk}/", follow=True)
        assert "不能打开" in answer.content.decode()
        assert TITLE in signed_in(cast, "sthj_handler").get("/notices/").content.decode()


def test_nobody_opens_or_reads_anothers_notice(cast: Cast, dispatched: Ticket):
    row = Notice.objects.get()
    stranger = signed_in(cast, "sthj_handler")
    with at(dispatched.at):
        assert stranger.get(f"/notices/{row.pk}/").status_code == 404
        assert stranger.post(f"/notices/{row.pk}/read/").status_code == 302
        assert stranger.post("/notices/read/", {"until": row.pk}).status_code == 302
        assert stranger.get(f"/notices/{2**80}/").status_code == 404
    row.refresh_from_db()
    assert row.read_at is None


def test_one_and_all_are_marked_read(cast: Cast, dispatched: Ticket):
    who = cast.user("cgj_handler")
    for number in range(3):
        Notice.objects.create(recipient=who, kind="urged", number=f"N{number}", seq=1, made_at=dispatched.at)
    first, second, third, fourth = Notice.objects.order_by("pk")
    handler = signed_in(cast, "cgj_handler")
    with at(dispatched.at):
        back = handler.post(f"/notices/{second.pk}/read/", {"next": "/notices/?show=all"})
        assert back.headers["Location"] == "/notices/?show=all"
        assert handler.post("/notices/read/", {"until": third.pk, "next": "https://elsewhere.example/"}).headers[
            "Location"
        ] == ("/notices/")
        handler.post("/notices/read/", {"until": "all"})
    unread = set(Notice.objects.filter(read_at=None).values_list("pk", flat=True))
    assert unread == {fourth.pk}
    assert first.pk < second.pk


def test_the_page_pages(cast: Cast, dispatched: Ticket):
    who = cast.user("cgj_handler")
    Notice.objects.bulk_create(
        Notice(recipient=who, kind="urged", number=f"N{n}", seq=1, made_at=dispatched.at) for n in range(60)
    )
    handler = signed_in(cast, "cgj_handler")
    with at(dispatched.at):
        first = handler.get("/notices/").content.decode()
        assert first.count('class="c-number"') == 50
        after = first.split('rel="next" href="?')[1].split('"')[0]
        second = handler.get(f"/notices/?{after}").content.decode()
        assert second.count('class="c-number"') == 11
        assert "回到第一页" in second
        assert handler.get("/notices/?after=%00x").status_code == 200


@pytest.mark.parametrize("address", ["/notices/", "/notices/?show=all", "/notices/latest/"])
def test_every_word_is_chinese_and_statements_are_few(
    cast: Cast, dispatched: Ticket, address: str, django_assert_max_num_queries: Limit
):
    handler = signed_in(cast, "cgj_handler")
    with at(dispatched.at):
        handler.get(address)
        with django_assert_max_num_queries(8):
            page = handler.get(address).content.decode()
    assert latin(page) - {"CGJ"} == set()
    assert "已转到本单位，请按时签收" in said(page)


@pytest.mark.parametrize("address", ["/notices/", "/notices/latest/", "/notices/1/"])
@pytest.mark.usefixtures("db")
def test_strangers_are_sent_to_sign_in(client: Client, address: str):
    assert client.get(address, headers={"X-Hotline-Client": "127.0.0.1"}).status_code == 302
