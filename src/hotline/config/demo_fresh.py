"""`hotline demo --fresh`: clears a demonstration's tables, and nobody else's.

Works as the owner of the tables, because the ledger's guards let nobody else remove a line. Before anything is
dropped the accounts are looked at: one that is not of the demonstration stops it.
"""

from typing import Final, LiteralString

import psycopg

from hotline.config.demo import MARK, REAL_DATA
from hotline.plumbing.env import EnvRefused

BUSY: Final = (
    "演示数据库正在使用，请先停止正在运行的演示。 / The demonstration's database is in use; stop the running one first."
)
DROP_ALL: Final[LiteralString] = """
DO $$
DECLARE found record;
BEGIN
    FOR found IN SELECT oid::regclass AS name, relkind FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
          AND pg_get_userbyid(relowner) = current_user
    LOOP
        EXECUTE format('DROP %s IF EXISTS %s CASCADE',
            CASE found.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, found.name);
    END LOOP;
    FOR found IN SELECT oid::regclass AS name FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind = 'S'
          AND pg_get_userbyid(relowner) = current_user
    LOOP
        EXECUTE format('DROP SEQUENCE IF EXISTS %s CASCADE', found.name);
    END LOOP;
    FOR found IN SELECT oid::regprocedure AS name FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace AND pg_get_userbyid(proowner) = current_user
    LOOP
        EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', found.name);
    END LOOP;
    FOR found IN SELECT t.oid::regtype AS name FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
        WHERE t.typnamespace = current_schema()::regnamespace AND pg_get_userbyid(t.typowner) = current_user
          AND (t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND c.relkind = 'c'))
    LOOP
        EXECUTE format('DROP TYPE IF EXISTS %s CASCADE', found.name);
    END LOOP;
END $$
"""
"""Everything the owner has in this schema; other cities' schemas in the same database are not touched."""


def clear(owner_url: str) -> None:
    """Drop the demonstration, or refuse with a sentence."""
    with psycopg.connect(owner_url) as connection:
        if _real(connection):
            raise EnvRefused((REAL_DATA,))
        try:
            connection.execute("SET LOCAL lock_timeout = '5s'")
            connection.execute(DROP_ALL)
        except psycopg.errors.LockNotAvailable as busy:
            raise EnvRefused((BUSY,)) from busy


def _real(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Whether there are accounts of others, or tickets without any account."""
    if _one(connection, "SELECT to_regclass('people_user')") is None:
        return _one(connection, "SELECT to_regclass('tickets_ticket')") is not None
    others = _one(connection, "SELECT count(*) FROM people_user WHERE staff_no NOT LIKE %s", f"{MARK}%")
    ours = _one(connection, "SELECT count(*) FROM people_user WHERE staff_no LIKE %s", f"{MARK}%")
    if others or _one(connection, "SELECT to_regclass('tickets_ticket')") is None:
        return bool(others)
    return not ours and bool(_one(connection, "SELECT EXISTS (SELECT 1 FROM tickets_ticket)"))


def _one(connection: psycopg.Connection[tuple[object, ...]], query: LiteralString, *values: object) -> object:
    row = connection.execute(query, values or None).fetchone()
    return row[0] if row else None
