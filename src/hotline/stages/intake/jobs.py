"""By night: quick notes of calls that nobody will ask for any more."""

import logging

from procrastinate.contrib.django import app

from hotline.plumbing.clock import now
from hotline.stages.intake.commands.notes import forget_notes

logger = logging.getLogger(__name__)


@app.periodic(cron="50 18 * * *")  # 02:50 in the city
@app.task(name="forget_call_notes", queue="upkeep", queueing_lock="forget_call_notes")
def forget_call_notes(timestamp: int) -> int:  # noqa: ARG001  # the queue passes the moment it was due
    """Past the operator's setting."""
    gone = forget_notes(now=now())
    if gone:
        logger.info("old quick notes removed: %d", gone)
    return gone
