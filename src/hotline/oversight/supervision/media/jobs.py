"""By day: a public answer that was not given in time is noted and told, each date once."""

import logging
from datetime import datetime

from django.db.models import QuerySet
from procrastinate.contrib.django import app

from hotline.oversight.supervision.media.models import Handover
from hotline.oversight.supervision.media.telling import tell_late
from hotline.plumbing.clock import now
from hotline.plumbing.rows import each_due
from hotline.rules.media import Status

logger = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(name="late_public_answers", queue="upkeep", queueing_lock="late_public_answers")
def late_public_answers(timestamp: int) -> int:  # noqa: ARG001  # the queue passes the moment it was due
    """Every ten minutes."""
    noted = note_late(now=now())
    if noted:
        logger.info("public answers past their date: %d", noted)
    return noted


def note_late(*, now: datetime) -> int:
    """All whose date has passed. How many."""

    def note(row: Handover) -> None:
        row.late_at = now
        row.save(update_fields=["late_at"])
        tell_late(row, now=now)

    return each_due(_past(now), note)


def _past(now: datetime) -> QuerySet[Handover]:
    """Only the partial index of handed lists whose date nobody has noted is read."""
    return Handover.objects.filter(status=Status.HANDED.value, late_at=None, due_at__lt=now)
