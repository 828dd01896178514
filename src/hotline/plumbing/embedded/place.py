"""Where the embedded database lies: below the platform's home, or elsewhere when the server can't reach that.

Folders that others made keep their rights; a home under /root therefore gets its database under /var/lib.
"""

import hashlib
import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hotline.plumbing.embedded.account import Account
from hotline.plumbing.embedded.files import give, make_folder, touch, write_new
from hotline.plumbing.embedded.sentences import EmbeddedPostgresError, Voice

OTHER_PLACES: Final = Path("/var/lib")
SHORT_SOCKETS: Final = Path("/tmp")  # noqa: S108  # private folder inside, checked: only short paths fit a socket
SOCKET_FILE: Final = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT: Final = 100
UNUSABLE: Final = re.compile(r"[\"$`\\\x00-\x1f\x7f]")  # pg_ctl hands the path to a shell inside double quotes


def short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]


@dataclass(frozen=True)
class Home:
    """The folder that the operator named (HOTLINE_HOME)."""

    path: Path

    @property
    def own(self) -> Path:
        return self.path / "postgres"

    @property
    def users_lock(self) -> Path:
        return self.own / "users.lock"

    @property
    def start_lock(self) -> Path:
        return self.own / "start.lock"

    @property
    def watch_lock(self) -> Path:
        return self.own / "watch.lock"

    @property
    def pointer(self) -> Path:
        return self.own / "elsewhere"

    @property
    def secrets(self) -> Path:
        return self.path / "secrets" / "postgres.json"

    @property
    def log(self) -> Path:
        return self.path / "log" / "postgres.log"

    @property
    def owner(self) -> tuple[int, int]:
        status = self.path.stat()
        return status.st_uid, status.st_gid

    def recorded_base(self) -> Path:
        """Where the database is by what earlier starts wrote down, whether or not it exists yet."""
        try:
            return Path(self.pointer.read_text(encoding="utf-8").strip())
        except FileNotFoundError:
            return self.own


@dataclass(frozen=True)
class Place:
    """Where the database itself lies; everything here belongs to the server's account."""

    base: Path

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def unfinished(self) -> Path:
        return self.base / "data.new"

    @property
    def cluster_name(self) -> str:
        """Stands in the title of every server process, so that left-over ones are told from other servers'."""
        return f"hotline-{short_hash(self.data)}"

    @property
    def made(self) -> bool:
        return (self.data / "PG_VERSION").exists()


def open_home(path: Path) -> Home:
    """Check the operator's folder and make what belongs to us in it."""
    path = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100  # resolve() would change the name operators know
    if UNUSABLE.search(str(path)) or path == path.parent:
        raise EmbeddedPostgresError("embedded.home_malformed", path=str(path))
    home = Home(path)
    try:
        _furnish(home)
    except (NotADirectoryError, FileExistsError) as problem:
        obstacle = _obstacle(Path(problem.filename))
        raise EmbeddedPostgresError("embedded.home_not_folder", path=path, obstacle=obstacle) from problem
    except OSError as problem:
        raise EmbeddedPostgresError("embedded.home_denied", path=problem.filename or path) from problem
    return home


def _obstacle(path: Path) -> Path:
    """What stands where a folder was to be: the first thing above (or at) `path` that is none."""
    return next((place for place in (*reversed(path.parents), path) if not place.is_dir()), path)


def _furnish(home: Home) -> None:
    """Our folders and lock files. What root makes in a user's home stays usable for that user."""
    make_folder(home.path)
    uid, gid = home.owner
    for folder, mode in ((home.own, 0o711), (home.log.parent, 0o711), (home.secrets.parent, 0o700)):
        if make_folder(folder, mode):
            give(folder, uid, gid)
    for file in (home.users_lock, home.start_lock, home.watch_lock, home.log):
        touch(file, uid=uid, gid=gid)


def settle(home: Home, account: Account, voice: Voice) -> Place:
    """Find the database's place, or choose one where the server's account can live."""
    if home.pointer.exists():
        return _recorded(home, account)
    place = Place(home.own)
    if account.reaches(home.own):
        return place
    if place.made:
        raise EmbeddedPostgresError("embedded.unreachable", account=account.name, path=place.data)
    return _elsewhere(home, account, voice)


def _recorded(home: Home, account: Account) -> Place:
    base = home.recorded_base()
    if not (base / "home").exists():
        raise EmbeddedPostgresError("embedded.elsewhere_gone", home=home.path, path=base, pointer=home.pointer)
    owner = (base / "home").read_text(encoding="utf-8").strip()
    if owner != str(home.path):
        raise EmbeddedPostgresError("embedded.belongs_to_another_home", path=base, owner=owner, home=home.path)
    if not account.reaches(base):
        raise EmbeddedPostgresError("embedded.unreachable", account=account.name, path=base)
    return Place(base)


def _elsewhere(home: Home, account: Account, voice: Voice) -> Place:
    """A new folder for this home. One that an earlier, deleted home left behind is named but never reused."""
    plain = base = OTHER_PLACES / f"hotline-{short_hash(home.path)}"
    number = 1
    while base.exists():
        voice("embedded.say.older_found", path=base)
        number += 1
        base = plain.with_name(f"{plain.name}-{number}")
    trouble = EmbeddedPostgresError("embedded.no_other_place", account=account.name, home=home.path, path=base)
    try:
        make_folder(base)
    except OSError as problem:
        raise trouble from problem
    if not account.reaches(base):
        base.rmdir()
        raise trouble
    uid, gid = home.owner
    write_new(base / "home", f"{home.path}\n", uid=0, gid=0, mode=0o644)
    write_new(home.pointer, f"{base}\n", uid=uid, gid=gid, mode=0o644)
    voice("embedded.say.elsewhere", account=account.name, home=home.path, path=base)
    return Place(base)


def socket_folder(place: Place, account: Account) -> Path:
    """A private folder whose path is short enough for a socket, which the kernel cuts at about 107 bytes."""
    folder = place.base / "run"
    if len(os.fsencode(folder / SOCKET_FILE)) > SOCKET_PATH_LIMIT:
        folder = SHORT_SOCKETS / f"hotline-{account.uid}-{short_hash(place.data)}"
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    if folder.lstat().st_uid == os.geteuid():
        give(folder, account.uid, account.gid)
    status = folder.lstat()
    private = stat.S_ISDIR(status.st_mode) and not stat.S_IMODE(status.st_mode) & 0o077
    if not private or status.st_uid != account.uid:
        raise EmbeddedPostgresError("embedded.socket_folder_taken", path=folder)
    return folder
