"""The callback desk by keyboard, a citizen on a telephone, and the pages beside it, wide and narrow."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from hotline.plumbing import clock
from hotline.plumbing.outbox.models import OutgoingMessage
from hotline.rules import acts
from hotline.rules.vocabulary import CITY_TZ, Flag, Stage
from hotline.stages.callback.commands.asking import ask
from hotline.stages.callback.commands.planning import bring_up
from hotline.stages.callback.models import CallbackTask
from tests.cast import Cast, Ticket

SignIn = Callable[..., Page]
Shot = Callable[..., None]
MORNING = datetime(2026, 3, 17, 11, 0, tzinfo=CITY_TZ)


class Standing:
    """A clock that stands for all threads, the server's too: whoever tests at night may ring as well."""

    def __init__(self) -> None:
        self.at = MORNING

    def get(self) -> datetime:
        return self.at


@pytest.fixture(autouse=True)
def standing(monkeypatch: pytest.MonkeyPatch) -> Standing:
    """The clock of the whole test; a test may move it on."""
    held = Standing()
    monkeypatch.setattr(clock, "_frozen", held)
    return held


@pytest.fixture
def two_to_ring(cast: Cast) -> list[Ticket]:
    tickets = [cast.ticket_at(Stage.PENDING_CALLBACK) for _ in range(2)]
    return [cast.do(one, "supervisor", acts.MarkTicket(flag=Flag.KEY, note="请关注")) for one in tickets]


def fits(page: Page) -> bool:
    """Nothing of the page stands outside the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_an_officer_works_through_the_list_by_keyboard(
    sign_in: SignIn, shot: Shot, cast: Cast, two_to_ring: list[Ticket]
) -> None:
    first, second = two_to_ring
    page = sign_in("callback_officer")
    page.goto("/callback/")
    expect(page.get_by_text("重点、批示和保密工单一律电话回访。").first).to_be_visible()
    shot(page, "callback-desk", narrow=True)
    assert fits(page)
    page.keyboard.press("1")
    page.wait_for_url(f"**/callback/call/{first.number}/")
    page.keyboard.press("1")
    expect(page.get_by_role("link", name="13800000000")).to_be_visible()
    shot(page, "callback-call", narrow=True)
    assert fits(page)
    page.keyboard.press("2")
    page.wait_for_url(f"**/callback/call/{second.number}/")
    page.locator("[name=responded]").first.focus()
    page.keyboard.press("Space")
    page.locator("[name=resolution]").first.focus()
    page.keyboard.press("Space")
    page.locator("[name=rating]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/callback/")
    expect(page.get_by_text("现在没有要打的电话了")).to_be_visible()
    assert cast.seen(second).state.stage is Stage.CLOSED
    assert len(cast.seen(first).state.attempts) == 1


@pytest.mark.parametrize("script", [True, False])
def test_a_citizen_answers_on_a_telephone(sign_in: SignIn, shot: Shot, cast: Cast, *, script: bool) -> None:
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    bring_up(now=MORNING)
    ask(ticket_id=CallbackTask.objects.get().ticket_id, now=MORNING)
    found = re.search(r"/callback/answer/[\w-]+/", OutgoingMessage.objects.get(key__contains="/callback/").body)
    assert found is not None
    page = sign_in("agent", narrow=True, script=script)
    page.context.clear_cookies()
    page.goto(found[0])
    assert fits(page)
    shot(page, "callback-answer")
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_text("请回答这一项。").first).to_be_visible()
    for choice in ("联系过", "已解决", "非常满意"):
        page.locator("label.choice", has_text=re.compile(f"^\\s*{choice}")).click()
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_text("谢谢您的评价")).to_be_visible()
    shot(page, "callback-thanks")
    assert cast.seen(ticket).state.rating == 5


def test_the_reviewer_decides_by_keyboard(sign_in: SignIn, shot: Shot, cast: Cast, standing: Standing) -> None:
    ticket = cast.ticket_at(Stage.PENDING_CLOSE)
    standing.at = ticket.at
    page = sign_in("reviewer")
    page.goto("/callback/decide/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/callback/decide/{ticket.number}/")
    shot(page, "callback-decide", narrow=True)
    assert fits(page)
    page.keyboard.press("1")
    page.wait_for_url(f"**/callback/order-rework/{ticket.number}/**")
    page.fill("[name=reason]", "摊点第二天又出现，请重新办理。")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".flash")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/callback/decide/$"))
    assert cast.seen(ticket).state.stage is Stage.REWORK
