"""Each minute: emergencies whose beginning or planned end has come have the open tickets counted again."""

import logging

from procrastinate.contrib.django import app

from hotline.oversight.emergency.switching import count_what_passed
from hotline.plumbing.clock import now

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="emergencies_passed", queue="upkeep", queueing_lock="emergencies_passed")
def emergencies_passed(timestamp: int) -> None:  # noqa: ARG001  # the queue passes the moment it was due
    """Nobody has to be there when an emergency ends as planned."""
    found = count_what_passed(now=now())
    if found:
        logger.info("emergencies that began or ended: %d", found)
