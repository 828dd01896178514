"""Intake for other systems: register a request, take in one that waits, and the stage's acts."""

from enum import StrEnum
from typing import Any

from django.http import HttpRequest
from ninja import Schema, Status
from pydantic import Field

from hotline.plumbing.clock import now
from hotline.rules.acts import Register
from hotline.rules.call_notes import LONGEST, WRITERS, Note, NoteKind
from hotline.rules.messages import Refusal
from hotline.stages.intake.commands import RequesterDetails, answer_directly, take_in
from hotline.stages.intake.commands.notes import keep_note
from hotline.stages.intake.queries.notes import todays_notes
from hotline.stages.intake.stage_acts import ACTS
from hotline.tickets.acting.api import (
    AWAY,
    DENIED,
    OPENING,
    UNKNOWN_CALLER,
    Strict,
    TicketOut,
    act_router,
    add_act,
    answered,
    answers,
    body_of,
    refused,
    status_of,
)
from hotline.tickets.acting.api_values import At, Flag, Token, text
from hotline.tickets.acting.person import actor_of


class RequesterKind(StrEnum):
    """诉求人类别."""

    PERSON = "person"
    COMPANY = "company"
    ORGANISATION = "organisation"


class Gender(StrEnum):
    """性别; blank when not said."""

    UNSAID = ""
    FEMALE = "female"
    MALE = "male"


class SpecialGroup(StrEnum):
    """特殊人群, for whom the city does more."""

    ELDERLY = "elderly"
    DISABLED = "disabled"
    MINORITY = "minority"
    FOREIGNER = "foreigner"


class RequesterIn(Strict):
    """诉求人 / who asks. Anonymous requests leave everything blank."""

    kind: RequesterKind = RequesterKind.PERSON
    name: text(80) = ""  # type: ignore[valid-type]  # the type is made with its length
    gender: Gender = Gender.UNSAID
    phone: text(32) = ""  # type: ignore[valid-type]  # see name
    alt_phone: text(32) = ""  # type: ignore[valid-type]  # see name
    company_name: text(120) = ""  # type: ignore[valid-type]  # see name
    address: text(200) = ""  # type: ignore[valid-type]  # see name
    special_groups: tuple[SpecialGroup, ...] = Field(default=(), max_length=len(SpecialGroup))
    may_pass_on: Flag = Field(
        default=False, description="同意将联系方式提供给承办单位 / the unit may be given the contact"
    )


class IntakeIn(body_of(Register, version=False)):  # type: ignore[misc]  # the base is made from the act's class
    """受理 / register a request. `token` makes a repeated call harmless: it answers with the first call's ticket."""

    requester: RequesterIn = RequesterIn()
    token: Token = Field(
        default="", description="幂等标识，由调用方生成 / made by the caller, to know a repeated call by"
    )


class RegisteredOut(TicketOut):
    """A ticket just registered. The query code is given this once; a repeated call answers without it."""

    query_code: str = ""


class CallNoteIn(Strict):
    """快速登记 / a call that becomes no ticket. Of the number only a keyed digest and its last four digits are kept."""

    kind: NoteKind
    phone: text(32) = ""  # type: ignore[valid-type]  # the type is made with its length
    words: text(LONGEST) = Field(default="", description="备注 / a few words")  # type: ignore[valid-type]  # see phone
    item: text(32) = Field(default="", description="引用的知识点 / the knowledge item that was told")  # type: ignore[valid-type]  # see phone
    token: Token = Field(default="", description="幂等标识 / made by the caller, to know a repeated call by")


class CallNoteOut(Schema):
    """One note: when, what sort, the last digits of the number, and whether it was taken back."""

    id: int
    at: At
    kind: NoteKind
    words: str
    item: str
    tail: str
    who: str
    undone: bool


class CallNotesOut(Schema):
    """Today's notes, newest first, and how many of each kind stand."""

    notes: list[CallNoteOut]
    counts: dict[str, int]


class CallNoteKeptOut(Schema):
    """The note that was kept."""

    id: int


router = act_router(ACTS, tag="① 受理", answer_directly=answer_directly)
add_act(router, Register, name="register_waiting")


@router.post(
    "", operation_id="register", url_name="register", summary="受理 / register", **answers(RegisteredOut, OPENING)
)
def register(request: HttpRequest, data: IntakeIn) -> Status[dict[str, Any]]:
    """Take a request in; 200 with the ticket, also when the token was used before."""
    given = data.model_dump(exclude={"requester", "token"})
    outcome = take_in(
        register=Register(**given),
        requester=RequesterDetails(**_details(data.requester)),
        actor=actor_of(request),
        now=now(),
        token=data.token,
    )
    status = answered(request, outcome)
    if outcome.ok:
        status.value["query_code"] = outcome.query_code
    return status


@router.get(
    "/call-notes",
    operation_id="list_call_notes",
    url_name="list_call_notes",
    summary="今日快速登记 / today's quick notes",
    **answers(CallNotesOut, (UNKNOWN_CALLER, DENIED, AWAY)),
)
def list_call_notes(request: HttpRequest) -> Status[dict[str, Any]]:
    """An agent's own notes of today; everybody's for a team leader."""
    actor = actor_of(request)
    if not actor.roles & WRITERS:
        return Status(DENIED, refused(request, (Refusal("call_note.role_denied"),)))
    notes = todays_notes(actor=actor, now=now())
    lines = [{name: getattr(line, name) for name in CallNoteOut.model_fields} for line in notes.lines]
    return Status(200, {"notes": lines, "counts": {kind.value: count for kind, count in notes.counts.items()}})


@router.post(
    "/call-notes",
    operation_id="keep_call_note",
    url_name="keep_call_note",
    summary="快速登记 / keep a quick note",
    **answers(CallNoteKeptOut, OPENING),
)
def keep_call_note(request: HttpRequest, data: CallNoteIn) -> Status[dict[str, Any]]:
    """Keep a note; the same token twice answers with the first call's note."""
    note = Note(kind=data.kind, phone=data.phone, words=data.words, item=data.item)
    kept = keep_note(note=note, actor=actor_of(request), now=now(), token=data.token)
    if kept.refusals:
        denied = any(refusal.code == "call_note.role_denied" for refusal in kept.refusals)
        return Status(DENIED if denied else status_of(kept.refusals), refused(request, kept.refusals))
    return Status(200, {"id": kept.id})


def _details(requester: RequesterIn) -> dict[str, Any]:
    """Plain values: the columns know no closed lists."""
    given = requester.model_dump(mode="json")
    return given | {"special_groups": tuple(dict.fromkeys(given["special_groups"]))}
