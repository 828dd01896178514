"""Rosters in words: who is on duty, turns of the coming days, and holes as officials say them: 10月3日夜间无人值班."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from hotline.desks.time_words import day_words
from hotline.registry.duty.queries import Address
from hotline.rules.dates_in_words import day_en, day_zh
from hotline.rules.duty.roster import DutyKind, Hole, Part, Roster, Turn, Weekly
from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.words import word
from hotline.rules.workdays import Calendar

AHEAD: Final = timedelta(days=14)
SOON: Final = timedelta(days=7)


@dataclass(frozen=True)
class TurnLine:
    """One turn as a row: whose, from when to when. `row` is 0 where it can't be cancelled by itself."""

    kind: str
    leader: bool
    name: str
    phone: str
    span: str
    since: str
    row: int
    single: bool
    now: bool


@dataclass(frozen=True)
class WeeklyLine:
    """One line of the weekly pattern."""

    row: int
    kind: str
    days: str
    hours: str
    name: str
    phone: str
    until: str


@dataclass(frozen=True)
class UnitLine:
    """A unit in the list of all: who is there now, and how many holes the coming week has."""

    code: str
    name: str
    desk: tuple[TurnLine, ...]
    leaders: tuple[TurnLine, ...]
    holes: int
    first_hole: str


@dataclass(frozen=True)
class RosterPage:
    """A unit's own page."""

    now: tuple[TurnLine, ...]
    turns: tuple[tuple[str, tuple[TurnLine, ...]], ...]
    weekly: tuple[WeeklyLine, ...]
    holes: tuple[str, ...]
    addresses: tuple[tuple[int, str, str], ...]
    empty: bool


def turn_line(turn: Turn, now: datetime, lang: str) -> TurnLine:
    """One turn in words."""
    first, last = turn.begins.astimezone(CITY_TZ), turn.ends.astimezone(CITY_TZ)
    today = now.astimezone(CITY_TZ).date()
    same = first.date() == last.date()
    ends = f"{last:%H:%M}" if same else f"{day_words(last.date(), today)} {last:%H:%M}"
    return TurnLine(
        kind=word(f"duty.{turn.kind.value}", lang),
        leader=turn.kind is DutyKind.LEADER,
        name=turn.name,
        phone=turn.phone,
        span=f"{day_words(first.date(), today)} {first:%H:%M} – {ends}",
        since=first.isoformat(timespec="minutes"),
        row=turn.row if turn.single else 0,
        single=turn.single,
        now=turn.holds(now),
    )


def hole_words(hole: Hole, today: date, lang: str) -> str:
    """10月3日夜间无人值班; with the hours where it is not all of the night."""
    day = day_en(hole.day, today.year) if lang == "en" else day_zh(hole.day, today.year)
    part = _("夜间") if hole.part is Part.NIGHT else _("白天")
    first, last = hole.begins.astimezone(CITY_TZ), hole.ends.astimezone(CITY_TZ)
    hours = "" if hole.whole else f" {first:%H:%M}–{last:%H:%M}"
    said = {"day": day, "part": part, "hours": hours}
    if hole.leader:
        return _("%(day)s%(part)s%(hours)s没有带班领导") % said
    return _("%(day)s%(part)s%(hours)s无人值班") % said


def unit_line(code: str, name: str, roster: Roster, calendar: Calendar, now: datetime, lang: str) -> UnitLine:
    """A unit in the list."""
    turns = [turn_line(turn, now, lang) for turn in roster.at(now)]
    holes = roster.holes(now, now + SOON, calendar)
    today = now.astimezone(CITY_TZ).date()
    return UnitLine(
        code=code,
        name=name,
        desk=tuple(turn for turn in turns if not turn.leader),
        leaders=tuple(turn for turn in turns if turn.leader),
        holes=len(holes),
        first_hole=hole_words(holes[0], today, lang) if holes else "",
    )


def roster_page(
    roster: Roster, addresses: Iterable[Address], *, calendar: Calendar, now: datetime, lang: str
) -> RosterPage:
    """A unit's page: the coming two weeks."""
    today = now.astimezone(CITY_TZ).date()
    turns = [turn_line(turn, now, lang) for turn in roster.turns(now, now + AHEAD)]
    by_day: dict[str, list[TurnLine]] = {}
    for turn, line in zip(roster.turns(now, now + AHEAD), turns, strict=True):
        by_day.setdefault(day_words(max(turn.begins, now).astimezone(CITY_TZ).date(), today), []).append(line)
    channels = {"email": _("电子邮件"), "sms": _("短信")}
    return RosterPage(
        now=tuple(turn_line(turn, now, lang) for turn in roster.at(now)),
        turns=tuple((day, tuple(lines)) for day, lines in by_day.items()),
        weekly=tuple(weekly_line(one, today, lang) for one in roster.weekly),
        holes=() if roster.empty else tuple(holes_of(roster, calendar, now, lang)),
        addresses=tuple((one.id, channels[one.channel], one.to) for one in addresses),
        empty=roster.empty,
    )


def holes_of(roster: Roster, calendar: Calendar, now: datetime, lang: str) -> list[str]:
    """The holes of the coming two weeks."""
    today = now.astimezone(CITY_TZ).date()
    return [hole_words(hole, today, lang) for hole in roster.holes(now, now + AHEAD, calendar)]


def weekday_names() -> Mapping[int, str]:
    """What the days of the week are called."""
    named = (_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日"))
    return dict(enumerate(named))


def _runs(days: Sequence[int], named: Mapping[int, str]) -> Iterator[str]:
    """星期一至星期四, 星期六: three days or more in a row are said as a span."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    for run in runs:
        if len(run) > 2:
            yield _("%(first)s至%(last)s") % {"first": named[run[0]], "last": named[run[-1]]}
        else:
            yield from (named[day] for day in run)


def weekly_line(weekly: Weekly, today: date, lang: str) -> WeeklyLine:
    """One line of the pattern in words."""
    named = weekday_names()
    days = _("每天") if len(weekly.weekdays) == len(named) else "、".join(_runs(sorted(weekly.weekdays), named))
    last = weekly.until - timedelta(days=1) if weekly.until else None
    said = day_en if lang == "en" else day_zh
    return WeeklyLine(
        row=weekly.row,
        kind=word(f"duty.{weekly.kind.value}", lang),
        days=days,
        hours=f"{weekly.begins:%H:%M}–{weekly.ends:%H:%M}",
        name=weekly.name,
        phone=weekly.phone,
        until=said(last, today.year) if last else "",
    )
