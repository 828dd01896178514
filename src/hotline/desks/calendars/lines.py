"""The calendar in words: twelve months, runs of special days, what a draft changes and which tickets move."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hotline.desks.time_words import Moment, full_words, moment_words
from hotline.oversight.recomputing.models import Recomputation
from hotline.oversight.recomputing.queries import MovedTicket, Preview
from hotline.registry.calendars.draft_models import RuleDraft, RuleRecord
from hotline.registry.calendars.plans import ChangedDay
from hotline.rules.dates_in_words import festivals, named_day
from hotline.rules.recompute_causes import cause_words
from hotline.rules.rule_keeping import DraftKind, DraftState, RuleAct
from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.words import word
from hotline.rules.workdays import Calendar, Day, DayKind
from hotline.tickets.acting.names import Names

MOST_NUMBERS = 4
"""Rules named in the title of a draft of the directory."""


@dataclass(frozen=True)
class Cell:
    """One day of a month: blank before the first and after the last."""

    number: str
    kind: str = ""
    sign: str = ""
    said: str = ""
    today: bool = False


@dataclass(frozen=True)
class Month:
    """One month as a table."""

    name: str
    weeks: tuple[tuple[Cell, ...], ...]
    workdays: int


@dataclass(frozen=True)
class Run:
    """Days of one kind and name in a row."""

    name: str
    kind: str
    kind_code: str
    days: str
    count: int


def months(calendar: Calendar, year: int, today: date, lang: str) -> tuple[Month, ...]:
    """The year's twelve months, each with its working days counted."""
    return tuple(_month(calendar, date(year, number, 1), today, lang) for number in range(1, 13))


def _month(calendar: Calendar, first: date, today: date, lang: str) -> Month:
    length = monthrange(first.year, first.month)[1]
    days = [first + timedelta(days=step) for step in range(length)]
    cells = [Cell("")] * first.weekday() + [_cell(calendar, day, today, lang) for day in days]
    cells += [Cell("")] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7))
    name = f"{first:%B}" if lang == "en" else _("%(number)s月") % {"number": first.month}
    return Month(name, weeks, sum(calendar.is_workday(day) for day in days))


def _cell(calendar: Calendar, day: date, today: date, lang: str) -> Cell:
    found = calendar.day(day)
    plain = found.kind in {DayKind.WORKDAY, DayKind.WEEKEND}
    sign = "" if plain else {DayKind.HOLIDAY: _("休"), DayKind.MAKEUP: _("班")}.get(found.kind, _("停"))
    said = "" if plain else day_said(found, lang)
    return Cell(str(day.day), found.kind.value, sign, said, day == today)


def day_said(day: Day, lang: str) -> str:
    """放假（春节）."""
    kind = word(day.kind, lang)
    return _("%(kind)s（%(name)s）") % {"kind": kind, "name": festivals([day.name])[lang]} if day.name else kind


def runs(calendar: Calendar, year: int, lang: str) -> tuple[Run, ...]:
    """Special days of the year in order, those that follow one another in one line."""
    days = sorted(on for on in calendar.overrides if on.year == year)
    lines: list[list[date]] = []
    for on in days:
        if lines and on - lines[-1][-1] == timedelta(days=1) and calendar.day(on) == calendar.day(lines[-1][-1]):
            lines[-1].append(on)
        else:
            lines.append([on])
    return tuple(_run(calendar, span, lang) for span in lines)


def _run(calendar: Calendar, span: Sequence[date], lang: str) -> Run:
    day = calendar.day(span[0])
    ends = [with_weekday(span[0], lang)] + ([with_weekday(span[-1], lang)] if len(span) > 1 else [])
    return Run(festivals([day.name])[lang], word(day.kind, lang), day.kind.value, " – ".join(ends), len(span))


def with_weekday(on: date, lang: str, *, full: bool = False) -> str:
    """2月15日（周日）, with its year when `full`."""
    return named_day(on, 0 if full else on.year)[lang]


def hours(calendar: Calendar) -> str:
    """08:30–12:00、14:00–17:30."""
    return "、".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in calendar.shifts)


def draft_title(draft: RuleDraft, lang: str) -> str:
    """年度放假安排 2027, 规则方案 hefei-2021 by its name."""
    kind = word(DraftKind(draft.kind), lang)
    if draft.kind == DraftKind.NOTICE:
        return _("%(year)s年放假安排") % {"year": draft.subject}
    if draft.kind == DraftKind.PROFILE:
        return _("%(kind)s：%(name)s") % {"kind": kind, "name": draft.body["profile"]["name"]}
    if draft.kind == DraftKind.DIRECTORY:
        return _("%(kind)s：%(name)s") % {"kind": kind, "name": "、".join(draft.body["numbers"][:MOST_NUMBERS])}
    return kind


def draft_page(kind: str) -> str:
    """The page on which a draft is looked at and published."""
    return {DraftKind.PROFILE: "profile-draft", DraftKind.DIRECTORY: "directory-draft"}.get(
        DraftKind(kind), "calendar-draft"
    )


