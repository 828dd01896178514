"""The State Council's holiday notice (放假通知) as somebody pastes it: a table, or the notice's own sentences.

The supervisor who loads a year reads what was understood and, for every line that was not, why. Nothing is guessed:
a weekday or a number of days in the text that does not fit the calendar stops the line.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from hotline.rules.messages import Refusal
from hotline.rules.workdays import ONE_DAY, SATURDAY, DayKind, Row

FESTIVALS: Final = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
"""What every year has; a notice without one of them is incomplete (中秋节 may lie within 国庆节)."""

KINDS: Final = {
    "holiday": DayKind.HOLIDAY, "放假": DayKind.HOLIDAY, "休": DayKind.HOLIDAY, "节假日": DayKind.HOLIDAY,
    "makeup": DayKind.MAKEUP, "上班": DayKind.MAKEUP, "班": DayKind.MAKEUP, "调休上班": DayKind.MAKEUP,
    "closure": DayKind.CLOSURE, "停办": DayKind.CLOSURE, "停止办公": DayKind.CLOSURE,
}  # fmt: skip
"""How the kind of a day is written in a table."""

RESTORED: Final = frozenset({"恢复", "restore"})
"""In the city's own days: the day is again what the notice says. Such a row bears DayKind.WORKDAY."""

MOST_DAYS: Final = 60
"""A notice of one year never names more; a longer run is a slip."""

_TABLE: Final = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\s*[,，\t;；]\s*([^,，\t;；]+?)\s*(?:[,，\t;；]\s*(.*))?"
)
_HEADING: Final = re.compile(r"(date|日期)\s*[,，\t;；].*", re.IGNORECASE)
_NAME: Final = re.compile(r"^[一二三四五六七八九十\d]*[、.．)）]?\s*([^：:，。\d（(]{1,14}?)\s*[：:]")
_DAY: Final = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[（(](?:星期|周)([一二三四五六日天])[）)])?"
_TOKEN: Final = re.compile(
    rf"{_DAY}|(至|到|—+|－|~|～|-)|(放假|补休|上班|与周末连休|共(\d{{1,2}})天|放假(\d{{1,2}})天)"
)
_WEEKDAYS: Final = "一二三四五六日"


@dataclass(frozen=True)
class Reading:
    """What a pasted text says: the exceptional days in order, and what could not be understood."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Refusal, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Festivals no row belongs to."""
        named = "、".join({name for _, kind, name in self.rows if kind is DayKind.HOLIDAY})
        return tuple(festival for festival in FESTIVALS if festival not in named and festival[:2] not in named)


