"""The round over open tickets as a job; a killed worker's round is taken up where it stopped."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hotline.oversight.recomputing.commands import carry_out
from hotline.plumbing.clock import now


@app.task(name="recompute_open_tickets", queue="reactions", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def recompute_open_tickets(number: int) -> None:
    """Counts the running clocks of open tickets again."""
    carry_out(number, now=now())
