"""The comparison an office reads: every figure of the three policies with its interval, differences, sensitivity."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any, Final

from hotline.rules.limits import Limit
from hotline.rules.messages import Message
from hotline.rules.workdays import Calendar
from hotline.sim.jurisdiction.axis import OfficeAxis
from hotline.sim.jurisdiction.intervals import FEWEST, LEVEL, Interval, Resampling
from hotline.sim.jurisdiction.parameters import Parameters, Steps
from hotline.sim.jurisdiction.policies import Policy
from hotline.sim.jurisdiction.quarrel import Ways
from hotline.sim.jurisdiction.running import Figures, arrivals, compared, run

ENOUGH_RUNS: Final = 20
SENSITIVITY_SHARE: Final = 4
"""Of the runs every fourth is used for the sensitivity table, two at least."""
RUN_OFF: Final = timedelta(days=60)
"""Matters of the last day are settled well within this time, so the calendar must be known for it."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is compared: assumptions, steps, calendar; how long, how often, from which seed."""

    parameters: Parameters
    steps: Steps
    calendar: Calendar
    days: int
    runs: int
    seed: int

    def results(self, runs: int) -> list[dict[Policy, Figures]]:
        """Independent runs; run n is the same whatever else is asked."""
        ways = self.ways()
        return [run(seed=self.seed_of(number), days=self.days, ways=ways) for number in range(runs)]

    def ways(self) -> Ways:
        """How courses are reckoned."""
        return Ways(OfficeAxis(self.calendar, self.parameters.start), self.steps, self.parameters)

    def seed_of(self, number: int) -> str:
        """The seed of one run."""
        return f"{self.seed}/{number}"


@dataclass(frozen=True)
class Variant:
    """One assumption changed, to see what hangs on it."""

    key: str
    name: str
    change: Callable[[Parameters], Parameters]


def _returns(factor: float) -> Callable[[Parameters], Parameters]:
    def change(parameters: Parameters) -> Parameters:
        families = tuple(
            replace(family, units=tuple(replace(u, returns=min(u.returns * factor, MOST)) for u in family.units))
            for family in parameters.families
        )
        return replace(parameters, families=families)

    return change


def _kinds(factor: int) -> Callable[[Parameters], Parameters]:
    return lambda p: replace(p, families=tuple(replace(f, kinds=f.kinds * factor) for f in p.families))


MOST: Final = 0.95
UNLIMITED: Final = 1_000_000
VARIANTS: Final = (
    Variant("base", "默认参数", lambda p: p),
    Variant("returns_half", "退单的可能减半", _returns(0.5)),
    Variant("returns_double", "退单的可能加倍（最多95%）", _returns(2)),
    Variant(
        "reusable_half",
        "能作先例的情形减半",
        lambda p: replace(p, precedents=replace(p.precedents, reusable=p.precedents.reusable / 2)),
    ),
    Variant(
        "reusable_all",
        "全部情形都能作先例",
        lambda p: replace(p, precedents=replace(p.precedents, reusable=1.0)),
    ),
    Variant("kinds_triple", "互不相同的情形是原来的3倍", _kinds(3)),
    Variant(
        "challenged_as_before",
        "有先例也照样退单",
        lambda p: replace(p, precedents=replace(p.precedents, challenge=1.0)),
    ),
    Variant(
        "meeting_fortnightly",
        "市政府会议两周一次",
        lambda p: replace(p, government=replace(p.government, every_weeks=2)),
    ),
    Variant(
        "meeting_fortnightly_double",
        "市政府会议两周一次，每次件数加倍",
        lambda p: replace(p, government=replace(p.government, every_weeks=2, capacity=p.government.capacity * 2)),
    ),
    Variant(
        "meeting_unlimited",
        "市政府会议每周一次，件数不限",
        lambda p: replace(p, government=replace(p.government, capacity=UNLIMITED)),
    ),
    Variant(
        "meeting_twice_weekly",
        "市政府会议每周二、周四",
        lambda p: replace(p, government=replace(p.government, every_weeks=1, weekdays=(2, 4))),
    ),
    Variant(
        "mediated_half",
        "调解成功的占比减半",
        lambda p: replace(p, joint=replace(p.joint, mediated=p.joint.mediated / 2)),
    ),
    Variant(
        "escalated_triple",
        "会办中提请市政府的占比是3倍",
        lambda p: replace(p, joint=replace(p.joint, escalated=min(p.joint.escalated * 3, 1.0))),
    ),
)


