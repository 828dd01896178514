"""Who calls: what the same number has asked before, and whether this would be a repeat.

Only people who may unmask contacts ask by number, and only those who call a confidential requester find confidential
tickets by it; a number is never part of an address or a log.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.rules.lifecycle import Actor
from hotline.rules.phones import digits
from hotline.rules.visibility import asks_by_number, calls_confidential
from hotline.tickets.found import Earlier, by_phone, repeats

REPEAT_WITHIN = timedelta(days=30)
MOST = 20
REPEATS_FOR_KEY = 3
"""Three on one matter in thirty days propose key supervision (Chengdu Xindu; window P)."""


@dataclass(frozen=True)
class Caller:
    """What is known of a number."""

    running: tuple[Earlier, ...]
    ended: tuple[Earlier, ...]

    @property
    def known(self) -> bool:
        """Whether the number has called before."""
        return bool(self.running or self.ended)


def caller(phone: str, *, actor: Actor, last: int = 5, most: int = MOST) -> Caller:
    """Open tickets of a number and the last ended ones; nothing for people who may not unmask."""
    number = digits(phone)
    if not number or not asks_by_number(actor):
        return Caller((), ())
    found = by_phone(number, confidential=calls_confidential(actor), limit=most)
    return Caller(tuple(t for t in found if t.running), tuple(t for t in found if not t.running)[:last])


def repeated(phone: str, category: str, *, actor: Actor, now: datetime) -> int:
    """How often this number has asked the same matter in the last thirty days, as far as this person may ask."""
    if not asks_by_number(actor):
        return 0
    secret = calls_confidential(actor)
    return repeats(digits(phone), category, since=now - REPEAT_WITHIN, confidential=secret)
