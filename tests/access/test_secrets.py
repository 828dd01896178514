"""Who asked in confidence is told to nobody but those who call them back: not on a page, a paper, in a file, through
the API, in a notice, a live update, an address or a log. Of all others lists show no more than a mask, and a look at
more is put on record.

Requesters with names, numbers and words that occur nowhere else have tickets at every desk; then everybody opens
every address there is, and the bytes are searched.
"""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings
from django.test import Client, override_settings

from hotline.desks.places import DESKS
from hotline.plumbing import live
from hotline.plumbing.clock import frozen
from hotline.rules.visibility import view_of
from hotline.tickets.models import Disclosure
from tests.access.people import CALLING, moved_in
from tests.access.routes import Route, routes
from tests.access.secrets import HIDDEN, OPEN, as_anybody, in_confidence, later, reacted, unpacked
from tests.cast import Cast, Ticket
from tests.visits import BACKEND

READERS: Final = (
    *("cgj_handler", "sthj_handler", "szf_handler", "ly_dispatcher", "street_handler"),
    *("director", "auditor", "dispatcher", "reviewer", "system_admin", "security_admin", "audit_admin"),
)
"""People who never call a confidential requester: units, who reads everything, who decides, administrators."""
ASKING: Final = ("cgj_handler", "sthj_handler", "director", "dispatcher", "reviewer", "system_admin")
ACTS_SEEN_BY: Final = ("cgj_handler", "director")
"""Who opens the forms of all acts, which show no more than the ticket's page does."""
OTHERS: Final[dict[str, str]] = {"kind": "units", "month": "2026-03", "rating": "2", "day": "2026-03-17"}


class Visit:
    """Somebody's browser."""

    def __init__(self, cast: Cast, who: str) -> None:
        self.who = who
        self.inside = view_of(cast.actor(who)).everything
        self.client = Client(headers={"X-Hotline-Client": "127.0.0.1"})
        self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
        self.client.force_login(cast.user(who), backend=BACKEND)

    def read(self, address: str) -> tuple[int, str]:
        """Status and all that can be read in the answer, its headers too."""
        return _read(self.client.get(address))


def _read(answer: Any) -> tuple[int, str]:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, unpacked(body) + str(dict(answer.headers))


