"""Handovers as pages print them: everything in words of the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hotline.desks.dossier_lines import Past, light, names
from hotline.desks.time_words import DueWords, Moment, due_words, moment_words, whole_day
from hotline.oversight.supervision.media.queries import HandoverRow, HandoverWhole
from hotline.rules.media import Deed, Follow, Status
from hotline.rules.words import word
from hotline.rules.words_media import TEXT_WORDS
from hotline.tickets.acting.names import Names
from hotline.tickets.dossiers.queries import Line


@dataclass(frozen=True)
class Card:
    """One handover in a list."""

    id: int
    number: str
    status: str
    status_name: str
    medium: str
    medium_kind: str
    told: str
    tickets: int
    units: str
    hand_on: str
    due: DueWords | None
    light: str
    publications: int
    outcome: str
    last: Moment
    version: int
    supervision: int | None
    on_paper: bool


def card(row: HandoverRow, known: Names, lang: str, now: datetime) -> Card:
    """One line in words."""
    owed = row.due_at if row.status == Status.HANDED.value else None
    return Card(
        id=row.id,
        number=row.number,
        status=row.status,
        status_name=word(f"media_status.{row.status}", lang),
        medium=row.medium_name,
        medium_kind=word(f"medium_kind.{row.medium_kind}", lang),
        told=row.title,
        tickets=len(row.tickets),
        units=names(row.units, known, lang),
        hand_on=whole_day(row.hand_on, lang) if row.hand_on else "",
        due=due_words(owed, now) if owed else None,
        light=light(owed, now) if owed else "",
        publications=row.publications,
        outcome=word(f"supervision_outcome.{row.outcome}", lang) if row.outcome else "",
        last=moment_words(row.last_at, now),
        version=row.version,
        supervision=row.supervision,
        on_paper=bool(row.number),
    )


@dataclass(frozen=True)
class Answer:
    """What one unit has said in public, or where its answer stands."""

    unit: str
    standing: str
    asks: bool
    text: str
    on: str


def answers(seen: HandoverWhole, known: Names, lang: str) -> list[Answer]:
    """One line a unit, with its last answer where the reader may read it."""
    last = {line.payload["unit"]: line for line in seen.lines if line.deed == Deed.ANSWER.value}
    days = {line.payload["unit"]: line.payload["on"] for line in seen.lines if line.deed == Deed.RELEASE.value}
    found = []
    for unit in seen.row.units:
        released, waits = unit in seen.row.released, unit in seen.row.waiting
        said = _("已公开") if released else _("待审核") if waits else _("未提交")
        text = last[unit].text if unit in last and (released or waits) else ""
        on = whole_day(date.fromisoformat(days[unit]), lang) if unit in days else ""
        found.append(Answer(known.unit(unit, lang), said, not released, text, on))
    return found


@dataclass(frozen=True)
class Publication:
    """One publication or follow-up."""

    title: str
    on: str
    text: str
    link: str


def publications(lines: Iterable[Line], lang: str) -> list[Publication]:
    """What was published, the oldest first; an address of the web becomes a link."""
    return [
        Publication(line.title, whole_day(date.fromisoformat(line.payload["on"]), lang), line.text, _link(line.text))
        for line in lines
        if line.deed == Deed.PUBLISH.value
    ]


def _link(text: str) -> str:
    fits = text.startswith(("https://", "http://")) and not any(sign.isspace() for sign in text)
    return text if fits else ""


def history(lines: Iterable[Line], known: Names, lang: str, now: datetime) -> list[Past]:
    """The newest last."""
    return [_past(line, known, lang, now) for line in lines]


def _past(line: Line, known: Names, lang: str, now: datetime) -> Past:
    deed = Deed(line.deed)
    return Past(
        title=word(deed, lang),
        who=line.who or word(f"role.{line.role}", lang),
        at=moment_words(line.at, now),
        details=tuple(_details(line.payload, known, lang, now)),
        label=TEXT_WORDS[deed][lang == "en"] if deed in TEXT_WORDS else "",
        text="\n".join(part for part in (line.title, line.text) if part),
    )


def _details(said: Mapping[str, Any], known: Names, lang: str, now: datetime) -> Iterable[str]:
    if "unit" in said:
        yield known.unit(said["unit"], lang)
    if "follow" in said:
        yield word(Follow(said["follow"]), lang)
    if "on" in said:
        yield whole_day(date.fromisoformat(said["on"]), lang)
    if "due_at" in said:
        at = moment_words(datetime.fromisoformat(said["due_at"]), now).full
        yield _("公开答复时限：%(at)s") % {"at": at}
    if "outcome" in said:
        yield word(f"supervision_outcome.{said['outcome']}", lang)
