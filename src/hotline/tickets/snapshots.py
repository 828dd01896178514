"""Reading whole tables as they stood at one moment, row by row: audits and anchors of ten million entries fit in
the memory of a small machine.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection, transaction

AT_ONCE: Final = 2000


@contextmanager
def snapshot() -> Iterator[None]:
    """One unchanging picture of the database. Inside another transaction it is that transaction's picture."""
    nested = connection.in_atomic_block
    with transaction.atomic(savepoint=False):
        if not nested:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def rows(statement: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement over a cursor of the server, a few thousand at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values)
        while some := cursor.fetchmany(AT_ONCE):
            yield from some
