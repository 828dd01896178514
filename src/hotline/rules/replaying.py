"""One recorded clock under another profile: when it would have been due, and whether it would have been late.

Pure arithmetic over rows already read. Only the lengths of limits are replayed: what people did stays what they did,
and a clock whose limit is the same in both profiles keeps its recorded date.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from hotline.rules.deadlines import Pause, compute_due
from hotline.rules.limits import Limit, LimitUnit
from hotline.rules.profiles import Profile, rework_limit
from hotline.rules.vocabulary import CITY_TZ, PROMISES, Channel, ClockKind, RequestType, Urgency
from hotline.rules.workdays import Calendar


@dataclass(frozen=True)
class Recorded:
    """One clock of the ledger. `ended_at` is when what was owed was first done; None while it is still owed."""

    kind: ClockKind
    limit: str
    started_at: datetime
    due_at: datetime
    paused: bool
    ended_at: datetime | None
    verdict: bool | None
    extension: int
    pauses: tuple[tuple[datetime, datetime | None], ...]
    request_type: RequestType
    urgency: Urgency
    complex: bool
    channel: Channel | None
    unit: str
    profile: str
    superior_due_at: datetime | None


@dataclass(frozen=True)
class Judged:
    """The same clock twice: late as it was, and late as it would have been."""

    was_late: bool
    would_be_late: bool
    moved: bool


@dataclass
class Replay:
    """Judges clocks under one draft; due times of days without pauses are kept, as thousands share them."""

    draft: Profile
    olds: dict[str, Profile]
    calendar: Calendar
    now: datetime
    _known: dict[tuple[Limit, date], datetime] = field(default_factory=dict)

    def judged(self, clock: Recorded) -> Judged | None:
        """Both verdicts, or None for a clock that ended without one: what it stood for was not owed any more."""
        if clock.ended_at is not None and clock.verdict is None:
            return None
        end = clock.ended_at or self.now
        was = end > clock.due_at and not clock.paused if clock.verdict is None else not clock.verdict
        wanted = self._limit(clock)
        if wanted is None:
            return Judged(was, was, moved=False)
        due = self._due(clock, wanted)
        return Judged(was, end > due, moved=due != clock.due_at)

    def _limit(self, clock: Recorded) -> Limit | None:
        """The limit under the draft; None where it is the one recorded, or one that no profile set."""
        old_profile = self.olds.get(clock.profile)
        old, new = self._of(old_profile, clock), self._of(self.draft, clock)
        if old_profile is None or old is None or new is None or old == new:
            return None
        if clock.limit == str(old):
            return new
        if clock.kind in PROMISES and clock.limit == str(rework_limit(old_profile, old)):
            return rework_limit(self.draft, new)
        return None

    def _of(self, profile: Profile | None, clock: Recorded) -> Limit | None:
        if profile is None:
            return None
        return profile.limit(
            clock.kind,
            request_type=clock.request_type,
            urgency=clock.urgency,
            complex=clock.complex,
            channel=clock.channel,
        )

    def _due(self, clock: Recorded, limit: Limit) -> datetime:
        superior = clock.superior_due_at if clock.kind in PROMISES else None
        plain = limit.unit in {LimitUnit.WORKDAY, LimitUnit.NATURAL_DAY} and not (clock.pauses or clock.extension)
        if not plain:
            due = self._counted(clock, limit, clock.pauses)
        else:
            key = (limit, clock.started_at.astimezone(CITY_TZ).date())
            due = self._known.get(key) or self._known.setdefault(key, self._counted(clock, limit, ()))
        return min(due, superior) if superior is not None and superior > clock.started_at else due

    def _counted(self, clock: Recorded, limit: Limit, pauses: Sequence[tuple[datetime, datetime | None]]) -> datetime:
        found = compute_due(
            limit=limit,
            start=clock.started_at,
            calendar=self.calendar,
            pauses=tuple(Pause(begin, end) for begin, end in pauses),
            extension=clock.extension,
            as_of=self.now,
            explained=False,
        )
        return found.due_at
