"""Two engines over the same clocks, killed (SIGKILL) again and again at any moment: each step is taken exactly once."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from hotline.oversight.clocks.engine import fire_due
from hotline.oversight.clocks.faults import fault_number
from hotline.rules.lives import Life
from hotline.rules.notifying import NOTIFYING
from hotline.rules.vocabulary import Stage
from hotline.tickets import bulk
from hotline.tickets.checking import Tally, check_tickets
from hotline.tickets.firing import due_number
from hotline.tickets.models import LedgerEntry
from tests.cast import REQUESTER, Cast
from tests.plumbing.test_jobs import database_url, until
from tests.walks import OPENING, walk

pytestmark = pytest.mark.django_db(transaction=True)
NOW = OPENING + timedelta(days=30)
TICKETS, BATCH, ENGINES = 400, 25, 6


def begin() -> "subprocess.Popen[bytes]":
    """An engine that is up and waits for its line."""
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("clock_worker.py")), NOW.isoformat(), str(BATCH)],
        env={**os.environ, "DATABASE_URL": database_url()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def release(process: "subprocess.Popen[bytes]") -> "subprocess.Popen[bytes]":
    assert process.stdin is not None
    process.stdin.write(b"go\n")
    process.stdin.flush()
    return process


def kill(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=10)


def test_whatever_is_killed_when_each_clock_fires_exactly_once(cast: Cast) -> None:
    steps = cast.steps(walk(Stage.HANDLING))
    done = bulk.write_lives(Life(region="340103", requester=REQUESTER, steps=steps) for _ in range(TICKETS))
    assert done.written == TICKETS
    before = due_number(now=NOW)
    rng = random.Random(20261123)  # noqa: S311  -- when to kill, nothing secret
    killed_at = list[int]()
    waiting = [begin() for _ in range(ENGINES)]
    running = [release(waiting.pop()), release(waiting.pop())]
    try:
        while waiting:
            until(lambda: due_number(now=NOW) < (killed_at or [before])[-1], seconds=60)
            time.sleep(rng.uniform(0.0, 0.12))
            victim = rng.randrange(2)
            kill(running[victim])
            killed_at.append(due_number(now=NOW))
            running[victim] = release(waiting.pop())
    finally:
        for engine in (*waiting, *running):
            kill(engine)
    while due_number(now=NOW):
        fire_due(now=NOW)
    assert before > TICKETS
    assert sum(0 < left < before for left in killed_at) >= 3, killed_at  # they were killed in the middle of the work
    _each_step_once()
    assert fault_number() == 0
    assert list(check_tickets(Tally())) == []


def _each_step_once() -> None:
    rows = LedgerEntry.objects.filter(at__gte=NOW).values_list("ticket", "name", "payload__clock", "payload__percent")
    counted = Counter(rows)
    assert max(counted.values()) == 1
    by_name = Counter(name for _, name, _, _ in rows)
    assert by_name == {"clock.overdue": 3 * TICKETS, "dispatch.deemed_accepted": TICKETS}
    assert {ticket for ticket, *_ in rows} == set(LedgerEntry.objects.values_list("ticket", flat=True))
    jobs = ProcrastinateJob.objects.filter(task_name="react_to_many").values_list("args", flat=True)
    told = Counter(subject for args in jobs for subject, _, _ in args["spans"])
    assert "clock.overdue" in NOTIFYING
    assert len(told) == TICKETS
    assert max(told.values()) == 1
