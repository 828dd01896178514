"""The operating system's user that the server runs as: ourselves, or an unprivileged one when we are root.

PostgreSQL refuses root so that a hole in it can't take the machine; root therefore hands the work down.
"""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from hotline.plumbing.embedded.sentences import EmbeddedPostgresError, Voice

DEDICATED: Final = "hotline"
LAST_RESORT: Final = "nobody"
ENVIRONMENT: Final = {"PATH": os.defpath, "LC_ALL": "C"}
"""The server sees none of the operator's PG… variables and speaks untranslated English, which we can read."""


@dataclass(frozen=True)
class Account:
    """Who the server's processes and files belong to. `foreign`: not ourselves, so we are root and drop to it."""

    name: str
    uid: int
    gid: int
    foreign: bool

    def begin(
        self, argv: Sequence[str | Path], output: IO[bytes] | int, *, hold: Sequence[int] = ()
    ) -> subprocess.Popen[bytes]:
        """Start a program as this user, apart from our terminal so that Ctrl-C doesn't reach the server.

        It shares the locks in `hold` until it ends, even if we are killed before.
        """
        try:
            return subprocess.Popen(  # noqa: S603  # our own programs and arguments, no shell
                [str(word) for word in argv],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                env=ENVIRONMENT,
                start_new_session=True,
                pass_fds=hold,
                user=self.uid if self.foreign else None,
                group=self.gid if self.foreign else None,
                extra_groups=[] if self.foreign else None,
                umask=0o077,
            )
        except OSError as problem:
            if self.foreign and not self._may_switch():
                raise EmbeddedPostgresError("embedded.cannot_drop", account=self.name) from problem
            raise

    def can_run(self, argv: Sequence[str | Path]) -> bool:
        """Whether this user gets that program to run and succeed, asked by trying it."""
        try:
            return self.begin(argv, subprocess.DEVNULL).wait() == 0
        except (PermissionError, FileNotFoundError):
            return False

    def reaches(self, folder: Path) -> bool:
        """Whether this user can pass through to that folder."""
        return not self.foreign or self.can_run(["/bin/sh", "-c", 'cd -- "$1"', "sh", folder])

    def _may_switch(self) -> bool:
        try:
            subprocess.run(["/bin/sh", "-c", ":"], user=self.uid, group=self.gid, extra_groups=[], check=True)
        except (OSError, subprocess.CalledProcessError):
            return False
        return True


def choose(owned: Sequence[Path], voice: Voice) -> Account:
    """Ourselves; as root the owner of what already lies there (`owned`, first wins), else a user for this alone."""
    if os.geteuid() != 0:
        uid = os.geteuid()
        try:
            return Account(pwd.getpwuid(uid).pw_name, uid, os.getegid(), foreign=False)
        except KeyError as problem:
            raise EmbeddedPostgresError("embedded.no_os_account", uid=uid) from problem
    for path in owned:
        found = _owner(path)
        if found is not None:
            return found
    return _dedicated(voice)


def _owner(path: Path) -> Account | None:
    if not path.exists():
        return None
    uid = path.stat().st_uid
    try:
        return _of(pwd.getpwuid(uid)) if uid else None
    except KeyError:
        return None


def _of(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, foreign=True)


def _look_up(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return _of(entry) if entry.pw_uid else None


def _dedicated(voice: Voice) -> Account:
    found = _look_up(DEDICATED) or _create(voice) or _look_up(LAST_RESORT)
    if found is None:
        raise EmbeddedPostgresError("embedded.no_unprivileged_account")
    return found


def _create(voice: Voice) -> Account | None:
    """Another program may be creating the same user at this moment, hence the second look."""
    useradd = shutil.which("useradd", path=f"{os.defpath}:/usr/sbin:/sbin")
    if useradd is None:
        return None
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    made = subprocess.run(  # noqa: S603  # fixed words, no shell
        [useradd, *options, "--shell", "/usr/sbin/nologin", DEDICATED], capture_output=True, check=False
    )
    if made.returncode == 0:
        voice("embedded.say.account_made", account=DEDICATED)
    for _ in range(20):
        found = _look_up(DEDICATED)
        if found is not None or made.returncode == 0:
            return found
        time.sleep(0.1)
    return None
