"""What one value in a call of another system may be, so that nothing that is sent can end in a fault.

JSON is taken at its word: a number is no text, a moment is written out with its zone. What doesn't fit is refused
with the same codes as the rules use; the type of the error is the code, its context the values of the sentence.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import Enum
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, StrictBool, StrictInt, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from hotline.rules.vocabulary import CITY_TZ

EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2100, 1, 1)
"""Days a hotline can mean; beyond them calendars and time zones run out of years."""

CODE: Final = 64
"""No code of any list is longer; whether it is known there is for the rules to say."""
MOST_ITEMS: Final = 200
LARGEST: Final = 2_147_483_647
WRITTEN_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
WRITTEN_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d.{0,20}")

Number = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,32}$")]
"""The number of a ticket; what can't be one is answered like one that isn't there."""

Token = Annotated[str, StringConstraints(pattern=r"^[!-~]{0,40}$")]
"""What a caller makes up to know a repeated call by."""


def malformed() -> PydanticCustomError:
    """What can't be read as what it should be."""
    return PydanticCustomError("field.malformed", "malformed")


def text(limit: int, *, required: bool = False) -> Any:
    """Text up to a length that can be stored: no NUL, no half of a character. Blanks around it don't count."""
    shown: dict[str, Any] = {"type": "string", **({"minLength": 1} if required else {}), "maxLength": limit}
    return Annotated[str, AfterValidator(_storable(limit, required=required)), WithJsonSchema(shown)]


def whole(low: int, high: int) -> Any:
    """A whole number, written as one; 5.0 is one too, as JSON has only one kind of number."""
    return Annotated[StrictInt, BeforeValidator(_number), *_between(low, high)]


def counted(low: int, high: int) -> Any:
    """The same in an address, where everything is text."""
    return Annotated[int, *_between(low, high)]


def member(choices: type[Enum]) -> Any:
    """One of a closed list; a list of numbers takes numbers only."""
    if issubclass(choices, int):
        return Annotated[choices, BeforeValidator(_number)]
    return choices


def _storable(limit: int, *, required: bool) -> Callable[[str], str]:
    def check(given: str) -> str:
        if "\x00" in given or any("\ud800" <= sign <= "\udfff" for sign in given):
            raise PydanticCustomError("field.bad_character", "bad character")
        kept = given.strip()
        if required and not kept:
            raise PydanticCustomError("field.required", "required")
        if len(kept) > limit:
            raise PydanticCustomError("field.too_long", "too long", {"limit": limit, "length": len(kept)})
        return kept

    return check


def _between(low: int, high: int) -> tuple[AfterValidator, Any]:
    def check(number: int) -> int:
        if not low <= number <= high:
            raise PydanticCustomError("field.out_of_range", "out of range", {"low": low, "high": high})
        return number

    return AfterValidator(check), WithJsonSchema({"type": "integer", "minimum": low, "maximum": high})


def _number(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if type(value) is not int:
        raise malformed()
    return value


def _as_moment(value: object) -> object:
    if not isinstance(value, str) or not WRITTEN_MOMENT.fullmatch(value):
        raise malformed()
    return value


def _as_day(value: object) -> object:
    if not isinstance(value, str) or not WRITTEN_DAY.fullmatch(value):
        raise malformed()
    return value


def _moment_within(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise PydanticCustomError("field.no_time_zone", "no time zone")
    if not _midnight(EARLIEST) <= at < _midnight(LATEST):
        raise _beyond()
    return at


def _day_within(on: date) -> date:
    if not EARLIEST <= on < LATEST:
        raise _beyond()
    return on


def _midnight(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=UTC)


def _beyond() -> PydanticCustomError:
    bounds = {"low": EARLIEST.isoformat(), "high": LATEST.isoformat()}
    return PydanticCustomError("field.out_of_range", "out of range", bounds)


def _city_time(at: datetime) -> datetime:
    return at.astimezone(CITY_TZ)


At = Annotated[datetime, AfterValidator(_city_time)]
"""A moment in an answer: always in city time, wherever it was read from."""
Moment = Annotated[datetime, BeforeValidator(_as_moment), AfterValidator(_moment_within)]
Day = Annotated[date, BeforeValidator(_as_day), AfterValidator(_day_within)]
Flag = StrictBool
