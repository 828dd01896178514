"""A file of the list in words."""

from dataclasses import dataclass
from datetime import datetime

from hotline.desks.time_words import Moment, moment_words
from hotline.rules.words import word
from hotline.tickets.acting.names import Names
from hotline.tickets.attachments.queries import Line

KILO = 1000


@dataclass(frozen=True)
class FileLine:
    """One file as the list prints it."""

    id: int
    name: str
    kind: str
    size: str
    purpose: str
    visible_to: str
    who: str
    unit: str
    at: Moment
    gone: str
    gone_at: Moment | None
    gone_by: str
    reason: str
    may_remove: bool
    inline: bool


def file_line(line: Line, known: Names, lang: str, now: datetime) -> FileLine:
    """One file in the reader's language."""
    return FileLine(
        id=line.id,
        name=line.name,
        kind=word(line.kind, lang),
        size=size_words(line.size),
        purpose=word(line.purpose, lang),
        visible_to=word(line.visible_to, lang),
        who=line.who or word(f"role.{line.role}", lang),
        unit=known.unit(line.unit, lang),
        at=moment_words(line.at, now),
        gone=line.gone,
        gone_at=moment_words(line.gone_at, now) if line.gone_at else None,
        gone_by=line.gone_by,
        reason=line.reason,
        may_remove=line.may_remove,
        inline=line.inline,
    )


def size_words(size: int) -> str:
    """812 B, 340 KB, 1.2 MB."""
    if size < KILO:
        return f"{size} B"
    if size < KILO * KILO:
        return f"{round(size / KILO)} KB"
    return f"{size / KILO / KILO:.1f} MB"
