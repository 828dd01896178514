"""How the citizens of a ticket can be reached, those whose tickets were joined with it among them, and what was written
to them. Whoever sends messages asks here; numbers go into the outbox and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from hotline.rules.callback_plan import is_mobile
from hotline.rules.visibility import TOLD_TO_CITIZENS
from hotline.rules.vocabulary import Flag, Stage
from hotline.tickets.models import LedgerEntry, Ticket, TicketText

ANSWERING: Final = frozenset(act for act, name in TOLD_TO_CITIZENS if name == "reply")
DEEPEST: Final = 5
"""Tickets joined with one that was joined itself; deeper than this only a slip can make them."""


@dataclass(frozen=True)
class Citizen:
    """One requester, by the number of their own ticket."""

    number: str
    title: str
    confidential: bool
    lead_unit: str
    contactable: bool
    created_at: datetime
    preference: str
    language: str
    has_number: bool
    mobile: str = field(repr=False)
    """Where a short message reaches them; blank for a landline."""


def citizen_of(number: str) -> Citizen | None:
    """The requester of one ticket."""
    return next(iter(_citizens([number])), None)


def joined_with(number: str) -> list[Citizen]:
    """The requesters of tickets that are handled together with this one."""
    found: list[str] = []
    newest = [number]
    for _ in range(DEEPEST):
        rows = Ticket.objects.filter(master__in=newest, stage=Stage.MERGED.value).exclude(number__in=[number, *found])
        newest = list(rows.order_by("id").values_list("number", flat=True))
        if not newest:
            break
        found += newest
    return _citizens(found) if found else []


def _citizens(numbers: Iterable[str]) -> list[Citizen]:
    rows = Ticket.objects.filter(number__in=list(numbers)).select_related("requester").order_by("id")
    return [_citizen(row) for row in rows]


def _citizen(row: Ticket) -> Citizen:
    asked = getattr(row, "requester", None)
    kept = asked is not None and asked.erased_at is None
    phones = [asked.phone, asked.alt_phone] if asked is not None and kept else []
    return Citizen(
        number=row.number,
        title=row.title,
        confidential=Flag.CONFIDENTIAL in row.flags,
        lead_unit=row.lead_unit,
        contactable=row.contactable and kept,
        created_at=row.created_at,
        preference=asked.contact_preference if asked is not None else "",
        language="en" if asked is not None and asked.language.startswith("en") else "zh",
        has_number=any(phones),
        mobile=next((phone for phone in phones if is_mobile(phone)), ""),
    )


def written_to_citizen(number: str, until: int) -> str:
    """The last answer that was written to the citizen of a ticket, up to that entry of its ledger."""
    entries = LedgerEntry.objects.filter(ticket__number=number, seq__lte=until, act__in=ANSWERING)
    texts = TicketText.objects.filter(ticket__number=number, field="reply", seq__in=entries.values("seq"))
    return texts.filter(erased_at=None).order_by("-seq").values_list("body", flat=True).first() or ""