@dataclass(frozen=True)
class DraftLine:
    """A draft in a list."""

    title: str
    state: str
    open: bool
    source: str
    who: str
    changed: Moment
    ended: Moment | None
    ended_by: str
    address: str


def draft_line(draft: RuleDraft, people: Mapping[str, str], lang: str, now: datetime) -> DraftLine:
    """One draft with who wrote it and who ended it."""
    return DraftLine(
        title=draft_title(draft, lang),
        state=word(DraftState(draft.state), lang),
        open=draft.state == DraftState.OPEN,
        source=draft.source,
        who="、".join(people.get(hand, hand) for hand in draft.hands),
        changed=moment_words(draft.changed_at, now),
        ended=moment_words(draft.ended_at, now) if draft.ended_at else None,
        ended_by=people.get(draft.ended_by, draft.ended_by),
        address=reverse(draft_page(draft.kind), args=[draft.pk]),
    )


def people_of(drafts: Sequence[RuleDraft], records: Sequence[RuleRecord] = ()) -> set[str]:
    """Everybody who is named on these."""
    found = {hand for draft in drafts for hand in (*draft.hands, draft.ended_by)}
    return (found | {record.actor for record in records}) - {""}


@dataclass(frozen=True)
class RecordLine:
    """One line of the record."""

    what: str
    title: str
    address: str
    who: str
    at: Moment
    told: tuple[tuple[str, str, str], ...]


def record_lines(
    records: Sequence[RuleRecord], people: Mapping[str, str], lang: str, now: datetime, told: Any
) -> list[RecordLine]:
    """The record in words; `told` says what was before and after."""
    return [
        RecordLine(
            what=word(RuleAct(record.act), lang),
            title=draft_title(record.draft, lang),
            address=reverse(draft_page(record.kind), args=[record.draft_id]),
            who=people.get(record.actor, record.actor),
            at=moment_words(record.at, now),
            told=tuple(told(record, lang)) if record.act == RuleAct.PUBLISHED else (),
        )
        for record in records
    ]


def told_days(record: RuleRecord, lang: str) -> Iterator[tuple[str, str, str]]:
    """What a published calendar changed: which day, what it was, what it is."""
    before, after = record.before, record.after
    for on, new in after.get("days", {}).items():
        old = before.get("days", {}).get(on)
        said = [day_said(Day(DayKind(kind), name), lang) if kind else "" for kind, name in (old or ("", ""), new)]
        yield with_weekday(date.fromisoformat(on), lang, full=True), said[0], said[1]
    if after.get("hours"):
        spans = ["、".join(f"{opens}–{closes}" for opens, closes in one.get("hours", [])) for one in (before, after)]
        yield _("上班时间"), spans[0], spans[1]


@dataclass(frozen=True)
class ChangeLine:
    """One day that a draft changes."""

    day: str
    old: str
    new: str
    counts: bool


def change_lines(changed: Sequence[ChangedDay], lang: str) -> list[ChangeLine]:
    """Days that change, in order; `counts` where a deadline may move by it."""
    return [
        ChangeLine(
            with_weekday(one.on, lang, full=True),
            day_said(one.old, lang),
            day_said(one.new, lang),
            one.counts,
        )
        for one in changed
    ]


@dataclass(frozen=True)
class MovedLine:
    """One ticket that would move."""

    number: str
    title: str
    unit: str
    clock: str
    old: str
    new: str
    direction: str
    late: bool


def moved_lines(preview: Preview, known: Names, lang: str, now: datetime) -> list[MovedLine]:
    """The tickets a preview lists, with the old and the new due time of the clock that matters most."""
    return [_moved(row, known, lang, now) for row in preview.rows]


def _moved(row: MovedTicket, known: Names, lang: str, now: datetime) -> MovedLine:
    move = row.move
    direction = _("只去掉“暂定”") if move.was_provisional else _("改为“暂定”")
    if not move.only_mark:
        direction = _("推后") if move.new > move.old else _("提前")
    return MovedLine(
        number=row.number,
        title=row.title,
        unit=known.unit(row.unit, lang),
        clock=word(move.kind, lang),
        old=full_words(move.old.astimezone(CITY_TZ)),
        new=full_words(move.new.astimezone(CITY_TZ)),
        direction=direction,
        late=move.old > now >= move.new,
    )


@dataclass(frozen=True)
class RoundLine:
    """One round over the open tickets."""

    why: str
    at: Moment
    checked: int
    moved: int
    faults: int
    done: bool


def round_lines(rounds: Sequence[Recomputation], lang: str, now: datetime) -> list[RoundLine]:
    """How far the last rounds have come."""
    return [
        RoundLine(
            cause_words(one.cause, lang),
            moment_words(one.asked_at, now),
            one.checked,
            one.moved,
            len(one.faults),
            one.finished_at is not None,
        )
        for one in rounds
    ]


def units_hit(preview: Preview, known: Names, lang: str, most: int = 12) -> list[tuple[str, int]]:
    """Units with the most tickets that move."""
    return [(known.unit(code, lang) or _("未派单"), number) for code, number in preview.units[:most]]
