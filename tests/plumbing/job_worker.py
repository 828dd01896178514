"""A worker as its own process, with one slow reaction: what test_jobs.py kills.

    python job_worker.py FOLDER STALLED_AFTER SECONDS

The reaction notes its start in FOLDER, sleeps, defers one job and notes its end.
"""

import asyncio
import os
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import django

django.setup()

from hotline.plumbing import jobs, messages  # noqa: E402  # only after Django is there

FOLDER, STALLED_AFTER, SECONDS = Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])


@dataclass(frozen=True)
class Happened:
    seq: int
    name: str


def slow(event: Happened, now: datetime) -> None:
    del now
    (FOLDER / f"began-{event.seq}-{os.getpid()}").touch()
    time.sleep(SECONDS)
    if event.name == "test.broken":
        messages.announce(subject="from-broken", events=[Happened(2, "test.quick")])
        raise ValueError("broken on purpose")
    (FOLDER / f"ended-{event.seq}-{os.getpid()}").touch()


def opened(subject: str, first: int, last: int) -> list[Happened]:
    name = {"broken": "test.broken", "from-broken": "test.quick"}.get(subject, "test.slow")
    return [Happened(seq, name) for seq in range(first, last + 1)]


messages.register({"test.slow": (slow,), "test.broken": (slow,), "test.quick": (slow,)}, loader=opened)
asyncio.run(jobs.work(threads=2, stalled_after=STALLED_AFTER))
