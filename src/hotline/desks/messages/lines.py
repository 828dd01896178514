"""Messages to citizens and rings of the duty roster in words: which kind, when, how it went; no number of a citizen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hotline.desks.outgoing.lines import REASONS
from hotline.desks.time_words import Moment, moment_words
from hotline.oversight.messaging.queries import Rung, Told
from hotline.registry.duty.standing import reads, reads_all
from hotline.rules.citizens.kinds import Kind
from hotline.rules.citizens.wording import ALWAYS, BLANKS, Wording, fill
from hotline.rules.duty.ringing import Step
from hotline.rules.lifecycle import Actor
from hotline.rules.words import word
from hotline.tickets.acting.names import Names

STATES: Final[Mapping[str, str]] = {
    "waiting": gettext_noop("待发"),
    "sending": gettext_noop("正在发送"),
    "failed": gettext_noop("没有发出去"),
    "sent": gettext_noop("已发出"),
    "cancelled": gettext_noop("已取消"),
    "gone": gettext_noop("已过保存期"),
    "": gettext_noop("未发"),
}
ORDER: Final = ("hotline", "title", "number", "tail", "unit", "due", "day", "answer", "other")


@dataclass(frozen=True)
class ToldLine:
    """One message to a citizen."""

    id: int
    kind: str
    at: Moment
    state: str
    why: str
    failed: bool
    waits_until: Moment | None


@dataclass(frozen=True)
class RungLine:
    """One step of ringing."""

    step: str
    name: str
    phone: str
    at: Moment
    state: str
    failed: bool


def told_line(told: Told, now: datetime, lang: str) -> ToldLine:
    """One message in words."""
    waits = told.state == "waiting" and told.leaves_at is not None and told.leaves_at > now
    why = word(f"withheld.{told.withheld}", lang) if told.withheld else ""
    if told.state == "failed":
        why = _(REASONS[told.reason]) if told.reason in REASONS else told.reason
    return ToldLine(
        id=told.id,
        kind=word(f"told.{told.kind}", lang),
        at=moment_words(told.made_at, now),
        state=_(STATES[told.state]),
        why=why,
        failed=told.state == "failed",
        waits_until=moment_words(told.leaves_at, now) if waits and told.leaves_at else None,
    )


def rung_line(rung: Rung, *, numbers: bool, now: datetime, lang: str) -> RungLine:
    """One step in words; the number only for those who read the roster."""
    nobody = rung.step == "nobody"
    missing = _("值班表上没有人") if not rung.name else _("留的是固定电话，请人工拨打")
    state = "" if nobody else missing if not rung.state else _(STATES[rung.state])
    return RungLine(
        step=word(f"ring.{rung.step}", lang),
        name=rung.name,
        phone=rung.phone if numbers else "",
        at=moment_words(rung.rung_at, now),
        state=state,
        failed=nobody or not rung.state or rung.state == "failed",
    )


def sees_number(actor: Actor, rung: Rung) -> bool:
    """The office reads every number, a unit those of its own people: also after the ticket has gone elsewhere."""
    return reads_all(actor) or (rung.step != Step.OFFICE.value and reads(actor, rung.unit))


def blank_meanings() -> dict[str, str]:
    """What each blank is filled with."""
    return {
        "hotline": _("热线名称"),
        "title": _("诉求标题"),
        "number": _("工单编号"),
        "tail": _("编号后六位"),
        "unit": _("办理单位简称"),
        "due": _("答复日期，如“最迟5月8日答复”"),
        "day": _("再次研究的日期"),
        "answer": _("答复内容，最多200字"),
        "other": _("另一件的编号后六位"),
    }


def blanks_of(kind: Kind) -> list[tuple[str, str]]:
    """The blanks of a kind with their meanings, in a steady order."""
    meanings = blank_meanings()
    return [(f"{{{name}}}", meanings[name]) for name in ORDER if name in BLANKS[kind] | ALWAYS]


def sample(known: Names, lang: str) -> dict[str, str]:
    """What stands in the blanks of a preview."""
    place = known.city
    english = lang == "en"
    named = (place.hotline_name_en if english else place.hotline_name) if place else "12345"
    return {
        "hotline": named,
        "title": "Stalls block the pavement" if english else "小区门口占道经营",
        "number": "34010320260317DH000007",
        "tail": "000007",
        "unit": "the district’s urban management" if english else "庐阳区城管局",
        "due": "you will be answered by 8 May" if english else "最迟5月8日答复",
        "day": "1 Aug" if english else "8月1日",
        "answer": "The stalls were moved today." if english else "今天已到现场清理，并安排人员早晚值守。",
        "other": "000003",
    }


def previews(wording: Wording, known: Names) -> list[tuple[str, str]]:
    """Each text that was written, filled with an example: for whom, and the words."""
    texts = (
        (_("中文"), wording.zh, "zh"),
        (_("英文"), wording.en, "en"),
        (_("保密件"), wording.secret_zh, "zh"),
        (_("保密件（英文）"), wording.secret_en, "en"),
    )
    return [(label, fill(text, sample(known, lang))) for label, text, lang in texts if text.strip()]


def told_lines(told: Iterable[Told], now: datetime, lang: str) -> list[ToldLine]:
    """Messages in words."""
    return [told_line(one, now, lang) for one in told]
