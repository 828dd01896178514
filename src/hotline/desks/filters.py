"""What a list is narrowed to, read from its address: every filter stands there, so that a list can be kept and passed
on. What can't be used is told, never silently dropped; nothing personal may stand in an address.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import CITY_TZ, Channel, Flag, RequestType, Stage, Urgency
from hotline.rules.words import word
from hotline.tickets.acting.names import Names
from hotline.tickets.ordering import ORDERS
from hotline.tickets.queries import TicketFilter

SHOWN = 40
"""How much of a value that can't be used is repeated to the reader."""
PERSONAL = re.compile(r"(?<!\d)1\d{10}(?!\d)|\d{15,18}[xX]?")
FLAGS: Final = tuple(flag for flag in Flag)
STAGES: Final = tuple(stage for stage in Stage if stage is not Stage.NEW)
LIGHTS: Final[Mapping[str, str | Promise]] = {
    "overdue": _("已超时"),
    "today": _("今天到期"),
    "soon": _("24 小时内到期"),
}
ORDER_NAMES: Final[Mapping[str, str | Promise]] = {
    "urgency": _("紧急优先"),
    "due": _("先到期在前"),
    "newest": _("最新在前"),
    "oldest": _("最早在前"),
}
TITLES: Final[Mapping[str, str | Promise]] = {
    "light": _("时限"),
    "urgency": _("紧急程度"),
    "type": _("类型"),
    "stage": _("环节"),
    "unit": _("承办单位"),
    "category": _("事项"),
    "region": _("地点"),
    "flag": _("标记"),
    "tag": _("标签"),
    "channel": _("来源"),
    "from": _("受理日期起"),
    "until": _("受理日期止"),
    "open": _("在办"),
    "q": _("编号或标题"),
    "order": _("排序"),
}
"""The filters of every list, in the order in which they are shown."""
BESIDE: Final = ("after", "at", "then", "view", "filters")
"""Parameters that say which part of the list is shown, and not what it is narrowed to."""


SEVERAL: Final = frozenset({"stage", "flag", "tag"})
"""Filters that may be given several times: any of the values is meant."""


@dataclass(frozen=True)
class On:
    """One filter that is on, in words; `address` is the list without it."""

    name: str
    value: str
    title: str | Promise
    said: str
    address: str


@dataclass(frozen=True)
class Asked:
    """What an address asks for: the filter, the pairs that were understood, and what could not be used."""

    where: TicketFilter
    pairs: tuple[tuple[str, str], ...]
    problems: tuple[Refusal, ...]

    @property
    def filtered(self) -> bool:
        """Whether anything is narrowed at all; an order alone narrows nothing."""
        return any(name != "order" for name, _ in self.pairs)

    def value(self, name: str) -> str:
        """The value that is on for a filter; blank for none."""
        return dict(self.pairs).get(name, "")


@dataclass(frozen=True)
class Reading:
    """What values are read with: the city's names, the present moment, and the stages this list can hold."""

    known: Names
    at: datetime
    stages: tuple[str, ...] = ()


Read = Callable[[str, Reading], dict[str, Any] | None]


def asked_for(given: Iterable[tuple[str, str]], *, base: TicketFilter, order: str, known: Names, at: datetime) -> Asked:
    """The filter of an address on top of its desk's own."""
    reading = Reading(known, at, base.stages)
    wanted: dict[str, Any] = {"order": order}
    pairs: list[tuple[str, str]] = []
    problems: list[Refusal] = []
    for name, value in given:
        if name in BESIDE or not value or (name, value) in pairs:
            continue
        again = name not in SEVERAL and any(name == other for other, _ in pairs)
        found = _unusable(name, value) if again else _read(name, value, reading)
        if isinstance(found, Refusal):
            problems.append(found)
        else:
            wanted |= {k: (*wanted.get(k, ()), *v) if isinstance(v, tuple) else v for k, v in found.items()}
            if (name, value) != ("order", order):
                pairs.append((name, value))
    where = TicketFilter(base=base, **wanted)
    if where.opened_from and where.opened_until and where.opened_from >= where.opened_until:
        problems.append(Refusal("list.days_reversed"))
        pairs = [pair for pair in pairs if pair[0] not in {"from", "until"}]
        where = TicketFilter(base=base, **wanted | {"opened_from": None, "opened_until": None})
    return Asked(where, tuple(pairs), tuple(problems))


def pairs_of(given: QueryDict) -> list[tuple[str, str]]:
    """An address's parameters, in their order, repeated ones included."""
    return [(name, value.strip()) for name, values in given.lists() for value in values if isinstance(value, str)]


def _read(name: str, value: str, reading: Reading) -> dict[str, Any] | Refusal:
    read = _READERS.get(name)
    if read is None:
        return Refusal("list.unknown_filter", {"name": name[:SHOWN]})
    if PERSONAL.search(value):
        return Refusal("list.personal")
    found = read(value, reading)
    return _unusable(name, value) if found is None else found


