"""Dispatch from the page: what it followed in the directory is noted by itself, so that nobody has to claim it.

The tasks that a line of the directory names beside the lead are given as soon as a dispatch has followed it: the next
such ticket has its penalty task waiting for the finding, and no dispatcher has to remember it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from hotline.rules.acts import Act, Dispatch, OpenTask, Reassign
from hotline.rules.cotasks_named import parts_of
from hotline.rules.jurisdiction import Directory
from hotline.rules.jurisdiction.values import LOCAL, CoUnit, DirectoryRule
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.vocabulary import CITY_TZ, RegionCode, UnitCode
from hotline.stages.dispatch.queries import line_followed
from hotline.tickets.access import TicketRefused, look_at, take
from hotline.tickets.commands import Outcome, perform, perform_on
from hotline.tickets.happening import Happened
from hotline.tickets.rulebook import rulebook


def dispatch(*, number: str, act: Act, actor: Actor, now: datetime, version: int | None = None) -> Outcome:
    """Hand a ticket to a unit; if that is the one the directory names, its line goes into the ledger."""
    with transaction.atomic(savepoint=False):
        try:
            opened = take(number, actor=actor)
        except TicketRefused as refused:
            return Outcome(refusals=(refused.refusal,))
        if isinstance(act, Dispatch | Reassign) and not act.followed:
            directory = rulebook(now=now, profile=opened.state.profile).directory
            act = replace(act, followed=line_followed(opened, act.lead_unit, directory=directory, now=now))
        return perform_on(opened, act=act, actor=actor, now=now, version=version)


def give_tasks(happened: Happened, now: datetime) -> None:
    """The reaction. Who was named already, and a ticket that has gone on meanwhile, are left as they are."""
    payload = happened.event.payload
    state = look_at(happened.number, actor=SYSTEM).state
    if not payload.get("followed") or state.lead_unit != payload["lead_unit"]:
        return
    directory = rulebook(now=happened.event.at, profile=state.profile).directory
    rule = _line(directory, payload["followed"], state.category, happened.event.at)
    for task in _tasks(rule, directory, state.region, UnitCode(payload["lead_unit"])) if rule else ():
        if task.unit not in payload.get("spared_units", ()):
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
