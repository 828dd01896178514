"""Acts filled in anyhow but readably: every field gets a value that a form could have sent."""

import dataclasses
import typing
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any

from hotline.rules.acts import Act
from hotline.rules.acts.base import kind_of
from hotline.rules.vocabulary import ClockKind, Contact, Rating
from tests.rules.cast import CODES, DISTRICT, DISTRICT_URBAN, ECOLOGY, LUYANG, NOISE, STREET, URBAN

Pick = Callable[[Sequence[Any]], Any]
"""Chooses one of several."""

CHOICES: dict[str, Sequence[Any]] = {
    "category": (NOISE, "010103"),
    "region": (LUYANG, "340104"),
    "ticket": ("34010020210510DH000001",),
    "fact": ("agent",),
    "units": ((URBAN,), (URBAN, STREET), (ECOLOGY,), ()),
}
PAUSES = ("awaiting_requester", "awaiting_appraisal")


def fill(act: type[Act], now: datetime, pick: Pick) -> Act:
    """An act of that class, as somebody might say it at that moment."""
    return act(**{f.name: pick(_values(hints(act)[f.name], f, now)) for f in dataclasses.fields(act)})


@cache
def hints(act: type[Act]) -> dict[str, Any]:
    return typing.get_type_hints(act)


def _values(hint: Any, f: "dataclasses.Field[Any]", now: datetime) -> Sequence[Any]:
    match kind_of(f):
        case "text":
            return ("说明",) if f.metadata["required"] else ("", "说明")
        case "unit":
            return _units(f)
        case "code" | "codes":
            return _codes(f)
        case "number":
            return range(f.metadata["low"], min(f.metadata["high"], 10) + 1)
        case "date":
            return tuple((now + timedelta(days=n)).date() for n in (1, 30))
        case kind if kind in CHOICES:
            return [value for value in CHOICES[kind] if value or not f.metadata["required"]]
        case _:
            return _plain(hint, f, now)


def _units(f: "dataclasses.Field[Any]") -> Sequence[Any]:
    if f.name == "to_unit":
        return (STREET, DISTRICT_URBAN)
    return (ECOLOGY, URBAN, DISTRICT) if f.metadata["required"] else ("",)


def _codes(f: "dataclasses.Field[Any]") -> Sequence[Any]:
    known = PAUSES if f.metadata["codelist"] == "pause" else tuple(sorted(CODES[f.metadata["codelist"]]))
    return ((), known[:1]) if kind_of(f) == "codes" else known


def _plain(hint: Any, f: "dataclasses.Field[Any]", now: datetime) -> Sequence[Any]:
    if f.name == "contactable":
        return (True, True, True, False)
    if f.name == "clock":
        return [kind.value for kind in ClockKind]
    if hint is bool:
        return (True, False)
    if hint is Contact:
        return (Contact.NO_ANSWER, Contact.NO_ANSWER, *Contact)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return list(hint)
    if hint == (Rating | None):
        return [*Rating, None]
    if hint == (datetime | None):
        return (None, None, now + timedelta(days=3))
    return (f.default,)
