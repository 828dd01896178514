"""专班: opening a temporary unit with its people during an emergency, and closing it when nothing lies with it.

While its days last dispatchers find it among the units; its people find its tickets in their inbox.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from hotline.plumbing.locks import wait_turn
from hotline.registry.emergencies.models import EmergencyPeriod, TaskForce
from hotline.registry.emergencies.queries import period_of
from hotline.registry.people.sending import in_use, recall, send
from hotline.registry.regions.commands import touch_lists
from hotline.registry.regions.queries import city
from hotline.registry.units.commands import Temporary, end_temporary, open_temporary
from hotline.registry.units.queries import units_on
from hotline.rules.emergency_mode import Standing, denied
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.messages import Refusal
from hotline.rules.task_force import ForcePlan, close_refusal, force_refusals
from hotline.rules.vocabulary import CITY_TZ
from hotline.tickets.queries import TicketFilter, TicketRow, count_up_to, tickets

MOST = 200
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Formed:
    """What came of it."""

    force: TaskForce | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it was done."""
        return not self.refusals


def open_force(number: int, plan: ForcePlan, *, actor: Actor, now: datetime) -> Formed:
    """A unit below the city's government from today to its last day, with its people."""
    today = now.astimezone(CITY_TZ).date()
    with transaction.atomic():
        wait_turn("emergencies")
        found = EmergencyPeriod.objects.filter(pk=number).first()
        wrong = _not_to_open(found, plan, actor, now)
        if wrong or found is None or plan.last_day is None:
            return Formed(refusals=wrong)
        force = TaskForce.objects.create(
            period=found,
            unit=f"ZB{today:%y%m%d}{TaskForce.objects.count() + 1:03d}",
            name=plan.name.strip(),
            first_day=today,
            last_day=plan.last_day,
            opened_by=actor.id,
            opened_at=now,
        )
        _as_a_unit(force)
        for member in plan.members:
            until = plan.last_day + DAY
            refused = send(account=member.account, role=member.role, unit=force.unit, until=until, actor=actor, now=now)
            if refused:
                transaction.set_rollback(True)
                return Formed(refusals=tuple(Refusal(r.code, r.params, field="members") for r in refused))
    return Formed(force)


def _not_to_open(found: EmergencyPeriod | None, plan: ForcePlan, actor: Actor, now: datetime) -> tuple[Refusal, ...]:
    refusal = denied(actor) or (None if found else Refusal("emergency.not_found"))
    if refusal or found is None:
        return (refusal,) if refusal else ()
    if period_of(found).standing(now) is Standing.OVER:
        return (Refusal("emergency.over_already", {"name": found.name}),)
    today = now.astimezone(CITY_TZ).date()
    names = {name for unit in units_on(today) for name in (unit.short_name, unit.full_name)}
    known = in_use(member.account for member in plan.members)
    return force_refusals(plan, known=known, names=names, today=today)


def _as_a_unit(force: TaskForce) -> None:
    here = city()
    open_temporary(
        Temporary(
            code=force.unit,
            name=force.name,
            parent=here.root_unit_code if here else "",
            region=here.code if here else "",
            first=force.first_day,
            until=force.last_day + DAY,
        )
    )
    touch_lists()


def close_force(number: int, *, actor: Actor, now: datetime) -> Formed:
    """Its days are over, or sooner; refused while tickets lie with it."""
    today = now.astimezone(CITY_TZ).date()
    with transaction.atomic():
        wait_turn("emergencies")
        refusal = denied(actor)
        force = TaskForce.objects.filter(pk=number).first()
        if refusal or force is None:
            return Formed(refusals=(refusal or Refusal("task_force.not_found"),))
        refusal = close_refusal(closed=force.closed_at is not None, open_tickets=left(force))
        if refusal:
            return Formed(force, (refusal,))
        force.closed_at, force.closed_by = now, actor.id
        force.save(update_fields=["closed_at", "closed_by"])
        end_temporary(force.unit, today)
        recall(force.unit, on=today, actor=actor, now=now)
        touch_lists()
    return Formed(force)


def left(force: TaskForce) -> int:
    """How many open tickets lie with it."""
    return count_up_to(actor=SYSTEM, where=_held(force), most=MOST)


def open_tickets(force: TaskForce) -> tuple[TicketRow, ...]:
    """The tickets to be handed on."""
    return tickets(actor=SYSTEM, where=_held(force), limit=MOST).rows


def _held(force: TaskForce) -> TicketFilter:
    return TicketFilter(held_in=(force.unit,), only_open=True)


def forces_of(number: int) -> list[TaskForce]:
    """The task forces of an emergency."""
    return list(TaskForce.objects.filter(period=number).order_by("-pk"))


def force(number: int) -> TaskForce | None:
    """One task force."""
    return TaskForce.objects.select_related("period").filter(pk=number).first()


def is_past(found: TaskForce, today: date) -> bool:
    """Whether its days are over though nobody has closed it."""
    return found.closed_at is None and today > found.last_day
