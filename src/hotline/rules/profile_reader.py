"""Reads and writes the values of a rule profile, collecting every mistake instead of stopping at the first.

The office that prepares a city's profile sees all its slips at once, each with the place and the way to mend it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from itertools import chain, pairwise
from typing import Any, Final

from hotline.rules.limits import Limit
from hotline.rules.messages import Message

_KEY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_CODE: Final = re.compile(r"[a-z]+(_[a-z]+)*", re.ASCII)


class Malformed(Exception):
    """A value that cannot be read: which sentence says so. Handed up to the reader, never shown as an error."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True)
class Codec:
    """How one setting is read from a file and written back; `read` raises Malformed."""

    read: Callable[[Any], Any]
    write: Callable[[Any], Any] = lambda value: value


@dataclass
class Reader:
    """Collects what is wrong while the values are read."""

    problems: list[Message] = field(default_factory=list)

    def complain(self, code: str, path: str, **params: object) -> None:
        """Note one mistake at one place."""
        self.problems.append(Message(code, {"path": path, **params}))

    def has_problem(self, path: str) -> bool:
        """True when a mistake was noted at the place or below it."""
        return any(f"{problem.params['path']}.".startswith(f"{path}.") for problem in self.problems)

    def table(self, data: object, path: str) -> Mapping[str, Any]:
        """The value as a table; something else is a mistake and read as empty."""
        if isinstance(data, Mapping):
            return data
        self.complain("profile.not_a_table", path, value=data)
        return {}

    def value(self, codec: Codec, data: object, path: str) -> Any:
        """One value, or None with its mistake noted."""
        try:
            return codec.read(data)
        except Malformed as found:
            self.complain(found.code, path, value=data, **found.params)
            return None

    def values(
        self, data: object, path: str, codecs: Mapping[str, Codec], required: Collection[str] = ()
    ) -> dict[str, Any]:
        """The readable values of a table; unknown names and missing ones are noted."""
        given = self.table(data, path)
        for name in required:
            if name not in given:
                self.complain("profile.missing", join(path, name))
        found: dict[str, Any] = {}
        for name, raw in given.items():
            if name not in codecs:
                self.complain("profile.unknown", join(path, name), choices="、".join(sorted(codecs)))
                continue
            value = self.value(codecs[name], raw, join(path, name))
            if value is not None:
                found[name] = value
        return found


def join(path: str, name: str) -> str:
    """The dotted place of a name within a table."""
    return f"{path}.{name}" if path else name


def _limit(raw: object) -> Limit:
    if not isinstance(raw, str):
        raise Malformed("profile.not_a_limit")
    try:
        return Limit.parse(raw)
    except ValueError:
        raise Malformed("profile.not_a_limit") from None


LIMIT: Final = Codec(_limit, str)


def whole(low: int, high: int) -> Codec:
    """A whole number between the two, both allowed."""

    def read(raw: object) -> int:
        if not isinstance(raw, int) or isinstance(raw, bool) or not low <= raw <= high:
            raise Malformed("profile.not_a_number", low=low, high=high)
        return raw

    return Codec(read)


def share(low: float, high: float) -> Codec:
    """A share between the two, both allowed."""

    def read(raw: object) -> float:
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not low <= raw <= high:
            raise Malformed("profile.not_a_number", low=low, high=high)
        return float(raw)

    return Codec(read)


def _yes_or_no(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise Malformed("profile.not_yes_or_no")
    return raw


YES_OR_NO: Final = Codec(_yes_or_no)


def _text(raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise Malformed("profile.not_text")
    return raw


TEXT: Final = Codec(_text)


def _key(raw: object) -> str:
    if not isinstance(raw, str) or not _KEY.fullmatch(raw):
        raise Malformed("profile.not_a_key")
    return raw


KEY: Final = Codec(_key)


def _code(raw: object) -> str:
    if not isinstance(raw, str) or not _CODE.fullmatch(raw):
        raise Malformed("profile.not_a_code")
    return raw


CODE: Final = Codec(_code)


def _date(raw: object) -> date:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    try:
        return date.fromisoformat(raw) if isinstance(raw, str) else _no_date()
    except ValueError:
        return _no_date()


def _no_date() -> date:
    raise Malformed("profile.not_a_date")


DATE: Final = Codec(_date, date.isoformat)


def choice(members: Iterable[StrEnum]) -> Codec:
    """One of these words."""
    by_value = {member.value: member for member in members}

    def read(raw: object) -> StrEnum:
        if not isinstance(raw, str) or raw not in by_value:
            raise Malformed("profile.not_a_choice", choices="、".join(by_value))
        return by_value[raw]

    return Codec(read, str)


def _items(raw: object, one: Codec) -> list[Any]:
    if not isinstance(raw, list | tuple):
        raise Malformed("profile.not_a_list")
    return [one.read(item) for item in raw]


def many(one: Codec) -> Codec:
    """A list of such values, in order, none twice."""

    def read(raw: object) -> tuple[Any, ...]:
        found = tuple(_items(raw, one))
        if len(set(found)) < len(found):
            raise Malformed("profile.repeated")
        return found

    return Codec(read, lambda value: [one.write(item) for item in value])


def some_of(members: Iterable[StrEnum]) -> Codec:
    """Any number of these words; their order says nothing."""
    one = choice(members)
    return Codec(lambda raw: frozenset(_items(raw, one)), lambda value: sorted(one.write(item) for item in value))


def _rising(raw: object) -> tuple[float, ...]:
    found = tuple(_items(raw, share(0.01, 1.0)))
    if any(before >= after for before, after in pairwise(found)):
        raise Malformed("profile.not_rising")
    return found


RISING_SHARES: Final = Codec(_rising, list)


def _hours(raw: object) -> tuple[tuple[time, time], ...]:
    try:
        found = tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in _pairs(raw))
    except (TypeError, ValueError):
        raise Malformed("profile.not_hours") from None
    edges = list(chain.from_iterable(found))
    if not edges or any(a >= b for a, b in pairwise(edges)):
        raise Malformed("profile.not_hours")
    return found


def _pairs(raw: object) -> list[Any]:
    if not isinstance(raw, list | tuple):
        raise Malformed("profile.not_hours")
    return list(raw)


HOURS: Final = Codec(_hours, lambda value: [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in value])
"""Spans of a day in order, such as [["08:30", "12:00"], ["14:00", "20:00"]]."""
