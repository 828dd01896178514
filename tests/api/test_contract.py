"""The committed description holds for every role: no fault, no answer that isn't described, every body as described.

Calls are made up from docs/api/openapi.json, half of them broken on purpose, and sent in every role the city has and
by a stranger. Most go to a ticket on which the act may be done, some with the codes of a call that works.
"""

import dataclasses
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hotline.registry.people.models import User
from hotline.rules.acts import Act
from hotline.rules.acts.base import plain
from hotline.rules.vocabulary import Role, Stage
from hotline.tickets.acting.api import OPERATIONS
from tests.api.calling import Calling
from tests.api.every_act import SCENES
from tests.cast import PEOPLE, Cast
from tests.walks import OPENING, REGISTER

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    allow_header_conformance,
]
CASES = {GenerationMode.POSITIVE: 2, GenerationMode.NEGATIVE: 3}
FEW = 4
"""Well-formed calls go out in every role, broken ones in so many: they are turned away before a role matters."""
DESCRIBED = json.loads((Path(__file__).parents[2] / "docs" / "api" / "openapi.json").read_text(encoding="utf-8"))
SCHEMA = schemathesis.openapi.from_dict(DESCRIBED)
SCHEMA.app = WSGIHandler()
LABELS = [f"{method.upper()} {path}" for path, methods in DESCRIBED["paths"].items() for method in methods]
ACT_OF = {operation: act for act, operation in OPERATIONS.items()}
Identities = dict[str, dict[str, str]]
STRANGER: dict[str, str] = {}
BY_ROLE = {person.role: person.username for person in PEOPLE} | {Role.CITIZEN: "citizen", Role.SYSTEM: "machine"}
"""One account for each role; the last two hold roles that staff never get, which must open nothing by accident."""


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The test's transaction stays open over all calls, as Django's own test client sees to it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def identities(caller: Calling) -> Identities:
    """The headers of everybody who calls."""
    for role in (Role.CITIZEN, Role.SYSTEM):
        user = User.objects.create_user(BY_ROLE[role], full_name=role.value)
        user.grants.create(role=role, valid_from=OPENING.date())
    assert set(BY_ROLE) == set(Role)
    tokens = {role.value: caller(username).token for role, username in BY_ROLE.items()}
    return {"": STRANGER} | {role: {"Authorization": f"Bearer {token}"} for role, token in tokens.items()}


@dataclass(frozen=True)
class Working:
    """A ticket on which the act may be done, what would be said in it, and an account with its role."""

    number: str
    said: Mapping[str, Any]
    person: int = 0
    grant: int = 0


def working(cast: Cast, operation: str) -> Working:
    """A call that would work, for operations that act on a ticket or read one."""
    scene = SCENES.get(ACT_OF.get(operation, ""))
    if operation == "register" or scene is None:
        return Working(cast.ticket_at(Stage.HANDLING).number, _said(REGISTER) if operation == "register" else {})
    return Working(scene.prepared(cast).number, _said(scene.act))


def _said(act: Act) -> dict[str, Any]:
    return {f.name: plain(getattr(act, f.name)) for f in dataclasses.fields(act)}


@pytest.mark.parametrize("label", LABELS)
def test_every_role_gets_what_is_described(cast: Cast, identities: Identities, label: str) -> None:
    operation = SCHEMA.find_operation_by_label(label)
    assert operation is not None
    person = cast.user("cgj_section")
    good = working(cast, operation.definition.raw["operationId"])
    good = dataclasses.replace(good, person=person.pk, grant=person.grants.get().pk)
    for mode in GenerationMode:
        _held(operation.as_strategy(generation_mode=mode), identities, good, mode)


def _held(cases: st.SearchStrategy[Case[Any]], identities: Identities, good: Working, mode: GenerationMode) -> None:
    @settings(
        max_examples=CASES[mode],
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, data=st.data())
    def hold(case: Case[Any], data: st.DataObject) -> None:
        _steer(case, good, data)
        for name in sorted(identities) if mode is GenerationMode.POSITIVE else _few(identities, data):
            headers = identities[name]
            checks = [c for c in CHECKS if c is not negative_data_rejection] if _mended(case) else CHECKS
            case.validate_response(case.call(headers=headers), checks=checks, headers=headers)

    hold()


def _broken(case: Case[Any]) -> set[str]:
    """The parts of a call that were broken on purpose."""
    parts = case.meta.components if case.meta else {}
    return {str(place.value) for place, part in parts.items() if part.mode is GenerationMode.NEGATIVE}


def _mended(case: Case[Any]) -> bool:
    """Broken in its headers only, which every identity brings anew: the call is as good as any other."""
    return bool(_broken(case)) and _broken(case) <= {"header", "headers"}


def _few(identities: Mapping[str, object], data: st.DataObject) -> list[str]:
    return data.draw(st.lists(st.sampled_from(sorted(identities)), min_size=FEW, max_size=FEW, unique=True))


def _steer(case: Case[Any], good: Working, data: st.DataObject) -> None:
    """Towards a ticket that is there, and codes that the city knows: made-up ones would all end at the door."""
    if "path" not in _broken(case) and data.draw(st.integers(0, 3)):
        there = {"number": good.number, "person": good.person, "grant": good.grant}
        case.path_parameters.update({name: there[name] for name in there.keys() & case.path_parameters.keys()})
    wellformed = case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE
    if isinstance(case.body, dict) and wellformed:
        for name, value in good.said.items():
            if data.draw(st.booleans()):
                case.body[name] = value
