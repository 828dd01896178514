"""An engine as its own process, passing over the clocks until it is killed: what test_clocks_killed.py kills.

    python clock_worker.py MOMENT BATCH

It waits for a line before it begins, and lingers before and after each write, so that a kill hits it in the middle.
"""

import sys
import time
from collections.abc import Iterable
from datetime import datetime

import django

django.setup()

from hotline.oversight.clocks import engine  # noqa: E402  # only after Django is there
from hotline.tickets import recording  # noqa: E402  # as above

MOMENT, BATCH = datetime.fromisoformat(sys.argv[1]), int(sys.argv[2])

LINGER = 0.03
write = recording.record_many


def lingering(recordings: Iterable[recording.Recording], *, now: datetime) -> int:
    time.sleep(LINGER)
    written = write(recordings, now=now)
    time.sleep(LINGER)
    return written


vars(engine)["record_many"] = lingering
print("ready", flush=True)  # noqa: T201  -- the test waits for this line
sys.stdin.readline()
while True:
    engine.fire_due(now=MOMENT, batch=BATCH)
    time.sleep(0.02)
