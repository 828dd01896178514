"""The whole examination of the ledger: every ticket from its own rows, then all of them against the anchors."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from hotline.tickets.checking import Tally, check_tickets
from hotline.tickets.comparing import compare_anchors
from hotline.tickets.findings import Finding


def examine(anchors: Path, tally: Tally, *, since: datetime | None = None) -> Iterator[Finding]:
    """Everything that is not as it was written; `tally` says afterwards how much was looked at."""
    yield from check_tickets(tally, since=since)
    yield from compare_anchors(anchors, tally, since=since.date() if since else None)


def sentences() -> Iterator[str]:
    """The same as one of the checks of `hotline check`."""
    from hotline.plumbing.env import env

    yield from map(str, examine(env().home / "anchors", Tally()))
