"""No page asks the database more than eight times, however much it shows; session and person are counted."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from hotline.rules import acts
from hotline.rules.vocabulary import Stage
from tests.cast import Cast
from tests.visits import at, signed_in
from tests.walks import OPENING

MOST = 8
Limit = Callable[[int], AbstractContextManager[object]]
pytestmark = pytest.mark.django_db


def test_a_list_of_fifty_rows(cast: Cast, django_assert_max_num_queries: Limit) -> None:
    for minute in range(51):
        cast.ticket_at(Stage.REGISTERED, at=OPENING + timedelta(minutes=minute))
    dispatcher = signed_in(cast, "dispatcher")
    with at(OPENING + timedelta(hours=2)):
        dispatcher.get("/desk/open/")
        with django_assert_max_num_queries(MOST):
            page = dispatcher.get("/desk/open/")
    assert page.content.decode().count('<td class="c-number"') == 50


def test_a_ticket_with_a_long_history(cast: Cast, django_assert_max_num_queries: Limit) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    for _ in range(40):
        ticket = cast.do(
            ticket, "cgj_handler", acts.RecordProgress(note="已到现场。"), at=ticket.at + timedelta(minutes=1)
        )
    handler = signed_in(cast, "cgj_handler")
    with at(ticket.at + timedelta(minutes=5)):
        handler.get(f"/tickets/{ticket.number}/")
        with django_assert_max_num_queries(MOST):
            page = handler.get(f"/tickets/{ticket.number}/")
    assert page.content.decode().count("已登记办理情况") == 40


@pytest.mark.parametrize("who", ["cgj_handler", "ly_head", "street_handler", "supervisor"])
def test_an_act_page(cast: Cast, django_assert_max_num_queries: Limit, who: str) -> None:
    lead = "LY" if who in {"ly_head", "street_handler"} else "CGJ"
    ticket = cast.ticket_at(Stage.HANDLING, lead=lead)
    person = signed_in(cast, who)
    with at(ticket.at + timedelta(minutes=5)):
        person.get(f"/handling/submit-reply/{ticket.number}/")
        with django_assert_max_num_queries(MOST):
            person.get(f"/handling/submit-reply/{ticket.number}/")


def test_the_intake_page(cast: Cast, django_assert_max_num_queries: Limit) -> None:
    agent = signed_in(cast, "agent")
    with at(OPENING):
        agent.get("/intake/new/")
        with django_assert_max_num_queries(MOST):
            assert agent.get("/intake/new/").status_code == 200


def test_a_search(cast: Cast, django_assert_max_num_queries: Limit) -> None:
    cast.ticket_at(Stage.REGISTERED)
    agent = signed_in(cast, "agent")
    with at(OPENING + timedelta(hours=2)):
        agent.get("/tickets/", {"q": "占道"})
        with django_assert_max_num_queries(MOST):
            assert "小区门口占道经营" in agent.get("/tickets/", {"q": "占道"}).content.decode()
