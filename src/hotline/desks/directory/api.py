"""The dispatch directory for other systems: its rules, drafts as lines of the file, a dry run, publishing."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hotline.desks.calendars.api import SeenIn
from hotline.desks.calendars.pages import status_of
from hotline.desks.directory.lines import spelling_of
from hotline.desks.directory.pages import KINDS
from hotline.oversight.recomputing.telling import ask_second
from hotline.oversight.rehearsing.directory import rehearse_directory
from hotline.oversight.rehearsing.queries import MOST_MONTHS
from hotline.plumbing.clock import now, today
from hotline.registry.calendars import drafting as any_drafting
from hotline.registry.calendars.draft_models import RuleDraft
from hotline.registry.calendars.draft_queries import draft
from hotline.registry.calendars.drafting import SOURCE_MOST, Drafted
from hotline.registry.keeping import drafting
from hotline.registry.units.rules import all_rules
from hotline.rules.jurisdiction import DirectoryRule
from hotline.rules.jurisdiction.sheet import Spelling, print_rule
from hotline.rules.messages import Refusal
from hotline.rules.rule_keeping import DraftState, reads_rules
from hotline.tickets.acting.api import ACTING, DENIED, NOT_FOUND, READING, Strict, answers, refused
from hotline.tickets.acting.api_values import At, counted, text, whole
from hotline.tickets.acting.person import actor_of

READ_ONE: Final = (*READING, DENIED, NOT_FOUND)
Number = counted(1, 2**31 - 1)

router = Router(tags=["派单目录 / dispatch directory"])


class RuleOut(Schema):
    """One version of one rule; `line` is its line of the file, by header. A blank lead is 属地, “-” is 引导."""

    number: str
    version: int
    title: str
    categories: list[str]
    regions: list[str]
    lead: str
    owner: str
    source: str
    valid_from: date | None
    valid_to: date | None
    line: dict[str, str]


class RulesOut(Schema):
    """Rules in the order of the file."""

    rules: list[RuleOut]


class AskedIn(Schema):
    """Which rules."""

    category: str = Field(default="", pattern=r"^[0-9]{0,6}$", description="分类代码或其开头 / how a category begins")
    number: str = Field(default="", pattern=r"^[0-9]{0,6}(-[0-9]{0,4})?$", description="规则编号 / number of a rule")
    every_version: bool = Field(default=False, description="包括停用和尚未启用的 / those not in force too")


class LinesIn(Strict):
    """Lines of the file with their headers; rules that are not named stay."""

    source: text(SOURCE_MOST, required=True) = Field(..., description="依据 / source")  # type: ignore[valid-type]  # made with its length
    lines: text(drafting.TEXT_MOST, required=True) = Field(..., description="目录文件内容 / the file")  # type: ignore[valid-type]  # as above


class TryIn(Strict):
    """How far back the dry run looks."""

    months: whole(1, MOST_MONTHS) = Field(default=3, description="回看几个月 / months")  # type: ignore[valid-type]  # made with its bounds


class ChangeOut(Schema):
    """One line that changes, as it would stand and as it or the version before stood."""

    kind: str
    number: str
    version: int
    old: dict[str, str]
    new: dict[str, str]


class WrongOut(Schema):
    """Why a line cannot be published any more."""

    line: int
    code: str


class DirectoryDraftOut(Schema):
    """A draft; while it is open with what publishing it would change. `trial` is its last dry run."""

    id: int
    subject: str
    state: DraftState
    edit: int
    source: str
    drafted_at: At
    ended_at: At | None
    changes: list[ChangeOut]
    wrong: list[WrongOut]
    trial: dict[str, Any] | None


def _refusing(request: HttpRequest, *refusals: Refusal) -> Status[dict[str, Any]]:
    return Status(status_of(refusals), refused(request, refusals))


def _rule(rule: DirectoryRule, spelling: Spelling) -> dict[str, Any]:
    names = ("version", "title", "categories", "regions", "lead", "owner", "source", "valid_from", "valid_to")
    told = {name: getattr(rule, name) for name in names}
    return {**told, "number": rule.id, "line": print_rule(rule, spelling)}


def _told(row: RuleDraft) -> dict[str, Any]:
    names = ("subject", "state", "edit", "source", "drafted_at", "ended_at")
    told = {"id": row.pk, **{name: getattr(row, name) for name in names}, "trial": row.rehearsal}
    if row.state != DraftState.OPEN:
        return {**told, "changes": [], "wrong": []}
    held = drafting.held_against(row, now())
    return {
        **told,
        "changes": [
            {
                "kind": one.kind.value,
                "number": one.rule.id,
                "version": one.rule.version,
                "old": print_rule(one.old, held.spelling) if one.old else {},
                "new": print_rule(one.rule, held.spelling),
            }
            for one in held.changes.made
        ],
        "wrong": [{"line": one.line, "code": one.message.code} for one in held.changes.wrong],
    }


def _answer(request: HttpRequest, done: Drafted) -> Status[dict[str, Any]]:
    if not done.ok or done.draft is None:
        return _refusing(request, *done.refusals)
    return Status(200, _told(done.draft))


def _lined(refusal: Refusal) -> Refusal:
    """A mistake of a line says in which line it stands; the others concern the lines as a whole, or their source."""
    if refusal.field != "text":
        return refusal
    line = refusal.params.get("line")
    return replace(refusal, field="lines" if line is None else f"lines.{line}")


def _draft(number: int) -> RuleDraft | None:
    found = draft(number)
    return found if found is not None and found.kind in {kind.value for kind in KINDS} else None


@router.get(
    "", operation_id="read_directory", url_name="read_directory", summary="派单目录 / the dispatch directory",
    **answers(RulesOut, READING),
)  # fmt: skip
def read_directory(request: HttpRequest, asked: Query[AskedIn]) -> Status[dict[str, Any]]:
    """The rules in force, or every version; everybody who is signed in reads them."""
    spelling, day = spelling_of(request), today()
    rules = sorted(all_rules(), key=lambda rule: rule.place_in_file)
    found = [
        _rule(rule, spelling)
        for rule in rules
        if (asked.every_version or rule.holds(day))
        and asked.number in {"", rule.id}
        and any(code.startswith(asked.category) for code in rule.categories)
    ]
    return Status(200, {"rules": found})


@router.post(
    "/drafts", operation_id="draft_directory", url_name="draft_directory", summary="拟订目录改动 / draft a change",
    **answers(DirectoryDraftOut, ACTING),
)  # fmt: skip
def draft_directory(request: HttpRequest, data: LinesIn) -> Status[dict[str, Any]]:
    """Lines of the file; every mistake is named."""
    done = drafting.draft_text(text=data.lines, source=data.source, actor=actor_of(request), now=now())
    if done.ok and done.draft is not None:
        ask_second(done.draft, by=actor_of(request).id, now=now())
        return Status(200, _told(done.draft))
    return _refusing(request, *map(_lined, done.refusals))


@router.get(
    "/drafts/{draft_id}", operation_id="read_directory_draft", url_name="read_directory_draft",
    summary="目录草稿 / a draft", **answers(DirectoryDraftOut, READ_ONE),
)  # fmt: skip
def read_draft(request: HttpRequest, draft_id: Number) -> Status[dict[str, Any]]:  # type: ignore[valid-type]  # as above
    """A draft with what it changes and its last dry run."""
    if not reads_rules(actor_of(request)):
        return _refusing(request, Refusal("rule_draft.reading_denied"))
    found = _draft(draft_id)
    return _refusing(request, Refusal("rule_draft.not_found")) if found is None else Status(200, _told(found))


@router.post(
    "/drafts/{draft_id}/rehearse", operation_id="rehearse_directory", url_name="rehearse_directory",
    summary="试算 / dry run", **answers(DirectoryDraftOut, ACTING),
)  # fmt: skip
def rehearse(request: HttpRequest, draft_id: Number, data: TryIn) -> Status[dict[str, Any]]:  # type: ignore[valid-type]  # as above
    """Which tickets of the last months would have gone elsewhere."""
    done = rehearse_directory(number=draft_id, months=data.months, actor=actor_of(request), now=now())
    return _answer(request, done)


@router.post(
    "/drafts/{draft_id}/publish", operation_id="publish_directory", url_name="publish_directory",
    summary="发布目录 / publish", **answers(DirectoryDraftOut, ACTING),
)  # fmt: skip
def publish(request: HttpRequest, draft_id: Number, data: SeenIn) -> Status[dict[str, Any]]:  # type: ignore[valid-type]  # as above
    """By a supervisor who has no hand in the draft; dispatched tickets stay where they are."""
    who, seen = actor_of(request), data.edit
    return _answer(request, drafting.publish_directory(number=draft_id, seen=seen, actor=who, now=now()))


@router.post(
    "/drafts/{draft_id}/withdraw", operation_id="withdraw_directory_draft", url_name="withdraw_directory_draft",
    summary="撤回草稿 / withdraw a draft", **answers(DirectoryDraftOut, ACTING),
)  # fmt: skip
def withdraw(request: HttpRequest, draft_id: Number) -> Status[dict[str, Any]]:  # type: ignore[valid-type]  # as above
    """The draft is given up."""
    if draft(draft_id) is not None and _draft(draft_id) is None:
        return _refusing(request, Refusal("rule_draft.not_found"))
    return _answer(request, any_drafting.withdraw(number=draft_id, actor=actor_of(request), now=now()))
