"""One run: the matters of some months, played under each policy, and what is measured of it.

Every policy meets the same matters with the same chance (common random numbers), so differences between policies
are differences of the policies.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import accumulate
from random import Random
from statistics import fmean
from typing import TYPE_CHECKING, Final

from hotline.rules.quarrels import Step
from hotline.rules.vocabulary import CITY_TZ
from hotline.sim.arrivals import Rhythm, moments
from hotline.sim.jurisdiction.axis import DAY, OfficeAxis
from hotline.sim.jurisdiction.intervals import quantile
from hotline.sim.jurisdiction.parameters import Government
from hotline.sim.jurisdiction.policies import Outcome, Policy, World, play
from hotline.sim.jurisdiction.quarrel import Matter, Ways, draw_matter

if TYPE_CHECKING:
    from hotline.sim.jurisdiction.rooms import Meetings, Panels

MONTH: Final = 365.25 / 12
P90: Final = 0.9

Figures = dict[str, float | None]
"""Figures of one run by name; None where the run had nothing to measure."""


def arrivals(*, seed: str, days: int, ways: Ways) -> list[Matter]:
    """The matters of one run in the order of their first dispatch; the number varies as chance has it (Poisson)."""
    rng, parameters = Random(seed), ways.parameters
    start = datetime.combine(parameters.start, time(), CITY_TZ)
    per_week = [family.per_week for family in parameters.families]
    number = _poisson(rng, sum(per_week) * days / 7)
    at = moments(rng=rng, start=start, until=start + timedelta(days=days), number=number, rhythm=Rhythm())
    families = rng.choices(parameters.families, cum_weights=list(accumulate(per_week)), k=number)
    return [
        draw_matter(place, ways.axis.minute(moment), family, rng, ways)
        for place, (moment, family) in enumerate(zip(at, families, strict=True))
    ]


def reusable_kinds(*, seed: str, ways: Ways) -> frozenset[tuple[str, int]]:
    """Which situations a ruling can be reused for; the rest need a ruling each time."""
    rng, share = Random(f"{seed}/kinds"), ways.parameters.precedents.reusable
    kinds = [(family.key, kind) for family in ways.parameters.families for kind in range(1, family.kinds + 1)]
    return frozenset(key for key in kinds if rng.random() < share)


def run(*, seed: str, days: int, ways: Ways, matters: Sequence[Matter] | None = None) -> dict[Policy, Figures]:
    """What one run gives under each policy; `matters` when they are drawn already."""
    if matters is None:
        matters = arrivals(seed=seed, days=days, ways=ways)
    kinds = reusable_kinds(seed=seed, ways=ways)
    worlds = {policy: World(ways, policy, kinds) for policy in Policy}
    return {policy: measure(matters, play(matters, world), world, days) for policy, world in worlds.items()}


@dataclass(frozen=True, slots=True)
class Measured:
    """One matter with its end: days from the first dispatch to the settled lead, and to a unit that has to begin."""

    matter: Matter
    outcome: Outcome
    working: float
    calendar: float
    begun: float


def measured(matter: Matter, outcome: Outcome, axis: OfficeAxis) -> Measured:
    """The days of one matter."""
    working = axis.workdays(matter.at, outcome.at)
    begun = working if outcome.worked_at == outcome.at else axis.workdays(matter.at, outcome.worked_at)
    return Measured(matter, outcome, working, (outcome.at - matter.at) / DAY, begun)


def measure(matters: Sequence[Matter], outcomes: Sequence[Outcome], world: World, days: int) -> Figures:
    """The figures of one run under one policy."""
    axis = world.ways.axis
    rows = [measured(matter, outcome, axis) for matter, outcome in zip(matters, outcomes, strict=True)]
    disputed = [row for row in rows if row.matter.disputed]
    found: Figures = {"matters": len(rows), "disputed_matters": len(disputed)}
    for group, members in (("all", rows), ("disputed", disputed)):
        for kind in ("working", "calendar", "begun"):
            found |= _spread(f"{group}.{kind}", [getattr(row, kind) for row in members])
        found |= _steps(group, members)
    found |= _spread("disputed.before", [axis.workdays(row.matter.at, row.matter.trail.at) for row in disputed])
    found["escalated"] = sum(outcome.escalated for outcome in outcomes)
    for family in world.ways.parameters.families:
        own = [row.working for row in disputed if row.matter.family is family]
        found[f"family.{family.key}.disputed"] = len(own)
        found[f"family.{family.key}.mean"] = fmean(own) if own else None
    return found | _load(world, days)


def _spread(name: str, values: list[float]) -> Figures:
    values.sort()
    return {
        f"{name}.mean": fmean(values) if values else None,
        f"{name}.median": quantile(values, 0.5) if values else None,
        f"{name}.p90": quantile(values, P90) if values else None,
    }


def _steps(group: str, rows: Sequence[Measured]) -> Figures:
    """Shares settled at each step, and how many a precedent sent straight to a unit that kept them."""
    counted = Counter(row.outcome.step for row in rows)
    found: Figures = {f"{group}.step.{step}": counted[step] / len(rows) if rows else None for step in Step}
    found[f"{group}.straight"] = sum(row.outcome.by_precedent for row in rows)
    return found


def _load(world: World, days: int) -> Figures:
    """What the two rooms have to hear, a month, and how long matters wait for a place there."""
    months = days / MONTH
    rooms: dict[str, Meetings | Panels] = {"government": world.meetings, "panel": world.panels}
    found: Figures = {"published": world.published, "withdrawn": world.withdrawn}
    for name, room in rooms.items():
        found[f"{name}.heard_a_month"] = room.heard / months
        found[f"{name}.waited"] = room.waited / room.heard if room.heard else None
    found["government.load"] = world.meetings.heard / (capacity_a_month(world.ways.parameters.government) * months)
    return found


def capacity_a_month(government: Government) -> float:
    """How many matters the city government can hear in a month."""
    return len(government.weekdays) / government.every_weeks * government.capacity * MONTH / 7


def compared(results: Sequence[Mapping[Policy, Figures]]) -> Iterator[tuple[Policy, Policy, str, list[float | None]]]:
    """Differences of times between two policies, run by run: policy, the one it is held against, figure, values."""
    for policy, against in PAIRS:
        for name in results[0][policy]:
            if name.split(".")[0] in {"all", "disputed"} and name.endswith(("mean", "median", "p90")):
                yield policy, against, name, [_less(result[policy][name], result[against][name]) for result in results]


def _less(value: float | None, other: float | None) -> float | None:
    return None if value is None or other is None else value - other


PAIRS: Final = (
    (Policy.JOINT, Policy.GOVERNMENT),
    (Policy.PRECEDENTS, Policy.GOVERNMENT),
    (Policy.PRECEDENTS, Policy.JOINT),
)


def _poisson(rng: Random, mean: float) -> int:
    """How many events fall into a time in which so many are expected."""
    number, passed = 0, rng.expovariate(1)
    while passed < mean:
        number += 1
        passed += rng.expovariate(1)
    return number
