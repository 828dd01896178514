"""Planning and cancelling turns, and a unit's addresses: by the unit's own people, and by the office for every unit.

Each is one conditional statement or runs under a lock of the unit's roster, so that two keepers at once never plan the
same person twice.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction

from hotline.plumbing.locks import wait_turn
from hotline.registry.duty.checking import (
    PatternData,
    TurnData,
    address_refusal,
    pattern_refusals,
    said_span,
    turn_refusals,
)
from hotline.registry.duty.models import DutyPattern, DutyTurn, UnitAddress
from hotline.registry.duty.standing import keeps
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import CITY_TZ

DENIED: Final = Refusal("duty.denied")


@dataclass(frozen=True)
class Kept:
    """What came of a command: the row's key, or why nothing was written."""

    pk: int = 0
    refusals: tuple[Refusal, ...] = ()

    @property
    def ok(self) -> bool:
        """True when it was written."""
        return not self.refusals


def plan_turn(*, data: TurnData, actor: Actor, now: datetime) -> Kept:
    """One turn of one person."""
    refusals = turn_refusals(data, now)
    if not keeps(actor, data.unit):
        return Kept(refusals=(DENIED,))
    if refusals:
        return Kept(refusals=refusals)
    with transaction.atomic():
        wait_for_roster(data.unit)
        clash = clashing(data)
        return Kept(refusals=(clash,)) if clash else Kept(DutyTurn.objects.create(**turn_columns(data, actor, now)).pk)


def wait_for_roster(unit: str) -> None:
    """One keeper at a time."""
    wait_turn(f"duty:{unit}")


def clashing(data: TurnData) -> Refusal | None:
    """The same person in the same kind of turn at the same time."""
    rows = DutyTurn.objects.filter(
        unit=data.unit,
        kind=data.kind,
        name=data.name.strip(),
        cancelled_at=None,
        begins_at__lt=data.ends_at,
        ends_at__gt=data.begins_at,
    )
    found = rows.order_by("begins_at").first()
    if found is None:
        return None
    return Refusal(
        "duty.overlaps", {"name": found.name, **said_span(found.begins_at, found.ends_at)}, field="begins_at"
    )


def turn_columns(data: TurnData, actor: Actor, now: datetime) -> dict[str, Any]:
    """A turn as its row has it."""
    return {
        "unit": data.unit,
        "kind": data.kind,
        "name": data.name.strip(),
        "phone": data.phone.replace(" ", ""),
        "begins_at": data.begins_at,
        "ends_at": data.ends_at,
        "made_by": actor.id,
        "made_at": now,
    }


def plan_weekly(*, data: PatternData, actor: Actor, now: datetime) -> Kept:
    """A turn that comes back every week."""
    if not keeps(actor, data.unit):
        return Kept(refusals=(DENIED,))
    refusals = pattern_refusals(data, now.astimezone(CITY_TZ).date())
    if refusals or data.begins is None or data.ends is None:
        return Kept(refusals=refusals)
    row = DutyPattern.objects.create(
        unit=data.unit,
        kind=data.kind,
        name=data.name.strip(),
        phone=data.phone.replace(" ", ""),
        weekdays=sorted(data.weekdays),
        begins=data.begins,
        ends=data.ends,
        since=data.since,
        until=data.until,
        made_by=actor.id,
        made_at=now,
    )
    return Kept(row.pk)


def cancel_turn(*, unit: str, pk: int, weekly: bool, actor: Actor, now: datetime) -> Kept:
    """It does not hold from now on; that it was planned stays on record."""
    if not keeps(actor, unit):
        return Kept(refusals=(DENIED,))
    rows = (DutyPattern if weekly else DutyTurn).objects.filter(pk=pk, unit=unit, cancelled_at=None)
    if rows.update(cancelled_by=actor.id, cancelled_at=now):
        return Kept(pk)
    return Kept(refusals=(Refusal("duty.not_found"),))


def add_address(*, unit: str, channel: str, to: str, actor: Actor, now: datetime) -> Kept:
    """Notices for the unit go there too from now on."""
    if not keeps(actor, unit):
        return Kept(refusals=(DENIED,))
    refusal = address_refusal(channel, to)
    if refusal:
        return Kept(refusals=(refusal,))
    try:
        with transaction.atomic():
            row = UnitAddress.objects.create(unit=unit, channel=channel, to=to.strip(), made_by=actor.id, made_at=now)
    except IntegrityError:
        return Kept(refusals=(Refusal("duty.address_twice", field="to"),))
    return Kept(row.pk)


def end_address(*, unit: str, pk: int, actor: Actor, now: datetime) -> Kept:
    """Nothing goes there any more."""
    if not keeps(actor, unit):
        return Kept(refusals=(DENIED,))
    if UnitAddress.objects.filter(pk=pk, unit=unit, ended_at=None).update(ended_by=actor.id, ended_at=now):
        return Kept(pk)
    return Kept(refusals=(Refusal("duty.not_found"),))
