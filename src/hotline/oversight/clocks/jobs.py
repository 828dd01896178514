"""When the engine runs: each minute for the clocks, each morning for the digest, by night for archiving.

Several workers may run it at once.
"""

import logging

from procrastinate.contrib.django import app

from hotline.oversight.clocks.archiving import archive_ended
from hotline.oversight.clocks.digest import send_digests
from hotline.oversight.clocks.engine import fire_due
from hotline.plumbing.clock import now

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="fire_clocks", queue="clocks", queueing_lock="fire_clocks")
def fire_clocks(timestamp: int) -> int:  # noqa: ARG001  # the queue passes the moment it was due
    """Reminders, expiry, notices, ends of pauses."""
    done = fire_due(now=now())
    if done.fired or done.aside:
        logger.info("clocks fired: %d on %d tickets, %d set aside", done.fired, done.tickets, done.aside)
    return done.fired


@app.periodic(cron="17 18 * * *")  # 02:17 in the city
@app.task(name="archive_tickets", queue="upkeep", queueing_lock="archive_tickets")
def archive_tickets(timestamp: int) -> int:  # noqa: ARG001  # as above
    """Tickets that ended long enough ago."""
    done = archive_ended(now=now())
    if done:
        logger.info("tickets archived: %d", done)
    return done


@app.periodic(cron="0,30 0,1 * * *")  # 08:00 in the city, and thrice more for who was away: nobody is told twice
@app.task(name="send_digests", queue="messages", queueing_lock="send_digests")
def morning_digests(timestamp: int) -> int:  # noqa: ARG001  # as above
    """What waits at each unit."""
    return send_digests(now=now())
