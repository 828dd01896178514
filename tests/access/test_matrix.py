"""Who may enter where: every address of the installation, each role, reading and acting, as the table says.

The addresses are taken from the resolver, so a new page is missing in tests/access/matrix.csv until somebody has said
who may enter it; what must be added is printed. `GET` and `POST` name people and groups of access/people.py, `-` stands
for nobody, because nothing is served there; `on` names a case of access/world.py.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings

from hotline.plumbing.clock import frozen
from tests.access.people import ALL, STRANGER, as_cell, moved_in, who
from tests.access.routes import Route, routes
from tests.access.world import FILES, SAID, Place, World, proposed
from tests.cast import Cast
from tests.uploads import photo
from tests.visits import BACKEND

TABLE: Final = Path(__file__).with_name("matrix.csv")
COLUMNS: Final = ("route", "on", "GET", "POST")
METHODS: Final = ("GET", "POST")
TOKEN: Final = "a" * 32
FEW: Final = (STRANGER, "agent", "cgj_handler", "system_admin", "nobody")
"""Who tries a method that is not served: nobody's role matters there."""
CHINESE: Final = re.compile("[\u4e00-\u9fff]")
WITHOUT_SIGNING_IN: Final = ("/accounts/", "/callback/answer/", "/api/callback/answers")
"""What strangers use: the sign-in pages, a citizen's link with its key, a gateway that signs."""
IN, SIGN_IN, DENIED, UNSERVED = "in", "sign-in", "denied", "unserved"


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    route: str
    on: str
    GET: str
    POST: str

    def line(self) -> str:
        """As it stands in the file."""
        return f"{self.route},{self.on},{self.GET},{self.POST}"


def table() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [Row(*(line[name] or "" for name in COLUMNS)) for line in csv.DictReader(file)]


@pytest.fixture
def world(cast: Cast, tmp_path: Path) -> Iterator[World]:
    moved_in(cast)
    with override_settings(MEDIA_ROOT=tmp_path / "attachments"):
        yield World(cast)


@pytest.fixture
def doors(world: World) -> "Doors":
    return Doors(world.cast)


class Doors:
    """One signed-in browser for each person; whatever a visit changes is taken back."""

    def __init__(self, cast: Cast) -> None:
        self._clients = {name: self._signed_in(cast, name) for name in (*sorted(ALL), STRANGER)}

    def _signed_in(self, cast: Cast, name: str) -> Client:
        client = Client(headers={"X-Hotline-Client": "127.0.0.1"}, enforce_csrf_checks=True)
        client.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
        if name != STRANGER:
            client.force_login(cast.user(name), backend=BACKEND)
        return client

    def tried(self, name: str, method: str, route: Route, place: Place, *, token: bool = True) -> Any:
        """What the person is answered, at the place's moment."""
        client = self._clients[name]
        kept = client.cookies.output()
        address = route.filled(place.values)
        headers = {"X-CSRFToken": TOKEN} if token else {}
        if "/tickets/" not in address and "<number>" in route.path:
            headers["HX-Request"] = "true"
        answer: Any
        with frozen(place.at), transaction.atomic():
            answer = client.get(address, headers=headers) if method == "GET" else _sent(client, route, place, headers)
            transaction.set_rollback(True)
        if answer.streaming:
            b"".join(answer.streaming_content)
        client.cookies.clear()
        client.cookies.load(kept.replace("Set-Cookie: ", "").replace("\r\n", "; "))
        return answer


def _sent(client: Client, route: Route, place: Place, headers: dict[str, str]) -> Any:
    address, said = route.filled(place.values), place.said or SAID.get(route.path, {})
    if route.path in FILES:
        file = io.BytesIO(photo())
        file.name = "现场.jpg"
        return client.post(address, {**FILES[route.path], "file": file}, headers=headers)
    if route.api:
        return client.post(address, said, content_type="application/json", headers=headers)
    return client.post(address, SAID.get(route.path, {}), headers=headers)


def _said(answer: HttpResponse) -> str:
    text = answer.content.decode()
    return str(json.loads(text)) if answer.headers["Content-Type"].startswith("application/json") else text


