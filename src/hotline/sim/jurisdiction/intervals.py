"""Middle values, and how far chance may have moved them: bootstrap intervals over independent runs.

Matters of one run wait in one queue and are not independent, runs are; so whole runs are drawn again, never matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, sqrt
from random import Random
from statistics import fmean
from typing import Final

RESAMPLES: Final = 1000
LEVEL: Final = 0.95
FEWEST: Final = 2


@dataclass(frozen=True)
class Interval:
    """A mean over runs with its interval; no interval from a single run."""

    estimate: float
    low: float | None = None
    high: float | None = None

    def contains(self, value: float) -> bool:
        """True when the value lies within."""
        return self.low is not None and self.high is not None and self.low <= value <= self.high

    def kept(self) -> dict[str, float | None]:
        """As it is printed in JSON."""
        return {name: None if v is None else round(v, 4) for name, v in vars(self).items()}


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which that share of values in rising order lies; between two values in proportion."""
    place = share * (len(ordered) - 1)
    below = floor(place)
    if below + 1 >= len(ordered):
        return ordered[-1]
    return ordered[below] + (place - below) * (ordered[below + 1] - ordered[below])


class Resampling:
    """The same drawn runs for every figure, so that figures of one table move together."""

    def __init__(self, runs: int, seed: str, resamples: int = RESAMPLES) -> None:
        rng = Random(seed)
        places = range(runs)
        self._drawn = [rng.choices(places, k=runs) for _ in range(resamples if runs >= FEWEST else 0)]

    def mean(self, values: Sequence[float | None]) -> Interval | None:
        """The mean over the runs that have the figure. Deviations are stretched by √(n/(n−1)).

        Without that the interval of few runs is too narrow, because drawn runs vary around their own mean.
        """
        known = [value for value in values if value is not None]
        if not known:
            return None
        estimate = fmean(known)
        if len(known) < FEWEST or not self._drawn:
            return Interval(estimate)
        whole = len(known) == len(values)
        means = sorted(_mean(values, drawn, whole, estimate) for drawn in self._drawn)
        stretch = sqrt(len(known) / (len(known) - 1))
        low, high = (quantile(means, share) for share in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
        return Interval(estimate, estimate + (low - estimate) * stretch, estimate + (high - estimate) * stretch)


def _mean(values: Sequence[float | None], drawn: Sequence[int], whole: bool, estimate: float) -> float:
    if whole:
        return sum([values[place] for place in drawn]) / len(drawn)  # type: ignore[misc]  # all are known
    known = [value for place in drawn if (value := values[place]) is not None]
    return fmean(known) if known else estimate
