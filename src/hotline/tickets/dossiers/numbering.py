"""Numbers of papers: gapless in their year, and in their kind where a family has kinds; drawn in the transaction that
uses them.
"""

from datetime import datetime

from django.db import connection, models

from hotline.rules.vocabulary import CITY_TZ


def draw(last: type[models.Model], *, now: datetime, **of: str) -> tuple[int, int]:
    """The year and the next number; whoever draws at the same time waits, and what is rolled back leaves no gap.

    `last` is the table of the numbers last drawn, `of` what else counts by itself there.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is drawn in the transaction that uses it")
    year = now.astimezone(CITY_TZ).year
    table, counted = last._meta.db_table, ", ".join((*of, "year"))  # noqa: SLF001  # Django documents it
    values = ", ".join(["%s"] * (len(of) + 1))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({counted}, last) VALUES ({values}, 1) "  # noqa: S608  # names of our own tables and columns
            f"ON CONFLICT ({counted}) DO UPDATE SET last = {table}.last + 1 RETURNING last",
            [*of.values(), year],
        )
        return year, int(cursor.fetchone()[0])
