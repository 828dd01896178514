"""Each task of a ruling has its own clock, and a later one waits for those before it."""

from datetime import datetime, timedelta

from hotline.rules.joint import Task
from hotline.rules.joint.tasks import task_clocks
from tests.rules.cast import ECOLOGY, HOUSING, MONDAY, URBAN

DAY = timedelta(days=1)
TASKS = (Task(unit=URBAN, order=2, days=5), Task(unit=HOUSING, order=1, days=2), Task(unit=ECOLOGY, order=1, days=3))


def due(begins: datetime, days: int) -> datetime:
    return begins + days * DAY


def test_the_first_begin_with_the_ruling_and_the_second_waits_for_all_of_them() -> None:
    clocks = task_clocks(TASKS, ruled_at=MONDAY, reported={HOUSING: MONDAY + DAY}, due=due)
    assert [(c.task.unit, c.begins_at, c.due_at) for c in clocks] == [
        (HOUSING, MONDAY, MONDAY + 2 * DAY),
        (ECOLOGY, MONDAY, MONDAY + 3 * DAY),
        (URBAN, None, None),
    ]
    assert clocks[0].done_at == MONDAY + DAY


def test_it_begins_when_the_last_of_them_has_reported() -> None:
    reported = {HOUSING: MONDAY + DAY, ECOLOGY: MONDAY + 2 * DAY}
    last = task_clocks(TASKS, ruled_at=MONDAY, reported=reported, due=due)[-1]
    assert (last.begins_at, last.due_at, last.done_at) == (MONDAY + 2 * DAY, MONDAY + 7 * DAY, None)


def test_an_agreed_helper_without_a_limit_owes_no_day_of_its_own() -> None:
    only = task_clocks((Task(unit=URBAN),), ruled_at=MONDAY, reported={}, due=due)[0]
    assert (only.begins_at, only.due_at) == (MONDAY, None)
