"""Missing fields, two people on one ticket, a button pressed twice, no script: nothing typed is lost."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from hotline.plumbing.clock import now
from hotline.rules import acts
from hotline.rules.vocabulary import Stage
from hotline.tickets.commands import perform
from tests.browser.reviewing import answer_all, choose
from tests.browser.test_walk import CONTENT, TITLE, SignIn, act, number_on, submit, take_in
from tests.cast import Cast

AGO = timedelta(hours=6)
"""Long enough for a ticket to have walked to its stage before the browser opens it."""


def test_a_missing_field_is_said_beside_it_and_everything_typed_stays(sign_in: SignIn) -> None:
    page = sign_in("agent")
    page.goto("/intake/new/")
    page.fill("[name=content]", CONTENT)
    page.fill("[name=phone]", "13805510001")
    page.locator("label.choice", has_text="直接派单").click()
    page.locator(".following footer button").click()

    expect(page.locator("#problems")).to_be_visible()
    expect(page.locator(".field:has([name=title]) .error")).to_contain_text("标题")
    expect(page.locator(".field:has([name=request_type]) .error")).to_contain_text("诉求类型")
    expect(page.locator(".when-dispatch .error")).to_contain_text("主办单位")
    assert page.input_value("[name=content]") == CONTENT
    assert page.input_value("[name=phone]") == "13805510001"
    assert page.locator("[name=then][value=dispatch]").is_checked()


def test_the_second_of_two_people_sees_what_happened_and_keeps_what_they_typed(sign_in: SignIn, cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, at=now() - AGO)
    page = sign_in("cgj_handler")
    page.goto(f"/tickets/{ticket.number}/")
    act(page, "登记办理情况")
    page.fill("[name=note]", "已到现场核查。")
    perform(
        number=ticket.number, act=acts.RecordFirstContact(note="已电话联系"), actor=cast.actor("cgj_section"), now=now()
    )
    page.locator("#panel footer .btn-primary").click()

    notice = page.locator("#panel .notice").first
    expect(notice).to_contain_text("孙丽华")
    expect(notice).to_contain_text("已先行联系诉求人")
    assert page.input_value("[name=note]") == "已到现场核查。"
    page.get_by_role("button", name="仍然提交").click()
    expect(page.locator(".flash")).to_be_visible()
    expect(page.locator(".story")).to_contain_text("已到现场核查。")


def test_an_act_that_came_too_late_says_so_and_what_can_be_done_now(sign_in: SignIn, cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_REVIEW, at=now() - AGO)
    page = sign_in("reviewer")
    page.goto(f"/review/{ticket.number}/")
    answer_all(page, failed="事实清楚")
    choose(page, "verdict", "send_back")
    page.fill("[name=reason]", "请补充照片。")
    perform(number=ticket.number, act=acts.PassReview(grade="good"), actor=cast.actor("reviewer"), now=now())
    page.keyboard.press("Control+Enter")

    expect(page.locator("[data-code='act.not_now']")).to_contain_text("待回访")
    assert page.input_value("[name=reason]") == "请补充照片。"
    assert not page.locator(".review-form footer .btn-primary").count()


POSTS_AT_ONCE = """form => Promise.all([1, 2, 3].map(async () => {
    const answer = await fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form))});
    return answer.url;
}))"""


def test_a_form_posted_three_times_at_once_makes_one_ticket(sign_in: SignIn) -> None:
    page = sign_in("agent")
    take_in(page)
    places = page.locator("form.intake").evaluate(POSTS_AT_ONCE)
    assert len(set(places)) == 1
    with page.expect_navigation():
        page.locator(".following footer button").dblclick()
    assert page.url == places[0]


def test_what_is_typed_survives_a_closed_panel_and_a_reload(sign_in: SignIn, cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, at=now() - AGO)
    page = sign_in("cgj_handler")
    page.goto(f"/tickets/{ticket.number}/")
    act(page, "登记办理情况")
    page.fill("[name=note]", "写到一半")
    page.keyboard.press("Escape")
    expect(page.locator("#panel form")).to_have_count(0)
    page.reload()
    act(page, "登记办理情况")
    assert page.input_value("[name=note]") == "写到一半"
    submit(page)
    act(page, "登记办理情况")
    assert page.input_value("[name=note]") == ""


def test_a_session_that_ended_leads_to_signing_in_and_back(sign_in: SignIn, cast: Cast) -> None:
    from tests.cast import PASSWORD

    ticket = cast.ticket_at(Stage.HANDLING, at=now() - AGO)
    page = sign_in("cgj_handler")
    page.goto(f"/tickets/{ticket.number}/")
    act(page, "登记办理情况")
    page.fill("[name=note]", "会话过期前写的")
    page.context.clear_cookies(name="hotline_session")
    page.locator("#panel footer .btn-primary").click()
    page.wait_for_url("**/accounts/login/**")
    page.fill("[name=login]", "cgj_handler")
    page.fill("[name=password]", PASSWORD)
    page.click("main form[action*=login] button")
    page.wait_for_url(f"**/tickets/{ticket.number}/")
    act(page, "登记办理情况")
    assert page.input_value("[name=note]") == "会话过期前写的"


def test_without_script_the_same_forms_post(sign_in: SignIn) -> None:
    agent = sign_in("agent", script=False)
    agent.goto("/intake/new/")
    agent.check("[name=request_type][value=complaint]", force=True)
    agent.fill("[name=title]", TITLE)
    agent.fill("[name=content]", CONTENT)
    agent.select_option("[name=region]", "340103")
    agent.select_option("[name=category]", "010202")
    agent.locator(".following footer button").click()
    number = number_on(agent)

    dispatcher = sign_in("dispatcher", script=False)
    dispatcher.goto(f"/tickets/{number}/")
    _act_page(dispatcher, "转办", lambda page: page.select_option("[name=lead_unit]", "CGJ"))
    handler = sign_in("cgj_handler", script=False)
    handler.goto(f"/tickets/{number}/")
    handler.locator(".acts button", has_text="签收").click()
    expect(handler.locator(".way .now")).to_have_text("办理中")
    _act_page(handler, "提交答复", _reply)
    for who in ("cgj_section", "cgj_deputy"):
        signer = sign_in(who, script=False)
        signer.goto(f"/tickets/{number}/")
        _act_page(signer, "签批", lambda _: None)
    reviewer = sign_in("reviewer", script=False)
    reviewer.goto(f"/tickets/{number}/")
    reviewer.locator(".acts a.act", has_text="审核通过").first.click()
    for point in reviewer.locator(".point").all():
        point.locator("input[value=yes]").check(force=True)
    choose(reviewer, "verdict", "pass_review")
    choose(reviewer, "grade", "good")
    reviewer.locator(".review-form footer .btn-primary").click()
    expect(reviewer.locator(".flash")).to_be_visible()
    reviewer.goto(f"/tickets/{number}/")
    expect(reviewer.locator(".way .now")).to_have_text("待回访")


def _reply(page: Page) -> None:
    page.check("[name=resolution][value=resolved]", force=True)
    page.fill("[name=reply]", "已取缔。")


def _act_page(page: Page, name: str, fill: Callable[[Page], object]) -> None:
    page.locator(".acts a.act", has_text=name).first.click()
    fill(page)
    page.locator("main .act-form footer .btn-primary").click()
    expect(page.locator(".flash")).to_be_visible()
