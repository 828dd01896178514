"""By day: the last day of a date is brought to mind, a date that has passed is told; each once, and afresh when moved.

Only the partial indexes of what is still owed are read.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from procrastinate.contrib.django import app

from hotline.oversight.instructions.models import Ask, Instruction
from hotline.oversight.instructions.telling import remind
from hotline.plumbing.clock import now
from hotline.plumbing.rows import each_due
from hotline.rules.instructions.states import LIVE

logger = logging.getLogger(__name__)
AHEAD = timedelta(hours=24)


@app.periodic(cron="*/10 * * * *")
@app.task(name="late_instructions", queue="upkeep", queueing_lock="late_instructions")
def late_instructions(timestamp: int) -> int:  # noqa: ARG001  # the queue passes the moment it was due
    """Every ten minutes."""
    noted = note_dates(now=now())
    if noted:
        logger.info("dates of instructions brought to mind: %d", noted)
    return noted


def note_dates(*, now: datetime) -> int:
    """All dates that are near or past, of units and of reports to leaders; how many were noted."""
    return sum(
        _note(rows, column, now)
        for rows in (Ask.objects.filter(reported=False, instruction__status__in=sorted(LIVE)), _to_present())
        for column in ("late_at", "soon_at")
    )


def _to_present() -> QuerySet[Instruction]:
    return Instruction.objects.filter(status__in=sorted(LIVE), presented_on=None)


def _note(rows: QuerySet[Any], column: str, now: datetime) -> int:
    late = column == "late_at"
    due = {"due_at__lt": now} if late else {"due_at__range": (now, now + AHEAD)}
    return each_due(rows.filter(**{column: None}, **due), lambda row: _noted(row, column, late=late, now=now))


def _noted(row: Model, column: str, *, late: bool, now: datetime) -> None:
    """Noted first: whatever follows it happens once."""
    setattr(row, column, now)
    row.save(update_fields=[column])
    if isinstance(row, Ask):
        remind(row.instruction, row.unit, late=late, now=now)
    elif isinstance(row, Instruction):
        remind(row, None, late=late, now=now)
