"""By keyboard alone: an account from its making through the second administrator's word to its owner's first day."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

Shot = Callable[..., None]
SignIn = Callable[..., Page]
OWN = "hefei-own-48213"


def to(page: Page, name: str, *, role: str = "link") -> None:
    """Walk with Tab to what bears that name, as somebody without a mouse does, and press it."""
    wanted = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]  # a role's name
    expect(wanted.first).to_be_visible()
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.first.evaluate("one => one === document.activeElement"):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no Tab leads to {name}")


def type_into(page: Page, name: str, words: str) -> None:
    """Walk with Tab to a field and type."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("name => document.activeElement?.name === name", name):
            page.keyboard.type(words)
            return
    raise AssertionError(f"no Tab leads to {name}")


def pick_unit(page: Page, letters: str) -> None:
    """Into the picker that follows, by pinyin initials."""
    page.keyboard.press("Tab")
    page.keyboard.type(letters)
    page.keyboard.press("Enter")


def test_from_a_new_account_to_the_first_day_at_work(
    sign_in: SignIn, shot: Shot, browser: Browser, live_server: LiveServer
) -> None:
    system = sign_in("system_admin")
    system.goto("/")
    expect(system.locator("h1")).to_have_text("人员")
    shot(system, "people-list", narrow=True)
    to(system, "新建账号")
    type_into(system, "username", "zhangsan")
    type_into(system, "full_name", "张三")
    pick_unit(system, "scgj")
    type_into(system, "staff_no", "1001")
    type_into(system, "wanted_role", "")
    for _ in range(20):
        if system.locator("[name=wanted_role]").input_value() == "unit_handler":
            break
        system.keyboard.press("ArrowDown")
    shot(system, "people-new", narrow=True)
    system.keyboard.press("Control+Enter")
    expect(system.locator("h1")).to_have_text("账号已建立")
    password = system.locator(".secret").inner_text()
    shot(system, "people-password", narrow=True)

    security = sign_in("security_admin")
    security.goto("/people/?state=awaiting")
    shot(security, "people-awaiting")
    to(security, "张三")
    expect(security.locator(".notice").first).to_contain_text("承办人")
    shot(security, "people-person-awaiting", narrow=True)
    to(security, "确认账号", role="button")
    expect(security.locator(".flash")).to_contain_text("账号已确认")
    expect(security.locator("main table").first).to_contain_text("承办人")
    shot(security, "people-person", narrow=True)

    context = browser.new_context(
        base_url=live_server.url, locale="zh-CN", extra_http_headers={"X-Hotline-Client": "127.0.0.1"}
    )
    owner = context.new_page()
    owner.goto("/accounts/login/")
    expect(owner.locator("[name=login]")).to_be_focused()
    owner.keyboard.type("zhangsan")
    type_into(owner, "password", password)
    owner.keyboard.press("Enter")
    expect(owner.locator("h1")).to_have_text("修改密码")
    expect(owner.locator(".notice")).to_contain_text("一次性密码")
    shot(owner, "people-first-sign-in")
    owner.goto("/desk/inbox/")
    expect(owner.locator("h1")).to_have_text("修改密码")
    for name, words in (("oldpassword", password), ("password1", OWN), ("password2", OWN)):
        type_into(owner, name, words)
    owner.keyboard.press("Enter")
    owner.wait_for_url("**/desk/**")
    expect(owner.locator("main")).to_contain_text("收件箱")
    context.close()

    audit = sign_in("audit_admin")
    audit.goto("/people/log/")
    expect(audit.locator("table")).to_contain_text("本人修改密码")
    expect(audit.locator("table")).to_contain_text("授予岗位")
    shot(audit, "people-log", narrow=True)
    audit.goto("/people/sign-ins/")
    expect(audit.locator("table")).to_contain_text("登录成功")
    shot(audit, "people-sign-ins", narrow=True)


def test_the_other_pages_without_script(sign_in: SignIn, shot: Shot) -> None:
    system = sign_in("system_admin", script=False)
    for address, name in (
        ("/people/import/", "people-import"),
        ("/people/system/", "people-system"),
        ("/people/roles/", "people-roles"),
        ("/units/", "units"),
        ("/units/LY/", "unit"),
        ("/units/?q=scgj", "units-found"),
        ("/people/?q=无此人", "people-none"),
    ):
        system.goto(address)
        assert system.locator("h1").count() == 1
        shot(system, name, narrow=True)
    system.goto("/people/import/")
    lines = "账号,姓名,岗位,单位\nli,李四,承办人,CGJ\nagent,甲,,NOWHERE\n"
    system.set_input_files("[name=file]", {"name": "p.csv", "mimeType": "text/csv", "buffer": lines.encode()})
    system.get_by_role("button", name="核对文件").click()
    expect(system.locator(".notice-stop")).to_contain_text("没有导入任何人")
    shot(system, "people-import-faults", narrow=True)
