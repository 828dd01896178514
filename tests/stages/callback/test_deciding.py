"""The reviewer's decision: what the citizen said, what was tried, which ways are left and why the others are not."""

from datetime import datetime, timedelta

import pytest

from hotline.rules import acts
from hotline.rules.vocabulary import CITY_TZ, Flag, Stage
from tests.cast import Cast, Ticket
from tests.visits import at, latin, signed_in
from tests.walks import dissatisfied, replied

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def angry(cast: Cast) -> Ticket:
    return cast.ticket_at(Stage.PENDING_CLOSE)


def page(cast: Cast, who: str, ticket: Ticket) -> str:
    with at(ticket.at + timedelta(minutes=5)):
        return signed_in(cast, who).get(f"/callback/decide/{ticket.number}/").content.decode()


def reworked(cast: Cast, ticket: Ticket) -> Ticket:
    """Once more through the unit, and still not content."""
    ticket = cast.do(ticket, "reviewer", acts.OrderRework(reason="问题没有解决，请重新办理"))
    ticket = cast.do(ticket, "cgj_handler", replied())
    for who in ("cgj_section", "cgj_deputy"):
        ticket = cast.do(ticket, who, acts.SignOff(opinion="同意"))
    grade = {"grade": next(iter(cast_grades()))} if cast_grades() else {}
    ticket = cast.do(ticket, "reviewer", acts.PassReview(note="答复完整", **grade))
    return cast.do(ticket, "callback_officer", dissatisfied(), at=ticket.at + DAY)


def cast_grades() -> list[str]:
    """Grades that a reviewer must give, as the city lists them."""
    from tests.walks import walk

    passed = next(move.act for move in walk(Stage.PENDING_CALLBACK) if isinstance(move.act, acts.PassReview))
    return [passed.grade] if getattr(passed, "grade", "") else []


def test_the_citizens_answers_stand_on_top(cast: Cast, angry: Ticket) -> None:
    html = page(cast, "reviewer", angry)
    for said in ("不满意", "未解决", "问题没有解决", "第二天摊贩又来了", "已重办 0 次，最多 2 次"):
        assert said in html
    assert not {word for word in latin(html) if not word.isupper()}


def test_ways_that_are_open_lead_to_their_acts(cast: Cast, angry: Ticket) -> None:
    html = page(cast, "reviewer", angry)
    for act in ("order-rework", "close"):
        assert f'href="/callback/{act}/{angry.number}/' in html
    assert f'href="/callback/reopen-after-visit/{angry.number}/' not in html
    assert "由县区转办员、承办人、科室负责人、分管领导、主要领导办理" in html
    assert "主要领导签字" in html


def test_after_two_reworks_another_is_refused_with_the_reason(cast: Cast, angry: Ticket) -> None:
    ticket = reworked(cast, reworked(cast, angry))
    html = page(cast, "reviewer", ticket)
    assert "已重办 2 次，最多 2 次" in html
    assert f'href="/callback/order-rework/{ticket.number}/' not in html
    assert html.count("问题没有解决，请重新办理") == 2
    assert "再由督办人员到现场" in html


def test_a_key_ticket_is_not_marked_again(cast: Cast, angry: Ticket) -> None:
    html = page(cast, "reviewer", cast.do(angry, "supervisor", acts.MarkTicket(flag=Flag.KEY, note="重点")))
    assert "已经是重点件" in html


def test_a_closed_ticket_can_be_visited_by_the_supervisor(cast: Cast, angry: Ticket) -> None:
    ticket = cast.do(angry, "reviewer", acts.Close(reason="explained", note="已解释"))
    assert f'href="/callback/reopen-after-visit/{ticket.number}/' in page(cast, "supervisor", ticket)
    assert "不在等待决定" in page(cast, "supervisor", ticket)


@pytest.mark.parametrize(("who", "status"), [("director", 200), ("callback_officer", 200), ("cgj_head", 403)])
def test_who_may_read(cast: Cast, angry: Ticket, who: str, status: int) -> None:
    with at(angry.at + timedelta(minutes=5)):
        client = signed_in(cast, who)
        answer = client.get(f"/callback/decide/{angry.number}/")
        assert answer.status_code == status
        assert client.get("/callback/decide/").status_code == status
        if status == 200:
            assert f'href="/callback/order-rework/{angry.number}/' not in answer.content.decode()


def test_the_list_of_those_that_wait(cast: Cast, angry: Ticket) -> None:
    with at(angry.at):
        html = signed_in(cast, "reviewer").get("/callback/decide/").content.decode()
    assert angry.number in html
    with at(datetime(2026, 3, 17, 9, 0, tzinfo=CITY_TZ)):
        assert signed_in(cast, "reviewer").get("/callback/decide/340100/").status_code == 404
