"""The dispatcher works through the desk without leaving the list and without a mouse; ticks, focus and the open ticket
outlive a live exchange; and a list says when there is nothing, nothing that fits, or nothing for this person.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from hotline.plumbing.clock import now
from hotline.rules import acts
from hotline.rules.vocabulary import Stage, UnitCode, Urgency
from tests.browser.test_barriers import barriers
from tests.cast import Cast, Ticket

Shot = Callable[..., None]
SignIn = Callable[..., Page]
TITLES = (
    "长江中路小区门口夜市扰民",
    "逍遥津公园北侧路灯不亮",
    "三孝口地铁口共享单车乱停放",
    "长江中路小区门口烧烤摊占道",
    "杏花社区化粪池外溢无人处理",
    "四里河路夜间渣土车噪声大",
)


@pytest.fixture
def waiting(cast: Cast) -> list[Ticket]:
    """Six tickets at the dispatch desk, the third of them critical."""
    at = now() - timedelta(hours=2)
    return [
        cast.ticket_at(
            Stage.PENDING_DISPATCH,
            at=at + timedelta(minutes=n),
            register={"title": title, "urgency": Urgency.CRITICAL if n == 2 else Urgency.ORDINARY},
        )
        for n, title in enumerate(TITLES)
    ]


def open_number(page: Page) -> str:
    """The number of the ticket in the pane."""
    return page.locator("#preview .preview-ticket").get_attribute("data-number") or ""


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def dispatch_by_keys(page: Page, typed: str) -> None:
    """The first act of the pane, the unit by its letters, and done."""
    page.keyboard.press("1")
    expect(page.locator("#panel form")).to_be_visible()
    expect(page.locator("#panel .find input").first).to_be_focused()
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator(".flash")).to_contain_text("已完成")


def test_five_tickets_without_a_mouse_and_without_leaving_the_list(
    sign_in: SignIn, cast: Cast, waiting: list[Ticket], shot: Shot
) -> None:
    page = sign_in("dispatcher")
    page.goto("/desk/dispatch/")
    shot(page, "lists-1-desk", narrow=True)
    page.keyboard.press("j")
    order = [waiting[2], waiting[0], waiting[1], *waiting[3:]]
    expect(page.locator("#preview h2")).to_have_text(TITLES[2])
    shot(page, "lists-2-preview")
    assert barriers(page) == []
    for place, ticket in enumerate(order[:5]):
        assert open_number(page) == ticket.number
        assert focused(page) == ticket.number
        expect(page.locator("[data-list] a[aria-current]")).to_have_text(ticket.number)
        if place == 1:
            page.keyboard.press("1")
            expect(page.locator("#panel form")).to_be_visible()
            shot(page, "lists-3-act")
            page.keyboard.press("Escape")
            expect(page.locator("#panel form")).to_have_count(0)
            assert focused(page) == ticket.number
        dispatch_by_keys(page, "scgj")
        assert page.url.split("?")[0].endswith("/desk/dispatch/")
    assert open_number(page) == order[5].number
    assert [cast.seen(ticket).state.lead_unit for ticket in order[:5]] == ["CGJ"] * 5
    assert cast.seen(order[5]).state.stage is Stage.PENDING_DISPATCH


def test_the_pane_has_an_address_survives_a_reload_and_closes(
    sign_in: SignIn, waiting: list[Ticket], shot: Shot
) -> None:
    page = sign_in("dispatcher")
    page.goto("/desk/dispatch/?order=oldest")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#preview h2")).to_have_text(TITLES[1])
    expect(page).to_have_url(re.compile(rf"at={waiting[1].number}"))
    expect(page.locator("[data-said]")).to_contain_text(TITLES[1])
    page.reload()
    expect(page.locator("#preview h2")).to_have_text(TITLES[1])
    page.keyboard.press("k")
    expect(page.locator("#preview h2")).to_have_text(TITLES[0])
    page.keyboard.press("Escape")
    expect(page.locator("#preview .preview-ticket")).to_have_count(0)
    assert "at=" not in page.url
    assert focused(page) == waiting[0].number
    page.get_by_role("link", name=waiting[3].number).click()
    expect(page.locator("#preview h2")).to_have_text(TITLES[3])
    page.set_viewport_size({"width": 1280, "height": 800})
    shot(page, "lists-4-at-1280")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tickets/{waiting[3].number}/")


def test_on_a_phone_a_row_opens_the_ticket_s_page(sign_in: SignIn, waiting: list[Ticket]) -> None:
    page = sign_in("dispatcher", narrow=True)
    page.goto("/desk/dispatch/")
    page.get_by_role("link", name=waiting[0].number).click()
    page.wait_for_url(f"**/tickets/{waiting[0].number}/")


def test_several_are_ticked_and_sent_by_keys_and_what_is_refused_stays_ticked(
    sign_in: SignIn, cast: Cast, waiting: list[Ticket], shot: Shot
) -> None:
    page = sign_in("dispatcher")
    page.goto("/desk/dispatch/?order=oldest")
    for _ in range(3):
        page.keyboard.press("j")
        page.keyboard.press(" ")
    expect(page.locator("[data-bulk] [data-count]")).to_have_text("3 件已勾选")
    expect(page.locator("#preview h2")).to_have_text(TITLES[2])
    page.keyboard.press("b")
    expect(page.locator(".bulk-line")).to_have_count(3)
    expect(page.locator("#preview .find input").first).to_be_focused()
    cast.do(waiting[1], "dispatcher", acts.Dispatch(lead_unit=UnitCode("STHJ")), at=now())
    page.keyboard.type("scgj")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".bulk-form .notice").first).to_contain_text("已办 2 件")
    expect(page.locator(".bulk-line input:checked")).to_have_count(1)
    expect(page.locator(".bulk-line .error")).to_be_visible()
    expect(page.locator("[data-list] tbody tr")).to_have_count(3)
    assert cast.seen(waiting[0]).state.lead_unit == "CGJ"
    shot(page, "lists-6-bulk-refused")
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#preview form")).to_have_count(0)


def test_alike_tickets_go_together(sign_in: SignIn, cast: Cast, waiting: list[Ticket], shot: Shot) -> None:
    page = sign_in("dispatcher")
    page.goto("/desk/dispatch/?order=oldest")
    page.keyboard.press("j")
    expect(page.locator("#preview h2")).to_have_text(TITLES[0])
    page.keyboard.press("a")
    expect(page.locator(".bulk-line").first).to_contain_text(TITLES[0])
    page.locator(".bulk-line", has_text=TITLES[3]).locator("input[type=checkbox]").check()
    shot(page, "lists-7-alike")
    page.locator("#preview .find input").first.fill("scgj")
    page.keyboard.press("Enter")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator(".flash")).to_contain_text("2 件工单")
    assert {cast.seen(waiting[n]).state.lead_unit for n in (0, 3)} == {"CGJ"}


def test_ticks_focus_pane_and_typed_words_outlive_a_live_exchange(
    sign_in: SignIn, cast: Cast, waiting: list[Ticket]
) -> None:
    page = sign_in("dispatcher")
    page.goto("/desk/dispatch/?order=oldest")
    page.keyboard.press("j")
    page.keyboard.press(" ")
    expect(page.locator("#preview h2")).to_have_text(TITLES[0])
    page.keyboard.press("1")
    expect(page.locator("#panel form")).to_be_visible()
    page.fill("#panel [name=note]", "请当晚见效")
    cast.do(waiting[5], "dispatcher", acts.Dispatch(lead_unit=UnitCode("STHJ")), at=now())
    page.evaluate("refresh()")
    expect(page.locator("[data-list] tbody tr")).to_have_count(5)
    expect(page.locator("[data-list] [name=ticket]:checked")).to_have_count(1)
    expect(page.locator("[data-bulk] [data-count]")).to_have_text("1 件已勾选")
    expect(page.locator("#panel [name=note]")).to_have_value("请当晚见效")
    expect(page.locator("#panel [name=note]")).to_be_focused()
    cast.do(waiting[0], "dispatcher", acts.Dispatch(lead_unit=UnitCode("STHJ")), at=now())
    page.evaluate("refresh()")
    expect(page.locator("[data-moved-on]")).to_contain_text("已不在本列表")
    expect(page.locator("#panel [name=note]")).to_have_value("请当晚见效")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("#preview h2")).to_have_text(TITLES[1])
    page.evaluate("refresh()")
    expect(page.locator("[data-list] .c-number a", has_text=waiting[1].number)).to_be_focused()


def test_filters_by_keys_kept_as_a_tab(sign_in: SignIn, waiting: list[Ticket], shot: Shot) -> None:
    del waiting
    page = sign_in("dispatcher")
    page.goto("/desk/dispatch/")
    page.keyboard.press("f")
    expect(page.locator(".filter-form")).to_be_visible()
    page.select_option(".filter-form [name=urgency]", "critical")
    shot(page, "lists-8-filters", narrow=True)
    assert barriers(page) == []
    page.locator(".filter-form footer button").press("Enter")
    page.wait_for_url("**urgency=critical**")
    assert "type=" not in page.url
    expect(page.locator("[data-list] tbody tr")).to_have_count(1)
    page.locator(".keep > summary").press("Enter")
    page.fill("#view-name", "特急件")
    page.keyboard.press("Enter")
    expect(page.locator(".tabs a[aria-current]")).to_contain_text("特急件")
    expect(page.locator(".tabs a[aria-current] em")).to_have_text("1")
    shot(page, "lists-9-tab", narrow=True)
    page.goto("/views/")
    shot(page, "lists-10-views", narrow=True)
    assert barriers(page) == []


def test_nothing_there_nothing_that_fits_and_nothing_for_this_person(sign_in: SignIn, shot: Shot) -> None:
    page = sign_in("dispatcher")
    page.goto("/desk/dispatch/")
    expect(page.get_by_text("这里没有等您处理的工单")).to_be_visible()
    shot(page, "lists-11-empty")
    page.goto("/desk/dispatch/?urgency=critical&type=nonsense")
    expect(page.get_by_text("没有符合条件的工单")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("无法识别")
    shot(page, "lists-12-no-match")
    unit = sign_in("cgj_handler")
    answer = unit.goto("/desk/dispatch/")
    assert answer is not None
    assert answer.status == 403


def test_without_script_ticks_post_and_rows_lead_to_their_pages(
    sign_in: SignIn, cast: Cast, waiting: list[Ticket]
) -> None:
    page = sign_in("dispatcher", script=False)
    page.goto("/desk/dispatch/?order=oldest")
    for ticket in waiting[:2]:
        page.check(f"[name=ticket][value='{ticket.number}']")
    page.get_by_role("button", name="批量转办").click()
    page.select_option("[name=lead_unit]", "CGJ")
    page.locator(".bulk-form footer button").click()
    expect(page.locator(".flash")).to_contain_text("2 件工单")
    assert {cast.seen(ticket).state.lead_unit for ticket in waiting[:2]} == {"CGJ"}
    page.goto(f"/desk/dispatch/?at={waiting[2].number}")
    expect(page.locator("#preview h2")).to_have_text(TITLES[2])
