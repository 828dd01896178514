"""Jobs in earnest: real worker processes, one of them killed in the middle of its work."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from hotline.plumbing import jobs
from hotline.plumbing.locks import lock_number, take_turn
from hotline.plumbing.models import ReactionRun
from tests.aside import aside

pytestmark = pytest.mark.django_db(transaction=True)
Start = Callable[[float], "subprocess.Popen[bytes]"]
STALLED_AFTER = 1.5


def database_url() -> str:
    params = connection.get_connection_params()
    user, password = quote(params["user"]), quote(params.get("password", ""))
    return (
        f"postgresql://{user}:{password}@{quote(params['host'], safe='')}:{params.get('port', 5432)}/{params['dbname']}"
    )


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[subprocess.Popen[bytes]] = []

    def begin(seconds: float) -> "subprocess.Popen[bytes]":
        command = [sys.executable, str(Path(__file__).with_name("job_worker.py")), str(tmp_path)]
        started.append(
            subprocess.Popen(
                [*command, str(STALLED_AFTER), str(seconds)], env={**os.environ, "DATABASE_URL": database_url()}
            )
        )
        return started[-1]

    yield begin
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(20)


def until(condition: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def test_a_killed_workers_job_is_taken_up_by_another_and_runs_once(start: Start, tmp_path: Path):
    jobs.react.defer(subject="T1", first=1, last=1)
    first = start(60)
    until(lambda: list(tmp_path.glob("began-1-*")))
    first.send_signal(signal.SIGKILL)
    first.wait(5)
    assert ProcrastinateJob.objects.get(task_name="react").status == "doing"
    second = start(0)
    until(lambda: list(tmp_path.glob(f"ended-1-{second.pid}")))
    until(lambda: not ProcrastinateJob.objects.filter(task_name="react").exists())
    assert ReactionRun.objects.get(subject="T1").done_at is not None
    assert len(list(tmp_path.glob("ended-1-*"))) == 1


def test_a_worker_told_to_stop_ends_its_job_first(start: Start, tmp_path: Path):
    jobs.react.defer(subject="T1", first=1, last=1)
    worker = start(1.0)
    until(lambda: list(tmp_path.glob("began-1-*")))
    worker.terminate()
    assert worker.wait(15) == 0
    assert list(tmp_path.glob("ended-1-*"))
    assert not ProcrastinateJob.objects.filter(task_name="react").exists()


def test_a_jobs_own_jobs_are_part_of_its_transaction(start: Start, tmp_path: Path):
    """The broken reaction defers a job and then fails: the deferred job must have gone with it."""
    jobs.react.defer(subject="broken", first=1, last=1)
    start(0)
    until(lambda: ReactionRun.objects.filter(subject="broken", attempts__gte=1))
    time.sleep(1)  # long enough for the worker to run what should not be there
    assert list(tmp_path.glob("began-1-*"))
    assert not list(tmp_path.glob("began-2-*"))
    assert not ProcrastinateJob.objects.filter(args__subject="from-broken").exists()


def test_a_job_that_gave_up_is_seen_with_its_reason_and_can_run_again():
    jobs.react.defer(subject="T9", first=1, last=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed', attempts = 5")
    ReactionRun.objects.create(subject="T9", seq=1, reaction="citizen.tell", attempts=5, error="ValueError: no")
    (failed,) = jobs.failed_jobs()
    assert (failed.task, failed.subject, failed.reason) == ("react", "T9", "citizen.tell: ValueError: no")
    assert jobs.waiting_jobs() == 0
    jobs.run_again(failed.number)
    assert (jobs.failed_jobs(), jobs.waiting_jobs()) == ([], 1)


def test_only_one_process_at_a_time_takes_up_stalled_jobs():
    number = jobs.react.defer(subject="T1", first=1, last=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    with psycopg.connect(database_url()) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [lock_number("public:retake_stalled_jobs")])
        assert aside(lambda: jobs.retake_stalled(0)) == []
    assert aside(lambda: jobs.retake_stalled(0)) == [number]
    assert ProcrastinateJob.objects.get().status == "todo"


def test_a_turn_ends_with_its_transaction():
    with pytest.raises(RuntimeError, match="transaction"):
        take_turn("something")
    with transaction.atomic():
        assert take_turn("something")
    with psycopg.connect(database_url()) as other:
        held = other.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_number("public:something")]).fetchone()
        assert held == (True,)
        with transaction.atomic():
            assert not take_turn("something")
            assert take_turn("something else")
