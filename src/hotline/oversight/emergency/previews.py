"""What switching an emergency would move, before anybody confirms it: by the same rules that record it afterwards."""

from dataclasses import replace
from datetime import datetime, timedelta

from hotline.oversight.recomputing.queries import Preview, preview
from hotline.registry.emergencies.models import EmergencyPeriod
from hotline.rules.emergency_mode import Plan, begins
from hotline.rules.lifecycle import Rulebook
from hotline.tickets.promised import promised

SHORTEST = timedelta(hours=1)
"""No profile's emergency limit is shorter; a clock that is due sooner can't move when one is switched on."""


def preview_on(plan: Plan, *, now: datetime) -> Preview:
    """Which open tickets get which new due time when this begins."""
    start = begins(plan, now)

    def amend(book: Rulebook) -> Rulebook:
        planned = book.profile.emergency(
            name=plan.name.strip(),
            start=start,
            planned_end=plan.planned_end,
            categories=frozenset(plan.categories),
            regions=frozenset(plan.regions),
            tags=frozenset(plan.tags),
        )
        return replace(book, emergencies=(*book.emergencies, planned))

    ids = promised(
        categories=plan.categories,
        regions=plan.regions,
        tags=plan.tags,
        opened_before=start,
        due_after=start + SHORTEST,
    )
    return preview(amend=amend, span=None, now=start, ids=ids)


def preview_off(period: EmergencyPeriod, *, now: datetime) -> Preview:
    """Which open tickets return to which due time when it is switched off now."""

    def amend(book: Rulebook) -> Rulebook:
        kept = tuple(
            replace(one, ended_at=now) if (one.name, one.start) == (period.name, period.start) else one
            for one in book.emergencies
        )
        return replace(book, emergencies=kept)

    return preview(amend=amend, span=None, now=now, ids=covered(period))


def covered(period: EmergencyPeriod) -> list[int]:
    """Open tickets that were there before it began and bear it."""
    return promised(categories=period.categories, regions=period.regions, tags=period.tags, opened_before=period.start)
