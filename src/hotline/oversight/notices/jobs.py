"""By night: notices that nobody needs any more."""

import logging

from procrastinate.contrib.django import app

from hotline.oversight.notices.commands import forget
from hotline.plumbing.clock import now

logger = logging.getLogger(__name__)


@app.periodic(cron="57 18 * * *")  # 02:57 in the city
@app.task(name="forget_notices", queue="upkeep", queueing_lock="forget_notices")
def forget_notices(timestamp: int) -> int:  # noqa: ARG001  # the queue passes the moment it was due
    """Read ones after three months, all after a year."""
    gone = forget(now=now())
    if gone:
        logger.info("old notices removed: %d", gone)
    return gone
