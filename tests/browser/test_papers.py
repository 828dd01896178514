"""The handover paper on the screen and as it comes out of the printer: one sheet, nothing of the screen on it."""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from hotline.plumbing.clock import now
from hotline.rules import acts
from hotline.rules.vocabulary import Stage, UnitCode
from tests.cast import Cast

Shot = Callable[..., None]
SignIn = Callable[..., Page]
SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")


def test_a_paper_is_one_sheet_and_leaves_the_screen_behind(cast: Cast, sign_in: SignIn, shot: Shot) -> None:
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH, at=now() - timedelta(hours=3))
    ticket = cast.do(ticket, "agent", acts.WriteBrief(for_unit="某小区门口有占道经营，请核查处置。"))
    ticket = cast.do(
        ticket, "dispatcher", acts.Dispatch(lead_unit=UnitCode("CGJ"), note="请于三日内到现场核查并反馈。")
    )
    page = sign_in("dispatcher")
    page.goto(f"/tickets/{ticket.number}/")
    with page.context.expect_page() as tab:
        page.locator("main").get_by_role("link", name="交办单", exact=True).click()
    paper = tab.value
    expect(paper.locator("td", has_text="张建军")).to_be_visible()
    expect(paper.locator("nav button")).to_be_visible()
    assert len(SHEET.findall(paper.pdf(prefer_css_page_size=True))) == 1
    paper.get_by_role("link", name="不含诉求人信息的").click()
    expect(paper.locator("td", has_text="某小区门口有占道经营")).to_be_visible()
    expect(paper.locator("body")).not_to_contain_text("张建军")
    assert len(SHEET.findall(paper.pdf(prefer_css_page_size=True))) == 1
    paper.emulate_media(media="print")
    expect(paper.locator("nav")).to_be_hidden()
    paper.emulate_media(media="screen")
    with paper.expect_download() as down:
        paper.get_by_role("link", name="下载 Word 版").click()
    assert down.value.suggested_filename == f"交办单-{ticket.number}.docx"
    shot(paper, "handover-paper", narrow=True)
