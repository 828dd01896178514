"""Review by keyboard: y and n down the points, a verdict, the next reply opens; two reviewers know of each other."""

from datetime import date, timedelta

from playwright.sync_api import expect

from hotline.plumbing.clock import now
from hotline.registry.people.models import RoleGrant
from hotline.rules.vocabulary import Stage
from tests.browser.reviewing import answer_all, choose, passed
from tests.browser.test_walk import Shot, SignIn
from tests.cast import Cast

AGO = timedelta(hours=6)


def test_a_reply_is_sent_back_and_the_next_one_passed_without_a_mouse(sign_in: SignIn, shot: Shot, cast: Cast) -> None:
    first = cast.ticket_at(Stage.PENDING_REVIEW, at=now() - AGO)
    second = cast.ticket_at(Stage.PENDING_REVIEW, at=now() - AGO + timedelta(minutes=30))
    page = sign_in("reviewer")
    page.goto("/review/next/")
    assert page.url.endswith(f"/review/{first.number}/")
    expect(page.locator(".point input").first).to_be_focused()
    answer_all(page, failed="事实清楚")
    expect(page.locator("[name=verdict]").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[name=reason]")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("请写明北门外的处理情况。")
    shot(page, "review-send-back", narrow=True)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert page.url.endswith(f"/review/{second.number}/")
    expect(page.locator(".flash")).to_contain_text("审核退回")
    expect(page.locator("[data-hint='review_hint.copied']")).to_contain_text(first.number)
    passed(page, note="答复完整")
    expect(page.locator("h1")).to_have_text("审核台")
    assert cast.seen(first).state.send_backs == 1
    assert cast.seen(second).state.grade == "good"


def test_what_is_typed_survives_a_reload_and_the_second_reviewer_is_told(
    sign_in: SignIn, shot: Shot, cast: Cast
) -> None:
    ticket = cast.ticket_at(Stage.PENDING_REVIEW, at=now() - AGO)
    RoleGrant.objects.create(user=cast.user("supervisor"), role="reviewer", valid_from=date(2020, 1, 1))
    page = sign_in("reviewer")
    page.goto(f"/review/{ticket.number}/")
    answer_all(page)
    choose(page, "verdict", "pass_review")
    page.fill("[name=note]", "写到一半")
    page.reload()
    assert page.input_value("[name=note]") == "写到一半"
    assert page.locator(".point input[value=yes]:checked").count() == page.locator(".point").count()
    other = sign_in("supervisor")
    other.goto(f"/review/{ticket.number}/")
    expect(other.locator(".notice").first).to_contain_text("何静")
    answer_all(other)
    choose(other, "verdict", "pass_review")
    choose(other, "grade", "good")
    other.fill("[name=note]", "第二个人写的意见")
    passed(page)
    other.keyboard.press("Control+Enter")
    expect(other.locator(".notice").first).to_contain_text("何静")
    assert other.input_value("[name=note]") == "第二个人写的意见"
    shot(other, "review-conflict")
