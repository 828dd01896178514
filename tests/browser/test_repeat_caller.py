"""An angry repeat caller with five open tickets: one urged, two new matters, one quick note, and no mouse."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from hotline.plumbing.clock import now
from hotline.rules.call_notes import NoteKind
from hotline.rules.vocabulary import Stage
from hotline.stages.intake.models import CallNote, SameCall
from hotline.tickets.models import LedgerEntry, Ticket
from tests.browser.test_barriers import barriers
from tests.cast import REQUESTER, Cast

Shot = Callable[..., None]
SignIn = Callable[..., Page]
PHONE = REQUESTER["phone"]
OPEN = (Stage.REGISTERED, Stage.PENDING_DISPATCH, Stage.PENDING_SIGN, Stage.HANDLING, Stage.PENDING_REVIEW)
COUNT_MOUSE = """
    window.mice = 0;
    for (const kind of ["mousedown", "touchstart"]) addEventListener(kind, () => window.mice++, true);
"""


def tab_to(page: Page, selector: str, *, most: int = 60) -> None:
    """Tab until the caret stands there, as people without a mouse do."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by Tab to {selector}")


def write(page: Page, field: str, words: str) -> None:
    tab_to(page, f"[name={field}]")
    page.keyboard.type(words)


def pick(page: Page, field: str, letters: str) -> None:
    tab_to(page, f"type-to-find:has(select[name={field}]) input")
    page.keyboard.type(letters)
    page.keyboard.press("Enter")


def send(page: Page, to: str) -> None:
    with page.expect_navigation(url=to):
        page.keyboard.press("Control+Enter")


def fits_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"))


@pytest.fixture(params=[False, True], ids=["1440", "390"])
def narrow(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_an_angry_repeat_caller_without_a_mouse(cast: Cast, sign_in: SignIn, shot: Shot, *, narrow: bool) -> None:
    for days, stage in enumerate(OPEN):
        cast.ticket_at(stage, at=now() - timedelta(days=5 - days), register={"title": f"第{days + 1}次反映占道经营"})
    page = sign_in("agent", narrow=narrow)
    page.add_init_script(COUNT_MOUSE)
    name = "-narrow" if narrow else ""

    page.goto("/intake/new/")
    page.keyboard.type(PHONE)
    page.keyboard.press("Tab")
    expect(page.get_by_text("在办 5 件")).to_be_visible()
    shot(page, f"caller-five-open{name}")

    urge = _third_ticket_urged(page.context, page)
    assert LedgerEntry.objects.filter(name="ticket.urged").count() == 1
    urge.close()

    write(page, "name", REQUESTER["name"])
    tab_to(page, "[name=request_type]")
    page.keyboard.press("Space")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    write(page, "title", "地铁站口电梯停运")
    write(page, "content", "三孝口站二号口的扶梯停了两天，老人上下不便，已经打过很多次电话。")
    pick(page, "region", "庐阳")
    pick(page, "category", "dtct")
    expect(page.get_by_text("派单目录确定的主办单位")).to_be_visible()
    page.keyboard.press("Alt+u")
    expect(page.locator("[name=then][value=dispatch]")).to_be_checked()
    shot(page, f"caller-first-matter{name}")
    assert fits_the_screen(page)
    send(page, "**/tickets/*/")
    expect(page.get_by_text("查询码")).to_be_visible()
    first = page.url.rstrip("/").rsplit("/", 1)[-1]
    shot(page, f"caller-registered{name}")

    with page.expect_navigation(url="**/intake/next/*/"):
        page.keyboard.press("Alt+m")
    expect(page.locator("[name=phone]")).to_have_value(PHONE)
    page.keyboard.type("公交站牌倒了")
    write(page, "content", "长江中路公交站的站牌倒在人行道上，行人绕行。")
    page.keyboard.press("Alt+z")
    tab_to(page, "[name=note]", most=120)
    page.keyboard.type("请核实归属")
    shot(page, f"caller-second-matter{name}")
    _choose_type(page)
    send(page, "**/tickets/*/")
    expect(page.locator(".call-strip")).to_contain_text(first)
    second = page.url.rstrip("/").rsplit("/", 1)[-1]

    with page.expect_navigation(url="**/intake/quick/"):
        page.keyboard.press("Alt+q")
    page.keyboard.press("Alt+3")
    write(page, "phone", "13900001234")
    write(page, "words", "连续辱骂")
    shot(page, f"quick-note{name}")
    send(page, "**/intake/quick/")
    expect(page.get_by_text("尾号 1234")).to_be_visible()
    shot(page, f"quick-note-kept{name}")
    assert fits_the_screen(page)
    assert page.evaluate("window.mice") == 0

    assert Ticket.objects.get(number=first).lead_unit == "GDJT"
    assert Ticket.objects.get(number=second).stage == Stage.PENDING_DISPATCH
    assert set(SameCall.objects.values_list("ticket__number", "first")) == {(first, first), (second, first)}
    assert [note.kind for note in CallNote.objects.all()] == [NoteKind.NUISANCE]


def _third_ticket_urged(context: BrowserContext, page: Page) -> Page:
    """Alt+C, the ticket's number in the list, and the letter of the act: three keys."""
    page.keyboard.press("Alt+c")
    page.keyboard.press("3")
    with context.expect_page() as opened:
        page.keyboard.press("c")
    act = opened.value
    act.wait_for_load_state()
    assert "/urge/" in act.url
    write(act, "note", "来电人情绪激动，要求尽快")
    tab_to(act, "[name=by_citizen]")
    act.keyboard.press("Space")
    send(act, "**/tickets/*/")
    return act


def _choose_type(page: Page) -> None:
    """Back to the top of the form by Shift+Tab: the type of the request was forgotten."""
    for _ in range(160):
        if page.evaluate("document.activeElement?.name === 'request_type'"):
            page.keyboard.press("Space")
            return
        page.keyboard.press("Shift+Tab")
    raise AssertionError("no way back to the type")


def test_progress_is_told_after_a_check_without_script(cast: Cast, sign_in: SignIn, shot: Shot) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    page = sign_in("agent", script=False)
    page.goto(f"/intake/progress/?number={ticket.number}")
    expect(page.get_by_text("核对一致后显示")).to_be_visible()
    page.locator("[name=check][value=phone]").check(force=True)
    page.fill("[name=words]", PHONE)
    page.get_by_role("button", name="核对").click()
    expect(page.get_by_text("市城管局正在办理")).to_be_visible()
    shot(page, "progress-told")


def test_the_agents_pages_have_no_barrier(cast: Cast, sign_in: SignIn) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, at=now() - timedelta(days=1))
    page = sign_in("agent")
    page.goto("/intake/new/")
    page.keyboard.type(PHONE)
    page.keyboard.press("Tab")
    expect(page.get_by_text("在办 1 件")).to_be_visible()
    for key in ("p", "d", "b", "e"):
        page.keyboard.press(f"Alt+{key}")
        assert barriers(page) == [], key
    page.goto("/intake/quick/")
    page.keyboard.press("Alt+1")
    send(page, "**/intake/quick/")
    assert barriers(page) == []
    page.goto(f"/intake/progress/?number={ticket.number}")
    tab_to(page, "[name=check]")
    page.keyboard.press("Space")
    write(page, "words", PHONE)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("市城管局正在办理")).to_be_visible()
    assert barriers(page) == []
