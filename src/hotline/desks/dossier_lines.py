"""What every family of dossiers says alike on its pages: a line of the history, units by name, a day, a light.

Clerks and supervisors read supervisions, documents, handovers and instructions side by side: the same thing looks the
same in all of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hotline.desks.time_words import Moment
from hotline.rules.vocabulary import CITY_TZ
from hotline.tickets.acting.names import Names


@dataclass(frozen=True)
class Past:
    """One line of the history in words."""

    title: str
    who: str
    at: Moment
    details: tuple[str, ...]
    label: str
    text: str


def names(codes: Iterable[str], known: Names, lang: str) -> str:
    """Units by name, as a paper lists them."""
    return ("、" if lang != "en" else ", ").join(known.unit(code, lang) for code in codes)


def light(due_at: datetime, now: datetime) -> str:
    """Red when the date has passed, amber on the last day."""
    if due_at < now:
        return "red"
    return "amber" if due_at.astimezone(CITY_TZ).date() <= now.astimezone(CITY_TZ).date() else "green"
