"""A dry run over the last months: every clock of the ledger judged under a draft, counted by clock, type and unit."""

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from hotline.registry.calendars.queries import current_calendar, profiles
from hotline.rules.profiles import Profile
from hotline.rules.replaying import Judged, Recorded, Replay
from hotline.rules.vocabulary import CITY_TZ, ClockKind
from hotline.tickets.recorded_clocks import recorded_clocks

MOST_MONTHS: Final = 24
MOST_UNITS: Final = 60


@dataclass
class Tally:
    """Clocks counted: how many, how many were late, how many would have been."""

    clocks: int = 0
    was: int = 0
    would: int = 0

    def add(self, judged: Judged) -> None:
        """One clock more."""
        self.clocks += 1
        self.was += judged.was_late
        self.would += judged.would_be_late


@dataclass
class Rehearsal:
    """What came of a dry run. `reply` is the promise to the citizen; units are judged by their own clock."""

    months: int
    since: datetime
    at: datetime
    reply: Tally = field(default_factory=Tally)
    moved: int = 0
    newly_late: int = 0
    spared: int = 0
    kinds: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    types: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    units: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    def add(self, clock: Recorded, judged: Judged) -> None:
        """One clock more, wherever it counts."""
        self.moved += judged.moved
        self.kinds[clock.kind.value].add(judged)
        if clock.kind is ClockKind.REPLY:
            self.reply.add(judged)
            self.types[clock.request_type.value].add(judged)
            self.newly_late += judged.would_be_late and not judged.was_late
            self.spared += judged.was_late and not judged.would_be_late
        elif clock.kind is ClockKind.UNIT_REPLY and clock.unit:
            self.units[clock.unit].add(judged)

    def kept(self) -> dict[str, Any]:
        """As it is stored and told: units with the greatest difference first."""
        units = sorted(self.units.items(), key=lambda one: (-abs(one[1].would - one[1].was), -one[1].clocks, one[0]))
        return {
            "months": self.months,
            "since": self.since.isoformat(),
            "at": self.at.isoformat(),
            "moved": self.moved,
            "newly_late": self.newly_late,
            "spared": self.spared,
            "reply": asdict(self.reply),
            "kinds": _rows(self.kinds.items()),
            "types": _rows(self.types.items()),
            "units": _rows(units[:MOST_UNITS]),
        }


def _rows(tallies: Any) -> list[dict[str, Any]]:
    return [{"code": code, **asdict(tally)} for code, tally in tallies]


def rehearse(draft: Profile, *, months: int, now: datetime) -> Rehearsal:
    """Every clock that began in the last months, under the draft instead of the profile of its ticket."""
    since = months_before(now, months)
    replay = Replay(draft, {p.version_key: p for p in profiles()}, current_calendar(), now)
    found = Rehearsal(months, since, now)
    for clock in recorded_clocks(since, now):
        judged = replay.judged(clock)
        if judged is not None:
            found.add(clock, judged)
    return found


def months_before(now: datetime, months: int) -> datetime:
    """Midnight of the same day so many months ago; of the month's last day where it has no such day."""
    local = now.astimezone(CITY_TZ)
    place = local.year * 12 + local.month - 1 - months
    day = min(local.day, 28)
    return local.replace(year=place // 12, month=place % 12 + 1, day=day, hour=0, minute=0, second=0, microsecond=0)
