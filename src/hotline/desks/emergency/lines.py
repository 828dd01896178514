"""Emergencies in words: the banner on every desk, the list, one emergency with its record, a preview."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from hotline.desks.time_words import Moment, moment_words
from hotline.oversight.recomputing.models import Recomputation
from hotline.oversight.recomputing.queries import MovedTicket, Preview
from hotline.registry.emergencies.models import EmergencyEntry, EmergencyPeriod
from hotline.registry.emergencies.queries import period_of
from hotline.rules.emergency_mode import Standing
from hotline.rules.profiles import Profile
from hotline.rules.recompute_causes import cause_words
from hotline.rules.vocabulary import ClockKind, RequestType
from hotline.rules.words import word
from hotline.tickets.acting.names import Names


@dataclass(frozen=True)
class Banner:
    """One line under the top bar."""

    id: int
    name: str
    since: Moment
    until: Moment
    scope: str
    warning: str
    reason: str


@dataclass(frozen=True)
class PeriodLine:
    """One emergency as lists and its page show it."""

    id: int
    name: str
    reason: str
    public: bool
    standing: str
    state: str
    start: Moment
    planned_end: Moment
    ended: Moment | None
    scope: tuple[tuple[str, str], ...]
    by: str
    at: Moment
    confirmed: str
    warning: str


@dataclass(frozen=True)
class EntryLine:
    """One act of its record."""

    what: str
    who: str
    at: Moment
    details: str


@dataclass(frozen=True)
class RoundLine:
    """One recount of the open tickets."""

    why: str
    at: Moment
    said: str
    faults: int


@dataclass(frozen=True)
class MoveLine:
    """One ticket of a preview: old and new due time of the promise."""

    number: str
    title: str
    unit: str
    clock: str
    old: Moment
    new: Moment


@dataclass(frozen=True)
class PreviewLines:
    """What would happen, in words."""

    checked: int
    moved: int
    late_now: int
    units: tuple[tuple[str, int, int], ...]
    more_units: int
    rows: tuple[MoveLine, ...]
    cut: bool


MOST_UNITS = 10


def banners(periods: Iterable[EmergencyPeriod], known: Names, lang: str, now: datetime) -> tuple[Banner, ...]:
    """Those in force, the newest first; none makes no bar."""
    return tuple(_banner(p, known, lang, now) for p in periods if period_of(p).standing(now) is Standing.ON)


def _banner(period: EmergencyPeriod, known: Names, lang: str, now: datetime) -> Banner:
    return Banner(
        id=period.pk,
        name=period.name,
        since=moment_words(period.start, now),
        until=moment_words(period.planned_end, now),
        scope="" if not (period.categories or period.regions or period.tags) else _short_scope(period, known, lang),
        warning=_warning(period, now),
        reason=period.reason,
    )


def _short_scope(period: EmergencyPeriod, known: Names, lang: str) -> str:
    named = [
        *(known.category(code, lang) for code in period.categories),
        *(known.region(r, lang) for r in period.regions),
        *(known.tag(tag, lang) for tag in period.tags),
    ]
    mark = "、" if lang == "zh" else ", "
    shown = mark.join(named[:3])
    return _("%(names)s 等 %(number)s 项") % {"names": shown, "number": len(named)} if len(named) > 3 else shown


def _warning(period: EmergencyPeriod, now: datetime) -> str:
    if period.confirmed_by:
        return ""
    return _("启用已满24小时，未经第二人确认") if period_of(period).unconfirmed(now) else _("待第二人确认")


def period_line(
    period: EmergencyPeriod, *, known: Names, people: Mapping[str, str], lang: str, now: datetime
) -> PeriodLine:
    """One emergency in the reader's language."""
    standing = period_of(period).standing(now)
    called_off = period.ended_at is not None and period.ended_at <= period.start
    return PeriodLine(
        id=period.pk,
        name=period.name,
        reason=period.reason,
        public=period.public,
        standing=standing.value,
        state=_state(standing, period, called_off=called_off),
        start=moment_words(period.start, now),
        planned_end=moment_words(period.planned_end, now),
        ended=moment_words(period.ended_at, now) if period.ended_at else None,
        scope=tuple(_scope(period, known, lang)),
        by=people.get(period.switched_on_by, _("命令行")),
        at=moment_words(period.switched_on_at, now),
        confirmed=people.get(period.confirmed_by, _("命令行")) if period.confirmed_by else "",
        warning="" if standing is Standing.OVER else _warning(period, now),
    )


