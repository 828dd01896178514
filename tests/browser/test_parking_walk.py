"""挂账 in the browser: asked by the clerk, signed by the head, agreed to and struck off by the supervisor; on a wide
screen and a narrow one, and without script.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from hotline.plumbing.clock import now
from hotline.rules import acts
from hotline.rules.vocabulary import CITY_TZ, Stage
from tests.browser.test_walk import Shot, SignIn
from tests.cast import Cast, Ticket

AGO = timedelta(hours=6)


def on(days: int) -> str:
    return (now().astimezone(CITY_TZ).date() + timedelta(days=days)).isoformat()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"))


def planned(page: Page, number: str) -> None:
    page.goto(f"/handling/propose-park/{number}/")
    page.locator("[name=cause]").select_option("funds")
    page.locator("[name=plan]").fill("已报财政，明年第一批资金到位后施工。")
    page.locator("[name=responsible]").fill("工程科科长 周工")
    page.locator("[name=finish_on]").fill(on(200))
    page.locator("[name=review_on]").fill(on(60))


def parked(cast: Cast) -> Ticket:
    ticket = cast.ticket_at(Stage.HANDLING, at=now() - AGO)
    today = now().astimezone(CITY_TZ).date()
    plan = acts.ProposePark(
        cause="planning",
        plan="列入明年老旧小区改造，先加装临时护栏。",
        responsible="建设科科长 赵工",
        finish_on=today + timedelta(days=200),
        review_on=today + timedelta(days=80),
    )
    ticket = cast.do(ticket, "cgj_handler", plan)
    ticket = cast.do(ticket, "cgj_head", acts.SignOff())
    return cast.do(ticket, "supervisor", acts.ConfirmPark())


def test_from_the_clerk_to_striking_off(sign_in: SignIn, shot: Shot, cast: Cast) -> None:
    number = cast.ticket_at(Stage.HANDLING, at=now() - AGO).number
    clerk = sign_in("cgj_handler")
    planned(clerk, number)
    clerk.locator("[name=review_on]").fill(on(120))
    clerk.locator("main form .btn-primary").click()
    expect(clerk.locator("main")).to_contain_text("每季度复核一次")
    expect(clerk.locator("[name=plan]")).to_have_value("已报财政，明年第一批资金到位后施工。")
    clerk.locator("[name=review_on]").fill(on(60))
    clerk.locator("main form .btn-primary").click()
    clerk.goto("/parking/?show=signing")
    expect(clerk.locator(".pk-list")).to_contain_text("资金未落实")

    head = sign_in("cgj_head")
    head.goto(f"/parking/{number}/")
    head.locator(".acts [href*='/handling/sign-off/']").click()
    head.locator("main form .btn-primary").click()
    expect(head.locator("main")).to_contain_text("等热线办决定")

    office = sign_in("supervisor")
    office.goto("/supervision/")
    office.locator("nav [href='/parking/']").first.click()
    office.get_by_role("link", name="等热线办决定").click()
    office.get_by_role("link", name="小区门口占道经营").click()
    office.locator(".acts [href*='/handling/confirm-park/']").click()
    office.locator("main form .btn-primary").click()
    expect(office.locator(".sticker").first).to_contain_text("挂账中")
    assert fits(office)
    shot(office, "11-parked")
    office.get_by_role("link", name="返回挂账清单").click()
    expect(office.locator(".light")).to_have_count(1)
    assert fits(office)
    shot(office, "11-parking")


def test_on_a_narrow_screen(sign_in: SignIn, shot: Shot, cast: Cast) -> None:
    ticket = parked(cast)
    page = sign_in("cgj_head", narrow=True)
    for address, words in (
        ("/parking/", "赵工"),
        (f"/parking/{ticket.number}/", "先加装临时护栏"),
        ("/parking/paper/", "共 1 件"),
    ):
        page.goto(address)
        expect(page.locator("main")).to_contain_text(words)
        assert fits(page), address
    page.goto("/parking/")
    shot(page, "11-parking-narrow")


@pytest.mark.parametrize("narrow", [False, True])
def test_without_script(sign_in: SignIn, cast: Cast, narrow: bool) -> None:
    ticket = parked(cast)
    page = sign_in("supervisor", script=False, narrow=narrow)
    page.goto("/parking/")
    page.locator("#pk-cause").select_option("planning")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".pk-list")).to_contain_text("赵工")
    page.get_by_role("link", name="小区门口占道经营").click()
    page.get_by_role("link", name="销号").click()
    page.locator("[name=note]").fill("资金到位")
    page.locator("main form .btn-primary").click()
    expect(page.locator("main")).to_contain_text("已离开清单")
    page.goto("/parking/?show=ended")
    expect(page.locator(".pk-list")).to_contain_text(ticket.number)
