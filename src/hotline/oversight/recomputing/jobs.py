"""The round over open tickets as a job, taken up where a killed worker left it; each morning a look at the calendar
and at lines of the directory that run out.
"""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hotline.oversight.recomputing.commands import carry_out
from hotline.oversight.recomputing.telling import warn, warn_owners
from hotline.plumbing.clock import now

logger = logging.getLogger(__name__)


@app.task(name="recompute_open_tickets", queue="reactions", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def recompute_open_tickets(number: int) -> None:
    """Counts the running clocks of open tickets again."""
    carry_out(number, now=now())


@app.periodic(cron="40 0 * * *")  # 08:40 in the city
@app.task(name="warn_of_missing_year", queue="upkeep", queueing_lock="warn_of_missing_year")
def warn_of_missing_year(timestamp: int) -> None:  # noqa: ARG001  # the queue passes the moment it was due
    """Whoever keeps the calendar is told, once a week, that a year's notice is missing."""
    year = warn(now=now())
    if year is not None:
        logger.warning("the holidays of %d are not loaded: deadlines in it are provisional", year)


@app.periodic(cron="43 0 * * *")  # 08:43 in the city
@app.task(name="warn_owners_of_rules", queue="upkeep", queueing_lock="warn_owners_of_rules")
def warn_owners_of_rules(timestamp: int) -> int:  # noqa: ARG001  # the queue passes the moment it was due
    """Whoever owns a line of the dispatch directory is told, once, that it runs out."""
    return warn_owners(now=now())
