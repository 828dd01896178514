"""The bell, its page and the personal page by keyboard, without script, on a phone, and without barriers."""

from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import expect

from hotline.oversight.notices.commands import tell_people
from hotline.plumbing.clock import now
from hotline.plumbing.outbox.commands import queue
from hotline.plumbing.outbox.models import OutgoingMessage
from hotline.rules import acts
from hotline.rules.vocabulary import Stage
from hotline.tickets.happening import events_of
from tests.aside import aside
from tests.browser.test_barriers import barriers
from tests.browser.test_walk import Shot, SignIn
from tests.cast import Cast, Ticket

AGO = timedelta(hours=6)


@pytest.fixture
def told(cast: Cast) -> Ticket:
    """A ticket of which the unit was told twice, and another that has been taken from it."""
    ticket = cast.ticket_at(Stage.HANDLING, at=now() - AGO)
    ticket = cast.do(ticket, "supervisor", acts.Urge(note="请尽快"))
    gone = cast.ticket_at(Stage.PENDING_SIGN, at=now() - AGO)
    gone = cast.do(gone, "supervisor", acts.Reassign(lead_unit="STHJ", reason="属其职责"))  # type: ignore[arg-type]  # a code
    for each in (ticket, gone):
        for event in events_of(each.number, 1, 99):
            tell_people(event, each.at)
    return ticket


def test_the_bell_by_keyboard(sign_in: SignIn, told: Ticket, shot: Shot) -> None:
    page = sign_in("cgj_handler")
    page.goto("/desk/inbox/")
    expect(page.locator(".bell > summary em")).to_have_text("4")
    page.keyboard.press("n")
    expect(page.locator(".bell li.unread")).to_have_count(4)
    shot(page, "bell", narrow=True)
    page.keyboard.press("Escape")
    expect(page.locator(".bell li").first).to_be_hidden()
    expect(page.locator(".bell > summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".bell li.unread").first).to_be_visible()
    assert barriers(page) == []
    page.locator(".bell li a", has_text=told.number).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tickets/{told.number}/")
    expect(page.locator(".bell > summary em")).to_have_text("2")


def test_the_page_of_notices(sign_in: SignIn, told: Ticket, shot: Shot) -> None:
    page = sign_in("cgj_handler")
    page.goto("/notices/")
    assert barriers(page) == []
    shot(page, "notices", narrow=True)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tickets/{told.number}/")
    page.goto("/notices/")
    page.get_by_role("button", name="全部标为已读").click()
    expect(page.locator(".empty-state")).to_contain_text("没有未读的消息")
    expect(page.locator(".bell > summary em")).to_have_count(0)
    shot(page, "notices-empty")


def test_the_bell_without_script(sign_in: SignIn, told: Ticket) -> None:
    page = sign_in("cgj_handler", script=False)
    page.goto("/desk/inbox/")
    page.locator(".bell > summary").click()
    page.locator(".bell").get_by_role("link", name="查看全部消息").click()
    page.get_by_role("link", name=told.number).first.click()
    page.wait_for_url(f"**/tickets/{told.number}/")


def test_the_personal_page(sign_in: SignIn, told: Ticket, shot: Shot) -> None:
    page = sign_in("cgj_handler", form=True)
    page.goto("/me/")
    assert barriers(page) == []
    shot(page, "me", narrow=True)
    page.get_by_label("登录后先打开").select_option("notices")
    page.get_by_label("紧凑").check(force=True)
    page.locator("[name=quiet][value=facts_added]").check(force=True)
    page.get_by_label("登录后先打开").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".flash")).to_contain_text("已保存。")
    page.goto("/")
    page.wait_for_url("**/notices/")
    expect(page.locator("body.tight")).to_have_count(1)
    shot(page, "notices-tight")
    assert told.number in page.content()


def test_outgoing_messages(sign_in: SignIn, cast: Cast, shot: Shot) -> None:
    def some() -> None:
        for key, state in (("a", "failed"), ("b", "failed"), ("c", "waiting")):
            with transaction.atomic():
                number = queue(
                    channel="sms",
                    to="13855501234",
                    subject="",
                    body="您好",
                    about="34010020260317DH000007",
                    key=key,
                    not_before=None,
                    now=now(),
                )
            OutgoingMessage.objects.filter(pk=number).update(
                state=state, reason="unreachable", error="ConnectionRefusedError", attempts=6
            )

    aside(some)
    page = sign_in("system_admin")
    page.goto("/messages/")
    assert barriers(page) == []
    shot(page, "messages", narrow=True)
    page.get_by_role("button", name="重发消息").first.click()
    expect(page.locator(".flash")).to_contain_text("消息已重新排队发送。")
    assert cast.user("system_admin")
