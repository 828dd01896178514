"""A citizen gets a message once though the gateway times out, answers 500 or takes it twice; two workers ring once."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, connections

from hotline.oversight.messaging.models import Ring
from hotline.oversight.messaging.queries import told_of
from hotline.oversight.messaging.resending import send_again
from hotline.oversight.messaging.ringing import climb
from hotline.plumbing.outbox import sending
from hotline.plumbing.outbox.models import OutgoingMessage, State
from hotline.plumbing.outbox.refusing import Undelivered
from hotline.plumbing.outbox.senders import Outgoing
from hotline.rules.vocabulary import Stage, Urgency
from tests.cast import Cast
from tests.oversight.messaging.rostering import on_duty
from tests.oversight.messaging.working import react

TIMES_OUT = Undelivered("timeout", final=False)
ANSWERS_500 = Undelivered("refused", "500", final=False)


class Gateway:
    """Fails as often as it is told to, and keeps what it took by its idempotency key."""

    def __init__(self, *faults: Undelivered, takes_before_failing: bool = False) -> None:
        self.faults = list(faults)
        self.takes_before_failing = takes_before_failing
        self.taken: dict[str, str] = {}
        self.calls = 0

    def __call__(self, message: Outgoing, **_: object) -> None:
        self.calls += 1
        fault = self.faults.pop(0) if self.faults else None
        if fault is None or self.takes_before_failing:
            self.taken[message.idempotency_key] = message.body
        if fault is not None:
            raise fault


@pytest.fixture
def through(monkeypatch: pytest.MonkeyPatch) -> Callable[[Gateway], Gateway]:
    def put(gateway: Gateway) -> Gateway:
        monkeypatch.setattr(sending, "send", gateway)
        return gateway

    return put


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [TIMES_OUT, ANSWERS_500])
def test_a_gateway_in_trouble_is_tried_again_and_the_ticket_says_so(
    cast: Cast, through: Callable[[Gateway], Gateway], fault: Undelivered
):
    gateway = through(Gateway(fault, fault))
    ticket = cast.ticket_at(Stage.REGISTERED)
    react(ticket.at)
    message = OutgoingMessage.objects.get(about=ticket.number)
    at = ticket.at
    for state in ("waiting", "waiting", "sent"):
        sending.attempt(message.pk, now=at)
        assert told_of(ticket.number)[0].state == state
        at += timedelta(minutes=6)
    assert (gateway.calls, len(gateway.taken)) == (3, 1)


@pytest.mark.django_db
def test_a_message_that_was_taken_though_the_answer_was_lost_is_the_same_message_again(
    cast: Cast, through: Callable[[Gateway], Gateway]
):
    gateway = through(Gateway(TIMES_OUT, takes_before_failing=True))
    ticket = cast.ticket_at(Stage.REGISTERED)
    react(ticket.at)
    message = OutgoingMessage.objects.get(about=ticket.number)
    sending.attempt(message.pk, now=ticket.at)
    sending.attempt(message.pk, now=ticket.at + timedelta(minutes=2))
    sending.attempt(message.pk, now=ticket.at + timedelta(minutes=9))
    assert gateway.calls == 2
    assert len(gateway.taken) == 1  # the gateway has seen one key
    assert told_of(ticket.number)[0].state == "sent"


@pytest.mark.django_db
def test_what_was_given_up_is_sent_again_by_hand(cast: Cast, through: Callable[[Gateway], Gateway]):
    through(Gateway(Undelivered("refused", "403", final=True)))
    ticket = cast.ticket_at(Stage.REGISTERED)
    react(ticket.at)
    message = OutgoingMessage.objects.get(about=ticket.number)
    sending.attempt(message.pk, now=ticket.at)
    told = told_of(ticket.number)[0]
    assert (told.state, told.reason) == ("failed", "refused")
    assert send_again(number=ticket.number, told_id=told.id, actor=cast.actor("agent"), now=ticket.at) is None
    sending.attempt(message.pk, now=ticket.at)
    assert told_of(ticket.number)[0].state == "sent"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_step_ring_once(cast: Cast):
    on_duty(cast, "CGJ", "day", "赵海涛")
    on_duty(cast, "CGJ", "leader", "周文斌")
    ticket = cast.ticket_at(Stage.PENDING_SIGN, register={"urgency": Urgency.CRITICAL})
    gate, faults = threading.Barrier(4), list[BaseException]()

    def worker() -> None:
        try:
            gate.wait()
            climb(number=ticket.number, now=ticket.at + timedelta(minutes=1))
        except BaseException as fault:  # noqa: BLE001  # told to the test
            faults.append(fault)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=worker) for _ in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    connection.close()
    assert not faults
    assert list(Ring.objects.values_list("step", "name")) == [("desk", "赵海涛")]
    rung = OutgoingMessage.objects.filter(key__contains="/ring/")
    assert [message.state for message in rung] == [State.WAITING]
