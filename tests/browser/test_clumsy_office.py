"""Dispatchers, reviewers and team leaders: the wrong unit, two on one ticket, a desk left open over lunch."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from hotline.plumbing.clock import now
from hotline.registry.people.models import RoleGrant
from hotline.rules import acts
from hotline.rules.vocabulary import Stage, UnitCode
from hotline.tickets.commands import perform
from tests.browser.clumsy import fits, told
from tests.browser.reviewing import answer_all, choose
from tests.browser.test_walk import SignIn, act, pick, submit
from tests.cast import PASSWORD, Cast, Ticket

Shot = Callable[..., None]
AGO = timedelta(hours=6)
POST = "#panel footer .btn-primary"


@pytest.mark.parametrize("signed_in", [False, True], ids=["before sign-in", "after sign-in"])
def test_the_wrong_unit_is_corrected(sign_in: SignIn, cast: Cast, shot: Shot, *, signed_in: bool) -> None:
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH, at=now() - AGO)
    page = sign_in("dispatcher")
    page.goto(f"/tickets/{ticket.number}/")
    act(page, "转办")
    pick(page, "lead_unit", "ssthj")
    submit(page)
    expect(page.locator(".facts, main")).to_contain_text(["市生态环境局"])
    if signed_in:
        assert perform(number=ticket.number, act=acts.SignIn(), actor=cast.actor("sthj_handler"), now=now()).ok
        page.reload()
    act(page, "改派")
    submit_wrong = page.locator(POST)
    submit_wrong.click()  # the directory's unit is filled in, why it should have the ticket is not
    expect(page.locator("#panel .field:has([name=reason]) .error")).to_be_visible()
    pick(page, "lead_unit", "ssthj")
    page.fill("#panel [name=reason]", "占道经营由城管部门负责")
    submit_wrong.click()
    expect(page.locator("#panel .field:has([name=lead_unit]) .error")).to_be_visible()
    assert page.input_value("#panel [name=reason]") == "占道经营由城管部门负责"
    shot(page, "reassign-same-unit", narrow=True)
    pick(page, "lead_unit", "scgj")
    submit(page)
    state = cast.seen(ticket).state
    assert (state.stage, state.lead_unit) == (Stage.PENDING_SIGN, "CGJ")


def test_two_dispatchers_on_one_ticket(sign_in: SignIn, cast: Cast, shot: Shot) -> None:
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH, at=now() - AGO)
    page = sign_in("dispatcher")
    page.goto("/desk/dispatch/")
    page.locator("[data-list] .c-number a").first.click()
    act(page, "转办")
    pick(page, "lead_unit", "scgj")
    page.fill("#panel [name=note]", "请当晚处理")
    RoleGrant.objects.create(user=cast.user("supervisor"), role="dispatcher", valid_from=date(2020, 1, 1))
    cast._players.clear()
    given = acts.Dispatch(lead_unit=UnitCode("STHJ"), note="请处理")
    assert perform(number=ticket.number, act=given, actor=cast.actor("supervisor"), now=now()).ok
    page.locator(POST).click()
    expect(page.locator("#panel .notice").first).to_contain_text("黄志强")
    expect(page.locator("#panel [data-code='act.not_now']")).to_be_visible()
    expect(page.get_by_role("link", name="看工单现在的情况")).to_be_visible()
    assert page.input_value("#panel [name=note]") == "请当晚处理"
    assert any("黄志强" in said for said in told(page))
    shot(page, "dispatched-by-another", narrow=True)


def test_the_network_goes_while_working_down_the_list(sign_in: SignIn, cast: Cast, shot: Shot) -> None:
    for minutes in range(3):
        cast.ticket_at(Stage.PENDING_DISPATCH, at=now() - AGO + timedelta(minutes=minutes))
    page = sign_in("dispatcher")
    page.goto("/desk/dispatch/")
    page.keyboard.press("j")
    expect(page.locator(".preview-ticket")).to_be_visible()
    page.context.set_offline(True)
    page.keyboard.press("j")
    expect(page.locator("[data-away-note]")).to_be_visible()
    assert any("连接断开" in said for said in told(page, "[data-away-note]"))
    shot(page, "list-offline")
    page.context.set_offline(False)
    expect(page.locator("[data-away-note]")).to_be_hidden()
    page.keyboard.press("j")
    expect(page.locator("tr.is-open")).to_have_count(1)


def test_a_filter_typed_wrong_shows_the_list_all_the_same(sign_in: SignIn, cast: Cast, shot: Shot) -> None:
    cast.ticket_at(Stage.PENDING_DISPATCH, at=now() - AGO)
    page = sign_in("dispatcher")
    for query in (
        "from=2026-02-30",
        "from=２０２６年",
        "unit=%F0%9F%98%80",
        "after=%00",
        "sort=nothing",
        "at=1;drop",
        "page=-1",
    ):
        answer = page.goto(f"/desk/dispatch/?{query}")
        assert answer, query
        assert answer.status == 200, query
        assert page.locator("h1").count() == 1
    shot(page, "list-wrong-filter", narrow=True)


@pytest.fixture
def reviewing(sign_in: SignIn, cast: Cast) -> tuple[Page, Ticket]:
    ticket = cast.ticket_at(Stage.PENDING_REVIEW, at=now() - AGO)
    page = sign_in("reviewer")
    page.goto(f"/review/{ticket.number}/")
    answer_all(page, failed="事实清楚")
    choose(page, "verdict", "send_back")
    page.fill("[name=reason]", "请写明北门外的处理情况。")
    return page, ticket


def test_the_network_goes_under_a_verdict(reviewing: tuple[Page, Ticket], cast: Cast, shot: Shot) -> None:
    page, ticket = reviewing
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-trouble]")).to_contain_text("网络不通，没有提交")
    assert any("网络不通" in said for said in told(page))
    shot(page, "review-offline", narrow=True)
    page.context.set_offline(False)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert cast.seen(ticket).state.send_backs == 1


def test_a_verdict_after_lunch(reviewing: tuple[Page, Ticket], cast: Cast, shot: Shot) -> None:
    """The sign-in has ended; with it nothing else."""
    page, ticket = reviewing
    page.context.clear_cookies(name="hotline_session")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/accounts/login/**")
    _sign_in_again(page, "reviewer")
    page.wait_for_url(f"**/review/{ticket.number}/")
    expect(page.locator("[data-restored]")).to_be_visible()
    assert page.input_value("[name=reason]") == "请写明北门外的处理情况。"
    shot(page, "review-after-signing-in", narrow=True)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert cast.seen(ticket).state.send_backs == 1


def test_a_button_pressed_after_lunch_leads_back_to_its_page(sign_in: SignIn, cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_REVIEW, at=now() - AGO)
    page = sign_in("reviewer")
    page.goto(f"/review/{ticket.number}/")
    page.context.clear_cookies(name="hotline_session")
    page.get_by_role("button", name="先放下，看下一件").click()
    page.wait_for_url("**/accounts/login/**")
    _sign_in_again(page, "reviewer")
    page.wait_for_url(f"**/review/{ticket.number}/")
    expect(page.locator(".review-form")).to_be_visible()


def test_an_acts_own_address_leads_to_its_page(sign_in: SignIn, cast: Cast, shot: Shot) -> None:
    ticket = cast.ticket_at(Stage.PENDING_REVIEW, at=now() - AGO)
    page = sign_in("reviewer")
    answer = page.goto(f"/review/{ticket.number}/leave/")
    assert answer
    assert answer.status == 405
    expect(page.locator(".problem")).to_contain_text("这个操作要从页面上的按钮办理")
    shot(page, "button-address", narrow=True)
    page.get_by_role("link", name="返回刚才的页面").click()
    page.wait_for_url(f"**/review/{ticket.number}/")


def _sign_in_again(page: Page, who: str) -> None:
    page.fill("[name=login]", who)
    page.fill("[name=password]", PASSWORD)
    page.click("main form[action*=login] button")


def test_the_reviewers_role_ends_under_the_verdict(reviewing: tuple[Page, Ticket], cast: Cast, shot: Shot) -> None:
    page, ticket = reviewing
    RoleGrant.objects.filter(user=cast.user("reviewer")).delete()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".problem")).to_be_visible()
    assert told(page)
    shot(page, "review-role-ended", narrow=True)
    RoleGrant.objects.create(user=cast.user("reviewer"), role="reviewer", valid_from=date(2020, 1, 1))
    page.goto(f"/review/{ticket.number}/")
    assert page.input_value("[name=reason]") == "请写明北门外的处理情况。"


def test_back_after_a_verdict_says_what_stands(sign_in: SignIn, cast: Cast, shot: Shot) -> None:
    ticket = cast.ticket_at(Stage.PENDING_REVIEW, at=now() - AGO)
    page = sign_in("reviewer")
    page.goto(f"/review/{ticket.number}/")
    answer_all(page)
    choose(page, "verdict", "pass_review")
    choose(page, "grade", "good")
    page.locator(".review-form footer .btn-primary").dblclick()
    expect(page.locator(".flash")).to_be_visible()
    page.go_back()
    expect(page.locator("[data-code='act.not_now']")).to_contain_text("待回访")
    expect(page.locator(".review-form footer .btn-primary")).to_have_count(0)
    expect(page.get_by_role("link", name="看下一件").first).to_be_visible()
    shot(page, "review-after-back", narrow=True)
    assert cast.seen(ticket).state.stage is Stage.PENDING_CALLBACK


def test_the_proposal_was_settled_by_the_other_leader(sign_in: SignIn, cast: Cast, shot: Shot) -> None:
    ticket = cast.ticket_at(Stage.REGISTERED, at=now() - AGO)
    asked = acts.ProposeDecline(reason="litigation", legal_channel="向人民法院提起诉讼", explanation="已经起诉。")
    cast.do(ticket, "agent", asked)
    page = sign_in("team_leader")
    page.goto("/leading/confirm/")
    page.fill("[name=note]", "请先问清是否已经立案。")
    RoleGrant.objects.create(user=cast.user("supervisor"), role="team_leader", valid_from=date(2020, 1, 1))
    cast._players.clear()
    assert perform(number=ticket.number, act=acts.ConfirmDecline(), actor=cast.actor("supervisor"), now=now()).ok
    page.get_by_role("button", name="不同意").click()
    expect(page.locator(".notice").first).to_contain_text("黄志强")
    assert page.input_value("[name=note]") == "请先问清是否已经立案。"
    assert any("黄志强" in said for said in told(page))
    shot(page, "confirmed-by-another", narrow=True)
    assert cast.seen(ticket).state.stage is Stage.NOT_ACCEPTED


def test_a_shift_is_handed_over_once(sign_in: SignIn, shot: Shot) -> None:
    page = sign_in("team_leader")
    page.goto("/leading/shifts/")
    page.fill("[name=notes]", "来电较多")
    page.locator("main form footer .btn-primary").dblclick()
    expect(page.locator(".flash")).to_be_visible()
    page.go_back()
    page.wait_for_load_state("networkidle")
    shot(page, "shift-after-back", narrow=True)
    from hotline.stages.leading.models import ShiftSheet

    assert ShiftSheet.objects.count() == 1


@pytest.mark.parametrize("who", ["director", "auditor", "supervisor", "team_leader"])
def test_large_letters_hide_nothing(sign_in: SignIn, cast: Cast, who: str) -> None:
    """Zoom of 200 % on a small screen: 720 by 450 of the page's own points."""
    ticket = cast.ticket_at(Stage.HANDLING, at=now() - AGO)
    page = sign_in(who)
    page.set_viewport_size({"width": 720, "height": 450})
    for address in ("/", "/tickets/", f"/tickets/{ticket.number}/"):
        page.goto(address)
        assert fits(page), address


def test_a_tab_left_in_the_background_catches_up_when_looked_at(sign_in: SignIn, cast: Cast) -> None:
    page = sign_in("dispatcher")
    page.add_init_script("Object.defineProperty(document, 'hidden', {get: () => window.away ?? false})")
    page.goto("/desk/dispatch/")
    page.evaluate("window.away = true")
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH, at=now() - AGO)
    page.evaluate("new BroadcastChannel('hotline-live').postMessage('change')")
    page.wait_for_timeout(2500)
    expect(page.locator("[data-list]", has_text=ticket.number)).to_have_count(0)
    page.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-live-list]")).to_contain_text(ticket.number)


def test_a_desk_left_open_over_night_says_that_the_sign_in_has_ended(sign_in: SignIn, cast: Cast, shot: Shot) -> None:
    cast.ticket_at(Stage.PENDING_DISPATCH, at=now() - AGO)
    page = sign_in("dispatcher")
    page.goto("/desk/dispatch/")
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies(name="hotline_session")
    expect(page.locator("[data-away-note]")).to_contain_text("登录已过期", timeout=20_000)
    shot(page, "list-signed-out", narrow=True)
