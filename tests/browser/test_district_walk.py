"""The district's desk by keyboard: second dispatch, the street's report, taken over into the reply; and a phone."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from hotline.plumbing.clock import now
from hotline.rules.vocabulary import Stage
from tests.browser.test_barriers import barriers
from tests.browser.test_walk import Shot, SignIn
from tests.cast import Cast

AGO = timedelta(hours=6)


def press_act(page: Page, title: str) -> None:
    """The key that stands on an act's button."""
    button = page.locator(f".acts .act:has-text('{title}')").first
    expect(button).to_be_visible()
    key = button.get_attribute("data-key")
    assert key, f"{title} has no key"
    page.keyboard.press(key)


def send(page: Page) -> None:
    page.keyboard.press("Control+Enter")
    expect(page.locator("#panel form")).to_have_count(0)


def open_first(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tickets/**")


def test_a_district_passes_work_on_and_takes_the_report_over_by_keyboard(
    sign_in: SignIn, shot: Shot, cast: Cast
) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, lead="LY", at=now() - AGO)
    desk = sign_in("ly_dispatcher")
    desk.goto("/handling/district/new/")
    expect(desk.locator("a[aria-current=page] em")).to_have_text("1")
    shot(desk, "30-district-new")
    open_first(desk)
    press_act(desk, "二次派单")
    expect(desk.locator("#panel .below")).to_contain_text("市级时限")
    expect(desk.locator("#panel :focus")).to_have_count(1)
    desk.locator("type-to-find:has(select[name=to_unit]) input").focus()
    desk.keyboard.type("三孝口")
    desk.keyboard.press("Enter")
    shot(desk, "31-district-delegate")
    send(desk)

    street = sign_in("street_handler")
    street.goto("/handling/given/")
    expect(street.locator(".c-due").first).to_contain_text("到期")
    open_first(street)
    press_act(street, "下级签收")
    expect(street.locator(".story")).to_contain_text("下级已签收")
    press_act(street, "上报办理结果")
    expect(street.locator("#panel :focus")).to_have_count(1)
    street.locator("#panel [name=reply]").focus()
    street.keyboard.type("摊点已经清走，已安排早间值守。")
    send(street)

    desk.goto("/handling/district/review/")
    assert barriers(desk) == []
    shot(desk, "32-district-review")
    open_first(desk)
    press_act(desk, "提交答复")
    expect(desk.locator("#panel [name=reply]")).to_have_value("摊点已经清走，已安排早间值守。")
    desk.locator("#panel [name=resolution]").first.focus()
    desk.keyboard.press("Space")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".way .now")).to_have_text("待签批")
    assert ticket.number in desk.url


def test_the_desk_fits_a_phone(sign_in: SignIn, cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, lead="LY", at=now() - AGO)
    page = sign_in("ly_dispatcher", narrow=True)
    page.goto("/handling/district/new/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_text(ticket.number).first).to_be_visible()
