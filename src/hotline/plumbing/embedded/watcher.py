"""Stops the embedded database when its last user is gone, also when that user was killed; keeps the log small.

Run as a file of its own with nothing but the standard library, so that it stays small and outlives its starter:
    watcher.py WATCH_FD LEASE_FD PG_CTL DATA UID GID LOG
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

LOG_LIMIT = 16 * 1024 * 1024
LOG_KEPT = 3
LOG_LOOK_EVERY = 300.0
STOP_LIMIT = 3600


def rotate(log: Path, limit: int = LOG_LIMIT, kept: int = LOG_KEPT) -> None:
    """Move a full log aside. The server appends to the same open file, hence copy and truncate."""
    with suppress(OSError), open(os.open(log, os.O_RDWR | os.O_NOFOLLOW), "r+b") as full:  # noqa: PTH123  # takes a descriptor
        if os.fstat(full.fileno()).st_size <= limit:
            return
        for number in range(kept, 1, -1):
            older = log.with_name(f"{log.name}.{number - 1}")
            if older.exists():
                older.replace(log.with_name(f"{log.name}.{number}"))
        aside = os.open(log.with_name(f"{log.name}.1"), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(aside, "wb") as copy:
            shutil.copyfileobj(full, copy)
        full.truncate(0)


def is_running(data: Path) -> bool:
    """Whether the recorded postmaster lives; its number may by now belong to a stranger, who must not be signalled."""
    try:
        pid = int((data / "postmaster.pid").read_text(encoding="ascii", errors="replace").split("\n", 1)[0])
        if not Path("/proc/self/cmdline").exists():
            return True
        return str(data).encode() in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return False


def stop(pg_ctl: str, data: Path, uid: int, gid: int) -> None:
    foreign = os.geteuid() != uid
    subprocess.run(  # noqa: S603  # the programs that the supervisor chose, no shell
        [pg_ctl, "stop", "-D", str(data), "-m", "fast", "-w", "-s", "-t", str(STOP_LIMIT)],
        env={"PATH": os.defpath, "LC_ALL": "C"},
        check=False,
        user=uid if foreign else None,
        group=gid if foreign else None,
        extra_groups=[] if foreign else None,
    )


def main(arguments: list[str]) -> None:
    watch_fd, lease_fd = int(arguments[0]), int(arguments[1])
    pg_ctl, data, uid, gid, log = (
        arguments[2],
        Path(arguments[3]),
        int(arguments[4]),
        int(arguments[5]),
        Path(arguments[6]),
    )
    if os.fork():  # the starter waits for this first process only, and never has a zombie on its hands
        os._exit(0)
    signal.signal(signal.SIGALRM, lambda *_: rotate(log))
    signal.setitimer(signal.ITIMER_REAL, LOG_LOOK_EVERY, LOG_LOOK_EVERY)
    fcntl.flock(lease_fd, fcntl.LOCK_EX)  # sleeps here until the last shared lock is gone
    signal.setitimer(signal.ITIMER_REAL, 0)
    if is_running(data):
        stop(pg_ctl, data, uid, gid)
    # In this order: whoever gets the lease next must already see that nobody watches any more.
    os.close(watch_fd)
    os.close(lease_fd)


if __name__ == "__main__":
    main(sys.argv[1:])
