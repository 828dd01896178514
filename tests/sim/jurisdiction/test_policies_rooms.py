"""The two queues against cases worked out by hand and against a plain list of meetings."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

import pytest

from hotline.rules.vocabulary import CITY_TZ
from hotline.sim.jurisdiction.axis import OfficeAxis
from hotline.sim.jurisdiction.rooms import Meetings, Panels
from tests.sim.jurisdiction.making import MONDAY, SMALL, calendar, when

AXIS = OfficeAxis(calendar(), MONDAY)


def met(*ready: datetime, **rules: object) -> list[datetime]:
    room = Meetings(AXIS, replace(SMALL.government, **rules))
    return [AXIS.moment(room.book(AXIS.minute(at))) for at in ready]


def test_one_matter_a_week_first_come_first_served():
    """Four matters of one week are heard on four Thursdays; the one of Thursday 15:00 sharp is not too late."""
    ready = (when(3, 2, 9), when(3, 3, 9), when(3, 5, 15), when(3, 6, 9))
    assert met(*ready) == [when(3, 5, 15), when(3, 12, 15), when(3, 19, 15), when(3, 26, 15)]
    assert met(*ready, capacity=2) == [when(3, 5, 15), when(3, 5, 15), when(3, 12, 15), when(3, 12, 15)]
    assert met(*ready, capacity=3) == [*[when(3, 5, 15)] * 3, when(3, 12, 15)]


def test_a_minute_late_waits_a_week():
    assert met(when(3, 5, 15, 1)) == [when(3, 12, 15)]


def test_other_rhythms():
    assert met(when(3, 6, 9), every_weeks=2) == [when(3, 19, 15)]
    assert met(when(3, 6, 9), weekdays=(4, 2)) == [when(3, 10, 15)]


def test_a_meeting_on_a_holiday_is_held_on_the_next_working_day():
    """Monday 6 April 2026 is Qingming, Thursday 30 April is worked, 1 to 5 May are off."""
    assert met(when(4, 3, 9), weekdays=(1,)) == [when(4, 7, 15)]
    assert met(when(5, 1, 9), weekdays=(5,)) == [when(5, 6, 15)]


def test_two_meetings_moved_to_one_day_are_one():
    """The National Day week moves Thursday 1 and Tuesday 6 October to the 8th, which is a Thursday of its own."""
    held = met(*[when(9, 30, 9)] * 3, weekdays=(2, 4))
    assert held == [when(10, 8, 15), when(10, 13, 15), when(10, 15, 15)]


def test_what_the_wait_was_is_kept():
    room = Meetings(AXIS, SMALL.government)
    for _ in range(2):
        room.book(AXIS.minute(when(3, 5, 8, 30)))
    """Thursday 8:30 to 15:00 are 4.5 office hours, to the Thursday after 5 working days more."""
    assert (room.heard, room.waited) == (2, pytest.approx(4.5 / 7 * 2 + 5))


def test_a_panel_sits_at_once_until_the_day_is_full():
    """Two a day: the third waits for the next morning; Friday's third for Monday's."""
    panels = Panels(AXIS, 2)
    ready = [when(3, 5, 9), when(3, 5, 10), when(3, 5, 11), when(3, 6, 9), when(3, 6, 10), when(3, 7, 12)]
    found = [AXIS.moment(panels.book(AXIS.minute(at))) for at in ready]
    """The third takes one of Friday's two places."""
    assert found == [ready[0], ready[1], when(3, 6, 8, 30), ready[3], when(3, 9, 8, 30), when(3, 9, 8, 30)]
    assert panels.heard == 6


@pytest.mark.parametrize("seed", range(6))
def test_the_queue_is_that_of_a_plain_list(seed: int):
    """The same queue the slow way: all Thursdays written out, each matter takes the first that still has room."""
    rng = Random(seed)  # noqa: S311  # a test
    capacity, weeks = rng.randint(1, 4), rng.choice((1, 2, 3))
    ready = sorted(rng.randrange(0, 60 * 1440) for _ in range(40))
    room = Meetings(AXIS, replace(SMALL.government, capacity=capacity, every_weeks=weeks))
    thursdays = [date(2026, 3, 5) + timedelta(weeks=weeks * n) for n in range(60)]
    days = [on if calendar().is_workday(on) else calendar().next_workday(on) for on in thursdays]
    places = [
        AXIS.minute(datetime.combine(on, time(15), CITY_TZ)) for on in dict.fromkeys(days) for _ in range(capacity)
    ]
    for at in ready:
        expected = next(place for place in places if place >= at)
        places.remove(expected)
        assert room.book(at) == expected
