"""Administrators, director, auditor, and the keepers of the knowledge base: in a hurry, twice, too late."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hotline.plumbing.clock import now, today
from hotline.registry.people.models import RoleGrant, User
from hotline.registry.people.roles import confirm_account
from hotline.rules.vocabulary import Stage
from tests.browser.clumsy import fits, told
from tests.browser.test_walk import SignIn, pick
from tests.cast import PASSWORD, Cast

Shot = Callable[..., None]
SEND = "main form.act-form footer .btn-primary"


def filled(page: Page, username: str, name: str = "张三", phone: str = "") -> None:
    page.goto("/people/new/")
    page.fill("[name=username]", username)
    page.fill("[name=full_name]", name)
    page.fill("[name=phone]", phone)
    pick(page, "unit", "scgj")


def test_a_new_account_is_sent_twice_and_its_password_is_not_lost(sign_in: SignIn) -> None:
    page = sign_in("system_admin")
    filled(page, "zhangsan", phone="+86 138-0551-0001")
    page.locator(SEND).dblclick()
    expect(page.locator("h1")).to_have_text("账号已建立")
    expect(page.locator(".secret")).not_to_be_empty()
    assert User.objects.get(username="zhangsan").phone == "13805510001"


@pytest.mark.parametrize("name", ["cgj_handler", "ｚｈａｎｇ", "张三", "a", "zhang san", "<b>x</b>"])
def test_an_account_name_that_does_not_do(sign_in: SignIn, shot: Shot, name: str) -> None:
    page = sign_in("system_admin")
    filled(page, name, name="欧阳娜娜")
    page.locator(SEND).click()
    expect(page.locator(".field:has([name=username]) .error")).to_be_visible()
    assert page.input_value("[name=username]") == name
    assert page.input_value("[name=full_name]") == "欧阳娜娜"
    assert any(told(page, ".error"))
    expect(page.locator("[name=username]")).to_be_focused()
    shot(page, "account-name-refused", narrow=True)


def test_back_after_the_password_makes_no_second_account(sign_in: SignIn) -> None:
    page = sign_in("system_admin")
    filled(page, "lisi", name="李四")
    page.locator(SEND).click()
    expect(page.locator("h1")).to_have_text("账号已建立")
    page.go_back()
    expect(page.locator("[name=username]")).to_have_value("")
    assert User.objects.filter(username="lisi").count() == 1


def test_the_sign_in_ends_under_a_new_account(sign_in: SignIn) -> None:
    page = sign_in("system_admin")
    filled(page, "wangwu", name="王五")
    page.context.clear_cookies(name="hotline_session")
    page.locator(SEND).click()
    page.wait_for_url("**/accounts/login/**")
    page.fill("[name=login]", "system_admin")
    page.fill("[name=password]", PASSWORD)
    page.click("main form[action*=login] button")
    page.wait_for_url("**/people/new/")
    assert not User.objects.filter(username="wangwu").exists()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("空.csv", b""),
        ("照片.csv", b"\xff\xd8\xff\xe0" + bytes(2000)),
        ("乱码.csv", "姓名,账号\n张三,zs\n".encode("utf-16")),
        ("别的表.csv", "日期,数量\n2026-02-30,５\n".encode()),
    ],
)
def test_a_file_that_is_no_roster(sign_in: SignIn, shot: Shot, tmp_path: Path, name: str, body: bytes) -> None:
    page = sign_in("system_admin")
    file = tmp_path / name
    file.write_bytes(body)
    people = User.objects.count()
    page.goto("/people/import/")
    page.locator("[type=file]").set_input_files(file)
    page.locator("main form .btn-primary").first.click()
    expect(page.locator("main .notice-stop, main .error").first).to_be_visible()
    assert told(page)
    shot(page, "import-refused", narrow=True)
    assert User.objects.count() == people


@pytest.mark.parametrize(("first", "last"), [("2026-12-01", "2026-11-01"), ("2020-01-01", "2020-02-01")])
def test_a_role_that_ends_before_it_begins(sign_in: SignIn, cast: Cast, shot: Shot, first: str, last: str) -> None:
    page = sign_in("security_admin")
    person = cast.user("sthj_handler").pk
    page.goto(f"/people/{person}/grant/")
    page.locator("[name=role]").select_option("section_head")
    page.fill("[name=valid_from]", first)
    page.fill("[name=valid_to]", last)
    page.locator(SEND).click()
    expect(page.locator(".error, .notice-stop").first).to_be_visible()
    assert page.input_value("[name=valid_to]") == last
    assert told(page)
    shot(page, "grant-refused", narrow=True)
    assert not RoleGrant.objects.filter(user_id=person, role="section_head").exists()


def test_two_security_administrators_confirm_one_account(sign_in: SignIn, cast: Cast, shot: Shot) -> None:
    system = sign_in("system_admin")
    filled(system, "zhaoliu", name="赵六")
    system.locator(SEND).click()
    expect(system.locator("h1")).to_have_text("账号已建立")
    fresh = User.objects.get(username="zhaoliu")
    page = sign_in("security_admin")
    page.goto(f"/people/{fresh.pk}/")
    RoleGrant.objects.create(user=cast.user("supervisor"), role="security_admin", valid_from=date(2020, 1, 1))
    cast._players.clear()
    assert confirm_account(person=fresh.pk, actor=cast.actor("supervisor"), now=now()).ok
    page.get_by_role("button", name="确认账号").click()
    expect(page.locator(".notice-stop").first).to_be_visible()
    assert told(page)
    shot(page, "confirmed-already", narrow=True)


def test_an_administrator_follows_a_link_to_a_ticket(sign_in: SignIn, cast: Cast, shot: Shot) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, at=now() - timedelta(hours=6))
    for who in ("system_admin", "security_admin", "audit_admin"):
        page = sign_in(who)
        page.goto(f"/tickets/{ticket.number}/")
        expect(page.locator(".problem")).to_contain_text("或者您无权查看")
        assert "张建军" not in page.content()
    shot(page, "administrator-and-ticket", narrow=True)


@pytest.mark.parametrize("number", ["", "没有", "' OR 1=1 --", "３４０１", "9" * 400])
def test_the_auditor_asks_for_a_ticket_that_is_none(sign_in: SignIn, shot: Shot, number: str) -> None:
    page = sign_in("auditor")
    page.goto("/overview/ledger/")
    page.fill("[name=number]", number)
    page.locator("[name=number]").press("Enter")
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").count() == 1
    assert fits(page)
    shot(page, "ledger-no-ticket", narrow=True)


def test_the_director_changes_nothing_by_any_address(sign_in: SignIn, cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH, at=now() - timedelta(hours=6))
    page = sign_in("director")
    page.goto(f"/dispatch/dispatch/{ticket.number}/")
    assert not page.locator("main form .btn-primary").count()
    expect(page.locator(".notice-stop")).to_contain_text("您的岗位不能办理")


def test_a_knowledge_item_is_interrupted(sign_in: SignIn, shot: Shot) -> None:
    page = sign_in("cgj_handler")
    page.goto("/knowledge/new/")
    pick(page, "unit", "cgj")
    page.fill("[name=title]", "商户占道经营举报")
    page.fill("[name=answer]", "请说明路名和门牌。")
    page.context.clear_cookies(name="hotline_session")
    page.locator(SEND).click()
    page.wait_for_url("**/accounts/login/**")
    page.fill("[name=login]", "cgj_handler")
    page.fill("[name=password]", PASSWORD)
    page.click("main form[action*=login] button")
    page.wait_for_url("**/knowledge/new/")
    assert page.input_value("[name=answer]") == "请说明路名和门牌。"
    shot(page, "knowledge-restored", narrow=True)
    page.locator(SEND).dblclick()
    expect(page.locator(".flash")).to_contain_text("草稿已保存")
    page.goto("/knowledge/new/")
    page.wait_for_load_state("networkidle")
    assert page.input_value("[name=answer]") == ""


def test_a_role_ends_at_midnight_with_the_page_open(sign_in: SignIn, cast: Cast, shot: Shot) -> None:
    """The security administrator's own page says it when the role is gone."""
    page = sign_in("security_admin")
    person = cast.user("sthj_handler").pk
    page.goto(f"/people/{person}/grant/")
    page.locator("[name=role]").select_option("section_head")
    RoleGrant.objects.filter(user=cast.user("security_admin")).update(valid_to=today())
    page.locator(SEND).click()
    expect(page.locator(".problem")).to_be_visible()
    shot(page, "administrator-role-ended", narrow=True)
    assert not RoleGrant.objects.filter(user_id=person, role="section_head").exists()
