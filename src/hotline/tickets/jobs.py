"""The nightly anchor of the ledger. Its seal also goes into the log, which most offices keep on another machine."""

import logging

from procrastinate.contrib.django import app

from hotline.plumbing.clock import now
from hotline.plumbing.env import env
from hotline.tickets.anchors import write_anchor

logger = logging.getLogger(__name__)


@app.periodic(cron="47 15 * * *")  # 23:47 in the city
@app.task(name="anchor_ledger", queue="upkeep", queueing_lock="anchor_ledger")
def anchor_ledger(timestamp: int) -> None:  # noqa: ARG001  # the queue passes the moment it was due
    """How far each ticket that changed today has come, written outside the database."""
    written = write_anchor(env().home / "anchors", now=now())
    if written is not None:
        logger.info("ledger anchored: %s, %d tickets, seal %s", written.path.name, written.tickets, written.seal)
