"""An inspector's phone: photos and words survive a dead connection and a lost page; everything is large enough."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect

from hotline.oversight.supervision.visits.models import VisitPhoto
from hotline.plumbing.clock import now
from hotline.rules.vocabulary import Stage
from tests.browser.test_walk import Shot, SignIn
from tests.cast import Cast
from tests.oversight.supervision.visiting import snapshot, visit_to

AGO = timedelta(hours=30)
"""Long enough for a ticket to have walked to its end before the browser opens it."""


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path / "attachments"):
        yield


def chosen(page: Page, body: bytes, name: str) -> None:
    file: Any = {"name": name, "mimeType": "image/jpeg", "buffer": body}
    page.locator("#v-file").set_input_files(file)


def test_a_visit_on_a_bad_connection(sign_in: SignIn, shot: Shot, cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.CLOSED, at=now() - AGO)
    row = visit_to(cast, ticket, "早高峰去看")
    page = sign_in("supervisor", narrow=True)
    page.goto(f"/supervision/{row.pk}/")
    page.get_by_role("link", name="到现场核查").click()
    expect(page.locator(".visit-quiet")).to_contain_text("单位看不到这次核查")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    # the connection is dead: the photo waits in the phone, and outlasts the page
    page.route("**/visit/photos/", lambda route: route.abort())
    chosen(page, snapshot(now(), colour="green"), "门口.jpg")
    expect(page.locator("[data-queue] li")).to_contain_text("网络不通")
    for question, answer in (("反映的问题现在仍然存在", "是"), ("现场情况与单位答复一致", "否")):
        page.locator("fieldset", has_text=question).get_by_text(answer, exact=True).click()
    page.get_by_label("现场情况和理由").fill("门口仍有七个摊位占道。")
    page.locator(".visit-send").click()
    expect(page.locator("[data-said]")).to_contain_text("还有照片没有传完")
    page.reload()
    expect(page.get_by_label("现场情况和理由")).to_have_value("门口仍有七个摊位占道。")
    expect(page.locator("[data-queue] li")).to_have_count(1)

    # it comes back: the photo goes by itself, once
    page.unroute("**/visit/photos/")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(".visit-photos li")).to_have_count(1)
    expect(page.locator("[data-queue] li")).to_have_count(0)
    assert VisitPhoto.objects.count() == 1

    # a photo without its place asks for it
    chosen(page, snapshot(now(), place=False, colour="red"), "车库.jpg")
    expect(page.locator("[data-queue] li.refused")).to_contain_text("照片没有带拍摄地点")
    shot(page, "10-visit-narrow")
    page.locator("[data-queue] [name=place]").fill("地下车库入口")
    page.locator("[data-queue] [name=reason]").fill("地下没有定位")
    page.get_by_role("button", name="补充后上传").click()
    expect(page.locator(".visit-photos li")).to_have_count(2)

    # the finding: refused while its list is open, sent again when there is a connection
    page.locator(".visit-send").click()
    expect(page.locator("[data-said]")).to_contain_text("核查清单还有3项没有回答")
    for question in ("答复里承诺的措施已经落实", "有单位到过现场的迹象", "有反弹迹象"):
        page.locator("fieldset", has_text=question).get_by_text("看不出").click()
    page.get_by_text("发现问题，工单重新办理").click()
    page.route(f"**/supervision/{row.pk}/visit/", lambda route: route.abort())
    page.locator(".visit-send").click()
    expect(page.locator("[data-said]")).to_contain_text("网络不通，没有提交")
    page.unroute(f"**/supervision/{row.pk}/visit/")
    page.locator(".visit-send").click()
    page.wait_for_url(f"**/supervision/{row.pk}/")
    expect(page.locator(".flash")).to_contain_text("现场核查已登记")
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('draft:')).length") == 0
    shot(page, "11-visited-narrow")
    assert cast.seen(ticket).state.stage is Stage.REWORK


def test_a_visit_without_scripts(sign_in: SignIn, cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.CLOSED, at=now() - AGO)
    row = visit_to(cast, ticket)
    page = sign_in("supervisor", narrow=True, script=False)
    page.goto(f"/supervision/{row.pk}/visit/")
    chosen(page, snapshot(now(), place=False), "门口.jpg")
    page.get_by_label("拍摄地点（照片没有定位的填写）").fill("小区东门")
    page.get_by_label("没有定位或者时间不准的原因").fill("手机不支持定位")
    page.get_by_role("button", name="上传照片").click()
    expect(page.locator(".visit-photos li")).to_have_count(1)
    for question in page.locator(".visit-form fieldset:has(.visit-choices):not(:has(.visit-two))").all():
        question.get_by_text("看不出").click()
    page.get_by_label("没有发现问题").check(force=True)
    page.get_by_label("现场情况和理由").fill("摊点已经清走，门口通行正常。")
    page.get_by_role("button", name="登记现场核查").click()
    expect(page.locator(".flash")).to_contain_text("现场核查已登记")
