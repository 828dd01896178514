"""By day: what was not reported in time is noted, told and brought one rung up the ladder; each date once.

Only the partial index of open supervisions whose date nobody has noted is read.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app

from hotline.oversight.supervision import commands
from hotline.oversight.supervision.models import Supervision
from hotline.oversight.supervision.reacting import rules_of, take_up
from hotline.oversight.supervision.telling import tell_late
from hotline.plumbing.clock import now
from hotline.plumbing.locks import wait_turn
from hotline.rules.supervision import Status
from hotline.rules.supervision.ladder import late_trigger
from hotline.rules.vocabulary import SupervisionKind

logger = logging.getLogger(__name__)
AT_ONCE = 200


@app.periodic(cron="*/10 * * * *")
@app.task(name="late_supervisions", queue="upkeep", queueing_lock="late_supervisions")
def late_supervisions(timestamp: int) -> int:  # noqa: ARG001  # the queue passes the moment it was due
    """Every ten minutes."""
    noted = note_late(now=now())
    if noted:
        logger.info("supervisions past their date: %d", noted)
    return noted


def note_late(*, now: datetime) -> int:
    """All whose date has passed without a report; each in a transaction of its own. How many."""
    noted = 0
    for pk, number in list(_past(now).order_by("due_at").values_list("pk", "number")[:AT_ONCE]):
        with transaction.atomic():
            if number:
                wait_turn(f"supervision:{number}")
            row = _past(now).select_for_update(skip_locked=True, no_key=True).filter(pk=pk).first()
            if row is not None:
                _note(row, now)
                noted += 1
    return noted


def _past(now: datetime) -> QuerySet[Supervision]:
    return Supervision.objects.filter(status=Status.OPEN.value, late_at=None, due_at__lt=now)


def _note(row: Supervision, now: datetime) -> None:
    """Noted first: whatever follows it happens once."""
    row.late_at = now
    row.save(update_fields=["late_at"])
    tell_late(row, now=now)
    if not row.number:
        return
    ticket = commands.ticket_of(row.number)
    trigger = late_trigger(SupervisionKind(row.kind), row.pk, rules_of(ticket, now))
    if trigger is not None:
        take_up(trigger, number=row.number, now=now)
