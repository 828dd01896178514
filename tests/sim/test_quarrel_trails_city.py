"""The ways of all tickets of a simulated city agree with what the tickets are at the end."""

from collections import Counter
from functools import cache

from hotline.rules.lives import Lived, live
from hotline.rules.quarrel_trails import BEYOND, TELLING_NAMES, TELLING_STAGES, followed, trace
from hotline.rules.quarrels import Step, Trace, delay, ownerless, quarrels, returns_by, settled_by_step
from hotline.rules.state import TicketState
from hotline.rules.vocabulary import Flag, Stage
from hotline.rules.workdays import Calendar
from tests.sim.hefei import UNTIL, book_at, city

NOBODYS = {Stage.PENDING_DISPATCH, Stage.JURISDICTION_DISPUTE, Stage.JOINT_HANDLING}


@cache
def ways() -> tuple[tuple[Trace, TicketState], ...]:
    """Every ticket that was ever given to somebody, with its way and its end."""
    found = []
    for number, life in enumerate(city()[0]):
        steps: list[Lived] = live(life.steps, book_at)
        events = [event for step in steps for event in step.events]
        end = steps[-1].after
        way = trace(str(number), end.category, events)
        telling = [event for event in events if event.name in TELLING_NAMES or event.stage in TELLING_STAGES]
        assert trace(str(number), end.category, telling) == way, "the entries that are read tell the whole way"
        assert followed(telling) == followed(events)
        if way is not None:
            found.append((way, end))
    return tuple(found)


def test_the_last_unit_given_it_is_the_lead():
    for way, end in ways():
        if end.lead_unit is not None and end.stage is not Stage.RETURN_REQUESTED:
            assert way.given[-1] == end.lead_unit


def test_nobodys_are_those_without_a_lead():
    for way, end in ways():
        assert (way.ownerless_since is not None) == (end.stage in NOBODYS), end.stage


def test_what_is_certain_is_settled_and_answered_tickets_are():
    for way, end in ways():
        assert (way.settled_at is None) == (way.step is None)
        assert not way.certain or way.settled_at is not None
        assert way.settled_at is None or way.settled_at >= way.dispatched_at
        if end.stage in BEYOND and Flag.OBJECTED not in end.flags:
            assert way.certain


def test_returns_are_those_the_ticket_counts():
    for way, end in ways():
        assert sum(one.founded is True for one in way.returns) == end.founded_returns


def test_the_figures_add_up():
    traces = [way for way, _ in ways()]
    rows = returns_by(traces)
    assert sum(row.asked for row in rows) == sum(len(way.returns) for way in traces) > 0
    assert sum(settled_by_step(traces).values()) == sum(way.certain for way in traces)
    assert delay(traces, Calendar()).tickets == sum(way.certain for way in traces)
    assert len(ownerless(traces, now=UNTIL, calendar=Calendar())) == sum(end.stage in NOBODYS for _, end in ways())
    steps = Counter(way.step for way in traces)
    assert min(steps[step] for step in (Step.FIRST, Step.REFUSED, Step.REASSIGNED, Step.PANEL)) > 0
    assert quarrels(traces)
