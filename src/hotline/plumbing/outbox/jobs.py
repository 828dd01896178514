"""The outbox's work: one job for each message, and a look after those whose job was lost."""

import logging

from procrastinate.contrib.django import app

from hotline.plumbing.clock import now
from hotline.plumbing.outbox.sending import attempt, clear_old, remove_old, take_up

logger = logging.getLogger(__name__)


@app.task(name="send_message", queue="messages")
def send_message(message_id: int) -> None:
    """One attempt; the next one, where needed, is a job of its own."""
    attempt(message_id, now=now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="take_up_messages", queue="upkeep", queueing_lock="take_up_messages")
def take_up_messages(timestamp: int) -> int:  # noqa: ARG001  # the queue passes the moment it was due
    """Messages that should long be gone."""
    taken = take_up(now=now())
    if taken:
        logger.warning("messages looked at again: %d", taken)
    return taken


@app.periodic(cron="27 19 * * *")  # 03:27 in the city
@app.task(name="clear_messages", queue="upkeep", queueing_lock="clear_messages")
def clear_messages(timestamp: int) -> int:  # noqa: ARG001  # as above
    """Addresses and words of messages past their time, and rows of those that nobody asks for any more."""
    moment = now()
    removed = remove_old(now=moment)
    if removed:
        logger.info("old messages removed: %d", removed)
    return clear_old(now=moment) + removed
