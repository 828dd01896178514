"""Emergency mode: whom it covers, what it shortens, what it leaves behind when it is over."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hotline.rules.deadlines import (
    Emergency,
    Pause,
    RequestScope,
    compute_due,
)
from hotline.rules.limits import Limit
from hotline.rules.vocabulary import RequestType
from tests.rules.due_cases import CALENDAR, COMPLAINT, LIMITS, due, emergency, situations
from tests.rules.holidays import MOMENTS, at


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
    scopes: dict[str, Any] = {name: frozenset(values) for name, values in changes.items()}
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
