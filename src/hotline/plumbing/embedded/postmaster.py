"""The running server: is it alive, start it, wait for it, end what a dead one left behind, stop it.

A killed postmaster leaves a pid file, shared memory and perhaps busy children; the next start must get past all three.
"""

import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from hotline.plumbing.embedded.account import Account
from hotline.plumbing.embedded.patience import Patience
from hotline.plumbing.embedded.place import SOCKET_FILE, Place
from hotline.plumbing.embedded.sentences import Voice

PID_FILE: Final = "postmaster.pid"
QUIT_GRACE: Final = 5.0
"""What the postmaster itself grants its children between "quit" and "kill"."""


@dataclass(frozen=True)
class Living:
    """A postmaster that runs, by its own pid file."""

    pid: int
    sockets: Path | None


def living(place: Place, account: Account) -> Living | None:
    """The postmaster of this database if it is alive; a pid that now belongs to a stranger doesn't count."""
    try:
        lines = (place.data / PID_FILE).read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        pid = int(lines[0])
        process = psutil.Process(pid)
        argv, uid = process.cmdline(), process.uids().effective
    except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
        return None
    if uid != account.uid or not _may_be_postmaster(argv, place):
        return None
    sockets = Path(lines[4]) if len(lines) > 4 and lines[4] else None
    return Living(pid, sockets)


def _may_be_postmaster(argv: list[str], place: Place) -> bool:
    """Ours, or one that an operator started by hand for the same data: only a different `-D` clears it."""
    if not argv or Path(argv[0]).name != "postgres":
        return False
    return "-D" not in argv or str(place.data) in argv or not argv[argv.index("-D") + 1].startswith("/")


def _remains(place: Place, account: Account) -> list[psutil.Process]:
    """Processes of this database that no living postmaster looks after, also a start that outlived its starter."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            argv = process.cmdline()
            if argv and _is_of(argv, place) and process.uids().effective == account.uid:
                found.append(process)
    return found


def _is_of(argv: list[str], place: Place) -> bool:
    """Told by the title that server processes carry, or by the words that a start consists of."""
    match Path(argv[0]).name:
        case "postgres":
            return argv[1:] == ["-D", str(place.data)]
        case "pg_ctl":
            return argv[1:4] == ["start", "-D", str(place.data)]
        case "sh":
            return f'postgres" -D "{place.data}"' in argv[-1]
    return argv[0].startswith(f"postgres: {place.cluster_name}: ")


def clear_remains(place: Place, account: Account, sockets: Path, voice: Voice) -> None:
    """Make way for a new start. Only called while no postmaster lives and nobody else may start one."""
    while alive := _remains(place, account):
        # Idle children notice the death of their postmaster and leave; a busy one would keep the data from starting.
        voice("embedded.say.leftovers", count=len(alive))
        _signal(alive, signal.SIGQUIT)
        _, stubborn = psutil.wait_procs(alive, timeout=QUIT_GRACE)
        _signal(stubborn, signal.SIGKILL)
        psutil.wait_procs(stubborn, timeout=QUIT_GRACE)
    # The server itself refuses these files when their pid was given to another program of the same user.
    (place.data / PID_FILE).unlink(missing_ok=True)
    (sockets / SOCKET_FILE).unlink(missing_ok=True)
    (sockets / f"{SOCKET_FILE}.lock").unlink(missing_ok=True)


def _signal(processes: list[psutil.Process], number: signal.Signals) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)


class Start:
    """A start under way. The server appends to our log, opened here so that its user needs no way into the home."""

    def __init__(self, programs: Path, place: Place, account: Account, log: Path, limit: float) -> None:
        self._log = log
        self._before = log.stat().st_size
        argv: list[str | Path] = [
            programs / "pg_ctl",
            "start",
            "-D",
            place.data,
            "-w",
            "-s",
            "-t",
            str(max(int(limit), 1)),
        ]
        with log.open("ab") as output:
            self._pg_ctl: subprocess.Popen[bytes] = account.begin(argv, output)

    def pending(self) -> bool:
        return self._pg_ctl.poll() is None

    def said(self) -> bytes:
        """What the server wrote to the log since this start."""
        with self._log.open("rb") as log:
            log.seek(self._before)
            return log.read()

    def finish(self, *, wait: bool) -> None:
        """Leave no child behind; ending pg_ctl doesn't end the server."""
        if not wait:
            self._pg_ctl.kill()
        self._pg_ctl.wait()


def wait_until_ready(look: Callable[[], bool], still_comes: Callable[[], bool], patience: Patience) -> bool:
    """True once the server answers; False when it died instead. However long recovery takes, it is waited for."""
    while True:
        if look():
            return True
        if not still_comes():
            return False
        patience.pause()


def stop(programs: Path, place: Place, account: Account, patience: Patience) -> None:
    """Roll back what is open, write everything out, end. A server that ignores this is left to finish its work."""
    argv: list[str | Path] = [programs / "pg_ctl", "stop", "-D", place.data, "-m", "fast", "-W", "-s"]
    account.begin(argv, subprocess.DEVNULL).wait()
    while living(place, account) is not None:
        patience.pause()
