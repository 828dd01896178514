"""One request through all hands on plain pages, from the call to the satisfied citizen."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.reviewing import open_review, passed

Shot = Callable[..., None]
SignIn = Callable[..., Page]

TITLE = "长江中路小区门口夜市扰民"
CONTENT = "每天晚上七点到凌晨一点，小区北门外有十多个烧烤摊，油烟和音乐声很大，老人孩子睡不好，占了人行道。"


def pick(page: Page, field: str, typed: str) -> None:
    """Type into a picker and take the first line found."""
    box = page.locator(f"type-to-find:has(select[name={field}]) input")
    box.click()
    box.fill(typed)
    box.press("Enter")


def take_in(page: Page, **more: Any) -> str:
    """An agent records the request and sends it to dispatch; returns the ticket's number."""
    page.goto("/intake/new/")
    page.fill("[name=phone]", "13805510001")
    page.fill("[name=name]", "张建军")
    page.locator("label.choice", has_text="投诉").click()
    page.fill("[name=title]", more.get("title", TITLE))
    page.fill("[name=content]", CONTENT)
    page.fill("[name=place]", "长江中路88号小区北门")
    pick(page, "region", "庐阳")
    pick(page, "category", "cgzf")
    return ""


def number_on(page: Page) -> str:
    """The number of the ticket whose page is shown."""
    page.wait_for_url("**/tickets/*/")
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def act(page: Page, name: str) -> None:
    """Open an act's panel by its button."""
    page.locator(".acts .act", has_text=name).first.click()
    expect(page.locator("#panel form")).to_be_visible()


def submit(page: Page) -> None:
    """Post the panel and wait for the ticket's page to come back."""
    with page.expect_navigation():
        page.locator("#panel form footer .btn-primary").click()
    expect(page.locator(".flash")).to_be_visible()


def test_a_request_goes_from_the_call_to_the_satisfied_citizen(sign_in: SignIn, shot: Shot) -> None:
    agent = sign_in("agent", form=True)
    take_in(agent)
    shot(agent, "01-intake", narrow=True)
    agent.locator(".following footer button").click()
    number = number_on(agent)

    dispatcher = sign_in("dispatcher", form=True)
    dispatcher.goto("/desk/dispatch/")
    shot(dispatcher, "02-dispatch-desk")
    dispatcher.get_by_role("link", name=number).click()
    act(dispatcher, "转办")
    pick(dispatcher, "lead_unit", "scgj")
    dispatcher.fill("[name=note]", "请依法取缔占道烧烤，错峰巡查，当晚见效。")
    shot(dispatcher, "03-dispatch")
    submit(dispatcher)

    handler = sign_in("cgj_handler", form=True)
    handler.goto("/desk/inbox/")
    shot(handler, "04-inbox", narrow=True)
    handler.goto(f"/tickets/{number}/")
    handler.locator(".acts .act", has_text="签收").click()
    expect(handler.locator(".way .now")).to_have_text("办理中")
    act(handler, "提交答复")
    handler.locator("label.choice", has_text="已解决").first.click()
    handler.fill("[name=reply]", "经查，您反映的情况属实。昨晚已取缔占道烧烤摊点11处，每晚安排专人值守至凌晨1点。")
    handler.fill("[name=legal_basis]", "《安徽省城市市容和环境卫生管理条例》第二十一条")
    shot(handler, "05-reply", narrow=True)
    submit(handler)

    for who in ("cgj_section", "cgj_deputy"):
        signer = sign_in(who)
        signer.goto(f"/tickets/{number}/")
        if signer.locator(".acts .act", has_text="签批").count():
            act(signer, "签批")
            signer.fill("[name=opinion]", "同意，按此答复。")
            submit(signer)

    reviewer = sign_in("reviewer")
    open_review(reviewer, number)
    shot(reviewer, "06-review")
    passed(reviewer)

    caller = sign_in("callback_officer")
    caller.goto(f"/tickets/{number}/")
    caller.get_by_role("button", name="显示联系方式").click()
    expect(caller.get_by_text("13805510001")).to_be_visible()
    act(caller, "登记回访")
    caller.locator(".field", has_text="单位是否联系答复").locator("label.choice", has_text="是").click()
    caller.locator("label.choice", has_text="已解决").first.click()
    caller.locator("label.choice", has_text="非常满意").first.click()
    shot(caller, "07-callback")
    submit(caller)
    expect(caller.locator(".way .now")).to_have_text("已办结")
    shot(caller, "08-closed")
