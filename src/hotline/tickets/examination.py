"""The whole examination of the ledger: every ticket from its own rows, then all of them against the anchors.

What it found is kept, so that an auditor reads on a page when the ledger was last examined and with which result.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from hotline.tickets.checking import Tally, check_tickets
from hotline.tickets.comparing import compare_anchors
from hotline.tickets.findings import Finding
from hotline.tickets.models import LedgerCheck

KEPT: Final = 20
"""Findings that are kept in words; the rest is counted."""


class Account:
    """Counts findings as they pass by and keeps the first of them."""

    def __init__(self) -> None:
        self.found, self.first = 0, list[dict[str, str]]()

    def of(self, findings: Iterator[Finding]) -> Iterator[Finding]:
        """The same findings, counted."""
        for finding in findings:
            self.found += 1
            if len(self.first) < KEPT:
                self.first.append({"zh": finding.zh, "en": finding.en})
            yield finding


def keep(tally: Tally, account: Account, *, since: datetime | None, now: datetime) -> LedgerCheck:
    """Put an examination that came to its end on record."""
    return LedgerCheck.objects.create(
        at=now,
        since=since,
        tickets=tally.tickets,
        entries=tally.entries,
        anchored=tally.anchored,
        last_anchor=tally.last_anchor,
        findings=account.found,
        first=account.first,
    )


def examine_and_keep(anchors: Path, *, since: datetime | None, now: datetime) -> LedgerCheck:
    """The examination with nobody at the command line."""
    tally, account = Tally(), Account()
    for _ in account.of(examine(anchors, tally, since=since)):
        pass
    return keep(tally, account, since=since, now=now)


def examine(anchors: Path, tally: Tally, *, since: datetime | None = None) -> Iterator[Finding]:
    """Everything that is not as it was written; `tally` says afterwards how much was looked at."""
    yield from check_tickets(tally, since=since)
    yield from compare_anchors(anchors, tally, since=since.date() if since else None)


def sentences() -> Iterator[str]:
    """The same as one of the checks of `hotline check`."""
    from hotline.plumbing.env import env

    yield from map(str, examine(env().home / "anchors", Tally()))
