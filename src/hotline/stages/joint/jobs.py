"""Shortly after midnight, when units end and begin: what those had that are no more goes to their successors."""

import logging

from procrastinate.contrib.django import app

from hotline.plumbing.clock import now
from hotline.stages.joint.commands.succeeding import follow_all

logger = logging.getLogger(__name__)


@app.periodic(cron="5 16 * * *")  # 00:05 in the city
@app.task(name="follow_successors", queue="upkeep", queueing_lock="follow_successors")
def follow_successors(timestamp: int) -> None:  # noqa: ARG001  # the queue passes the moment it was due
    """Tickets and disputes of units that were merged or closed."""
    moved = follow_all(now=now())
    if moved:
        logger.info("tickets that followed a unit's successor: %d", moved)
