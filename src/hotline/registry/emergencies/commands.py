"""What supervisors do with an emergency: on, confirmed, lengthened, off; one after another, each with its record.

Who switches one must also have the open tickets counted again: oversight/emergency does both in one transaction.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.plumbing.locks import wait_turn
from hotline.registry.emergencies.models import EmergencyEntry, EmergencyPeriod, EmergencyStamp
from hotline.registry.emergencies.queries import period_of
from hotline.rules import emergency_mode as rules
from hotline.rules.emergency_mode import EmergencyAct, Places, Plan
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal

NOT_FOUND = "emergency.not_found"


@dataclass(frozen=True)
class Done:
    """What came of it: the period as it now is, or why nothing was done."""

    period: EmergencyPeriod | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it was done."""
        return not self.refusals


def switch_on(plan: Plan, *, places: Places, actor: Actor, now: datetime) -> Done:
    """A new emergency. Needs a transaction, in which the caller has the open tickets counted again."""
    wait_turn("emergencies")
    refusal = rules.denied(actor)
    if refusal:
        return Done(refusals=(refusal,))
    running = [period_of(row) for row in EmergencyPeriod.objects.filter(ended_at=None, planned_end__gt=now)]
    wrong = rules.plan_refusals(plan, running, places, now)
    if wrong or plan.planned_end is None:
        return Done(refusals=wrong)
    period = EmergencyPeriod.objects.create(
        name=plan.name.strip(),
        reason=plan.reason.strip(),
        public=plan.public,
        start=rules.begins(plan, now),
        planned_end=plan.planned_end,
        categories=sorted(set(plan.categories)),
        regions=sorted(set(plan.regions)),
        tags=sorted(set(plan.tags)),
        switched_on_by=actor.id,
        switched_on_at=now,
        start_counted=rules.begins(plan, now) <= now,
    )
    details = {"start": period.start, "planned_end": period.planned_end, "reason": period.reason}
    _record(period, EmergencyAct.SWITCH_ON, actor, now, **details)
    return Done(period)


def confirm(number: int, *, actor: Actor, now: datetime) -> Done:
    """A second supervisor stands behind it."""
    period, refused = _hold(number, actor)
    if period is None:
        return refused
    refusal = rules.confirm_refusal(period_of(period), actor, now)
    if refusal:
        return Done(period, (refusal,))
    period.confirmed_by, period.confirmed_at = actor.id, now
    period.save(update_fields=["confirmed_by", "confirmed_at"])
    _record(period, EmergencyAct.CONFIRM, actor, now)
    return Done(period)


def lengthen(number: int, *, planned_end: datetime | None, actor: Actor, now: datetime) -> Done:
    """A later planned end."""
    period, refused = _hold(number, actor)
    if period is None:
        return refused
    wrong = rules.lengthen_refusals(period_of(period), planned_end, now)
    if wrong or planned_end is None:
        return Done(period, wrong)
    before, period.planned_end = period.planned_end, planned_end
    period.save(update_fields=["planned_end"])
    _record(period, EmergencyAct.LENGTHEN, actor, now, before=before, planned_end=planned_end)
    return Done(period)


def switch_off(number: int, *, actor: Actor, now: datetime) -> Done:
    """It is over. One that has not begun is called off and never held. The caller has the tickets counted again."""
    period, refused = _hold(number, actor)
    if period is None:
        return refused
    refusal = rules.switch_off_refusal(period_of(period), now)
    if refusal:
        return Done(period, (refusal,))
    period.ended_at, period.end_counted, period.start_counted = now, True, True
    period.save(update_fields=["ended_at", "end_counted", "start_counted"])
    _record(period, EmergencyAct.SWITCH_OFF, actor, now)
    return Done(period)


def passed(now: datetime) -> list[tuple[EmergencyPeriod, bool]]:
    """Periods whose beginning or planned end has come and nobody has counted the tickets yet; True for an end.

    They are marked as counted here, in the transaction in which the caller asks for the counting.
    """
    wait_turn("emergencies")
    found: list[tuple[EmergencyPeriod, bool]] = []
    for period in EmergencyPeriod.objects.filter(start_counted=False, start__lte=now).order_by("pk"):
        period.start_counted = True
        period.save(update_fields=["start_counted"])
        found.append((period, False))
    for period in EmergencyPeriod.objects.filter(end_counted=False, planned_end__lte=now).order_by("pk"):
        period.end_counted = True
        period.save(update_fields=["end_counted"])
        found.append((period, True))
    return found


def _hold(number: int, actor: Actor) -> tuple[EmergencyPeriod | None, Done]:
    wait_turn("emergencies")
    refusal = rules.denied(actor)
    if refusal:
        return None, Done(refusals=(refusal,))
    period = EmergencyPeriod.objects.filter(pk=number).first()
    return period, Done(refusals=() if period else (Refusal(NOT_FOUND),))


def _record(period: EmergencyPeriod, act: EmergencyAct, actor: Actor, now: datetime, **details: Any) -> None:
    """The line of record, and the new stamp by which every process notices."""
    written = {k: v.isoformat() if isinstance(v, datetime) else v for k, v in details.items()}
    EmergencyEntry.objects.create(period=period, act=act.value, at=now, actor=actor.id, details=written)
    EmergencyStamp.objects.update_or_create(id=1, defaults={"token": secrets.token_hex(8)})
