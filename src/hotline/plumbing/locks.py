"""Work that only one process of a city may do at a time, without a lock table: PostgreSQL's advisory locks.

Row locks of tickets are not taken here but at the tickets' own access door.
"""

from hashlib import blake2b

from django.db import connection


def take_turn(name: str) -> bool:
    """True when this transaction now holds `name`; it lets go by itself at commit or rollback.

    The schema's name is part of the key: cities that share a database do not wait for each other.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("take_turn needs a transaction: the lock ends with it")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_number(f"{schema}:{name}")])
        return bool(cursor.fetchone()[0])


def lock_number(name: str) -> int:
    """A signed 64-bit number that stays the same over processes and releases."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)


def wait_turn(name: str) -> None:
    """The same, waiting until whoever holds `name` has committed; for short work that must not be given up."""
    if not connection.in_atomic_block:
        raise RuntimeError("wait_turn needs a transaction: the lock ends with it")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_number(f"{schema}:{name}")])
