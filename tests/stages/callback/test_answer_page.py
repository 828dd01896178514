"""The citizen's page behind the link of a message: who may answer, what follows, and what it never tells."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from hotline.plumbing.messages import run_reactions
from hotline.plumbing.outbox.models import OutgoingMessage
from hotline.rules import acts
from hotline.rules.vocabulary import CITY_TZ, Contact, Flag, Role, Stage
from hotline.stages.callback.commands.asking import ask
from hotline.stages.callback.commands.knocking import WRONG_AT_MOST
from hotline.stages.callback.commands.planning import bring_up
from hotline.stages.callback.models import CallbackTask, Question
from hotline.tickets.models import LedgerEntry
from tests.cast import Cast, Ticket
from tests.visits import at, latin
from tests.walks import content

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 17, 11, 0, tzinfo=CITY_TZ)
LINK = re.compile(r"/callback/answer/([\w-]+)/")
GOOD = {"responded": "yes", "resolution": "resolved", "rating": "5", "words": "办得很快"}
BAD = {"responded": "yes", "resolution": "unresolved", "rating": "1", "cause": "unsolved", "words": "第二天又来了"}


def asked(cast: Cast) -> tuple[Ticket, str]:
    """A ticket whose citizen was written to, and the link's address."""
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    bring_up(now=MORNING)
    assert ask(ticket_id=CallbackTask.objects.get(ticket__number=ticket.number).ticket_id, now=MORNING)
    found = LINK.search(OutgoingMessage.objects.get(about=ticket.number, key__contains="/callback/").body)
    assert found is not None
    return ticket, found[0]


def visitor() -> Client:
    return Client(headers={"X-Hotline-Client": "203.0.113.7"})


