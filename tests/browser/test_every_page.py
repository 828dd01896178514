"""Every page of the installation is looked at, in the real browser, by whoever works there, in both languages.

The pages are those of tests/access/matrix.csv, which is complete by construction: a new page is opened here by the
first of LOOKERS whom the table lets in, on what its row stands on. Besides them: a ticket at every stage, lists in the
middle of a bad day, what is shown to somebody turned away, and the citizen's page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from django.test import override_settings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from hotline.rules import acts
from hotline.rules.vocabulary import ClockKind, Stage, Urgency
from tests.access.people import BESIDE, STRANGER, who
from tests.access.routes import Route, routes
from tests.access.test_matrix import table
from tests.access.world import World, act_in
from tests.api.every_act import SCENES
from tests.browser.looking import HeldClock, Look, Lookers, everything_stored
from tests.cast import Cast
from tests.stages.callback.test_answer_page import asked
from tests.walks import OPENING

NO_PAGES: Final = {
    "/healthz": "for machines",
    "/i18n/setlang/": "changes the language and goes back",
    "/accounts/logout/": "asks before it signs out, where no script runs; a page of its own below",
    "/people/import/sample.csv": "a file",
    "/parking/sheet.csv": "a file",
    "/papers/handover/<number>/word/": "a file",
    "/tickets/<number>/attachments/<attachment>/": "a file",
    "/duty/import/sample.csv": "a file",
    "/directory/file.csv": "a file",
    "/joint/files/<pk>/invitation/": "a calendar file",
    "/joint/files/<pk>/pages/<page>/": "a file",
    "/minutes/<pk>/word/": "a file",
    "/instructions/<pk>/files/<file>/": "a file",
    "/documents/<pk>/files/<file>/": "a file",
    "/documents/<pk>/paper/word/": "a file",
    "/supervision/<pk>/files/<file>/": "a file",
    "/supervision/<pk>/paper/word/": "a file",
    "/supervision/media/<pk>/files/<file>/": "a file",
    "/supervision/media/<pk>/paper/word/": "a file",
    "/supervision/ticket/<number>/": "a part of the ticket's page, seen there",
    "/tickets/<number>/told/": "a part of the ticket's page, seen there",
    "/knowledge/suggest/": "what a form finds while one types",
    "/notices/latest/": "what the bell opens, within a page",
    "/tickets/<number>/attachments/": "a part of the ticket's page, seen there",
}
"""Addresses that can be read and are no page by themselves."""
LOOKERS: Final = (
    "agent", "dispatcher", "cgj_handler", "cgj_section", "cgj_deputy", "cgj_head", "ly_dispatcher", "street_handler",
    "reviewer", "callback_officer", "team_leader", "supervisor", "director", "auditor", "system_admin",
    "security_admin", "audit_admin", "sthj_handler", STRANGER,
)  # fmt: skip
"""Who opens a page: the first of these whom the table lets in."""
WORKERS: Final = {
    Stage.DRAFT: "agent", Stage.REGISTERED: "agent", Stage.PENDING_DISPATCH: "dispatcher",
    Stage.PENDING_SIGN: "cgj_handler", Stage.HANDLING: "cgj_handler", Stage.RETURN_REQUESTED: "dispatcher",
    Stage.PENDING_SIGN_OFF: "cgj_section", Stage.PENDING_REVIEW: "reviewer", Stage.REWORK: "cgj_handler",
    Stage.PENDING_CALLBACK: "callback_officer", Stage.PENDING_CLOSE: "supervisor",
}  # fmt: skip
"""Whose ticket it is at a stage; the rest are the supervisor's."""
TITLES: Final = (
    "投诉合肥望塘建设工程有限公司在松间安置点项目工地夜间违规施工且无人制止",
    "长江中路小区门口夜市扰民",
    "逍遥津公园北侧路灯不亮，晚上老人散步摔倒，反映三次没有修好",
)
BUSY: Final = (
    Stage.HANDLING, Stage.PENDING_SIGN, Stage.PENDING_REVIEW, Stage.PENDING_CALLBACK, Stage.PENDING_DISPATCH,
)  # fmt: skip
BAD_DAY: Final = OPENING + timedelta(days=12, hours=5)
"""By then clocks have run out, others run out today."""


@dataclass(frozen=True)
class City:
    """What the pages show: the world of the matrix, and the lists' own tickets."""

    world: World
    looks: tuple[Look, ...]


