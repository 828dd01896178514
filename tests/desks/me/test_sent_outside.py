"""Notices by mail and text message: only what somebody asked for, only codes, and once."""

import pytest

from hotline.plumbing.outbox.models import OutgoingMessage
from hotline.registry.duty.commands import add_address
from hotline.registry.people.models import User
from hotline.registry.people.preferences import Preferences, save_preferences
from hotline.rules import acts
from hotline.rules.contacting import TO_PEOPLE, TO_UNITS
from hotline.rules.notifying import NOTIFYING
from hotline.rules.vocabulary import Stage
from tests.cast import Cast
from tests.oversight.messaging.working import react
from tests.visits import at, latin, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
CHOSEN = {
    "rows": "50",
    "density": "cosy",
    "mail": "zhao@cgj.example.cn",
    "by_email": ["work_arrived"],
    "by_sms": ["urged"],
}


def sent() -> list[tuple[str, str]]:
    rows = OutgoingMessage.objects.filter(key__contains="/notice/").order_by("pk")
    return list(rows.values_list("channel", "to"))


def test_what_may_be_sent_is_told_by_some_event():
    kinds = {kind for lines in NOTIFYING.values() for kind, _ in lines}
    assert set(TO_UNITS) <= set(TO_PEOPLE) <= kinds


def test_somebody_chooses_what_is_sent(cast: Cast):
    handler = signed_in(cast, "cgj_handler")
    with at(OPENING):
        assert handler.post("/me/", CHOSEN).status_code == 302
        html = handler.get("/me/").content.decode()
        assert 'value="zhao@cgj.example.cn"' in html
        wrong = handler.post("/me/", CHOSEN | {"mail": ""})
        assert wrong.status_code == 422
        assert "选了另发邮件，请填写邮箱。" in wrong.content.decode()
        assert handler.post("/me/", CHOSEN | {"mail": "赵海涛"}).status_code == 422
    assert latin(html) - {"zhao", "cgj", "example", "Chrome"} <= {"cgj_handler"}
    kept = Preferences.read(User.objects.get(username="cgj_handler").preferences)
    assert (kept.by_email, kept.by_sms) == (("work_arrived",), ("urged",))


def test_it_is_sent_once_and_says_nothing_of_the_matter(cast: Cast):
    handler = cast.user("cgj_handler")
    User.objects.filter(pk=handler.pk).update(phone="13900000021")
    chosen = Preferences(mail="zhao@cgj.example.cn", by_email=("work_arrived",), by_sms=("urged",))
    save_preferences(person=handler.pk, chosen=chosen)
    ticket = cast.ticket_at(Stage.HANDLING)
    react(ticket.at)
    assert sent() == [("email", "zhao@cgj.example.cn")]
    ticket = cast.do(ticket, "agent", acts.Urge(note="快点"))
    react(ticket.at)
    assert sent() == [("email", "zhao@cgj.example.cn"), ("sms", "13900000021")]
    for message in OutgoingMessage.objects.filter(key__contains="/notice/"):
        assert ticket.number in message.body
        assert "占道" not in message.subject + message.body
        assert "快点" not in message.body


def test_who_did_it_and_who_asked_for_nothing_get_nothing(cast: Cast):
    chosen = Preferences(mail="x@cgj.example.cn", by_email=("urged",))
    save_preferences(person=cast.user("cgj_handler").pk, chosen=chosen)
    save_preferences(person=cast.user("agent").pk, chosen=chosen)
    ticket = cast.ticket_at(Stage.REGISTERED)
    ticket = cast.do(ticket, "agent", acts.Urge(note="快点"))
    react(ticket.at)
    assert sent() == []


def test_a_unit_is_told_at_its_addresses(cast: Cast):
    actor = cast.actor("cgj_handler")
    for channel, to in (("email", "zb@cgj.example.cn"), ("sms", "13900000022")):
        assert add_address(unit="CGJ", channel=channel, to=to, actor=actor, now=OPENING).ok
    ticket = cast.ticket_at(Stage.HANDLING)
    react(ticket.at)
    react(ticket.at)
    assert sent() == [("email", "zb@cgj.example.cn"), ("sms", "13900000022")]


def test_text_messages_to_staff_keep_the_quiet_hours(cast: Cast):
    add_address(unit="CGJ", channel="sms", to="13900000022", actor=cast.actor("cgj_handler"), now=OPENING)
    night = OPENING.replace(hour=23)
    ticket = cast.ticket_at(Stage.PENDING_SIGN, at=night)
    react(ticket.at)
    message = OutgoingMessage.objects.get(key__contains="/notice/")
    assert message.not_before.astimezone(night.tzinfo).hour == 8
