"""协办任务 by themselves: order, findings, sending back, taking away; and what holds whatever happens to them."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from hotline.rules import cotasks as ct
from hotline.rules.cotasks import CoTask, Standing, Tasks
from hotline.rules.vocabulary import Finding, UnitCode

A, B, C = map(UnitCode, "ABC")
UNITS = (A, B, C, UnitCode("D"))


def standings(tasks: Tasks) -> dict[str, str]:
    return {task.unit: task.standing.value for task in tasks}


def lined_up() -> Tasks:
    """A inspects, B follows, and C punishes when a violation is found."""
    first = ct.given((A,))
    return ct.put(ct.put(first, CoTask(unit=B, order=2)), CoTask(unit=C, after=Finding.VIOLATION))


def test_units_named_with_the_dispatch_begin_at_once():
    assert standings(ct.given((A, B))) == {A: "open", B: "open"}


def test_a_later_task_begins_with_the_last_report_before_it():
    tasks = lined_up()
    assert standings(tasks) == {A: "open", B: "waiting", C: "waiting"}
    assert ct.helping(tasks) == (A,)
    assert standings(ct.reported(tasks, A)) == {A: "reported", B: "open", C: "waiting"}


def test_a_task_begins_when_what_it_awaits_is_found_and_not_otherwise():
    tasks = lined_up()
    assert ct.found(tasks, Finding.DANGER) == tasks
    assert ct.found(tasks, Finding.NOTHING) == tasks
    assert standings(ct.found(tasks, Finding.VIOLATION))[C] == "open"
    after = ct.reported(tasks, A, Finding.VIOLATION)
    assert standings(after) == {A: "reported", B: "waiting", C: "open"}, "B follows all that is in first place"
    assert standings(ct.reported(after, C))[B] == "open"


def test_a_finding_waits_for_its_turn_and_is_not_forgotten():
    tasks = ct.put(ct.given((A,)), CoTask(unit=B, order=2, after=Finding.CRIME))
    found = ct.found(tasks, Finding.CRIME)
    assert standings(found)[B] == "waiting"
    assert standings(ct.reported(found, A))[B] == "open"


def test_what_may_never_be_needed_holds_up_nobody_and_is_not_awaited():
    tasks = ct.put(ct.put((), CoTask(unit=C, after=Finding.VIOLATION)), CoTask(unit=B, order=2))
    assert standings(tasks) == {C: "waiting", B: "open"}
    assert ct.owing(tasks) == (B,)
    assert ct.owing(lined_up()) == (A, B)


def test_a_report_sent_back_is_owed_again_and_closes_nothing_behind_it():
    tasks = ct.sent_back(ct.reported(lined_up(), A), A)
    assert standings(tasks) == {A: "open", B: "open", C: "waiting"}
    assert ct.sent_back(lined_up(), A) == lined_up()


def test_a_task_taken_away_lets_the_next_begin():
    assert standings(ct.ended(lined_up(), A)) == {A: "ended", B: "open", C: "waiting"}


def test_a_ruling_keeps_what_was_done_and_ends_what_it_does_not_name():
    tasks = ct.kept(ct.reported(lined_up(), A), (C, A))
    assert standings(tasks) == {C: "open", A: "reported"}


STEPS: st.SearchStrategy[Callable[[Tasks], Tasks]] = st.one_of(
    st.builds(
        lambda unit, order, after: lambda tasks: ct.put(tasks, CoTask(unit=unit, order=order, after=after)),
        st.sampled_from(UNITS),
        st.integers(1, 4),
        st.sampled_from(Finding),
    ),
    st.builds(
        lambda unit, found: lambda tasks: ct.reported(tasks, unit, found),
        st.sampled_from(UNITS),
        st.sampled_from(Finding),
    ),
    st.builds(lambda found: lambda tasks: ct.found(tasks, found), st.sampled_from(Finding)),
    st.builds(lambda unit: lambda tasks: ct.sent_back(tasks, unit), st.sampled_from(UNITS)),
    st.builds(lambda unit: lambda tasks: ct.ended(tasks, unit), st.sampled_from(UNITS)),
)


@given(st.lists(STEPS, max_size=14))
def test_whatever_happens_nobody_waits_for_nothing(steps: list[Callable[[Tasks], Tasks]]):
    tasks: Tasks = ()
    for step in steps:
        tasks = step(tasks)
        assert len({task.unit for task in tasks}) == len(tasks)
        assert ct.settled(tasks) == tasks
        assert set(ct.done(tasks)) <= set(ct.helping(tasks))
        waiting = [task for task in tasks if task.standing is Standing.WAITING and not task.awaits_finding]
        assert not waiting or any(task.owed for task in tasks)
    for _ in range(len(tasks) + 1):
        for unit in ct.owing(tasks):
            tasks = ct.reported(tasks, unit)
    assert ct.owing(tasks) == ()


@given(st.lists(STEPS, max_size=10), st.sampled_from(UNITS))
def test_a_report_of_a_unit_that_owes_nothing_changes_nothing(steps: list[Callable[[Tasks], Tasks]], unit: UnitCode):
    tasks: Tasks = ()
    for step in steps:
        tasks = step(tasks)
    if unit not in {task.unit for task in tasks if task.owed}:
        assert ct.reported(tasks, unit) == tasks


def test_a_task_once_begun_never_waits_again():
    later = ct.put(lined_up(), CoTask(unit=UnitCode("D")))
    assert standings(ct.reported(later, A))[B] == "waiting"
    assert standings(ct.reported(ct.reported(later, A), UnitCode("D")))[B] == "open"
