"""单位撤并: whatever a unit had that is no more goes to its successor, tickets and disputes together.

The office relies on it that a merger in the middle of a dispute leaves no ticket without an owner.
"""

import logging
from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import transaction

from hotline.registry.units.queries import successors
from hotline.rules.joint import Deed, Order, Status
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.vocabulary import CITY_TZ, UnitCode
from hotline.stages.joint.commands import do_on, ticket_follows
from hotline.stages.joint.commands.opening import latest
from hotline.stages.joint.models import DisputeFile
from hotline.stages.joint.queries.rows import state_of
from hotline.tickets.access import take
from hotline.tickets.succeeding import open_with

logger = logging.getLogger(__name__)


def follow_all(*, now: datetime) -> int:
    """Every ticket and every dispute of units that are no more today; how many moved. Twice moves nothing."""
    named = successors(now.astimezone(CITY_TZ).date())
    numbers = sorted(set(_concerned(named))) if named else []
    moved = {number for number in numbers for old, new in named.items() if follow(number, old, new, now=now)}
    return len(moved)


def _concerned(units: Collection[UnitCode]) -> Iterator[str]:
    """Open tickets in which one of them stands, and tickets whose dispute has to do with one."""
    yield from open_with(units)
    files = DisputeFile.objects.filter(readers__overlap=sorted(units)).exclude(status=Status.ENDED.value)
    yield from files.values_list("ticket", flat=True)


def follow(number: str, old: UnitCode, new: UnitCode, *, now: datetime) -> bool:
    """One ticket and its dispute, in one transaction.

    Where the successor may not take the place in the file (a disputing unit merged into one of the panel), the ticket
    goes over and the file waits for the office.
    """
    with transaction.atomic():
        opened = take(number, actor=SYSTEM)
        row = latest(opened.row.pk)
        if row is not None and _stands_in(row, old):
            order = Order(deed=Deed.SUCCEED, unit=old, successor=new)
            done = do_on(row, opened, order=order, actor=SYSTEM, now=now)
            if done.ok:
                return True
            logger.warning("dispute %s: %s cannot follow %s: %s", row.pk, new, old, done.refusals[0].code)
        return ticket_follows(opened, old, new, now=now)


def _stands_in(row: DisputeFile, unit: UnitCode) -> bool:
    state = state_of(row)
    return state.status is not Status.ENDED and unit in state.members | state.bound | {state.proposed}
