"""A ticket beside its list: with a real address, with the acts allowed now, and on to the next one after an act."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from hotline.rules.vocabulary import Stage, Urgency
from tests.cast import Cast, Ticket
from tests.visits import at, latin, signed_in
from tests.walks import OPENING

Limit = Callable[[int], AbstractContextManager[object]]
pytestmark = pytest.mark.django_db
LATER = OPENING + timedelta(hours=3)


def waiting(cast: Cast, number: int) -> list[Ticket]:
    return [cast.ticket_at(Stage.PENDING_DISPATCH, at=OPENING + timedelta(minutes=n)) for n in range(number)]


def follow_of(html: str) -> str:
    """Where the first act of the pane leads afterwards."""
    address = unescape(html.split('data-key="1"', maxsplit=1)[0].rsplit('href="', 1)[1].split('"', maxsplit=1)[0])
    return parse_qs(urlsplit(address).query)["next"][0]


def opened(client: Client, target: str) -> str:
    """The ticket that a list's address ends up with."""
    with at(LATER):
        answer = client.get(target)
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer.headers["Location"]).query).get("at", [""])[0]


def test_the_ticket_stands_beside_the_list_with_its_acts(cast: Cast) -> None:
    first, _ = waiting(cast, 2)
    with at(LATER):
        shown = signed_in(cast, "dispatcher").get(f"/desk/dispatch/?at={first.number}").content.decode()
    pane = shown.split('id="preview"')[1]
    assert first.number in pane
    assert "转办" in pane
    assert "最近经过" in pane
    assert f'data-number="{first.number}" data-version="{first.state.version}" class="is-open"' in shown
    assert latin(shown) <= {"DH"} | {part for part in shown.split() if part.isalnum()}


def test_a_panel_request_brings_the_pane_alone(cast: Cast) -> None:
    (first,) = waiting(cast, 1)
    with at(LATER):
        shown = signed_in(cast, "dispatcher", panel=True).get(f"/desk/dispatch/?at={first.number}").content.decode()
    assert shown.lstrip().startswith("<article")
    assert "<html" not in shown


def test_after_an_act_the_next_ticket_of_the_list_is_open(cast: Cast) -> None:
    first, second, third = waiting(cast, 3)
    dispatcher = signed_in(cast, "dispatcher")
    for now_open, following in ((first, second), (second, third), (third, first)):
        with at(LATER):
            pane = dispatcher.get(f"/desk/dispatch/?at={now_open.number}").content.decode()
        assert opened(dispatcher, follow_of(pane)) == following.number


def test_the_next_one_respects_filters_and_order(cast: Cast) -> None:
    calm = cast.ticket_at(Stage.PENDING_DISPATCH)
    urgent = [
        cast.ticket_at(Stage.PENDING_DISPATCH, at=OPENING + timedelta(minutes=n), register={"urgency": Urgency.URGENT})
        for n in (1, 2)
    ]
    dispatcher = signed_in(cast, "dispatcher")
    with at(LATER):
        pane = dispatcher.get(f"/desk/dispatch/?urgency=urgent&order=newest&at={urgent[1].number}").content.decode()
    target = follow_of(pane)
    assert "urgency=urgent" in target
    assert opened(dispatcher, target) == urgent[0].number
    with at(LATER):
        pane = dispatcher.get(f"/desk/dispatch/?at={urgent[1].number}").content.decode()
    assert opened(dispatcher, follow_of(pane)) == calm.number


def test_dispatching_in_the_pane_says_so_and_opens_the_next(cast: Cast) -> None:
    first, second = waiting(cast, 2)
    dispatcher = signed_in(cast, "dispatcher")
    with at(LATER):
        target = follow_of(dispatcher.get(f"/desk/dispatch/?at={first.number}").content.decode())
        posted = dispatcher.post(
            f"/dispatch/dispatch/{first.number}/",
            {"lead_unit": "CGJ", "version": first.state.version, "next": target},
            follow=True,
        )
    shown = posted.content.decode()
    assert f"工单 {first.number}：“转办”已完成。" in shown
    assert f'data-number="{second.number}" data-version="{second.state.version}" class="is-open"' in shown
    assert posted.redirect_chain[-1][0].endswith(f"at={second.number}")


