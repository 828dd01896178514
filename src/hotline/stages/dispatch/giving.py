"""The tasks that a line of the directory names beside the lead are given as soon as a dispatch has followed it.

So the next such ticket has its penalty task waiting for the finding, and no dispatcher has to remember it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from hotline.rules.acts import OpenTask
from hotline.rules.cotasks_named import parts_of
from hotline.rules.jurisdiction import Directory
from hotline.rules.jurisdiction.values import LOCAL, CoUnit, DirectoryRule
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.vocabulary import CITY_TZ, RegionCode, UnitCode
from hotline.tickets.access import look_at
from hotline.tickets.commands import perform
from hotline.tickets.happening import Happened
from hotline.tickets.rulebook import rulebook


def give_tasks(happened: Happened, now: datetime) -> None:
    """The reaction. Who was named already, and a ticket that has gone on meanwhile, are left as they are."""
    payload = happened.event.payload
    state = look_at(happened.number, actor=SYSTEM).state
    if not payload.get("followed") or state.lead_unit != payload["lead_unit"]:
        return
    directory = rulebook(now=happened.event.at, profile=state.profile).directory
    rule = _line(directory, payload["followed"], state.category, happened.event.at)
    for task in _tasks(rule, directory, state.region, UnitCode(payload["lead_unit"])) if rule else ():
        perform(number=happened.number, act=task, actor=SYSTEM, now=now)


def _line(directory: Directory, keys: list[str], category: str, at: datetime) -> DirectoryRule | None:
    day = at.astimezone(CITY_TZ).date()
    lines = (rule for _, rule in directory.about(category) if rule.version_key in keys and rule.holds(day))
    return next(lines, None)


def _tasks(rule: DirectoryRule, directory: Directory, region: RegionCode, lead: UnitCode) -> tuple[OpenTask, ...]:
    return parts_of(_here(rule, directory, region), lead).tasks


def _here(rule: DirectoryRule, directory: Directory, region: RegionCode) -> Iterator[CoUnit]:
    """The rule's units, 属地 by its name here; where nobody manages the place nobody is asked."""
    for one in rule.co_units:
        unit = directory.local(region) if one.unit == LOCAL else one.unit
        if unit:
            yield replace(one, unit=unit)
