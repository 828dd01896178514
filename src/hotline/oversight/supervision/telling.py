"""Notices of supervision to people of units and to the supervisor whose it is, in the deed's own transaction."""

from datetime import datetime

from hotline.oversight.notices.commands import tell as notify
from hotline.oversight.supervision.models import Supervision
from hotline.oversight.supervision.queries import ABOUT
from hotline.oversight.supervision.rows import state_of
from hotline.rules.supervision import Entry
from hotline.rules.supervision.telling import who_is_late, who_must_know

LATE = 1_000_000
"""Notices of a missed date are numbered apart from those of entries, by the version at which it was missed."""


def tell(row: Supervision, entry: Entry, *, seq: int, now: datetime) -> None:
    """One notice for each person who must know of this entry; whoever did it is not told."""
    told = who_must_know(entry, state_of(row))
    notify(told, number=str(row.pk), seq=seq, but=entry.actor, now=now, about=ABOUT)


def tell_late(row: Supervision, *, now: datetime) -> None:
    """The date has passed and somebody has not reported."""
    notify(who_is_late(state_of(row)), number=str(row.pk), seq=LATE + row.version, but="", now=now, about=ABOUT)
