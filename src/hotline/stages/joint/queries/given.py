"""How the tasks that a ruling gave stand on the ticket now: theirs are the clocks, the file has none of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.rules.cotasks import CoTask, Standing, task_of
from hotline.rules.joint import Dispute, Status
from hotline.rules.joint.states import ONE_LEAD
from hotline.rules.state import Event, TicketState, clock_key
from hotline.rules.vocabulary import ClockKind, UnitCode


@dataclass(frozen=True)
class Given:
    """One co-unit's task: until when it is owed, and when it was reported."""

    task: CoTask
    due_at: datetime | None
    done_at: datetime | None


def given(state: Dispute, ticket: TicketState, events: Sequence[Event]) -> Mapping[UnitCode, Given]:
    """The ruled tasks by unit, as far as the ticket has them; what was given before the ruling is none of its."""
    if state.ruled_at is None or state.status not in ONE_LEAD | {Status.ENDED}:
        return {}
    found = ((task, task_of(ticket.tasks, task.unit)) for task in state.tasks)
    return {
        task.unit: _given(there, ticket, events)
        for task, there in found
        if there is not None and (not there.seq or events[there.seq - 1].at >= state.ruled_at)
    }


def _given(task: CoTask, ticket: TicketState, events: Sequence[Event]) -> Given:
    running = ticket.clocks.get(clock_key(ClockKind.CO_TASK, task.unit))
    told = [e.at for e in events if e.name == "handling.co_reported" and e.unit == task.unit]
    return Given(
        task=task,
        due_at=running.due_at if running is not None and running.running else None,
        done_at=told[-1] if told and task.standing is Standing.REPORTED else None,
    )
