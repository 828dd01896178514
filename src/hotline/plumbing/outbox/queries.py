"""What the operator may know of messages: channel, ticket, state and reason; never to whom, never the words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from hotline.plumbing.outbox.models import OutgoingMessage, State


@dataclass(frozen=True)
class MessageLine:
    """A message as an administrator sees it."""

    id: int
    channel: str
    about: str
    state: str
    attempts: int
    created_at: datetime
    not_before: datetime
    ended_at: datetime | None
    reason: str
    error: str
    kept: bool
    """Whether its address is still there, so that it could be sent again."""


def message_lines(*, state: str = "", before: int | None = None, limit: int = 50) -> list[MessageLine]:
    """The newest first; `before` is the number of the last one shown."""
    found = OutgoingMessage.objects.annotate(kept=~Q(to=""))
    if state:
        found = found.filter(state=state)
    if before is not None:
        found = found.filter(pk__lt=before)
    columns = (*(name for name in MessageLine.__dataclass_fields__ if name != "kept"), "kept")
    return [MessageLine(**row) for row in found.order_by("-pk").values(*columns)[:limit]]


def open_counts() -> dict[str, int]:
    """How many are under way and how many failed."""
    unsent = [State.WAITING, State.SENDING, State.FAILED]
    rows = OutgoingMessage.objects.filter(state__in=unsent).values_list("state").annotate(Count("pk"))
    return dict.fromkeys(map(str, unsent), 0) | {str(state): count for state, count in rows}


def state_of(key: str) -> str:
    """How far the message of that key has come; empty when there is none."""
    return OutgoingMessage.objects.filter(key=key).values_list("state", flat=True).first() or ""


def known_since(begins: str, moment: datetime) -> bool:
    """Whether a message whose key begins so was made at or after that moment, and was not cancelled."""
    rows = OutgoingMessage.objects.filter(key__startswith=begins, created_at__gte=moment)
    return rows.exclude(state=State.CANCELLED).exists()


def states_of(numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """How far these messages have come, and why one failed: state and reason by the message's number."""
    rows = OutgoingMessage.objects.filter(pk__in=set(numbers)).values_list("pk", "state", "reason")
    return {pk: (state, reason) for pk, state, reason in rows}
