"""A leader's instruction in a browser: recorded at a desk, read on a phone, acted on without a script."""

import re

import pytest
from playwright.sync_api import expect

from hotline.oversight.instructions.models import Instruction
from hotline.plumbing.clock import now
from hotline.rules.instructions import Deed, Status
from hotline.rules.vocabulary import CITY_TZ
from tests.browser.test_barriers import barriers
from tests.browser.test_walk import Shot, SignIn
from tests.cast import Cast
from tests.oversight.instructions.instructing import ASKED, PROPOSAL, WORDS, brought, did, leader


def test_recorded_and_proposed_at_a_desk(sign_in: SignIn, cast: Cast, shot: Shot) -> None:
    mayor = leader()
    page = sign_in("supervisor")
    page.goto("/instructions/")
    expect(page.get_by_text("没有这样的批示")).to_be_visible()
    page.get_by_role("link", name="登记批示").click()
    page.locator("[name=leader]").select_option(str(mayor.pk))
    page.locator("[name=given_on]").fill(f"{now().astimezone(CITY_TZ):%Y-%m-%d}")
    page.locator("[name=text]").fill(WORDS)
    page.locator("[name=readers]").select_option(str(cast.user("team_leader").pk))
    assert barriers(page) == []
    shot(page, "instruction-new", narrow=True)
    page.get_by_role("button", name="登记", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/instructions/\d+/$"))
    expect(page.locator("main")).to_contain_text(WORDS)
    page.locator("summary", has_text="拟办").first.click()
    page.locator("[name=propose-text]").fill(PROPOSAL)
    page.locator("form[action$='/propose/'] button.btn-primary").click()
    expect(page.locator(".sticker-strong")).to_have_text("待审定")
    assert barriers(page) == []
    shot(page, "instruction", narrow=True)
    assert Instruction.objects.get().status == "proposed"


@pytest.mark.parametrize("who", ["supervisor", "cgj_handler", "director"])
def test_the_pages_fit_a_phone(sign_in: SignIn, cast: Cast, who: str) -> None:
    row = brought(cast, Status.DISTRIBUTED)
    page = sign_in(who, narrow=True)
    places = ["/instructions/", f"/instructions/{row.pk}/"]
    places += ["/instructions/new/", "/instructions/leaders/"] if who == "supervisor" else []
    for place in places:
        page.goto(place)
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, place


def test_a_unit_reports_on_a_phone_without_a_script(sign_in: SignIn, cast: Cast) -> None:
    row = brought(cast, Status.DISTRIBUTED)
    page = sign_in("cgj_handler", narrow=True, script=False)
    page.goto(f"/instructions/{row.pk}/")
    expect(page.locator("main")).to_contain_text(ASKED["CGJ"])
    expect(page.locator("main")).not_to_contain_text(WORDS)
    page.locator("[name=report-text]").fill("已查处。")
    page.locator("form[action$='/report/'] button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("反馈办理情况")
    row.refresh_from_db()
    assert row.reported == ["CGJ"]
    assert did(cast, row, "supervisor", Deed.ACCEPT, now()).ok
