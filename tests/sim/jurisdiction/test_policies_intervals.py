"""Intervals cover what they promise, and common chance makes differences sharper."""

from random import Random
from statistics import fmean

import pytest

from hotline.sim.jurisdiction.intervals import Interval, Resampling, quantile


def test_quantiles_by_hand():
    values = [1.0, 2.0, 4.0, 8.0]
    assert [quantile(values, share) for share in (0, 0.5, 0.9, 1)] == [1, 3, pytest.approx(6.8), 8]
    assert quantile([5.0], 0.9) == 5


@pytest.mark.parametrize("runs", [10, 40])
def test_a_95_percent_interval_holds_the_true_mean_about_95_times_in_100(runs: int):
    """Exponential waiting times of mean 1, a harder case than means of runs; 400 trials scatter by about ±2 points."""
    rng = Random(7)  # noqa: S311  # a test
    held = 0
    for trial in range(400):
        found = Resampling(runs, f"{trial}", 300).mean([rng.expovariate(1) for _ in range(runs)])
        assert found is not None
        held += found.contains(1)
    assert (0.86 if runs == 10 else 0.90) <= held / 400 <= 0.98


def test_normal_values_are_covered_as_promised():
    """Means over thousands of matters are close to normal."""
    rng = Random(8)  # noqa: S311  # a test
    trials = [Resampling(40, f"{n}", 300).mean([rng.gauss(5, 1) for _ in range(40)]) for n in range(400)]
    assert 0.92 <= fmean(found is not None and found.contains(5) for found in trials) <= 0.98


def test_pairs_are_sharper_than_their_parts():
    rng = Random(9)  # noqa: S311  # a test
    first = [rng.gauss(10, 3) for _ in range(30)]
    second = [value - 1 + rng.gauss(0, 0.1) for value in first]
    drawn = Resampling(30, "pairs")
    alone, paired = drawn.mean(first), drawn.mean([b - a for a, b in zip(first, second, strict=True)])
    assert alone is not None
    assert paired is not None
    assert paired.contains(-1.0)
    assert width(paired) < width(alone) / 10


def width(interval: Interval) -> float:
    assert interval.low is not None
    assert interval.high is not None
    return interval.high - interval.low


def test_what_is_not_there_is_not_guessed():
    drawn = Resampling(3, "s")
    assert drawn.mean([None, None, None]) is None
    assert drawn.mean([None, 2.0, None]) == Interval(2.0)
    assert drawn.mean([2.0, 2.0, None]) == Interval(2.0, 2.0, 2.0)
    assert Resampling(1, "s").mean([4.0]) == Interval(4.0)
    assert not Interval(4.0).contains(4)
