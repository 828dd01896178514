"""Switching an emergency together with the recount of the open tickets: both happen, or neither.

Supervisors and the command line come in here. The recount is a job of its own that a killed worker's successor
finishes; every ticket that moves gets an event that names the emergency.
"""

from datetime import date, datetime

from django.db import transaction

from hotline.oversight.emergency.telling import ask_second
from hotline.oversight.recomputing.commands import ask
from hotline.registry.categories.queries import codes_on
from hotline.registry.emergencies import commands
from hotline.registry.emergencies.commands import Done
from hotline.registry.lines.queries import tags
from hotline.registry.regions.queries import active_codes
from hotline.rules.emergency_mode import Places, Plan
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.recompute_causes import Cause, written
from hotline.rules.vocabulary import CITY_TZ


def places_on(day: date) -> Places:
    """What may be chosen on that day."""
    known = frozenset(tag.code for tag in tags(day))
    return Places(categories=codes_on(day), regions=frozenset(active_codes(day)), tags=known)


def plan_refusals_now(plan: Plan, *, actor: Actor, now: datetime) -> Done:
    """What would stand against it, without doing anything: the preview asks."""
    with transaction.atomic():
        done = commands.switch_on(plan, places=places_on(_day(now)), actor=actor, now=now)
        transaction.set_rollback(True)
    return done


def switch_on(plan: Plan, *, actor: Actor, now: datetime) -> Done:
    """It begins, and open tickets are counted again; one with a later start is counted when that has come."""
    with transaction.atomic():
        done = commands.switch_on(plan, places=places_on(_day(now)), actor=actor, now=now)
        if done.ok and done.period is not None:
            ask_second(done.period, by=actor.id, now=now)
        if done.ok and done.period is not None and done.period.start_counted:
            ask(cause=written(Cause.EMERGENCY_ON, done.period.name), asked_by=actor.id, now=now)
    return done


def confirm(number: int, *, actor: Actor, now: datetime) -> Done:
    """A second supervisor stands behind it."""
    with transaction.atomic():
        return commands.confirm(number, actor=actor, now=now)


def lengthen(number: int, *, planned_end: datetime | None, actor: Actor, now: datetime) -> Done:
    """It goes on longer than planned; no due time moves by it."""
    with transaction.atomic():
        return commands.lengthen(number, planned_end=planned_end, actor=actor, now=now)


def switch_off(number: int, *, actor: Actor, now: datetime) -> Done:
    """It is over, and what was open before it began returns to its own due time."""
    with transaction.atomic():
        done = commands.switch_off(number, actor=actor, now=now)
        if done.ok and done.period is not None and done.period.start <= now:
            ask(cause=written(Cause.EMERGENCY_OFF, done.period.name), asked_by=actor.id, now=now)
    return done


def count_what_passed(*, now: datetime) -> int:
    """Beginnings and planned ends that have come: each gets its recount, once, however many workers look."""
    with transaction.atomic():
        found = commands.passed(now)
        for period, over in found:
            cause = Cause.EMERGENCY_OVER if over else Cause.EMERGENCY_ON
            ask(cause=written(cause, period.name), asked_by=SYSTEM.id, now=now)
    return len(found)


def _day(now: datetime) -> date:
    return now.astimezone(CITY_TZ).date()
