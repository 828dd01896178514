"""Creates the database's files once and writes its settings before every start.

UTF-8, the C.UTF-8 locale that the server brings itself, and UTC: the same rows sort the same way on every machine.
"""

import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from hotline.plumbing.embedded.account import Account
from hotline.plumbing.embedded.binaries import VERSION
from hotline.plumbing.embedded.connection import PORT
from hotline.plumbing.embedded.files import give, write_new
from hotline.plumbing.embedded.place import Place
from hotline.plumbing.embedded.sentences import EmbeddedPostgresError

KEEPER: Final = "postgres"
"""The superuser. It has no password: only the server's own user and root get in, recognised by the kernel."""

SETTINGS_FILE: Final = "hotline.conf"
KEEPERS_FILE: Final = "hotline_ident.conf"
SETTING_NAME: Final = re.compile(r"[a-z_][a-z0-9_.]*")

ACCESS: Final = f"""# Who may connect: the keeper by the name of its operating-system user, all others by password.
local  all  {KEEPER}  peer  map=keeper
local  all  all  scram-sha-256
host   all  all  127.0.0.1/32  scram-sha-256
host   all  all  ::1/128       scram-sha-256
"""

INITDB_OPTIONS: Final = (
    *("--username", KEEPER, "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    *("--text-search-config=simple", "--auth-local=peer", "--auth-host=scram-sha-256", "--no-instructions"),
)


def create(place: Place, account: Account, programs: Path, *, sync: bool, lock: int) -> None:
    """Make the files in a side folder and move it into place, so that a killed first start leaves no half database.

    An `initdb` that outlives us keeps the start lock, so that the next start doesn't begin under its hands.
    """
    shutil.rmtree(place.unfinished, ignore_errors=True)
    place.unfinished.mkdir(mode=0o700)
    give(place.unfinished, account.uid, account.gid)
    with tempfile.TemporaryFile() as report:
        options = INITDB_OPTIONS if sync else (*INITDB_OPTIONS, "--no-sync")
        made = account.begin([programs / "initdb", "-D", place.unfinished, *options], report, hold=[lock]).wait()
        if made != 0:
            report.seek(0)
            raise EmbeddedPostgresError("embedded.initdb_failed", tail=last_lines(report.read()))
    _put(place.unfinished / "pg_hba.conf", ACCESS, account)
    _put(place.unfinished / "pg_ident.conf", f"include {KEEPERS_FILE}\n", account)
    settings = place.unfinished / "postgresql.conf"
    _put(settings, settings.read_text(encoding="utf-8") + f"\ninclude = '{SETTINGS_FILE}'\n", account)
    place.unfinished.replace(place.data)


def check_version(place: Place) -> None:
    found = (place.data / "PG_VERSION").read_text(encoding="ascii").strip()
    if found != VERSION:
        raise EmbeddedPostgresError("embedded.other_version", path=place.data, found=found, own=VERSION)


def write_settings(place: Place, account: Account, sockets: Path, wanted: Mapping[str, str]) -> None:
    """Settings of this start. What an operator sets by ALTER SYSTEM stands above them."""
    settings = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": '"' + str(sockets).replace('"', '""') + '"',
        "unix_socket_permissions": "0700",
        "cluster_name": place.cluster_name,
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] %q%u@%d ",
        **wanted,
    }
    lines = [f"{name} = {_quoted(name, value)}\n" for name, value in settings.items()]
    _put(
        place.data / SETTINGS_FILE, "# Written at every start; change it with ALTER SYSTEM.\n" + "".join(lines), account
    )
    names = {account.name, "root"}
    keepers = "".join(f'keeper "{name}" {KEEPER}\n' for name in sorted(names))
    _put(place.data / KEEPERS_FILE, keepers, account)


def _quoted(name: str, value: str) -> str:
    if not SETTING_NAME.fullmatch(name) or any(ord(sign) < 32 for sign in value):
        raise EmbeddedPostgresError("embedded.bad_setting", name=name)
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _put(path: Path, text: str, account: Account) -> None:
    write_new(path, text, uid=account.uid, gid=account.gid, mode=0o600)


def last_lines(log: bytes, count: int = 6) -> str:
    lines = [line for line in log.decode("utf-8", errors="replace").splitlines() if line.strip()]
    return "\n".join(lines[-count:])
