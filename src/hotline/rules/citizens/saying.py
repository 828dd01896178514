"""What stands in the blanks of a message: days as people say them, and never the internal name of anything."""

from datetime import date, datetime
from typing import Final

from hotline.rules.citizens.kinds import reply_clock
from hotline.rules.dates_in_words import day_en, day_zh
from hotline.rules.state import TicketState
from hotline.rules.vocabulary import CITY_TZ

IN_DAYS: Final = ("wd", "d")
"""Limits in days are told as a day, all others with the hour."""


def due_words(state: TicketState, now: datetime, lang: str) -> str:
    """最迟5月8日答复, or that the answer comes soon where no day is promised."""
    clock = reply_clock(state)
    if clock is None:
        return "we will answer as soon as we can" if lang == "en" else "我们会尽快答复您"
    local, year = clock.due_at.astimezone(CITY_TZ), now.astimezone(CITY_TZ).year
    if clock.limit.endswith(IN_DAYS):
        day = day_words(local.date(), year, lang)
        return f"you will be answered by {day}" if lang == "en" else f"最迟{day}答复"
    day = day_words(local.date(), year, lang)
    return f"you will be answered by {local:%H:%M} on {day}" if lang == "en" else f"{day}{local:%H:%M}前答复"


def day_words(day: date, year: int, lang: str) -> str:
    """5月8日, with the year where it is another one."""
    return day_en(day, year) if lang == "en" else day_zh(day, year)
