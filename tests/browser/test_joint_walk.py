"""联合会办 in the browser: night-time building noise that two bureaus push back and forth, from the dispute that stands
there by itself to the ruling, the next such ticket and its penalty task; on wide and narrow screens, without script.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from hotline.plumbing.clock import now
from hotline.rules import acts
from hotline.rules.vocabulary import CITY_TZ, CategoryCode, Stage, UnitCode
from hotline.stages.joint.models import DisputeFile
from hotline.tickets.models import LedgerEntry
from tests.browser.test_walk import Shot, SignIn
from tests.cast import Cast, Ticket
from tests.journeys.test_night_construction_noise import silent_directory, stored
from tests.oversight.notices.ringing import react
from tests.stages.joint.panels import RETURNS, file_of, seat

AGO = timedelta(hours=6)
NOISE = {
    "category": CategoryCode("040103"),
    "title": "工地夜间施工噪声扰民",
    "content": "阜阳路在建工地每天夜里十一点以后还在浇筑混凝土，吵得整栋楼睡不着，希望尽快制止。",
    "demand": "夜间停止施工",
    "place": "阜阳路与北二环交口",
}
MEMBERS = (("bb_deputy", "STHJ"), ("sfj_head", "STHJ"), ("cgj_head", "STHJ"), ("sthj_head", "CGJ"))


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"))


def disputed(cast: Cast) -> tuple[Ticket, DisputeFile]:
    """Returned by ecology, then by urban management, each time with reason: the file is there."""
    seat(cast)
    ticket = cast.ticket_at(Stage.PENDING_SIGN, lead="STHJ", register=NOISE, at=now() - AGO)
    for unit, people in (("STHJ", "sthj"), ("CGJ", "cgj")):
        if ticket.state.stage is Stage.PENDING_DISPATCH:
            ticket = cast.do(ticket, "dispatcher", acts.Dispatch(lead_unit=UnitCode(unit)))
        ticket = cast.do(ticket, f"{people}_deputy", RETURNS[unit])
        if ticket.state.stage is not Stage.RETURN_REQUESTED:
            ticket = cast.do(ticket, f"{people}_head", acts.SignOff(opinion="同意"))
        ticket = cast.do(ticket, "dispatcher", acts.AcceptReturn(finding="职责有争议"))
    return ticket, file_of(ticket)


def begin(page: Page, row: DisputeFile, deed: str) -> None:
    """The file's page with the form of a deed open."""
    page.goto(f"/joint/files/{row.pk}/")
    form = page.locator(f"#deed-{deed}")
    if form.get_attribute("open") is None:
        form.locator("> summary").click()


def fill(page: Page, deed: str, **said: str) -> None:
    for name, value in said.items():
        field = page.locator(f"[name={deed}-{name}]").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        elif field.get_attribute("type") == "radio":
            page.locator(f"[name={deed}-{name}][value={value}]").check()
        else:
            field.fill(value)


def send(page: Page, deed: str) -> None:
    with page.expect_navigation():
        page.locator(f"#deed-{deed} button.btn-primary").click()
    expect(page.locator("main, .flash").first).to_be_visible()


def done(page: Page, row: DisputeFile, deed: str, **said: str) -> None:
    begin(page, row, deed)
    fill(page, deed, **said)
    send(page, deed)


def convene(page: Page, row: DisputeFile) -> None:
    when = (now() + timedelta(days=1)).astimezone(CITY_TZ).strftime("%Y-%m-%dT%H:%M")
    seats = {"staffing": "BB", "justice": "SFJ", "observer": "SJW"}
    done(page, row, "convene", form="meeting", meets_at=when, agenda="夜间施工噪声由谁主办", place="二楼", **seats)


