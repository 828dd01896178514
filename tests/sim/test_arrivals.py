"""When requests come in: a double peak by day, quiet nights and weekends, exactly as many as asked for."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

from hotline.rules.vocabulary import CITY_TZ, Channel
from hotline.sim.arrivals import CHANNELS, TYPES, Rhythm, moments

START = datetime(2026, 4, 6, tzinfo=CITY_TZ)
UNTIL = START + timedelta(weeks=4)


def drawn(number: int = 8000) -> list[datetime]:
    return moments(rng=Random(1), start=START, until=UNTIL, number=number, rhythm=Rhythm())  # noqa: S311  # a test


def test_as_many_as_asked_for_in_order_and_in_time():
    found = drawn()
    assert len(found) == 8000
    assert found == sorted(found)
    assert START <= found[0] <= found[-1] < UNTIL
    assert drawn() == found


def test_days_and_nights():
    hours = Counter(at.hour for at in drawn())
    assert hours[9] + hours[10] > 6 * (hours[2] + hours[3] + hours[4])
    assert hours[15] > hours[12]


def test_mondays_and_sundays():
    days = Counter(at.weekday() for at in drawn())
    assert days[0] > 1.3 * days[6]


def test_a_span_too_short_for_anything_has_nothing():
    assert moments(rng=Random(1), start=START, until=START, number=5, rhythm=Rhythm()) == []  # noqa: S311  # a test


def test_shares_are_shares():
    assert abs(sum(TYPES.values()) - 1) < 1e-9
    assert abs(sum(CHANNELS.values()) - 1) < 1e-9
    assert set(CHANNELS) == set(Channel)
