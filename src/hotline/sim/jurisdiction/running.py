"""One run: the matters of some months, played under each policy, and what is measured of it.

Every policy meets the same matters with the same chance (common random numbers), so differences between policies
are differences of the policies.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import accumulate
from random import Random
from statistics import fmean
from typing import TYPE_CHECKING, Final

from hotline.rules.vocabulary import CITY_TZ
from hotline.sim.arrivals import Rhythm, moments
from hotline.sim.jurisdiction.axis import DAY
from hotline.sim.jurisdiction.intervals import quantile
from hotline.sim.jurisdiction.parameters import Government
from hotline.sim.jurisdiction.policies import Outcome, Policy, World, play
from hotline.sim.jurisdiction.quarrel import Matter, Step, Ways, draw_matter

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


def run(*, seed: str, days: int, ways: Ways) -> dict[Policy, Figures]:
    """What one run gives under each policy."""
    matters = arrivals(seed=seed, days=days, ways=ways)
    kinds = reusable_kinds(seed=seed, ways=ways)
    worlds = {policy: World(ways, policy, kinds) for policy in Policy}
    return {policy: measure(matters, play(matters, world), world, days) for policy, world in worlds.items()}


def measure(matters: Sequence[Matter], outcomes: Sequence[Outcome], world: World, days: int) -> Figures:
    """The figures of one run under one policy."""
    pairs = list(zip(matters, outcomes, strict=True))
    disputed = [pair for pair in pairs if pair[0].disputed]
    found: Figures = {"matters": len(pairs), "disputed": len(disputed)}
    for group, members in (("all", pairs), ("disputed", disputed)):
        found |= _times(group, members, world)
    found |= _steps(pairs, disputed)
    found |= _load(world, days)
    for family in world.ways.parameters.families:
        own = [pair for pair in disputed if pair[0].family is family]
        days_each = _workdays(own, world)
        found[f"family.{family.key}.disputed"] = len(own)
        found[f"family.{family.key}.mean"] = fmean(days_each) if days_each else None
    return found


def _times(group: str, pairs: Sequence[tuple[Matter, Outcome]], world: World) -> Figures:
    """Days from the first dispatch to the settled lead, to a unit that has to begin, and to the dispute."""
    axis = world.ways.axis
    kinds = {
        "working": _workdays(pairs, world),
        "calendar": [(outcome.at - matter.at) / DAY for matter, outcome in pairs],
        "begun": [axis.workdays(matter.at, outcome.worked_at) for matter, outcome in pairs],
    }
    if group == "disputed":
        kinds["before"] = [axis.workdays(matter.at, matter.trail.at) for matter, _ in pairs]
    found: Figures = {}
    for kind, values in kinds.items():
        values.sort()
        found[f"{group}.{kind}.mean"] = fmean(values) if values else None
        found[f"{group}.{kind}.median"] = quantile(values, 0.5) if values else None
        found[f"{group}.{kind}.p90"] = quantile(values, P90) if values else None
    return found


def _workdays(pairs: Sequence[tuple[Matter, Outcome]], world: World) -> list[float]:
    axis = world.ways.axis
    return [axis.workdays(matter.at, outcome.at) for matter, outcome in pairs]


def _steps(pairs: Sequence[tuple[Matter, Outcome]], disputed: Sequence[tuple[Matter, Outcome]]) -> Figures:
    """Shares settled at each step, of all matters and of those that would come to a dispute."""
    found: Figures = {}
    for group, members in (("all", pairs), ("disputed", disputed)):
        counted = Counter(outcome.step for _, outcome in members)
        for step in Step:
            found[f"{group}.step.{step}"] = counted[step] / len(members) if members else None
        found[f"{group}.straight"] = sum(outcome.by_precedent for _, outcome in members)
    found["escalated"] = sum(outcome.escalated for _, outcome in pairs)
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
