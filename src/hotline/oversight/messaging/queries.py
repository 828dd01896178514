"""What citizens were told of a ticket, and who was rung for it, with how far each message has come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hotline.oversight.messaging.models import CitizenMessage, NoMessages, Ring
from hotline.plumbing.outbox.queries import message_lines, states_of

NOT_SENT = ("", "")
GONE = ("gone", "")
"""The outbox has forgotten it: it left, or was given up, longer ago than rows are kept."""
FAILED_LOOKED_AT = 500


@dataclass(frozen=True)
class Told:
    """One message to a citizen: which kind, when, and its state in the outbox. No number, no words."""

    id: int
    kind: str
    made_at: datetime
    leaves_at: datetime | None
    withheld: str
    state: str
    reason: str
    resent_by: str
    resent_at: datetime | None


@dataclass(frozen=True)
class Rung:
    """One step of ringing. The number is for those who read the unit's roster."""

    step: str
    unit: str
    name: str
    phone: str
    rung_at: datetime
    state: str
    reason: str


def told_of(number: str, *, limit: int = 100) -> list[Told]:
    """Messages to the requester of this ticket, the newest first."""
    rows = list(CitizenMessage.objects.filter(number=number).order_by("-id")[:limit])
    states = states_of(_sent(rows))
    return [_told(row, _state(row, states)) for row in rows]


def _told(row: CitizenMessage, sent: tuple[str, str]) -> Told:
    return Told(
        id=row.pk,
        kind=row.kind,
        made_at=row.made_at,
        leaves_at=row.leaves_at,
        withheld=row.withheld,
        state=sent[0],
        reason=sent[1],
        resent_by=row.resent_by,
        resent_at=row.resent_at,
    )


def rings_of(number: str) -> list[Rung]:
    """Who was rung for this ticket, in order."""
    rows = list(Ring.objects.filter(number=number).order_by("id"))
    states = states_of(_sent(rows))
    return [Rung(row.step, row.unit, row.name, row.phone, row.rung_at, *_state(row, states)) for row in rows]


def _state(row: CitizenMessage | Ring, states: Mapping[int, tuple[str, str]]) -> tuple[str, str]:
    return NOT_SENT if row.message_id is None else states.get(row.message_id, GONE)


def _sent(rows: Iterable[CitizenMessage | Ring]) -> list[int]:
    return [row.message_id for row in rows if row.message_id is not None]


def wants_none(number: str) -> bool:
    """Whether the requester wants no messages about this ticket."""
    return NoMessages.objects.filter(number=number).exists()


def failed_told(limit: int = 50) -> list[tuple[str, Told]]:
    """Messages to citizens that could not be sent, with the ticket's number, the newest first."""
    failed = {line.id: line for line in message_lines(state="failed", limit=FAILED_LOOKED_AT)}
    rows = CitizenMessage.objects.filter(message_id__in=failed).order_by("-id")[:limit]
    return [(row.number, _told(row, ("failed", failed[row.message_id or 0].reason))) for row in rows]
