"""Rows that are due are taken one by one: each in a transaction of its own, skipped while somebody else has it.

Jobs that note "this date has passed" rely on it: what follows from a date happens once, and one row that fails holds up
no other.
"""

from collections.abc import Callable
from typing import Final, TypeVar

from django.db import models, transaction
from django.db.models import QuerySet

Row = TypeVar("Row", bound=models.Model)
AT_ONCE: Final = 200
"""How many one pass takes; the next pass goes on."""


def each_due(rows: QuerySet[Row], note: Callable[[Row], None]) -> int:
    """Notes those that are still due when their row is held, the longest due first; how many were noted.

    `rows` say by themselves which are due (a model with `due_at`); `note` makes a row not due any more.
    """
    noted = 0
    for pk in list(rows.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            row = rows.select_for_update(skip_locked=True, no_key=True, of=("self",)).filter(pk=pk).first()
            if row is not None:
                note(row)
                noted += 1
    return noted
