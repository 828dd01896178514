"""协办任务: each co-unit's own part of a ticket, begun at once, in its turn, or by what was found; one lead answers.

Co-units and leads rely on it: a task begins when those before it are done and the finding it awaits has been recorded.
Tasks change only through these functions, and `settled` opens whatever may begin. A unit has one task at a time.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from hotline.rules.vocabulary import Finding, UnitCode

Tasks = tuple["CoTask", ...]


class Standing(StrEnum):
    """How a task stands. One that waits is nobody's work yet, and its unit does not see the ticket."""

    WAITING = "waiting"
    OPEN = "open"
    REPORTED = "reported"
    ENDED = "ended"


HELPING: Final = frozenset({Standing.OPEN, Standing.REPORTED})
"""Standings in which the unit has a part in the ticket."""


@dataclass(frozen=True, kw_only=True)
class CoTask:
    """One unit's part. `after` is the finding that begins it, `came` whether that was recorded; `days` are working days
    of its own, 0 the profile's. `seq` is the ledger's line with its words, 0 when the ticket itself is the task. `kept`
    once the dispatcher has ruled that it is the unit's own.
    """

    unit: UnitCode
    order: int = 1
    after: Finding = Finding.NOTHING
    came: bool = False
    days: int = 0
    standing: Standing = Standing.WAITING
    finding: Finding = Finding.NOTHING
    seq: int = 0
    kept: bool = False

    @property
    def owed(self) -> bool:
        """True when the unit has something to report."""
        return self.standing is Standing.OPEN

    @property
    def awaits_finding(self) -> bool:
        """True while nobody knows whether it will ever be needed."""
        return self.standing is Standing.WAITING and self.after is not Finding.NOTHING and not self.came


def task_of(tasks: Tasks, unit: str | None) -> CoTask | None:
    """The unit's task, however it stands."""
    return next((task for task in tasks if task.unit == unit), None)


def helping(tasks: Tasks) -> tuple[UnitCode, ...]:
    """Units that have a part in the ticket now."""
    return tuple(task.unit for task in tasks if task.standing in HELPING)


def done(tasks: Tasks) -> tuple[UnitCode, ...]:
    """Units that have told the lead what they did."""
    return tuple(task.unit for task in tasks if task.standing is Standing.REPORTED)


def owing(tasks: Tasks) -> tuple[UnitCode, ...]:
    """Units whose report the lead awaits before it answers: tasks begun, and those that only await their turn."""
    return tuple(
        task.unit for task in tasks if task.owed or (task.standing is Standing.WAITING and not task.awaits_finding)
    )


def given(units: Iterable[UnitCode]) -> Tasks:
    """Tasks of units named with a dispatch or a ruling: all begin at once and are the ticket itself."""
    return settled(tuple(CoTask(unit=unit) for unit in units))


def kept(tasks: Tasks, units: Iterable[UnitCode]) -> Tasks:
    """After a ruling that leaves the lead: who stays keeps what it has done, who is named anew begins, others end."""
    had = tuple(task for task in tasks if task.standing in HELPING)
    return settled(tuple(task_of(had, unit) or CoTask(unit=unit) for unit in units))


def put(tasks: Tasks, task: CoTask) -> Tasks:
    """One more task, in place of an earlier one of the same unit that is over."""
    return settled((*(other for other in tasks if other.unit != task.unit), task))


def reported(tasks: Tasks, unit: UnitCode, finding: Finding = Finding.NOTHING) -> Tasks:
    """The unit has told the lead what it did, and what it found may begin others' tasks."""
    told = tuple(
        replace(task, standing=Standing.REPORTED, finding=finding) if task.unit == unit and task.owed else task
        for task in tasks
    )
    return found(told, finding)


def found(tasks: Tasks, finding: Finding) -> Tasks:
    """Something was found: tasks that await just this may begin."""
    return settled(
        tuple(replace(task, came=True) if task.awaits_finding and task.after is finding else task for task in tasks)
    )


def sent_back(tasks: Tasks, unit: UnitCode) -> Tasks:
    """The lead cannot use the report: the task is owed again. Tasks begun meanwhile go on."""
    return tuple(
        replace(task, standing=Standing.OPEN) if task.unit == unit and task.standing is Standing.REPORTED else task
        for task in tasks
    )


def stays(tasks: Tasks, unit: UnitCode) -> Tasks:
    """The dispatcher has ruled that the task is the unit's own: it is not given back a second time."""
    return tuple(replace(task, kept=True) if task.unit == unit else task for task in tasks)


def ended(tasks: Tasks, unit: UnitCode) -> Tasks:
    """The office takes the task away; whoever waited for it need not wait any more."""
    return settled(tuple(replace(t, standing=Standing.ENDED) if t.unit == unit else t for t in tasks))


def followed(tasks: Tasks, old: UnitCode, new: UnitCode, lead: UnitCode | None) -> Tasks:
    """Another unit is in the place of one that is no more. Two tasks become one, which is done when both were; a task
    that has come to the lead is part of its own work.
    """
    mine = [task for task in tasks if task.unit in {old, new}]
    if not mine:
        return tasks
    slowest = min(mine, key=lambda task: SLOWEST.index(task.standing))
    merged = replace(slowest, unit=new)
    place = tasks.index(mine[0])
    left = [task for task in tasks if task not in mine]
    kept_there = [*left[:place], merged, *left[place:]]
    return settled(tuple(task for task in kept_there if task.unit != lead))


SLOWEST: Final = (Standing.OPEN, Standing.WAITING, Standing.REPORTED, Standing.ENDED)
"""Of two tasks that become one, what is owed now comes first."""


def settled(tasks: Tasks) -> Tasks:
    """Every task that may begin has begun. A task whose finding never came holds up none."""
    return tuple(
        replace(task, standing=Standing.OPEN) if task.standing is Standing.WAITING and _may_begin(task, tasks) else task
        for task in tasks
    )


def _may_begin(task: CoTask, tasks: Tasks) -> bool:
    return not task.awaits_finding and not any(
        other.order < task.order and (other.owed or (other.standing is Standing.WAITING and not other.awaits_finding))
        for other in tasks
    )
