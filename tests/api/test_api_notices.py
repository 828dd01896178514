"""Notices through the API: one's own, page by page, and marked read."""

import pytest
from django.test import Client

from hotline.oversight.notices.models import Notice
from hotline.rules.vocabulary import Stage
from tests.cast import Cast
from tests.visits import at, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(cast: Cast) -> list[Notice]:
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    numbers = [ticket.number, "N1", "N2"]
    return Notice.objects.bulk_create(
        Notice(recipient=cast.user("cgj_handler"), kind="urged", number=number, seq=1, made_at=ticket.at)
        for number in numbers
    )


def test_they_come_newest_first_with_titles_in_view(cast: Cast, rows: list[Notice]):
    handler = signed_in(cast, "cgj_handler")
    with at(rows[0].made_at):
        first = handler.get("/api/v1/notices", {"limit": 2}).json()
        rest = handler.get("/api/v1/notices", {"limit": 2, "before": first["next"]}).json()
    assert [n["number"] for n in (*first["notices"], *rest["notices"])] == ["N2", "N1", rows[0].number]
    assert [n["title"] for n in (*first["notices"], *rest["notices"])] == ["", "", "小区门口占道经营"]
    assert rest["next"] is None
    assert first["notices"][0]["said"] == "被催办，请加快办理"


def test_they_are_marked_read_and_nobody_elses(cast: Cast, rows: list[Notice]):
    body = {"ids": [rows[0].pk, 10**12]}
    stranger, handler = signed_in(cast, "sthj_handler"), signed_in(cast, "cgj_handler")
    with at(rows[0].made_at):
        assert stranger.post("/api/v1/notices/read", body, "application/json").json() == {"marked": 0}
        assert handler.post("/api/v1/notices/read", body, "application/json").json() == {"marked": 1}
        assert handler.post("/api/v1/notices/read", {"until": rows[1].pk}, "application/json").json() == {"marked": 1}
        unread = handler.get("/api/v1/notices", {"unread": "true"}).json()["notices"]
    assert [n["number"] for n in unread] == ["N2"]


@pytest.mark.parametrize(
    "asked", [{"limit": 0}, {"limit": "many"}, {"before": -1}, {"seen": 1}, {"before": 10**30}, {"before": "null"}]
)
def test_what_cannot_be_read_is_refused(cast: Cast, asked: dict[str, object]):
    assert signed_in(cast, "agent").get("/api/v1/notices", asked).status_code == 422


@pytest.mark.parametrize("body", [{"ids": [0]}, {"until": "x"}, {"all": True}, {"ids": list(range(1, 300))}, []])
def test_a_body_that_cannot_be_read_is_refused(cast: Cast, body: object):
    answer = signed_in(cast, "agent").post("/api/v1/notices/read", body, "application/json")
    assert answer.status_code == 422


@pytest.mark.usefixtures("db")
def test_strangers_are_told_to_sign_in(client: Client):
    assert client.get("/api/v1/notices", headers={"X-Hotline-Client": "127.0.0.1"}).status_code == 401
