"""Tickets that the clock engine set aside, for a system that watches over the platform: to read, and to try again.

Only for the system administrator, as the page is; the number of the ticket and what failed, nobody's words.
"""

from typing import Any, Final

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hotline.desks.administration.doors import runs_it
from hotline.oversight.clocks.faults import fault_lines, fault_number, try_again
from hotline.plumbing.clock import now
from hotline.rules.messages import Refusal
from hotline.tickets.acting.api import (
    CONFLICT,
    DENIED,
    NOT_FOUND,
    READING,
    TOO_LARGE,
    UNPROCESSABLE,
    answers,
    misspelt,
    refused,
)
from hotline.tickets.acting.api_values import At, counted
from hotline.tickets.acting.person import actor_of
from hotline.tickets.firing import due_number

MOST, LARGEST = 200, 2**63 - 1
STATUS: Final = {"people.reading_denied": DENIED, "clocks.no_such_fault": NOT_FOUND}

router = Router(tags=["时限引擎 / clock engine"])


class FaultsIn(Schema):
    """Which of them; blanks mean the newest."""

    before: counted(1, LARGEST) = Field(default=None, description="上一页的 next / `next` of the page before")  # type: ignore[valid-type]  # made with its bounds; left out means the first page
    limit: counted(1, MOST) = Field(default=50, description="一页多少条 / how many a page")  # type: ignore[valid-type]  # see before


class FaultOut(Schema):
    """One ticket whose clocks could not fire; `error` is for the maintainers."""

    id: int
    number: str
    error: str
    tries: int
    first_at: At
    at: At


class FaultsOut(Schema):
    """One page; `aside` counts all of them, `due` the clocks that wait for the next pass."""

    faults: list[FaultOut]
    aside: int
    due: int
    next: int | None


class RetriedOut(Schema):
    """The ticket's clocks have fired; so many are still set aside."""

    aside: int


@router.get(
    "/faults",
    operation_id="list_clock_faults",
    url_name="list_clock_faults",
    summary="搁置的工单 / tickets set aside",
    **answers(FaultsOut, (*READING, DENIED)),
)
def list_clock_faults(request: HttpRequest, where: Query[FaultsIn]) -> Status[dict[str, Any]]:
    """The newest first, for the system administrator."""
    unknown = misspelt(request.GET, FaultsIn)
    if unknown:
        return Status(UNPROCESSABLE, refused(request, unknown))
    if not runs_it(actor_of(request)):
        return _refusing(request, Refusal("people.reading_denied"))
    lines = fault_lines(before=where.before, limit=where.limit + 1)
    shown = lines[: where.limit]
    body = {
        "faults": [{name: getattr(line, name) for name in FaultOut.model_fields} for line in shown],
        "aside": fault_number(),
        "due": due_number(now=now()),
        "next": shown[-1].id if len(lines) > where.limit else None,
    }
    return Status(200, body)


@router.post(
    "/faults/{fault}/retry",
    operation_id="retry_clock_fault",
    url_name="retry_clock_fault",
    summary="再试一次 / try again",
    **answers(RetriedOut, (*READING, DENIED, NOT_FOUND, CONFLICT, TOO_LARGE)),
)
def retry_clock_fault(request: HttpRequest, fault: int) -> Status[dict[str, Any]]:
    """The ticket's clocks fire now, or the answer says why not."""
    if not runs_it(actor_of(request)):
        return _refusing(request, Refusal("people.reading_denied"))
    refusal = try_again(fault_id=max(0, min(fault, LARGEST)), now=now())
    return _refusing(request, refusal) if refusal else Status(200, {"aside": fault_number()})


def _refusing(request: HttpRequest, refusal: Refusal) -> Status[dict[str, Any]]:
    return Status(STATUS.get(refusal.code, CONFLICT), refused(request, [refusal]))
