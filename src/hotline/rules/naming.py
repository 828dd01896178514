"""Whether words that a unit will read name the person who asked to stay unnamed.

A confidential ticket leaves the office without the requester's name and number. What people type is compared as they
would read it: full-width or half-width, with blanks, dots or dashes between the signs, it is the same name.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

SHORTEST_NAME: Final = 2
SHORTEST_NUMBER: Final = 7
COUNTRY: Final = re.compile(r"^(?:\+|00)?86(?=\d{7,})")
AREA: Final = re.compile(r"^0(?:10|2\d|[3-9]\d\d)(?=\d{7,8}$)")
NOBODY: Final = frozenset(
    {"匿名", "不详", "未知", "保密", "不便透露", "市民", "群众", "居民", "业主", "举报人", "诉求人"}
)
"""What agents write where no name was given: it names nobody."""


def names_requester(texts: Mapping[str, str], *, names: Iterable[str], numbers: Iterable[str]) -> tuple[str, ...]:
    """The fields, in their order, whose text holds one of the names or numbers."""
    known = [found for found in map(_signs, names) if len(found) >= SHORTEST_NAME and found not in NOBODY]
    called = [found for number in numbers for found in _numbers(number) if len(found) >= SHORTEST_NUMBER]
    return tuple(field for field, text in texts.items() if _names(text, known, called))


def _names(text: str, names: list[str], numbers: list[str]) -> bool:
    signs, digits = _signs(text), _runs_of_digits(text)
    return any(name in signs for name in names) or any(number in run for number in numbers for run in digits)


def _signs(text: str) -> str:
    """Letters and digits as they read, everything between them left out."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def _numbers(typed: str) -> tuple[str, ...]:
    """The digits of a number without the country's code, and of a fixed line without its area code too."""
    plain = unicodedata.normalize("NFKC", typed)
    joined = "".join(sign for sign in plain if sign.isdecimal() or sign == "+")
    whole = "".join(sign for sign in COUNTRY.sub("", joined) if sign.isdecimal())
    return whole, AREA.sub("", whole)


def _runs_of_digits(text: str) -> list[str]:
    """Digits that follow one another with nothing but blanks and punctuation between them."""
    plain = unicodedata.normalize("NFKC", text)
    return re.findall(r"\d+", "".join(sign for sign in plain if sign.isalnum()))
