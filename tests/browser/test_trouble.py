"""The server or the network fails in the middle of an act: the form stays as it is and says what to do."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Route, expect

from hotline.plumbing.clock import now
from hotline.rules.vocabulary import Stage
from tests.browser.test_walk import SignIn, act, submit
from tests.cast import Cast

BUSY = (
    '<section class="problem" role="alert" data-code="database.busy"><h1>系统繁忙</h1><p>请立即重试一次。</p></section>'
)


def _busy(route: Route) -> None:
    route.fulfill(status=503, content_type="text/html; charset=utf-8", body=BUSY)


def _cut_off(route: Route) -> None:
    route.abort("connectionfailed")


@pytest.mark.parametrize(("fails", "said"), [(_busy, "请立即重试一次。"), (_cut_off, "网络不通")])
def test_a_failed_post_keeps_the_form_and_says_what_to_do(
    sign_in: SignIn, cast: Cast, fails: Callable[[Route], None], said: str
) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, at=now() - timedelta(hours=6))
    page = sign_in("cgj_handler")
    page.goto(f"/tickets/{ticket.number}/")
    act(page, "登记办理情况")
    page.fill("[name=note]", "已到现场核查。")
    page.route("**/handling/record-progress/**", fails)
    page.locator("#panel footer .btn-primary").click()
    expect(page.locator("#trouble")).to_contain_text(said)
    assert page.input_value("[name=note]") == "已到现场核查。"
    page.unroute("**/handling/record-progress/**")
    submit(page)
    expect(page.locator(".story")).to_contain_text("已到现场核查。")
