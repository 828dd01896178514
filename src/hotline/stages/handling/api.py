"""The handling stage's acts for other systems, and stand-ins during absence."""

from datetime import date

from django.http import HttpRequest
from ninja import Schema, Status
from pydantic import Field

from hotline.plumbing.clock import now, today
from hotline.registry.people.absences import (
    MOST_DAYS,
    REASON_LIMIT,
    Away,
    AwayLine,
    entries_of,
    may_name,
    name_stand_in,
    recall_stand_in,
)
from hotline.registry.people.recording import Done
from hotline.rules.messages import Refusal
from hotline.stages.handling.stage_acts import ACTS
from hotline.tickets.acting import api_values as values
from hotline.tickets.acting.api import (
    ACTING,
    AWAY,
    CONFLICT,
    DENIED,
    NOT_FOUND,
    UNKNOWN_CALLER,
    UNPROCESSABLE,
    Strict,
    act_router,
    answers,
    refused,
)
from hotline.tickets.acting.person import actor_of

router = act_router(ACTS, tag="③ 办理")
Key = values.counted(1, values.LARGEST)


class AbsenceIn(Strict):
    """Who signs while one is away, from which day to which (both included), and why."""

    stand_in: Key = Field(description="代签人的账号编号 / the account number of the stand-in")  # type: ignore[valid-type]  # made with its bounds
    first: values.Day = Field(description="第一天 / the first day")
    last: values.Day = Field(description=f"最后一天，至多{MOST_DAYS}天 / the last day, at most {MOST_DAYS} days")
    reason: values.text(REASON_LIMIT, required=True) = Field(description="事由 / why")  # type: ignore[valid-type]  # made with its length


class AbsenceOut(Schema):
    """One entry: `mine` was named by the caller, the others are those in which the caller stands in."""

    id: int
    mine: bool
    person: str
    stand_in: str
    reason: str
    first: date
    last: date
    state: str


class AbsencesOut(Schema):
    """All entries of the caller, the latest first."""

    absences: list[AbsenceOut]


@router.get(
    "/absences",
    operation_id="list_absences",
    url_name="list_absences",
    summary="请假代签登记 / absences and stand-ins",
    **answers(AbsencesOut, (UNKNOWN_CALLER, DENIED, AWAY)),
)
def list_absences(request: HttpRequest) -> Status[dict[str, object]]:
    """The caller's own entries, and those in which the caller stands in."""
    if not may_name(actor_of(request)):
        return _refused(request, Refusal("absence.no_role"))
    return Status(200, _entries(request))


@router.post(
    "/absences",
    operation_id="name_stand_in",
    url_name="name_stand_in",
    summary="指定请假代签人 / name a stand-in",
    **answers(AbsencesOut, ACTING),
)
def add_absence(request: HttpRequest, data: AbsenceIn) -> Status[dict[str, object]]:
    """Lend one's own roles of the unit for the days away."""
    away = Away(data.first, data.last, data.reason)
    done = name_stand_in(stand_in=data.stand_in, away=away, actor=actor_of(request), now=now())
    return _answered(request, done)


@router.post(
    "/absences/{absence}/recall",
    operation_id="recall_stand_in",
    url_name="recall_stand_in",
    summary="收回请假代签 / end a stand-in",
    **answers(AbsencesOut, ACTING),
)
def end_absence(request: HttpRequest, absence: Key) -> Status[dict[str, object]]:  # type: ignore[valid-type]  # made with its bounds
    """Back earlier than said."""
    return _answered(request, recall_stand_in(absence=absence, actor=actor_of(request), now=now()))


def _answered(request: HttpRequest, done: Done) -> Status[dict[str, object]]:
    return Status(200, _entries(request)) if done.ok else _refused(request, *done.refusals)


def _refused(request: HttpRequest, *refusals: Refusal) -> Status[dict[str, object]]:
    codes = {refusal.code for refusal in refusals}
    status = CONFLICT if any(not refusal.field for refusal in refusals) else UNPROCESSABLE
    status = {"absence.no_role": DENIED, "absence.unknown": NOT_FOUND}.get(min(codes), status)
    return Status(status, refused(request, refusals))


def _entries(request: HttpRequest) -> dict[str, object]:
    mine, others = entries_of(int(actor_of(request).id), today())
    return {"absences": [_out(line, mine=True) for line in mine] + [_out(line, mine=False) for line in others]}


def _out(line: AwayLine, *, mine: bool) -> dict[str, object]:
    return {**vars(line), "mine": mine}
