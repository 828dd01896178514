"""Emergency mode for other systems: what is in force, and for supervisors the preview and the switching of it.

Whatever a page would refuse is refused here with the same code.
"""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from hotline.oversight.emergency import forces, switching
from hotline.oversight.emergency.previews import preview_off, preview_on
from hotline.oversight.recomputing.queries import Preview
from hotline.plumbing.clock import now
from hotline.registry.emergencies.commands import Done
from hotline.registry.emergencies.models import EmergencyPeriod
from hotline.registry.emergencies.queries import period, period_of
from hotline.rules.emergency_mode import MOST_CHOSEN, NAME_LIMIT, REASON_LIMIT, Plan, Standing, denied
from hotline.rules.messages import Refusal
from hotline.rules.task_force import NAME_LIMIT as FORCE_NAME
from hotline.rules.task_force import ForcePlan, Member
from hotline.rules.vocabulary import ClockKind, Role
from hotline.tickets.acting.api import (
    ACTING,
    DENIED,
    NOT_FOUND,
    READING,
    UNPROCESSABLE,
    Strict,
    answers,
    refused,
)
from hotline.tickets.acting.api import CONFLICT as NOT_NOW
from hotline.tickets.acting.api_values import CODE, LARGEST, At, Day, Moment, counted, text
from hotline.tickets.acting.names import books_of
from hotline.tickets.acting.person import actor_of

READ = (*READING, DENIED)
Which = counted(1, LARGEST)

router = Router(tags=["应急状态 / emergencies"])


class PlanIn(Strict):
    """What is switched on; no start means at once, empty lists mean all."""

    name: text(NAME_LIMIT, required=True) = Field(..., description="名称 / name")  # type: ignore[valid-type]  # made with its length
    reason: text(REASON_LIMIT, required=True) = Field(..., description="原因 / why")  # type: ignore[valid-type]  # see name
    planned_end: Moment = Field(..., description="计划结束时间 / planned end")
    start: Moment | None = Field(default=None, description="启用时间，空即立即 / start, null for now")
    categories: list[text(CODE)] = Field(  # type: ignore[valid-type]  # see name
        default_factory=list, max_length=MOST_CHOSEN, description="适用事项 / categories of any level"
    )
    regions: list[text(CODE)] = Field(  # type: ignore[valid-type]  # see name
        default_factory=list, max_length=MOST_CHOSEN, description="适用区划 / regions"
    )
    tags: list[text(CODE)] = Field(  # type: ignore[valid-type]  # see name
        default_factory=list, max_length=MOST_CHOSEN, description="适用标签 / tags"
    )
    public: bool = Field(default=False, description="可以公开 / may be told to the public")


class EndIn(Strict):
    """A later planned end."""

    planned_end: Moment = Field(..., description="延长到 / new planned end")


class MemberIn(Strict):
    """Somebody of a task force."""

    account: text(CODE, required=True) = Field(..., description="账号 / account")  # type: ignore[valid-type]  # see name
    role: Role = Field(..., description="专班岗位 / role in the task force")


class ForceIn(Strict):
    """A task force with its people; the last day is included."""

    name: text(FORCE_NAME, required=True) = Field(..., description="专班名称 / name")  # type: ignore[valid-type]  # see name
    last_day: Day = Field(..., description="最后一天 / last day")
    members: list[MemberIn] = Field(..., max_length=MOST_CHOSEN, description="人员 / people")


class ForceOut(Schema):
    """One task force; `unit` is the code to dispatch to."""

    id: int
    unit: str
    name: str
    first_day: date
    last_day: date
    open_tickets: int
    closed: bool


class EmergencyOut(Schema):
    """One emergency."""

    id: int
    name: str
    reason: str
    public: bool
    standing: Standing
    start: At
    planned_end: At
    ended_at: At | None
    categories: list[str]
    regions: list[str]
    tags: list[str]
    confirmed: bool