def _state(standing: Standing, period: EmergencyPeriod, *, called_off: bool) -> str:
    if standing is Standing.OVER:
        if called_off:
            return _("未生效即取消")
        return _("已解除") if period.ended_at else _("已按计划结束")
    return _("生效中") if standing is Standing.ON else _("尚未生效")


def _scope(period: EmergencyPeriod, known: Names, lang: str) -> Iterator[tuple[str, str]]:
    mark = "、" if lang == "zh" else ", "
    categories = mark.join(known.category_path(code, lang) for code in period.categories)
    regions = mark.join(known.region(code, lang) for code in period.regions)
    yield _("适用事项"), categories or _("全部")
    yield _("适用区域"), regions or _("全市")
    if period.tags:
        yield _("适用标签"), mark.join(known.tag(tag, lang) for tag in period.tags)


def limit_lines(profile: Profile, lang: str) -> tuple[tuple[str, str], ...]:
    """咨询 24小时; 其他 48小时: how long each type has in an emergency."""
    usual = profile.emergency_limits[RequestType.OTHER]
    other = [t for t in RequestType if profile.emergency_limits[t] != usual]
    named = [(word(t, lang), profile.emergency_limits[t]) for t in other]
    lines = [*named, (_("其他诉求"), usual)] if named else [(_("所有诉求"), usual)]
    return tuple((name, limit.en if lang == "en" else limit.zh) for name, limit in lines)


def act_words(act: str) -> str:
    """What was done, in the reader's language."""
    return {"switch_on": _("启用"), "confirm": _("确认"), "lengthen": _("延长"), "switch_off": _("解除")}.get(act, act)


def entry_lines(found: Sequence[EmergencyEntry], people: Mapping[str, str], now: datetime) -> tuple[EntryLine, ...]:
    """The record, the latest first."""
    return tuple(
        EntryLine(act_words(e.act), people.get(e.actor, _("命令行")), moment_words(e.at, now), _told(e, now))
        for e in found
    )


def _told(entry: EmergencyEntry, now: datetime) -> str:
    details: dict[str, Any] = entry.details
    if entry.act == "lengthen":
        ends = (datetime.fromisoformat(details[name]) for name in ("before", "planned_end"))
        before, after = (moment_words(at, now).short for at in ends)
        return _("计划结束时间由 %(before)s 改为 %(after)s") % {"before": before, "after": after}
    return ""


def round_lines(found: Sequence[Recomputation], lang: str, now: datetime) -> tuple[RoundLine, ...]:
    """The recounts of this emergency, the latest first."""
    return tuple(
        RoundLine(cause_words(one.cause, lang), moment_words(one.asked_at, now), _how_far(one), len(one.faults))
        for one in found
    )


def _how_far(one: Recomputation) -> str:
    numbers = {"checked": one.checked, "moved": one.moved}
    if one.finished_at is None:
        return _("正在重算：已核对 %(checked)s 件，变动 %(moved)s 件") % numbers
    return _("重算完成：核对 %(checked)s 件，变动 %(moved)s 件") % numbers


def preview_lines(found: Preview, known: Names, lang: str, now: datetime) -> PreviewLines:
    """What would move, with the units most hit first."""
    most = found.units[0][1] if found.units else 1
    units = tuple(
        (known.unit(code, lang) or _("尚未派单"), number, max(round(100 * number / most), 1))
        for code, number in found.units[:MOST_UNITS]
    )
    return PreviewLines(
        checked=found.checked,
        moved=found.moved,
        late_now=found.late_now,
        units=units,
        more_units=max(len(found.units) - MOST_UNITS, 0),
        rows=tuple(_move(row, known, lang, now) for row in found.rows),
        cut=found.cut,
    )


def _move(row: MovedTicket, known: Names, lang: str, now: datetime) -> MoveLine:
    return MoveLine(
        number=row.number,
        title=row.title,
        unit=known.unit(row.unit, lang) or _("尚未派单"),
        clock=word(ClockKind(row.move.kind), lang),
        old=moment_words(row.move.old, now),
        new=moment_words(row.move.new, now),
    )
