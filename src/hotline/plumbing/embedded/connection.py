"""How programs reach the embedded database: one role owns the schema, the other may only work with its rows.

The ledger's promise rests on this split: the role of pages and jobs owns nothing that it must not change.
"""

import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote

from hotline.plumbing.embedded.files import write_new
from hotline.plumbing.embedded.sentences import EmbeddedPostgresError

DATABASE: Final = "hotline"
OWNER_ROLE: Final = "hotline_owner"
APP_ROLE: Final = "hotline_app"
PORT: Final = 5432


@dataclass(frozen=True)
class ConnectionInfo:
    """Where the server listens and the two ways in."""

    socket_dir: Path
    port: int
    database: str
    owner_role: str
    owner_password: str = field(repr=False)
    app_role: str
    app_password: str = field(repr=False)

    def owner_url(self) -> str:
        """For migrations and test databases."""
        return self._url(self.owner_role, self.owner_password)

    def app_url(self) -> str:
        """For pages, API and jobs."""
        return self._url(self.app_role, self.app_password)

    def _url(self, role: str, password: str) -> str:
        host = quote(str(self.socket_dir), safe="")
        return f"postgresql://{role}:{quote(password, safe='')}@{host}:{self.port}/{self.database}"


@dataclass(frozen=True, repr=False)
class Passwords:
    """The two passwords; kept out of tracebacks by having no repr of their own."""

    owner: str
    app: str


def load_passwords(path: Path) -> Passwords | None:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Passwords(owner=kept["owner"], app=kept["app"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as problem:
        raise EmbeddedPostgresError("embedded.secrets_unreadable", path=path) from problem


def make_passwords(path: Path, uid: int, gid: int) -> Passwords:
    """New passwords in a file that only the home's owner reads; complete or absent, never half written."""
    made = Passwords(owner=secrets.token_urlsafe(24), app=secrets.token_urlsafe(24))
    text = json.dumps({"owner": made.owner, "app": made.app})
    write_new(path, text, uid=uid, gid=gid, mode=0o600)
    return made
