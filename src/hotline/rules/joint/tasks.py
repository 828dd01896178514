"""协办任务 of a ruling, each with its own clock: the first begin with the ruling, a later one when all before it have
been reported (first find the violation, then punish it).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hotline.rules.joint.states import Task
from hotline.rules.vocabulary import UnitCode


@dataclass(frozen=True, kw_only=True)
class TaskClock:
    """One task and how it stands; `begins_at` and `due_at` are None while those before it are awaited."""

    task: Task
    begins_at: datetime | None
    due_at: datetime | None
    done_at: datetime | None


def task_clocks(
    tasks: Iterable[Task],
    *,
    ruled_at: datetime,
    reported: Mapping[UnitCode, datetime],
    due: Callable[[datetime, int], datetime],
) -> tuple[TaskClock, ...]:
    """The tasks in their order; `due` counts working days on from a moment."""
    ordered = sorted(tasks, key=lambda task: (task.order, task.unit))
    made: list[TaskClock] = []
    for task in ordered:
        before = [other for other in ordered if other.order < task.order]
        ends = [reported.get(other.unit) for other in before]
        begins = None if None in ends else max([ruled_at, *(end for end in ends if end)])
        due_at = due(begins, task.days) if begins is not None and task.days else None
        made.append(TaskClock(task=task, begins_at=begins, due_at=due_at, done_at=reported.get(task.unit)))
    return tuple(made)
