"""The agent with a caller on the line: interrupted, cut off, pasting anything, going back, typing numbers any way."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.desks.drafts.models import Draft
from hotline.rules.acts.intake import WHOLE_LETTER
from hotline.tickets.models import Requester, Ticket
from tests.browser.clumsy import another_browser, fits, pasted, told
from tests.browser.test_walk import CONTENT, SignIn, number_on, pick, take_in
from tests.cast import PASSWORD, Cast

Shot = Callable[..., None]
SUBMIT = ".following footer button"
LATER = "/drafts/"


@pytest.fixture
def agent(sign_in: SignIn) -> Page:
    return sign_in("agent")


def written(page: Page, **fields: str) -> None:
    """Types as people do, and waits until the server holds it."""
    with page.expect_response(lambda answer: answer.url.endswith(LATER)):
        for name, words in fields.items():
            page.fill(f"[name={name}]", words)
    expect(page.locator(".draft-light")).to_contain_text("草稿已存")


def test_a_browser_closed_in_mid_form_loses_nothing(agent: Page, browser: Browser, shot: Shot) -> None:
    agent.goto("/intake/new/")
    agent.locator("label.choice", has_text="投诉").click()
    pick(agent, "region", "庐阳")
    written(agent, phone="13805510001", content=CONTENT)
    shot(agent, "draft-light")
    fresh = another_browser(browser, agent)
    agent.context.close()

    fresh.goto("/intake/new/")
    offer = fresh.locator("[data-offers]")
    expect(offer).to_contain_text("有一份没有提交的内容：")
    expect(offer).to_contain_text("每天晚上七点")
    assert fresh.input_value("[name=content]") == ""  # another caller's matter never fills a form by itself
    shot(fresh, "draft-offered", narrow=True)
    assert any("没有提交的内容" in said for said in told(fresh))
    fresh.get_by_role("button", name="接着填").click()
    assert fresh.input_value("[name=content]") == CONTENT
    assert fresh.input_value("[name=phone]") == "13805510001"
    assert fresh.input_value("[name=region]") == "340103"
    expect(fresh.locator("type-to-find:has([name=region]) input")).to_have_value("庐阳区")
    expect(fresh.locator("[name=request_type][value=complaint]")).to_be_checked()
    fresh.fill("[name=title]", "小区门口夜市扰民")
    pick(fresh, "category", "cgzf")
    with fresh.expect_navigation():
        fresh.locator(SUBMIT).click()
    number_on(fresh)
    fresh.goto("/intake/new/")
    fresh.wait_for_load_state("networkidle")
    expect(fresh.locator("[data-offers], [data-restored]")).to_have_count(0)
    assert not Draft.objects.exclude(typed=[]).exists()
    fresh.context.close()


def test_a_second_caller_in_mid_form_is_taken_in_first(agent: Page, shot: Shot) -> None:
    agent.goto("/intake/new/")
    written(agent, phone="13805510001", content=CONTENT)
    agent.locator(".rail a", has_text="新建受理").first.click()
    expect(agent.locator("[data-restored]")).to_contain_text("没有提交的内容，已经恢复")
    assert agent.input_value("[name=content]") == CONTENT
    shot(agent, "draft-restored", narrow=True)
    agent.get_by_role("button", name="放一边，另填一份").click()
    expect(agent.locator("[data-offers]")).to_contain_text("每天晚上七点")
    assert agent.input_value("[name=content]") == agent.input_value("[name=phone]") == ""
    take_in(agent, title="第二个来电的诉求")
    with agent.expect_navigation():
        agent.locator(SUBMIT).click()
    second = number_on(agent)

    agent.goto("/intake/new/")
    agent.get_by_role("button", name="接着填").click()
    assert agent.input_value("[name=content]") == CONTENT
    agent.locator("label.choice", has_text="投诉").click()
    agent.fill("[name=title]", "第一个来电的诉求")
    pick(agent, "region", "庐阳")
    pick(agent, "category", "cgzf")
    with agent.expect_navigation():
        agent.locator(SUBMIT).click()
    assert number_on(agent) != second
    assert set(Ticket.objects.values_list("title", flat=True)) == {"第一个来电的诉求", "第二个来电的诉求"}


def test_whoever_signed_out_in_mid_form_goes_on_after_signing_in(agent: Page) -> None:
    agent.goto("/intake/new/")
    written(agent, phone="13805510001", content=CONTENT)
    agent.goto("/accounts/logout/")
    agent.locator("main form[data-signs-out] .btn-primary").click()
    agent.wait_for_url("**/accounts/login/**")
    assert agent.evaluate("sessionStorage.length") == 0
    agent.fill("[name=login]", "agent")
    agent.fill("[name=password]", PASSWORD)
    agent.click("main form[action*=login] button")
    agent.wait_for_url("**/intake/new/")
    agent.get_by_role("button", name="接着填").click()
    assert agent.input_value("[name=content]") == CONTENT


def test_back_after_posting_gives_a_form_of_its_own(agent: Page, shot: Shot) -> None:
    take_in(agent, title="第一件")
    with agent.expect_navigation():
        agent.locator(SUBMIT).click()
    first = number_on(agent)
    agent.go_back()
    agent.wait_for_load_state("networkidle")
    assert agent.input_value("[name=title]") == ""
    expect(agent.locator("[data-restored], [data-offers]")).to_have_count(0)
    shot(agent, "intake-after-back")
    agent.fill("[name=phone]", "13900001234")
    agent.locator("label.choice", has_text="投诉").click()
    agent.fill("[name=title]", "第二件")
    agent.fill("[name=content]", "另一位来电人的另一件事。")
    pick(agent, "region", "庐阳")
    pick(agent, "category", "cgzf")
    with agent.expect_navigation():
        agent.locator(SUBMIT).click()
    assert number_on(agent) != first
    assert Ticket.objects.count() == 2


def test_the_network_goes_while_submitting(agent: Page, shot: Shot) -> None:
    take_in(agent)
    agent.context.set_offline(True)
    agent.locator(SUBMIT).click()
    expect(agent.locator("[data-trouble]")).to_contain_text("网络不通，没有提交")
    assert any("网络不通" in said for said in told(agent))
    shot(agent, "intake-offline", narrow=True)
    assert agent.input_value("[name=content]") == CONTENT
    agent.context.set_offline(False)
    expect(agent.locator("[data-trouble]")).to_have_count(0)
    with agent.expect_navigation():
        agent.locator(SUBMIT).dblclick()
    number_on(agent)
    assert Ticket.objects.count() == 1


def test_enter_held_down_makes_one_ticket(agent: Page) -> None:
    take_in(agent)
    agent.locator(SUBMIT).focus()
    for _ in range(12):
        agent.keyboard.down("Enter")
    agent.keyboard.up("Enter")
    number_on(agent)
    assert Ticket.objects.count() == 1


def test_a_forwarded_message_is_pasted_whole(agent: Page, shot: Shot) -> None:
    text = pasted(5000)
    take_in(agent, title="<b>标题</b>😀\u202e倒着\u202c " + "长" * 40)
    agent.fill("[name=content]", text)
    with agent.expect_navigation():
        agent.locator(SUBMIT).click()
    number_on(agent)
    expect(agent.locator("main")).to_contain_text("<script>alert(1)</script>")
    shot(agent, "ticket-with-pasted-text", narrow=True)
    agent.set_viewport_size({"width": 390, "height": 844})
    assert fits(agent)
    agent.goto("/tickets/")
    assert fits(agent)
    shot(agent, "list-with-pasted-title")


def test_more_than_fits_is_said_beside_the_text_and_none_of_it_is_cut(agent: Page, shot: Shot) -> None:
    text = pasted(WHOLE_LETTER + 500)
    take_in(agent)
    agent.fill("[name=content]", text)
    agent.locator(SUBMIT).click()
    expect(agent.locator(".field:has([name=content]) .error")).to_contain_text(str(WHOLE_LETTER))
    assert len(agent.input_value("[name=content]")) == len(text)
    shot(agent, "intake-too-long", narrow=True)


@pytest.mark.parametrize(
    "typed", ["+86 138-0551-0001", "１３８　０５５１　０００１", "138 0551 0001", "\u202a13805510001\u202c"]
)
def test_one_number_however_it_is_typed(agent: Page, cast: Cast, typed: str) -> None:
    cast.opened(requester={"name": "张建军", "phone": "13805510001"})
    agent.goto("/intake/new/")
    agent.fill("[name=phone]", typed)
    expect(agent.locator("#caller")).to_contain_text("在办 1 件")
    agent.fill("[name=title]", "又来电")
    agent.fill("[name=content]", "还没有处理。")
    agent.locator("label.choice", has_text="咨询").first.click()
    with agent.expect_navigation():
        agent.locator(SUBMIT).click()
    number_on(agent)
    assert set(Requester.objects.values_list("phone", flat=True)) == {"13805510001"}


def test_a_number_pasted_into_the_search_box_opens_its_ticket(agent: Page, cast: Cast) -> None:
    ticket = cast.opened()
    agent.goto("/intake/new/")
    agent.fill("#search", f"\u202a{ticket.number.lower()}\u202c\u200b ")
    agent.press("#search", "Enter")
    assert number_on(agent) == ticket.number


def test_the_language_is_switched_in_mid_form(agent: Page) -> None:
    agent.goto("/intake/new/")
    agent.fill("[name=content]", CONTENT)
    agent.get_by_role("button", name="English").click()
    expect(agent.locator("html")).to_have_attribute("lang", "en")
    assert agent.input_value("[name=content]") == CONTENT


def test_very_long_names_do_not_break_the_page(agent: Page, shot: Shot) -> None:
    take_in(agent, title="长" * 200)
    agent.fill("[name=name]", "欧阳" * 40)
    agent.fill("[name=address]", "Wuhu" * 50)
    with agent.expect_navigation():
        agent.locator(SUBMIT).click()
    number_on(agent)
    for width in (1440, 720, 390):
        agent.set_viewport_size({"width": width, "height": 450})
        assert fits(agent), width
    shot(agent, "ticket-long-names")


def test_a_photo_of_thirty_megabytes_and_files_that_are_not_what_they_say(
    agent: Page, cast: Cast, shot: Shot, tmp_path: Path
) -> None:
    ticket = cast.opened()
    big, empty, lying = tmp_path / "现场照片.jpg", tmp_path / "空.pdf", tmp_path / "合同.pdf"
    big.write_bytes(b"\xff\xd8\xff\xe0" + bytes(30 << 20))
    empty.write_bytes(b"")
    lying.write_bytes(b"MZ\x90\x00" + bytes(500))
    agent.goto(f"/tickets/{ticket.number}/attachments/")
    agent.locator("#attachments summary").click()
    agent.locator("#attachments [type=file]").set_input_files([big, empty, lying])
    agent.locator("#attachments form button.btn-primary").click()
    refused = agent.locator("#attachments .notice-stop li")
    expect(refused).to_have_count(3, timeout=60_000)
    expect(refused.nth(0)).to_contain_text("兆字节")
    expect(refused.nth(1)).to_contain_text("文件是空的")
    shot(agent, "files-refused", narrow=True)
    assert any("以下文件没有上传" in said for said in told(agent))
