"""What the parked list asks of somebody now: plans to decide, reviews that are due."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from hotline.plumbing.clock import now as present
from hotline.rules.lifecycle import Actor
from hotline.rules.parking import Standing
from hotline.rules.vocabulary import Role
from hotline.tickets.parked import at, seen_by


def due_reviews(*, actor: Actor, now: datetime) -> int:
    """How many should have been reviewed by now: what the supervisors' desk says."""
    return seen_by(actor).filter(at(Standing.DUE, actor, now)).count()


def waiting(actor: Actor) -> QuerySet[Any]:
    """What waits for this person; the rail counts it: plans to decide for supervisors, reviews due for all others."""
    moment = present()
    wanted = at(Standing.DUE, actor, moment)
    if Role.SUPERVISOR in actor.roles:
        wanted |= at(Standing.ASKED, actor, moment)
    return seen_by(actor).filter(wanted)
