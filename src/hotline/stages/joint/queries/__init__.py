"""What people read of disputes: lists in their view, what waits for whom, labels for notices."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from hotline.rules.joint import Status
from hotline.rules.joint.states import PANEL, UNSETTLED
from hotline.rules.lifecycle import Actor
from hotline.rules.state import ClockState
from hotline.rules.vocabulary import ClockKind, Flag, Role
from hotline.stages.joint.models import DisputeFile
from hotline.stages.joint.queries.seen import seen_by
from hotline.tickets.dossier import clocks_of

PAGE: Final = 50
STEPS: Final = (ClockKind.MEDIATION, ClockKind.QUICK_RULING, ClockKind.PANEL, ClockKind.OBJECTION)
"""The clocks of a dispute, in the order in which they run out; they are the ticket's."""


AT_PANEL: Final = PANEL | {Status.PROVISIONAL, Status.ESCALATED}


@dataclass(frozen=True)
class FileRow:
    """One line of a list."""

    id: int
    ticket: str
    title: str
    status: Status
    parties: tuple[str, ...]
    lead: str
    objection_open: bool
    opened_at: datetime
    last_at: datetime
    step: ClockState | None


@dataclass(frozen=True)
class FileList:
    """One page of a list; `next_key` leads to the older ones."""

    rows: tuple[FileRow, ...]
    next_key: int | None


def disputes(
    *, actor: Actor, statuses: Collection[Status] = (), before: int | None = None, limit: int = PAGE
) -> FileList:
    """Disputes in view, the newest first."""
    found = seen_by(actor)
    if statuses:
        found = found.filter(status__in=sorted(statuses))
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.select_related("ticket_row").order_by("-pk")[: limit + 1])
    shown = rows[:limit]
    return FileList(_lines(shown), shown[-1].pk if len(rows) > limit else None)


def to_do(*, actor: Actor, limit: int = PAGE) -> tuple[FileRow, ...]:
    """What waits for this person, the oldest first."""
    return _lines(list(waiting(actor).select_related("ticket_row").order_by("last_at", "pk")[:limit]))


def _lines(rows: list[DisputeFile]) -> tuple[FileRow, ...]:
    steps = steps_of([row.ticket_row_id for row in rows])
    return tuple(
        FileRow(
            id=row.pk,
            ticket=row.ticket,
            title=shown_title(row),
            status=Status(row.status),
            parties=tuple(row.parties),
            lead=row.lead or "",
            objection_open=row.objection_open,
            opened_at=row.opened_at,
            last_at=row.last_at,
            step=at_hand(Status(row.status), steps.get(row.ticket_row_id, ())),
        )
        for row in rows
    )


def at_hand(status: Status, steps: tuple[ClockState, ...]) -> ClockState | None:
    """The clock of the step at which a dispute stands: the panel's once one is asked for, else the next to run out."""
    running = [step for step in steps if step.running]
    panels = [step for step in running if step.kind is ClockKind.PANEL and status in AT_PANEL]
    return next(iter([*panels, *running]), None)


def shown_title(row: DisputeFile) -> str:
    """Of a confidential ticket the title may tell who asked; members of a panel read none."""
    return "" if Flag.CONFIDENTIAL.value in row.ticket_row.flags else row.ticket_row.title


def steps_of(tickets: Collection[int]) -> dict[int, tuple[ClockState, ...]]:
    """The present clocks of these tickets' disputes, in their order."""
    found = clocks_of(tickets, STEPS)
    return {ticket: tuple(clocks[kind] for kind in STEPS if kind in clocks) for ticket, clocks in found.items()}


def waiting(actor: Actor) -> QuerySet[DisputeFile]:
    """What waits for this person now; the rail counts it."""
    mine = Q(pk__in=[])
    if actor.roles & {Role.SUPERVISOR, Role.DISPATCHER}:
        mine |= Q(status__in=sorted(UNSETTLED)) | Q(objection_open=True)
    for unit in sorted(actor.units if actor.roles_at(actor.unit) else ()):
        voiced = Q(parties__contains=[unit]) | Q(staffing=unit) | Q(justice=unit)
        mine |= voiced & Q(status=Status.CONVENED.value) & ~Q(opinions__has_key=unit)
        mine |= voiced & Q(status=Status.CONCLUDED.value) & ~Q(answers__has_key=unit)
        mine |= Q(parties__contains=[unit], status=Status.OPEN.value) & ~Q(stated__contains=[unit])
    return seen_by(actor).filter(mine)


def labels(pks: Collection[int], *, actor: Actor) -> dict[int, tuple[str, str]]:
    """Ticket and title of some, for notices; those out of view are left out."""
    if not pks:
        return {}
    rows = seen_by(actor).filter(pk__in=set(pks)).select_related("ticket_row")
    return {row.pk: (row.ticket, shown_title(row)) for row in rows}
