"""How callbacks ended, read from the ledger: under the unit that led the ticket at that moment, not the present one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import OuterRef, Subquery

from hotline.rules.vocabulary import Role
from hotline.tickets.models import LedgerEntry

ENDINGS: Final = {
    "callback.settled": "settled",
    "callback.dissatisfied": "dissatisfied",
    "callback.unreached": "unreached",
    "callback.waived": "waived",
}
GIVEN: Final = (
    "dispatch.sent",
    "dispatch.phoned",
    "dispatch.reassigned",
    "joint.mediated",
    "joint.ruled_provisionally",
    "joint.ruled",
)
"""Events by which a unit takes the lead."""


@dataclass(frozen=True)
class CallbackEnding:
    """One callback that ended. `by_citizen`: answered by link or message instead of a call."""

    ticket_id: int
    number: str
    title: str
    seq: int
    at: datetime
    unit: str
    outcome: str
    by_citizen: bool
    responded: bool | None
    resolution: str
    rating: int | None
    cause: str


def callback_endings(begins: datetime, ends: datetime) -> Iterator[CallbackEnding]:
    """Every callback that ended in that time, in order. What is read is never recorded before it happens."""
    lead = LedgerEntry.objects.filter(ticket=OuterRef("ticket"), seq__lt=OuterRef("seq"), name__in=GIVEN)
    rows = LedgerEntry.objects.filter(recorded_at__gte=begins, at__gte=begins, at__lt=ends, name__in=list(ENDINGS))
    found = rows.annotate(lead=Subquery(lead.order_by("-seq").values("payload__lead_unit")[:1]))
    for row in found.select_related("ticket").order_by("at", "ticket_id", "seq").iterator(chunk_size=1000):
        p = row.payload
        yield CallbackEnding(
            ticket_id=row.ticket_id,
            number=row.ticket.number,
            title=row.ticket.title,
            seq=row.seq,
            at=row.at,
            unit=row.lead or "",
            outcome=ENDINGS[row.name],
            by_citizen=row.role == Role.CITIZEN.value,
            responded=p.get("responded"),
            resolution=p.get("resolution") or "",
            rating=p.get("rating"),
            cause=p.get("cause") or "",
        )
