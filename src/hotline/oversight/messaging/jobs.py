"""The next step of ringing at its minute, and a look every few minutes after steps whose job was lost."""

import contextlib
import logging
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from hotline.oversight.messaging.ringing import climb, climb_all
from hotline.plumbing.clock import now

logger = logging.getLogger(__name__)


@app.task(name="ring_duty", queue="messages")
def ring_duty(number: str) -> None:
    """Whoever is next, unless the ticket was signed in."""
    climb(number=number, now=now())


def look_again(number: str, at: datetime) -> None:
    """Has the ticket looked at at that moment; one job that waits is enough."""
    name = f"ring:{number}"
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        ring_duty.configure(lock=name, queueing_lock=name, schedule_at=at).defer(number=number)


@app.periodic(cron="*/3 * * * *")
@app.task(name="take_up_rings", queue="upkeep", queueing_lock="take_up_rings")
def take_up_rings(timestamp: int) -> int:  # noqa: ARG001  # the queue passes the moment it was due
    """Urgent sign-ins that are still owed."""
    return climb_all(now=now())
