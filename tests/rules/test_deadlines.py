"""Deadlines: what pauses, extensions, emergencies and superiors do to them, and what they can never do."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hotline.rules.deadlines import (
    Due,
    Emergency,
    Light,
    LightThresholds,
    Pause,
    RequestScope,
    compute_due,
    light,
    paused_workdays,
    reminders_at,
)
from hotline.rules.limits import Limit, LimitUnit
from hotline.rules.messages import Message
from hotline.rules.vocabulary import RequestType
from hotline.rules.workdays import Calendar, DayKind
from rules.holidays import MOMENTS, at, city_calendar

CALENDAR = city_calendar()
COMPLAINT = RequestScope(
    request_type=RequestType.COMPLAINT, category="010203", region="340104", tags=frozenset({"涉疫"})
)
LIMITS = st.sampled_from(
    [Limit.parse(t) for t in ("1wd", "3wd", "7wd", "15wd", "4oh", "90omin", "24h", "48h", "15min", "7d", "15d")]
)
DAY_LIMITS = st.sampled_from([Limit.parse(t) for t in ("1wd", "3wd", "7wd", "15wd")])
EXTENSIONS = st.sampled_from([0, 0, 1, 5, 10])


@st.composite
def pauses_after(draw: st.DrawFn, start: datetime, most: int = 3) -> list[Pause]:
    """A few pauses around the time in which a limit runs, in any order, some over one another."""
    found = []
    for _ in range(draw(st.integers(0, most))):
        begin = start + timedelta(minutes=draw(st.integers(-2000, 40_000)))
        found.append(Pause(begin, begin + timedelta(minutes=draw(st.integers(1, 20_000))), "awaiting_requester"))
    return found


@st.composite
def situations(draw: st.DrawFn) -> tuple[datetime, list[Pause]]:
    """A start and pauses around it."""
    start = draw(MOMENTS)
    return start, draw(pauses_after(start))


def emergency(start: datetime, end: datetime | None, *, ended: bool = False, hours: int = 48) -> Emergency:
    limits = dict.fromkeys(RequestType, Limit(hours, LimitUnit.PLAIN_HOUR))
    planned, ended_at = (None, end) if ended else (end, None)
    return Emergency(name="防汛", start=start, limits=limits, planned_end=planned, ended_at=ended_at)


def due(limit: Limit | str, start: datetime | str, pauses: Sequence[Pause] = (), extension: int = 0) -> Due:
    return compute_due(
        limit=Limit.parse(limit) if isinstance(limit, str) else limit,
        start=at(start) if isinstance(start, str) else start,
        calendar=CALENDAR,
        pauses=pauses,
        extension=extension,
    )


@given(situations(), LIMITS, EXTENSIONS)
def test_every_limit_ends_and_never_in_a_pause(given_: tuple[datetime, list[Pause]], limit: Limit, extra: int) -> None:
    start, pauses = given_
    found = due(limit, start, pauses, extra)
    assert found.due_at > start
    assert found.explanation
    assert not any(p.start < found.due_at < p.end for p in pauses if p.end)


@given(situations(), DAY_LIMITS, EXTENSIONS)
def test_a_day_limit_counts_exactly_its_days(given_: tuple[datetime, list[Pause]], limit: Limit, extra: int) -> None:
    start, pauses = given_
    found = due(limit, start, pauses, extra)
    assert len(found.counted_days) == limit.amount + extra
    assert list(found.counted_days) == sorted(set(found.counted_days))
    assert all(CALENDAR.is_workday(on) for on in found.counted_days)
    assert start.date() not in found.counted_days
    assert found.due_at == CALENDAR.office_end(found.counted_days[-1])


@given(st.data(), situations(), LIMITS, EXTENSIONS)
def test_a_pause_never_brings_a_deadline_forward(
    data: st.DataObject, given_: tuple[datetime, list[Pause]], limit: Limit, extra: int
) -> None:
    start, pauses = given_
    more = data.draw(pauses_after(start, 2))
    assert due(limit, start, [*pauses, *more], extra).due_at >= due(limit, start, pauses, extra).due_at


@given(situations(), LIMITS, EXTENSIONS, st.integers(0, 5))
def test_an_extension_never_brings_a_deadline_forward(
    given_: tuple[datetime, list[Pause]], limit: Limit, extra: int, more: int
) -> None:
    start, pauses = given_
    assert due(limit, start, pauses, extra + more).due_at >= due(limit, start, pauses, extra).due_at


@given(situations(), LIMITS, EXTENSIONS, st.integers(0, 40))
def test_a_new_holiday_never_brings_a_deadline_forward(
    given_: tuple[datetime, list[Pause]], limit: Limit, extra: int, ahead: int
) -> None:
    start, pauses = given_
    off = CALENDAR.amended([(start.date() + timedelta(days=ahead), DayKind.HOLIDAY, "临时放假")])
    later = compute_due(limit=limit, start=start, calendar=off, pauses=pauses, extension=extra)
    assert later.due_at >= due(limit, start, pauses, extra).due_at


@given(MOMENTS, st.integers(0, 40_000), st.integers(1, 20_000))
def test_a_pause_moves_hours_by_exactly_its_length(start: datetime, wait: int, length: int) -> None:
    begin = start + timedelta(minutes=wait)
    pause = Pause(begin, begin + timedelta(minutes=length))
    plain = due("48h", start, [pause]).due_at - due("48h", start).due_at
    assert plain == (timedelta(minutes=length) if wait < 48 * 60 else timedelta())
    office = due("4oh", start, [pause])
    paused = CALENDAR.office_time_between(pause.start, pause.end or begin) if begin < office.due_at else timedelta()
    assert CALENDAR.office_time_between(start, office.due_at) - paused == timedelta(hours=4)


@given(MOMENTS, st.integers(0, 9), st.integers(0, 30))
def test_a_pause_within_office_hours_moves_by_the_working_days_between(start: datetime, a: int, b: int) -> None:
    """The two ways of saying it agree: skip the days that ended paused, or add the days from pause to resumption."""
    first = CALENDAR.add_workdays(start.date(), a + 1)
    last = CALENDAR.add_workdays(first, b) if b else first
    pause = Pause(at(f"{first} 10:00"), at(f"{last} 15:00"))
    moved = due("10wd", start, [pause]).due_at
    expected = CALENDAR.add_workdays(start.date(), 10 + CALENDAR.count_workdays(first, last))
    assert moved == CALENDAR.office_end(expected)


@given(situations(), LIMITS, st.integers(-30_000, 30_000), st.integers(1, 30_000))
def test_an_emergency_on_and_off_again_leaves_what_was_open_as_it_was(
    given_: tuple[datetime, list[Pause]], limit: Limit, wait: int, length: int
) -> None:
    start, pauses = given_
    begin = start + timedelta(minutes=wait)
    assume(begin > start)
    end = begin + timedelta(minutes=length)
    on = emergency(begin, end, ended=True)

    def seen(moment: datetime) -> datetime:
        return compute_due(
            limit=limit,
            start=start,
            calendar=CALENDAR,
            pauses=pauses,
            request=COMPLAINT,
            emergencies=[on],
            as_of=moment,
        ).due_at

    before = due(limit, start, pauses).due_at
    during = seen(begin)
    assert seen(start) == before
    assert during <= before
    assert during == before or during >= begin + timedelta(hours=48), "never late at once"
    assert seen(end) == before
    assert seen(end - timedelta(minutes=1)) == during


@given(MOMENTS, st.integers(0, 1000), st.integers(1, 5000))
def test_what_was_opened_in_an_emergency_keeps_its_hours(start: datetime, since: int, length: int) -> None:
    begin = start - timedelta(minutes=since)
    over = emergency(begin, start + timedelta(minutes=length), ended=True)
    for seen in (None, start, start + timedelta(days=9)):
        found = compute_due(
            limit=Limit.parse("7wd"), start=start, calendar=CALENDAR, request=COMPLAINT, emergencies=[over], as_of=seen
        )
        assert found.due_at == start + timedelta(hours=48)
        assert str(found.limit) == "48h"
        assert found.counted_days == ()
        assert not found.provisional


def test_the_acceptance_case_of_the_spring_of_2020() -> None:
    found = due("7wd", "2020-01-22 10:00")
    assert found.due_at.isoformat() == "2020-02-10T17:30:00+08:00"
    assert found.counted_days == (date(2020, 1, 23), *(date(2020, 2, d) for d in (3, 4, 5, 6, 7, 10)))
    assert not found.provisional


@pytest.mark.parametrize(
    ("changes", "covered"),
    [
        ({}, True),
        ({"categories": {"01"}}, True),
        ({"categories": {"02", "0103"}}, False),
        ({"regions": {"340100"}}, True),
        ({"regions": {"340000"}}, True),
        ({"regions": {"340103"}}, False),
        ({"regions": {"340104001"}}, False),
        ({"tags": {"涉疫", "防汛"}}, True),
        ({"tags": {"防汛"}}, False),
        ({"categories": {"01"}, "regions": {"340104"}, "tags": {"涉疫"}}, True),
        ({"categories": {"01"}, "regions": {"340200"}}, False),
    ],
)
def test_an_emergency_covers_what_it_was_switched_on_for(changes: dict[str, set[str]], covered: bool) -> None:
    limits = {RequestType.COMPLAINT: Limit.parse("48h")}
    scopes = {name: frozenset(values) for name, values in changes.items()}
    mode = Emergency(name="疫情", start=at("2020-01-25 00:00"), limits=limits, **scopes)
    assert mode.covers(COMPLAINT) is covered
    found = compute_due(
        limit=Limit.parse("7wd"), start=at("2020-01-28 10:00"), calendar=CALENDAR, request=COMPLAINT, emergencies=[mode]
    )
    assert (found.due_at == at("2020-01-30 10:00")) is covered


def test_an_emergency_says_nothing_about_other_types_and_nothing_without_a_request() -> None:
    mode = Emergency(name="疫情", start=at("2020-01-25 00:00"), limits={RequestType.COMPLAINT: Limit.parse("48h")})
    for request in (None, RequestScope(request_type=RequestType.HELP)):
        found = compute_due(
            limit=Limit.parse("7wd"),
            start=at("2020-01-28 10:00"),
            calendar=CALENDAR,
            request=request,
            emergencies=[mode],
        )
        assert found.due_at == at("2020-02-11 17:30")


def test_an_emergency_never_makes_a_limit_longer() -> None:
    mode = emergency(at("2024-03-04 00:00"), None)
    for seen in (None, at("2024-03-05 00:00")):
        found = compute_due(
            limit=Limit.parse("2h"),
            start=at("2024-03-04 10:00"),
            calendar=CALENDAR,
            request=COMPLAINT,
            emergencies=[mode],
            as_of=seen,
        )
        assert found.due_at == at("2024-03-04 12:00")


def test_an_emergency_without_a_known_end_goes_on() -> None:
    mode = emergency(at("2024-03-04 00:00"), None)
    assert mode.holds(at("2030-01-01 00:00"))
    assert mode.end is None


def test_an_emergency_planned_for_later_changes_nothing_yet() -> None:
    mode = emergency(at("2024-03-06 00:00"), at("2024-03-20 00:00"))
    for seen in (None, at("2024-03-05 23:59")):
        found = compute_due(
            limit=Limit.parse("7wd"),
            start=at("2024-03-04 10:00"),
            calendar=CALENDAR,
            request=COMPLAINT,
            emergencies=[mode],
            as_of=seen,
        )
        assert found.due_at == at("2024-03-13 17:30")


@pytest.mark.parametrize(("superior", "binds"), [("2024-03-08 12:00", True), ("2024-03-20 12:00", False)])
def test_the_earlier_of_our_limit_and_the_superiors_binds(superior: str, binds: bool) -> None:
    found = compute_due(
        limit=Limit.parse("7wd"),
        start=at("2024-03-04 10:00"),
        calendar=CALENDAR,
        superior_due=at(superior).astimezone(UTC),
    )
    assert found.due_at == (at(superior) if binds else at("2024-03-13 17:30"))
    assert (found.explanation[-1].code == "due.superior") is binds
    assert bool(found.counted_days) is not binds


def test_an_extension_of_hours_ends_with_office_hours() -> None:
    found = due("24h", "2024-03-08 10:00", extension=1)
    assert found.due_at == at("2024-03-11 17:30")
    assert found.counted_days == (date(2024, 3, 11),)
    assert due("15min", "2024-03-08 10:00", [Pause(at("2024-03-11 09:00"), at("2024-03-11 18:00"))], 1).due_at == at(
        "2024-03-12 17:30"
    )


def test_an_open_pause_moves_with_the_moment_one_looks_from() -> None:
    pause = Pause(at("2024-03-06 10:00"))
    with pytest.raises(ValueError, match="as_of"):
        due("7wd", "2024-03-04 10:00", [pause])
    for seen, expected in (
        ("2024-03-06 09:00", 13),
        ("2024-03-06 17:00", 13),
        ("2024-03-06 17:30", 14),
        ("2024-03-08 09:00", 15),
    ):
        found = compute_due(
            limit=Limit.parse("7wd"), start=at("2024-03-04 10:00"), calendar=CALENDAR, pauses=[pause], as_of=at(seen)
        )
        assert found.due_at.day == expected, seen


@pytest.mark.parametrize(
    ("limit", "start", "pause", "expected"),
    [
        ("7wd", "2024-03-04 10:00", ("2024-03-06 17:30", "2024-03-07 10:00"), "2024-03-13 17:30"),
        ("7wd", "2024-03-04 10:00", ("2024-03-06 17:29", "2024-03-07 10:00"), "2024-03-14 17:30"),
        ("7wd", "2024-03-04 10:00", ("2024-03-06 10:00", "2024-03-06 17:29"), "2024-03-13 17:30"),
        ("7wd", "2024-03-04 10:00", ("2024-03-06 10:00", "2024-03-06 17:30"), "2024-03-14 17:30"),
        ("7wd", "2024-03-04 10:00", ("2024-03-13 17:30", "2024-03-20 10:00"), "2024-03-13 17:30"),
        ("24h", "2024-03-04 10:00", ("2024-03-05 10:00", "2024-03-05 12:00"), "2024-03-05 10:00"),
        ("24h", "2024-03-04 10:00", ("2024-03-05 09:59", "2024-03-05 12:00"), "2024-03-05 12:01"),
        ("24h", "2024-03-04 10:00", ("2024-03-04 08:00", "2024-03-04 12:00"), "2024-03-05 12:00"),
        ("4oh", "2024-03-04 10:00", ("2024-03-04 08:00", "2024-03-04 11:00"), "2024-03-04 17:00"),
        ("7d", "2024-03-04 10:00", ("2024-03-06 10:00", "2024-03-08 10:00"), "2024-03-13 17:30"),
        ("7d", "2024-03-04 10:00", ("2024-03-09 10:00", "2024-03-11 10:00"), "2024-03-13 17:30"),
        ("7d", "2024-03-04 10:00", ("2024-03-11 10:00", "2024-03-16 10:00"), "2024-03-18 17:30"),
    ],
)
def test_the_edges_of_a_pause(limit: str, start: str, pause: tuple[str, str], expected: str) -> None:
    assert due(limit, start, [Pause(at(pause[0]), at(pause[1]))]).due_at == at(expected)


def test_an_emergency_ended_early_ends_then_and_not_as_planned() -> None:
    mode = Emergency(
        name="防汛",
        start=at("2021-07-28 08:00"),
        planned_end=at("2021-08-05 20:00"),
        ended_at=at("2021-07-29 18:00"),
        limits={RequestType.COMPLAINT: Limit.parse("48h")},
    )
    assert mode.holds(at("2021-07-29 17:59"))
    assert not mode.holds(at("2021-07-29 18:00"))


def test_an_extension_granted_in_an_emergency_is_kept() -> None:
    found = compute_due(
        limit=Limit.parse("7wd"),
        start=at("2024-03-05 10:00"),
        calendar=CALENDAR,
        request=COMPLAINT,
        emergencies=[emergency(at("2024-03-04 00:00"), None)],
        extension=2,
    )
    assert found.due_at == at("2024-03-11 17:30")


def test_a_deadline_is_provisional_when_either_end_lacks_its_notice() -> None:
    late = Calendar(published=frozenset({2027, 2028}))
    for start, provisional in (("2026-12-30 10:00", True), ("2027-01-04 10:00", False)):
        found = compute_due(limit=Limit.parse("7wd"), start=at(start), calendar=late)
        assert found.provisional is provisional
        assert (codes(found.explanation)[-1] == "due.provisional") is provisional


def test_a_pause_that_ends_before_it_begins_is_none() -> None:
    assert due("7wd", "2024-03-04 10:00", [Pause(at("2024-03-08 10:00"), at("2024-03-06 10:00"))]) == due(
        "7wd", "2024-03-04 10:00"
    )


def test_paused_working_days_are_added_up_for_the_profiles_maximum() -> None:
    pauses = [
        Pause(at("2024-03-06 10:00"), at("2024-03-08 15:00")),
        Pause(at("2024-03-07 10:00"), at("2024-03-07 15:00")),
        Pause(at("2024-03-14 10:00")),
    ]
    assert paused_workdays(pauses, CALENDAR, at("2024-03-14 17:00")) == 2
    assert paused_workdays(pauses, CALENDAR, at("2024-03-18 09:00")) == 4


def test_bulk_work_may_leave_the_sentences_out() -> None:
    told = due("7wd", "2020-01-22 10:00")
    silent = compute_due(
        limit=Limit.parse("7wd"),
        start=at("2020-01-22 10:00"),
        calendar=CALENDAR,
        explained=False,
        superior_due=at("2020-02-01 00:00"),
    )
    assert told.explanation
    assert silent.explanation == ()
    assert silent.due_at == at("2020-02-01 00:00")


@pytest.mark.parametrize("naive", ["start", "superior_due", "as_of"])
def test_a_moment_without_its_zone_is_refused(naive: str) -> None:
    moments = {"start": at("2024-03-04 10:00"), naive: at("2024-03-04 10:00").replace(tzinfo=None)}
    with pytest.raises(ValueError, match="time zone"):
        compute_due(limit=Limit.parse("7wd"), calendar=CALENDAR, **moments)
    with pytest.raises(ValueError, match="time zone"):
        Pause(moments[naive])


def test_a_negative_extension_is_refused() -> None:
    with pytest.raises(ValueError, match="extension"):
        due("7wd", "2024-03-04 10:00", extension=-1)


@given(st.integers(1, 10_000), st.sampled_from(LimitUnit))
def test_a_limit_is_read_as_it_is_written(amount: int, unit: LimitUnit) -> None:
    limit = Limit(amount, unit)
    assert Limit.parse(str(limit)) == limit
    assert str(amount) in limit.zh
    assert str(amount) in limit.en


@pytest.mark.parametrize(
    "text", ["", "7", "wd", "0wd", "07wd", "7 wd", "7WD", "-1wd", "7w", "1.5h", "７wd", "99999h", "7wd "]
)
def test_what_is_not_a_limit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="limit"):
        Limit.parse(text)


def test_limits_in_words() -> None:
    assert [Limit.parse(t).zh for t in ("7wd", "4oh", "24h", "15min", "3d", "30omin")] == [
        "7个工作日",
        "4个工作小时",
        "24小时",
        "15分钟",
        "3个自然日",
        "30个工作分钟",
    ]
    assert [Limit.parse(t).en for t in ("1wd", "7wd", "1h")] == ["1 working day", "7 working days", "1 hour"]
    with pytest.raises(ValueError, match="office hours"):
        _ = Limit.parse("7wd").length


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2024-03-04 10:00", Light.GREEN),
        ("2024-03-01 10:00", Light.GREEN),
        ("2024-03-11 10:00", Light.GREEN),
        ("2024-03-12 11:35", Light.GREEN),
        ("2024-03-12 11:36", Light.AMBER),
        ("2024-03-13 17:29", Light.AMBER),
        ("2024-03-13 17:30", Light.RED),
        ("2024-03-20 09:00", Light.RED),
    ],
)
def test_lights_follow_office_time(now: str, expected: Light) -> None:
    start, due_at = at("2024-03-04 10:00"), at("2024-03-13 17:30")
    assert light(start=start, due_at=due_at, now=at(now), calendar=CALENDAR) is expected


def test_lights_follow_the_clock_where_hours_run_day_and_night() -> None:
    start, due_at = at("2024-03-02 00:00"), at("2024-03-03 00:00")
    assert light(start=start, due_at=due_at, now=at("2024-03-02 19:00")) is Light.GREEN
    assert light(start=start, due_at=due_at, now=at("2024-03-02 19:12")) is Light.AMBER
    early = LightThresholds(amber=0.5, red=0.9)
    assert light(start=start, due_at=due_at, now=at("2024-03-02 22:00"), thresholds=early) is Light.RED
    assert light(start=start, due_at=due_at, now=start, calendar=CALENDAR) is Light.GREEN
    with pytest.raises(ValueError, match="order"):
        LightThresholds(amber=0.9, red=0.5)


@given(MOMENTS, LIMITS, st.booleans())
def test_reminders_come_in_order_and_never_in_the_night(start: datetime, limit: Limit, by_office: bool) -> None:
    due_at = due(limit, start).due_at
    calendar = CALENDAR if by_office else None
    found = reminders_at(start=start, due_at=due_at, fractions=(0.5, 0.8, 1.0), calendar=calendar)
    assert list(found) == sorted(set(found))
    assert found[-1] == due_at
    assert all(start <= moment <= due_at for moment in found)
    if by_office:
        assert all(CALENDAR.is_workday(moment.date()) for moment in found[:-1] if moment != start)


def test_reminders_of_a_complaint() -> None:
    found = reminders_at(
        start=at("2024-03-04 10:00"), due_at=at("2024-03-13 17:30"), fractions=(0.5, 0.8, 1), calendar=CALENDAR
    )
    assert found == (at("2024-03-08 09:15"), at("2024-03-12 11:36"), at("2024-03-13 17:30"))
    late = reminders_at(start=at("2024-03-04 10:00"), due_at=at("2024-03-01 10:00"), fractions=(0.5,))
    assert late == (at("2024-03-01 10:00"),)


def codes(messages: tuple[Message, ...]) -> list[str]:
    return [message.code for message in messages]


def test_the_story_names_what_happened_in_order() -> None:
    pause = Pause(at("2025-01-24 09:00"), at("2025-02-06 10:00"))
    assert codes(due("7wd", "2025-01-20 10:00", [pause], 2).explanation) == [
        "due.from.acceptance.days",
        "due.off.weekend",
        "due.makeup",
        "due.off.holiday",
        "due.makeup",
        "due.off.weekend",
        "due.pause.days",
        "due.extension",
        "due.end.workdays",
    ]
    assert codes(due("3wd", "2027-03-05 10:00").explanation)[-1] == "due.provisional"
