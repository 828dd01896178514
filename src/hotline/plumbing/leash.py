"""No process of ours outlives the one that started it: a killed supervisor leaves no half installation behind.

Linux sends the signal itself (PR_SET_PDEATHSIG). Run as a program it puts the command behind it on the leash:
    python -m hotline.plumbing.leash PARENT_PID COMMAND ARGUMENT...
"""

import ctypes
import os
import signal
import sys
from typing import Final

PR_SET_PDEATHSIG: Final = 1


def die_with_parent(with_signal: signal.Signals = signal.SIGKILL) -> None:
    """From now on the kernel sends the signal when the starter ends. Elsewhere than on Linux nothing happens."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def main(arguments: list[str]) -> None:
    parent, command = int(arguments[0]), arguments[1:]
    die_with_parent(signal.SIGTERM)
    if os.getppid() != parent:  # it went between our start and the line above
        sys.exit(1)
    os.execv(command[0], command)  # noqa: S606  # the command is the supervisor's own list, no shell


if __name__ == "__main__":
    main(sys.argv[1:])
