"""Until when: working days, a day, or, when nobody says, the profile's limit for key supervision (P: 5 working days).

A date ends when offices close on it.
"""

from datetime import date, datetime

from hotline.rules.counting import count
from hotline.rules.limits import Limit, LimitUnit
from hotline.rules.vocabulary import SupervisionKind
from hotline.tickets.rulebook import rulebook


def due_from(now: datetime, *, workdays: int | None = None, on: date | None = None) -> datetime:
    """The moment by which the leader is to be told."""
    if on is not None:
        return end_of(on, now=now)
    book = rulebook(now=now)
    limit = Limit(workdays, LimitUnit.WORKDAY) if workdays else book.profile.supervision.within(SupervisionKind.KEY)
    return count(limit, now, 0, (), book.calendar).due_at


def end_of(on: date, *, now: datetime) -> datetime:
    """When offices close on that day."""
    return rulebook(now=now).calendar.office_end(on)
