"""Small worlds whose figures can be worked out by hand: Hefei's hours and limits, limits used in full."""

import tomllib
from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Final

from hotline.rules.limits import Limit
from hotline.rules.profiles import parse_profile
from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.workdays import Calendar, read_rows
from hotline.sim.jurisdiction.axis import OfficeAxis
from hotline.sim.jurisdiction.comparing import Asked
from hotline.sim.jurisdiction.parameters import (
    Family,
    Government,
    Joint,
    Pace,
    Parameters,
    Precedents,
    Steps,
    Unit,
    parse_text,
    steps_of,
)
from hotline.sim.jurisdiction.quarrel import CHANCE_WIDTH, TRY_WIDTH, Chance, Matter, Try, Ways, trail_of

DATA: Final = Path(__file__).resolve().parents[3] / "data"
PARAMETERS: Final = DATA / "sim" / "jurisdiction.toml"
MONDAY: Final = date(2026, 3, 2)

NOISE: Final = Family(
    key="noise",
    name="夜间施工噪声",
    per_week=10,
    kinds=1,
    units=(
        Unit(name="生态环境部门", first=1, returns=0.9, founded=0.9),
        Unit(name="城市管理部门", first=0, returns=0.9, founded=0.9),
        Unit(name="城乡建设部门", first=0, returns=0.9, founded=0.9),
    ),
)
SMALL: Final = Parameters(
    name="小例",
    source="手算",
    start=MONDAY,
    days=28,
    informal=0,
    pace=Pace(low=1, high=1),
    government=Government(
        weekdays=(4,), every_weeks=1, at=time(15), capacity=1, papers=Limit.parse("2wd"), minutes=Limit.parse("1wd")
    ),
    joint=Joint(
        mediated=0.5,
        accepted=0.5,
        panels_per_day=1,
        second_sitting=0.5,
        escalated=0.5,
        objected=0.5,
        objection_escalated=0.5,
    ),
    precedents=Precedents(reusable=1, publish=Limit.parse("2wd"), valid_days=90, challenge=0.5, challenge_founded=0.5),
    families=(NOISE,),
)


@cache
def calendar() -> Calendar:
    """The holidays of 2004 to 2026."""
    return Calendar.from_rows(read_rows((DATA / "holidays" / "cn-2004-2026.csv").read_text("utf-8")))


@cache
def steps() -> Steps:
    """The limits of Hefei's profile."""
    return steps_of(parse_profile(tomllib.loads((DATA / "hefei" / "profiles" / "hefei-2021.toml").read_text("utf-8"))))


def shipped() -> Parameters:
    """The parameters that ship."""
    return parse_text(PARAMETERS.read_text("utf-8"))


def ways(parameters: Parameters = SMALL) -> Ways:
    """How courses are reckoned with these parameters."""
    return Ways(OfficeAxis(calendar(), parameters.start), steps(), parameters)


def asked(parameters: Parameters, *, days: int = 60, runs: int = 4, seed: int = 1) -> Asked:
    """A question about these parameters."""
    return Asked(parameters=parameters, steps=steps(), calendar=calendar(), days=days, runs=runs, seed=seed)


def with_returns(parameters: Parameters, returns: float) -> Parameters:
    """Every unit returns that often."""
    families = tuple(
        replace(f, units=tuple(replace(unit, returns=returns) for unit in f.units)) for f in parameters.families
    )
    return replace(parameters, families=families)


def when(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of 2026 in the city."""
    return datetime(2026, month, day, hour, minute, tzinfo=CITY_TZ)


YES, NO = 0.0, 0.99
"""Drawn below every share, and above every share of these worlds."""


def chance(**drawn: float) -> Chance:
    """All questions answered with no, except those named."""
    return Chance(*[NO] * CHANCE_WIDTH)._replace(**drawn)


def matter(
    at: datetime, *, world: Ways, number: int = 0, tries: tuple[Try, ...] | None = None, drawn: Chance | None = None
) -> Matter:
    """A matter at that moment; without `tries` every unit returns it, rightly."""
    family = world.parameters.families[0]
    order = tuple(range(len(family.units)))
    done = tries or tuple(Try(*[YES] * TRY_WIDTH) for _ in order)
    start = world.axis.minute(at)
    trail = trail_of(start, family, order, done, world)
    return Matter(number, start, family, 1, order, done, drawn or chance(), trail)
