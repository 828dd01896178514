"""What a citizen answers by link or by a short message back: settled, the ticket closes; otherwise a person rings.

The lifecycle table lets any citizen record a callback, so the token decides here whose ticket it is. Silence and
whatever can't be understood never count as satisfied.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db import transaction

from hotline.rules.acts import RecordCallback
from hotline.rules.callback_plan import is_mobile, understood
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.satisfaction import Outcome, judge
from hotline.rules.vocabulary import ClockKind, Flag, Rating, Resolution, Role, Stage
from hotline.stages.callback.commands.asking import digest_of
from hotline.stages.callback.commands.planning import plan_again
from hotline.stages.callback.models import InboundAnswer, Question
from hotline.tickets.access import OpenTicket, take
from hotline.tickets.commands import perform_on

CITIZEN: Final = Actor(id="citizen", roles=frozenset({Role.CITIZEN}))
WORDS_KEPT: Final = 1000
KEPT_FOR: Final = timedelta(days=90)


class Result(StrEnum):
    """What came of an answer."""

    SETTLED = "settled"
    PHONE = "phone"
    OVER = "over"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Given:
    """One answer. Without a rating it could not be understood."""

    responded: bool | None = None
    resolution: Resolution | None = None
    rating: Rating | None = None
    cause: str = ""
    words: str = ""
    by: str = Question.By.LINK.value


def answer(*, token: str, given: Given, now: datetime) -> Result:
    """An answer by the link. It may be given anew until the callback is over."""
    number = Question.objects.filter(token_digest=digest_of(token)).values_list("ticket__number", "pk").first()
    return _take_in(number[0], number[1], given, now) if number else Result.UNKNOWN


def answer_by_message(*, message_id: str, sender: str, body: str, now: datetime) -> Result:
    """A short message that came back. The gateway's number makes a message that it sends twice count once."""
    with transaction.atomic():
        row, first = InboundAnswer.objects.get_or_create(
            message_id=message_id, defaults={"received_at": now, "result": Result.UNKNOWN.value}
        )
        if not first:
            return Result(row.result)
        result = _by_number(sender, body, now)
        InboundAnswer.objects.filter(message_id=message_id).update(result=result.value)
        return result


def forget_messages(*, now: datetime) -> int:
    """Numbers of messages that the gateway will not send again."""
    gone, _ = InboundAnswer.objects.filter(received_at__lt=now - KEPT_FOR).delete()
    return gone


def _by_number(sender: str, body: str, now: datetime) -> Result:
    """A digit answers the one question that is open; with several open nobody can tell which, so a person asks."""
    asked = _open_questions(sender, now)
    said = understood(body)
    if not asked:
        return Result.UNKNOWN
    if said is not None and len(asked) == 1:
        given = Given(
            responded=said.responded, resolution=said.resolution, rating=said.rating, by=Question.By.MESSAGE.value
        )
    else:
        given = Given(words=body.strip()[:WORDS_KEPT], by=Question.By.MESSAGE.value)
    results = [_take_in(number, pk, given, now) for number, pk in asked]
    return results[0]


def _open_questions(sender: str, now: datetime) -> list[tuple[str, int]]:
    """Questions that wait for this number; those not answered yet before those that are."""
    digits = "".join(sign for sign in sender if sign.isdigit())[-11:]
    if not is_mobile(digits):
        return []
    rows = Question.objects.filter(
        ticket__requester__phone__in=[digits, f"86{digits}", f"+86{digits}"],
        ticket__stage=Stage.PENDING_CALLBACK.value,
        asked_at__lte=now,
        expires_at__gt=now,
    )
    found = list(rows.order_by("ticket_id").values_list("ticket__number", "pk", "answered_at"))
    waiting = [(number, pk) for number, pk, answered in found if answered is None]
    return waiting or [(number, pk) for number, pk, _ in found]


@transaction.atomic
def _take_in(number: str, question_id: int, given: Given, now: datetime) -> Result:
    opened = take(number, actor=SYSTEM)
    question = Question.objects.get(pk=question_id)
    if is_over(question, opened, now):
        return Result.OVER
    settled = _settled(given)
    if settled and not _recorded(opened, given, now):
        settled = False
    Question.objects.filter(pk=question_id).update(
        answered_at=now,
        answered_by=given.by,
        responded=given.responded,
        resolution=given.resolution.value if given.resolution else "",
        rating=given.rating,
        cause=given.cause,
        words=given.words[:WORDS_KEPT],
        settled=settled if given.rating is not None else None,
        unclear=given.rating is None,
        answers=question.answers + 1,
    )
    plan_again([opened.row.pk], now=now)
    return Result.SETTLED if settled else Result.PHONE


def is_over(question: Question, opened: OpenTicket, now: datetime) -> bool:
    """Nobody answers a question of an earlier round, after its time, or about what has become confidential."""
    state = opened.state
    clock = state.clocks.get(ClockKind.CALLBACK)
    same = clock is None or clock.round == question.round
    waits = state.stage is Stage.PENDING_CALLBACK and Flag.CONFIDENTIAL not in state.flags
    return not (same and waits and now < question.expires_at)


def _settled(given: Given) -> bool:
    if given.responded is None or given.resolution is None or given.rating is None:
        return False
    return judge(responded=given.responded, resolution=given.resolution, rating=given.rating) is Outcome.SETTLED


def _recorded(opened: OpenTicket, given: Given, now: datetime) -> bool:
    """The citizen's own act, where the table allows it."""
    if given.responded is None or given.resolution is None:
        return False
    act = RecordCallback(
        responded=given.responded, resolution=given.resolution, rating=given.rating, words=given.words[:WORDS_KEPT]
    )
    return perform_on(opened, act=act, actor=CITIZEN, now=now).ok