def test_a_reply_that_passes_review_is_followed_by_one_message(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    for _ in range(2):
        run_reactions(subject=ticket.number, first=1, last=ticket.state.version, now=MORNING)
    message = OutgoingMessage.objects.get(about=ticket.number, key__contains="/callback/")
    assert (message.channel, message.to) == ("sms", "13800000000")
    assert "小区门口占道经营" in message.body
    assert "5 已解决、非常满意" in message.body
    assert "张建军" not in message.body
    assert CallbackTask.objects.get().method == "wait"


def test_the_database_does_not_hold_the_link(cast: Cast) -> None:
    _, address = asked(cast)
    token = LINK.search(address)
    assert token is not None
    assert token[1] not in str(Question.objects.values().get())


def test_a_content_citizen_closes_the_ticket_himself(cast: Cast) -> None:
    ticket, address = asked(cast)
    with at(MORNING + timedelta(hours=1)):
        shown = visitor().get(address)
        assert shown.status_code == 200
        assert "小区门口占道经营" in shown.content.decode()
        assert not latin(shown.content.decode())
        assert "谢谢您的评价" in visitor().post(address, GOOD).content.decode()
    state = cast.seen(ticket).state
    assert (state.stage, state.rating, state.responded, state.close_reason) == (Stage.CLOSED, 5, True, "settled")
    last = LedgerEntry.objects.filter(ticket__number=ticket.number).latest("seq")
    assert (last.name, last.role, last.actor) == ("callback.settled", Role.CITIZEN.value, "citizen")


def test_a_link_works_once(cast: Cast) -> None:
    ticket, address = asked(cast)
    with at(MORNING + timedelta(hours=1)):
        visitor().post(address, GOOD)
        again = visitor().post(address, BAD)
    assert "已经收到" in again.content.decode()
    assert "小区门口占道经营" not in again.content.decode()
    assert cast.seen(ticket).state.rating == 5


def test_a_dissatisfied_answer_goes_to_the_telephone_and_may_be_corrected(cast: Cast) -> None:
    ticket, address = asked(cast)
    with at(MORNING + timedelta(hours=1)):
        assert "给您打电话" in visitor().post(address, BAD).content.decode()
        assert cast.seen(ticket).state.stage is Stage.PENDING_CALLBACK
        assert CallbackTask.objects.get().reason == "callback_plan.dissatisfied"
        shown = visitor().get(address).content.decode()
        assert "您已经评价过" in shown
        assert "第二天又来了" in shown
        visitor().post(address, GOOD)
    assert cast.seen(ticket).state.stage is Stage.CLOSED


def test_what_is_left_out_is_asked_for_and_nothing_is_recorded(cast: Cast) -> None:
    _, address = asked(cast)
    with at(MORNING + timedelta(hours=1)):
        answer = visitor().post(address, {"responded": "yes", "words": "还没想好"})
    assert answer.status_code == 422
    assert answer.content.decode().count("请回答这一项。") == 2
    assert "还没想好" in answer.content.decode()
    assert Question.objects.get().answered_at is None


def test_a_link_ends_with_the_officers_call(cast: Cast) -> None:
    ticket, address = asked(cast)
    cast.do(ticket, "callback_officer", content(), at=MORNING + timedelta(hours=1))
    with at(MORNING + timedelta(hours=2)):
        answer = visitor().get(address)
    assert answer.status_code == 410
    assert "这次回访已经结束" in answer.content.decode()


def test_a_link_expires(cast: Cast) -> None:
    ticket, address = asked(cast)
    with at(MORNING + timedelta(days=8)):
        assert visitor().post(address, GOOD).status_code == 410
    assert cast.seen(ticket).state.stage is Stage.PENDING_CALLBACK


def test_an_earlier_rounds_link_answers_nothing(cast: Cast) -> None:
    ticket, address = asked(cast)
    Question.objects.update(round=7)
    with at(MORNING + timedelta(hours=1)):
        assert visitor().get(address).status_code == 410
        assert visitor().post(address, GOOD).status_code == 410
    assert cast.seen(ticket).state.stage is Stage.PENDING_CALLBACK


def test_what_became_confidential_is_told_to_nobody_with_a_link(cast: Cast) -> None:
    ticket, address = asked(cast)
    cast.do(ticket, "supervisor", acts.MarkTicket(flag=Flag.CONFIDENTIAL, note="市民要求"), at=MORNING)
    with at(MORNING + timedelta(hours=1)):
        answer = visitor().get(address)
        assert answer.status_code == 410
        assert "占道" not in answer.content.decode()
        assert visitor().post(address, GOOD).status_code == 410
    assert cast.seen(ticket).state.stage is Stage.PENDING_CALLBACK


def test_a_confidential_ticket_is_never_written_about(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    ticket = cast.do(ticket, "supervisor", acts.MarkTicket(flag=Flag.CONFIDENTIAL, note="市民要求"))
    run_reactions(subject=ticket.number, first=1, last=ticket.state.version, now=MORNING)
    bring_up(now=MORNING)
    assert not ask(ticket_id=CallbackTask.objects.get().ticket_id, now=MORNING)
    assert not Question.objects.exists()


def test_a_message_that_has_not_left_is_taken_back_when_the_ticket_becomes_confidential(cast: Cast) -> None:
    ticket, _ = asked(cast)
    ticket = cast.do(ticket, "supervisor", acts.MarkTicket(flag=Flag.CONFIDENTIAL, note="市民要求"), at=MORNING)
    run_reactions(subject=ticket.number, first=ticket.state.version, last=ticket.state.version, now=MORNING)
    assert OutgoingMessage.objects.get(key__contains="/callback/").state == "cancelled"


def test_nobody_is_written_to_in_quiet_hours(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    night = MORNING.replace(hour=22)
    run_reactions(subject=ticket.number, first=1, last=ticket.state.version, now=night)
    assert OutgoingMessage.objects.get(key__contains="/callback/").not_before == datetime(
        2026, 3, 18, 8, 30, tzinfo=CITY_TZ
    )


def test_after_a_call_that_reached_nobody_the_link_still_answers(cast: Cast) -> None:
    ticket, address = asked(cast)
    cast.do(ticket, "callback_officer", acts.RecordAttempt(contact=Contact.NO_ANSWER), at=MORNING)
    with at(MORNING + timedelta(hours=1)):
        visitor().post(address, GOOD)
    assert cast.seen(ticket).state.stage is Stage.CLOSED


def test_a_wrong_link_leads_nowhere_and_guessing_is_slowed_down(cast: Cast) -> None:
    _, address = asked(cast)
    with at(MORNING):
        for _ in range(WRONG_AT_MOST):
            assert visitor().get("/callback/answer/abcdefghijklmnop/").status_code == 404
        assert visitor().get("/callback/answer/abcdefghijklmnop/").status_code == 429
        assert visitor().get(address).status_code == 429
        assert Client(headers={"X-Hotline-Client": "203.0.113.8"}).get(address).status_code == 200
    with at(MORNING + timedelta(minutes=10)):
        assert visitor().get(address).status_code == 200
