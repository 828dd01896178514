"""Where the city's data lives: the operator's PostgreSQL, or the embedded one that needs no setting up.

Two roles: the owner makes tables, the application may only read and write rows, so a broken page can't drop the
ledger's guards. With a single DATABASE_URL both are the same role, and `hotline check database` says so.
"""

import os
from dataclasses import dataclass
from typing import Any, Final, LiteralString

import psycopg
from psycopg import conninfo, sql

from hotline.plumbing.env import Env, EnvRefused
from hotline.plumbing.redaction import redact

OLDEST: Final = 15
NEWEST: Final = 18
PATIENCE: Final = {"timeout": 2, "reconnect_timeout": 5, "max_idle": 120}
"""Threads never outnumber connections, so a page waits for one only while the server is away: two seconds, then
it says so. Giving up early on reconnecting keeps the pauses between attempts short, so that pages are back at once.
"""
AWAY_STATES: Final = frozenset({"57P01", "57P02", "57P03", "53300"})
"""Shutting down, crashed, starting up, no connection slot left: the server can't be had right now."""
BUSY_STATES: Final = frozenset({"40001", "40P01", "55P03", "57014"})
"""Serialization failure, deadlock, lock not got in time, statement cut off: the same act may work at once."""


@dataclass(frozen=True)
class Addresses:
    """Two roles' addresses of one database. They hold passwords: never print them."""

    app: str
    owner: str

    @property
    def separate(self) -> bool:
        return self.app != self.owner


def given_addresses(env: Env) -> Addresses | None:
    """What the operator named, or None when the embedded server is meant."""
    if not env.database_url:
        return None
    return Addresses(app=env.database_url, owner=env.database_owner_url or env.database_url)


def django_database(url: str, *, pool_size: int) -> dict[str, Any]:
    """The address as Django wants it, with a psycopg pool; PGOPTIONS of the process come before the address's own."""
    parts: dict[str, Any] = dict(conninfo.conninfo_to_dict(url))
    options = " ".join(filter(None, (os.environ.get("PGOPTIONS", ""), parts.pop("options", ""))))
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "application_name": "zhitong",
            "connect_timeout": 5,
            **parts,
            "pool": {"min_size": 1, "max_size": pool_size, **PATIENCE},
        },
    }
    if options:
        database["OPTIONS"]["options"] = options
    return database


def kind_of_failure(error: BaseException | None) -> str | None:
    """`database.away`, `database.busy`, or None when the fault lies with us and not with the server."""
    state = getattr(_driver_error(error), "sqlstate", None) if error is not None else None
    if state in BUSY_STATES:
        return "database.busy"
    if not _is_operational(error):
        return None
    if state is None or state.startswith("08") or state in AWAY_STATES:
        return "database.away"
    return None


def _is_operational(error: BaseException | None) -> bool:
    from django.db import InterfaceError, OperationalError

    kinds = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
    return isinstance(error, kinds)


def _driver_error(error: BaseException | None) -> BaseException | None:
    return error if isinstance(error, psycopg.Error) else getattr(error, "__cause__", None)


def check_server(url: str) -> int:
    """The server's major version; refuses one that can't be reached or is too old, in a sentence."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            major = connection.info.server_version // 10000
    except psycopg.Error as error:
        reason = redact(str(error).strip().replace("\n", " "))
        raise EnvRefused(
            (
                f"数据库连不上，请核对 DATABASE_URL 与数据库服务：{reason}"
                f" / The database can't be reached; check DATABASE_URL and the server: {reason}",
            )
        ) from error
    if major < OLDEST:
        raise EnvRefused(
            (
                f"数据库版本是 PostgreSQL {major}，需要 {OLDEST} 至 {NEWEST}。"
                f" / The server is PostgreSQL {major}; {OLDEST} to {NEWEST} are needed.",
            )
        )
    return major


GRANTS: Final[tuple[LiteralString, ...]] = (
    "GRANT USAGE ON SCHEMA {schema} TO {app}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE, SELECT ON SEQUENCES TO {app}",
)


def grant_rows_to_app(addresses: Addresses) -> None:
    """Before the first migration: what the owner will make, the application may use row by row.

    A default and no later sweep, so that a migration which takes a right away (the ledger's) has the last word.
    """
    if not addresses.separate:
        return
    app_role = conninfo.conninfo_to_dict(addresses.app).get("user")
    with psycopg.connect(addresses.owner) as connection:
        row = connection.execute("SELECT current_schema(), current_user").fetchone()
        if row is None or app_role is None or row[1] == app_role:
            return
        names = {"schema": sql.Identifier(row[0]), "app": sql.Identifier(str(app_role))}
        for statement in GRANTS:
            connection.execute(sql.SQL(statement).format(**names))
