"""A team leader's shift by keyboard: confirm, look at a sample, hand over; the next leader takes over and prints."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from hotline.plumbing.clock import now
from hotline.registry.people.models import RoleGrant, User
from hotline.rules import acts
from hotline.rules.vocabulary import CITY_TZ, Stage, Urgency
from hotline.stages.leading.commands import draw_day
from hotline.stages.leading.models import QualityCheck, ShiftSheet
from tests.browser.test_walk import Shot, SignIn
from tests.cast import PASSWORD, Cast

AGO = timedelta(hours=6)


def test_a_shift_is_handed_over_and_taken_over(sign_in: SignIn, shot: Shot, cast: Cast) -> None:
    User.objects.create_user("leader_two", password=PASSWORD, full_name="宋丽", unit_id="RX12345")
    second = User.objects.get(username="leader_two")
    RoleGrant.objects.create(user=second, role="team_leader", valid_from=date(2020, 1, 1))
    cast.ticket_at(Stage.PENDING_SIGN, at=now() - AGO, register={"urgency": Urgency.URGENT})
    draft = cast.ticket_at(Stage.DRAFT, at=now() - AGO)
    page = sign_in("team_leader")
    page.goto("/leading/shifts/")
    expect(page.locator(".left").first).to_contain_text(draft.number)
    page.locator("[name=notes]").focus()
    page.keyboard.type("北门停水，来电较多，统一口径见知识库。")
    shot(page, "shift-now", narrow=True)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("[data-own]")).to_be_visible()
    address = page.url
    other = sign_in("leader_two", form=True)
    other.goto(address)
    expect(other.locator(".sheet-paper")).to_contain_text("北门停水")
    other.locator("[name=notes]").focus()
    other.keyboard.type("已阅，三件紧急工单我来盯。")
    shot(other, "shift-accept", narrow=True)
    with other.expect_navigation():
        other.keyboard.press("Control+Enter")
    expect(other.locator("#taken")).to_contain_text("宋丽")
    assert ShiftSheet.objects.get().accepted_by == str(second.pk)
    _prints(other)


def _prints(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator(".signing")).to_be_visible()
    expect(page.locator(".rail")).to_be_hidden()
    page.emulate_media(media="screen")


def test_a_proposal_is_confirmed_by_one_key(sign_in: SignIn, shot: Shot, cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.REGISTERED, at=now() - AGO)
    act = acts.ProposeDecline(reason="litigation", legal_channel="向人民法院提起诉讼", explanation="已经起诉。")
    cast.do(ticket, "agent", act)
    page = sign_in("team_leader")
    page.goto("/leading/confirm/")
    shot(page, "leader-confirm", narrow=True)
    page.keyboard.press("1")
    expect(page.locator(".empty-state")).to_be_visible()
    assert cast.seen(ticket).state.stage is Stage.NOT_ACCEPTED


def test_a_sample_is_checked_by_keyboard_and_the_agent_reads_it(sign_in: SignIn, shot: Shot, cast: Cast) -> None:
    cast.opened(at=now() - timedelta(days=1))
    assert draw_day((now() - timedelta(days=1)).astimezone(CITY_TZ).date(), now=now()) == 1
    page = sign_in("team_leader")
    page.goto("/leading/samples/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".point input").first).to_be_focused()
    for key in "yynyy":
        page.keyboard.press(key)
    page.fill("[name=note]", "请写明发生的时间。")
    shot(page, "leader-sample", narrow=True)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert QualityCheck.objects.get().answers["complete"] is False
    shot(page, "leader-samples")
    agent = sign_in("agent")
    agent.goto("/leading/mine/")
    expect(agent.locator("blockquote")).to_contain_text("请写明发生的时间。")
    shot(agent, "agent-checks", narrow=True)


def test_the_director_opens_a_list_from_a_number(sign_in: SignIn, shot: Shot, cast: Cast) -> None:
    for stage in (Stage.HANDLING, Stage.PENDING_REVIEW, Stage.RETURN_REQUESTED, Stage.CLOSED):
        cast.ticket_at(stage, at=now() - AGO)
    page = sign_in("director")
    page.goto("/")
    expect(page.locator("[data-figure=open] b")).to_have_text("3")
    shot(page, "overview", narrow=True)
    page.locator("[data-figure=open] a").click()
    expect(page.locator(".c-number")).to_have_count(3)
    auditor = sign_in("auditor")
    auditor.goto("/overview/ledger/")
    auditor.fill("[name=number]", cast.ticket_at(Stage.CLOSED, at=now() - AGO).number)
    auditor.keyboard.press("Enter")
    expect(auditor.locator("[data-sound=yes]")).to_be_visible()
    shot(auditor, "ledger", narrow=True)
