"""签批 by keyboard: a return is written, a stand-in signs for the section head, the deputy sends it to the office."""

from datetime import timedelta

from playwright.sync_api import expect

from hotline.plumbing.clock import now
from hotline.registry.people.absences import Away, name_stand_in
from hotline.rules import acts
from hotline.rules.vocabulary import CITY_TZ, Stage
from tests.browser.test_barriers import barriers
from tests.browser.test_district_walk import open_first, press_act, send
from tests.browser.test_walk import Shot, SignIn
from tests.cast import Cast

AGO = timedelta(hours=2)


def test_a_return_is_signed_by_a_stand_in_and_the_deputy(sign_in: SignIn, shot: Shot, cast: Cast) -> None:
    cast = Cast(today=now().astimezone(CITY_TZ).date())
    ticket = cast.ticket_at(Stage.HANDLING, at=now() - AGO)
    back = acts.RequestReturn(reason="not_competent", legal_basis="三定规定第七条", evidence="现场照片两张")
    cast.do(ticket, "cgj_handler", back, at=now() - timedelta(minutes=30))
    number = ticket.number

    office = sign_in("dispatcher")
    office.goto(f"/tickets/{number}/")
    expect(office.locator(".story")).not_to_contain_text("起草退单")

    section = sign_in("cgj_section")
    section.goto("/handling/absence/")
    assert barriers(section) == []
    section.locator("[name=stand_in]").focus()
    section.keyboard.press("ArrowDown")  # the first of the unit's people is its head
    section.locator("[name=last]").focus()
    section.locator("[name=last]").fill(str(cast.today + timedelta(days=3)))
    section.locator("[name=reason]").focus()
    section.keyboard.type("年休假")
    section.keyboard.press("Enter")
    expect(section.locator("main")).to_contain_text("代签中")
    shot(section, "33-absence")

    head = sign_in("cgj_head")
    head.goto("/desk/sign-off/")
    expect(head.locator(".stands-in")).to_contain_text("您正代孙丽华（科室负责人）签批")
    expect(head.locator("a[aria-current=page] em")).to_have_text("1")
    shot(head, "34-sign-off")
    open_first(head)
    expect(head.locator(".lies")).to_contain_text("三定规定第七条")
    shot(head, "35-return-to-sign")
    press_act(head, "签批")
    expect(head.locator("#panel :focus")).to_have_count(1)
    send(head)

    office.reload()
    expect(office.locator(".way .now")).to_have_text("退单待审核")
    expect(office.locator(".story")).to_contain_text("已起草退单")


def test_a_stand_in_signs_one_step_and_the_next_is_the_deputys(sign_in: SignIn, cast: Cast) -> None:
    today = now().astimezone(CITY_TZ).date()
    cast = Cast(today=today)
    ticket = cast.ticket_at(Stage.HANDLING, at=now() - AGO)
    ticket = cast.do(
        ticket,
        "cgj_handler",
        acts.RequestExtension(days=5, reason="expert", explanation="需要检测", legal_basis="检测规程"),
        at=now() - timedelta(minutes=30),
    )
    away = Away(today, today + timedelta(days=3), "公出")
    done = name_stand_in(stand_in=cast.user("cgj_deputy").pk, away=away, actor=cast.actor("cgj_section"), now=now())
    assert done.ok
    deputy = sign_in("cgj_deputy")
    deputy.goto("/desk/sign-off/")
    open_first(deputy)
    press_act(deputy, "签批")
    expect(deputy.locator("#panel :focus")).to_have_count(1)
    send(deputy)
    expect(deputy.locator(".story")).to_contain_text("已申请延期")
    expect(deputy.locator(".lies")).to_have_count(0)
