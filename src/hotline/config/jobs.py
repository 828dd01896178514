"""Housekeeping that belongs to no part of the trade."""

from django.core.management import call_command
from procrastinate.contrib.django import app


@app.periodic(cron="27 3 * * *")
@app.task(name="clear_ended_sessions", queue="upkeep", queueing_lock="clear_ended_sessions")
def clear_ended_sessions(timestamp: int) -> None:  # noqa: ARG001  # the queue passes the moment it was due
    """Sessions end after ten hours; their rows would stay for ever."""
    call_command("clearsessions")
