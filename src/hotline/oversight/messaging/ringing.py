"""呼叫值班: an urgent ticket rings the people on duty, one step after the other, until somebody signs it in.

Each step is written down under the ticket's lock before its message can leave, so two workers never ring twice, and a
worker that dies leaves the step to the next look. Who is rung follows the roster at that moment.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction

from hotline.oversight.messaging.models import Ring
from hotline.oversight.notices.commands import tell
from hotline.plumbing.outbox.commands import queue
from hotline.registry.duty.queries import roster
from hotline.registry.regions.queries import city
from hotline.registry.units.queries import short_names
from hotline.rules.callback_plan import is_mobile
from hotline.rules.duty.ringing import Step, next_call
from hotline.rules.duty.roster import DESK, Turn
from hotline.rules.messages import Message
from hotline.rules.notifying import To, Told
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ, Role
from hotline.tickets.happening import Happened
from hotline.tickets.unsigned import SignIn, owing_sign_in, sign_in_of

GIVEN: Final = (
    "dispatch.sent",
    "dispatch.phoned",
    "dispatch.reassigned",
    "ticket.classified",
)
"""After these an urgent sign-in may be owed."""
RULERS: Final = frozenset({Role.SUPERVISOR, Role.TEAM_LEADER})
SILENCE: Final = "duty_silent"


def ring_duty(happened: Happened, now: datetime) -> None:
    """Reaction: the first step, and the date of the next."""
    climb(number=happened.number, now=now)


def climb(*, number: str, now: datetime) -> datetime | None:
    """Takes every step that is due; when the next one is, None when there is none."""
    with transaction.atomic():
        owed = sign_in_of(number, lock=True)
        if owed is None or not owed.owed:
            return None
        rows = Ring.objects.filter(number=number, round=owed.round, unit=owed.unit).order_by("id")
        done = {Step(row.step): row.message_id is not None for row in rows}
        began = rows[0].rung_at if done else now
        while call := next_call(started_at=began, due_at=owed.due_at, done=done, answered=False):
            if call.at > now:
                _look_again(number, call.at)
                return call.at
            done[call.step] = _taken(owed, call.step, now)
    return None


def _taken(owed: SignIn, step: Step, now: datetime) -> bool:
    """Rings somebody, or finds that there is nobody to ring; True when a message leaves."""
    turn = None if step is Step.NOBODY else _reachable(_on_duty(owed, step, now))
    message = _message(owed, step, turn, now) if turn is not None and is_mobile(turn.phone) else None
    if step is Step.NOBODY:
        to = To(RULERS)
        tell([Told(SILENCE, (to,))], number=owed.number, seq=owed.seq, but="", now=now)
    Ring.objects.create(
        number=owed.number,
        round=owed.round,
        unit=owed.unit,
        step=step.value,
        name=turn.name if turn else "",
        phone=turn.phone if turn else "",
        rung_at=now,
        message_id=message,
    )
    return message is not None


def _on_duty(owed: SignIn, step: Step, now: datetime) -> Iterable[Turn]:
    if step is Step.OFFICE:
        place = city()
        return roster(place.office_unit_code, since=now).at(now) if place else ()
    turns = roster(owed.unit, since=now).at(now)
    return [turn for turn in turns if (turn.kind in DESK) == (step is Step.DESK)]


def _reachable(turns: Iterable[Turn]) -> Turn | None:
    """Whoever has a mobile number before those who have none: a landline takes no message, somebody must ring it."""
    return min(turns, key=lambda turn: not is_mobile(turn.phone), default=None)


def _message(owed: SignIn, step: Step, turn: Turn, now: datetime) -> int:
    """Urgent, so at any hour; it names the ticket and nothing of its matter."""
    place, until = city(), owed.due_at.astimezone(CITY_TZ)
    said = {
        "hotline": place.hotline_name if place else "12345",
        "number": owed.number,
        "until": f"{until:%H:%M}",
        "name": turn.name,
        "unit": short_names([owed.unit]).get(owed.unit, owed.unit),
    }
    first = step is Step.DESK
    return queue(
        channel="sms",
        to=turn.phone,
        subject="",
        body=render(Message("duty.ring", said) if first else Message("duty.ring_on", said), "zh"),
        about=owed.number,
        key=f"{owed.number}/ring/{owed.round}/{owed.unit}/{step.value}",
        not_before=None,
        now=now,
    )


def _look_again(number: str, at: datetime) -> None:
    from hotline.oversight.messaging.jobs import look_again

    look_again(number, at)


def climb_all(*, now: datetime) -> int:
    """Looks after every urgent sign-in that is owed, whose job may be lost. How many there are."""
    numbers = owing_sign_in()
    for number in numbers:
        climb(number=number, now=now)
    return len(numbers)
