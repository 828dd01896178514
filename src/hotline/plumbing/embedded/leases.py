"""Who uses the embedded database right now: one file on which every user holds a shared lock.

The kernel drops the lock of a killed program, so nobody has to be asked whether the last user has left.
"""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hotline.plumbing.embedded import watcher
from hotline.plumbing.embedded.patience import Patience


def open_lock(path: Path) -> int:
    """A lock file of our own; the descriptor is not handed down to programs we start."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


def try_lock(fd: int, operation: int) -> bool:
    try:
        fcntl.flock(fd, operation | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def lock(path: Path, operation: int, patience: Patience) -> int:
    """Take the lock, telling the operator when another program takes long."""
    fd = open_lock(path)
    try:
        while not try_lock(fd, operation):
            patience.pause()
    except BaseException:
        os.close(fd)
        raise
    return fd


@contextmanager
def alone(path: Path, patience: Patience) -> Iterator[int]:
    """Only one program at a time creates, starts or repairs the server. Gives the lock, to be shared with helpers."""
    fd = lock(path, fcntl.LOCK_EX, patience)
    try:
        yield fd
    finally:
        os.close(fd)


class Lease:
    """This program's share in the server. A forked child keeps its parent's share until it exits too."""

    def __init__(self, path: Path, patience: Callable[[], Patience]) -> None:
        self._path = path
        self._patience = patience
        self._fd: int | None = None
        self._pid = 0

    @property
    def held(self) -> bool:
        return self._fd is not None and self._pid == os.getpid()

    def join(self) -> bool:
        """Become a user; False if we are one already. Waits while a last leaver is stopping the server."""
        if self.held:
            return False
        if self._fd is not None:  # inherited through a fork: the parent's own copy keeps its share
            os.close(self._fd)
            self._fd = None
        self._fd = lock(self._path, fcntl.LOCK_SH, self._patience())
        self._pid = os.getpid()
        return True

    def leave(self) -> int | None:
        """Give the share back. The last user gets the file locked for himself: he stops the server, then closes it.

        The file is opened anew rather than converted, because a forked child may hold our open file.
        """
        if not self.held or self._fd is None:
            return None
        os.close(self._fd)
        self._fd = None
        fd = open_lock(self._path)
        if try_lock(fd, fcntl.LOCK_EX):
            return fd
        os.close(fd)
        # Either others still use it (a shared lock is granted at once), or someone is stopping it: wait for that.
        os.close(lock(self._path, fcntl.LOCK_SH, self._patience()))
        return None


def ensure_watched(watch_lock: Path, users_lock: Path, arguments: Sequence[str | Path]) -> None:
    """See that a watcher waits for the last user to leave. A lock it inherits from us shows that it lives."""
    watch_fd = open_lock(watch_lock)
    users_fd = open_lock(users_lock)
    try:
        if not try_lock(watch_fd, fcntl.LOCK_EX):
            return
        words = [sys.executable, "-I", "-S", watcher.__file__, watch_fd, users_fd, *arguments]
        subprocess.Popen(  # noqa: S603  # our own file and interpreter, no shell
            [str(word) for word in words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
            pass_fds=(watch_fd, users_fd),
        ).wait()
    finally:
        os.close(watch_fd)
        os.close(users_fd)
