"""The unit's clerk with fifty tickets, and those who sign: cut off, signed out, overtaken, given the wrong ticket."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.plumbing.clock import now
from hotline.registry.people.models import RoleGrant
from hotline.rules import acts
from hotline.rules.vocabulary import Resolution, Stage, UnitCode
from hotline.tickets.commands import perform
from hotline.tickets.models import LedgerEntry
from tests.browser.clumsy import another_browser, fits, pasted, told
from tests.browser.test_walk import SignIn, act, pick, submit
from tests.cast import PASSWORD, Cast, Ticket

Shot = Callable[..., None]
AGO = timedelta(hours=6)
HALF = "经查，您反映的情况属实，写到一半"
POST = "#panel footer .btn-primary"


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return cast.ticket_at(Stage.HANDLING, at=now() - AGO)


@pytest.fixture
def replying(sign_in: SignIn, ticket: Ticket) -> Page:
    """A reply that is half written."""
    page = sign_in("cgj_handler")
    page.goto(f"/tickets/{ticket.number}/")
    act(page, "提交答复")
    page.locator("#panel label.choice", has_text="已解决").first.click()
    page.fill("#panel [name=reply]", HALF)
    return page


def times(name: str) -> int:
    return LedgerEntry.objects.filter(name=name).count()


def test_the_network_goes_while_a_reply_is_sent(replying: Page, shot: Shot) -> None:
    replying.context.set_offline(True)
    replying.locator(POST).click()
    expect(replying.locator("#trouble")).to_contain_text("网络不通，没有提交。您填的内容还在")
    assert any("网络不通" in said for said in told(replying))
    shot(replying, "reply-offline", narrow=True)
    assert replying.input_value("#panel [name=reply]") == HALF
    replying.context.set_offline(False)
    submit(replying)
    expect(replying.locator(".way .now")).to_have_text("待签批")
    assert times("handling.replied") == 1


def test_the_sign_in_ends_under_a_half_written_reply(replying: Page, ticket: Ticket, shot: Shot) -> None:
    replying.context.clear_cookies(name="hotline_session")
    replying.locator(POST).click()
    replying.wait_for_url("**/accounts/login/**")
    shot(replying, "sign-in-again", narrow=True)
    _sign_in_again(replying, "cgj_handler")
    replying.wait_for_url(f"**/tickets/{ticket.number}/")
    button = replying.locator(".acts .act", has_text="提交答复").first
    expect(button.locator(".has-draft")).to_have_text("有草稿")
    shot(replying, "reply-waits", narrow=True)
    act(replying, "提交答复")
    assert replying.input_value("#panel [name=reply]") == HALF
    expect(replying.locator("#panel [name=resolution][value=resolved]")).to_be_checked()
    submit(replying)
    assert times("handling.replied") == 1


def test_signed_out_and_in_again_in_another_tab(replying: Page, ticket: Ticket, shot: Shot) -> None:
    """The form's secret is that of the sign-in before: the page says so, and nothing is lost."""
    other = replying.context.new_page()
    other.goto("/accounts/logout/")
    other.get_by_role("button", name="退出登录").last.click()
    other.wait_for_url("**/accounts/login/**")
    _sign_in_again(other, "cgj_handler")
    other.wait_for_url(lambda url: "/accounts/" not in url)
    other.close()
    replying.locator(POST).click()
    expect(replying.locator("#trouble")).to_contain_text("页面停留过久，提交未被接受")
    assert any("重新打开页面再提交" in said for said in told(replying))
    shot(replying, "form-expired", narrow=True)
    replying.get_by_role("link", name="重新打开本页").click()
    replying.wait_for_url(f"**/tickets/{ticket.number}/")
    act(replying, "提交答复")
    assert replying.input_value("#panel [name=reply]") == HALF
    submit(replying)
    assert times("handling.replied") == 1


def _sign_in_again(page: Page, who: str) -> None:
    page.fill("[name=login]", who)
    page.fill("[name=password]", PASSWORD)
    page.click("main form[action*=login] button")


