"""A worker is killed while the gateway has the message in hand: another takes it up under the same key."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from hotline.plumbing.clock import now as present
from hotline.plumbing.outbox.commands import queue
from hotline.plumbing.outbox.models import OutgoingMessage
from tests.plumbing.outbox.gateway import KEY, Gateway

pytestmark = pytest.mark.django_db(transaction=True)
Start = Callable[[], "subprocess.Popen[bytes]"]
STALLED_AFTER = 1.5


def database_url() -> str:
    given = connection.get_connection_params()
    who = f"{quote(given['user'])}:{quote(given.get('password', ''))}"
    return f"postgresql://{who}@{quote(given['host'], safe='')}:{given.get('port', 5432)}/{given['dbname']}"


@pytest.fixture
def start(gateway: Gateway) -> Iterator[Start]:
    started: list[subprocess.Popen[bytes]] = []
    script = Path(__file__).with_name("outbox_worker.py")

    def begin() -> "subprocess.Popen[bytes]":
        command = [sys.executable, str(script), gateway.url, KEY, str(STALLED_AFTER)]
        started.append(subprocess.Popen(command, env={**os.environ, "DATABASE_URL": database_url()}))
        return started[-1]

    yield begin
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(20)


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def put(now: datetime, key: str) -> int:
    with transaction.atomic():
        return queue(
            channel="sms", to="13855501234", subject="", body="您好", about="T1", key=key, not_before=None, now=now
        )


def test_a_message_in_hand_of_a_killed_worker_is_handed_over_under_the_same_key(gateway: Gateway, start: Start):
    gateway.hold = threading.Event()
    number = put(present(), "T1/received")
    first = start()
    until(lambda: gateway.calls)
    assert OutgoingMessage.objects.get(pk=number).state == "sending"
    first.send_signal(signal.SIGKILL)
    first.wait(5)
    gateway.hold.set()
    start()
    until(lambda: OutgoingMessage.objects.get(pk=number).state == "sent")
    assert len(gateway.calls) == 2
    assert len({call["key"] for call in gateway.calls}) == 1
    assert len(gateway.taken) == 1
    until(lambda: not ProcrastinateJob.objects.filter(task_name="send_message").exists())


def test_two_workers_hand_over_each_message_once(gateway: Gateway, start: Start):
    for number in range(12):
        put(present(), f"T{number}/received")
    start()
    start()
    until(lambda: OutgoingMessage.objects.filter(state="sent").count() == 12)
    assert len(gateway.calls) == 12
    assert len(gateway.taken) == 12
