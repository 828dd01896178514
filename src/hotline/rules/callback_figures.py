"""The three rates of a set of callbacks: responded, resolved, satisfied, each with what it is counted over.

Units read them in the monthly list and answer for them; sources: 三率 (docs/glossary.md), the weight of 部分解决 is in
the profile (P). Who was not reached counts in none of them, and without a spoken rating nobody is satisfied or not.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from hotline.rules.satisfaction import counts_as_satisfied
from hotline.rules.vocabulary import Rating, Resolution


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One callback: what was answered, or how it ended without an answer (`unreached`, `waived`)."""

    outcome: str
    responded: bool | None = None
    resolution: Resolution | None = None
    rating: Rating | None = None
    cause: str = ""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a list of callbacks amounts to."""

    callbacks: int = 0
    reached: int = 0
    unreached: int = 0
    waived: int = 0
    responded: int = 0
    resolved: int = 0
    partly: int = 0
    unresolved: int = 0
    rated: int = 0
    satisfied: int = 0
    ratings: Mapping[Rating, int] = field(default_factory=dict)
    causes: Mapping[str, int] = field(default_factory=dict)
    partly_weight: Fraction = Fraction(1, 2)

    @property
    def response_rate(self) -> Fraction | None:
        """Of those who were reached, whom the unit had answered."""
        return _share(Fraction(self.responded), self.reached)

    @property
    def resolution_rate(self) -> Fraction | None:
        """Of those who were reached, whose matter was resolved; partly counts as the profile says."""
        return _share(self.resolved + self.partly_weight * self.partly, self.reached)

    @property
    def satisfaction_rate(self) -> Fraction | None:
        """Of those who gave a rating, who gave 3 or more."""
        return _share(Fraction(self.satisfied), self.rated)


def figures(callbacks: Iterable[Answered], *, partly_weight: float) -> Figures:
    """Counts a list of callbacks."""
    every = list(callbacks)
    reached = [one for one in every if one.responded is not None]
    ratings = Counter(one.rating for one in reached if one.rating is not None)
    resolutions = Counter(one.resolution for one in reached)
    return Figures(
        callbacks=len(every),
        reached=len(reached),
        unreached=sum(one.outcome == "unreached" for one in every),
        waived=sum(one.outcome == "waived" for one in every),
        responded=sum(bool(one.responded) for one in reached),
        resolved=resolutions[Resolution.RESOLVED],
        partly=resolutions[Resolution.PARTLY],
        unresolved=resolutions[Resolution.UNRESOLVED],
        rated=sum(ratings.values()),
        satisfied=sum(count for rating, count in ratings.items() if counts_as_satisfied(rating)),
        ratings=dict(ratings),
        causes=dict(Counter(one.cause for one in reached if one.cause)),
        partly_weight=Fraction(str(partly_weight)),
    )


def percent(share: Fraction | None) -> str:
    """66.7%; a dash where there is nothing to count over. Halves go up, as officials round."""
    if share is None:
        return "—"
    tenths = (share * 1000 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10}%"


def _share(part: Fraction, whole: int) -> Fraction | None:
    return part / whole if whole else None
