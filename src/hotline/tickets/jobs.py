"""What is done for all tickets by night: the ledger's anchor and its check, and files that nobody needs any more.

The anchor's seal also goes into the log, which most offices keep on another machine.
"""

import logging
from datetime import timedelta

from procrastinate.contrib.django import app

from hotline.plumbing.clock import now
from hotline.plumbing.env import env
from hotline.tickets.anchors import write_anchor
from hotline.tickets.attachments.sweeping import sweep
from hotline.tickets.examination import examine_and_keep

logger = logging.getLogger(__name__)


@app.periodic(cron="47 15 * * *")  # 23:47 in the city
@app.task(name="anchor_ledger", queue="upkeep", queueing_lock="anchor_ledger")
def anchor_ledger(timestamp: int) -> None:  # noqa: ARG001  # the queue passes the moment it was due
    """How far each ticket that changed today has come, written outside the database."""
    written = write_anchor(env().home / "anchors", now=now())
    if written is not None:
        logger.info("ledger anchored: %s, %d tickets, seal %s", written.path.name, written.tickets, written.seal)


@app.periodic(cron="37 18 * * *")  # 02:37 in the city
@app.task(name="sweep_attachments", queue="upkeep", queueing_lock="sweep_attachments")
def sweep_attachments(timestamp: int) -> None:  # noqa: ARG001  # as above
    """Files of attachments that were removed, erased or never recorded."""
    gone = sweep(now=now())
    if gone:
        logger.info("attachment files swept: %d", gone)


CHECKED_BACK = timedelta(days=2)
"""The nightly check looks at what changed lately; the whole ledger is examined by `hotline check ledger`."""


@app.periodic(cron="7 19 * * *")  # 03:07 in the city
@app.task(name="check_ledger", queue="upkeep", queueing_lock="check_ledger")
def check_ledger(timestamp: int) -> None:  # noqa: ARG001  # as above
    """Whether what was written in the last days is still what was written; the auditor reads the result."""
    moment = now()
    done = examine_and_keep(env().home / "anchors", since=moment - CHECKED_BACK, now=moment)
    if done.findings:
        logger.error("ledger check: %d findings in %d tickets", done.findings, done.tickets)
