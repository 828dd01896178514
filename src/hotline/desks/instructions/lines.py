"""Instructions as pages print them: everything in words of the reader's language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hotline.desks.dossier_lines import light, names
from hotline.desks.time_words import DueWords, Moment, due_words, moment_words, whole_day
from hotline.oversight.instructions.queries import AskRow, InstructionRow, Line, ReadingRow
from hotline.rules.instructions import Deed
from hotline.rules.instructions.seeing import Layer
from hotline.rules.words import word
from hotline.rules.words_instructions import TEXT_WORDS
from hotline.tickets.acting.names import Names
from hotline.tickets.dossiers.queries import FileRow


@dataclass(frozen=True)
class Card:
    """One instruction in a list."""

    id: int
    number: str
    status: str
    status_name: str
    leader: str
    given: str
    units: str
    missing: str
    due: DueWords | None
    light: str
    outcome: str
    ended: Moment | None
    presented: str
    version: int
    named: bool
    of_unit: bool


def card(row: InstructionRow, known: Names, lang: str, now: datetime) -> Card:
    """One line in words."""
    return Card(
        id=row.id,
        number=row.number,
        status=row.status,
        status_name=word(f"instruction_status.{row.status}", lang),
        leader=row.leader,
        given=whole_day(row.given_on, lang) if row.given_on else "",
        units=names(row.units, known, lang),
        missing=names(row.missing, known, lang),
        due=due_words(row.due_at, now) if row.owed else None,
        light=light(row.due_at, now) if row.owed else "",
        outcome=word(f"instruction_outcome.{row.outcome}", lang) if row.outcome else "",
        ended=moment_words(row.ended_at, now) if row.ended_at else None,
        presented=whole_day(row.presented_on, lang) if row.presented_on else "",
        version=row.version,
        named=Layer.WORDS in row.layers,
        of_unit=not row.layers & {Layer.WORDS, Layer.COVER},
    )


@dataclass(frozen=True)
class AskWords:
    """What one unit is asked, in words."""

    unit: str
    due: DueWords
    light: str
    text: str
    standing: str


def asks(rows: Iterable[AskRow], known: Names, lang: str, now: datetime) -> list[AskWords]:
    """Each unit with its date; a light only while it owes its report."""
    return [
        AskWords(
            unit=known.unit(row.unit, lang),
            due=due_words(row.due_at, now),
            light="" if row.reported else light(row.due_at, now),
            text=row.text,
            standing=_("反馈已采用") if row.accepted else _("已反馈") if row.reported else _("待反馈"),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Said:
    """Words of one line, and for which unit they are."""

    label: str
    text: str


@dataclass(frozen=True)
class Past:
    """One line of the history in words."""

    title: str
    who: str
    at: Moment
    details: tuple[str, ...]
    said: tuple[Said, ...]
    files: tuple[FileRow, ...]


def history(lines: Iterable[Line], files: Iterable[FileRow], known: Names, lang: str, now: datetime) -> list[Past]:
    """The newest last."""
    by_seq: dict[int, list[FileRow]] = {}
    for file in files:
        by_seq.setdefault(file.seq, []).append(file)
    return [_past(line, tuple(by_seq.get(line.seq, ())), known, lang, now) for line in lines]


def _past(line: Line, files: tuple[FileRow, ...], known: Names, lang: str, now: datetime) -> Past:
    deed = Deed(line.deed)
    label = TEXT_WORDS[deed][lang == "en"] if deed in TEXT_WORDS else ""
    return Past(
        title=word(deed, lang),
        who=line.who or word(f"role.{line.role}", lang),
        at=moment_words(line.at, now),
        details=tuple(_details(deed, line.payload, known, lang, now)),
        said=tuple(Said(label or known.unit(unit, lang), text) for unit, text in line.words),
        files=files,
    )


def _details(deed: Deed, said: dict[str, Any], known: Names, lang: str, now: datetime) -> Iterator[str]:
    if "tickets" in said:
        yield _("关联工单：%(numbers)s") % {"numbers": " ".join(said["tickets"])}
    if "unit" in said:
        yield known.unit(said["unit"], lang)
    if deed in {Deed.MOVE_DUE, Deed.RECEIVE} and "due_at" in said:
        yield _("回呈期限：%(at)s") % {"at": moment_words(datetime.fromisoformat(said["due_at"]), now).full}
    if "presented_on" in said:
        yield _("回呈日期：%(day)s") % {"day": whole_day(date.fromisoformat(said["presented_on"]), lang)}
    if "outcome" in said:
        yield word(f"instruction_outcome.{said['outcome']}", lang)
    if deed is Deed.NAME:
        yield _("共%(count)s人") % {"count": len(said.get("readers", ()))}


def readings(rows: Iterable[ReadingRow], now: datetime) -> list[tuple[str, Moment, str]]:
    """Who read it when, and how."""
    ways = {"page": _("页面"), "api": _("接口"), "file": _("扫描件")}
    return [(row.who, moment_words(row.at, now), ways[row.way]) for row in rows]
