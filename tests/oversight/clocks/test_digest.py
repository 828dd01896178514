"""The morning's digest: one message for each address of a unit, one notice for each of its people, none twice."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from hotline.oversight.clocks.digest import send_digests
from hotline.oversight.notices.models import Notice
from hotline.plumbing.outbox.models import OutgoingMessage
from hotline.registry.duty.models import UnitAddress
from hotline.rules import acts
from hotline.rules.digest import Morning, long, short
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ, Stage, UnitCode
from hotline.tickets.mornings import mornings
from tests.cast import Cast
from tests.visits import at, latin, said, signed_in

pytestmark = pytest.mark.django_db
NEXT = datetime(2026, 3, 18, 8, 0, tzinfo=CITY_TZ)
"""The morning after the tickets were taken in."""


def address(unit: str, channel: str, to: str) -> None:
    UnitAddress.objects.create(unit=unit, channel=channel, to=to, made_by="1", made_at=NEXT)


def test_what_waits_stands_under_its_heading_at_its_unit(cast: Cast) -> None:
    signing, handling = cast.ticket_at(Stage.PENDING_SIGN), cast.ticket_at(Stage.HANDLING)
    answered, rework = cast.ticket_at(Stage.PENDING_SIGN_OFF), cast.ticket_at(Stage.REWORK)
    cast.ticket_at(Stage.PENDING_REVIEW)
    (cgj,) = mornings(now=NEXT)
    assert cgj == Morning(
        unit=UnitCode("CGJ"),
        due_today=(signing.number,),
        sent_back=(rework.number,),
        to_sign_in=(signing.number,),
        to_sign=(answered.number,),
    )
    (later,) = mornings(now=NEXT + timedelta(days=30))
    assert set(later.overdue) == {signing.number, handling.number, answered.number, rework.number}
    assert later.due_today == ()


def test_a_unit_below_hears_of_what_it_was_given(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, lead="LY")
    given = cast.do(ticket, "ly_dispatcher", acts.Delegate(to_unit=UnitCode("LY-SXK")))
    (street,) = [m for m in mornings(now=NEXT) if m.unit == "LY-SXK"]
    assert street.to_sign_in == (given.number,)
    (late,) = [m for m in mornings(now=NEXT + timedelta(days=30)) if m.unit == "LY-SXK"]
    assert late.overdue == (given.number,)


def test_each_address_and_each_person_is_told_once(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    address("CGJ", "email", "cgj@example.org")
    address("CGJ", "sms", "13900000000")
    address("STHJ", "email", "sthj@example.org")
    assert send_digests(now=NEXT) == 1
    assert send_digests(now=NEXT + timedelta(minutes=30)) == 1
    sent = {message.channel: message for message in OutgoingMessage.objects.all()}
    assert sorted(sent) == ["email", "sms"]
    assert {message.to for message in sent.values()} == {"cgj@example.org", "13900000000"}
    assert ticket.number in sent["email"].body
    assert ticket.number not in sent["sms"].body
    assert "待签收1件" in sent["sms"].body
    told = Notice.objects.filter(about="digest").values_list("recipient__username", "kind", "number")
    assert sorted(told) == [(name, "digest", "2026-03-18") for name in ("cgj_handler", "cgj_head", "cgj_section")]
    assert send_digests(now=NEXT + timedelta(days=1)) == 1
    assert OutgoingMessage.objects.count() == 4


def test_nobody_is_told_on_a_day_off_or_of_nothing(cast: Cast) -> None:
    assert send_digests(now=NEXT) == 0
    cast.ticket_at(Stage.PENDING_SIGN)
    saturday = datetime(2026, 3, 21, 8, 0, tzinfo=CITY_TZ)
    assert send_digests(now=saturday) == 0
    assert Notice.objects.filter(about="digest").count() == 0


def test_the_notice_leads_to_the_inbox(cast: Cast) -> None:
    cast.ticket_at(Stage.PENDING_SIGN)
    send_digests(now=NEXT)
    visit = signed_in(cast, "cgj_handler")
    with at(NEXT):
        page = visit.get("/notices/").text
        notice = Notice.objects.get(about="digest", recipient=cast.user("cgj_handler"))
        opened = visit.get(f"/notices/{notice.pk}/")
    assert "本单位今日待办已整理" in said(page)
    assert "3月18日" in said(page)
    assert latin(page) == set()
    assert opened.headers["Location"] == reverse("desk", args=["inbox"])
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_many_tickets_are_counted_and_the_first_are_named() -> None:
    numbers = tuple(f"34010320260317DH{n:06}" for n in range(25))
    morning = Morning(unit=UnitCode("CGJ"), overdue=numbers)
    for lang in ("zh", "en"):
        words = render(long(morning, hotline="12345", on=NEXT.date()), lang)
        assert numbers[19] in words
        assert numbers[20] not in words
        assert "(+5)" in words
        assert "25" in render(short(morning, hotline="12345", on=NEXT.date()), lang)