def test_a_machine_that_went_dark_gives_the_reply_back(replying: Page, ticket: Ticket, browser: Browser) -> None:
    with replying.expect_response(lambda answer: answer.url.endswith("/drafts/")):
        replying.fill("#panel [name=legal_basis]", "《合肥市市容和环境卫生管理条例》")
    fresh = another_browser(browser, replying)
    replying.context.close()
    fresh.goto(f"/tickets/{ticket.number}/")
    act(fresh, "提交答复")
    fresh.get_by_role("button", name="接着填").click()
    assert fresh.input_value("#panel [name=reply]") == HALF
    submit(fresh)
    fresh.context.close()


def test_the_ticket_is_taken_back_while_the_reply_is_written(
    replying: Page, cast: Cast, ticket: Ticket, shot: Shot
) -> None:
    given = acts.Reassign(lead_unit=UnitCode("STHJ"), reason="主管部门应为生态环境局")
    assert perform(number=ticket.number, act=given, actor=cast.actor("dispatcher"), now=now()).ok
    replying.locator(POST).click()
    expect(replying.locator("#trouble")).to_contain_text("没有提交：工单")
    assert any("可能已改派" in said for said in told(replying))
    shot(replying, "ticket-taken-away", narrow=True)
    assert replying.input_value("#panel [name=reply]") == HALF


def test_the_role_is_taken_away_in_mid_work(replying: Page, cast: Cast, shot: Shot) -> None:
    RoleGrant.objects.filter(user=cast.user("cgj_handler")).delete()
    replying.locator(POST).click()
    expect(replying.locator("#trouble")).to_contain_text("没有提交：工单")
    assert any("您的岗位有变动" in said for said in told(replying))
    shot(replying, "role-taken-away", narrow=True)
    assert replying.input_value("#panel [name=reply]") == HALF


def test_back_after_the_reply_shows_what_stands(replying: Page, ticket: Ticket, shot: Shot) -> None:
    submit(replying)
    replying.goto("/desk/inbox/")
    replying.go_back()
    replying.wait_for_load_state("networkidle")
    expect(replying.locator(".way .now")).to_have_text("待签批")
    expect(replying.locator(".acts .act", has_text="提交答复")).to_have_count(0)
    replying.goto(f"/handling/submit-reply/{ticket.number}/")
    assert not replying.locator("main form .btn-primary").count()
    assert any("待签批" in said for said in told(replying))
    shot(replying, "act-opened-too-late", narrow=True)
    assert times("handling.replied") == 1


def test_the_button_is_pressed_many_times(replying: Page) -> None:
    button = replying.locator(POST)
    button.evaluate("one => { for (let i = 0; i < 5; i++) one.click(); }")
    expect(replying.locator(".way .now")).to_have_text("待签批")
    assert times("handling.replied") == 1


def test_a_whole_file_is_pasted_into_the_reply(replying: Page, shot: Shot) -> None:
    text = pasted(5001)
    replying.fill("#panel [name=reply]", text)
    replying.locator(POST).click()
    expect(replying.locator("#panel .field:has([name=reply]) .error")).to_contain_text("5000")
    assert replying.input_value("#panel [name=reply]") == text
    assert any("5000" in said for said in told(replying))
    shot(replying, "reply-too-long", narrow=True)
    replying.fill("#panel [name=reply]", pasted(5000))
    submit(replying)
    replying.set_viewport_size({"width": 390, "height": 844})
    assert fits(replying)


@pytest.mark.parametrize(
    ("days", "said"), [("０５", ""), ("五", "整数"), ("-3", "之间"), ("999999999999", "之间"), ("5.5", "整数")]
)
def test_days_typed_any_way(sign_in: SignIn, ticket: Ticket, days: str, said: str) -> None:
    page = sign_in("cgj_handler")
    page.goto(f"/tickets/{ticket.number}/")
    act(page, "申请延期")
    page.fill("#panel [name=days]", days)
    page.locator("#panel [name=reason]").select_option(index=1)
    page.fill("#panel [name=explanation]", "需要检测")
    page.fill("#panel [name=legal_basis]", "检测规程")
    page.locator(POST).click()
    if said:
        expect(page.locator("#panel .field:has([name=days]) .error")).to_contain_text(said)
        assert page.input_value("#panel [name=days]") == days
    else:
        expect(page.locator(".flash")).to_be_visible()