def test_the_last_one_done_leaves_an_empty_desk(cast: Cast) -> None:
    (only,) = waiting(cast, 1)
    dispatcher = signed_in(cast, "dispatcher")
    with at(LATER):
        target = follow_of(dispatcher.get(f"/desk/dispatch/?at={only.number}").content.decode())
        shown = dispatcher.post(
            f"/dispatch/dispatch/{only.number}/",
            {"lead_unit": "CGJ", "version": only.state.version, "next": target},
            follow=True,
        ).content.decode()
    assert "这里没有等您处理的工单" in shown
    assert "已完成" in shown


def test_a_next_one_beyond_the_page_brings_its_page(cast: Cast) -> None:
    tickets = [cast.opened(at=OPENING + timedelta(minutes=n)) for n in range(52)]
    agent = signed_in(cast, "agent")
    last_of_page = tickets[49]
    with at(LATER):
        pane = agent.get(f"/desk/intake/?order=oldest&at={last_of_page.number}").content.decode()
    target = follow_of(pane)
    assert opened(agent, target) == tickets[50].number
    with at(LATER):
        shown = agent.get(target, follow=True).content.decode()
    assert shown.count('<td class="c-number"') == 2


def test_a_ticket_out_of_sight_is_told_in_the_pane(cast: Cast) -> None:
    theirs = cast.ticket_at(Stage.HANDLING, lead="STHJ")
    with at(LATER):
        answer = signed_in(cast, "cgj_handler").get(f"/desk/inbox/?at={theirs.number}")
    assert answer.status_code == 200
    assert "工单" in answer.content.decode().split('id="preview"')[1]
    assert "占道" not in answer.content.decode().split('id="preview"')[1].split("</aside>")[0]


def test_a_live_exchange_does_not_fetch_the_pane_again(cast: Cast) -> None:
    (first,) = waiting(cast, 1)
    with at(LATER):
        shown = (
            signed_in(cast, "dispatcher")
            .get(f"/desk/dispatch/?at={first.number}", headers={"X-Live": "1"})
            .content.decode()
        )
    assert "preview-ticket" not in shown
    assert first.number in shown


@pytest.mark.parametrize("then", ["x", "2026-03-17T09:30:00+08:00_1", "_"])
def test_a_mangled_way_on_shows_the_list(cast: Cast, then: str) -> None:
    waiting(cast, 1)
    with at(LATER):
        answer = signed_in(cast, "dispatcher").get("/desk/dispatch/", {"then": then}, follow=True)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("who", "desk", "stage"),
    [
        ("agent", "intake", Stage.REGISTERED),
        ("dispatcher", "dispatch", Stage.PENDING_DISPATCH),
        ("dispatcher", "dispatch", Stage.RETURN_REQUESTED),
        ("cgj_handler", "inbox", Stage.PENDING_SIGN),
        ("cgj_handler", "inbox", Stage.HANDLING),
        ("reviewer", "review", Stage.PENDING_REVIEW),
        ("supervisor", "open", Stage.HANDLING),
    ],
)
def test_every_act_of_the_pane_opens_in_it(cast: Cast, who: str, desk: str, stage: Stage) -> None:
    ticket = cast.ticket_at(stage)
    person, panel = signed_in(cast, who), signed_in(cast, who, panel=True)
    with at(ticket.at + timedelta(minutes=5)):
        pane = person.get(f"/desk/{desk}/?at={ticket.number}").content.decode().split('id="preview"')[1]
        forms = [unescape(part.split('"')[0]) for part in pane.split('hx-get="')[1:]]
        assert forms
        for form in forms:
            answer = panel.get(form)
            if answer.status_code == 204:  # a page of its own, such as the review's
                assert ticket.number in answer.headers["HX-Redirect"], form
                continue
            assert answer.status_code == 200, form
            assert "<html" not in answer.content.decode(), form
            assert 'name="next"' in answer.content.decode(), form


def test_a_list_with_a_ticket_beside_it_stays_cheap(cast: Cast, django_assert_max_num_queries: Limit) -> None:
    first, _ = waiting(cast, 2)
    dispatcher, panel = signed_in(cast, "dispatcher"), signed_in(cast, "dispatcher", panel=True)
    with at(LATER):
        dispatcher.get(f"/desk/dispatch/?at={first.number}")
        with django_assert_max_num_queries(10):
            dispatcher.get(f"/desk/dispatch/?at={first.number}")
        with django_assert_max_num_queries(8):
            panel.get(f"/desk/dispatch/?at={first.number}")
