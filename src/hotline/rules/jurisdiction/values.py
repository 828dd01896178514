"""派单目录: what a rule of the dispatch directory says, what is asked of it, and the three answers it can give.

Dispatchers, agents and panels rely on it: an answer is one lead, or nothing (and why), or rules at odds by name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from hotline.rules.jurisdiction.words import Words
from hotline.rules.messages import Message
from hotline.rules.vocabulary import CITY_TZ, UnitCode

LOCAL: Final = UnitCode("")
"""属地: in a rule, the body that manages the place, whichever that is."""

ELSEWHERE: Final = UnitCode("-")
"""引导: no unit of the network; the citizen is shown the way that the law provides."""

DIRECTORY: Final = "目录"
"""The source of a rule that was settled with the directory itself; any other source is the number of a ruling."""


class UnitRole(StrEnum):
    """What a unit beside the lead does: a task of its own, guidance of the line (督导), or a copy to know of it."""

    CO = "co"
    GUIDANCE = "guidance"
    COPY = "copy"


@dataclass(frozen=True, kw_only=True, order=True)
class CoUnit:
    """One unit beside the lead. `after` names the outcome that opens its task; blank: it begins at once."""

    role: UnitRole
    unit: UnitCode
    task: str = ""
    after: str = ""


@dataclass(frozen=True, order=True)
class Hours:
    """A part of the day in the city's time; the end does not belong to it. It may cross midnight."""

    start: time
    end: time

    def holds(self, at: datetime) -> bool:
        """Whether the moment lies within."""
        return self.has_time(at.astimezone(CITY_TZ).time())

    def meets(self, other: "Hours") -> bool:
        """Whether the two have a moment in common."""
        return self.has_time(other.start) or other.has_time(self.start)

    def has_time(self, at: time) -> bool:
        """Whether a time of the day lies within."""
        return self.start <= at < self.end if self.start < self.end else at >= self.start or at < self.end

    def __str__(self) -> str:
        """As it stands in the directory: 22:00-06:00."""
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


_SPAN: Final = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)[-–—~～至]([01]?\d|2[0-4])[:：]([0-5]\d)")


def read_hours(cell: str) -> Hours | None:
    """22:00-06:00; None when it is no part of a day."""
    found = _SPAN.fullmatch("".join(cell.split()))
    if not found:
        return None
    hour, minute, until, last = map(int, found.groups())
    if until == 24 and last:
        return None
    hours = Hours(time(hour, minute), time(until % 24, last))
    return None if hours.start == hours.end else hours


@dataclass(frozen=True, order=True)
class Need:
    """A condition a rule asks for: a fact of the city's list, and whether it must be so or not be so."""

    fact: str
    so: bool = True


@dataclass(frozen=True, kw_only=True, order=True)
class DirectoryRule:
    """One line of the directory. The last day is not included; no region means the whole city."""

    id: str
    categories: tuple[str, ...]
    version: int = 1
    title: str = ""
    words: Words = Words()
    places: tuple[str, ...] = ()
    hours: Hours | None = None
    needs: tuple[Need, ...] = ()
    regions: tuple[str, ...] = ()
    lead: UnitCode = LOCAL
    co_units: tuple[CoUnit, ...] = ()
    basis: str = ""
    note: str = ""
    owner: UnitCode = UnitCode("")
    source: str = DIRECTORY
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """True when the rule is in force that day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)

    @property
    def version_key(self) -> str:
        """What a ticket or a ruling quotes: 0401-7@2."""
        return f"{self.id}@{self.version}"

    @property
    def place_in_file(self) -> tuple[str, int, int]:
        """Where the rule stands among others: 0401-9 before 0401-10."""
        category, _, number = self.id.partition("-")
        return category, int(number or 0), self.version

    @property
    def particulars(self) -> int:
        """How many circumstances the rule names: each group of words, the place, the hours, each condition."""
        return len(self.words.groups) + bool(self.places) + (self.hours is not None) + len(self.needs)

    @property
    def ruled(self) -> bool:
        """Whether it comes from a ruling of the panel."""
        return self.source != DIRECTORY


@dataclass(frozen=True, order=True)
class Weight:
    """Which of several fitting rules speaks: compared in this order, the greatest wins."""

    category: int
    particulars: int
    region: int
    ruled: bool


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked, where and when. A text of None is one that the rules may not read (the ledger holds none)."""

    at: datetime
    text: str | None = None
    category: str = ""
    region: str = ""
    facts: Mapping[str, bool] = field(default_factory=dict)
    places: frozenset[str] = frozenset()


class Missing(StrEnum):
    """What would have to be known before the directory can name one lead."""

    CATEGORY = "category"
    REGION = "region"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class Heard:
    """How the question was understood, with what was made out from the text."""

    category: str = ""
    category_words: tuple[str, ...] = ()
    region: str = ""
    region_word: str = ""
    local: UnitCode | None = None
    facts: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Routed:
    """Exactly one unit leads. `asks` are conditions not known whose answer could change lead or co-units."""

    lead: UnitCode
    co_units: tuple[CoUnit, ...]
    rule: DirectoryRule
    story: tuple[Message, ...]
    heard: Heard
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NoRule:
    """Nobody is named: something is missing, no rule speaks, or (`rule`) the matter belongs elsewhere."""

    missing: frozenset[Missing] = frozenset()
    rule: DirectoryRule | None = None
    story: tuple[Message, ...] = ()
    heard: Heard = Heard()

    @property
    def place_missing(self) -> bool:
        """Whether the directory would speak if the district were known."""
        return Missing.REGION in self.missing


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One of the rules at odds, with the unit it names here."""

    lead: UnitCode
    rule: DirectoryRule


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Rules that weigh the same name different units."""

    claims: tuple[Claim, ...]
    story: tuple[Message, ...]
    heard: Heard

    @property
    def leads(self) -> tuple[UnitCode, ...]:
        """The units at odds, each once."""
        return tuple(dict.fromkeys(claim.lead for claim in self.claims))


Answer = Routed | NoRule | Conflict
