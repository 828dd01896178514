"""One attempt at one message: marked, handed over outside any transaction, and the outcome written down.

A worker that is killed while it hands over leaves the message as `sending`; its job is taken up by another worker and
the message is handed over again under the same idempotency key. So each message arrives at least once, and once for
receivers that honour the key.
"""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction

from hotline.plumbing.outbox.commands import CLEARED, defer
from hotline.plumbing.outbox.models import OutgoingMessage, State
from hotline.plumbing.outbox.refusing import Undelivered
from hotline.plumbing.outbox.senders import Outgoing, send
from hotline.plumbing.redaction import redact
from hotline.plumbing.sweeping import remove_in_parts

logger = logging.getLogger(__name__)

PATIENCE: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
"""How long to wait after each failed attempt; after the last one it is given up."""

OPEN: Final = (State.WAITING, State.SENDING)
ENDED: Final = (State.SENT, State.FAILED, State.CANCELLED)
FAILED_KEPT: Final = timedelta(days=30)
"""How long an administrator can have a failed message sent again; then its address and words go too."""

OVERLOOKED: Final = timedelta(minutes=15)


def attempt(message_id: int, *, now: datetime) -> None:
    """What the job does. Returns in every case: how it went stands in the message's row."""
    row = _begin(message_id, now)
    if row is None:
        return
    message = Outgoing(key=row.key, channel=row.channel, about=row.about, to=row.to, subject=row.subject, body=row.body)
    try:
        send(message, now=now)
    except Undelivered as fault:
        _put_off(row, fault, now)
    except Exception as fault:
        logger.exception("sender failed: %s message %d", row.channel, row.pk)
        _put_off(row, Undelivered("fault", type(fault).__name__, final=False), now)
    else:
        _sent(row, now)


def _begin(message_id: int, now: datetime) -> OutgoingMessage | None:
    with transaction.atomic():
        row = OutgoingMessage.objects.select_for_update().filter(pk=message_id, state__in=OPEN).first()
        if row is None:
            return None
        if row.not_before > now:
            defer(row.pk, row.not_before)
            return None
        if row.attempts > len(PATIENCE):
            _give_up(row, Undelivered(row.reason or "interrupted", row.error, final=True), now)
            return None
        row.state, row.started_at = State.SENDING, now
        row.attempts += 1
        row.save(update_fields=["state", "started_at", "attempts"])
    return row


def _sent(row: OutgoingMessage, now: datetime) -> None:
    blanks = {} if settings.MESSAGE_KEEP_DAYS else CLEARED
    taken = OutgoingMessage.objects.filter(pk=row.pk, state=State.SENDING, attempts=row.attempts)
    taken.update(state=State.SENT, ended_at=now, reason="", error="", **blanks)


def _put_off(row: OutgoingMessage, fault: Undelivered, now: datetime) -> None:
    if fault.final or row.attempts > len(PATIENCE):
        _give_up(row, fault, now)
        return
    later = now + PATIENCE[row.attempts - 1]
    with transaction.atomic():
        taken = OutgoingMessage.objects.filter(pk=row.pk, state=State.SENDING, attempts=row.attempts)
        if taken.update(state=State.WAITING, not_before=later, reason=fault.reason, error=_masked(row, fault)):
            defer(row.pk, later)


def _give_up(row: OutgoingMessage, fault: Undelivered, now: datetime) -> None:
    logger.warning("message given up: %s %d: %s", row.channel, row.pk, fault.reason)
    taken = OutgoingMessage.objects.filter(pk=row.pk, state__in=OPEN, attempts=row.attempts)
    taken.update(state=State.FAILED, ended_at=now, reason=fault.reason, error=_masked(row, fault))


def _masked(row: OutgoingMessage, fault: Undelivered) -> str:
    said = fault.said.replace(row.to, "***") if row.to else fault.said
    return redact(said)[:500]


def take_up(*, now: datetime) -> int:
    """Messages that should long be gone are looked at again: their job was lost, or its worker is dead."""
    overdue = OutgoingMessage.objects.filter(state__in=OPEN, not_before__lt=now - OVERLOOKED)
    untouched = overdue.exclude(state=State.SENDING, started_at__gte=now - OVERLOOKED)
    numbers = list(untouched.order_by("not_before").values_list("pk", flat=True)[:1000])
    for number in numbers:
        defer(number, now)
    return len(numbers)


def remove_old(*, now: datetime) -> int:
    """Rows of messages that ended long ago, in short transactions; what is under way stays, however old."""
    before = now - timedelta(days=settings.MESSAGE_ROW_DAYS)
    old = OutgoingMessage.objects.filter(state__in=ENDED, ended_at__lte=before)
    return remove_in_parts(old)


def clear_old(*, now: datetime) -> int:
    """Addresses and words that nobody needs any more."""
    kept = timedelta(days=settings.MESSAGE_KEEP_DAYS)
    held = OutgoingMessage.objects.exclude(to="")
    gone = held.filter(state__in=[State.SENT, State.CANCELLED], ended_at__lte=now - kept).update(**CLEARED)
    return gone + held.filter(state=State.FAILED, ended_at__lte=now - FAILED_KEPT).update(**CLEARED)
