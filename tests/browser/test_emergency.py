"""An emergency switched on in a browser: the preview at a desk and on a phone, by keyboard, without barriers."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from hotline.oversight.recomputing.commands import carry_out
from hotline.oversight.recomputing.models import Recomputation
from hotline.plumbing.clock import now
from hotline.rules.vocabulary import CITY_TZ, Stage
from tests.browser.test_barriers import barriers
from tests.browser.test_walk import Shot, SignIn
from tests.cast import Cast, Ticket

AGO = timedelta(hours=6)


@pytest.fixture
def open_tickets(cast: Cast) -> list[Ticket]:
    """A few tickets in the hands of two units."""
    return [
        cast.ticket_at(Stage.HANDLING, lead=lead, at=now() - AGO - timedelta(minutes=10 * place))
        for place, lead in enumerate(("CGJ", "STHJ", "CGJ"))
    ]


def test_the_preview_then_the_bar_on_every_desk(sign_in: SignIn, open_tickets: list[Ticket], shot: Shot) -> None:
    page = sign_in("supervisor")
    page.goto("/emergency/")
    expect(page.get_by_text("现在没有应急状态")).to_be_visible()
    page.get_by_role("link", name="启用应急状态").click()
    page.get_by_label("名称", exact=False).first.fill("2026年防汛")
    page.locator("[name=reason]").fill("市防指启动防汛二级响应。")
    ends = (now() + timedelta(days=9)).astimezone(CITY_TZ)
    page.locator("[name=planned_end]").fill(f"{ends:%Y-%m-%dT%H:%M}")
    assert barriers(page) == []
    page.get_by_role("button", name="预览影响").click()
    expect(page.get_by_role("heading", name="将改变 3 件在办工单的期限")).to_be_visible()
    expect(page.locator(".moves tbody tr")).to_have_count(3)
    assert barriers(page) == []
    shot(page, "emergency-preview", narrow=True)
    page.get_by_role("button", name="确认启用").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/emergency/*/")
    expect(page.locator(".emergency-banner")).to_contain_text("应急状态：2026年防汛")
    assert barriers(page) == []
    carry_out(Recomputation.objects.get().pk, now=now())

    unit = sign_in("cgj_handler")
    unit.goto(f"/tickets/{open_tickets[0].number}/")
    expect(unit.locator(".emergency-banner")).to_contain_text("待第二人确认")
    expect(unit.locator("main")).to_contain_text("启用应急状态“2026年防汛”")


def test_the_pages_fit_a_phone(sign_in: SignIn, open_tickets: list[Ticket]) -> None:
    page = sign_in("supervisor")
    page.set_viewport_size({"width": 390, "height": 844})
    for place in ("/emergency/", "/emergency/new/"):
        page.goto(place)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert len(open_tickets) == 3
