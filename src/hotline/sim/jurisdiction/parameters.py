"""What the comparison assumes, as read from data/sim/jurisdiction.toml; each number there has its source or a P.

An office copies the file, writes its own numbers and names it with --parameters. Every mistake is named at once.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from hotline.rules import profile_reader as read
from hotline.rules.limits import Limit
from hotline.rules.messages import Message
from hotline.rules.profiles import Profile
from hotline.rules.sentences import render
from hotline.rules.vocabulary import ClockKind, RequestType, Urgency


class ParameterError(ValueError):
    """Parameters that cannot be used; `problems` names every mistake, the text says them in Chinese."""

    def __init__(self, problems: Iterable[Message]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(render(problem, "zh") for problem in self.problems))


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One unit a family of matters may be sent to: how often first, how often it returns, how often rightly."""

    name: str
    first: float
    returns: float
    founded: float


@dataclass(frozen=True, kw_only=True)
class Family:
    """Matters that quarrels are about. `kinds` are the situations that one ruling does not decide for another."""

    key: str
    name: str
    per_week: float
    kinds: int
    units: tuple[Unit, ...]


@dataclass(frozen=True, kw_only=True)
class Government:
    """The city government's coordination meeting: on which weekdays (1 is Monday), how often, how many matters."""

    weekdays: tuple[int, ...]
    every_weeks: int
    at: time
    capacity: int
    papers: Limit
    minutes: Limit


@dataclass(frozen=True, kw_only=True)
class Joint:
    """How joint handling goes: shares that end at each step, and how many matters a panel hears in a day."""

    mediated: float
    accepted: float
    panels_per_day: int
    second_sitting: float
    escalated: float
    objected: float
    objection_escalated: float


