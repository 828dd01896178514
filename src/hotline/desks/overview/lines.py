"""The overview's figures in words and as addresses: every number leads to the list of the tickets it counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import CITY_TZ, Rating, Stage
from hotline.rules.words import word
from hotline.tickets.acting.names import Names
from hotline.tickets.figures import (
    AGES,
    SLOT,
    Share,
    Slot,
    Standing,
    backlog,
    intake_by_half_hour,
    midnight,
    on_time,
    overdue_by_unit,
    ratings,
)

MONTH: Final = timedelta(days=30)
WEEK: Final = timedelta(days=7)
CONTENT_FROM: Final = Rating.BASICALLY_SATISFIED
DISPUTES: Final = (Stage.JURISDICTION_DISPUTE, Stage.JOINT_HANDLING)
WRITTEN: Final = "%Y-%m-%dT%H:%M:%S"
"""How a moment stands in an address: city time."""
HEIGHT: Final = 96
BAR: Final = 26
LEAST_HEIGHT: Final = 2


@dataclass(frozen=True)
class Figure:
    """One large number: what it is, how it reads, where its list is, and what to compare it with."""

    key: str
    title: str
    value: str
    address: str
    beside: str = ""
    alarm: bool = False


@dataclass(frozen=True)
class Bar:
    """Half an hour of the day in the chart: hours in words, both numbers, and the drawing's measures."""

    hours: str
    today: int
    usual: str
    address: str
    x: int
    y: int
    height: int
    usual_y: int
    usual_height: int
    ahead: bool


@dataclass(frozen=True)
class Cell:
    """A number of a table with its list; a blank where it is nothing."""

    count: int
    address: str


@dataclass(frozen=True)
class StageLine:
    """A stage's backlog by age."""

    stage: str
    ages: tuple[Cell, ...]
    total: Cell
    overdue: Cell


@dataclass(frozen=True)
class UnitLine:
    """A unit with tickets past due; `share` is the length of its bar in per cent of the longest."""

    name: str
    count: int
    address: str
    share: int


@dataclass(frozen=True)
class RatingLine:
    """How many citizens gave a rating."""

    name: str
    count: int
    percent: str
    address: str
    share: int


@dataclass(frozen=True)
class Overview:
    """The whole page."""

    at: datetime
    figures: tuple[Figure, ...]
    bars: tuple[Bar, ...]
    peak: int
    ages: tuple[str, ...]
    stages: tuple[StageLine, ...]
    units: tuple[UnitLine, ...]
    ratings: tuple[RatingLine, ...]

    @property
    def width(self) -> int:
        """Of the chart."""
        return BAR * len(self.bars)


def overview(*, actor: Actor, known: Names, lang: str, now: datetime) -> Overview:
    """All figures of the page, in six statements."""
    slots = intake_by_half_hour(actor=actor, now=now)
    standing = backlog(actor=actor, now=now)
    said = ratings(actor=actor, since=now - MONTH, now=now)
    kept, lately = (on_time(actor=actor, since=now - span, now=now) for span in (MONTH, WEEK))
    figures = (
        *_intake_figures(slots, now),
        *_backlog_figures(standing),
        _on_time_figure(kept, lately),
        _content_figure(said),
    )
    return Overview(
        at=now,
        figures=figures,
        bars=tuple(_bars(slots, now)),
        peak=max((max(slot.today, round(slot.usual)) for slot in slots), default=0),
        ages=tuple(_age_words()),
        stages=tuple(_stages(standing, lang, now)),
        units=tuple(_units(overdue_by_unit(actor=actor, now=now), known, lang)),
        ratings=tuple(_ratings(said, lang)),
    )


def listed(**asked: object) -> str:
    """The address of the list that shows what a number counts."""
    pairs = [(name, str(v)) for name, value in asked.items() for v in (value if isinstance(value, tuple) else (value,))]
    return f"{reverse('overview-tickets')}?{urlencode([(name.rstrip('_'), value) for name, value in pairs])}"


def _moment(at: datetime) -> str:
    return at.astimezone(CITY_TZ).strftime(WRITTEN)


def _opened(begins: datetime, ends: datetime) -> dict[str, object]:
    return {"from_": _moment(begins), "until": _moment(ends)}


def _intake_figures(slots: Sequence[Slot], now: datetime) -> Iterable[Figure]:
    gone = [slot for slot in slots if slot.begins + SLOT <= now]
    today = sum(slot.today for slot in slots)
    usual = round(sum(slot.usual for slot in gone))
    day = midnight(now)
    yield Figure(
        "today",
        _("今日受理"),
        str(today),
        listed(**_opened(day, day + timedelta(days=1))),
        _("同星期几到这时平均 %(usual)s") % {"usual": usual},
    )


