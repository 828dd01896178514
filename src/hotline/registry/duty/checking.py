"""What a roster's keeper typed, judged: numbers that can be rung, turns that end after they begin, days of the week."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from hotline.rules.dates_in_words import day_zh
from hotline.rules.duty.roster import LONGEST, DutyKind
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import CITY_TZ

PHONE: Final = re.compile(r"(?:\+?86-?)?(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(?:-\d{1,5})?|\d{7,8}|\d{5})", re.ASCII)
MAIL: Final = re.compile(r"[^@\s,;<>\"]{1,64}@[A-Za-z0-9.-]{1,120}\.[A-Za-z]{2,24}")
MOBILE: Final = re.compile(r"(?:\+?86)?1[3-9]\d{9}", re.ASCII)
KINDS: Final[Mapping[str, DutyKind]] = {
    "白班": DutyKind.DAY,
    "夜班": DutyKind.NIGHT,
    "带班领导": DutyKind.LEADER,
    **{kind.value: kind for kind in DutyKind},
}
DAYS: Final = "一二三四五六日"
WRITTEN: Final = ("%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%dT%H:%M")


@dataclass(frozen=True)
class TurnData:
    """One turn as it was typed."""

    unit: str
    kind: str
    begins_at: datetime | None
    ends_at: datetime | None
    name: str
    phone: str


@dataclass(frozen=True)
class PatternData:
    """A weekly turn as it was typed."""

    unit: str
    kind: str
    weekdays: frozenset[int]
    begins: time | None
    ends: time | None
    name: str
    phone: str
    since: date
    until: date | None = None


def _person(name: str, phone: str, kind: str) -> Iterator[Refusal]:
    if kind not in set(DutyKind):
        yield Refusal("duty.kind_unknown", {"kind": kind}, field="kind")
    if not name.strip():
        yield Refusal("duty.name_missing", field="name")
    if not PHONE.fullmatch(phone.replace(" ", "")):
        yield Refusal("duty.phone_malformed", {"phone": phone[:20]}, field="phone")


def turn_refusals(data: TurnData, now: datetime) -> tuple[Refusal, ...]:
    """What is wrong with a turn."""
    return (*_person(data.name, data.phone, data.kind), *_span(data.begins_at, data.ends_at, now))


def _span(begins: datetime | None, ends: datetime | None, now: datetime) -> Iterator[Refusal]:
    if begins is None:
        yield Refusal("duty.time_malformed", {"text": ""}, field="begins_at")
    if ends is None:
        yield Refusal("duty.time_malformed", {"text": ""}, field="ends_at")
    if begins is None or ends is None:
        return
    if ends <= begins:
        yield Refusal("duty.ends_first", field="ends_at")
    elif ends - begins > LONGEST:
        yield Refusal("duty.too_long", {"days": LONGEST.days}, field="ends_at")
    elif ends <= now:
        yield Refusal("duty.over_already", field="ends_at")


def pattern_refusals(data: PatternData, today: date) -> tuple[Refusal, ...]:
    """What is wrong with a weekly turn."""
    found = list(_person(data.name, data.phone, data.kind))
    if not data.weekdays:
        found.append(Refusal("duty.weekdays_missing", field="weekdays"))
    found += [
        Refusal("duty.time_malformed", {"text": ""}, field=name)
        for name in ("begins", "ends")
        if getattr(data, name) is None
    ]
    if data.until is not None and data.until <= data.since:
        found.append(Refusal("duty.ends_first", field="until"))
    elif data.until is not None and data.until <= today:
        found.append(Refusal("duty.over_already", field="until"))
    return tuple(found)


def address_refusal(channel: str, to: str) -> Refusal | None:
    """What is wrong with an address of a unit."""
    pattern = {"email": MAIL, "sms": MOBILE}.get(channel)
    good = pattern is not None and pattern.fullmatch(to.strip()) is not None
    return None if good else Refusal("duty.address_malformed", {"address": to.strip()[:40]}, field="to")


def read_moment(text: str) -> datetime | None:
    """A moment of city time as people write it in a sheet; 24:00 is the end of that day."""
    for layout in WRITTEN:
        try:
            return datetime.strptime(text.strip(), layout).replace(tzinfo=CITY_TZ)
        except ValueError:
            continue
    return None


def said_span(begins: datetime, ends: datetime) -> dict[str, str]:
    """From when to when, as refusals and confirmations say it."""
    first, last = begins.astimezone(CITY_TZ), ends.astimezone(CITY_TZ)
    return {
        "begins": f"{day_zh(first.date(), first.year)}{first:%H:%M}",
        "ends": f"{day_zh(last.date(), first.year)}{last:%H:%M}",
    }
