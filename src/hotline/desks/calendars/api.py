"""The calendar for other systems: days of a year, drafts with what they would move, publishing by a second person."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from hotline.desks.calendars.pages import status_of
from hotline.oversight.recomputing.publishing import preview_calendar, publish_calendar
from hotline.oversight.recomputing.telling import ask_second
from hotline.plumbing.clock import now, today
from hotline.registry.calendars import drafting
from hotline.registry.calendars.draft_models import RuleDraft
from hotline.registry.calendars.draft_queries import CALENDAR_KINDS, draft, unpublished_year
from hotline.registry.calendars.drafting import FIRST_YEAR, LAST_YEAR, SOURCE_MOST, TEXT_MOST, Drafted
from hotline.registry.calendars.queries import current_calendar
from hotline.rules.messages import Refusal
from hotline.rules.rule_keeping import DraftKind, DraftState, reads_rules
from hotline.rules.workdays import DayKind
from hotline.tickets.acting.api import ACTING, DENIED, NOT_FOUND, READING, Strict, answers, refused
from hotline.tickets.acting.api_values import At, counted, text, whole
from hotline.tickets.acting.person import actor_of

READ_ONE = (*READING, DENIED, NOT_FOUND)
Number = counted(1, 2**31 - 1)
Year = counted(FIRST_YEAR, LAST_YEAR)

router = Router(tags=["日历 / calendar"])


class DayOut(Schema):
    """One exceptional day."""

    day: date
    kind: DayKind
    name: str


class YearOut(Schema):
    """A year's exceptional days. `published` is false while its notice is missing; `missing` names a year to load."""

    year: int
    published: bool
    missing: int | None
    hours: list[list[str]]
    days: list[DayOut]


class NoticeIn(Strict):
    """A notice as text or table. `complete` when a festival not found in it is really not there."""

    year: whole(FIRST_YEAR, LAST_YEAR) = Field(..., description="年份 / year")  # type: ignore[valid-type]  # made with its bounds
    source: text(SOURCE_MOST, required=True) = Field(..., description="依据 / source")  # type: ignore[valid-type]  # made with its length
    notice: text(TEXT_MOST, required=True) = Field(..., description="通知正文或表格 / the notice or a table")  # type: ignore[valid-type]  # as above
    complete: bool = Field(default=False, description="确认不缺节日 / no festival is missing")


class TextIn(Strict):
    """Days of the city, or office hours, one a line."""

    source: text(SOURCE_MOST, required=True) = Field(..., description="依据 / source")  # type: ignore[valid-type]  # as above
    lines: text(TEXT_MOST, required=True) = Field(..., description="每行一项 / one a line")  # type: ignore[valid-type]  # as above


class SeenIn(Strict):
    """The edit of the draft that was looked at; if it was changed since, nothing is published."""

    edit: whole(1, 2**31 - 1) = Field(..., description="草稿的修改序号 / edit of the draft")  # type: ignore[valid-type]  # as above


class ChangedOut(Schema):
    """One day that would be something else."""

    day: date
    old: DayKind
    new: DayKind
    name: str


class MovedOut(Schema):
    """One open ticket that would move, by the clock that matters most."""

    number: str
    unit: str
    clock: str
    old: At
    new: At


class DraftOut(Schema):
    """A draft; while it is open with what publishing it would change."""

    id: int
    kind: DraftKind
    subject: str
    state: DraftState
    edit: int
    source: str
    drafted_at: At
    ended_at: At | None
    changed: list[ChangedOut]
    checked: int
    moved: int
    later: int
    earlier: int
    only_marks: int
    late_now: int
    tickets: list[MovedOut]


def _refusing(request: HttpRequest, *refusals: Refusal) -> Status[dict[str, Any]]:
    return Status(status_of(refusals), refused(request, refusals))


def _told(row: RuleDraft) -> dict[str, Any]:
    names = ("kind", "subject", "state", "edit", "source", "drafted_at", "ended_at")
    told = {"id": row.pk, **{name: getattr(row, name) for name in names}}
    nothing = dict.fromkeys(("checked", "moved", "later", "earlier", "only_marks", "late_now"), 0)
    if row.state != DraftState.OPEN:
        return {**told, **nothing, "changed": [], "tickets": []}
    plan, found = preview_calendar(row, now=now())
    return {
        **told,
        **{name: getattr(found, name) for name in nothing},
        "changed": [{"day": c.on, "old": c.old.kind, "new": c.new.kind, "name": c.new.name} for c in plan.changed],
        "tickets": [
            {"number": r.number, "unit": r.unit, "clock": r.move.kind.value, "old": r.move.old, "new": r.move.new}
            for r in found.rows
        ],
    }  # fmt: skip