def _unusable(name: str, value: str) -> Refusal:
    return Refusal("list.bad_value", {"filter": str(TITLES[name]), "value": value[:SHOWN]})


def _member(field: str, members: Iterable[Enum]) -> Read:
    allowed = {str(member.value) for member in members}
    return lambda value, _reading: {field: value} if value in allowed else None


def _light(value: str, reading: Reading) -> dict[str, Any] | None:
    """Overdue; due before midnight; due within a day and a night."""
    midnight = _midnight(reading.at.astimezone(CITY_TZ).date() + timedelta(days=1))
    return {
        "overdue": {"overdue_at": reading.at},
        "today": {"due_from": reading.at, "due_until": midnight},
        "soon": {"due_from": reading.at, "due_until": reading.at + timedelta(hours=24)},
    }.get(value)


def _stage(value: str, reading: Reading) -> dict[str, Any] | None:
    allowed = reading.stages or {stage.value for stage in STAGES}
    return {"stages": (value,)} if value in allowed else None


def _unit(value: str, reading: Reading) -> dict[str, Any] | None:
    """A unit stands for itself and all units below it."""
    return {"held_in": reading.known.covered(value)} if value in reading.known.units else None


def _category(value: str, reading: Reading) -> dict[str, Any] | None:
    return {"category": value} if value in reading.known.categories else None


def _region(value: str, reading: Reading) -> dict[str, Any] | None:
    """A code covers what lies within it: a city's ends in blanks of its own level."""
    if value not in reading.known.regions:
        return None
    return {"region": value[:4] if value.endswith("00") and len(value) == 6 else value}


def _flag(value: str, _reading: Reading) -> dict[str, Any] | None:
    return {"flags": (value,)} if value in {flag.value for flag in FLAGS} else None


def _tag(value: str, reading: Reading) -> dict[str, Any] | None:
    return {"tags": (value,)} if ("tag_any", value) in reading.known.reasons else None


def _from(value: str, _reading: Reading) -> dict[str, Any] | None:
    on = _day(value)
    return {"opened_from": _midnight(on)} if on else None


def _until(value: str, _reading: Reading) -> dict[str, Any] | None:
    on = _day(value)
    return {"opened_until": _midnight(on + timedelta(days=1))} if on else None


def _day(value: str) -> date | None:
    try:
        on = date.fromisoformat(value)
    except ValueError:
        return None
    return on if date(2000, 1, 1) <= on < date(2100, 1, 1) else None


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), CITY_TZ)


def _words(value: str, _reading: Reading) -> dict[str, Any] | None:
    return {"words": value} if "\x00" not in value and len(value) <= SHOWN else None


_READERS: Final[Mapping[str, Read]] = {
    "light": _light,
    "urgency": _member("urgency", Urgency),
    "type": _member("request_type", RequestType),
    "stage": _stage,
    "unit": _unit,
    "category": _category,
    "region": _region,
    "flag": _flag,
    "tag": _tag,
    "channel": _member("channel", Channel),
    "from": _from,
    "until": _until,
    "open": lambda value, _reading: {"only_open": True} if value == "1" else None,
    "q": _words,
    "order": lambda value, _reading: {"order": value} if value in ORDERS else None,
}


def address(pairs: Iterable[tuple[str, str]], **changes: str) -> str:
    """A list's address with some parameters set, or taken out by a blank; names that Python keeps end in `_`."""
    changed = {name.rstrip("_"): value for name, value in changes.items()}
    kept = [(name, value) for name, value in pairs if name not in changed]
    return "?" + urlencode([*kept, *((name, value) for name, value in changed.items() if value)])


def filters_on(asked: Asked, known: Names, lang: str) -> tuple[On, ...]:
    """The filters that are on, each with the address that takes it off."""
    return tuple(
        On(
            name,
            value,
            TITLES[name],
            said(name, value, known, lang),
            address(p for p in asked.pairs if p != (name, value)),
        )
        for name, value in asked.pairs
        if name != "order"
    )


def said(name: str, value: str, known: Names, lang: str) -> str:
    """A filter's value in words."""
    if name in _WORDS:
        return word(f"{_WORDS[name]}.{value}", lang)
    by_name: Mapping[str, Callable[[], str]] = {
        "light": lambda: str(LIGHTS[value]),
        "order": lambda: str(ORDER_NAMES[value]),
        "unit": lambda: known.unit(value, lang),
        "category": lambda: known.category_path(value, lang),
        "region": lambda: known.region(value, lang),
        "tag": lambda: known.tag(value, lang),
        "open": lambda: str(_("未办结")),
    }
    return by_name[name]() if name in by_name else value


_WORDS: Final = {"urgency": "urgency", "type": "request_type", "stage": "stage", "flag": "flag", "channel": "channel"}
"""Filters whose values are members of closed lists, and the list that names them."""
