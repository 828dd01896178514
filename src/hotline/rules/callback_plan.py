"""How and when a citizen is asked about the result: a plan as data, worked out anew whenever something happens.

Callback officers work down this list. Key, instruction and confidential tickets are asked by phone; others by message
first, by phone when they are silent or dissatisfied. Nobody is rung in quiet hours. Who left no contact cannot be
asked: the office checks the result itself (Bengbu). Silence is never an answer. Hours and waits are settings (P).
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from hotline.rules.deadlines import compute_due
from hotline.rules.lifecycle.standing import half_day
from hotline.rules.messages import Message
from hotline.rules.profile_parts import CallbackRules
from hotline.rules.profiles import Profile
from hotline.rules.state import TicketState
from hotline.rules.vocabulary import CITY_TZ, HEAVY, Flag, Rating, Resolution, Stage
from hotline.rules.workdays import Calendar

NOON = time(12)
DAYS_AHEAD = 8


class Method(StrEnum):
    """How the citizen is asked next."""

    PHONE = "phone"
    MESSAGE = "message"
    WAIT = "wait"
    CHECK = "check"
    UNREACHED = "unreached"


@dataclass(frozen=True)
class Asked:
    """A message that was sent, and what came back: None while silent, otherwise whether it settles the matter.

    `unclear` is an answer that says something else than it was asked: a person listens to it.
    """

    at: datetime
    settled: bool | None = None
    unclear: bool = False


@dataclass(frozen=True)
class Plan:
    """The next step of a callback: how, not before when, and why."""

    method: Method
    not_before: datetime
    reason: Message


def plan(
    state: TicketState,
    *,
    profile: Profile,
    calendar: Calendar,
    now: datetime,
    asked: Asked | None = None,
    textable: bool = True,
) -> Plan | None:
    """The next step for a ticket that awaits its callback; None for any other ticket.

    `textable` tells whether the number left can take a message at all: a landline can't.
    """
    if state.stage is not Stage.PENDING_CALLBACK:
        return None
    terms = profile.callback
    if not state.contactable or Flag.CALLBACK_REFUSED in state.flags:
        return Plan(Method.CHECK, now, Message("callback_plan.no_contact"))
    if len(state.attempts) >= terms.max_attempts:
        return Plan(Method.UNREACHED, now, Message("callback_plan.attempts_made", {"count": terms.max_attempts}))
    if state.attempts:
        moment = next_call(now, terms, state.attempts)
        return Plan(Method.PHONE, moment, Message("callback_plan.next_attempt", {"made": len(state.attempts)}))
    if state.flags & (HEAVY | {Flag.CONFIDENTIAL}):
        return Plan(Method.PHONE, next_call(now, terms), Message("callback_plan.by_phone"))
    if not terms.message_first:
        return Plan(Method.PHONE, next_call(now, terms), Message("callback_plan.all_by_phone"))
    if asked is None:
        return _unasked(terms, now, textable=textable)
    return _after_message(terms, calendar, now, asked)


def _unasked(terms: CallbackRules, now: datetime, *, textable: bool) -> Plan:
    if textable:
        return Plan(Method.MESSAGE, next_call(now, terms), Message("callback_plan.message_first"))
    return Plan(Method.PHONE, next_call(now, terms), Message("callback_plan.no_mobile"))


def _after_message(terms: CallbackRules, calendar: Calendar, now: datetime, asked: Asked) -> Plan:
    if asked.unclear:
        return Plan(Method.PHONE, next_call(now, terms), Message("callback_plan.unclear"))
    if asked.settled is False:
        return Plan(Method.PHONE, next_call(now, terms), Message("callback_plan.dissatisfied"))
    silent_until = compute_due(limit=terms.message_waits, start=asked.at, calendar=calendar, explained=False).due_at
    if asked.settled is None and now >= silent_until:
        return Plan(Method.PHONE, next_call(now, terms), Message("callback_plan.silent"))
    return Plan(Method.WAIT, silent_until, Message("callback_plan.waiting"))


def next_call(now: datetime, terms: CallbackRules, attempts: Sequence[datetime] = ()) -> datetime:
    """The first moment from `now` on at which this citizen may be rung: in call hours, on another half-day."""
    taken = half_day(attempts[-1]) if attempts and terms.half_days_different else None
    local = now.astimezone(CITY_TZ)
    for ahead in range(DAYS_AHEAD):
        day = local.date() + timedelta(days=ahead)
        for begins, ends in _parts(terms):
            start = max(local, datetime.combine(day, begins, CITY_TZ))
            if start < datetime.combine(day, ends, CITY_TZ) and half_day(start) != taken:
                return start
    raise ValueError("a profile has call hours on every day")


def _parts(terms: CallbackRules) -> list[tuple[time, time]]:
    """The call hours, cut at noon, so that each part lies in one half-day."""
    parts: list[tuple[time, time]] = []
    for begins, ends in terms.call_hours:
        if begins < NOON < ends:
            parts += [(begins, NOON), (NOON, ends)]
        else:
            parts.append((begins, ends))
    return parts


def is_mobile(phone: str) -> bool:
    """Whether a message can reach this number: eleven digits that begin with 1, with the country's code or without."""
    return MOBILE.fullmatch(phone.replace(" ", "").replace("-", "")) is not None


MOBILE: Final = re.compile(r"(?:\+?86)?1[3-9]\d{9}")


@dataclass(frozen=True)
class Said:
    """The three answers of a citizen, kept apart, as far as they were given."""

    responded: bool
    resolution: Resolution
    rating: Rating


DIGITS: Final[Mapping[str, Said]] = {
    "5": Said(True, Resolution.RESOLVED, Rating.VERY_SATISFIED),
    "4": Said(True, Resolution.RESOLVED, Rating.SATISFIED),
    "3": Said(True, Resolution.PARTLY, Rating.BASICALLY_SATISFIED),
    "2": Said(True, Resolution.UNRESOLVED, Rating.DISSATISFIED),
    "1": Said(True, Resolution.UNRESOLVED, Rating.VERY_DISSATISFIED),
}
"""What a digit means that is sent back: the message spells it out, so that nothing is read into an answer."""


def understood(body: str) -> Said | None:
    """A short message that is one of the digits, in whatever width it was typed; None for anything else."""
    return DIGITS.get(unicodedata.normalize("NFKC", body).strip())


def sampled(number: str, *, percent: int, seed: str) -> bool:
    """Whether a direct answer is drawn for a callback. The platform draws, from number and seed: nobody can choose,
    and an auditor can draw again.
    """
    drawn = int.from_bytes(sha256(f"{seed}\x1f{number}".encode()).digest()[:8], "big") % 10_000
    return drawn < percent * 100
