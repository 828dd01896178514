"""Two supervisors at the same moment: one emergency comes of it, one end, one recount of each beginning."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connections

from hotline.oversight.emergency.switching import count_what_passed, switch_off, switch_on
from hotline.oversight.recomputing.models import Recomputation
from hotline.registry.emergencies.commands import Done
from hotline.registry.emergencies.models import EmergencyEntry, EmergencyPeriod
from hotline.rules.emergency_mode import Plan
from tests.cast import Cast
from tests.walks import OPENING

pytestmark = pytest.mark.django_db(transaction=True)
NOON = OPENING + timedelta(hours=3)
FLOOD = Plan(name="防汛", reason="汛情", planned_end=NOON + timedelta(days=3))
HANDS = 4
T = TypeVar("T")


def at_once(work: Callable[[], T]) -> list[T]:
    """The same done by several hands that begin together."""
    together = Barrier(HANDS)

    def one() -> T:
        try:
            together.wait(timeout=20)
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as pool:
        return [done.result(timeout=60) for done in [pool.submit(one) for _ in range(HANDS)]]


def refused(done: list[Done]) -> list[str]:
    return [refusal.code for one in done for refusal in one.refusals]


def test_switching_on_and_off_at_once_is_done_once(cast: Cast) -> None:
    boss = cast.actor("supervisor")
    done = at_once(lambda: switch_on(FLOOD, actor=boss, now=NOON))
    assert refused(done) == ["emergency.name_taken"] * (HANDS - 1)
    period = EmergencyPeriod.objects.get()
    later = NOON + timedelta(hours=1)
    done = at_once(lambda: switch_off(period.pk, actor=boss, now=later))
    assert refused(done) == ["emergency.off_already"] * (HANDS - 1)
    assert EmergencyEntry.objects.count() == 2
    assert sorted(Recomputation.objects.values_list("cause", flat=True)) == ["emergency_off:防汛", "emergency_on:防汛"]


def test_several_workers_count_a_beginning_once(cast: Cast) -> None:
    plan = Plan(name="低温", reason="雨雪", planned_end=FLOOD.planned_end, start=NOON + timedelta(hours=2))
    assert switch_on(plan, actor=cast.actor("supervisor"), now=NOON).ok
    found = at_once(lambda: count_what_passed(now=NOON + timedelta(hours=2)))
    assert sorted(found) == [0] * (HANDS - 1) + [1]
    assert Recomputation.objects.count() == 1
