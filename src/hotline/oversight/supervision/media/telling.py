"""Notices of handovers, in the deed's own transaction."""

from datetime import datetime
from typing import Final

from hotline.oversight.notices.commands import tell as notify
from hotline.oversight.supervision.media.models import Handover
from hotline.oversight.supervision.media.rows import state_of
from hotline.rules.media import Entry
from hotline.rules.media.telling import who_is_late, who_must_know

ABOUT: Final = "media"
LATE: Final = 1_000_000
"""Notices of a missed date are numbered apart from those of entries, by the version at which it was missed."""


def tell(row: Handover, entry: Entry, *, seq: int, now: datetime) -> None:
    """One notice for each person who must know of this entry; whoever did it is not told."""
    notify(who_must_know(entry, state_of(row)), number=str(row.pk), seq=seq, but=entry.actor, now=now, about=ABOUT)


def tell_late(row: Handover, *, now: datetime) -> None:
    """The date has passed and some unit has not answered."""
    notify(who_is_late(state_of(row)), number=str(row.pk), seq=LATE + row.version, but="", now=now, about=ABOUT)
