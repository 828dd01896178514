"""Days and moments as an official says them: 2月10日（周一）17:30 in Chinese, Mon 10 Feb 17:30 in English.

The explanation under every deadline is made of these; the year is said only where it differs from the year in hand.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from hotline.rules.limits import Limit
from hotline.rules.vocabulary import CITY_TZ

Words = Mapping[str, str]
"""One phrase in each language, so that a message's parameter fits both sentences: {"zh": …, "en": …}."""

_WEEKDAYS: Final = "一二三四五六日"
_WEEKDAYS_EN: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FESTIVALS_EN: Final = {
    "元旦": "New Year",
    "春节": "Spring Festival",
    "清明节": "Tomb-Sweeping Day",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
}


def day_zh(on: date, year: int) -> str:
    """1月22日, with the year in front when it is not `year`."""
    return f"{'' if on.year == year else f'{on.year}年'}{on.month}月{on.day}日"


def day_en(on: date, year: int) -> str:
    """22 Jan, with the year behind when it is not `year`."""
    return f"{on.day} {_MONTHS_EN[on.month - 1]}{'' if on.year == year else f' {on.year}'}"


def named_day(on: date, year: int) -> Words:
    """The day with its weekday."""
    return {
        "zh": f"{day_zh(on, year)}（周{_WEEKDAYS[on.weekday()]}）",
        "en": f"{_WEEKDAYS_EN[on.weekday()]} {day_en(on, year)}",
    }


def moment(at: datetime, year: int) -> Words:
    """The day, its weekday and the minute, in city time."""
    local = at.astimezone(CITY_TZ)
    day = named_day(local.date(), year)
    return {"zh": f"{day['zh']}{local:%H:%M}", "en": f"{day['en']} {local:%H:%M}"}


def days(dates: Sequence[date], year: int) -> Words:
    """A run of days: one day, two days, or the first and the last."""
    first, last = dates[0], dates[-1]
    if first == last:
        return {"zh": day_zh(first, year), "en": day_en(first, year)}
    joint_zh, joint_en = ("、", " and ") if last - first == timedelta(days=1) else ("至", " to ")
    same_month = (first.year, first.month) == (last.year, last.month)
    last_zh = f"{last.day}日" if same_month else day_zh(last, first.year if first.year != year else year)
    first_en = str(first.day) if same_month else day_en(first, last.year if last.year != year else year)
    return {"zh": f"{day_zh(first, year)}{joint_zh}{last_zh}", "en": f"{first_en}{joint_en}{day_en(last, year)}"}


def named_days(dates: Sequence[date], year: int) -> Words:
    """Each day with its weekday, for the few days that are worked against the habit."""
    each = [named_day(on, year) for on in dates]
    return {"zh": "、".join(day["zh"] for day in each), "en": ", ".join(day["en"] for day in each)}


def festivals(names: Sequence[str]) -> Words:
    """The names of festivals, each once; a name nobody translated stays Chinese."""
    once = tuple(dict.fromkeys(name for name in names if name))
    return {"zh": "、".join(once), "en": " and ".join(_FESTIVALS_EN.get(name, name) for name in once)}


def limit_words(limit: Limit) -> Words:
    """A limit in both languages."""
    return {"zh": limit.zh, "en": limit.en}


def span_words(length: timedelta) -> Words:
    """A stretch of time in hours and minutes."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    zh = f"{f'{hours}小时' if hours else ''}{f'{minutes}分钟' if minutes or not hours else ''}"
    en = " ".join(
        part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes or not hours else "") if part
    )
    return {"zh": zh, "en": en}