@pytest.fixture
def cast_with_others(cast: Cast, tmp_path: Path) -> Iterator[Cast]:
    moved_in(cast)
    with override_settings(MEDIA_ROOT=tmp_path / "attachments"):
        yield cast


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything that was sent to live pages."""
    sent: list[str] = []
    plain = live.packed

    def noted(topic: str, payload: dict[str, live.Value]) -> str:
        sent.append(plain(topic, payload))
        return sent[-1]

    monkeypatch.setattr(live, "packed", noted)
    return sent


def addresses(tickets: list[Ticket], *, acts: bool) -> Iterator[str]:
    """Every address that can be read: those of no ticket once, those of a ticket for each, forms of acts for one."""
    for route in routes():
        if route.path.startswith("/accounts/"):
            continue
        if route.params == ("number",):
            of_an_act = _is_act(route)
            chosen = tickets[-1:] if of_an_act and acts else () if of_an_act else tickets
            yield from (route.filled({"number": ticket.number}) for ticket in chosen)
        elif set(route.params) <= set(OTHERS):
            yield route.filled(dict(OTHERS))
    yield from (f"/desk/{desk.key}/" for desk in DESKS)
    yield from ("/tickets/?order=due", "/tickets/?flag=confidential", "/api/v1/tickets?flag=confidential&limit=200")


def _is_act(route: Route) -> bool:
    parts = route.path.strip("/").split("/")
    return (len(parts) == 3 and parts[-1] == "<number>" and parts[0] not in {"papers", "callback"}) or (
        route.api and parts[-1] not in {"<number>", "acts", "attachments"}
    )


@pytest.mark.slow
def test_who_asked_in_confidence_stands_nowhere(
    cast_with_others: Cast, news: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    cast = cast_with_others
    tickets = list(in_confidence(cast))
    moment = later(tickets)
    for ticket in tickets:
        reacted(ticket, moment)
    found: list[str] = []
    with frozen(moment):
        for who in READERS:
            found += leaks(Visit(cast, who), tickets)
    assert not found, "\n".join(found)
    assert not HIDDEN.told(" ".join(news))
    assert news
    assert not HIDDEN.told(caplog.text)


def leaks(visit: Visit, tickets: list[Ticket]) -> Iterator[str]:
    """Addresses whose answer tells this person what is not for them."""
    opened = 0
    for address in addresses(tickets, acts=visit.who in ACTS_SEEN_BY):
        status, text = visit.read(address)
        assert status < 500, address
        opened += status == 200
        if told := (HIDDEN.identity(text) if visit.inside else HIDDEN.told(text)) - _told_to_the_office(visit, text):
            yield f"{visit.who} {address} ({status}): {sorted(told)}"
    assert opened > 5, visit.who


def _told_to_the_office(visit: Visit, text: str) -> set[str]:
    """The office reads all words, and with them the name that a citizen has given a file."""
    named = text.count(HIDDEN.name) == text.count(f"{HIDDEN.name}的来信")
    return {HIDDEN.name} if visit.inside and named else set()


def test_a_question_does_not_find_what_a_page_does_not_show(cast_with_others: Cast) -> None:
    """Nor does a filter, or what stands beside a new request: the answer would tell that the words are there."""
    cast = cast_with_others
    tickets = [*in_confidence(cast), *as_anybody(cast)]
    faults: list[str] = []
    with frozen(later(tickets)):
        for who in ASKING:
            faults += found_by_asking(Visit(cast, who), tickets)
    assert not faults, "\n".join(faults)


def found_by_asking(visit: Visit, tickets: list[Ticket]) -> Iterator[str]:
    """Questions that are answered with a ticket though the person may not know what was asked for.

    A list that takes no notice of the question, because it is somebody's number, shows what it shows without it.
    """
    for asked in (HIDDEN.name, HIDDEN.phone, HIDDEN.phone[-8:], HIDDEN.address, HIDDEN.words):
        if visit.inside and asked == HIDDEN.words:
            continue  # the office reads all words
        told = {"title": asked, "content": asked, "phone": asked, "category": "010103"}
        posts = (("/search/", {"q": asked}), ("/intake/caller/", {"phone": asked}), ("/intake/suggest/", told))
        answers = [(address, _read(visit.client.post(address, said))) for address, said in posts]
        for address, (_status, text) in answers:
            if any(ticket.number in text for ticket in tickets):
                yield f"{visit.who} {address} finds {asked}"
        for place, name in (("/tickets/", "q"), ("/api/v1/tickets", "words")):
            whole, narrowed = visit.read(place)[1], visit.read(f"{place}?{name}={asked}")[1]
            shown = {ticket.number for ticket in tickets if ticket.number in narrowed}
            if shown and shown != {ticket.number for ticket in tickets if ticket.number in whole}:
                yield f"{visit.who} {place} finds {asked}"


@pytest.mark.slow
def test_of_an_ordinary_requester_everybody_sees_a_mask_until_it_is_on_record(
    cast_with_others: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    cast = cast_with_others
    tickets = list(as_anybody(cast))
    moment = later(tickets)
    for ticket in tickets:
        reacted(ticket, moment)
    faults: list[str] = []
    with frozen(moment):
        for who in (*READERS, *sorted(CALLING)):
            faults += unrecorded(Visit(cast, who), tickets)
    assert not faults, "\n".join(faults)
    assert not OPEN.identity(caplog.text)


def unrecorded(visit: Visit, tickets: list[Ticket]) -> Iterator[str]:
    """Addresses that tell who asked without a line that says who looked."""
    for address in addresses(tickets, acts=False):
        before = Disclosure.objects.count()
        _status, text = visit.read(address)
        told = OPEN.identity(text) - (
            {OPEN.name} if text.count(OPEN.name) == text.count(f"{OPEN.name}的来信") else set()
        )
        if told and Disclosure.objects.count() == before:
            yield f"{visit.who} {address}: {sorted(told)}"


def test_a_click_shows_the_contact_and_says_so_for_good(cast_with_others: Cast) -> None:
    cast = cast_with_others
    (ticket, *_rest) = list(as_anybody(cast))
    moment = later([ticket])
    with frozen(moment):
        visit = Visit(cast, "agent")
        _status, before = visit.read(f"/tickets/{ticket.number}/")
        _status, after = _read(visit.client.post(f"/tickets/{ticket.number}/contact/"))
    assert OPEN.phone not in before
    assert f"{OPEN.phone[:3]}****{OPEN.phone[-4:]}" in before
    assert OPEN.phone in after
    looked = Disclosure.objects.get()
    assert (looked.actor, looked.at, looked.ticket.number) == (str(cast.user("agent").pk), moment, ticket.number)
