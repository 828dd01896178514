"""The interface of every family: an operation for each deed, and refusals by status. No rule lives here."""

from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from hotline.rules.messages import Refusal
from hotline.rules.words import word
from hotline.tickets.acting.api import ACTING, DENIED, NOT_FOUND, answers, refused, status_of
from hotline.tickets.acting.api_values import LARGEST

Answer = Status[dict[str, Any]]


def key(pk: int) -> int:
    """A key that can be looked up; of one out of bounds there is nothing."""
    return pk if 0 < pk < LARGEST else 0


def denied(request: HttpRequest) -> Answer:
    """Somebody who has no business here."""
    return Status(DENIED, refused(request, [Refusal("access.denied", {})]))


def missing(request: HttpRequest, refusal: Refusal) -> Answer:
    """Not there, or not there for the caller."""
    return Status(NOT_FOUND, refused(request, [refusal]))


def refusing(request: HttpRequest, refusals: tuple[Refusal, ...], *, missing: str, denials: Collection[str]) -> Answer:
    """Why nothing was done: not this caller's, not there, or as acts on tickets are refused."""
    codes = {refusal.code for refusal in refusals}
    status = NOT_FOUND if missing in codes else status_of(refusals)
    return Status(DENIED if codes & set(denials) else status, refused(request, refusals))


def add_deed(
    router: Router, deed: StrEnum, operation: Callable[..., Answer], *, of: str, out: type[Schema], said: str | None
) -> None:
    """One operation for one deed on a dossier."""
    name = f"{deed.value}_{of}"
    router.post(
        f"/{{pk}}/{deed.value.replace('_', '-')}",
        operation_id=name,
        url_name=name,
        summary=f"{word(deed, 'zh')} / {word(deed, 'en')}",
        description=said,
        **answers(out, ACTING),
    )(operation)
