"""A page and the API are two doors to one room: the same act through either leaves the same line in the ledger."""

import dataclasses
from datetime import date, datetime
from enum import Enum
from typing import Any

import pytest
from django.urls import reverse

from hotline.rules import acts
from hotline.rules.acts import Act
from hotline.rules.acts.base import plain
from hotline.rules.vocabulary import Stage, TicketNo
from hotline.tickets.acting.api import OPERATIONS
from hotline.tickets.models import LedgerEntry, Requester, TicketClock, TicketText
from tests.api.calling import Calling
from tests.api.every_act import SCENES
from tests.cast import REQUESTER, Cast, Ticket
from tests.visits import at, signed_in
from tests.walks import REGISTER, STEP

ONLY_BY_PROGRAMS = {"knowledge"}
"""References that a form has no field for."""
WITHOUT_PAGE = {"register"}
"""Registering has a page of its own, which the last test compares."""
LINES = {"rule_jointly": 2}
"""A ruling leaves one line more: the platform gives the co-unit its task."""


def test_every_operation_has_its_scene() -> None:
    assert set(SCENES) == set(OPERATIONS)


@pytest.mark.parametrize("name", sorted(set(SCENES) - WITHOUT_PAGE))
def test_a_page_and_the_api_leave_the_same_line(cast: Cast, caller: Calling, name: str) -> None:
    scene = SCENES[name]
    by_page, by_api = scene.prepared(cast), scene.prepared(cast)
    assert (by_page.at, by_page.state.version) == (by_api.at, by_api.state.version)
    act = _named(cast, scene.act)
    with at(by_page.at + STEP):
        page = signed_in(cast, scene.who).post(reverse(name, args=[by_page.number]), _typed(act, by_page))
        answer = caller(scene.who).post(_address(name, by_api), _said(act, by_api))
    assert (page.status_code, answer.status) == (302, 200), (page.content.decode()[-2000:], answer)
    assert _lines(by_page) == _lines(by_api)
    assert answer.body["version"] == by_api.state.version + LINES.get(name, 1)


def test_registering_by_page_and_by_api_leaves_the_same_line(cast: Cast, caller: Calling) -> None:
    asker = {**REQUESTER, "kind": "person", "gender": "male", "special_groups": ["elderly"], "may_pass_on": True}
    with at(cast.ticket_at(Stage.REGISTERED).at + STEP):
        typed = _typed(REGISTER, None) | asker | {"then": "keep", "may_pass_on": "on"}
        page = signed_in(cast, "agent").post("/intake/new/", typed)
        answer = caller("agent").post("/intake", _said(REGISTER, None) | {"requester": asker})
    assert (page.status_code, answer.status) == (302, 200), (page.content.decode()[-2000:], answer)
    first, second = (
        Ticket(number, answer.raw, None)  # type: ignore[arg-type]  # only its number is read
        for number in (page.headers["Location"].split("/")[-2], answer.body["number"])
    )
    assert _lines(first) == _lines(second)
    assert _requester(first) == _requester(second)


def _named(cast: Cast, act: Act) -> Act:
    if isinstance(act, acts.Merge):
        return dataclasses.replace(act, master=TicketNo(cast.ticket_at(Stage.REGISTERED).number))
    return act


def _address(name: str, ticket: Ticket) -> str:
    return reverse(f"api:{OPERATIONS[name]}", args=[ticket.number]).removeprefix("/api/v1")


def _said(act: Act, ticket: Ticket | None) -> dict[str, Any]:
    """The act as JSON."""
    said = {f.name: plain(getattr(act, f.name)) for f in dataclasses.fields(act)}
    return said | ({"version": ticket.state.version} if ticket else {})


def _typed(act: Act, ticket: Ticket | None) -> dict[str, Any]:
    """The act as a form is filled in."""
    filled = {f.name: _in_form(f, getattr(act, f.name)) for f in dataclasses.fields(act)}
    filled = {name: value for name, value in filled.items() if value is not None and name not in ONLY_BY_PROGRAMS}
    return filled | ({"version": ticket.state.version} if ticket else {})


def _in_form(field: "dataclasses.Field[Any]", value: Any) -> Any:
    if isinstance(value, bool):
        required = bool(field.metadata.get("required"))
        return ("yes" if value else "no") if required else ("on" if value else None)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _lines(ticket: Ticket) -> list[Any]:
    """The ledger with its texts, and the clocks, without what is each ticket's own."""
    texts = TicketText.objects.filter(ticket__number=ticket.number).order_by("seq", "field")
    clocks = TicketClock.objects.filter(ticket__number=ticket.number).order_by("kind", "round")
    ledger = LedgerEntry.objects.filter(ticket__number=ticket.number).order_by("seq")
    told = ("seq", "name", "act", "at", "actor", "role", "unit", "stage", "payload", "clocks")
    owned = {"id", "ticket_id"}
    return [
        *ledger.values_list(*told),
        *(sorted(entry.digests) for entry in ledger),
        *texts.values_list("seq", "field", "body"),
        *({k: v for k, v in row.items() if k not in owned} for row in clocks.values()),
    ]


def _requester(ticket: Ticket) -> dict[str, Any]:
    (row,) = Requester.objects.filter(ticket__number=ticket.number).values()
    return {k: v for k, v in row.items() if k not in {"id", "ticket_id"}}
