"""同一来电再记一件: one call, several matters, one ticket each. The next form starts with the caller kept.

The caller's name and number stay on the server: the address holds the number of the ticket just registered, and only
the agent who registered it may go on from it, for two hours.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.stages.intake.models import SameCall
from hotline.stages.intake.queries.same_call import registered_by
from hotline.tickets.access import TicketRefused, look_at
from hotline.tickets.disclosing import Contact, contact_on, put_on_record

NEXT_MATTER: Final = "next matter of the call"


@dataclass(frozen=True)
class Going:
    """A call that goes on: what the next form keeps, or why it does not."""

    number: str = ""
    channel: str = ""
    contact: Contact | None = None
    refusals: tuple[Refusal, ...] = ()


def go_on(*, number: str, actor: Actor, now: datetime) -> Going:
    """The caller of a ticket just registered, for the next form. The look is put on record."""
    try:
        opened = look_at(number, actor=actor, with_requester=True)
    except TicketRefused as refused:
        return Going(refusals=(refused.refusal,))
    if not registered_by(number, actor, now):
        return Going(refusals=(Refusal("call.not_yours_now"),))
    put_on_record(opened.row, reason=NEXT_MATTER, actor=actor, now=now)
    return Going(number=number, channel=opened.row.channel, contact=contact_on(opened.row))


def join(*, number: str, with_number: str, actor: Actor, now: datetime) -> None:
    """Two tickets of one call know of each other; a third joins the first, whichever it was registered after."""
    earlier, later = look_at(with_number, actor=actor).row, look_at(number, actor=actor).row
    known = {"agent": actor.id, "at": now}
    kept, _ = SameCall.objects.get_or_create(ticket_id=earlier.pk, defaults={"first": with_number, **known})
    SameCall.objects.get_or_create(ticket_id=later.pk, defaults={"first": kept.first, **known})
