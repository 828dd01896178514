"""Rule profiles for other systems: versions with their marks, drafts of the next one, a dry run, publishing."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from hotline.desks.calendars.api import Number, SeenIn
from hotline.desks.calendars.pages import status_of
from hotline.oversight.recomputing.telling import ask_second
from hotline.oversight.rehearsing.commands import rehearse_draft
from hotline.oversight.rehearsing.queries import MOST_MONTHS
from hotline.plumbing.clock import now
from hotline.registry.calendars import drafting, profile_drafting
from hotline.registry.calendars.draft_models import RuleDraft
from hotline.registry.calendars.draft_queries import draft, stored
from hotline.registry.calendars.drafting import SOURCE_MOST, Drafted
from hotline.registry.calendars.profile_drafting import Wanted
from hotline.registry.calendars.queries import profile_for, profiles
from hotline.rules.messages import Refusal
from hotline.rules.rule_keeping import DraftKind, DraftState, reads_rules
from hotline.tickets.acting.api import ACTING, DENIED, NOT_FOUND, READING, Strict, answers, refused
from hotline.tickets.acting.api_values import CODE, At, Day, text, whole
from hotline.tickets.acting.person import actor_of

READ = (*READING, DENIED)
READ_ONE = (*READING, DENIED, NOT_FOUND)

router = Router(tags=["规则方案 / rule profiles"])


class VersionOut(Schema):
    """One version in the list."""

    key: str
    version: int
    name: str
    effective_from: date
    source: str
    in_force: bool


class VersionsOut(Schema):
    """All versions of all profiles."""

    versions: list[VersionOut]


class ProfileOut(Schema):
    """One version in the words of its file; `marks` are evidence marks by the path of the setting."""

    key: str
    version: int
    settings: dict[str, Any]
    marks: dict[str, list[str]]


class ProfileIn(Strict):
    """The next version: all settings in the words of a profile's file; a group left out has Hefei's values."""

    base_key: text(CODE, required=True) = Field(..., description="底稿方案 / the profile it is written from")  # type: ignore[valid-type]  # made with its length
    base_version: whole(1, 2**31 - 1) = Field(..., description="底稿版本 / its version")  # type: ignore[valid-type]  # made with its bounds
    name: text(80, required=True) = Field(..., description="方案名称 / name")  # type: ignore[valid-type]  # as above
    effective_from: Day = Field(..., description="生效日期 / first day")
    source: text(SOURCE_MOST, required=True) = Field(..., description="依据 / source")  # type: ignore[valid-type]  # as above
    settings: dict[str, Any] = Field(..., description="各组设置 / groups of settings")


class MonthsIn(Strict):
    """How far to look back."""

    months: whole(1, MOST_MONTHS) = Field(default=3, description="回看几个月 / months to look back")  # type: ignore[valid-type]  # as above


class TallyOut(Schema):
    """Clocks counted: how many, late as they were, late as they would have been."""

    clocks: int
    was: int
    would: int


class TallyOfOut(TallyOut):
    """The same for one clock, type or unit."""

    code: str


class RehearsalOut(Schema):
    """A dry run. `reply` is the promise to the citizen; `units` are judged by their own clock."""

    months: int
    since: At
    at: At
    moved: int
    newly_late: int
    spared: int
    reply: TallyOut
    kinds: list[TallyOfOut]
    types: list[TallyOfOut]
    units: list[TallyOfOut]


class ProfileDraftOut(Schema):
    """A draft of the next version; `changed` are the paths of settings that differ from its base."""

    id: int
    base: list[str | int]
    state: DraftState
    edit: int
    source: str
    changed: list[str]
    profile: dict[str, Any]
    rehearsal: RehearsalOut | None


def _refusing(request: HttpRequest, *refusals: Refusal) -> Status[dict[str, Any]]:
    return Status(status_of(refusals), refused(request, refusals))


def _told(row: RuleDraft) -> dict[str, Any]:
    body = {name: row.body[name] for name in ("base", "changed", "profile")}
    return {
        "id": row.pk,
        "state": row.state,
        "edit": row.edit,
        "source": row.source,
        "rehearsal": row.rehearsal,
        **body,
    }


def _answer(request: HttpRequest, done: Drafted) -> Status[dict[str, Any]]:
    if not done.ok or done.draft is None:
        return _refusing(request, *done.refusals)
    return Status(200, _told(done.draft))


def _reader(request: HttpRequest) -> Status[dict[str, Any]] | None:
    if reads_rules(actor_of(request)):
        return None
    return _refusing(request, Refusal("rule_draft.reading_denied"))


@router.get(
    "", operation_id="list_profiles", url_name="list_profiles", summary="规则方案 / profiles",
    **answers(VersionsOut, READ),
)  # fmt: skip
def list_profiles(request: HttpRequest) -> Status[dict[str, Any]]:
    """All versions, and which one the city goes by today."""
    denied = _reader(request)
    if denied:
        return denied
    current = profile_for(now()).version_key
    names = ("key", "version", "name", "effective_from", "source")
    told = [{**{n: getattr(p, n) for n in names}, "in_force": p.version_key == current} for p in profiles()]
    return Status(200, {"versions": told})


@router.post(
    "/drafts", operation_id="draft_profile", url_name="draft_profile", summary="拟订新版本 / draft a version",
    **answers(ProfileDraftOut, ACTING),
)  # fmt: skip
def draft_profile(request: HttpRequest, data: ProfileIn) -> Status[dict[str, Any]]:
    """The next version; every mistake is named at the path of its setting."""
    wanted = Wanted(
        base=(data.base_key, data.base_version),
        settings=data.settings,
        name=data.name,
        effective_from=data.effective_from.isoformat(),
        source=data.source,
    )
    done = profile_drafting.draft_profile(wanted=wanted, actor=actor_of(request), now=now())
    if done.ok and done.draft is not None:
        ask_second(done.draft, by=actor_of(request).id, now=now())
    return _answer(request, done)


@router.get(
    "/drafts/{draft_id}", operation_id="read_profile_draft", url_name="read_profile_draft",
    summary="方案草稿 / a draft", **answers(ProfileDraftOut, READ_ONE),
)  # fmt: skip
def read_draft(request: HttpRequest, draft_id: Number) -> Status[dict[str, Any]]:
    """A draft with its last dry run."""
    denied = _reader(request)
    if denied:
        return denied
    found = draft(draft_id)
    if found is None or found.kind != DraftKind.PROFILE:
        return _refusing(request, Refusal("rule_draft.not_found"))
    return Status(200, _told(found))


@router.post(
    "/drafts/{draft_id}/rehearse", operation_id="rehearse_profile", url_name="rehearse_profile",
    summary="试算 / dry run", **answers(ProfileDraftOut, ACTING),
)  # fmt: skip
def rehearse(request: HttpRequest, draft_id: Number, data: MonthsIn) -> Status[dict[str, Any]]:
    """How many would have been late in the last months under the draft."""
    return _answer(request, rehearse_draft(number=draft_id, months=data.months, actor=actor_of(request), now=now()))


@router.post(
    "/drafts/{draft_id}/publish", operation_id="publish_profile", url_name="publish_profile",
    summary="发布新版本 / publish", **answers(ProfileDraftOut, ACTING),
)  # fmt: skip
def publish(request: HttpRequest, draft_id: Number, data: SeenIn) -> Status[dict[str, Any]]:
    """By a supervisor who has no hand in the draft; open tickets keep their version."""
    done = profile_drafting.publish_profile(number=draft_id, seen=data.edit, actor=actor_of(request), now=now())
    return _answer(request, done)


@router.post(
    "/drafts/{draft_id}/withdraw", operation_id="withdraw_profile_draft", url_name="withdraw_profile_draft",
    summary="撤回草稿 / withdraw a draft", **answers(ProfileDraftOut, ACTING),
)  # fmt: skip
def withdraw(request: HttpRequest, draft_id: Number) -> Status[dict[str, Any]]:
    """The draft is given up."""
    found = draft(draft_id)
    if found is not None and found.kind != DraftKind.PROFILE:
        return _refusing(request, Refusal("rule_draft.not_found"))
    return _answer(request, drafting.withdraw(number=draft_id, actor=actor_of(request), now=now()))


@router.get(
    "/{key}/{version}", operation_id="read_profile", url_name="read_profile", summary="方案详情 / one version",
    **answers(ProfileOut, READ_ONE),
)  # fmt: skip
def read_profile(request: HttpRequest, key: str, version: Number) -> Status[dict[str, Any]]:
    """One version with its evidence marks. Declared last: its address would take those of drafts."""
    denied = _reader(request)
    if denied:
        return denied
    row = stored(key[:CODE], version)
    if row is None:
        return _refusing(request, Refusal("profile.version_unknown", {"name": f"{key[:CODE]}@{version}"}))
    return Status(200, {"key": row.key, "version": row.version, "settings": row.body, "marks": row.marks})
