"""每日待办: what each unit is told every working morning, in one message: due today, overdue, sent back, to sign.

Numbers only, and the tickets' numbers: the message leaves the platform, so nobody's words are in it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from hotline.rules.dates_in_words import day_en, day_zh
from hotline.rules.messages import Message
from hotline.rules.vocabulary import UnitCode

NAMED: Final = 20
"""So many tickets are named under each heading; the list has all of them."""


@dataclass(frozen=True, kw_only=True)
class Morning:
    """What waits at one unit as the day begins. Numbers of tickets stand with the most pressing first."""

    unit: UnitCode
    due_today: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()
    sent_back: tuple[str, ...] = ()
    to_sign_in: tuple[str, ...] = ()
    to_sign: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """A unit with nothing to do gets no message."""
        return any((self.due_today, self.overdue, self.sent_back, self.to_sign_in, self.to_sign))


def short(morning: Morning, *, hotline: str, on: date) -> Message:
    """How many of each, for a text message."""
    day = {"zh": day_zh(on, on.year), "en": day_en(on, on.year)}
    return Message("digest.short", {"hotline": hotline, "day": day, **_counts(morning)})


def long(morning: Morning, *, hotline: str, on: date) -> Message:
    """The same with the tickets' numbers, for a mail."""
    named = {f"{name}_named": _named(getattr(morning, name)) for name in _HEADINGS}
    return Message("digest.long", {**short(morning, hotline=hotline, on=on).params, **named})


_HEADINGS: Final = ("overdue", "due_today", "sent_back", "to_sign_in", "to_sign")


def _counts(morning: Morning) -> dict[str, int]:
    return {name: len(getattr(morning, name)) for name in _HEADINGS}


def _named(numbers: tuple[str, ...]) -> str:
    """Blank when there are none; more than fit are counted, not named."""
    more = f" … (+{len(numbers) - NAMED})" if len(numbers) > NAMED else ""
    return " ".join(numbers[:NAMED]) + more if numbers else "—"
