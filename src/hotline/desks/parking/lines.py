"""The parked list in words: one line of it, the plans of one matter in their order, and its sheet for a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotline.desks.clock_lines import lamp
from hotline.desks.time_words import DueWords, Moment, due_words, moment_words, whole_day
from hotline.rules.lifecycle import Rulebook
from hotline.rules.parking import Standing
from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.words import word
from hotline.tickets.acting.names import Names
from hotline.tickets.parked import ParkedRow
from hotline.tickets.queries import TimelineEntry

STANDINGS: Final = {
    Standing.PARKED: gettext_lazy("挂账中"),
    Standing.DUE: gettext_lazy("到期待复核"),
    Standing.ASKED: gettext_lazy("等热线办决定"),
    Standing.SIGNING: gettext_lazy("等主要领导签字"),
    Standing.ENDED: gettext_lazy("已离开清单"),
}
TABS: Final = {
    Standing.PARKED: gettext_lazy("在账"),
    Standing.DUE: gettext_lazy("到期待复核"),
    Standing.ASKED: gettext_lazy("等热线办决定"),
    Standing.SIGNING: gettext_lazy("等主要领导签字"),
    Standing.ENDED: gettext_lazy("已销号"),
}


@dataclass(frozen=True)
class Card:
    """One parked matter as lists, its page and paper say it."""

    number: str
    title: str
    unit: str
    stage: str
    standing: str
    due_now: bool
    cause: str
    words: str
    responsible: str
    finish: str
    behind: bool
    review: str
    due: DueWords | None
    light: str
    since: str
    reviews: int
    anew: bool
    ended: Moment | None


def card(row: ParkedRow, known: Names, book: Rulebook, lang: str, now: datetime) -> Card:
    """One line in words."""
    plan, today = row.plan, now.astimezone(CITY_TZ).date()
    review = row.due_at.astimezone(CITY_TZ).date() if row.due_at else plan.review_on if plan else None
    return Card(
        number=row.number,
        title=row.title,
        unit=known.unit(row.lead_unit, lang),
        stage=word(f"stage.{row.stage}", lang),
        standing=str(STANDINGS[row.standing]),
        due_now=row.standing is Standing.DUE,
        cause=known.reason("park", plan.cause, lang) if plan else "—",
        words=row.words,
        responsible=row.responsible or "—",
        finish=whole_day(plan.finish_on, lang) if plan and plan.finish_on else "—",
        behind=bool(plan and plan.finish_on and plan.finish_on < today and row.ended_at is None),
        review=whole_day(review, lang) if review else "—",
        due=due_words(row.due_at, now) if row.due_at else None,
        light=lamp(row.began, row.due_at, now, book) if row.began else "",
        since=whole_day(row.since.astimezone(CITY_TZ).date(), lang) if row.since else "—",
        reviews=row.reviews,
        anew=row.anew,
        ended=moment_words(row.ended_at, now) if row.ended_at else None,
    )


REFUSED: Final = "handling.request_refused"


def of_parking(timeline: Sequence[TimelineEntry]) -> Iterator[TimelineEntry]:
    """What a ticket's history says of its parking; a refusal in the unit belongs to the paper written before it."""
    drafted = False
    for entry in timeline:
        if entry.name.startswith("parking."):
            drafted = entry.name == "parking.drafted"
            yield entry
        elif entry.name == REFUSED and drafted:
            drafted = False
            yield entry
        elif entry.name.endswith("_drafted") or entry.name.endswith(".drafted"):
            drafted = False


HEADING: Final = (
    gettext_lazy("工单编号"),
    gettext_lazy("标题"),
    gettext_lazy("主办单位"),
    gettext_lazy("进度"),
    gettext_lazy("挂账原因"),
    gettext_lazy("解决计划"),
    gettext_lazy("责任人及职务"),
    gettext_lazy("挂账日期"),
    gettext_lazy("计划解决日期"),
    gettext_lazy("下次复核日期"),
    gettext_lazy("已复核次数"),
    gettext_lazy("销号时间"),
)


def sheet_rows(cards: Iterable[Card]) -> list[tuple[str, ...]]:
    """The list as a spreadsheet shows it."""
    return [
        (
            one.number, one.title, one.unit, one.standing, one.cause, one.words, one.responsible, one.since,
            one.finish, one.review if one.ended is None else "", str(one.reviews), one.ended.full if one.ended else "",
        )
        for one in cards
    ]  # fmt: skip


def reviewed(times: int) -> str:
    """How often the matter has been looked at and stayed."""
    return _("复核 %(times)s 次") % {"times": times} if times else _("尚未复核")
