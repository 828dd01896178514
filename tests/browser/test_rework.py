"""The citizen is not satisfied: the reviewer orders rework, the unit replies again, and only then it is closed."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from hotline.plumbing.clock import now
from hotline.rules.vocabulary import Stage
from tests.browser.reviewing import open_review, passed
from tests.browser.test_walk import Shot, SignIn, act, submit
from tests.cast import Cast

AGO = timedelta(hours=6)
"""Long enough for a ticket to have walked to its stage before the browser opens it."""


def test_dissatisfied_means_rework_until_the_citizen_is_satisfied(sign_in: SignIn, shot: Shot, cast: Cast) -> None:
    number = cast.ticket_at(Stage.PENDING_CALLBACK, at=now() - AGO).number
    page = f"/tickets/{number}/"

    caller = sign_in("callback_officer")
    caller.goto(page)
    _call_back(caller, resolution="未解决", rating="不满意", cause=True)
    expect(caller.locator(".way .now")).to_have_text("待办结确认")

    reviewer = sign_in("reviewer")
    reviewer.goto(page)
    act(reviewer, "发回重办")
    reviewer.fill("[name=reason]", "摊点次日复现，请彻底整治后再答复。")
    submit(reviewer)
    shot(reviewer, "09-rework")

    handler = sign_in("cgj_handler")
    handler.goto(page)
    expect(handler.locator(".way .now")).to_have_text("重办中")
    act(handler, "提交答复")
    handler.locator("label.choice", has_text="已解决").first.click()
    handler.fill("[name=reply]", "已增派人员夜间值守，连续七日未再出现占道摊点。")
    submit(handler)
    for signer in ("cgj_section", "cgj_deputy"):
        head = sign_in(signer)
        head.goto(page)
        act(head, "签批")
        submit(head)
    open_review(reviewer, page.rstrip("/").rsplit("/", 1)[-1])
    passed(reviewer)

    caller.goto(page)
    _call_back(caller, resolution="已解决", rating="满意", cause=False)
    expect(caller.locator(".way .now")).to_have_text("已办结")
    expect(caller.locator(".story")).to_contain_text("已发回重办")


def _call_back(page: Page, *, resolution: str, rating: str, cause: bool) -> None:
    act(page, "登记回访")
    page.locator(".field", has_text="单位是否联系答复").locator("label.choice", has_text="是").click()
    page.get_by_label(resolution, exact=True).check(force=True)
    page.get_by_label(rating, exact=True).check(force=True)
    if cause:
        page.locator("[name=cause]").select_option(index=1)
    page.fill("[name=words]", "诉求人原话记录。")
    submit(page)
