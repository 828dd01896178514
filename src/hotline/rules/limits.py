"""Time limits as cities write them: 7 working days, 4 office hours, 24 hours, 15 minutes, 3 days.

Everyone who reads a rule profile or a ticket's clock meets these; `7wd`, `4oh`, `24h`, `15min`, `3d` in files.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final


class LimitUnit(StrEnum):
    """What a limit is counted in; the value is its short form in files."""

    WORKDAY = "wd"
    OFFICE_HOUR = "oh"
    OFFICE_MINUTE = "omin"
    PLAIN_HOUR = "h"
    PLAIN_MINUTE = "min"
    NATURAL_DAY = "d"


DAY_UNITS: Final = frozenset({LimitUnit.WORKDAY, LimitUnit.NATURAL_DAY})
OFFICE_UNITS: Final = frozenset({LimitUnit.OFFICE_HOUR, LimitUnit.OFFICE_MINUTE})
HOUR_UNITS: Final = frozenset({LimitUnit.OFFICE_HOUR, LimitUnit.PLAIN_HOUR})

MOST: Final = 10_000
"""No limit is longer: a slip of the keyboard must not send a deadline past the end of the calendar."""

_WRITTEN: Final = re.compile(r"([1-9][0-9]{0,4})(wd|oh|omin|h|min|d)", re.ASCII)
_ZH: Final = {
    LimitUnit.WORKDAY: "{}个工作日",
    LimitUnit.OFFICE_HOUR: "{}个工作小时",
    LimitUnit.OFFICE_MINUTE: "{}个工作分钟",
    LimitUnit.PLAIN_HOUR: "{}小时",
    LimitUnit.PLAIN_MINUTE: "{}分钟",
    LimitUnit.NATURAL_DAY: "{}个自然日",
}
_EN: Final = {
    LimitUnit.WORKDAY: "working day",
    LimitUnit.OFFICE_HOUR: "office hour",
    LimitUnit.OFFICE_MINUTE: "office minute",
    LimitUnit.PLAIN_HOUR: "hour",
    LimitUnit.PLAIN_MINUTE: "minute",
    LimitUnit.NATURAL_DAY: "calendar day",
}


class StartPoint(StrEnum):
    """What a clock is counted from; `moment` when it needs no name."""

    ACCEPTANCE = "acceptance"
    DISPATCH = "dispatch"
    SIGN_IN = "sign_in"
    EMERGENCY = "emergency"
    MOMENT = "moment"


@dataclass(frozen=True)
class Limit:
    """How long somebody has."""

    amount: int
    unit: LimitUnit

    def __post_init__(self) -> None:
        """A limit of nothing, or of centuries, is a slip."""
        if not 1 <= self.amount <= MOST:
            raise ValueError(f"a limit is 1 to {MOST} units long: {self.amount}")

    @classmethod
    def parse(cls, text: str) -> "Limit":
        """Read the short form, `7wd`."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError(f"not a time limit: {text!r}; write 7wd, 4oh, 24h, 15min or 3d")
        return cls(int(found[1]), LimitUnit(found[2]))

    def __str__(self) -> str:
        """The short form, as `parse` reads it."""
        return f"{self.amount}{self.unit.value}"

    @property
    def zh(self) -> str:
        """In Chinese: 7个工作日."""
        return _ZH[self.unit].format(self.amount)

    @property
    def en(self) -> str:
        """In English: 7 working days."""
        return f"{self.amount} {_EN[self.unit]}{'' if self.amount == 1 else 's'}"

    @property
    def in_days(self) -> bool:
        """True for limits that end with the office hours of a day."""
        return self.unit in DAY_UNITS

    @property
    def in_office_time(self) -> bool:
        """True for hours and minutes that run only while offices are open."""
        return self.unit in OFFICE_UNITS

    @property
    def length(self) -> timedelta:
        """The time of a limit in hours or minutes."""
        if self.in_days:
            raise ValueError(f"{self} has no length in hours: days end with office hours")
        return timedelta(hours=self.amount) if self.unit in HOUR_UNITS else timedelta(minutes=self.amount)
