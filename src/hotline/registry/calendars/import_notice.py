"""The State Council's yearly holiday notices as rows, taken from the `chinese-calendar` package.

Whoever looks after the calendar runs this when a new notice is packaged; data/holidays holds what came out.
"""

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from chinese_calendar import constants

from hotline.rules.workdays import SATURDAY, DayKind, Row

NAMES: Final = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}
"""The festivals as the notices call them; a new one in the package stops the import until it has its name here."""


def packaged_years() -> range:
    """The years the installed package knows."""
    years = {on.year for on in constants.holidays}
    return range(min(years), max(years) + 1)


def rows_from_chinese_calendar(years: Iterable[int]) -> tuple[Row, ...]:
    """The days of these years that are not what their weekday says, in order.

    A weekend day inside a festival is a row too, so that the festival is named as one run of days.
    """
    wanted = set(years)
    missing = wanted - set(packaged_years())
    if missing:
        raise LookupError(f"the installed chinese-calendar has no notice for {sorted(missing)}")
    off = [(on, DayKind.HOLIDAY, NAMES[name]) for on, name in constants.holidays.items() if on.year in wanted]
    made_up = [(on, DayKind.MAKEUP, NAMES[name]) for on, name in constants.workdays.items() if on.year in wanted]
    return tuple(sorted((*_bridged(off), *made_up), key=lambda row: row[0]))


def _bridged(rows: list[Row]) -> list[Row]:
    """Fills a weekend day the package leaves out between two days of one festival (2011-06-05, 2012-06-23)."""
    names = {on: name for on, _, name in rows}
    gaps = []
    for on, _, name in rows:
        between = on + timedelta(days=1)
        if between not in names and names.get(between + timedelta(days=1)) == name and between.weekday() >= SATURDAY:
            gaps.append((between, DayKind.HOLIDAY, name))
    return [*rows, *gaps]


def as_table(rows: Iterable[tuple[date, DayKind, str]]) -> str:
    """The rows as the table kept under data/holidays."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("date", "kind", "name"))
    table.writerows((on.isoformat(), kind.value, name) for on, kind, name in rows)
    return text.getvalue()
