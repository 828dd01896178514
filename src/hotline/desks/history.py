"""A ticket's history in words: what was done, by whom, with what was said and what it did to the clocks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hotline.desks.time_words import Moment, moment_words
from hotline.rules.acts import ACTS
from hotline.rules.acts.base import plain
from hotline.rules.dates_in_words import day_en, day_zh
from hotline.rules.recompute_causes import cause_words
from hotline.rules.vocabulary import ClockKind
from hotline.rules.words import field_word, word
from hotline.tickets.acting.fields import ActField, fields_of
from hotline.tickets.acting.names import Names
from hotline.tickets.queries import TimelineEntry

OPENING = frozenset({"register", "submit", "import_closed"})
"""Acts whose words and codes stand at the top of the page and are not said again."""


@dataclass(frozen=True)
class HistoryLine:
    """One line of the timeline."""

    seq: int
    what: str
    who: str
    role: str
    unit: str
    at: Moment
    texts: tuple[tuple[str, str], ...]
    details: tuple[tuple[str, str], ...]
    clocks: tuple[str, ...]
    system: bool
    stood_for: str = ""


def history(timeline: Sequence[TimelineEntry], known: Names, lang: str, now: datetime) -> tuple[HistoryLine, ...]:
    """Newest first."""
    return tuple(_line(entry, known, lang, now) for entry in reversed(timeline))


def _line(entry: TimelineEntry, known: Names, lang: str, now: datetime) -> HistoryLine:
    opening = entry.act in OPENING
    return HistoryLine(
        seq=entry.seq,
        what=word(f"event.{entry.name}", lang),
        who=entry.who,
        role=word(f"role.{entry.role}", lang),
        unit=known.unit(entry.unit, lang),
        at=moment_words(entry.at, now),
        texts=() if opening else tuple((field_word(entry.act, k, lang), v) for k, v in entry.texts.items()),
        details=() if opening else tuple(_details(entry, known, lang, now)),
        clocks=tuple(_clocks(entry, lang, now)),
        system=entry.role == "system",
        stood_for=entry.stood_for,
    )


def _details(entry: TimelineEntry, known: Names, lang: str, now: datetime) -> Iterator[tuple[str, str]]:
    """Every code, number and date of the act by its kind, in words."""
    act = ACTS.get(entry.act)
    for field in fields_of(act) if act else ():
        value = entry.payload.get(field.name)
        if value not in (None, "", [], False) and field.kind not in {"text", "fact"} and not _as_usual(field, value):
            yield field_word(entry.act, field.name, lang), value_words(field, value, known, lang, now)


def _as_usual(field: ActField, value: Any) -> bool:
    """A number or a choice that was left as it was says nothing: the first in order, the profile's days, no finding."""
    return field.kind in {"number", "choice"} and field.optional and value == plain(field.default)


def value_words(field: ActField, value: Any, known: Names, lang: str, now: datetime) -> str:
    """One value of an act as the reader says it."""
    if field.many:
        return "、".join(_single(field, v, known, lang, now) for v in value)
    return _single(field, value, known, lang, now)


def _single(field: ActField, value: Any, known: Names, lang: str, now: datetime) -> str:
    match field.kind:
        case "unit" | "units" | "former_unit":
            return known.unit(value, lang)
        case "category":
            return known.category_path(value, lang)
        case "region":
            return known.region(value, lang)
        case "code" | "codes":
            return known.reason(field.metadata["codelist"], value, lang)
        case "plain" if field.name == "of":
            return known.unit(value, lang)
        case "plain" if field.name == "cause":
            return cause_words(str(value), lang)
        case _:
            return _plain(field, value, lang, now)


def _plain(field: ActField, value: Any, lang: str, now: datetime) -> str:
    if field.choices is not None:
        return word(field.choices(value), lang)
    if field.kind == "flag":
        return _("是")
    if field.name == "clock":
        return word(ClockKind(value), lang)
    if field.kind == "moment":
        return moment_words(datetime.fromisoformat(value), now).short
    if field.kind == "date":
        on = date.fromisoformat(value)
        return day_en(on, 0) if lang == "en" else day_zh(on, 0)
    return str(value)


def _clocks(entry: TimelineEntry, lang: str, now: datetime) -> Iterator[str]:
    """Clocks that began or moved; one that ended needs no words, the clocks of the page show how."""
    for change in entry.clocks:
        if change["op"] in {"start", "move", "resume"} and change.get("due_at"):
            due = moment_words(datetime.fromisoformat(change["due_at"]), now).short
            words = {"clock": word(ClockKind(change["kind"]), lang), "due": due}
            yield (_("%(clock)s：%(due)s 到期") if change["op"] == "start" else _("%(clock)s改为 %(due)s 到期")) % words
        elif change["op"] == "pause":
            yield _("%(clock)s中止计时") % {"clock": word(ClockKind(change["kind"]), lang)}
