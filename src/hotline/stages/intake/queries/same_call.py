"""Which tickets came in one call, and whether a call may still go on to its next matter."""

from datetime import datetime, timedelta
from typing import Final

from hotline.rules.acts import Register
from hotline.rules.lifecycle import Actor
from hotline.stages.intake.models import SameCall
from hotline.tickets.found import acted_since

GOES_ON_FOR: Final = timedelta(hours=2)
JUST_REGISTERED: Final = "intake_registered"
"""Tickets this person registered lately, in the session: from them a call may go on."""


def registered_by(number: str, actor: Actor, now: datetime) -> bool:
    """Whether this agent registered the ticket within the time in which a call may go on."""
    return acted_since(number, act=Register.name, actor=actor, since=now - GOES_ON_FOR)


def tickets_of_call(number: str) -> tuple[str, ...]:
    """The other tickets of the call a ticket came in, oldest first."""
    first = SameCall.objects.filter(ticket__number=number).values("first")
    others = SameCall.objects.filter(first__in=first).exclude(ticket__number=number)
    return tuple(others.order_by("at", "id").values_list("ticket__number", flat=True))