def outcome(answer: HttpResponse) -> str:
    """Whether somebody was let in, sent to sign in, or turned away."""
    leads = answer.headers.get("Location", "") + answer.headers.get("HX-Redirect", "")
    if answer.status_code == 401 or leads.split("?")[0] == "/accounts/login/":
        return SIGN_IN
    assert answer.status_code < 500, answer.status_code
    if answer.status_code == 405:
        return UNSERVED
    if answer.status_code in {403, 404}:
        assert CHINESE.search(_said(answer)), answer.content[:200]
        return DENIED
    return IN


def test_every_address_is_in_the_table_and_nothing_else() -> None:
    named, there = {row.route for row in table()}, {route.path for route in routes()}
    new = [Row(r.path, on, "?", "?").line() for r in routes() if r.path not in named for on in proposed(r)]
    assert not new, (
        "new addresses: say in tests/access/matrix.csv who may enter them (people and groups: access/people.py, cases: "
        "access/world.py); run this module again and it prints who is let in now\n" + "\n".join(new)
    )
    assert not named - there, f"no longer served; take them out of the table: {sorted(named - there)}"
    assert len(table()) == len({(row.route, row.on) for row in table()})


@pytest.mark.slow
def test_whoever_knocks_is_let_in_or_turned_away_as_the_table_says(world: World, doors: Doors) -> None:
    wrong: list[str] = []
    found = {route.path: route for route in routes()}
    rows = [row for row in table() if row.route in found]
    places = [world.place(row.on, found[row.route]) for row in rows]
    for row, place in zip(rows, places, strict=True):
        wrong += _compared(row, found[row.route], place, doors)
    assert not wrong, "who is let in now; mend the page, or the table if the page is right:\n" + "\n".join(wrong)


def _compared(row: Row, route: Route, place: Place, doors: Doors) -> Iterator[str]:
    cells = {"GET": row.GET, "POST": row.POST}
    now: dict[str, str] = {}
    for method, cell in cells.items():
        let_in, faults = _knocked(route, method, cell, place, doors)
        now[method] = "-" if let_in is None else as_cell(let_in)
        yield from (f"{row.route} {method} {fault}" for fault in faults)
        if "?" not in cell and (who("" if cell == "-" else cell) == (let_in or frozenset())) and not faults:
            now[method] = cell
    if now != cells:
        yield Row(row.route, row.on, now["GET"], now["POST"]).line() + f"    table: {row.GET} | {row.POST}"


def _knocked(
    route: Route, method: str, cell: str, place: Place, doors: Doors
) -> tuple[frozenset[str] | None, list[str]]:
    """Who was let in, None where the method is not served; and answers that nobody should get."""
    answers: dict[str, str] = {}
    faults: list[str] = []
    for name in FEW if cell == "-" else (*sorted(ALL), STRANGER):
        try:
            answers[name] = outcome(doors.tried(name, method, route, place))
        except Exception as fault:  # noqa: BLE001  -- every fault is told, with who met it
            faults.append(f"{name}: {type(fault).__name__} {str(fault)[:200]}")
    if answers.get(STRANGER) == DENIED and route.path != "/api/v1/" and not route.path.startswith(WITHOUT_SIGNING_IN):
        faults.append("a stranger is to be sent to the sign-in page")
    served = UNSERVED not in answers.values() or IN in answers.values()
    return frozenset(name for name, came in answers.items() if came == IN) if served else None, faults


def test_acts_are_open_to_the_same_people_as_pages_and_through_the_api() -> None:
    by_act: dict[str, dict[str, frozenset[str]]] = {}
    for row in table():
        if row.on == "act":
            for method in METHODS:
                cell = row.GET if method == "GET" else row.POST
                if cell != "-":
                    act = row.route.strip("/").replace("/<number>", "").rsplit("/", 1)[-1]
                    by_act.setdefault(act, {})[f"{method} {row.route}"] = who(cell)
    assert len(by_act) > 60
    differing = {act: cells for act, cells in by_act.items() if len(set(cells.values())) > 1}
    assert differing == {}


@pytest.mark.slow
def test_nobody_is_made_to_act_by_another_site(world: World, doors: Doors) -> None:
    """A post without the form's token does nothing, wherever it goes."""
    found = {route.path: route for route in routes()}
    for row in table():
        if row.POST != "-" and row.route in found and row.route not in FREE_OF_TOKENS:
            person = next((name for name in sorted(who(row.POST)) if name != STRANGER), "agent")
            answer = doors.tried(person, "POST", found[row.route], world.place(row.on, found[row.route]), token=False)
            assert answer.status_code == 403, row.route


FREE_OF_TOKENS: Final = frozenset[str]()
