"""督办单号: drawn when a supervision is opened, gapless in its kind and year, in the transaction that opens it."""

from datetime import datetime

from django.db import connection

from hotline.rules.vocabulary import CITY_TZ, SupervisionKind

DRAW = """
    INSERT INTO supervision_papernumber (kind, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (kind, year) DO UPDATE SET last = supervision_papernumber.last + 1 RETURNING last
"""


def draw(kind: SupervisionKind, *, now: datetime) -> tuple[int, int]:
    """The year and the next number; whoever draws at the same time waits, and what is rolled back leaves no gap."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number is drawn in the transaction that uses it")
    year = now.astimezone(CITY_TZ).year
    with connection.cursor() as cursor:
        cursor.execute(DRAW, [kind.value, year])
        return year, int(cursor.fetchone()[0])
