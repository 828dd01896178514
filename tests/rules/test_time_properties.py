"""What must hold of time whatever happens to a ticket, tried on the real calendars of two decades.

Each law is tried twice where it can be: on the calculation alone, and on tickets that live through the acts.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hotline.rules import acts as a
from hotline.rules.deadlines import Light, LightThresholds, Pause, compute_due, light
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.limits import Limit
from hotline.rules.profile_parts import ExtensionRules
from hotline.rules.vocabulary import ClockKind, Flag, RequestType
from hotline.rules.workdays import Calendar
from tests.rules import cast as c
from tests.rules.cast import AGENT, DEPUTY, DISPATCHER, HANDLER, HEFEI, REVIEWER, SUPERVISOR, URBAN, Story
from tests.rules.due_cases import (
    CALENDAR,
    COMPLAINT,
    DAY_LIMITS,
    EXTENSIONS,
    LIMITS,
    codes,
    due,
    emergency,
    situations,
)
from tests.rules.holidays import at

K = ClockKind
MINUTES = st.integers(0, 60 * 24 * 20)
PUBLISHED = st.integers(0, (at("2025-11-01 00:00") - at("2004-01-05 00:00")) // timedelta(minutes=1)).map(
    lambda minutes: at("2004-01-05 00:00") + timedelta(minutes=minutes)
)
"""Moments from which a limit ends before the last holiday notice does."""

WHOLE = Story().book
OPEN_HANDED = replace(HEFEI, extension=ExtensionRules(ask_before_workdays=0))


def lived(start: datetime, calendar: Calendar = CALENDAR, *modes: object) -> Story:
    """A complaint taken on, sent out and signed in at that moment."""
    book = replace(WHOLE, calendar=calendar, profile=OPEN_HANDED, emergencies=modes)
    story = Story(book, start)
    for who, act in (
        (AGENT, c.register()),
        (AGENT, a.SendToDispatch()),
        (DISPATCHER, a.Dispatch(lead_unit=c.ECOLOGY, co_units=(URBAN,))),
        (HANDLER, a.SignIn()),
    ):
        story.do(who, act, after=timedelta())
    return story


def dues(story: Story) -> dict[str, datetime]:
    """When every running clock is due."""
    return {kind: clock.due_at for kind, clock in story.state.clocks.items() if clock.running}


def later(story: Story, moment: datetime, who: Actor, *acts: a.Act) -> Story:
    """These acts, one after the other, at that moment."""
    story.until(moment)
    for act in acts:
        story.do(who, act, after=timedelta())
    return story


def pause_and_resume(story: Story, begin: datetime, length: timedelta) -> Story:
    later(story, begin, SUPERVISOR, c.stops_clock())
    return later(story, begin + length, SUPERVISOR, a.Resume())


def extend(story: Story, moment: datetime, days: int) -> Story:
    later(story, moment, DEPUTY, c.asks_extension(days))
    return later(story, moment, DISPATCHER, a.GrantExtension(days=days))


# Pauses


@settings(max_examples=40)
@given(PUBLISHED, st.integers(1, 60 * 24 * 6), st.integers(1, 60 * 24 * 20))
def test_a_ticket_that_was_paused_is_never_due_earlier(start: datetime, wait: int, length: int):
    story = lived(start)
    begin = start + timedelta(minutes=wait)
    before = dues(story)
    assume(begin < before[K.REPLY])
    paused = pause_and_resume(story, begin, timedelta(minutes=length))
    assert all(paused.state.clocks[kind].due_at >= moment for kind, moment in before.items())
    for kind in (K.REPLY, K.UNIT_REPLY):
        assert paused.state.clocks[kind].due_at > paused.now


@given(PUBLISHED, DAY_LIMITS, EXTENSIONS, MINUTES, st.integers(1, 20_000))
def test_a_pause_moves_a_limit_in_days_by_whole_working_days(
    start: datetime, limit: Limit, extra: int, wait: int, length: int
):
    """By exactly those working days of the time before expiry at whose end it stood still."""
    begin = start + timedelta(minutes=wait)
    pause = Pause(begin, begin + timedelta(minutes=length))
    plain, moved = due(limit, start, (), extra), due(limit, start, [pause], extra)
    assert moved.due_at.time() == plain.due_at.time() == CALENDAR.office_end(start.date()).time()
    assert len(moved.counted_days) == len(plain.counted_days)
    skipped = CALENDAR.count_workdays(start.date(), moved.due_at.date()) - len(moved.counted_days)
    assert skipped == CALENDAR.count_workdays(plain.due_at.date(), moved.due_at.date())
    closing = [CALENDAR.office_end(on) for on in workdays(start, moved.due_at)]
    assert skipped == sum(pause.start < closes <= (pause.end or begin) for closes in closing)


def workdays(start: datetime, end: datetime) -> list[datetime]:
    days = (end.date() - start.date()).days
    found = (start + timedelta(days=step) for step in range(1, days + 1))
    return [on for on in found if CALENDAR.is_workday(on.date())]


@given(st.data(), situations(), LIMITS, EXTENSIONS)
def test_pauses_count_alike_in_any_order_and_cut_in_two(
    data: st.DataObject, given_: tuple[datetime, list[Pause]], limit: Limit, extra: int
):
    start, pauses = given_
    shuffled = data.draw(st.permutations(pauses))
    cut = []
    for pause in shuffled:
        end = pause.end or pause.start
        middle = pause.start + (end - pause.start) / 2
        cut += [Pause(middle, end), Pause(pause.start, middle)]
    assert due(limit, start, shuffled, extra).due_at == due(limit, start, pauses, extra).due_at
    assert due(limit, start, cut, extra).due_at == due(limit, start, pauses, extra).due_at


# Extensions


@settings(max_examples=40)
@given(PUBLISHED, st.integers(1, 10), st.integers(1, 60 * 24 * 4), st.integers(1, 60 * 24 * 10), st.booleans())
def test_an_extension_then_a_pause_is_a_pause_then_an_extension(
    start: datetime, days: int, wait: int, length: int, at_once: bool
):
    begin = start + timedelta(minutes=wait)
    end = begin + timedelta(minutes=length)
    first = pause_and_resume(extend(lived(start), begin, days), begin, timedelta(minutes=length))
    then = extend(pause_and_resume(lived(start), begin, timedelta(minutes=length)), end, days)
    between = later(lived(start), begin, SUPERVISOR, c.stops_clock())
    extend(between, begin if at_once else end, days)
    later(between, end, SUPERVISOR, a.Resume())
    assert first.clock(K.REPLY).due_at == then.clock(K.REPLY).due_at == between.clock(K.REPLY).due_at
    assert first.clock(K.UNIT_REPLY).due_at == then.clock(K.UNIT_REPLY).due_at == between.clock(K.UNIT_REPLY).due_at


@given(PUBLISHED, DAY_LIMITS, st.integers(0, 10), st.integers(0, 10))
def test_days_granted_twice_are_days_granted_at_once(start: datetime, limit: Limit, one: int, more: int):
    whole = due(limit, start, (), one + more)
    assert whole.due_at == CALENDAR.office_end(CALENDAR.add_workdays(due(limit, start, (), one).due_at.date(), more))


# What has nothing to do with time

BESIDE = (
    (HANDLER, a.RecordProgress(note="已到现场")),
    (HANDLER, a.RecordFirstContact(note="已联系")),
    (AGENT, a.AddFacts(facts="又有两处")),
    (SUPERVISOR, a.Urge(note="请尽快")),
    (SUPERVISOR, a.MarkTicket(flag=Flag.GROUP)),
    (c.member(URBAN), a.ReportCoTask(reply="已清运")),
    (REVIEWER, a.Classify(request_type=RequestType.COMPLAINT, reason="再核对一次")),
    (REVIEWER, a.Classify(request_type=RequestType.HELP, reason="实为求助")),
)
"""Acts that owe no clock of the promise anything: help and complaints have the same limit."""


@settings(max_examples=40)
@given(st.data(), PUBLISHED, st.integers(1, 60 * 24 * 4), st.integers(1, 60 * 24 * 5))
def test_unrelated_acts_in_any_order_leave_the_promise_alone(
    data: st.DataObject, start: datetime, wait: int, length: int
):
    begin, end = start + timedelta(minutes=wait), start + timedelta(minutes=wait + length)
    plain = extend(pause_and_resume(lived(start), begin, end - begin), end, 5)
    busy, beside = lived(start), data.draw(st.permutations(BESIDE))
    cut, cut_again = sorted(data.draw(st.tuples(st.integers(0, len(beside)), st.integers(0, len(beside)))))
    for who, act in beside[:cut]:
        later(busy, start, who, act)
    later(busy, begin, SUPERVISOR, c.stops_clock())
    for who, act in beside[cut:cut_again]:
        later(busy, begin, who, act)
    later(busy, end, SUPERVISOR, a.Resume())
    extend(busy, end, 5)
    for who, act in beside[cut_again:]:
        later(busy, end, who, act)
    for kind in (K.REPLY, K.UNIT_REPLY):
        ours, theirs = busy.state.clocks[kind], plain.clock(kind)
        assert (ours.due_at, ours.started_at, ours.extension) == (theirs.due_at, theirs.started_at, theirs.extension)


@given(st.data(), situations(), LIMITS, st.integers(-4000, 8000), st.integers(-4000, 8000), st.integers(0, 20_000))
def test_emergencies_count_alike_in_any_order(
    data: st.DataObject, given_: tuple[datetime, list[Pause]], limit: Limit, one: int, two: int, seen: int
):
    start, pauses = given_
    modes = [
        emergency(start + timedelta(minutes=begin), start + timedelta(minutes=begin + 5000), hours=hours)
        for begin, hours in ((one, 48), (two, 24))
    ]

    def under(order: list[object]) -> datetime:
        return compute_due(
            limit=limit,
            start=start,
            calendar=CALENDAR,
            pauses=pauses,
            request=COMPLAINT,
            emergencies=order,  # type: ignore[arg-type]  # a permutation of the two
            as_of=start + timedelta(minutes=seen),
        ).due_at

    assert under(data.draw(st.permutations(modes))) == under(modes)
    assert under(modes) <= under([])


@settings(max_examples=40)
@given(PUBLISHED, st.integers(1, 60 * 24 * 8), st.integers(1, 60 * 24 * 8))
def test_an_emergency_over_a_ticket_is_never_late_at_once_and_is_given_back(start: datetime, wait: int, length: int):
    story = lived(start)
    before = dues(story)
    begin = start + timedelta(minutes=wait)
    end = begin + timedelta(minutes=length)
    mode = HEFEI.emergency(name="防汛", start=begin, ended_at=end)
    story.book = replace(story.book, emergencies=(mode,))
    recount = a.RecomputeClocks(cause="emergency_on:防汛")
    story.until(begin)
    if not story.codes(SYSTEM, recount):
        later(story, begin, SYSTEM, recount)
    for kind, moment in dues(story).items():
        assert moment <= before[kind]
        assert moment > begin or moment == before[kind], "never late at once"
    if end < before[K.REPLY]:
        story.until(end)
        if not story.codes(SYSTEM, recount):
            later(story, end, SYSTEM, recount)
        assert dues(story) == before


# A year whose notice is still to come

YEARS = st.integers(2005, 2025)


@settings(max_examples=40)
@given(YEARS, st.integers(0, 60 * 24 * 340), st.integers(0, 60 * 24 * 3))
def test_a_provisional_date_becomes_the_one_that_the_notice_gives(year: int, wait: int, until: int):
    """Counted by weekends first; the notice brings what would have been counted had it been known."""
    unknown = replace(
        CALENDAR,
        overrides={on: day for on, day in CALENDAR.overrides.items() if on.year != year},
        published=CALENDAR.published - {year},
    )
    start = at(f"{year}-01-01 00:00") + timedelta(minutes=wait)
    story, known = lived(start, unknown), lived(start)
    clock = story.clock(K.REPLY)
    assert clock.provisional
    told = compute_due(limit=Limit.parse("7wd"), start=start, calendar=unknown)
    assert codes(told.explanation)[-1] == "due.provisional"
    before = dues(story)
    story.book = replace(story.book, calendar=CALENDAR)
    story.until(start + timedelta(minutes=until))
    recount = a.RecomputeClocks(cause="calendar")
    if not story.codes(SYSTEM, recount):
        later(story, story.now, SYSTEM, recount)
    for kind, moment in dues(story).items():
        right = known.state.clocks[kind].due_at
        kept = right <= story.now < before[kind]
        assert moment == (before[kind] if kept else right), "the notice makes nobody late at once"
        assert kept or not story.state.clocks[kind].provisional
    explained = compute_due(limit=Limit.parse("7wd"), start=start, calendar=CALENDAR)
    assert "due.provisional" not in codes(explained.explanation)


# Lamps


@given(st.data(), PUBLISHED, LIMITS, st.booleans())
def test_a_lamp_only_ever_goes_from_green_to_red(data: st.DataObject, start: datetime, limit: Limit, office: bool):
    due_at = due(limit, start).due_at
    calendar = CALENDAR if office else None
    thresholds = data.draw(st.sampled_from([LightThresholds(), LightThresholds(0.5, 0.9), LightThresholds(0.01, 0.02)]))
    whole = (due_at - start) // timedelta(minutes=1)
    moments = sorted(data.draw(st.lists(st.integers(-100, whole + 1000), min_size=2, max_size=8)))
    order = [Light.GREEN, Light.AMBER, Light.RED]
    shown = [
        order.index(
            light(
                start=start,
                due_at=due_at,
                now=start + timedelta(minutes=minute),
                thresholds=thresholds,
                calendar=calendar,
            )
        )
        for minute in moments
    ]
    assert all(one <= two for one, two in pairwise(shown))
    assert light(start=start, due_at=due_at, now=due_at, thresholds=thresholds, calendar=calendar) is Light.RED


@given(PUBLISHED, st.integers(1, 20_000), st.integers(0, 10))
def test_more_time_never_makes_a_lamp_redder(start: datetime, passed: int, extra: int):
    order = [Light.GREEN, Light.AMBER, Light.RED]
    now = start + timedelta(minutes=passed)
    short, long = (due("7wd", start, (), days).due_at for days in (0, extra))
    for calendar in (CALENDAR, None):
        lamps = [light(start=start, due_at=end, now=now, calendar=calendar) for end in (long, short)]
        assert order.index(lamps[0]) <= order.index(lamps[1])