def _backlog_figures(standing: Sequence[Standing]) -> Iterable[Figure]:
    total, late = sum(s.count for s in standing), sum(s.overdue for s in standing)
    returns = sum(s.count for s in standing if s.stage == Stage.RETURN_REQUESTED)
    disputes = sum(s.count for s in standing if s.stage in DISPUTES)
    yield Figure("open", _("在办"), str(total), listed(open=1))
    yield Figure("overdue", _("已超时"), str(late), listed(open=1, overdue=1), alarm=late > 0)
    yield Figure("returns", _("退单待审"), str(returns), listed(stage=Stage.RETURN_REQUESTED.value))
    yield Figure("disputes", _("权属争议"), str(disputes), listed(stage=tuple(stage.value for stage in DISPUTES)))


def _percent(share: Share) -> str:
    return "—" if share.percent is None else f"{share.percent}%"


def _on_time_figure(kept: Share, lately: Share) -> Figure:
    beside = _("近 7 天 %(share)s；30 天共 %(whole)s 件") % {"share": _percent(lately), "whole": kept.whole}
    return Figure("on-time", _("按时答复率"), _percent(kept), reverse("overview-late"), beside)


def _content_figure(said: dict[int, int]) -> Figure:
    content = Share(sum(n for rating, n in said.items() if rating >= CONTENT_FROM), sum(said.values()))
    beside = _("基本满意及以上；30 天评价 %(whole)s 件") % {"whole": content.whole}
    return Figure("content", _("满意率"), _percent(content), reverse("overview-rated", args=[1]), beside)


def _bars(slots: Sequence[Slot], now: datetime) -> Iterable[Bar]:
    most = max((max(slot.today, slot.usual) for slot in slots), default=0) or 1
    for place, slot in enumerate(slots):
        ends = slot.begins + SLOT
        height = max(round(HEIGHT * slot.today / most), LEAST_HEIGHT if slot.today else 0)
        usual = max(round(HEIGHT * slot.usual / most), LEAST_HEIGHT if slot.usual else 0)
        yield Bar(
            hours=f"{slot.begins:%H:%M}–{ends:%H:%M}",
            today=slot.today,
            usual=f"{slot.usual:.1f}",
            address=listed(**_opened(slot.begins, ends)),
            x=place * BAR,
            y=HEIGHT - height,
            height=height,
            usual_y=HEIGHT - usual,
            usual_height=usual,
            ahead=slot.begins > now,
        )


def _age_words() -> Iterable[str]:
    """1 天内，1 至 3 天 … 15 天以上."""
    yield _("%(days)s 天内") % {"days": AGES[0]}
    for low, high in pairwise(AGES):
        yield _("%(low)s 至 %(high)s 天") % {"low": low, "high": high}
    yield _("%(days)s 天以上") % {"days": AGES[-1]}


def _stages(standing: Sequence[Standing], lang: str, now: datetime) -> Iterable[StageLine]:
    present = {s.stage for s in standing}
    for stage in (stage for stage in Stage if stage.value in present):
        mine = [s for s in standing if s.stage == stage]
        by_age = {s.age: s.count for s in mine}
        yield StageLine(
            stage=word(stage, lang),
            ages=tuple(
                Cell(by_age.get(age, 0), listed(stage=stage.value, **_of_age(age, now))) for age in range(len(AGES) + 1)
            ),
            total=Cell(sum(by_age.values()), listed(stage=stage.value)),
            overdue=Cell(sum(s.overdue for s in mine), listed(stage=stage.value, overdue=1)),
        )


def _of_age(age: int, now: datetime) -> dict[str, object]:
    """The window in which tickets of an age were opened."""
    window: dict[str, object] = {}
    if age < len(AGES):
        window["from_"] = _moment(now - timedelta(days=AGES[age]))
    if age:
        window["until"] = _moment(now - timedelta(days=AGES[age - 1]))
    return window


def _units(late: Sequence[tuple[str, int]], known: Names, lang: str) -> Iterable[UnitLine]:
    most = max((count for _, count in late), default=1)
    for code, count in late:
        address = listed(unit=code, open=1, overdue=1)
        yield UnitLine(known.unit(code, lang), count, address, max(round(100 * count / most), 1))


def _ratings(said: dict[int, int], lang: str) -> Iterable[RatingLine]:
    whole = sum(said.values())
    most = max(said.values(), default=1)
    for rating in sorted(Rating, reverse=True):
        count = said.get(rating.value, 0)
        percent = _percent(Share(count, whole)) if whole else ""
        address = reverse("overview-rated", args=[rating.value])
        yield RatingLine(word(rating, lang), count, percent, address, round(100 * count / most))
