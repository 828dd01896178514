"""A ruling gives every co-unit its own task on the ticket, and one made again leaves alone what goes on."""

from dataclasses import replace

from hotline.rules.acts import OpenTask, RuleJointly
from hotline.rules.cotasks import CoTask, Standing
from hotline.rules.joint import Deed, Dispute, Order, Status, Task
from hotline.rules.joint.acting import act_of, ruled_tasks
from hotline.rules.joint.giving import going_on, to_give
from hotline.rules.joint.states import kept_tasks, tasks_of
from hotline.rules.vocabulary import Finding
from tests.rules.cast import ECOLOGY, HOUSING, URBAN

MEASURE = Task(unit=HOUSING, order=1, days=2)
PUNISH = Task(unit=URBAN, order=2, days=5, after=Finding.VIOLATION)
WORDS = {f"task.{HOUSING}": "核实施工许可", f"task.{URBAN}": "依法处罚", "minutes": "生态环境局主办"}
RULED = Dispute(status=Status.SIGNED, proposed=ECOLOGY, tasks=(PUNISH, MEASURE))
ORDER = Order(deed=Deed.RULE)


def test_each_is_given_with_its_words_its_days_and_what_begins_it() -> None:
    ruled = ruled_tasks(RULED, ORDER, WORDS)
    assert to_give(ruled, (), ()) == (
        OpenTask(unit=HOUSING, task="核实施工许可", days=2, order=1),
        OpenTask(unit=URBAN, task="依法处罚", days=5, order=2, after=Finding.VIOLATION),
    )
    act = act_of(RULED, ORDER, stored=WORDS)
    assert isinstance(act, RuleJointly)
    assert (act.lead_unit, act.co_units) == (ECOLOGY, ())


def test_who_helps_without_more_being_said_is_named_with_the_ruling() -> None:
    act = act_of(RULED, ORDER, stored={"minutes": "生态环境局主办"})
    assert isinstance(act, RuleJointly)
    assert act.co_units == (HOUSING, URBAN)
    assert to_give(ruled_tasks(RULED, ORDER, {}), (), ()) == ()


def test_an_upheld_ruling_takes_no_task_away_and_gives_none_twice() -> None:
    held = (
        CoTask(unit=HOUSING, order=1, days=2, standing=Standing.REPORTED, seq=7),
        CoTask(unit=URBAN, order=2, days=5, after=Finding.VIOLATION, standing=Standing.OPEN, seq=8),
    )
    ruled = ruled_tasks(RULED, Order(deed=Deed.UPHOLD), WORDS)
    kept = going_on(ruled, held, {7: "核实施工许可", 8: "依法处罚"})
    assert kept == {HOUSING, URBAN}
    assert to_give(ruled, held, kept) == ()
    act = act_of(RULED, Order(deed=Deed.UPHOLD), stored=WORDS, kept=kept)
    assert isinstance(act, RuleJointly)
    assert act.co_units == (HOUSING, URBAN)


def test_a_task_that_has_not_begun_is_given_again_and_awaits_nothing_that_was_found() -> None:
    waits = CoTask(unit=URBAN, order=2, days=5, after=Finding.VIOLATION, seq=8)
    ruled = [(PUNISH, "依法处罚")]
    assert going_on(ruled, (waits,), {8: "依法处罚"}) == frozenset()
    assert to_give(ruled, (waits,), ())[0].after is Finding.VIOLATION
    assert to_give(ruled, (replace(waits, came=True),), ())[0].after is Finding.NOTHING


def test_a_task_ruled_otherwise_is_given_anew() -> None:
    other = CoTask(unit=HOUSING, order=1, days=2, standing=Standing.REPORTED, seq=7)
    ended = CoTask(unit=URBAN, order=2, days=5, after=Finding.VIOLATION, standing=Standing.ENDED, seq=8)
    ruled = ruled_tasks(RULED, ORDER, WORDS)
    assert going_on(ruled, (other, ended), {7: "另一件事", 8: "依法处罚"}) == frozenset()
    longer = CoTask(unit=HOUSING, order=1, days=3, standing=Standing.OPEN, seq=7)
    assert going_on(ruled, (longer,), {7: "核实施工许可"}) == frozenset()


def test_tasks_are_written_down_and_read_back() -> None:
    assert tasks_of(kept_tasks((MEASURE, PUNISH))) == (MEASURE, PUNISH)
    assert tasks_of([{"unit": "HOUSING", "order": 1, "days": 2}])[0].after is Finding.NOTHING
