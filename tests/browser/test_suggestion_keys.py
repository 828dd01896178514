"""A dispatcher accepts a suggestion by keyboard alone: the panel says why, and one key sends the ticket."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from hotline.plumbing.clock import now
from hotline.rules.vocabulary import CategoryCode, Stage
from tests.cast import Cast

NIGHT = {
    "category": CategoryCode("040103"),
    "title": "工地夜间施工噪声扰民",
    "content": "小区旁边的工地半夜还在浇筑混凝土，噪声很大，没法睡觉。",
}


def test_one_key_accepts_the_first_suggestion(
    cast: Cast, sign_in: Callable[..., Page], shot: Callable[..., None]
) -> None:
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH, at=now() - timedelta(hours=1), register=NIGHT)
    page = sign_in("dispatcher")
    page.goto(f"/tickets/{ticket.number}/")
    page.locator('a[href*="/dispatch/dispatch/"]').first.focus()
    page.keyboard.press("Enter")
    offered = page.locator("#panel .suggested button[name=accept]").first
    expect(offered).to_have_text("派给市生态环境局Alt+1")
    expect(page.locator("#panel .suggested")).to_contain_text("依目录第")
    shot(page, "dispatch-suggested", narrow=True)
    with page.expect_navigation():
        page.keyboard.press("Alt+1")
    assert cast.seen(ticket).state.lead_unit == "STHJ"
