"""Rosters as the rules read them, in two statements however many units are asked for; and the addresses of units."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from hotline.registry.duty.models import DutyPattern, DutyTurn, UnitAddress
from hotline.rules.duty.roster import DutyKind, Roster, Turn, Weekly
from hotline.rules.vocabulary import CITY_TZ


@dataclass(frozen=True)
class Address:
    """One address of a unit."""

    id: int
    unit: str
    channel: str
    to: str


def rosters(units: Iterable[str], *, since: datetime) -> Mapping[str, Roster]:
    """The roster of each of these units from that moment on; units without any plan have an empty one."""
    wanted = set(units)
    return dict.fromkeys(wanted, Roster()) | _read(Q(unit__in=wanted), since)


def roster(unit: str, *, since: datetime) -> Roster:
    """One unit's roster from that moment on."""
    return _read(Q(unit=unit), since).get(unit, Roster())


def every_roster(*, since: datetime) -> Mapping[str, Roster]:
    """All units that have planned anything."""
    return _read(Q(), since)


def _read(which: Q, since: datetime) -> dict[str, Roster]:
    day = since.astimezone(CITY_TZ).date()
    turns: dict[str, list[Turn]] = {}
    weekly: dict[str, list[Weekly]] = {}
    for one in DutyTurn.objects.filter(which, cancelled_at=None, ends_at__gt=since).order_by("begins_at", "id"):
        turn = Turn(DutyKind(one.kind), one.begins_at, one.ends_at, one.name, one.phone, single=True, row=one.pk)
        turns.setdefault(one.unit, []).append(turn)
    standing = Q(until=None) | Q(until__gte=day)
    for row in DutyPattern.objects.filter(which, standing, cancelled_at=None).order_by("id"):
        days = frozenset(row.weekdays)
        part = Weekly(
            DutyKind(row.kind), days, row.begins, row.ends, row.name, row.phone, row.since, row.until, row=row.pk
        )
        weekly.setdefault(row.unit, []).append(part)
    return {unit: Roster(tuple(weekly.get(unit, ())), tuple(turns.get(unit, ()))) for unit in turns.keys() | weekly}


def addresses(units: Iterable[str], *, channels: Iterable[str] = ("email", "sms")) -> list[Address]:
    """Where these units take notices and the morning's digest, oldest first."""
    rows = UnitAddress.objects.filter(unit__in=set(units), channel__in=set(channels), ended_at=None)
    return [Address(row.pk, row.unit, row.channel, row.to) for row in rows.order_by("id")]