@pytest.fixture
def city(cast: Cast, tmp_path: Path) -> Iterator[City]:
    with override_settings(MEDIA_ROOT=tmp_path / "attachments"):
        world = World(cast)
        found = {route.path: route for route in routes()}
        looks = [*_of_the_table(world, found), *_stages(cast), *_on_a_bad_day(cast), *_turned_away(cast)]
        yield City(world, tuple(looks))


def _of_the_table(world: World, found: dict[str, Route]) -> Iterator[Look]:
    for row in table():
        person = looker(row.GET, SCENES[act_in(found[row.route])].who if row.on == "act" else "")
        if person and row.route in found and not row.route.startswith("/api/") and row.route not in NO_PAGES:
            place = world.place(row.on, found[row.route])
            yield Look(found[row.route].filled(place.values), person, place.at)


def looker(cell: str, first: str = "") -> str:
    """Who opens a page of this row; nobody where none may."""
    let_in = frozenset() if cell == "-" else who(cell)
    return next((name for name in (first, *LOOKERS) if name in let_in), "")


def _stages(cast: Cast) -> Iterator[Look]:
    """A ticket's page at every stage, by the person whose turn it is."""
    for stage in Stage:
        if stage is not Stage.NEW:
            ticket = cast.ticket_at(stage)
            yield Look(f"/tickets/{ticket.number}/", WORKERS.get(stage, "supervisor"), ticket.at + timedelta(minutes=5))


def _on_a_bad_day(cast: Cast) -> Iterator[Look]:
    """Lists as they are when it matters: long titles, marks, clocks that have run out; and the preview beside them."""
    number = ""
    for stage in (
        Stage.HANDLING,
        Stage.PENDING_SIGN,
        Stage.PENDING_REVIEW,
        Stage.PENDING_CALLBACK,
        Stage.PENDING_DISPATCH,
    ):
        for title in TITLES:
            number = cast.ticket_at(stage, register={"title": title, "urgency": Urgency.URGENT}).number
    late = cast.ticket_at(Stage.HANDLING)
    for clock in (ClockKind.FIRST_CONTACT, ClockKind.REPLY, ClockKind.UNIT_REPLY):
        late = cast.do(late, "system", acts.RecordOverdue(clock=clock.value), at=BAD_DAY - timedelta(hours=1))
    yield Look(f"/tickets/{late.number}/", "cgj_handler", BAD_DAY)
    for address, person in (
        ("/desk/dispatch/", "dispatcher"), ("/desk/inbox/", "cgj_handler"), ("/desk/review/", "reviewer"),
        ("/callback/", "callback_officer"), ("/desk/open/", "supervisor"), ("/tickets/", "agent"),
        ("/overview/", "director"), ("/desk/open/?at=" + number, "supervisor"),
    ):  # fmt: skip
        yield Look(address, person, BAD_DAY)


def _turned_away(cast: Cast) -> Iterator[Look]:
    """Nothing there, not for you, and the citizen's own page."""
    yield Look("/tickets/34010320260317DH999999/", "agent", OPENING, status=404)
    yield Look("/overview/", "agent", OPENING, status=403)
    yield Look("/nowhere/", STRANGER, OPENING, status=404)
    _, address = asked(cast)
    yield Look(address, STRANGER, OPENING + timedelta(hours=3))


def test_no_page_of_the_table_is_left_out() -> None:
    open_to = {row.route for row in table() if looker(row.GET) and not row.route.startswith("/api/")}
    assert set(NO_PAGES) <= open_to, "no longer in the table, or nobody reads it: take it out of NO_PAGES"
    beside = {name for name, *_ in BESIDE}
    unseen = [
        row.route
        for row in table()
        if row.GET not in {"-", "nobody-at-all"} and not looker(row.GET) and not who(row.GET) <= beside
    ]
    assert unseen == [], "nobody of LOOKERS may open these"


@pytest.mark.slow
def test_every_page_is_whole_legible_and_in_one_language(
    city: City, browser: Browser, live_server: LiveServer, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = HeldClock()
    monkeypatch.setattr("hotline.plumbing.clock._frozen", clock)
    lookers = Lookers(browser, live_server.url, cast, clock, everything_stored())
    faults = [fault for look in city.looks for fault in lookers.faults(look)]
    assert not faults, "\n" + "\n".join(faults)
