"""The nightly look by a worker process from the queue: owners are warned once, thirty days before; ended on the day."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from hotline.plumbing.clock import frozen
from hotline.rules.precedents import Deed
from hotline.rules.precedents.table import WARNING
from hotline.tickets.precedents.jobs import precedents_running_out
from hotline.tickets.precedents.models import Precedent, PrecedentEntry
from tests.cast import Cast
from tests.oversight.notices.ringing import bells
from tests.plumbing.test_jobs import database_url, until
from tests.tickets.precedents.rulings import day, in_force
from tests.visits import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "precedents_running_out"


@contextmanager
def worker(moment: datetime) -> Iterator[None]:
    """A worker process for which it is that night."""
    script = Path(__file__).with_name("night_worker.py")
    process = subprocess.Popen(
        [sys.executable, str(script), moment.isoformat()], env={**os.environ, "DATABASE_URL": database_url()}
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def night(moment: datetime) -> None:
    """The job is put into the queue, as every night, and a worker takes it."""
    precedents_running_out.defer(timestamp=0)
    with pytest.raises(AlreadyEnqueued):
        precedents_running_out.defer(timestamp=0)
    with worker(moment):
        until(gone(NAME), seconds=40)


def gone(name: str) -> Callable[[], bool]:
    return lambda: not ProcrastinateJob.objects.filter(task_name=name).exclude(status="failed").exists()


def deeds(row: Precedent) -> list[str]:
    return list(PrecedentEntry.objects.filter(precedent=row).order_by("seq").values_list("deed", flat=True))


def test_the_owner_is_warned_once_before_the_end_and_told_of_it(cast: Cast) -> None:
    row = in_force(cast)
    assert row.ends_on is not None
    end = row.last_at + (row.ends_on - day(row.last_at))
    night(end - WARNING)
    assert deeds(row)[2:] == [Deed.WARN.value]
    assert bells()["sthj_head"][-1] == bells()["supervisor"][-1] == "precedent_runs_out"
    assert "precedent_runs_out" in bells()["sthj_handler"]
    with frozen(end - WARNING + timedelta(minutes=5)):
        page = signed_in(cast, "sthj_head").get(f"/precedents/{row.pk}/").content.decode()
    assert "即将到期" in page
    assert "申请续期" in page
    night(end - WARNING + timedelta(days=1))
    assert deeds(row)[2:] == [Deed.WARN.value]
    night(end)
    assert deeds(row)[2:] == [Deed.WARN.value, Deed.EXPIRE.value]
    assert bells()["sthj_head"][-1] == "precedent_ended"
    assert not ProcrastinateJob.objects.filter(task_name=NAME).exists(), "nothing failed"
