"""The inspector's page: photos, the list, the finding; sent twice on a bad line; a canary for units beforehand."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from hotline.oversight.supervision.models import Supervision, SupervisionFile
from hotline.oversight.supervision.visits.models import VisitPhoto
from hotline.rules.supervision.visits import Check
from hotline.rules.vocabulary import Role, Stage
from tests.cast import PEOPLE, Cast, Ticket
from tests.oversight.supervision.visiting import snapshot, visit_to
from tests.visits import at, latin, signed_in

pytestmark = pytest.mark.django_db
Limit = Callable[[int], AbstractContextManager[object]]
HOUR = timedelta(hours=1)
CANARY = "不打招呼去看东门垃圾房"
FINE = {check.value: "unclear" for check in Check}
BAD = FINE | {"remains": "yes"}
KNOWS = {Role.SUPERVISOR, Role.DIRECTOR, Role.AUDITOR}


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path / "attachments"):
        yield


def taken(moment: datetime, *, place: bool = True) -> SimpleUploadedFile:
    return SimpleUploadedFile("东门.jpg", snapshot(moment, place=place), "image/jpeg")


def send(client: Client, row: Supervision, ticket: Ticket, *, script: bool = True, **said: Any) -> Any:
    headers = {"Accept": "application/json"} if script else {}
    with at(ticket.at + HOUR):
        return client.post(f"/supervision/{row.pk}/visit/photos/", said, headers=headers)


def record(client: Client, row: Supervision, ticket: Ticket, **said: Any) -> Any:
    with at(ticket.at + HOUR):
        return client.post(f"/supervision/{row.pk}/visit/", said)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_page_says_what_to_look_at_and_that_nobody_knows(cast: Cast, django_assert_max_num_queries: Limit):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    client = signed_in(cast, "supervisor")
    with at(ticket.at + HOUR):
        client.get(f"/supervision/{row.pk}/visit/")
        with django_assert_max_num_queries(17):
            answer = client.get(f"/supervision/{row.pk}/visit/")
        page = text(answer)
        assert f'href="/supervision/{row.pk}/visit/"' in text(client.get(f"/supervision/{row.pk}/"))
    assert all(words in page for words in ("长江中路1号", "单位看不到这次核查", "核查清单", "还没有照片"))
    assert "geolocation=(self)" in answer.headers["Permissions-Policy"]
    assert not latin(page) - {"JPG", "PNG", "WEBP"}
    assert "geolocation=()" in client.get("/supervision/").headers["Permissions-Policy"]


@pytest.mark.parametrize(("problem", "stage"), [("yes", Stage.REWORK), ("no", Stage.CLOSED)])
def test_a_visit_from_photo_to_finding(cast: Cast, problem: str, stage: Stage):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    client = signed_in(cast, "supervisor")
    assert send(client, row, ticket, file=taken(ticket.at + HOUR)).json() == {"taken": 1}
    answers = BAD if problem == "yes" else FINE
    answer = record(client, row, ticket, problem=problem, text="东门垃圾房看过", **answers)
    assert answer.headers["Location"] == f"/supervision/{row.pk}/"
    assert cast.seen(ticket).state.stage is stage
    with at(ticket.at + 2 * HOUR):
        ours = text(signed_in(cast, "cgj_head").get(f"/supervision/{row.pk}/"))
        again = text(client.get(f"/supervision/{row.pk}/visit/"))
    assert all(words in ours for words in ("东门垃圾房看过", "北纬31.85833", "反映的问题现在仍然存在"))
    assert "data-visit-form" not in again
    photo = VisitPhoto.objects.get().file_id
    opened = signed_in(cast, "cgj_head").get(f"/supervision/{row.pk}/files/{photo}/")
    assert (opened.status_code, b"".join(opened)[:2]) == (200, b"\xff\xd8")


def test_what_was_sent_again_because_no_answer_came_is_there_once(cast: Cast):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    client = signed_in(cast, "supervisor")
    for _ in range(2):
        assert send(client, row, ticket, file=taken(ticket.at + HOUR)).status_code == 200
    for _ in range(2):
        assert record(client, row, ticket, problem="yes", text="第一行\r\n第二行", **BAD).status_code == 302
    assert SupervisionFile.objects.count() == 1
    assert cast.seen(ticket).state.reworks == ticket.state.reworks + 1
    other = record(client, row, ticket, problem="yes", text="别的话", **BAD)
    assert (other.status_code, "别的话" in text(other) and "时不能“登记现场核查”" in text(other)) == (409, True)


def test_a_photo_without_place_asks_for_it(cast: Cast):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    client = signed_in(cast, "supervisor")
    refused = send(client, row, ticket, file=taken(ticket.at + HOUR, place=False))
    assert refused.status_code == 422
    assert refused.json()["fields"] == ["place"]
    assert "照片没有带拍摄地点" in refused.json()["sentences"][0]
    plain = send(client, row, ticket, script=False, file=taken(ticket.at + HOUR, place=False))
    assert (plain.status_code, "照片没有带拍摄地点" in text(plain)) == (422, True)
    said = {"place": "东门垃圾房", "reason": "屋里没有定位"}
    done = send(client, row, ticket, script=False, file=taken(ticket.at + HOUR, place=False), **said)
    assert done.headers["Location"] == f"/supervision/{row.pk}/visit/"
    with at(ticket.at + HOUR):
        page = text(client.get(f"/supervision/{row.pk}/visit/"))
    assert all(words in page for words in ("东门垃圾房", "屋里没有定位", "手工填写"))


def test_the_phone_says_where_and_when(cast: Cast):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    client = signed_in(cast, "supervisor")
    bare = SimpleUploadedFile("东门.jpg", snapshot(None, place=False), "image/jpeg")
    stamp = (ticket.at + HOUR).timestamp() * 1000
    said = {"phone_at": stamp, "latitude": "31.86", "longitude": "117.28"}
    assert send(client, row, ticket, file=bare, **said).status_code == 200
    kept = VisitPhoto.objects.get()
    assert (kept.time_from, kept.place_from, kept.latitude) == ("phone", "phone", 31.86)


@pytest.mark.parametrize("said", [{"phone_at": "gestern"}, {"latitude": "nan", "longitude": "1"}, {"phone_at": "9e99"}])
def test_nonsense_from_a_phone_is_refused_or_not_believed(cast: Cast, said: dict[str, str]):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    answer = send(signed_in(cast, "supervisor"), row, ticket, file=taken(ticket.at + HOUR, place=False), **said)
    assert answer.status_code == 422
    assert answer.json()["sentences"]


def test_no_photo_chosen(cast: Cast):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    assert send(signed_in(cast, "supervisor"), row, ticket).status_code == 422


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "有没有发现问题"),
        ({"problem": "no", "text": "看过"}, "核查清单还有5项没有回答"),
        ({"problem": "no", "text": "看过", **BAD}, "结论却是没有问题"),
        ({"problem": "yes", "text": "看过", **FINE}, "没有一项不合要求"),
        ({"problem": "yes", "text": "看过", **BAD}, "至少要有一张现场照片"),
        ({"problem": "no", "text": " ", **FINE}, "请填写“登记现场核查”的说明"),
    ],
)
def test_a_finding_that_does_not_hold_is_refused_and_kept(cast: Cast, said: dict[str, str], sentence: str):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    answer = record(signed_in(cast, "supervisor"), row, ticket, **said)
    assert (answer.status_code, sentence in text(answer)) == (422, True)
    assert text(answer).count("checked") == len([name for name in said if name != "text"])
    row.refresh_from_db()
    assert (row.status, row.revealed) == ("open", False)


@pytest.mark.parametrize("who", ["director", "auditor"])
def test_who_only_looks_records_nothing(cast: Cast, who: str):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    client = signed_in(cast, who)
    with at(ticket.at + HOUR):
        page = text(client.get(f"/supervision/{row.pk}/visit/"))
    assert "data-visit-form" not in page
    assert record(client, row, ticket, problem="no", text="看过", **FINE).status_code == 403
    assert send(client, row, ticket, file=taken(ticket.at + HOUR)).status_code == 403


def addresses(row: Supervision, ticket: Ticket, photo: int) -> tuple[str, ...]:
    """Every place where a unit could come across a visit: pages, lists, search, notices, counts, papers, API."""
    number = ticket.number
    return (
        "/", "/supervision/", "/supervision/list/", "/supervision/list/?kind=on_site", f"/supervision/{row.pk}/",
        f"/supervision/{row.pk}/visit/", f"/supervision/{row.pk}/paper/", f"/supervision/{row.pk}/paper/word/",
        f"/supervision/{row.pk}/files/{photo}/", f"/supervision/ticket/{number}/", f"/tickets/{number}/",
        f"/tickets/{number}/attachments/", "/tickets/", f"/search/?q={number}", "/search/?q=东门垃圾房",
        "/notices/?show=all", "/handling/", "/tickets/export/", f"/api/v1/tickets/{number}",
        f"/api/v1/tickets/{number}/timeline", f"/api/v1/tickets/{number}/attachments", "/api/v1/notices",
        "/api/v1/supervision", "/api/v1/supervision?kind=on_site", "/api/v1/supervision/load",
        f"/api/v1/supervision/{row.pk}", f"/api/v1/supervision/{row.pk}/visit",
    )  # fmt: skip


def test_a_canary_for_units_sings_nowhere_before_the_visit_and_everywhere_the_same(cast: Cast):
    """What a unit sees with a visit under way is, to the letter, what it saw before there was one."""
    ticket = cast.ticket_at(Stage.CLOSED)
    units = [person.username for person in PEOPLE if person.role not in KNOWS and "admin" not in person.username]
    clients = {who: signed_in(cast, who) for who in units}
    nowhere = Supervision(pk=987654)
    before = {who: _seen(client, addresses(nowhere, ticket, 987654), ticket) for who, client in clients.items()}
    row = visit_to(cast, ticket, CANARY)
    assert send(signed_in(cast, "supervisor"), row, ticket, file=taken(ticket.at + HOUR)).status_code == 200
    photo = VisitPhoto.objects.get().file_id
    for who, client in clients.items():
        after = _seen(client, addresses(row, ticket, photo), ticket)
        assert not [page for page in after if CANARY in page or "热现督" in page or "东门.jpg" in page], who
        shown = [page.replace(f"/{row.pk}/", "/987654/").replace(f"/{photo}/", "/987654/") for page in after]
        assert shown == before[who], who


VARIES = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|csrf[^"]*"[^"]*"')


def _seen(client: Client, where: tuple[str, ...], ticket: Ticket) -> list[str]:
    found = []
    with at(ticket.at + 2 * HOUR):
        for address in where:
            answer = client.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            found.append(f"{answer.status_code} {VARIES.sub('', body.decode(errors='replace'))}")
    return found


def test_visits_for_other_programs(cast: Cast):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    client, address = signed_in(cast, "supervisor"), f"/api/v1/supervision/{row.pk}"
    with at(ticket.at + HOUR):
        bare = client.post(f"{address}/visit-photos", {"file": taken(ticket.at + HOUR, place=False)})
        assert (bare.status_code, bare.json()["refusals"][0]["code"]) == (422, "supervision.photo_without_place")
        odd = client.post(f"{address}/visit-photos", {"file": taken(ticket.at + HOUR), "where": "x"})
        assert odd.json()["refusals"][0]["code"] == "field.unknown"
        added = client.post(f"{address}/visit-photos", {"file": taken(ticket.at + HOUR)}).json()
        assert [(one["time_from"], one["place_from"]) for one in added["photos"]] == [("photo", "photo")]
        said = {"problem": True, "answers": BAD, "text": "垃圾仍在"}
        done = client.post(f"{address}/record-visit", said, content_type="application/json")
        assert (done.status_code, done.json()["outcome"]) == (200, "problem_found")
        seen = signed_in(cast, "cgj_handler").get(f"{address}/visit").json()
    assert (seen["findings"], seen["answers"]["remains"], len(seen["photos"])) == ("垃圾仍在", "yes", 1)
    assert signed_in(cast, "sthj_handler").get(f"{address}/visit").status_code == 404