def _answer(request: HttpRequest, done: Drafted) -> Status[dict[str, Any]]:
    if not done.ok or done.draft is None:
        return _refusing(request, *done.refusals)
    return Status(200, _told(done.draft))


def _asked(request: HttpRequest, done: Drafted) -> Status[dict[str, Any]]:
    """The answer to a new draft; the other supervisors are told that it waits."""
    if done.ok and done.draft is not None:
        ask_second(done.draft, by=actor_of(request).id, now=now())
    return _answer(request, done)


@router.get(
    "/{year}", operation_id="read_calendar", url_name="read_calendar", summary="一年的日历 / a year’s days",
    **answers(YearOut, READ_ONE),
)  # fmt: skip
def read_calendar(request: HttpRequest, year: Year) -> Status[dict[str, Any]]:  # type: ignore[valid-type]  # as above
    """Days that are not what their weekday says, and office hours."""
    if not reads_rules(actor_of(request)):
        return _refusing(request, Refusal("rule_draft.reading_denied"))
    calendar = current_calendar()
    days = sorted((on, day) for on, day in calendar.overrides.items() if on.year == year)
    told = {
        "year": year,
        "published": year in calendar.published,
        "missing": unpublished_year(today()),
        "hours": [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in calendar.shifts],
        "days": [{"day": on, "kind": day.kind, "name": day.name} for on, day in days],
    }
    return Status(200, told)


@router.post(
    "/drafts/notice", operation_id="draft_notice", url_name="draft_notice", summary="拟订放假安排 / draft a notice",
    **answers(DraftOut, ACTING),
)  # fmt: skip
def draft_notice(request: HttpRequest, data: NoticeIn) -> Status[dict[str, Any]]:
    """A year's notice; every line that can't be read is named."""
    done = drafting.draft_notice(
        year=data.year, text=data.notice, source=data.source, complete=data.complete, actor=actor_of(request), now=now()
    )
    return _asked(request, done)


@router.post(
    "/drafts/city-days", operation_id="draft_city_days", url_name="draft_city_days",
    summary="拟订本市停办与加班 / draft days of the city", **answers(DraftOut, ACTING),
)  # fmt: skip
def draft_city_days(request: HttpRequest, data: TextIn) -> Status[dict[str, Any]]:
    """Closures and days worked by order."""
    done = drafting.draft_city_days(text=data.lines, source=data.source, actor=actor_of(request), now=now())
    return _asked(request, done)


@router.post(
    "/drafts/hours", operation_id="draft_hours", url_name="draft_hours", summary="拟订上班时间 / draft office hours",
    **answers(DraftOut, ACTING),
)  # fmt: skip
def draft_hours(request: HttpRequest, data: TextIn) -> Status[dict[str, Any]]:
    """Office hours, several spans a day."""
    done = drafting.draft_hours(text=data.lines, source=data.source, actor=actor_of(request), now=now())
    return _asked(request, done)


@router.get(
    "/drafts/{draft_id}", operation_id="read_calendar_draft", url_name="read_calendar_draft",
    summary="草稿与预览 / a draft and its preview", **answers(DraftOut, READ_ONE),
)  # fmt: skip
def read_draft(request: HttpRequest, draft_id: Number) -> Status[dict[str, Any]]:  # type: ignore[valid-type]  # as above
    """What publishing the draft would change, and which open tickets would move."""
    if not reads_rules(actor_of(request)):
        return _refusing(request, Refusal("rule_draft.reading_denied"))
    found = draft(draft_id)
    if found is None or found.kind not in {kind.value for kind in CALENDAR_KINDS}:
        return _refusing(request, Refusal("rule_draft.not_found"))
    return Status(200, _told(found))


@router.post(
    "/drafts/{draft_id}/publish", operation_id="publish_calendar", url_name="publish_calendar",
    summary="发布日历 / publish", **answers(DraftOut, ACTING),
)  # fmt: skip
def publish(request: HttpRequest, draft_id: Number, data: SeenIn) -> Status[dict[str, Any]]:  # type: ignore[valid-type]  # as above
    """By a supervisor who has no hand in the draft; open tickets are counted again."""
    done = publish_calendar(number=draft_id, seen=data.edit, actor=actor_of(request), now=now())
    return _answer(request, done)


@router.post(
    "/drafts/{draft_id}/withdraw", operation_id="withdraw_calendar_draft", url_name="withdraw_calendar_draft",
    summary="撤回草稿 / withdraw a draft", **answers(DraftOut, ACTING),
)  # fmt: skip
def withdraw(request: HttpRequest, draft_id: Number) -> Status[dict[str, Any]]:  # type: ignore[valid-type]  # as above
    """The draft is given up."""
    return _answer(request, drafting.withdraw(number=draft_id, actor=actor_of(request), now=now()))
