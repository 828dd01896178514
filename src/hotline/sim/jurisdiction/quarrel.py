"""One matter from its first dispatch to the unit that keeps it or to the dispute: the part no policy changes.

A unit returns within the window, the dispatcher rules; the second founded return or the third failed dispatch opens
a dispute, as rules/lifecycle has it. All chance of a matter is drawn beforehand, so that every policy meets the same.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random
from typing import Final, NamedTuple

from hotline.rules.quarrels import Step
from hotline.sim.jurisdiction.axis import OfficeAxis
from hotline.sim.jurisdiction.parameters import Family, Parameters, Steps


class Try(NamedTuple):
    """What is drawn for one dispatch: numbers from 0 to 1, compared with shares or read as a pace."""

    returns: float
    founded: float
    informal: float
    asks: float
    ruling: float


class Chance(NamedTuple):
    """What is drawn for the dispute a matter may come to, and for a precedent it may be sent by."""

    mediated: float
    mediation: float
    accepted: float
    quick: float
    panel: float
    second_sitting: float
    second_panel: float
    escalated: float
    objected: float
    objection: float
    objection_panel: float
    objection_escalated: float
    papers: float
    minutes: float
    challenge_founded: float


TRY_WIDTH: Final = len(Try._fields)
CHANCE_WIDTH: Final = len(Chance._fields)


@dataclass(frozen=True, slots=True)
class Trail:
    """How far the dispatcher alone came: `step` is none when a dispute opened at `at`."""

    at: int
    step: Step | None
    lead: str
    dispatches: int


@dataclass(frozen=True, slots=True)
class Matter:
    """One request. `kind` numbers the situation within its family, `order` are the units in the order of trying."""

    number: int
    at: int
    family: Family
    kind: int
    order: tuple[int, ...]
    tries: tuple[Try, ...]
    chance: Chance
    trail: Trail

    @property
    def disputed(self) -> bool:
        """True when it comes to a dispute unless a precedent spares it that."""
        return self.trail.step is None


@dataclass(frozen=True)
class Ways:
    """What a course is reckoned by: the axis, the steps of the profile, the assumptions."""

    axis: OfficeAxis
    steps: Steps
    parameters: Parameters

    def within(self, step: str, at: int, drawn: float) -> int:
        """When a step of the profile ends that begins at that moment."""
        return self.axis.within(getattr(self.steps, step), at, self.parameters.pace.of(drawn))


def trail_of(at: int, family: Family, order: Sequence[int], tries: Sequence[Try], ways: Ways) -> Trail:
    """Dispatch, return and ruling until a unit keeps the matter, a return is refused or a dispute opens."""
    informal, steps = ways.parameters.informal, ways.steps
    founded = failed = 0
    for number, (place, drawn) in enumerate(zip(order, tries, strict=True), 1):
        unit = family.units[place]
        if drawn.returns >= unit.returns:
            return Trail(at, Step.FIRST if number == 1 else Step.REASSIGNED, unit.name, number)
        asked = ways.within("return_window", at, drawn.asks)
        at = ways.within("return_ruling", asked, drawn.ruling)
        if drawn.founded >= unit.founded:
            return Trail(at, Step.REFUSED, unit.name, number)
        failed += 1
        founded += drawn.informal >= informal
        if founded >= steps.founded_returns or failed >= steps.failed_dispatches:
            break
    return Trail(at, None, "", failed)


def draw_matter(number: int, at: int, family: Family, rng: Random, ways: Ways) -> Matter:
    """One matter with all its chance; how many numbers are drawn depends on the family alone."""
    kind = 1 + bisect_right(_frequencies(family.kinds), rng.random())
    order = _order(family, rng.random())
    tries = tuple([Try(*[rng.random() for _ in range(TRY_WIDTH)]) for _ in order])
    chance = Chance(*[rng.random() for _ in range(CHANCE_WIDTH)])
    return Matter(number, at, family, kind, order, tries, chance, trail_of(at, family, order, tries, ways))


def _order(family: Family, drawn: float) -> tuple[int, ...]:
    """The unit the directory guesses, then the others as they stand in the list."""
    first, left = 0, 0.0
    for place, unit in enumerate(family.units):
        left += unit.first
        if drawn < left:
            first = place
            break
    return (first, *(place for place in range(len(family.units)) if place != first))


@cache
def _frequencies(kinds: int) -> tuple[float, ...]:
    """How likely one of the first n situations is; the n-th is n times rarer than the most frequent one."""
    rarer = list(accumulate(1 / rank for rank in range(1, kinds + 1)))
    return tuple(share / rarer[-1] for share in rarer[:-1])
