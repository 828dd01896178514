"""Everybody can work here: by keyboard alone, with a screen reader, in either language, on a narrow screen."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hotline.plumbing.clock import now
from hotline.rules.vocabulary import Stage
from tests.browser.test_walk import SignIn, act
from tests.cast import Cast

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WRONG = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .map(v => `${v.id}: ${v.nodes.map(n => n.target.join(" ")).join(", ")}`)"""
AGO = timedelta(hours=6)


def barriers(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return list(page.evaluate(WRONG))


def test_no_page_of_the_walk_has_a_barrier(sign_in: SignIn, cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, at=now() - AGO)
    agent = sign_in("agent")
    agent.goto("/intake/new/")
    assert barriers(agent) == []
    agent.locator(".following footer button").click()
    assert barriers(agent) == []
    handler = sign_in("cgj_handler")
    handler.goto("/desk/inbox/")
    assert barriers(handler) == []
    handler.goto(f"/tickets/{ticket.number}/")
    act(handler, "申请退单")
    assert barriers(handler) == []
    handler.goto("/accounts/2fa/")
    assert barriers(handler) == []
    handler.context.clear_cookies()
    handler.goto("/accounts/login/")
    assert barriers(handler) == []


def test_a_unit_works_by_keyboard_alone(sign_in: SignIn, cast: Cast) -> None:
    tickets = [cast.ticket_at(Stage.PENDING_SIGN, at=now() - AGO + timedelta(minutes=n)) for n in range(3)]
    page = sign_in("cgj_handler")
    page.goto("/desk/inbox/")
    for key in ("j", "j", "j", "k", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url(f"**/tickets/{tickets[1].number}/")
    page.keyboard.press("1")
    expect(page.locator(".way .now")).to_have_text("办理中")
    page.keyboard.press("1")
    expect(page.locator("#panel form")).to_be_visible()
    expect(page.locator("#panel :focus")).to_have_count(1)  # the panel takes the keyboard before anybody types into it
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("已取缔。1/?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".way .now")).to_have_text("待签批")
    page.keyboard.press("/")
    page.keyboard.type(tickets[0].number)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tickets/{tickets[0].number}/")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_the_language_is_switched_where_one_stands(sign_in: SignIn, cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, at=now() - AGO)
    page = sign_in("cgj_handler")
    page.goto(f"/tickets/{ticket.number}/")
    page.get_by_role("button", name="English").click()
    expect(page.locator("#acts")).to_have_text("What you can do now")
    assert page.url.endswith(f"/tickets/{ticket.number}/")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("#acts")).to_have_text("现在可办")


@pytest.mark.parametrize("address", ["/desk/inbox/", "ticket"])
def test_nothing_runs_out_of_a_narrow_screen(sign_in: SignIn, cast: Cast, address: str) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, at=now() - AGO)
    page = sign_in("cgj_handler", narrow=True)
    page.goto(f"/tickets/{ticket.number}/" if address == "ticket" else address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_text(ticket.number).first).to_be_visible()


def test_signing_out_ends_the_session_and_clears_what_was_typed(sign_in: SignIn) -> None:
    page = sign_in("agent")
    page.goto("/intake/new/")
    page.fill("[name=title]", "写到一半")
    assert page.evaluate("sessionStorage.length") == 1
    page.locator(".menu summary", has=page.locator(".who")).click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/accounts/login/**")
    assert page.evaluate("sessionStorage.length") == 0
    page.goto("/intake/new/")
    assert "/accounts/login/" in page.url