def compare(asked: Asked, *, sensitivity: bool = True) -> dict[str, Any]:
    """Everything as plain values, ready for JSON; the same for the same question."""
    results = asked.results(asked.runs)
    drawn = Resampling(asked.runs, f"{asked.seed}/bootstrap")
    policies = {str(policy): nested(figures(results, policy, drawn)) for policy in Policy}
    return {
        "asked": _echo(asked),
        "policies": policies,
        "differences": list(differences(results, drawn)),
        "sensitivity": list(_sensitivity(asked)) if sensitivity else [],
        "cautions": [{"code": c.code, "params": dict(c.params)} for c in cautions(asked, policies)],
    }


def figures(results: Sequence[Mapping[Policy, Figures]], policy: Policy, drawn: Resampling) -> dict[str, Any]:
    """Each figure of one policy over all runs."""
    return {name: _kept(drawn.mean([result[policy][name] for result in results])) for name in results[0][policy]}


def differences(results: Sequence[Mapping[Policy, Figures]], drawn: Resampling) -> Iterator[dict[str, Any]]:
    """How many days one policy takes less (−) or more than another; matters and chance being the same."""
    found: dict[tuple[Policy, Policy], dict[str, Any]] = {}
    for policy, against, name, values in compared(results):
        found.setdefault((policy, against), {})[name] = _kept(drawn.mean(values))
    for (policy, against), named in found.items():
        yield {"policy": str(policy), "against": str(against), **nested(named)}


def _sensitivity(asked: Asked) -> Iterator[dict[str, Any]]:
    runs = max(FEWEST, asked.runs // SENSITIVITY_SHARE)
    drawn = Resampling(runs, f"{asked.seed}/bootstrap")
    for variant, results in zip(VARIANTS, _varied(asked, runs), strict=True):
        yield {
            "variant": variant.key,
            "name": variant.name,
            "runs": runs,
            "mean": {
                str(policy): _kept(drawn.mean([result[policy][FIGURE] for result in results])) for policy in Policy
            },
            "differences": [
                {"policy": str(policy), "against": str(against), **(_kept(drawn.mean(values)) or {})}
                for policy, against, name, values in compared(results)
                if name == FIGURE
            ],
            "government_load": _kept(drawn.mean([r[Policy.GOVERNMENT]["government.load"] for r in results])),
        }


def _varied(asked: Asked, runs: int) -> list[list[dict[Policy, Figures]]]:
    """The results of every variant, run by run; matters are drawn anew only where the variant changes them."""
    ways = [replace(asked, parameters=variant.change(asked.parameters)).ways() for variant in VARIANTS]
    found: list[list[dict[Policy, Figures]]] = [[] for _ in VARIANTS]
    for number in range(runs):
        seed = asked.seed_of(number)
        matters = arrivals(seed=seed, days=asked.days, ways=asked.ways())
        for results, own in zip(found, ways, strict=True):
            same = own.parameters.families == asked.parameters.families
            results.append(run(seed=seed, days=asked.days, ways=own, matters=matters if same else None))
    return found


FIGURE: Final = "disputed.working.mean"
"""The figure of the sensitivity table: working days to a settled lead of matters that come to a dispute."""


def cautions(asked: Asked, policies: Mapping[str, Any]) -> Iterator[Message]:
    """What a reader must know before the figures are used."""
    if asked.runs < ENOUGH_RUNS:
        yield Message("policies.few_runs", {"runs": asked.runs, "enough": ENOUGH_RUNS})
    load = policies[Policy.GOVERNMENT]["government"]["load"]
    if load is not None and load["estimate"] >= 1:
        yield Message("policies.overloaded", {"percent": round(load["estimate"] * 100), "days": asked.days})
    last = asked.parameters.start + timedelta(days=asked.days) + RUN_OFF
    if asked.calendar.is_provisional(asked.parameters.start, last):
        yield Message("policies.calendar_provisional", {"first": str(asked.parameters.start), "last": str(last)})


def _kept(interval: Interval | None) -> dict[str, float | None] | None:
    return None if interval is None else interval.kept()


def nested(named: Mapping[str, Any]) -> dict[str, Any]:
    """Dotted names as tables in tables."""
    found: dict[str, Any] = {}
    for name, value in named.items():
        *path, last = name.split(".")
        table = found
        for part in path:
            table = table.setdefault(part, {})
        table[last] = value
    return found


def _echo(asked: Asked) -> dict[str, Any]:
    """The question as it was put, assumptions and limits included, so that a result explains itself."""
    return {
        "days": asked.days,
        "runs": asked.runs,
        "seed": asked.seed,
        "level": LEVEL,
        "steps": {name: _plain(value) for name, value in vars(asked.steps).items()},
        "parameters": _plain(asdict(asked.parameters)),
    }


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(part) for name, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case int() | float() | str():
            return value
        case Limit():
            return str(value)
        case _:
            return value.isoformat()
