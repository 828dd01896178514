"""When requests come in, by which channel and of which type: the day's double peak, quiet nights, busy Mondays.

Type shares lie within what two cities report of themselves, the rhythm is ours (P); both are parameters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Final

from hotline.rules.vocabulary import CITY_TZ, Channel, RequestType

HALF_HOUR: Final = timedelta(minutes=30)

TYPES: Final[Mapping[RequestType, float]] = {
    RequestType.CONSULTATION: 0.555,
    RequestType.HELP: 0.295,
    RequestType.COMPLAINT: 0.032,
    RequestType.REPORT: 0.01,
    RequestType.SUGGESTION: 0.065,
    RequestType.PRAISE: 0.003,
    RequestType.OTHER: 0.04,
}
CHANNELS: Final[Mapping[Channel, float]] = {
    Channel.PHONE: 0.765,
    Channel.WECHAT: 0.09,
    Channel.WEB: 0.045,
    Channel.APP: 0.04,
    Channel.MAILBOX: 0.02,
    Channel.SMS: 0.005,
    Channel.POLICE_110: 0.015,
    Channel.SUPERIOR: 0.007,
    Channel.LEADER_DAY: 0.003,
    Channel.OTHER_LINE: 0.01,
}
WRITTEN: Final = frozenset({Channel.WECHAT, Channel.WEB, Channel.APP, Channel.MAILBOX, Channel.SMS})
"""Channels on which the citizen writes and an agent reads it later."""

WEEKDAYS: Final = (1.18, 1.1, 1.06, 1.05, 1.03, 0.82, 0.76)
HOURS: Final = (
    0.16, 0.1, 0.07, 0.05, 0.05, 0.1, 0.28, 0.7, 1.5, 2.2, 2.25, 1.75,
    1.1, 1.25, 1.9, 2.05, 1.85, 1.35, 0.95, 0.85, 0.75, 0.6, 0.45, 0.28,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """A city's rhythm: weights of weekdays (from Monday) and of hours, shares of types and channels."""

    weekdays: tuple[float, ...] = WEEKDAYS
    hours: tuple[float, ...] = HOURS
    types: Mapping[RequestType, float] = field(default_factory=lambda: TYPES)
    channels: Mapping[Channel, float] = field(default_factory=lambda: CHANNELS)

    def weight(self, at: datetime) -> float:
        """How much comes in at that moment, against an average one."""
        local = at.astimezone(CITY_TZ)
        return self.weekdays[local.weekday()] * self.hours[local.hour]

    def type(self, rng: Random) -> RequestType:
        """The type of the next request."""
        return rng.choices(list(self.types), list(self.types.values()))[0]

    def channel(self, rng: Random) -> Channel:
        """The way in of the next request."""
        return rng.choices(list(self.channels), list(self.channels.values()))[0]


def moments(*, rng: Random, start: datetime, until: datetime, number: int, rhythm: Rhythm) -> list[datetime]:
    """So many moments between start and until, in order, spread as the city's rhythm says."""
    slots: list[datetime] = []
    at = start
    while at < until:
        slots.append(at)
        at += HALF_HOUR
    if not slots:
        return []
    cumulated = list(accumulate(rhythm.weight(slot) for slot in slots))
    drawn = rng.choices(slots, cum_weights=cumulated, k=number)
    spread = [slot + min(HALF_HOUR, until - slot) * rng.random() for slot in drawn]
    return sorted(map(_whole_second, spread))


def _whole_second(at: datetime) -> datetime:
    return at.replace(microsecond=0)
