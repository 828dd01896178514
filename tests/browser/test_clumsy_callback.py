"""Callback officers with angry people on the line, and citizens with one bar of signal."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from hotline.plumbing.outbox.models import OutgoingMessage
from hotline.registry.people.models import RoleGrant
from hotline.rules import acts
from hotline.rules.vocabulary import Contact, Flag, Stage
from hotline.stages.callback.commands.asking import ask
from hotline.stages.callback.commands.calling import record
from hotline.stages.callback.commands.planning import bring_up
from hotline.stages.callback.models import CallbackTask
from hotline.tickets.claim_models import Claim
from tests.browser.clumsy import fits, pasted, told
from tests.browser.test_callback_desk import MORNING, Standing, standing
from tests.browser.test_walk import SignIn
from tests.cast import PASSWORD, Cast, Ticket

__all__ = ["standing"]
Shot = Callable[..., None]
SEND = "form.script footer .btn-primary"


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """One to be rung: it is marked for attention."""
    waiting = cast.ticket_at(Stage.PENDING_CALLBACK)
    return cast.do(waiting, "supervisor", acts.MarkTicket(flag=Flag.KEY, note="请关注"))


@pytest.fixture
def calling(sign_in: SignIn, ticket: Ticket) -> Page:
    page = sign_in("callback_officer")
    page.goto(f"/callback/call/{ticket.number}/")
    return page


def answered(page: Page) -> None:
    for name, choice in (("responded", "yes"), ("resolution", "resolved"), ("rating", "4")):
        page.locator(f"[name={name}][value='{choice}']").check(force=True)
    page.fill("[name=words]", "诉求人说：“再看看。”")


def test_two_officers_on_one_ticket(sign_in: SignIn, calling: Page, cast: Cast, ticket: Ticket, shot: Shot) -> None:
    RoleGrant.objects.create(user=cast.user("supervisor"), role="callback_officer", valid_from=date(2020, 1, 1))
    other = sign_in("supervisor")
    other.goto(f"/callback/call/{ticket.number}/")
    expect(other.locator(".notice-stop")).to_contain_text("马春燕正在回访这件工单")
    expect(other.locator(SEND)).to_have_count(0)
    assert any("请先回访下一件" in said for said in told(other))
    shot(other, "callback-in-other-hands", narrow=True)
    answered(calling)
    calling.locator(SEND).click()
    expect(calling.locator(".flash").first).to_be_visible()
    assert cast.seen(ticket).state.stage is Stage.CLOSED


def test_an_answer_is_posted_once_however_often(calling: Page, cast: Cast, ticket: Ticket) -> None:
    answered(calling)
    calling.locator(SEND).dblclick()
    expect(calling.locator(".flash", has_text="已登记")).to_have_count(1)
    assert cast.seen(ticket).state.stage is Stage.CLOSED


def test_a_missed_call_is_pressed_twice_without_script(sign_in: SignIn, cast: Cast, ticket: Ticket) -> None:
    """An old machine: the second press tells nobody that somebody else was faster."""
    page = sign_in("callback_officer", script=False)
    page.goto(f"/callback/call/{ticket.number}/")
    before = page.locator(".callback-missed [name=version]").first.get_attribute("value") or ""
    token = page.locator("main [name=csrfmiddlewaretoken]").first.get_attribute("value") or ""
    page.get_by_role("button", name="无人接听").click()
    again = page.request.post(
        f"/callback/call/{ticket.number}/attempt/",
        form={"csrfmiddlewaretoken": token, "version": before, "contact": "no_answer"},
        headers={"Referer": page.url},
    )
    assert again.status == 200
    assert "别人刚处理过" not in again.text()
    assert len(cast.seen(ticket).state.attempts) == 1


def test_the_network_goes_under_the_answers(calling: Page, cast: Cast, ticket: Ticket, shot: Shot) -> None:
    answered(calling)
    calling.context.set_offline(True)
    calling.keyboard.press("Control+Enter")
    expect(calling.locator("form.script [data-trouble]")).to_contain_text("网络不通，没有提交")
    shot(calling, "callback-offline", narrow=True)
    calling.context.set_offline(False)
    calling.locator(SEND).click()
    expect(calling.locator(".flash").first).to_be_visible()
    assert cast.seen(ticket).state.stage is Stage.CLOSED


def test_missed_is_pressed_after_the_sign_in_ended(
    calling: Page, cast: Cast, ticket: Ticket, standing: Standing, shot: Shot
) -> None:
    calling.context.clear_cookies(name="hotline_session")
    calling.get_by_role("button", name="无人接听").click()
    calling.wait_for_url("**/accounts/login/**")
    calling.fill("[name=login]", "callback_officer")
    calling.fill("[name=password]", PASSWORD)
    calling.click("main form[action*=login] button")
    calling.wait_for_url(f"**/callback/call/{ticket.number}/")
    assert standing.at == MORNING
    assert not cast.seen(ticket).state.attempts
    shot(calling, "callback-after-signing-in")
    calling.get_by_role("button", name="无人接听").click()
    expect(calling.locator(".flash").first).to_be_visible()
    assert len(cast.seen(ticket).state.attempts) == 1


def test_the_language_is_switched_on_a_page_that_was_posted(calling: Page, ticket: Ticket) -> None:
    calling.get_by_role("button", name="显示号码").click()
    expect(calling.get_by_role("link", name="13800000000")).to_be_visible()
    calling.fill("[name=words]", "写到一半")
    calling.get_by_role("button", name="English").click()
    calling.wait_for_load_state("networkidle")
    assert calling.url.endswith(f"/callback/call/{ticket.number}/")
    assert calling.input_value("[name=words]") == "写到一半"


def test_the_number_is_shown_and_the_words_stay(calling: Page) -> None:
    calling.fill("[name=words]", "写到一半")
    calling.get_by_role("button", name="显示号码").click()
    expect(calling.get_by_role("link", name="13800000000")).to_be_visible()
    assert calling.input_value("[name=words]") == "写到一半"


def test_the_citizen_answered_meanwhile(calling: Page, cast: Cast, ticket: Ticket, shot: Shot) -> None:
    answered(calling)
    RoleGrant.objects.create(user=cast.user("supervisor"), role="callback_officer", valid_from=date(2020, 1, 1))
    cast._players.clear()
    Claim.objects.all().delete()
    missed = acts.RecordAttempt(contact=Contact.NO_ANSWER)
    assert record(number=ticket.number, act=missed, actor=cast.actor("supervisor"), now=MORNING).ok
    calling.locator(SEND).click()
    expect(calling.locator(".notice-stop").first).to_contain_text("您的操作没有保存")
    assert calling.input_value("[name=words]") == "诉求人说：“再看看。”"
    assert any("请查看最新情况后再办理" in said for said in told(calling))
    shot(calling, "callback-conflict", narrow=True)


# --- the citizen ---


@pytest.fixture
def link(cast: Cast) -> tuple[str, Ticket]:
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    bring_up(now=MORNING)
    ask(ticket_id=CallbackTask.objects.get().ticket_id, now=MORNING)
    found = re.search(r"/callback/answer/[\w-]+/", OutgoingMessage.objects.get(key__contains="/callback/").body)
    assert found is not None
    return found[0], ticket


@pytest.fixture
def citizen(sign_in: SignIn, link: tuple[str, Ticket]) -> Page:
    page = sign_in("agent", narrow=True)
    page.context.clear_cookies()
    page.goto(link[0])
    return page


def ticked(page: Page, *choices: str) -> None:
    for choice in choices:
        page.locator("label.choice", has_text=re.compile(f"^\\s*{choice}")).click()


SATISFIED = ("联系过", "已解决", "非常满意")


def test_a_citizen_in_a_lift_loses_nothing(citizen: Page, cast: Cast, link: tuple[str, Ticket], shot: Shot) -> None:
    ticked(citizen, *SATISFIED)
    citizen.fill("[name=words]", "谢谢你们")
    citizen.context.set_offline(True)
    citizen.get_by_role("button", name="提交评价").click()
    expect(citizen.locator("[data-trouble]")).to_contain_text("网络不通，没有提交")
    assert told(citizen, "[data-trouble]")
    shot(citizen, "citizen-offline")
    citizen.context.set_offline(False)
    citizen.reload()
    assert citizen.input_value("[name=words]") == "谢谢你们"
    citizen.get_by_role("button", name="提交评价").dblclick()
    expect(citizen.get_by_text("谢谢您的评价")).to_be_visible()
    assert cast.seen(link[1]).state.rating == 5


def test_back_after_answering_says_that_it_is_done(citizen: Page, shot: Shot) -> None:
    ticked(citizen, *SATISFIED)
    citizen.get_by_role("button", name="提交评价").click()
    expect(citizen.get_by_text("谢谢您的评价")).to_be_visible()
    citizen.go_back()
    citizen.reload()
    expect(citizen.get_by_text("您的评价已经收到")).to_be_visible()
    shot(citizen, "citizen-done-already")


def test_the_citizen_pastes_a_whole_letter(citizen: Page, link: tuple[str, Ticket], cast: Cast, shot: Shot) -> None:
    ticked(citizen, "没有联系", "未解决", "非常不满意")
    citizen.locator("[name=words]").evaluate(
        "(field, text) => { field.removeAttribute('maxlength'); field.value = text }", pasted(1400)
    )
    citizen.get_by_role("button", name="提交评价").click()
    expect(citizen.locator(".field:has([name=words]) .error")).to_contain_text("1000")
    assert fits(citizen)
    assert any("1000" in said for said in told(citizen))
    shot(citizen, "citizen-too-long")
    citizen.fill("[name=words]", pasted(900))
    citizen.get_by_role("button", name="提交评价").click()
    expect(citizen.get_by_text("我们会给您打电话")).to_be_visible()
    assert cast.seen(link[1]).state.stage is Stage.PENDING_CALLBACK


@pytest.mark.parametrize("cut", [3, 1])
def test_a_link_that_was_cut_off_says_what_to_do(citizen: Page, link: tuple[str, Ticket], shot: Shot, cut: int) -> None:
    answer = citizen.goto(link[0].rstrip("/")[:-cut] + "/")
    assert answer
    assert answer.status == 404
    expect(citizen.get_by_text("请核对短信里的地址，或直接拨打12345")).to_be_visible()
    shot(citizen, "citizen-cut-link")
    assert fits(citizen)
