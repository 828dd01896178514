"""Rosters for other systems, such as a telephone exchange that wants to put a call through at night.

The same people read and keep them as on the pages.
"""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status

from hotline.desks.duty.lines import AHEAD, holes_of
from hotline.plumbing.clock import now
from hotline.registry.calendars.queries import current_calendar
from hotline.registry.duty.checking import TurnData
from hotline.registry.duty.commands import Kept, cancel_turn, plan_turn
from hotline.registry.duty.queries import roster
from hotline.registry.duty.standing import keeps, reads
from hotline.rules.duty.roster import DutyKind, Turn
from hotline.rules.messages import Refusal
from hotline.tickets.acting.api import (
    AWAY,
    CONFLICT,
    DENIED,
    NOT_FOUND,
    READING,
    TOO_LARGE,
    UNKNOWN_CALLER,
    UNPROCESSABLE,
    Strict,
    answers,
    refused,
)
from hotline.tickets.acting.api_values import At, Moment, text
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of

READERS = (*READING, DENIED)
KEEPERS = (UNKNOWN_CALLER, DENIED, CONFLICT, TOO_LARGE, UNPROCESSABLE, AWAY)
CANCELLING = (*KEEPERS, NOT_FOUND)

LARGEST = 2**63 - 1

router = Router(tags=["值班表 / duty roster"])


class TurnOut(Schema):
    """One turn. `id` is there for single turns, which can be cancelled."""

    id: int | None
    kind: DutyKind
    name: str
    phone: str
    begins_at: At
    ends_at: At


class NowOut(Schema):
    """Who is on duty at this moment, those at the telephone first, then the leader."""

    unit: str
    at: At
    on_duty: list[TurnOut]


class RosterOut(Schema):
    """The coming two weeks, and where nobody is on duty, in words."""

    unit: str
    turns: list[TurnOut]
    holes: list[str]


class TurnIn(Strict):
    """One turn; the moments lie in city time unless they say another."""

    kind: DutyKind
    name: text(50, required=True)  # type: ignore[valid-type]  # made with its length
    phone: text(20, required=True)  # type: ignore[valid-type]  # see name
    begins_at: Moment
    ends_at: Moment


class KeptOut(Schema):
    """The turn's id."""

    id: int
    done: Literal[True] = True


@router.get(
    "/{unit}/now",
    operation_id="duty_now",
    url_name="duty_now",
    summary="现在谁值班 / who is on duty now",
    **answers(NowOut, READERS),
)
def on_duty_now(request: HttpRequest, unit: str) -> Status[dict[str, Any]]:
    """Who can be rung at the unit at this moment."""
    wrong = _not_open(request, unit)
    if wrong:
        return _refusing(request, wrong)
    moment = now()
    turns = roster(unit, since=moment).at(moment)
    return Status(200, {"unit": unit, "at": moment, "on_duty": [_turn(turn) for turn in turns]})


@router.get(
    "/{unit}",
    operation_id="duty_roster",
    url_name="duty_roster",
    summary="单位值班表 / a unit’s roster",
    **answers(RosterOut, READERS),
)
def unit_roster(request: HttpRequest, unit: str) -> Status[dict[str, Any]]:
    """The coming two weeks of one unit."""
    wrong = _not_open(request, unit)
    if wrong:
        return _refusing(request, wrong)
    moment = now()
    kept = roster(unit, since=moment)
    turns = [_turn(turn) for turn in kept.turns(moment, moment + AHEAD)]
    return Status(
        200, {"unit": unit, "turns": turns, "holes": holes_of(kept, current_calendar(), moment, lang_of(request))}
    )


@router.post(
    "/{unit}/turns",
    operation_id="plan_turn",
    url_name="plan_turn",
    summary="登记班次 / plan a turn",
    **answers(KeptOut, KEEPERS),
)
def put_turn(request: HttpRequest, unit: str, data: TurnIn) -> Status[dict[str, Any]]:
    """One turn, in the place of the weekly pattern."""
    if keeps(actor_of(request), unit) and unit not in names_of(request).units:
        return _refusing(request, Refusal("duty.no_unit", {"unit": unit[:24]}, field="unit"))
    planned = TurnData(unit, data.kind.value, data.begins_at, data.ends_at, data.name, data.phone)
    return _kept(request, plan_turn(data=planned, actor=actor_of(request), now=now()))


@router.post(
    "/{unit}/turns/{turn}/cancel",
    operation_id="cancel_turn",
    url_name="cancel_turn",
    summary="取消班次 / cancel a turn",
    **answers(KeptOut, CANCELLING),
)
def drop_turn(request: HttpRequest, unit: str, turn: int) -> Status[dict[str, Any]]:
    """It does not hold any more."""
    done = cancel_turn(unit=unit, pk=max(0, min(turn, LARGEST)), weekly=False, actor=actor_of(request), now=now())
    return _kept(request, done)


def _not_open(request: HttpRequest, unit: str) -> Refusal | None:
    if not reads(actor_of(request), unit):
        return Refusal("duty.denied")
    return None if unit in names_of(request).units else Refusal("duty.no_unit", {"unit": unit[:24]}, field="unit")


def _refusing(request: HttpRequest, *refusals: Refusal) -> Status[dict[str, Any]]:
    codes = {refusal.code for refusal in refusals}
    status = DENIED if "duty.denied" in codes else UNPROCESSABLE if all(r.field for r in refusals) else CONFLICT
    return Status(status, refused(request, refusals))


def _kept(request: HttpRequest, done: Kept) -> Status[dict[str, Any]]:
    return Status(200, {"id": done.pk}) if done.ok else _refusing(request, *done.refusals)


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "id": turn.row if turn.single else None,
        "kind": turn.kind,
        "name": turn.name,
        "phone": turn.phone,
        "begins_at": turn.begins,
        "ends_at": turn.ends,
    }
