"""Intake for other systems: register a request, and the stage's acts."""

from typing import Any

from django.http import HttpRequest
from pydantic import Field

from hotline.plumbing.clock import now
from hotline.rules.acts import Register
from hotline.stages.intake.commands import RequesterDetails, take_in
from hotline.stages.intake.stage_acts import ACTS
from hotline.tickets.acting.api import ANSWERS, Strict, act_router, answered, body_of
from hotline.tickets.acting.person import actor_of


class RequesterIn(Strict):
    """诉求人 / who asks."""

    kind: str = Field("person", pattern="^(person|company|organisation)$")
    name: str = Field("", max_length=80)
    gender: str = Field("", pattern="^(female|male|)$")
    phone: str = Field("", max_length=32)
    alt_phone: str = Field("", max_length=32)
    company_name: str = Field("", max_length=120)
    address: str = Field("", max_length=200)
    special_groups: tuple[str, ...] = ()
    may_pass_on: bool = False


class IntakeIn(body_of(Register, version=False)):  # type: ignore[misc]  # the base is made from the act's class
    """受理 / register a request. `token` makes a repeated call harmless: it answers with the first call's ticket."""

    requester: RequesterIn = RequesterIn()
    token: str = Field("", max_length=40)


router = act_router(ACTS, tag="① 受理")


@router.post("", response=dict(ANSWERS), operation_id="register", summary="受理 / register")
def register(request: HttpRequest, data: IntakeIn) -> tuple[int, dict[str, Any]]:
    """Take a request in; 200 with the ticket, also when the token was used before."""
    given = data.model_dump(exclude={"requester", "token"})
    outcome = take_in(
        register=Register(**given),
        requester=RequesterDetails(**data.requester.model_dump()),
        actor=actor_of(request),
        now=now(),
        token=data.token,
    )
    return answered(request, outcome)
