"""What a ruling gives to co-units on the ticket: each its own task with its own clock, at once, in its turn, or when
something was found. A ruling that is upheld or made again takes nothing away that stands as it is ruled.
"""

from collections.abc import Iterable, Mapping

from hotline.rules.acts import OpenTask
from hotline.rules.cotasks import HELPING, Tasks, task_of
from hotline.rules.joint.states import Task
from hotline.rules.vocabulary import Finding, UnitCode

Ruled = Iterable[tuple[Task, str]]
"""Tasks as they were ruled, each with its words."""


def going_on(ruled: Ruled, held: Tasks, said: Mapping[int, str]) -> frozenset[UnitCode]:
    """Units at work on just the task that is ruled again, or done with it; `said` are the ticket's words by their line.

    A task that has not begun is given again: named with the ruling it would begin at once.
    """
    return frozenset(task.unit for task, words in ruled if _same(task, words, held, said))


def _same(task: Task, words: str, held: Tasks, said: Mapping[int, str]) -> bool:
    there = task_of(held, task.unit)
    if there is None or there.standing not in HELPING:
        return False
    same = (there.order, there.after, there.days) == (task.order, task.after, task.days)
    return same and said.get(there.seq, "").strip() == words


def to_give(ruled: Ruled, held: Tasks, kept: Iterable[UnitCode]) -> tuple[OpenTask, ...]:
    """The tasks to be given after the ruling: those with words of their own that do not go on. What was found already
    is not awaited again.
    """
    there = frozenset(kept)
    came = {task.unit for task in held if task.came}
    return tuple(
        OpenTask(
            unit=task.unit,
            task=words,
            days=task.days,
            order=task.order,
            after=Finding.NOTHING if task.unit in came else task.after,
        )
        for task, words in ruled
        if words and task.unit not in there
    )
