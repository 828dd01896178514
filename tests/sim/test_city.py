"""The city in a loop: the same by the same lot, nothing that the rules refuse, something at every stage."""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise

import pytest

from hotline.rules.acts import AcceptReturn, ConvenePanel, Merge, Register, RequestReturn, RuleJointly
from hotline.rules.fold import fold
from hotline.rules.lives import Life, Lived, live
from hotline.rules.state import TicketState
from hotline.rules.vocabulary import CITY_TZ, ClockKind, Flag, Proposal, RequestType, Stage
from hotline.sim.city import joins_another, numbered
from hotline.sim.course import Refused
from tests.sim.hefei import UNTIL, book_at, city


@cache
def small() -> tuple[list[Life], list[Refused]]:
    """A few weeks of a small city."""
    return city()


@cache
def lived() -> list[list[Lived]]:
    """The same, decided again from its steps alone, as bulk writing does."""
    return [live(life.steps, book_at) for life in small()[0]]


def ends() -> Iterator[TicketState]:
    """What every ticket is at the end."""
    return (steps[-1].after for steps in lived())


def test_the_same_lot_gives_the_same_city():
    first, _ = city(seed=11, per_day=2.0)
    again, _ = city(seed=11, per_day=2.0)
    other, _ = city(seed=12, per_day=2.0)
    assert first == again
    assert first != other


def test_the_rules_refuse_nothing():
    assert small()[1] == []
    assert len(lived()) == len(small()[0]) > 500


def test_state_is_the_fold_of_the_events():
    for steps in lived():
        assert fold(event for step in steps for event in step.events) == steps[-1].after


def test_time_runs_forward_and_stops_now():
    for life in small()[0]:
        assert all(a.at <= b.at for a, b in pairwise(life.steps))
        assert life.steps[-1].at <= UNTIL


def test_lives_come_in_the_order_in_which_they_begin():
    begun = [life.steps[0].at for life in small()[0]]
    assert all(b - a > -timedelta(hours=1) for a, b in pairwise(begun))


@pytest.mark.parametrize("now", ["2026-06-14 03:10", "2026-10-05 11:00", "2026-11-23 12:01"])
def test_every_stage_has_a_ticket_whenever_the_city_is_looked_at(now: str):
    until = datetime.fromisoformat(now).replace(tzinfo=CITY_TZ)
    found, refused = city(seed=5, until=until, start=until - timedelta(weeks=8), per_day=1.0)
    stages = Counter(live(life.steps, book_at)[-1].after.stage for life in found)
    assert set(stages) == set(Stage) - {Stage.NEW}
    assert refused == []


def test_something_waits_for_everybody():
    states = list(ends())
    asked = {kind for state in states for kind in state.proposals}
    assert asked == set(Proposal) - {Proposal.TASK_RETURN}, "co-units' tasks are walked by the demonstration itself"
    assert any(state.paused and state.stage is Stage.HANDLING for state in states)
    assert any(len(state.attempts) == 2 and state.stage is Stage.PENDING_CALLBACK for state in states)
    assert any(state.delegation and state.delegation.replied and state.stage is Stage.HANDLING for state in states)
    late = [state.running(ClockKind.UNIT_REPLY) for state in states if state.stage is Stage.HANDLING]
    assert any(clock and clock.overdue_at for clock in late)
    assert any(clock and clock.reminded == 80 for clock in late)
    assert any(clock and clock.noticed_at for clock in late)
    flags = {flag for state in states for flag in state.flags}
    assert {Flag.CONFIDENTIAL, Flag.GROUP, Flag.REPEAT, Flag.INSTRUCTION, Flag.RULED_LEAD} <= flags


def test_building_at_night_goes_the_way_the_newspaper_told():
    """生态环境部门没有处罚权，城管部门说是环境问题；会办确定由生态环境部门受理，处罚转交城管."""
    told = [life for life in small()[0] if any(isinstance(step.act, RuleJointly) for step in life.steps)]
    told = [life for life in told if _registered(life).category == "040103"]
    life = next(life for life in told if live(life.steps, book_at)[-1].after.stage is Stage.CLOSED)
    returns = [step.actor.unit for step in life.steps if isinstance(step.act, RequestReturn)]
    panel = next(step.act for step in life.steps if isinstance(step.act, ConvenePanel))
    ruling = next(step.act for step in life.steps if isinstance(step.act, RuleJointly))
    assert returns == ["STHJ", "CGJ"]
    assert sum(isinstance(step.act, AcceptReturn) for step in life.steps) == 2
    assert {"BB", "SFJ", "SJW", "STHJ", "CGJ"} <= set(panel.members)
    assert (ruling.lead_unit, ruling.co_units, ruling.reusable) == ("STHJ", ("CGJ",), True)


def test_types_keep_their_shares():
    found, _ = city(seed=3, per_day=18.0, staged=False)
    share = Counter(_registered(life).request_type for life in found if _is_registered(life))
    whole = share.total()
    assert whole > 900
    assert 0.47 <= share[RequestType.CONSULTATION] / whole <= 0.64
    assert 0.25 <= share[RequestType.HELP] / whole <= 0.34
    assert 0.015 <= (share[RequestType.COMPLAINT] + share[RequestType.REPORT]) / whole <= 0.06
    assert 0.006 <= share[RequestType.SUGGESTION] / whole <= 0.15
    assert 0.02 <= share[RequestType.OTHER] / whole <= 0.06


def test_most_units_are_in_time_and_some_are_not():
    clocks = [clock for state in ends() if (clock := state.clocks.get(ClockKind.UNIT_REPLY)) and clock.met is not None]
    share = sum(clock.met is True for clock in clocks) / len(clocks)
    assert 0.8 < share < 0.99


def test_a_merged_life_joins_one_that_came_before():
    found, _ = small()
    joining = [(place, life) for place, life in enumerate(found) if joins_another(life)]
    assert joining
    numbers = {place: f"number-{place}" for place in range(len(found))}
    for place, life in joining:
        merge = next(step.act for step in numbered(life, numbers).steps if isinstance(step.act, Merge))
        master = int(merge.master.removeprefix("number-"))
        assert master < place
        assert _registered(found[master]).category == _registered(life).category


def test_nobodys_telephone_is_anybodys():
    phones = {str(life.requester["phone"]) for life in small()[0]}
    assert all(re.fullmatch(r"(1990000\d{4})?", phone) for phone in phones)
    assert "" in phones


def test_reporters_are_not_sought_out():
    for steps in lived():
        state = steps[-1].after
        if state.request_type is RequestType.REPORT and state.accepted_at:
            assert Flag.CONFIDENTIAL in state.flags
            assert state.contacted_at is None


def test_the_simulator_needs_no_framework():
    asked = "import sys, hotline.sim.city; sys.exit(bool({'django', 'psycopg'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", asked]).returncode == 0


def _is_registered(life: Life) -> bool:
    return any(isinstance(step.act, Register) for step in life.steps)


def _registered(life: Life) -> Register:
    return next(step.act for step in life.steps if isinstance(step.act, Register))
