"""Intake for other systems: register a request, take in one that waits, and the stage's acts."""

from enum import StrEnum
from typing import Any

from django.http import HttpRequest
from ninja import Status
from pydantic import Field

from hotline.plumbing.clock import now
from hotline.rules.acts import Register
from hotline.stages.intake.commands import RequesterDetails, answer_directly, take_in
from hotline.stages.intake.stage_acts import ACTS
from hotline.tickets.acting.api import OPENING, Strict, TicketOut, act_router, add_act, answered, answers, body_of
from hotline.tickets.acting.api_values import Flag, Token, text
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


router = act_router(ACTS, tag="① 受理", answer_directly=answer_directly)
add_act(router, Register, name="register_waiting")


@router.post("", operation_id="register", url_name="register", summary="受理 / register", **answers(TicketOut, OPENING))
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
    return answered(request, outcome)


def _details(requester: RequesterIn) -> dict[str, Any]:
    """Plain values: the columns know no closed lists."""
    given = requester.model_dump(mode="json")
    return given | {"special_groups": tuple(dict.fromkeys(given["special_groups"]))}