class _Unread(Exception):
    """A line that is not understood; `code` names the sentence that says why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def read_notice(text: str, year: int) -> Reading:
    """The days a year's notice names. A line without days (the notice's heading and closing words) says nothing."""
    rows: list[Row] = []
    problems: list[Refusal] = []
    name = ""
    for number, line in enumerate(text.replace("\ufeff", "").splitlines(), 1):
        try:
            found, name = _line(line.strip(), year, name)
        except _Unread as wrong:
            problems.append(_problem(wrong, number))
            continue
        rows += found
    problems += _check(rows, year)
    if not rows and not problems:
        problems.append(Refusal("holiday.empty", field="text"))
    return Reading(tuple(sorted(rows)), tuple(problems))


def read_city_days(text: str) -> Reading:
    """Days the city itself decides on: `日期,停办/上班,事由`, one a line."""
    rows: list[Row] = []
    problems: list[Refusal] = []
    for number, line in enumerate(text.replace("\ufeff", "").splitlines(), 1):
        if not line.strip() or _HEADING.fullmatch(line.strip()):
            continue
        try:
            rows.append(_city_row(line.strip()))
        except _Unread as wrong:
            problems.append(_problem(wrong, number))
    problems += [Refusal("holiday.twice", {"day": day.isoformat()}, field="text") for day in _repeated(rows)]
    if not rows and not problems:
        problems.append(Refusal("holiday.empty", field="text"))
    return Reading(tuple(sorted(rows)), tuple(problems))


def _problem(wrong: _Unread, line: int) -> Refusal:
    return Refusal(wrong.code, {"line": line, **wrong.params}, field="text")


def _line(line: str, year: int, name: str) -> tuple[list[Row], str]:
    if not line or _HEADING.fullmatch(line):
        return [], name
    if line[:4].isdigit() and line[4:5] in "-/.":
        row = _table_row(line)
        if row[1] is DayKind.CLOSURE:
            raise _Unread("holiday.closure", day=row[0].isoformat())
        return [row], row[2] or name
    named = _NAME.match(line)
    name = named[1].strip() if named else name
    return list(_sentence(line, _Pending(year, name), must_say=named is not None)), name


def _table_row(line: str, *, of_city: bool = False) -> Row:
    found = _TABLE.fullmatch(line)
    if found is None:
        raise _Unread("holiday.not_a_row")
    written = found[4].strip().lower()
    kind = DayKind.WORKDAY if of_city and written in RESTORED else KINDS.get(written)
    if kind is None:
        raise _Unread("holiday.kind", value=found[4].strip()[:20])
    return _date(*map(int, found.group(1, 2, 3))), kind, (found[5] or "").strip()[:40]


def _city_row(line: str) -> Row:
    day, kind, why = _table_row(line, of_city=True)
    if kind is DayKind.HOLIDAY:
        raise _Unread("holiday.city_holiday", day=day.isoformat())
    if not why:
        raise _Unread("holiday.no_reason", day=day.isoformat())
    return day, kind, why


@dataclass
class _Pending:
    """The days of a sentence for which no verb has come yet, and the holidays it has named so far."""

    year: int
    name: str
    month: int = 0
    spans: list[tuple[date, date]] = field(default_factory=list)
    open_range: bool = False
    off: list[date] = field(default_factory=list)

    def day(self, found: re.Match[str]) -> date:
        """The day of a token; a year or month left out is that of the day before it."""
        self.year = int(found[1]) if found[1] else self.year
        month = int(found[2]) if found[2] else self.month
        if not month:
            raise _Unread("holiday.no_month", text=found[0])
        early = month == 12 and not found[1] and self.name.startswith("元旦") and self.month in {0, 12}
        year = self.year - 1 if early else self.year
        self.month = month
        day = _date(year, month, int(found[3]))
        if found[4] and _WEEKDAYS.index(found[4].replace("天", "日")) != day.weekday():
            raise _Unread("holiday.weekday", day=day.isoformat(), said=found[4], right=_WEEKDAYS[day.weekday()])
        return day

    def add(self, day: date) -> None:
        """One more day, or the end of a run of days."""
        if not self.open_range:
            self.spans.append((day, day))
            return
        self.open_range = False
        first = self.spans[-1][0]
        if not first < day <= first + timedelta(days=MOST_DAYS):
            raise _Unread("holiday.range", first=first.isoformat(), last=day.isoformat())
        self.spans[-1] = (first, day)

    def taken(self) -> list[date]:
        """The days named since the last verb."""
        spans, self.spans = self.spans, []
        return [first + timedelta(days=step) for first, last in spans for step in range((last - first).days + 1)]


def _sentence(line: str, pending: _Pending, *, must_say: bool) -> Iterator[Row]:
    """A line that names a festival has to say what its days are; a date alone, as under the notice, says nothing."""
    for clause in re.split("[。；;]", line):
        yield from _clause(clause, pending)
    if pending.spans and (pending.off or must_say):
        raise _Unread("holiday.no_verb", text=pending.spans[0][0].isoformat())


def _clause(clause: str, pending: _Pending) -> Iterator[Row]:
    for found in _TOKEN.finditer(clause):
        if found[3]:
            pending.add(pending.day(found))
        elif found[5]:
            pending.open_range = bool(pending.spans)
        else:
            yield from _verb(found, pending)


def _verb(found: re.Match[str], pending: _Pending) -> Iterator[Row]:
    word = found[6]
    stated = found[7] or found[8]
    if word == "与周末连休":
        yield from _with_weekend(pending)
    elif word.startswith("共"):
        if int(stated) != len(pending.off):
            raise _Unread("holiday.count", said=int(stated), right=len(pending.off))
    else:
        days = pending.taken()
        if days and not pending.name:
            raise _Unread("holiday.no_name", text=days[0].isoformat())
        kind = DayKind.MAKEUP if word == "上班" else DayKind.HOLIDAY
        if kind is DayKind.HOLIDAY:
            pending.off += days
        yield from ((day, kind, pending.name) for day in days)


def _with_weekend(pending: _Pending) -> Iterator[Row]:
    """The weekend right before or after the days off belongs to the festival."""
    if not pending.off:
        raise _Unread("holiday.no_verb", text="与周末连休")
    known = set(pending.off)
    for step, edge in ((-ONE_DAY, min(known)), (ONE_DAY, max(known))):
        day = edge + step
        while day.weekday() >= SATURDAY:
            pending.off.append(day)
            yield day, DayKind.HOLIDAY, pending.name
            day += step


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _Unread("holiday.no_such_day", year=year, month=month, day=day) from None


def _check(rows: list[Row], year: int) -> Iterator[Refusal]:
    for day in _repeated(rows):
        yield Refusal("holiday.twice", {"day": day.isoformat()}, field="text")
    for day, kind, _ in rows:
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            yield Refusal("holiday.other_year", {"day": day.isoformat(), "year": year}, field="text")
        elif kind is DayKind.MAKEUP and day.weekday() < SATURDAY:
            yield Refusal("holiday.makeup_on_workday", {"day": day.isoformat()}, field="text")


def _repeated(rows: Iterable[Row]) -> list[date]:
    days = sorted(day for day, _, _ in rows)
    return sorted({a for a, b in pairwise(days) if a == b})
