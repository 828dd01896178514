"""Notices as the bell and the page print them: words of the reader's language, a title only where it may be seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hotline.desks.time_words import Moment, moment_words
from hotline.oversight.notices.queries import NoticeRow
from hotline.rules.lifecycle import Actor
from hotline.rules.words import word
from hotline.tickets.titles import titles


@dataclass(frozen=True)
class NoticeLine:
    """One notice in words. Without `visible` the ticket is no longer this person's to open."""

    id: int
    kind: str
    number: str
    said: str
    title: str
    visible: bool
    made: Moment
    read: bool


def lines(rows: Iterable[NoticeRow], *, actor: Actor, lang: str, now: datetime) -> list[NoticeLine]:
    """Notices in words, with the titles of all of them in one statement."""
    shown = list(rows)
    known = titles([row.number for row in shown], actor=actor)
    return [
        NoticeLine(
            id=row.id,
            kind=row.kind,
            number=row.number,
            said=word(f"notice.{row.kind}", lang),
            title=known.get(row.number, ""),
            visible=row.number in known,
            made=moment_words(row.made_at, now),
            read=row.read_at is not None,
        )
        for row in shown
    ]
