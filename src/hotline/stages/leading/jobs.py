"""By night the samples of the day before are drawn, so that leaders find them in the morning."""

import logging
from datetime import timedelta

from procrastinate.contrib.django import app

from hotline.plumbing.clock import now, today
from hotline.stages.leading.commands import draw_day

logger = logging.getLogger(__name__)


@app.periodic(cron="20 17 * * *")  # 01:20 in the city
@app.task(name="draw_quality_samples", queue="upkeep", queueing_lock="draw_quality_samples")
def draw_quality_samples(timestamp: int) -> None:  # noqa: ARG001  # the queue passes the moment it was due
    """Some tickets of each agent of yesterday."""
    found = draw_day(today() - timedelta(days=1), now=now())
    if found:
        logger.info("samples drawn: %d", found)
