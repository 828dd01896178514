"""A round over the open tickets: asked for in the act's own transaction, carried out by a job in batches.

A batch is recorded as a whole; when one ticket in it cannot be counted the others are recorded one by one and that
one is set aside with the reason, so that a poisoned ticket holds up nobody's deadline.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from hotline.oversight.recomputing.models import Recomputation
from hotline.oversight.recomputing.moving import Span, candidates, moved
from hotline.plumbing.redaction import redact
from hotline.rules.lifecycle import SYSTEM
from hotline.tickets.access import take_ids
from hotline.tickets.recording import Recording, record_many
from hotline.tickets.rulebook import rulebooks

logger = logging.getLogger(__name__)

BATCH: Final = 200


def ask(*, cause: str, asked_by: str, now: datetime, span: Span | None = None) -> Recomputation:
    """In the caller's transaction: a round begins when it commits. `cause` stands in every event of it."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a recomputation is asked for in the transaction that makes it necessary")
    from hotline.oversight.recomputing.jobs import recompute_open_tickets

    asked = Recomputation.objects.create(
        cause=cause,
        since=span.first if span else None,
        until=span.last if span else None,
        asked_by=asked_by,
        asked_at=now,
    )
    recompute_open_tickets.configure(lock="recompute").defer(number=asked.pk)
    return asked


def carry_out(number: int, *, now: datetime, batch: int = BATCH) -> Recomputation:
    """The whole round, from where it stopped; a finished one is left as it is."""
    asked = Recomputation.objects.get(pk=number)
    if asked.finished_at is not None:
        return asked
    waiting = candidates(_span(asked), after=asked.reached)
    for start in range(0, len(waiting), batch):
        _one_batch(asked, waiting[start : start + batch], now)
    Recomputation.objects.filter(pk=number).update(finished_at=now)
    asked.refresh_from_db()
    logger.info("recomputed: %s, %d checked, %d moved, %d faults", asked, asked.checked, asked.moved, len(asked.faults))
    return asked


def _one_batch(asked: Recomputation, ids: Sequence[int], now: datetime) -> None:
    try:
        with transaction.atomic():
            _keep(asked, ids, _recorded(ids, asked.cause, now), [])
    except Exception:
        logger.exception("a batch could not be recomputed as a whole: %s", asked)
        for one in ids:
            _alone(asked, one, now)


def _alone(asked: Recomputation, one: int, now: datetime) -> None:
    try:
        with transaction.atomic():
            _keep(asked, [one], _recorded([one], asked.cause, now), [])
    except Exception as fault:
        logger.exception("ticket %s could not be recomputed", one)
        with transaction.atomic():
            _keep(asked, [one], 0, [[str(one), redact(f"{type(fault).__name__}: {fault}")[:500]]])


def _recorded(ids: Sequence[int], cause: str, now: datetime) -> int:
    """How many of these tickets moved; each has its event."""
    found = moved(take_ids(ids, actor=SYSTEM), book_of=rulebooks().at, cause=cause, now=now)
    return record_many((Recording(opened=o.opened, decision=o.decision, book=o.book) for o in found), now=now)


def _keep(asked: Recomputation, ids: Sequence[int], number: int, faults: list[list[str]]) -> None:
    """How far the round has come, in the same transaction as what it did."""
    asked.reached, asked.checked, asked.moved = ids[-1], asked.checked + len(ids), asked.moved + number
    asked.faults = [*asked.faults, *faults]
    asked.save(update_fields=["reached", "checked", "moved", "faults"])


def _span(asked: Recomputation) -> Span | None:
    return Span(asked.since, asked.until) if asked.since and asked.until else None