@dataclass(frozen=True, kw_only=True)
class Precedents:
    """Rulings that hold for alike matters: which share of kinds, from when, how long, and how often they fall."""

    reusable: float
    publish: Limit
    valid_days: int
    challenge: float
    challenge_founded: float


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Which shares of a limit are used, least and most, all in between alike."""

    low: float
    high: float

    def of(self, drawn: float) -> float:
        """The share that a number drawn from 0 to 1 stands for."""
        return self.low + (self.high - self.low) * drawn


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """One set of assumptions."""

    name: str
    source: str
    start: date
    days: int
    informal: float
    pace: Pace
    government: Government
    joint: Joint
    precedents: Precedents
    families: tuple[Family, ...]


@dataclass(frozen=True, kw_only=True)
class Steps:
    """The limits of a rule profile that returns and joint handling run by; the same the platform counts with."""

    return_window: Limit
    return_ruling: Limit
    mediation: Limit
    quick_ruling: Limit
    panel: Limit
    objection: Limit
    founded_returns: int
    failed_dispatches: int


def steps_of(profile: Profile) -> Steps:
    """The steps of an ordinary complaint under that profile; ParameterError when it leaves one without a limit."""
    found: dict[str, Limit] = {}
    problems = []
    for kind in STEP_CLOCKS:
        limit = profile.limit(kind, request_type=RequestType.COMPLAINT, urgency=Urgency.ORDINARY)
        if limit is None:
            problems.append(
                Message("policies.limit_missing", {"profile": profile.name, "path": f"limits.{kind.value}"})
            )
        else:
            found[kind.value] = limit
    if problems:
        raise ParameterError(problems)
    dispute = profile.dispute
    return Steps(**found, founded_returns=dispute.founded_returns, failed_dispatches=dispute.failed_dispatches)


STEP_CLOCKS: Final = (
    ClockKind.RETURN_WINDOW,
    ClockKind.RETURN_RULING,
    ClockKind.MEDIATION,
    ClockKind.QUICK_RULING,
    ClockKind.PANEL,
    ClockKind.OBJECTION,
)

MOST_DAYS: Final = 1095
_SHARE: Final = read.share(0, 1)


def _clock(raw: object) -> time:
    if not isinstance(raw, time):
        raise read.Malformed("policies.not_a_clock")
    return raw


_CLOCK: Final = read.Codec(_clock)
_TOP: Final = {
    "name": read.TEXT,
    "source": read.TEXT,
    "start": read.DATE,
    "days": read.whole(7, MOST_DAYS),
    "informal": _SHARE,
}
_GROUPS: Final[Mapping[str, tuple[type, Mapping[str, read.Codec]]]] = {
    "pace": (Pace, {"low": _SHARE, "high": _SHARE}),
    "government": (
        Government,
        {
            "weekdays": read.many(read.whole(1, 7)),
            "every_weeks": read.whole(1, 26),
            "at": _CLOCK,
            "capacity": read.whole(1, 1000),
            "papers": read.LIMIT,
            "minutes": read.LIMIT,
        },
    ),
    "joint": (
        Joint,
        {
            "mediated": _SHARE,
            "accepted": _SHARE,
            "panels_per_day": read.whole(1, 1000),
            "second_sitting": _SHARE,
            "escalated": _SHARE,
            "objected": _SHARE,
            "objection_escalated": _SHARE,
        },
    ),
    "precedents": (
        Precedents,
        {
            "reusable": _SHARE,
            "publish": read.LIMIT,
            "valid_days": read.whole(1, 3650),
            "challenge": _SHARE,
            "challenge_founded": _SHARE,
        },
    ),
}
_FAMILY: Final = {
    "key": read.KEY,
    "name": read.TEXT,
    "per_week": read.share(0.01, 1000),
    "kinds": read.whole(1, 500),
}
_UNIT: Final = {"name": read.TEXT, "first": _SHARE, "returns": _SHARE, "founded": _SHARE}


def parse_text(text: str) -> Parameters:
    """The parameters of a file's text."""
    try:
        return parse(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ParameterError([Message("policies.not_toml", {"detail": str(error)})]) from None


def parse(data: Mapping[str, object]) -> Parameters:
    """The parameters in tables as TOML holds them; nothing has a default, ParameterError names all that is wrong."""
    reader = read.Reader()
    for name in data.keys() - {*_TOP, *_GROUPS, "family"}:
        reader.complain("profile.unknown", name, choices="、".join(sorted({*_TOP, *_GROUPS, "family"})))
    top = reader.values({k: data[k] for k in data.keys() & _TOP}, "", _TOP, required=_TOP)
    groups = {name: _group(reader, name, data) for name in _GROUPS}
    families = tuple(_families(reader, data.get("family")))
    if reader.problems:
        raise ParameterError(sorted(reader.problems, key=lambda problem: str(problem.params["path"])))
    return Parameters(**top, **groups, families=families)


def _group(reader: read.Reader, name: str, data: Mapping[str, object]) -> Any:
    made, codecs = _GROUPS[name]
    if name not in data:
        reader.complain("profile.missing", name)
        return None
    values = reader.values(data[name], name, codecs, required=codecs)
    if values.get("weekdays") == ():
        reader.complain("policies.no_meeting", f"{name}.weekdays")
    if values.get("low", 0) > values.get("high", 1):
        reader.complain("policies.pace_reversed", name)
    return made(**values) if values.keys() == codecs.keys() else None


def _families(reader: read.Reader, data: object) -> Iterator[Family]:
    if not isinstance(data, list) or not data:
        reader.complain("policies.no_family", "family")
        return
    keys: set[object] = set()
    for number, table in enumerate(data, 1):
        path = f"family.{number}"
        table = reader.table(table, path)
        values = reader.values({k: v for k, v in table.items() if k != "units"}, path, _FAMILY, required=_FAMILY)
        units = _units(reader, table.get("units"), f"{path}.units")
        if values.get("key") in keys:
            reader.complain("policies.family_twice", f"{path}.key", value=values["key"])
        keys.add(values.get("key"))
        if values.keys() == _FAMILY.keys():
            yield Family(**values, units=units)


def _units(reader: read.Reader, data: object, path: str) -> tuple[Unit, ...]:
    if not isinstance(data, list) or len(data) < TWO:
        reader.complain("policies.too_few_units", path)
        return ()
    read_units = [reader.values(row, f"{path}.{number}", _UNIT, required=_UNIT) for number, row in enumerate(data, 1)]
    units = tuple(Unit(**values) for values in read_units if values.keys() == _UNIT.keys())
    if len({unit.name for unit in units}) < len(units):
        reader.complain("policies.unit_twice", path)
    if len(units) == len(data) and abs(sum(unit.first for unit in units) - 1) > ROUNDING:
        reader.complain("policies.first_shares", path, value=round(sum(unit.first for unit in units), 6))
    return units


TWO: Final = 2
ROUNDING: Final = 1e-6
