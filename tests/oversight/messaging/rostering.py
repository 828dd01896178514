"""Rosters in the hands of a test."""

from datetime import date, datetime, time, timedelta

from hotline.registry.duty.checking import PatternData, TurnData
from hotline.registry.duty.commands import plan_turn, plan_weekly
from tests.cast import Cast
from tests.walks import OPENING

PHONES = {"赵海涛": "13900000011", "周文斌": "13900000012", "李建国": "13900000013"}


def on_duty(cast: Cast, unit: str, kind: str, name: str, *, phone: str = "", now: datetime = OPENING) -> int:
    """Somebody on duty from an hour before that moment for a day."""
    data = TurnData(
        unit, kind, now - timedelta(hours=1), now + timedelta(hours=23), name, phone or PHONES.get(name, "13900000019")
    )
    done = plan_turn(data=data, actor=cast.actor("team_leader"), now=now)
    assert done.ok, done.refusals
    return done.pk


def every_night(cast: Cast, unit: str, name: str) -> int:
    """Somebody on duty every night."""
    data = PatternData(unit, "night", frozenset(range(7)), time(18), time(8), name, "13900000018", date(2026, 1, 1))
    done = plan_weekly(data=data, actor=cast.actor("team_leader"), now=OPENING)
    assert done.ok, done.refusals
    return done.pk
