"""Queueing a message in the act's own transaction, and what an administrator may do with it afterwards.

Callers choose `key` so that it names the occasion and the addressee, such as `2611…0007/received`: whatever runs twice,
one message goes out.
"""

import contextlib
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from procrastinate.exceptions import AlreadyEnqueued

from hotline.plumbing.outbox.models import OutgoingMessage, State
from hotline.plumbing.outbox.senders import CHANNELS
from hotline.rules.messages import Refusal

CLEARED: Final = {"to": "", "subject": "", "body": ""}


def queue(
    *, channel: str, to: str, subject: str, body: str, about: str, key: str, not_before: datetime | None, now: datetime
) -> int:
    """Leaves with the transaction it is called in, or not at all. Returns the message's number, old or new."""
    if not connection.in_atomic_block:
        raise RuntimeError("a message is queued in the transaction of the act that causes it")
    if channel not in CHANNELS or not to.strip() or not key:
        raise ValueError(f"a message needs a known channel, an address and a key: {channel!r}")
    kept, new = OutgoingMessage.objects.get_or_create(
        key=key,
        defaults={
            "channel": channel,
            "to": to.strip(),
            "subject": " ".join(subject.split())[:200],
            "body": body,
            "about": about,
            "not_before": max(not_before or now, now),
            "created_at": now,
        },
    )
    if new:
        _defer(kept.pk, kept.not_before)
    return kept.pk


def cancel(*, message_id: int, now: datetime) -> Refusal | None:
    """It is not sent any more: only while it waits or has failed."""
    open_states = [State.WAITING, State.FAILED]
    rows = OutgoingMessage.objects.filter(pk=message_id, state__in=open_states)
    if rows.update(state=State.CANCELLED, ended_at=now, **CLEARED):
        return None
    return _why_not(message_id, "outbox.not_cancellable")


def cancel_key(*, key: str, now: datetime) -> bool:
    """The occasion is gone, such as a question to a citizen who has answered by phone: True when it had not left."""
    rows = OutgoingMessage.objects.filter(key=key, state__in=[State.WAITING, State.FAILED])
    return bool(rows.update(state=State.CANCELLED, ended_at=now, **CLEARED))


def resend(*, message_id: int, now: datetime) -> Refusal | None:
    """One that failed is tried anew, with all its attempts, as long as its address is still kept."""
    with transaction.atomic():
        failed = OutgoingMessage.objects.filter(pk=message_id, state=State.FAILED)
        changed = failed.exclude(to="").update(
            state=State.WAITING, attempts=0, not_before=now, ended_at=None, reason="", error=""
        )
        if changed:
            defer(message_id, now)
            return None
    return _why_not(message_id, "outbox.not_resendable")


def defer(message_id: int, at: datetime) -> None:
    """Has the message looked at, at that moment; one job that waits is enough."""
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        _defer(message_id, at)


def _defer(message_id: int, at: datetime) -> None:
    from hotline.plumbing.outbox.jobs import send_message

    name = f"message:{message_id}"
    send_message.configure(lock=name, queueing_lock=name, schedule_at=at).defer(message_id=message_id)


def _why_not(message_id: int, code: str) -> Refusal:
    known = OutgoingMessage.objects.filter(pk=message_id).values_list("state", "to").first()
    if known is None:
        return Refusal("outbox.no_such_message", {"id": message_id})
    cleared = known == (State.FAILED, "")
    return Refusal("outbox.address_cleared" if cleared else code, {"id": message_id})
