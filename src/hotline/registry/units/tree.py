"""Who stands below whom, asked of the database in one go: a district sees what its streets and bureaus do."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from hotline.rules.vocabulary import UnitCode

_COVERED = """
    WITH RECURSIVE covered(code) AS (
        SELECT unnest(%s::varchar[])
        UNION
        SELECT tenure.unit_id FROM units_unittenure tenure JOIN covered ON tenure.parent_id = covered.code
        WHERE (tenure.valid_from IS NULL OR tenure.valid_from <= %s)
          AND (tenure.valid_to IS NULL OR tenure.valid_to > %s)
    )
    SELECT code FROM covered
"""


def covered(codes: Iterable[str], day: date) -> frozenset[UnitCode]:
    """These units and all units below them on that day."""
    with connection.cursor() as cursor:
        cursor.execute(_COVERED, [sorted(set(codes)), day, day])
        return frozenset(UnitCode(code) for (code,) in cursor.fetchall())
