"""Quiet hours: citizens are not woken by a message. What is urgent leaves at once, day and night."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from hotline.rules.vocabulary import CITY_TZ, Urgency


@dataclass(frozen=True)
class Quiet:
    """From when to when no message leaves, in city time; it may run over midnight. The same time twice: never quiet."""

    begins: time = time(21)
    ends: time = time(8)

    def holds(self, at: datetime) -> bool:
        """Whether that moment lies in it."""
        clock = at.astimezone(CITY_TZ).time()
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends


def leaves_at(now: datetime, quiet: Quiet, urgency: Urgency) -> datetime:
    """The first moment from `now` on at which a message may leave."""
    if urgency is not Urgency.ORDINARY or not quiet.holds(now):
        return now
    local = now.astimezone(CITY_TZ)
    end = datetime.combine(local.date(), quiet.ends, CITY_TZ)
    return end if end > local else end + timedelta(days=1)
