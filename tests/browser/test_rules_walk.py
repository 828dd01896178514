"""By keyboard and without script: a year's notice pasted and published by a second supervisor, a profile tried out."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from hotline.registry.calendars.queries import current_calendar
from hotline.registry.people.models import RoleGrant, User
from hotline.rules.vocabulary import Role
from tests.browser.test_people_walk import to, type_into
from tests.cast import PASSWORD, Cast
from tests.registry.test_calendar_drafts import NOTICE

Shot = Callable[..., None]
SignIn = Callable[..., Page]


@pytest.fixture
def second(cast: Cast) -> str:  # noqa: ARG001  # the roles are there
    user = User.objects.create_user("supervisor2", password=PASSWORD, full_name="方敏", unit_id="RX12345")
    RoleGrant.objects.create(user=user, role=Role.SUPERVISOR, valid_from=date(2020, 1, 1))
    return user.username


def test_a_year_is_loaded_by_two_supervisors(sign_in: SignIn, shot: Shot, second: str) -> None:
    first = sign_in("supervisor")
    first.goto("/calendar/2027/")
    expect(first.locator(".notice").first).to_contain_text("2027年放假安排")
    shot(first, "calendar-2027", narrow=True)
    to(first, "导入放假安排")
    type_into(first, "source", "国办发明电〔2026〕12号")
    type_into(first, "text", "春节：2月30日放假")
    first.keyboard.press("Control+Enter")
    expect(first.locator(".error")).to_contain_text("没有2027年2月30日这一天")
    shot(first, "calendar-notice-wrong", narrow=True)
    first.locator("[name=text]").fill(NOTICE)
    first.keyboard.press("Control+Enter")
    expect(first.locator("h1")).to_have_text("2027年放假安排")
    expect(first.locator("[data-why]")).to_contain_text("须由另一位督办人员发布")
    shot(first, "calendar-draft", narrow=True)
    address = first.url

    other = sign_in(second, script=False)
    other.goto("/notices/")
    expect(other.locator("main")).to_contain_text("办公日历有草稿等您核对发布")
    other.goto(address)
    other.get_by_role("button", name="发布", exact=True).click()
    expect(other.locator(".flash")).to_contain_text("已发布")
    assert 2027 in current_calendar().published
    auditor = sign_in("auditor")
    auditor.goto("/calendar/record/")
    expect(auditor.locator(".story")).to_contain_text("方敏")


def test_a_profile_is_drafted_and_tried_out_without_script(sign_in: SignIn, shot: Shot, second: str) -> None:
    first = sign_in("supervisor", script=False)
    first.goto("/profiles/")
    first.get_by_role("link", name="合肥市规则方案").click()
    shot(first, "profile", narrow=True)
    first.get_by_role("link", name="以此为底稿拟订新版本").click()
    first.locator("[name='effective_from']").fill("2099-01-01")
    first.locator("[name='source']").fill("讨论稿")
    first.locator("[name='limits.reply.default']").fill("七天")
    first.get_by_role("button", name="保存草稿").click()
    expect(first.locator(".error")).to_contain_text("写法不对")
    shot(first, "profile-form", narrow=True)
    first.locator("[name='limits.reply.default']").fill("5wd")
    first.get_by_role("button", name="保存草稿").click()
    expect(first.locator("h1")).to_contain_text("合肥市规则方案")
    first.get_by_role("button", name="试算").click()
    expect(first.locator("[data-would]")).to_contain_text("0 件将超期，现为 0 件")
    shot(first, "profile-draft", narrow=True)
    other = sign_in(second)
    other.goto(first.url)
    to(other, "发布", role="button")
    expect(other.locator(".flash")).to_contain_text("新版本已发布")
