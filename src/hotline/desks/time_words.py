"""Moments as people at a desk say them: 今天 14:20 到期（剩 2 小时 10 分）, with the full date for the pointer.

Everyone who reads a list or a ticket relies on it. City time throughout; the present moment is always given.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hotline.rules.dates_in_words import day_en, day_zh
from hotline.rules.vocabulary import CITY_TZ

MINUTE = timedelta(minutes=1)
DAYS_ONLY_FROM = 3
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Moment:
    """One moment: short as it stands in a list, full for the pointer, machine-readable for the browser."""

    short: str
    full: str
    iso: str


@dataclass(frozen=True)
class DueWords:
    """A due time: the moment, how much is left or over, and both as one sentence."""

    at: Moment
    left: str
    sentence: str
    late: bool


def moment_words(at: datetime, now: datetime) -> Moment:
    """今天 14:20, 昨天 17:30, 5月8日 09:00; the year only where it differs."""
    local, present = at.astimezone(CITY_TZ), now.astimezone(CITY_TZ)
    return Moment(
        short=f"{day_words(local.date(), present.date())} {local:%H:%M}",
        full=full_words(local),
        iso=local.isoformat(timespec="seconds"),
    )


def day_words(on: date, today: date) -> str:
    """昨天, 今天, 明天, 后天, or the date."""
    near = {-1: _("昨天"), 0: _("今天"), 1: _("明天"), 2: _("后天")}
    named = near.get((on - today).days)
    if named is not None:
        return named
    return day_en(on, today.year) if _english() else day_zh(on, today.year)


def whole_day(on: date, lang: str) -> str:
    """A day with its year."""
    return day_en(on, 0) if lang == "en" else day_zh(on, 0)


def full_words(local: datetime) -> str:
    """2026年5月8日 星期五 17:30."""
    if _english():
        return f"{WEEKDAYS_EN[local.weekday()]} {day_en(local.date(), 0)} {local:%H:%M}"
    return f"{day_zh(local.date(), 0)} {WEEKDAYS[local.weekday()]} {local:%H:%M}"


def due_words(due_at: datetime, now: datetime) -> DueWords:
    """今天 14:20 到期（剩 2 小时 10 分）; 昨天 17:30 到期（已超 1 天 3 小时）."""
    at = moment_words(due_at, now)
    late = now >= due_at
    left = _late(now - due_at) if late else _left(due_at - now)
    sentence = _("%(moment)s 到期（%(left)s）") % {"moment": at.short, "left": left}
    return DueWords(at=at, left=left, sentence=sentence, late=late)


def _left(length: timedelta) -> str:
    return _("剩 %(span)s") % {"span": span_words(length)} if length >= MINUTE else _("剩不到 1 分")


def _late(length: timedelta) -> str:
    return _("已超 %(span)s") % {"span": span_words(length)} if length >= MINUTE else _("刚刚到期")


def span_words(length: timedelta) -> str:
    """2 小时 10 分; 1 天 3 小时; 12 天. From three days on nobody counts hours."""
    minutes = length // MINUTE
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days >= DAYS_ONLY_FROM:
        return _("%(days)s 天") % {"days": days}
    if days:
        both = _("%(days)s 天 %(hours)s 小时") % {"days": days, "hours": hours}
        return both if hours else _("%(days)s 天") % {"days": days}
    if hours:
        both = _("%(hours)s 小时 %(minutes)s 分") % {"hours": hours, "minutes": minutes}
        return both if minutes else _("%(hours)s 小时") % {"hours": hours}
    return _("%(minutes)s 分") % {"minutes": minutes}


def age_words(since: datetime, now: datetime) -> str:
    """How old something is, in one part: 3 天, 5 小时, 12 分."""
    minutes = max(now - since, timedelta()) // MINUTE
    if minutes < 60:
        return _("%(minutes)s 分") % {"minutes": minutes}
    if minutes < 24 * 60:
        return _("%(hours)s 小时") % {"hours": minutes // 60}
    return _("%(days)s 天") % {"days": minutes // (24 * 60)}


def _english() -> bool:
    return (get_language() or "").startswith("en")