@pytest.mark.parametrize("day", ["2026-02-30", "2020-01-01", "２０２６年２月", "0001-01-01", "99999-01-01"])
def test_a_day_that_is_none_or_past(sign_in: SignIn, day: str) -> None:
    """Without the browser's calendar, as old machines post it."""
    page = sign_in("cgj_section", script=False)
    page.goto("/handling/absence/")
    page.locator("[name=stand_in]").select_option(index=1)
    page.fill("[name=reason]", "年休假")
    token = page.locator("main form [name=csrfmiddlewaretoken]").first.get_attribute("value") or ""
    answer = page.request.post(
        page.url,
        form={
            "csrfmiddlewaretoken": token,
            "stand_in": page.input_value("[name=stand_in]"),
            "first": day,
            "last": day,
            "reason": "年休假",
        },
        headers={"Referer": page.url},
    )
    text = answer.text()
    assert answer.status == 422, text[:300]
    assert 'class="error"' in text or "notice-stop" in text
    assert "年休假" in text


def test_two_signers_at_once_and_one_of_them_is_late(sign_in: SignIn, cast: Cast, ticket: Ticket, shot: Shot) -> None:
    reply = acts.SubmitReply(resolution=Resolution.RESOLVED, reply="已清理。", legal_basis="条例")
    cast.do(ticket, "cgj_handler", reply, at=now() - timedelta(minutes=30))
    RoleGrant.objects.create(user=cast.user("cgj_head"), role="section_head", valid_from=date(2020, 1, 1))
    page = sign_in("cgj_section")
    page.goto(f"/tickets/{ticket.number}/")
    act(page, "签批")
    page.fill("#panel [name=opinion]", "同意，请注意回访。")
    perform(number=ticket.number, act=acts.SignOff(opinion="同意"), actor=cast.actor("cgj_head"), now=now())
    page.locator(POST).click()
    notice = page.locator("#panel .notice").first
    expect(notice).to_contain_text("吴国庆")
    assert page.input_value("#panel [name=opinion]") == "同意，请注意回访。"
    assert any("吴国庆" in said for said in told(page))
    shot(page, "signed-by-another", narrow=True)


def test_a_district_gives_work_to_no_street_and_until_yesterday(sign_in: SignIn, cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, lead="LY", at=now() - AGO)
    page = sign_in("ly_dispatcher")
    page.goto(f"/tickets/{ticket.number}/")
    act(page, "二次派单")
    page.locator(POST).click()
    expect(page.locator("#panel .field:has([name=to_unit]) .error")).to_be_visible()
    pick(page, "to_unit", "三孝口")
    page.fill("#panel [name=due_at]", "2020-01-01T10:00")
    page.locator(POST).click()
    expect(page.locator("#panel .field:has([name=due_at]) .error")).to_be_visible()
    assert page.input_value("#panel [name=due_at]") == "2020-01-01T10:00"
    page.fill("#panel [name=due_at]", "")
    submit(page)
    expect(page.locator(".story")).to_contain_text("三孝口")


def test_a_link_sent_to_a_colleague_without_the_right(sign_in: SignIn, ticket: Ticket, shot: Shot) -> None:
    page = sign_in("sthj_handler")
    page.goto(f"/tickets/{ticket.number}/")
    expect(page.locator(".problem")).to_contain_text(f"没有找到工单{ticket.number}，或者您无权查看")
    expect(page.get_by_role("link", name="回到首页")).to_be_visible()
    shot(page, "link-without-right", narrow=True)
    page.goto("/people/")
    expect(page.locator(".problem p").first).not_to_be_empty()
    page.goto("/review/next/")
    expect(page.locator(".problem")).to_contain_text("岗位")
    shot(page, "desk-without-right", narrow=True)
