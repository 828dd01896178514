"""What a ticket's citizen was told, for other systems: kind, moment and state; never the number, never the words."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status

from hotline.desks.messages.lines import sees_number
from hotline.oversight.messaging.queries import Rung, Told, rings_of, told_of
from hotline.oversight.messaging.resending import send_again
from hotline.plumbing.clock import now
from hotline.rules.citizens.kinds import Kind
from hotline.rules.duty.ringing import Step
from hotline.rules.messages import Refusal
from hotline.rules.words import word
from hotline.tickets.acting.api import (
    CONFLICT,
    DENIED,
    NOT_FOUND,
    READING_ONE,
    TOO_LARGE,
    UNPROCESSABLE,
    answers,
    refused,
)
from hotline.tickets.acting.api_values import At, Number
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.queries import rows_of

RESENDING = (*READING_ONE, DENIED, CONFLICT, TOO_LARGE, UNPROCESSABLE)
STATUS = {"ticket.not_found": NOT_FOUND, "told.not_found": NOT_FOUND, "told.denied": DENIED}

router = Router(tags=["告知与值班呼叫 / messages and rings"])


class ToldOut(Schema):
    """One message to the citizen; `withheld` says why it did not leave, `gone` is past its time on record."""

    id: int
    kind: Kind
    kind_name: str
    made_at: At
    leaves_at: At | None
    state: Literal["waiting", "sending", "sent", "failed", "cancelled", "gone", "withheld"]
    withheld: str
    reason: str


class RungOut(Schema):
    """One step of ringing; the telephone number is blank for whoever may not read the unit's roster."""

    step: Step
    unit: str
    name: str
    phone: str
    rung_at: At
    state: str


class MessagesOut(Schema):
    """All that was told and rung, messages newest first, rings in order."""

    number: str
    messages: list[ToldOut]
    rings: list[RungOut]


class AgainOut(Schema):
    """The message waits again."""

    id: int


@router.get(
    "/{number}/messages",
    operation_id="list_messages",
    url_name="list_messages",
    summary="发给诉求人的短信 / what the citizen was told",
    **answers(MessagesOut, READING_ONE),
)
def list_messages(request: HttpRequest, number: Number) -> Status[dict[str, Any]]:
    """For whoever sees the ticket."""
    rows = rows_of([number], actor=actor_of(request))
    if not rows:
        return _refusing(request, Refusal("ticket.not_found", {"number": number}))
    lang, actor = lang_of(request), actor_of(request)
    body = {
        "number": number,
        "messages": [_told(one, lang) for one in told_of(number)],
        "rings": [_rung(one, numbers=sees_number(actor, one)) for one in rings_of(number)],
    }
    return Status(200, body)


@router.post(
    "/{number}/messages/{message}/resend",
    operation_id="resend_message",
    url_name="resend_message",
    summary="重发短信 / send a failed message again",
    **answers(AgainOut, RESENDING),
)
def resend_message(request: HttpRequest, number: Number, message: int) -> Status[dict[str, Any]]:
    """Only one that failed, by whoever speaks with citizens."""
    told_id = max(0, min(message, 2**63 - 1))
    refusal = send_again(number=number, told_id=told_id, actor=actor_of(request), now=now())
    return _refusing(request, refusal) if refusal else Status(200, {"id": message})


def _refusing(request: HttpRequest, refusal: Refusal) -> Status[dict[str, Any]]:
    return Status(STATUS.get(refusal.code, CONFLICT), refused(request, [refusal]))


def _told(one: Told, lang: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "kind_name": word(f"told.{one.kind}", lang),
        "made_at": one.made_at,
        "leaves_at": one.leaves_at,
        "state": one.state or "withheld",
        "withheld": one.withheld,
        "reason": one.reason,
    }


def _rung(one: Rung, *, numbers: bool) -> dict[str, Any]:
    phone = one.phone if numbers else ""
    return {
        "step": one.step,
        "unit": one.unit,
        "name": one.name,
        "phone": phone,
        "rung_at": one.rung_at,
        "state": one.state,
    }
