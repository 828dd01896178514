"""同一来电再记一件: one call, several matters, one ticket each. The next form starts with the caller kept.

The caller's name and number stay on the server: the address holds the number of the ticket just registered, and only
the agent who registered it may go on from it, for two hours.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.rules.acts import Register
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.stages.intake.models import SameCall
from hotline.tickets.access import TicketRefused, look_at
from hotline.tickets.disclosing import Contact, contact_of, put_on_record
from hotline.tickets.models import LedgerEntry, Requester, Ticket

GOES_ON_FOR: Final = timedelta(hours=2)
NEXT_MATTER: Final = "next matter of the call"


@dataclass(frozen=True)
class Going:
    """A call that goes on: what the next form keeps, or why it does not."""

    number: str = ""
    channel: str = ""
    contact: Contact | None = None
    refusals: tuple[Refusal, ...] = ()


def registered_by(number: str, actor: Actor, now: datetime) -> bool:
    """Whether this agent registered the ticket within the time in which a call may go on."""
    began = now - GOES_ON_FOR
    entries = LedgerEntry.objects.filter(ticket__number=number, act=Register.name, actor=actor.id)
    return entries.filter(recorded_at__gt=began).exists()


def go_on(*, number: str, actor: Actor, now: datetime) -> Going:
    """The caller of a ticket just registered, for the next form. The look is put on record."""
    try:
        opened = look_at(number, actor=actor, with_requester=True)
    except TicketRefused as refused:
        return Going(refusals=(refused.refusal,))
    if not registered_by(number, actor, now):
        return Going(refusals=(Refusal("call.not_yours_now"),))
    requester: Requester | None = getattr(opened.row, "requester", None)
    put_on_record(opened.row, reason=NEXT_MATTER, actor=actor, now=now)
    contact = contact_of(requester) if requester else None
    return Going(number=number, channel=opened.row.channel, contact=contact)


def join(*, number: str, with_number: str, actor: Actor, now: datetime) -> None:
    """Two tickets of one call know of each other; a third joins the first, whichever it was registered after."""
    rows = dict(Ticket.objects.filter(number__in=(number, with_number)).values_list("number", "id"))
    kept, _ = SameCall.objects.get_or_create(
        ticket_id=rows[with_number], defaults={"first": with_number, "agent": actor.id, "at": now}
    )
    SameCall.objects.get_or_create(ticket_id=rows[number], defaults={"first": kept.first, "agent": actor.id, "at": now})


def tickets_of_call(number: str) -> tuple[str, ...]:
    """The other tickets of the call a ticket came in, oldest first."""
    first = SameCall.objects.filter(ticket__number=number).values("first")
    others = SameCall.objects.filter(first__in=first).exclude(ticket__number=number)
    return tuple(others.order_by("at", "id").values_list("ticket__number", flat=True))
