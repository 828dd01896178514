"""发文字号: drawn when a signature is recorded, gapless in its kind and year, in the transaction that records it."""

from datetime import datetime

from django.db import connection

from hotline.rules.documents import DocumentKind
from hotline.rules.vocabulary import CITY_TZ

DRAW = """
    INSERT INTO documents_documentnumber (kind, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (kind, year) DO UPDATE SET last = documents_documentnumber.last + 1 RETURNING last
"""


def draw(kind: DocumentKind, *, now: datetime) -> tuple[int, int]:
    """The year and the next number; whoever draws at the same time waits, and what is rolled back leaves no gap."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number is drawn in the transaction that uses it")
    year = now.astimezone(CITY_TZ).year
    with connection.cursor() as cursor:
        cursor.execute(DRAW, [kind.value, year])
        return year, int(cursor.fetchone()[0])
