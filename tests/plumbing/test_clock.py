"""The one clock shows city time, whatever the machine's zone, and can be held still."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from hotline.plumbing.clock import frozen, now, today


def test_now_is_city_time() -> None:
    assert now().utcoffset() == timedelta(hours=8)
    assert abs(now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_citys_day_begins_eight_hours_before_utcs() -> None:
    with frozen(datetime(2026, 2, 28, 16, 0, tzinfo=UTC)):
        assert today() == date(2026, 3, 1)
    with frozen(datetime(2026, 2, 28, 15, 59, 59, tzinfo=UTC)):
        assert today() == date(2026, 2, 28)


def test_a_held_clock_stands_still_nests_and_runs_on_after_an_error() -> None:
    first, second = datetime(2021, 5, 1, tzinfo=UTC), datetime(2022, 5, 1, tzinfo=UTC)
    with frozen(first):
        assert now() == first
        with pytest.raises(KeyError), frozen(second) as moment:
            _fail(moment)
        assert now() == first
    assert now() > second


def _fail(moment: datetime) -> None:
    assert now() == moment
    raise KeyError(moment)


def test_another_thread_has_its_own_clock() -> None:
    seen: list[datetime] = []
    with frozen(datetime(2021, 5, 1, tzinfo=UTC)):
        thread = threading.Thread(target=lambda: seen.append(now()))
        thread.start()
        thread.join()
    assert seen[0].year > 2021


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"), frozen(datetime(2021, 5, 1)):  # noqa: DTZ001  # the point of the test
        pass
