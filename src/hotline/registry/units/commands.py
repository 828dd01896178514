"""Temporary units: a task force is a unit like others while it lasts. City data files neither make nor end it."""

from dataclasses import dataclass
from datetime import date

from hotline.registry import pinyin
from hotline.registry.units.models import Group, Kind, Unit, UnitTenure

LEVEL = 2


@dataclass(frozen=True)
class Temporary:
    """A unit with the days on which tickets are sent to it, the last one excluded."""

    code: str
    name: str
    parent: str
    region: str
    first: date
    until: date


def open_temporary(unit: Temporary) -> Unit:
    """The unit and its place below another. The caller renews the stamp of the lists."""
    days = {"valid_from": unit.first, "valid_to": unit.until}
    made = Unit.objects.create(
        code=unit.code,
        full_name=unit.name,
        short_name=unit.name,
        group=Group.TASK_FORCE,
        kind=Kind.TASK_FORCE,
        level=LEVEL,
        initials=pinyin.initials(unit.name),
        pinyin=pinyin.letters(unit.name),
        **days,
    )
    UnitTenure.objects.create(
        unit=made,
        full_name=unit.name,
        short_name=unit.name,
        parent_id=unit.parent or None,
        region_code=unit.region,
        **days,
    )
    return made


def end_temporary(code: str, on: date) -> None:
    """From that day on nothing is sent to it; one that has ended already stays ended."""
    Unit.objects.filter(code=code, group=Group.TASK_FORCE, valid_to__gt=on).update(valid_to=on)
    UnitTenure.objects.filter(unit=code, unit__group=Group.TASK_FORCE, valid_to__gt=on).update(valid_to=on)
