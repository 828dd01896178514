"""Files in a real browser: beside a half-typed reply, refused, opened in a tab, without script, and on a phone."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import FilePayload, Page, expect

from hotline.plumbing.clock import now
from hotline.rules.vocabulary import Stage
from tests.cast import Cast, Ticket
from tests.uploads import HTML, PDF, photo

Shot = Callable[..., None]
SignIn = Callable[..., Page]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[None]:
    """Files lie in a folder of this test's own."""
    with override_settings(MEDIA_ROOT=tmp_path / "attachments"):
        yield


def file(name: str, body: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": body}


def ticket_with_unit(cast: Cast) -> Ticket:
    return cast.ticket_at(Stage.HANDLING, at=now() - timedelta(hours=3))


def upload(page: Page, *files: FilePayload) -> None:
    form = page.locator("#attachments form")
    if not form.is_visible():
        page.locator("#attachments summary").click()
    form.locator("[type=file]").set_input_files(list(files))
    form.locator("button.btn-primary").click()


def test_proof_goes_up_beside_a_reply_that_is_being_typed(cast: Cast, sign_in: SignIn, shot: Shot) -> None:
    ticket = ticket_with_unit(cast)
    page = sign_in("cgj_handler")
    page.goto(f"/tickets/{ticket.number}/")
    page.locator(".acts .act", has_text="提交答复").first.click()
    page.fill("#panel [name=reply]", "经现场核查，占道摊点已全部清理。")
    upload(page, file("现场.jpg", photo()), file("页面.html", HTML))
    expect(page.locator("#attachments [data-code='upload.kind_refused']")).to_contain_text("页面.html")
    expect(page.locator("#attachments .file-name")).to_have_text(["现场.jpg"])
    upload(page, file("记录.pdf", PDF))
    expect(page.locator("#attachments [role=status]")).to_have_text("已上传 1 个附件。")
    assert page.input_value("#panel [name=reply]") == "经现场核查，占道摊点已全部清理。"
    page.locator("#panel label.choice", has_text="已解决").first.click()
    with page.expect_navigation():
        page.locator("#panel form footer .btn-primary").click()
    expect(page.locator(".flash").first).to_contain_text("已完成")
    expect(page.locator("#attachments .file-name")).to_have_text(["现场.jpg", "记录.pdf"])
    shot(page, "attachments", narrow=True)


def test_a_picture_opens_in_a_tab_of_its_own_and_is_removed_with_a_reason(cast: Cast, sign_in: SignIn) -> None:
    ticket = ticket_with_unit(cast)
    page = sign_in("cgj_handler")
    page.goto(f"/tickets/{ticket.number}/attachments/")
    upload(page, file("现场.jpg", photo()))
    with page.context.expect_page() as tab:
        page.locator(".file-name").click()
    opened = tab.value
    opened.wait_for_load_state()
    size = opened.evaluate("[document.images[0].naturalWidth, document.images[0].naturalHeight]")
    assert size == [64, 40]
    page.locator(".file-remove").click()
    page.fill("[name=reason]", "拍错了地方")
    page.locator("main .btn-primary").click()
    expect(page.locator(".file-list")).to_contain_text("还没有附件。")


def test_everything_works_without_script(cast: Cast, sign_in: SignIn) -> None:
    ticket = ticket_with_unit(cast)
    page = sign_in("cgj_handler", script=False)
    page.goto(f"/tickets/{ticket.number}/")
    page.locator("#attachments a").click()
    upload(page, file("现场.jpg", photo()))
    expect(page.locator(".file-name")).to_have_text(["现场.jpg"])
