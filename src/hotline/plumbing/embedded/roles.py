"""The roles and the database inside a new cluster: an owner for migrations, and the role of pages and jobs.


Login is given last. A first start killed half-way is therefore seen as unfinished and completed by the next one.
"""

from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

from hotline.plumbing.embedded.cluster import KEEPER
from hotline.plumbing.embedded.connection import APP_ROLE, DATABASE, OWNER_ROLE, PORT, Passwords
from hotline.plumbing.embedded.sentences import EmbeddedPostgresError

CONNECT_TIMEOUT = 5
Session = psycopg.Connection[tuple[object, ...]]

DEFAULT_RIGHTS = """
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT USAGE ON SCHEMAS TO {app};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT USAGE, SELECT ON SEQUENCES TO {app};
"""


def keeper(sockets: Path, database: str = "postgres") -> Session:
    """A session of the superuser, which only the server's own user and root get."""
    return psycopg.connect(
        host=str(sockets),
        port=PORT,
        user=KEEPER,
        dbname=database,
        connect_timeout=CONNECT_TIMEOUT,
        application_name="hotline keeper",
        autocommit=True,
    )


def answers(sockets: Path, data: Path) -> bool:
    """Whether the server takes sessions and has finished recovery. Anything but a refusal means: not yet."""
    try:
        with keeper(sockets) as session:
            row = session.execute("SELECT pg_is_in_recovery()").fetchone()
            return row == (False,)
    except psycopg.OperationalError as problem:
        reason = str(problem).strip()
        if "authentication" in reason or "pg_hba.conf" in reason:
            raise EmbeddedPostgresError("embedded.refused", path=data, reason=reason) from problem
        return False


def provisioned(sockets: Path) -> bool:
    with keeper(sockets) as session:
        row = session.execute(
            "SELECT count(*) FROM pg_roles WHERE rolcanlogin AND rolname = ANY(%s)", [[OWNER_ROLE, APP_ROLE]]
        ).fetchone()
        there = session.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
    return row == (2,) and there is not None


def owner_gets_in(sockets: Path, passwords: Passwords) -> bool:
    """False when the password file was replaced behind the server's back, say from an older backup."""
    try:
        psycopg.connect(
            host=str(sockets),
            port=PORT,
            user=OWNER_ROLE,
            password=passwords.owner,
            dbname=DATABASE,
            connect_timeout=CONNECT_TIMEOUT,
        ).close()
    except psycopg.OperationalError as problem:
        return "authentication failed" not in str(problem)
    return True


def provision(sockets: Path, passwords: Passwords) -> None:
    """Create what is missing and set the passwords; may be repeated at any point."""
    names = {"owner": sql.Identifier(OWNER_ROLE), "app": sql.Identifier(APP_ROLE)}
    with keeper(sockets) as session:
        for role, rights in ((OWNER_ROLE, "NOSUPERUSER NOCREATEROLE CREATEDB"), (APP_ROLE, "NOSUPERUSER NOCREATEROLE")):
            if not _exists(session, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
                session.execute(sql.SQL("CREATE ROLE {} NOLOGIN " + rights).format(sql.Identifier(role)))
    with keeper(sockets, "template1") as session:  # every later database of the owner, test ones too, inherits these
        session.execute(sql.SQL(DEFAULT_RIGHTS).format(**names))
    with keeper(sockets) as session:
        if not _exists(session, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
            session.execute(sql.SQL("CREATE DATABASE {} OWNER {owner}").format(sql.Identifier(DATABASE), **names))
        with session.transaction():
            _let_in(session, OWNER_ROLE, passwords.owner)
            _let_in(session, APP_ROLE, passwords.app)


def _exists(session: Session, query: LiteralString, name: str) -> bool:
    return session.execute(query, [name]).fetchone() is not None


def _let_in(session: Session, role: str, password: str) -> None:
    """The server is told only the salted digest, so that the password itself can't turn up in its log."""
    digest = session.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    session.execute(
        sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(role), sql.Literal(digest)),
    )
