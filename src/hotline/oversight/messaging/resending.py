"""What staff do about messages to citizens: send a failed one again, or note that somebody wants none.

The message goes where it went; nobody who presses the button sees the number.
"""

from datetime import datetime
from typing import Final

from hotline.oversight.messaging.models import CitizenMessage, NoMessages
from hotline.plumbing.outbox.commands import resend
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Role
from hotline.tickets.titles import titles

TELLERS: Final = frozenset({Role.AGENT, Role.TEAM_LEADER, Role.CALLBACK_OFFICER, Role.SUPERVISOR})
"""Roles of the office that speak with citizens."""


def may_act(actor: Actor) -> bool:
    """Whether somebody sends again and notes wishes."""
    return bool(actor.roles & TELLERS)


def send_again(*, number: str, told_id: int, actor: Actor, now: datetime) -> Refusal | None:
    """A message that failed waits again; who had it sent is kept."""
    refusal = _refused(number, actor)
    if refusal:
        return refusal
    row = CitizenMessage.objects.filter(pk=told_id, number=number).first()
    if row is None:
        return Refusal("told.not_found")
    if row.message_id is None:
        return Refusal("told.withheld")
    refusal = resend(message_id=row.message_id, now=now)
    if refusal is None:
        CitizenMessage.objects.filter(pk=row.pk).update(resent_by=actor.id, resent_at=now)
    return refusal


def note_wish(*, number: str, wants: bool, actor: Actor, now: datetime) -> Refusal | None:
    """Whether the requester wants messages about this ticket; what waits is not touched."""
    refusal = _refused(number, actor)
    if refusal:
        return refusal
    if wants:
        NoMessages.objects.filter(number=number).delete()
    else:
        NoMessages.objects.get_or_create(number=number, defaults={"noted_by": actor.id, "noted_at": now})
    return None


def _refused(number: str, actor: Actor) -> Refusal | None:
    if number not in titles([number], actor=actor):
        return Refusal("ticket.not_found", {"number": number})
    return None if may_act(actor) else Refusal("told.denied")