class EmergenciesOut(Schema):
    """All emergencies, the newest first."""

    emergencies: list[EmergencyOut]


class MoveOut(Schema):
    """One ticket that would move."""

    number: str
    unit: str
    clock: ClockKind
    old_due_at: At
    new_due_at: At


class UnitOut(Schema):
    """How many of a unit's tickets would move; blank: not dispatched yet."""

    unit: str
    tickets: int


class PreviewOut(Schema):
    """What would move; `tickets` lists the first of them."""

    moved: int
    late_now: int
    units: list[UnitOut]
    tickets: list[MoveOut]


@router.get(
    "",
    operation_id="list_emergencies",
    url_name="list_emergencies",
    summary="应急状态列表 / emergencies",
    **answers(EmergenciesOut, READING),
)
def list_emergencies(request: HttpRequest) -> Status[dict[str, Any]]:
    """Those in force, ahead and over."""
    return Status(200, {"emergencies": [_line(row) for row in books_of(request).emergencies.periods]})


@router.post(
    "/preview",
    operation_id="preview_emergency",
    url_name="preview_emergency",
    summary="预览启用的影响 / what switching on would move",
    **answers(PreviewOut, ACTING),
)
def preview_emergency(request: HttpRequest, data: PlanIn) -> Status[dict[str, Any]]:
    """Nothing is done: which open tickets would get which new due time."""
    plan, moment = _plan(data), now()
    wrong = switching.plan_refusals_now(plan, actor=actor_of(request), now=moment)
    if not wrong.ok:
        return _refusing(request, *wrong.refusals)
    return Status(200, _preview(preview_on(plan, now=moment)))


@router.post(
    "",
    operation_id="switch_emergency_on",
    url_name="switch_emergency_on",
    summary="启用应急状态 / switch an emergency on",
    **answers(EmergencyOut, ACTING),
)
def switch_emergency_on(request: HttpRequest, data: PlanIn) -> Status[dict[str, Any]]:
    """It begins; a second supervisor is to confirm it within a day."""
    return _answer(request, switching.switch_on(_plan(data), actor=actor_of(request), now=now()))


@router.get(
    "/{emergency}/off",
    operation_id="preview_emergency_off",
    url_name="preview_emergency_off",
    summary="预览解除的影响 / what switching off would move",
    **answers(PreviewOut, (*READ, NOT_FOUND, NOT_NOW)),
)
def preview_emergency_off(request: HttpRequest, emergency: Which) -> Status[dict[str, Any]]:  # type: ignore[valid-type]  # made with its bounds
    """Nothing is done: which open tickets would return to their own due time."""
    refusal = denied(actor_of(request))
    row = period(emergency)
    if refusal or row is None:
        return _refusing(request, refusal or Refusal("emergency.not_found"))
    return Status(200, _preview(preview_off(row, now=now())))


@router.post(
    "/{emergency}/off",
    operation_id="switch_emergency_off",
    url_name="switch_emergency_off",
    summary="解除应急状态 / switch an emergency off",
    **answers(EmergencyOut, ACTING),
)
def switch_emergency_off(request: HttpRequest, emergency: Which) -> Status[dict[str, Any]]:  # type: ignore[valid-type]  # see above
    """It is over; open tickets return to their own due times."""
    return _answer(request, switching.switch_off(emergency, actor=actor_of(request), now=now()))


@router.post(
    "/{emergency}/confirm",
    operation_id="confirm_emergency",
    url_name="confirm_emergency",
    summary="第二人确认 / confirm as the second person",
    **answers(EmergencyOut, ACTING),
)
def confirm_emergency(request: HttpRequest, emergency: Which) -> Status[dict[str, Any]]:  # type: ignore[valid-type]  # see above
    """A second supervisor stands behind it."""
    return _answer(request, switching.confirm(emergency, actor=actor_of(request), now=now()))


