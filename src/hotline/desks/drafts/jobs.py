"""By night: half-filled forms that nobody went on with."""

import logging

from procrastinate.contrib.django import app

from hotline.desks.drafts.commands import forget
from hotline.plumbing.clock import now

logger = logging.getLogger(__name__)


@app.periodic(cron="17 19 * * *")  # 03:17 in the city
@app.task(name="forget_drafts", queue="upkeep", queueing_lock="forget_drafts")
def forget_drafts(timestamp: int) -> int:  # noqa: ARG001  # the queue passes the moment it was due
    """Three days after the last word."""
    gone = forget(now=now())
    if gone:
        logger.info("old drafts removed: %d", gone)
    return gone
