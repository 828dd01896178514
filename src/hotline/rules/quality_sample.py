"""抽检: which of an agent's tickets of one day the team leader looks at, and how a check is scored.

The platform draws, from the day and the ticket's number: nobody can choose, and an auditor can draw again. How many
are drawn and what counts are ours (P).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Final

PER_AGENT: Final = 2
"""Tickets of one agent and one day (P)."""


class Point(StrEnum):
    """What is looked at on a sampled ticket."""

    TYPE = "type_right"
    CATEGORY = "category_right"
    COMPLETE = "complete"
    TITLE = "title_clear"
    TONE = "polite"


def place_of(number: str, day: date) -> bytes:
    """The lot of one ticket on that day: as good as drawn, and always the same."""
    return sha256(f"quality\x1f{day.isoformat()}\x1f{number}".encode()).digest()


def drawn(numbers: Iterable[str], *, day: date, count: int = PER_AGENT) -> tuple[str, ...]:
    """The tickets with the lowest lots, each number once; in which order they are given does not matter."""
    return tuple(sorted(set(numbers), key=lambda number: (place_of(number, day), number))[:count])


def score(answers: Mapping[Point, bool | None]) -> int | None:
    """Points met of points that applied, in per cent; None where none applied."""
    counted = [answer for answer in answers.values() if answer is not None]
    return round(100 * sum(counted) / len(counted)) if counted else None
