"""Short messages that citizens send back: signed by the gateway, a digit or a person, and each taken in once."""

import json
from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from hotline.plumbing.outbox.gateways import signature
from hotline.rules.vocabulary import CITY_TZ, Stage
from hotline.stages.callback.commands.asking import ask
from hotline.stages.callback.commands.planning import bring_up
from hotline.stages.callback.models import CallbackTask, Question
from tests.cast import Cast, Ticket
from tests.visits import at

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 17, 11, 0, tzinfo=CITY_TZ)
LATER = MORNING + timedelta(hours=1)
KEY = "a key that the gateway and the office share"
ADDRESS = "/api/callback/answers"
PHONE = "13800000000"


@pytest.fixture(autouse=True)
def _shared_key(settings: Settings) -> None:
    settings.CALLBACK_ANSWER_KEY = KEY


def asked(cast: Cast) -> Ticket:
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    bring_up(now=MORNING)
    assert ask(ticket_id=CallbackTask.objects.get(ticket__number=ticket.number).ticket_id, now=MORNING)
    return ticket


def sent(text: str, *, sender: str = PHONE, number: str = "m-1", **more: object) -> HttpResponse:
    """A message as the gateway hands it over; `key`, `moment` and `body` can be made wrong."""
    body = json.dumps({"id": number, "from": sender, "text": text}).encode()
    moment = str(more.get("moment", int(LATER.timestamp())))
    signed = signature(key=str(more.get("key", KEY)), moment=moment, nonce="n", body=body)
    with at(LATER):
        return Client().post(
            ADDRESS,
            more.get("body", body),
            content_type="application/json",
            headers={
                "X-Zhitong-Timestamp": moment,
                "X-Zhitong-Nonce": "n",
                "X-Zhitong-Signature": f"sha256={signed}",
            },
        )


@pytest.mark.parametrize("text", ["5", " 4 ", "３", "3\n"])
def test_a_digit_from_three_to_five_closes_the_ticket(cast: Cast, text: str) -> None:
    ticket = asked(cast)
    assert sent(text).json() == {"result": "settled"}
    assert cast.seen(ticket).state.stage is Stage.CLOSED


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1", "callback_plan.dissatisfied"),
        ("2", "callback_plan.dissatisfied"),
        ("0", "callback_plan.unclear"),
        ("6", "callback_plan.unclear"),
        ("55", "callback_plan.unclear"),
        ("满意", "callback_plan.unclear"),
        ("", "callback_plan.unclear"),
    ],
)
def test_everything_else_goes_to_the_telephone(cast: Cast, text: str, reason: str) -> None:
    ticket = asked(cast)
    assert sent(text).json() == {"result": "phone"}
    assert cast.seen(ticket).state.stage is Stage.PENDING_CALLBACK
    task = CallbackTask.objects.get()
    assert (task.method, task.reason) == ("phone", reason)


@pytest.mark.parametrize("sender", ["+8613800000000", "8613800000000", "138 0000 0000"])
def test_the_number_is_known_in_every_way_a_gateway_writes_it(cast: Cast, sender: str) -> None:
    asked(cast)
    assert sent("5", sender=sender).json() == {"result": "settled"}


def test_a_message_sent_twice_counts_once(cast: Cast) -> None:
    ticket = asked(cast)
    assert sent("1", number="m-1").json() == {"result": "phone"}
    assert sent("1", number="m-1").json() == {"result": "phone"}
    assert Question.objects.get().answers == 1
    assert sent("5", number="m-2").json() == {"result": "settled"}
    assert cast.seen(ticket).state.stage is Stage.CLOSED


def test_with_two_open_questions_nobody_guesses_which_is_meant(cast: Cast) -> None:
    tickets = [asked(cast), asked(cast)]
    assert sent("5").json() == {"result": "phone"}
    assert {cast.seen(ticket).state.stage for ticket in tickets} == {Stage.PENDING_CALLBACK}
    assert {task.reason for task in CallbackTask.objects.all()} == {"callback_plan.unclear"}


def test_a_number_that_nobody_asked_changes_nothing(cast: Cast) -> None:
    asked(cast)
    assert sent("5", sender="13900000000").json() == {"result": "unknown"}
    assert Question.objects.get().answered_at is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "another key that is long enough to be one"},
        {"body": b'{"id": "m-1", "from": "13800000000", "text": "4"}'},
        {"moment": int((LATER - timedelta(minutes=6)).timestamp())},
        {"moment": int((LATER + timedelta(minutes=6)).timestamp())},
        {"moment": "soon"},
        {"moment": "٣"},
        {"moment": ""},
    ],
)
def test_what_the_gateway_has_not_signed_just_now_is_refused(cast: Cast, wrong: dict[str, object]) -> None:
    ticket = asked(cast)
    answer = sent("5", **wrong)
    assert answer.status_code == 403
    assert answer.json()["refusals"][0]["code"] == "callback.unsigned"
    assert cast.seen(ticket).state.stage is Stage.PENDING_CALLBACK


def test_without_a_key_the_door_is_shut(cast: Cast, settings: Settings) -> None:
    asked(cast)
    settings.CALLBACK_ANSWER_KEY = ""
    assert sent("5", key="").status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"5",
        b"[]",
        b'{"id": "1"}',
        b'{"id": 1, "from": "1", "text": "5"}',
        b'{"id": " ", "from": "1", "text": "5"}',
    ],
)
def test_what_cannot_be_read_is_refused(cast: Cast, body: bytes) -> None:
    del cast
    moment = str(int(LATER.timestamp()))
    signed = signature(key=KEY, moment=moment, nonce="n", body=body)
    headers = {"X-Zhitong-Timestamp": moment, "X-Zhitong-Nonce": "n", "X-Zhitong-Signature": f"sha256={signed}"}
    with at(LATER):
        answer = Client().post(ADDRESS, body, content_type="application/json", headers=headers)
    assert answer.status_code == 422
