"""外发消息: the system administrator sees how sending goes, and never to whom or what."""

from datetime import datetime

import pytest
from django.db import transaction

from hotline.plumbing.outbox.commands import queue
from hotline.plumbing.outbox.models import OutgoingMessage
from hotline.rules.vocabulary import Role
from tests.cast import PEOPLE, Cast
from tests.visits import at, latin, signed_in

pytestmark = pytest.mark.django_db
PHONE, WORDS = "13855501234", "您反映的事项已受理"
OTHERS = sorted({person.username for person in PEOPLE if person.role is not Role.SYSTEM_ADMIN})


def put(now: datetime, key: str = "k", **state: object) -> OutgoingMessage:
    with transaction.atomic():
        number = queue(
            channel="sms", to=PHONE, subject="", body=WORDS, about="34010020260317", key=key, not_before=None, now=now
        )
    if state:
        OutgoingMessage.objects.filter(pk=number).update(**state)
    return OutgoingMessage.objects.get(pk=number)


def failed(now: datetime) -> OutgoingMessage:
    return put(now, state="failed", attempts=6, ended_at=now, reason="unreachable", error="ConnectionRefusedError")


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_comes_near(cast: Cast, now: datetime, who: str):
    row = failed(now)
    person = signed_in(cast, who)
    assert person.get("/messages/").status_code == 403
    assert person.post(f"/messages/{row.pk}/resend/").status_code == 403
    assert person.post(f"/messages/{row.pk}/cancel/").status_code == 403
    row.refresh_from_db()
    assert row.state == "failed"


def test_failed_ones_are_shown_first_with_a_reason_and_without_personal_data(cast: Cast, now: datetime):
    failed(now)
    with at(now):
        page = signed_in(cast, "system_admin").get("/messages/").content.decode()
    assert "连接不上对方，请检查网络后重发" in page
    assert PHONE not in page
    assert WORDS not in page
    assert latin(page) == set()


def test_the_number_with_which_it_was_refused_is_told(cast: Cast, now: datetime):
    put(now, state="failed", attempts=1, ended_at=now, reason="refused", error="401")
    with at(now):
        assert "应答 401" in signed_in(cast, "system_admin").get("/messages/").content.decode()


def test_an_administrator_sends_again_or_cancels(cast: Cast, now: datetime):
    row = failed(now)
    admin = signed_in(cast, "system_admin")
    with at(now):
        done = admin.post(f"/messages/{row.pk}/resend/", follow=True).content.decode()
        assert "消息已重新排队发送。" in done
        row.refresh_from_db()
        assert (row.state, row.attempts) == ("waiting", 0)
        assert "消息已取消，不再发送。" in admin.post(f"/messages/{row.pk}/cancel/", follow=True).content.decode()
        row.refresh_from_db()
        assert (row.state, row.to, row.body) == ("cancelled", "", "")
        assert "不能取消" in admin.post(f"/messages/{row.pk}/cancel/", follow=True).content.decode()
        assert "没有编号为" in admin.post(f"/messages/{2**70}/resend/", follow=True).content.decode()


def test_what_was_cleared_offers_no_resend(cast: Cast, now: datetime):
    row = failed(now)
    OutgoingMessage.objects.update(to="")
    with at(now):
        page = signed_in(cast, "system_admin").get("/messages/").content.decode()
    assert f"/messages/{row.pk}/resend/" not in page
    assert f"/messages/{row.pk}/cancel/" in page


@pytest.mark.parametrize("state", ["waiting", "sending", "failed", "sent", "cancelled", "nonsense"])
def test_each_tab_has_its_empty_state(cast: Cast, state: str):
    page = signed_in(cast, "system_admin").get("/messages/", {"state": state})
    assert page.status_code == 200
    assert "empty-state" in page.content.decode()


def test_it_pages_by_key(cast: Cast, now: datetime):
    for number in range(55):
        put(now, key=f"k{number}")
    admin = signed_in(cast, "system_admin")
    with at(now):
        first = admin.get("/messages/?state=waiting").content.decode()
        after = first.split('rel="next" href="?')[1].split('"')[0].replace("&amp;", "&")
        second = admin.get(f"/messages/?{after}").content.decode()
    assert first.count('class="c-number"') == 50
    assert second.count('class="c-number"') == 5


def test_the_way_there_stands_in_the_rail(cast: Cast):
    assert 'href="/messages/"' in signed_in(cast, "system_admin").get("/notices/").content.decode()
    assert 'href="/messages/"' not in signed_in(cast, "supervisor").get("/notices/").content.decode()