@router.post(
    "/{emergency}/lengthen",
    operation_id="lengthen_emergency",
    url_name="lengthen_emergency",
    summary="延长应急状态 / lengthen an emergency",
    **answers(EmergencyOut, ACTING),
)
def lengthen_emergency(request: HttpRequest, emergency: Which, data: EndIn) -> Status[dict[str, Any]]:  # type: ignore[valid-type]  # see above
    """A later planned end."""
    done = switching.lengthen(emergency, planned_end=data.planned_end, actor=actor_of(request), now=now())
    return _answer(request, done)


@router.post(
    "/{emergency}/forces",
    operation_id="open_task_force",
    url_name="open_task_force",
    summary="设立专班 / open a task force",
    **answers(ForceOut, ACTING),
)
def open_task_force(request: HttpRequest, emergency: Which, data: ForceIn) -> Status[dict[str, Any]]:  # type: ignore[valid-type]  # see above
    """A temporary unit with its people, offered to dispatchers from now to its last day."""
    people = tuple(Member(one.account, one.role) for one in data.members)
    plan = ForcePlan(name=data.name, last_day=data.last_day, members=people)
    return _force(request, forces.open_force(emergency, plan, actor=actor_of(request), now=now()))


@router.post(
    "/forces/{force}/close",
    operation_id="close_task_force",
    url_name="close_task_force",
    summary="结束专班 / close a task force",
    **answers(ForceOut, ACTING),
)
def close_task_force(request: HttpRequest, force: Which) -> Status[dict[str, Any]]:  # type: ignore[valid-type]  # see above
    """It is over; refused while open tickets lie with it."""
    return _force(request, forces.close_force(force, actor=actor_of(request), now=now()))


def _force(request: HttpRequest, done: forces.Formed) -> Status[dict[str, Any]]:
    if done.force is None or not done.ok:
        return _refusing(request, *done.refusals)
    told = {name: getattr(done.force, name) for name in ("unit", "name", "first_day", "last_day")}
    more = {"id": done.force.pk, "open_tickets": forces.left(done.force), "closed": done.force.closed_at is not None}
    return Status(200, told | more)


def _plan(data: PlanIn) -> Plan:
    return Plan(
        name=data.name,
        reason=data.reason,
        planned_end=data.planned_end,
        start=data.start,
        categories=tuple(data.categories),
        regions=tuple(data.regions),
        tags=tuple(data.tags),
        public=data.public,
    )


def _line(row: EmergencyPeriod) -> dict[str, Any]:
    given = ("name", "reason", "public", "start", "planned_end", "ended_at", "categories", "regions", "tags")
    told = {name: getattr(row, name) for name in given}
    return told | {"id": row.pk, "standing": period_of(row).standing(now()), "confirmed": bool(row.confirmed_by)}


def _preview(found: Preview) -> dict[str, Any]:
    return {
        "moved": found.moved,
        "late_now": found.late_now,
        "units": [{"unit": unit, "tickets": number} for unit, number in found.units],
        "tickets": [
            {
                "number": row.number,
                "unit": row.unit,
                "clock": row.move.kind,
                "old_due_at": row.move.old,
                "new_due_at": row.move.new,
            }
            for row in found.rows
        ],
    }


def _answer(request: HttpRequest, done: Done) -> Status[dict[str, Any]]:
    if done.period is None or not done.ok:
        return _refusing(request, *done.refusals)
    return Status(200, _line(done.period))


def _refusing(request: HttpRequest, *refusals: Refusal) -> Status[dict[str, Any]]:
    """404 not there, 403 not yours, 422 a field to mend, 409 not now."""
    codes = {refusal.code for refusal in refusals}
    if codes & {"emergency.not_found", "task_force.not_found"}:
        status = NOT_FOUND
    elif "emergency.denied" in codes:
        status = DENIED
    else:
        status = UNPROCESSABLE if all(refusal.field for refusal in refusals) else NOT_NOW
    return Status(status, refused(request, refusals))
