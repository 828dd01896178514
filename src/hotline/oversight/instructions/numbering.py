"""批示编号: drawn when an instruction is recorded, gapless in its year, in the transaction that records it."""

from datetime import datetime

from django.db import connection

from hotline.rules.vocabulary import CITY_TZ

DRAW = """
    INSERT INTO instructions_instructionnumber (year, last) VALUES (%s, 1)
    ON CONFLICT (year) DO UPDATE SET last = instructions_instructionnumber.last + 1 RETURNING last
"""


def draw(*, now: datetime) -> tuple[int, int]:
    """The year and the next number; whoever draws at the same time waits, and what is rolled back leaves no gap."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number is drawn in the transaction that uses it")
    year = now.astimezone(CITY_TZ).year
    with connection.cursor() as cursor:
        cursor.execute(DRAW, [year])
        return year, int(cursor.fetchone()[0])
