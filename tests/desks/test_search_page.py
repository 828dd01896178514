"""The search box: numbers, telephone numbers and words, inside what one may see."""

import pytest

from hotline.rules.vocabulary import Stage
from tests.cast import Cast
from tests.visits import signed_in

pytestmark = pytest.mark.django_db
NOISE = {"title": "夜间施工噪声扰民", "content": "三里街工地夜里十一点后仍在浇筑混凝土。"}


def test_a_number_opens_the_ticket(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.REGISTERED, register=NOISE)
    answer = signed_in(cast, "agent").post("/search/", {"q": ticket.number.lower()})
    assert answer.headers["Location"] == f"/tickets/{ticket.number}/"


def test_words_show_where_they_stand(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.REGISTERED, register=NOISE)
    page = signed_in(cast, "agent").post("/search/", {"q": "浇筑"}).content.decode()
    assert ticket.number in page
    assert "仍在浇筑混凝土" in page


def test_a_telephone_number_shows_its_tickets_to_who_may_unmask(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, register=NOISE, requester={"phone": "19900001111"})
    assert ticket.number in signed_in(cast, "agent").post("/search/", {"q": "199 0000 1111"}).content.decode()
    assert ticket.number not in signed_in(cast, "cgj_handler").post("/search/", {"q": "19900001111"}).content.decode()
    assert ticket.number not in signed_in(cast, "auditor").post("/search/", {"q": "19900001111"}).content.decode()


def test_what_is_out_of_sight_is_not_found(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_SIGN, lead="CGJ", register=NOISE)
    other = signed_in(cast, "sthj_handler")
    assert other.post("/search/", {"q": ticket.number}).status_code == 200
    assert ticket.number not in other.post("/search/", {"q": "混凝土"}).content.decode()


@pytest.mark.parametrize("q", ["水", "", "   ", "，", "%' OR 1=1 --", "\x00", "字" * 500])
def test_any_question_has_an_answer(cast: Cast, q: str) -> None:
    assert signed_in(cast, "agent").post("/search/", {"q": q}).status_code == 200


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "audit_admin"])
def test_administrators_search_nothing(cast: Cast, who: str) -> None:
    assert signed_in(cast, who).post("/search/", {"q": "施工"}).status_code == 403