def test_pushed_back_and_forth_then_ruled(sign_in: SignIn, shot: Shot, cast: Cast) -> None:
    silent_directory()
    _ticket, row = disputed(cast)
    office = sign_in("supervisor")
    office.goto("/joint/")
    expect(office.locator("main")).to_contain_text("工地夜间施工噪声扰民")
    office.goto(f"/joint/files/{row.pk}/")
    expect(office.locator("main")).to_contain_text("本局没有行政处罚权")
    expect(office.locator("main")).to_contain_text("噪声属生态环境部门职责")
    assert fits(office)
    shot(office, "12-dispute")

    convene(office, row)
    expect(office.locator("main")).to_contain_text("征求会办意见")
    for who, lead in MEMBERS:
        member = sign_in(who)
        begin(member, row, "opine")
        if who == "bb_deputy":
            shot(member, "12-opinion")
        fill(member, "opine", lead=lead, opinion="查处分开，各办一段", basis="《噪声污染防治法》", signer="某某")
        send(member, "opine")
        expect(member.locator("main")).to_contain_text("查处分开，各办一段")

    begin(office, row, "conclude")
    conclusion = {"minutes": "生态环境部门受理核查，处罚由城管部门实施", "legal_basis": "《噪声污染防治法》第七十七条"}
    task = {
        "unit_1": "CGJ",
        "task_1": "对查实的违法夜间施工实施处罚",
        "order_1": "1",
        "days_1": "3",
        "after_1": "violation",
    }
    fill(office, "conclude", lead="STHJ", reusable="yes", **conclusion, **task)
    send(office, "conclude")
    for who, _lead in MEMBERS:
        done(sign_in(who), row, "agree", agrees="yes")
    leader = sign_in("team_leader")
    today = now().astimezone(CITY_TZ).date().isoformat()
    done(leader, row, "sign", signer="王副秘书长", signed_on=today)
    done(office, row, "rule")
    expect(office.locator(".jt-lead")).to_contain_text("市生态环境局")
    expect(office.locator(".jt-tasks")).to_contain_text("对查实的违法夜间施工实施处罚")
    expect(office.locator("main")).to_contain_text("今后同类照办")
    assert fits(office)
    shot(office, "12-ruled")

    # stored as a precedent; the next one is offered to ecology, and goes there by one key
    row.refresh_from_db()
    stored(cast, row, hours=None)  # the browser's clock is the machine's: it may be day
    again = cast.ticket_at(Stage.PENDING_DISPATCH, register=NOISE, at=now() - timedelta(minutes=30))
    dispatcher = sign_in("dispatcher")
    dispatcher.goto(f"/dispatch/dispatch/{again.number}/")
    first = dispatcher.locator(".suggested li").first
    expect(first).to_contain_text("市生态环境局")
    assert fits(dispatcher)
    shot(dispatcher, "12-next-time")
    with dispatcher.expect_navigation():
        first.locator("button[name=accept]").click()
    react(now())
    penalty(sign_in, shot, again)


def penalty(sign_in: SignIn, shot: Shot, ticket: Ticket) -> None:
    """Ecology finds the violation, urban management's task begins with its own clock and is reported to ecology, which
    answers once.
    """
    lead = sign_in("sthj_handler")
    acted(lead, ticket, "sign-in")
    acted(lead, ticket, "record-finding", found="violation", note="夜间监测超标，未办夜间施工手续")
    react(now())
    lead.goto(f"/tickets/{ticket.number}/")
    expect(lead.locator("main")).to_contain_text("市城管局")

    helper = sign_in("cgj_handler", narrow=True)
    helper.goto(f"/tickets/{ticket.number}/")
    expect(helper.locator("main")).to_contain_text("对查实的违法夜间施工实施处罚")
    assert fits(helper)
    shot(helper, "12-penalty-task-narrow")
    acted(helper, ticket, "report-co-task", reply="已立案，罚款三万元")

    lead.goto(f"/tickets/{ticket.number}/")
    expect(lead.locator("main")).to_contain_text("已立案，罚款三万元")
    shot(lead, "12-penalty-reported")
    acted(lead, ticket, "record-first-contact", note="已电话联系诉求人")
    said = {
        "reply": "经夜间监测查实超标，工地已停止夜间施工，城管部门已立案处罚。",
        "legal_basis": "《噪声污染防治法》",
    }
    acted(lead, ticket, "submit-reply", resolution="resolved", **said)
    acts_done = LedgerEntry.objects.filter(ticket__number=ticket.number, name="handling.replied")
    assert [entry.unit for entry in acts_done] == ["STHJ"], "the lead answers once for all"


def acted(page: Page, ticket: Ticket, act: str, **said: str) -> None:
    """One act on the ticket by its own form."""
    page.goto(f"/handling/{act}/{ticket.number}/")
    for name, value in said.items():
        field = page.locator(f"main [name={name}]").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        elif field.get_attribute("type") == "radio":
            page.locator(f"main [name={name}][value={value}]").check()
        else:
            field.fill(value)
    with page.expect_navigation():
        page.locator("main form button.btn-primary").first.click()
    expect(page.locator(".refusals, .invalid")).to_have_count(0)


def test_on_a_narrow_screen(sign_in: SignIn, shot: Shot, cast: Cast) -> None:
    _ticket, row = disputed(cast)
    unit = sign_in("cgj_head", narrow=True)
    unit.goto("/joint/")
    expect(unit.locator("main")).to_contain_text("等我处理")
    assert fits(unit)
    begin(unit, row, "state")
    fill(unit, "state", claim="噪声监测不归城管", basis="三定规定")
    assert fits(unit)
    send(unit, "state")
    expect(unit.locator("main")).to_contain_text("噪声监测不归城管")
    assert fits(unit)
    shot(unit, "12-dispute-narrow")


@pytest.mark.parametrize("narrow", [False, True])
def test_without_script(sign_in: SignIn, cast: Cast, narrow: bool) -> None:
    _ticket, row = disputed(cast)
    page = sign_in("supervisor", script=False, narrow=narrow)
    page.goto(f"/joint/files/{row.pk}/")
    page.locator("#deed-escalate > summary").click()
    page.locator("[name=escalate-reason]").fill("意见不一，久议不决")
    page.locator("#deed-escalate button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("已提请秘书长协调")
