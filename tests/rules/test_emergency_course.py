"""Emergencies over one another, pauses and extensions under them, and tickets that were open before they began."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hotline.rules import acts as a
from hotline.rules.deadlines import Emergency, Pause, compute_due
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.limits import Limit
from hotline.rules.vocabulary import CategoryCode, ClockKind, RequestType
from tests.rules import cast as c
from tests.rules.cast import BOOK, DAY, DISPATCHER, HEFEI, REVIEWER, SUPERVISOR, book
from tests.rules.clock_facts import HOUR, close, due, flood
from tests.rules.due_cases import CALENDAR, COMPLAINT, EXTENSIONS, LIMITS, codes, emergency, situations

K = ClockKind
AGAIN = a.RecomputeClocks(cause="emergency_off:防汛")


@st.composite
def several(draw: st.DrawFn, start: datetime) -> list[Emergency]:
    """Emergencies that begin after `start`, may lie over one another, and have all ended."""
    found = []
    for _ in range(draw(st.integers(1, 4))):
        begin = start + timedelta(minutes=draw(st.integers(1, 20_000)))
        length, hours = draw(st.integers(1, 20_000)), draw(st.sampled_from([24, 48]))
        found.append(emergency(begin, begin + timedelta(minutes=length), ended=True, hours=hours))
    return found


def seen(
    limit: Limit, start: datetime, pauses: list[Pause], extension: int, over: list[Emergency], at: datetime
) -> datetime:
    return compute_due(
        limit=limit,
        start=start,
        calendar=CALENDAR,
        pauses=pauses,
        extension=extension,
        request=COMPLAINT,
        emergencies=over,
        as_of=at,
    ).due_at


@given(st.data(), situations(), LIMITS, EXTENSIONS)
def test_when_all_have_ended_everything_is_as_if_there_had_been_none(
    data: st.DataObject, given_: tuple[datetime, list[Pause]], limit: Limit, extension: int
) -> None:
    start, pauses = given_
    over = data.draw(several(start))
    ordinary = seen(limit, start, pauses, extension, [], start)
    last = max(one.ended_at or start for one in over)
    assert seen(limit, start, pauses, extension, over, last) == ordinary


@given(st.data(), situations(), LIMITS, EXTENSIONS)
def test_at_every_moment_the_earliest_of_those_in_force_binds_whatever_their_order(
    data: st.DataObject, given_: tuple[datetime, list[Pause]], limit: Limit, extension: int
) -> None:
    start, pauses = given_
    over = data.draw(several(start))
    moment = start + timedelta(minutes=data.draw(st.integers(0, 40_000)))
    alone = [seen(limit, start, pauses, extension, [one], moment) for one in over]
    shuffled = data.draw(st.permutations(over))
    assert seen(limit, start, pauses, extension, shuffled, moment) == min(alone)


@given(st.data(), situations(), LIMITS, EXTENSIONS)
def test_switching_on_never_makes_late_at_once(
    data: st.DataObject, given_: tuple[datetime, list[Pause]], limit: Limit, extension: int
) -> None:
    start, pauses = given_
    over = data.draw(several(start))
    first = min(over, key=lambda one: one.start)
    switched = first.start
    ordinary = seen(limit, start, pauses, extension, [], switched)
    assume(ordinary > switched)
    assert seen(limit, start, pauses, extension, over, switched) >= min(ordinary, switched + 24 * HOUR) > switched


@given(st.data(), situations(), LIMITS)
def test_a_pause_under_an_emergency_never_brings_the_due_time_forward(
    data: st.DataObject, given_: tuple[datetime, list[Pause]], limit: Limit
) -> None:
    start, pauses = given_
    over = data.draw(several(start))
    moment = start + timedelta(minutes=data.draw(st.integers(0, 40_000)))
    assert seen(limit, start, pauses, 0, over, moment) >= seen(limit, start, [], 0, over, moment)


@given(st.data(), situations(), LIMITS, st.integers(1, 10))
def test_an_extension_counts_on_the_ordinary_date_only(
    data: st.DataObject, given_: tuple[datetime, list[Pause]], limit: Limit, days: int
) -> None:
    start, pauses = given_
    over = data.draw(several(start))
    moment = start + timedelta(minutes=data.draw(st.integers(0, 40_000)))
    short, longer = (seen(limit, start, pauses, extension, over, moment) for extension in (0, days))
    assert short <= longer
    ordinary = seen(limit, start, pauses, days, [], moment)
    assert longer <= ordinary


def test_a_unit_given_an_older_ticket_during_an_emergency_goes_back_with_the_promise():
    story = c.registered().wait(hours=1)
    began = story.now
    story.book = book(flood(began))
    story.do(SYSTEM, a.RecomputeClocks(cause="emergency_on:防汛"))
    story.do(DISPATCHER, a.Dispatch(lead_unit=c.ECOLOGY), after=2 * HOUR)
    given_at = story.now
    assert due(story, K.REPLY) == began + 48 * HOUR
    assert (due(story, K.UNIT_REPLY), story.clock(K.UNIT_REPLY).limit) == (given_at + 48 * HOUR, "7wd")
    story.book = book(flood(began, ended_at=began + DAY))
    story.do(SYSTEM, AGAIN, after=DAY)
    assert (due(story, K.REPLY), due(story, K.UNIT_REPLY)) == (close(19), close(19))


def test_a_ticket_taken_in_during_an_emergency_and_dispatched_after_it_binds_the_unit_as_well():
    story = c.registered(book(flood(c.MONDAY - DAY, ended_at=c.MONDAY + HOUR)))
    assert story.clock(K.REPLY).limit == "48h"
    story.do(DISPATCHER, a.Dispatch(lead_unit=c.ECOLOGY), after=2 * HOUR)
    assert (due(story, K.UNIT_REPLY), story.clock(K.UNIT_REPLY).limit) == (story.now + 48 * HOUR, "48h")


def test_an_extension_granted_under_an_emergency_comes_to_bear_when_it_ends():
    story = c.extension_asked()
    began = story.now
    story.book = book(flood(began))
    story.do(SYSTEM, a.RecomputeClocks(cause="emergency_on:防汛"))
    story.do(DISPATCHER, a.GrantExtension(days=5), after=HOUR)
    assert due(story, K.REPLY) == began + 48 * HOUR
    assert story.clock(K.REPLY).extension == 5
    story.book = book(flood(began, ended_at=story.now))
    story.do(SYSTEM, AGAIN)
    assert (due(story, K.REPLY), due(story, K.UNIT_REPLY)) == (close(26), close(26))


def test_a_clock_paused_when_an_emergency_begins_bears_it_from_the_resumption_on():
    story = c.paused()
    began = story.now
    story.book = book(flood(began))
    assert story.codes(SYSTEM, a.RecomputeClocks(cause="emergency_on:防汛")) == ("clock.nothing_moves",)
    story.do(SUPERVISOR, a.Resume(), after=5 * DAY)
    assert due(story, K.REPLY) == story.now + 48 * HOUR


def test_who_comes_under_an_emergency_long_after_it_began_is_not_late_at_once():
    """A ticket moved into the matters of an emergency three days after it began keeps its own date."""
    story = c.handled(category=c.NOISE)
    began = story.now
    mode = HEFEI.emergency(name="供暖", start=began, categories=frozenset({"01"}))
    story.book = book(mode)
    assert story.codes(SYSTEM, AGAIN) == ("clock.nothing_moves",)
    change = a.Classify(request_type=RequestType.COMPLAINT, category=CategoryCode("010103"), reason="核对后更正")
    story.do(REVIEWER, change, after=3 * DAY)
    assert story.codes(SYSTEM, AGAIN) == ("clock.nothing_moves",)
    assert due(story, K.REPLY) == close(19)


def test_a_rework_ordered_after_the_emergency_has_its_ordinary_limit():
    over = book(flood(c.MONDAY - DAY, ended_at=c.MONDAY + timedelta(minutes=2)))
    assert c.registered(over).clock(K.REPLY).limit == "48h"
    story = c.reworked(over)
    assert story.clock(K.REPLY).limit == "4wd"


def test_what_stands_still_is_counted_the_same_with_and_without_emergencies_elsewhere():
    other = HEFEI.emergency(name="他区", start=c.MONDAY, regions=frozenset({"340104"}))
    one, two = c.handled(), c.handled(replace(BOOK, emergencies=(other,)))
    assert {k: clock.due_at for k, clock in one.state.clocks.items()} == {
        k: clock.due_at for k, clock in two.state.clocks.items()
    }


@pytest.mark.parametrize(
    ("extension", "begins", "expected"),
    [
        (0, 1, ["due.emergency.shortened"]),
        (3, 1, ["due.emergency.shortened", "due.emergency.extension_waits"]),
        (0, -1, ["due.emergency.borne"]),
    ],
)
def test_a_shortened_limit_says_which_emergency_and_what_returns(
    extension: int, begins: int, expected: list[str]
) -> None:
    start = datetime(2024, 3, 4, 10, 0, tzinfo=c.MONDAY.tzinfo)
    mode = emergency(start + begins * HOUR, None)
    found = compute_due(
        limit=Limit.parse("7wd"),
        start=start,
        calendar=CALENDAR,
        request=replace(COMPLAINT, opened_at=start - 2 * HOUR),
        extension=extension,
        emergencies=[mode],
        as_of=start + 2 * HOUR,
    )
    assert [code for code in codes(found.explanation) if code.startswith("due.emergency")] == expected


def test_after_the_end_the_explanation_says_that_the_former_date_stands_again() -> None:
    start = datetime(2024, 3, 4, 10, 0, tzinfo=c.MONDAY.tzinfo)
    mode = emergency(start - HOUR, start + DAY, ended=True)
    found = compute_due(
        limit=Limit.parse("7wd"),
        start=start,
        calendar=CALENDAR,
        request=replace(COMPLAINT, opened_at=start - 2 * HOUR),
        emergencies=[mode],
        as_of=start + 2 * DAY,
    )
    assert codes(found.explanation)[-1] == "due.emergency.over"


def test_what_was_taken_in_during_an_emergency_says_so_for_life() -> None:
    start = datetime(2024, 3, 4, 10, 0, tzinfo=c.MONDAY.tzinfo)
    mode = emergency(start - HOUR, start + DAY, ended=True)
    found = compute_due(
        limit=Limit.parse("48h"),
        start=start,
        calendar=CALENDAR,
        request=COMPLAINT,
        emergencies=[mode],
        as_of=start + 2 * DAY,
    )
    assert codes(found.explanation)[0] == "due.emergency.opened"
