"""Supervisions as pages print them: everything in words of the reader's language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from hotline.desks.dossier_lines import Past, light
from hotline.desks.time_words import DueWords, Moment, due_words, moment_words
from hotline.oversight.supervision.queries import GroundLine, Load, SupervisionRow
from hotline.rules.supervision import Cause, Deed, Status
from hotline.rules.supervision.states import LIVE
from hotline.rules.vocabulary import Rating, SupervisionKind
from hotline.rules.words import word
from hotline.rules.words_supervision import TEXT_WORDS
from hotline.tickets.acting.names import Names
from hotline.tickets.dossiers.queries import Line

DONE: Final = "done"


@dataclass(frozen=True)
class Card:
    """One supervision on the desk or in a list."""

    id: int
    kind: str
    kind_name: str
    status: str
    status_name: str
    paper: str
    name: str
    number: str
    causes: str
    why: str
    units: str
    due: DueWords | None
    light: str
    made: Moment
    ended: Moment | None
    outcome: str
    tickets: int
    version: int
    proposed: bool


def card(row: SupervisionRow, known: Names, titles: Mapping[str, str], lang: str, now: datetime) -> Card:
    """A stored row in words. `titles` are those of tickets that this reader may see."""
    owed = row.due_at if row.status == Status.OPEN.value else None
    return Card(
        id=row.id,
        kind=row.kind,
        kind_name=word(f"supervision_kind.{row.kind}", lang),
        status=row.status,
        status_name=word(f"supervision_status.{row.status}", lang),
        paper=row.paper,
        name=row.title or titles.get(row.number, "") or row.number,
        number=row.number,
        causes="、".join(word(f"supervision_cause.{cause}", lang) for cause in row.causes),
        why=why(row.causes[0], row.facts, lang, now) if row.causes and row.facts else "",
        units=_units(row, known, lang),
        due=due_words(row.due_at, now) if row.due_at and Status(row.status) in LIVE else None,
        light=light(owed, now) if owed else "",
        made=moment_words(row.made_at, now),
        ended=moment_words(row.ended_at, now) if row.ended_at else None,
        outcome=word(f"supervision_outcome.{row.outcome}", lang) if row.outcome else "",
        tickets=row.tickets,
        version=row.version,
        proposed=row.status == Status.PROPOSED.value,
    )


SHOWN: Final = 3
"""Units that are named one by one on a card; of a campaign there may be fifty."""


def _units(row: SupervisionRow, known: Names, lang: str) -> str:
    said = "、".join(known.unit(unit, lang) for unit in row.units[:SHOWN])
    if len(row.units) <= SHOWN:
        return said
    return _("%(units)s等%(count)s个单位") % {"units": said, "count": len(row.units)}


def why(cause: str, facts: Mapping[str, Any], lang: str, now: datetime) -> str:
    """The facts behind a cause as one sentence; blank where the cause says it all."""
    said = WHY.get(Cause(cause))
    return said(facts, lang, now) if said and facts else ""


def _clock(facts: Mapping[str, Any], lang: str, now: datetime) -> dict[str, str]:
    at = moment_words(datetime.fromisoformat(facts["due_at"]), now).short
    return {"clock": word(f"clock.{facts['clock']}", lang), "at": at}


def _overdue(facts: Mapping[str, Any], lang: str, now: datetime) -> str:
    return _("%(clock)s应于%(at)s前完成，到期未办") % _clock(facts, lang, now)


def _ignored(facts: Mapping[str, Any], lang: str, now: datetime) -> str:
    return _("%(clock)s应于%(at)s前完成，催办后仍未办") % _clock(facts, lang, now)


def _dissatisfied(facts: Mapping[str, Any], lang: str, _now: datetime) -> str:
    rating = word(Rating(facts["rating"]), lang)
    return _("回访评价“%(rating)s”，重办%(count)s次后办结") % {"rating": rating, "count": facts["reworks"]}


WHY: Final[Mapping[Cause, Callable[[Mapping[str, Any], str, datetime], str]]] = {
    Cause.OVERDUE: _overdue,
    Cause.REMINDER_IGNORED: _ignored,
    Cause.SENT_BACK_TWICE: lambda facts, _lang, _now: _("答复被退回%(count)s次") % facts,
    Cause.REPEATS: lambda facts, _lang, _now: _("%(days)s天内第%(count)s次反映同一事项") % facts,
    Cause.DISSATISFIED: _dissatisfied,
    Cause.SUPERVISION_LATE: lambda facts, lang, _now: (
        _("%(kind)s到期没有反馈") % {"kind": word(f"supervision_kind.{facts['kind']}", lang)}
    ),
}


@dataclass(frozen=True)
class GroundWords:
    """One ground in words."""

    cause: str
    why: str
    at: Moment


def grounds(found: Iterable[GroundLine], lang: str, now: datetime) -> tuple[GroundWords, ...]:
    """Grounds in their order."""
    return tuple(
        GroundWords(
            word(f"supervision_cause.{one.cause}", lang),
            why(one.cause, one.facts, lang, now),
            moment_words(one.at, now),
        )
        for one in found
    )


def history(lines: Sequence[Line], known: Names, lang: str, now: datetime) -> tuple[Past, ...]:
    """The newest first."""
    return tuple(_history_line(line, known, lang, now) for line in reversed(lines))


def _history_line(line: Line, known: Names, lang: str, now: datetime) -> Past:
    deed = Deed(line.deed)
    label = TEXT_WORDS.get(deed)
    return Past(
        title=word(deed, lang),
        who=" ".join(part for part in (known.unit(line.unit, lang), line.who or _("平台")) if part),
        at=moment_words(line.at, now),
        details=tuple(_details(line, known, lang, now)),
        label=label[lang == "en"] if label else "",
        text=line.text,
    )


def _details(line: Line, known: Names, lang: str, now: datetime) -> Iterable[str]:
    said = line.payload
    if "cause" in said:
        yield word(f"supervision_cause.{said['cause']}", lang)
    if "units" in said:
        yield "、".join(known.unit(unit, lang) for unit in said["units"])
    if "due_at" in said:
        yield due_words(datetime.fromisoformat(said["due_at"]), now).at.full
    if "outcome" in said:
        yield word(f"supervision_outcome.{said['outcome']}", lang)
    if "tickets" in said:
        yield _("%(count)s件工单") % {"count": len(said["tickets"])}


@dataclass(frozen=True)
class UnitLine:
    """How far one unit has come."""

    name: str
    reported: bool
    signed: bool | None


def unit_lines(row: SupervisionRow, signed: frozenset[str], known: Names, lang: str) -> tuple[UnitLine, ...]:
    """Units that are asked; signatures count for key supervision only."""
    key = row.kind == SupervisionKind.KEY.value
    return tuple(
        UnitLine(known.unit(unit, lang), unit in row.reported, unit in signed if key else None) for unit in row.units
    )


@dataclass(frozen=True)
class Bar:
    """One unit's load as a small bar, in hundredths of the longest."""

    code: str
    name: str
    live: int
    late: int
    ended: int
    width: int
    late_width: int


def bars(loads: Sequence[Load], known: Names, lang: str) -> tuple[Bar, ...]:
    """Small bars, the longest full."""
    most = max((load.live for load in loads), default=0) or 1
    return tuple(
        Bar(
            load.unit,
            known.unit(load.unit, lang),
            load.live,
            load.late,
            load.ended,
            100 * (load.live - load.late) // most,
            100 * load.late // most,
        )
        for load in loads
        if load.unit
    )
