"""The parked list through the API: the same rows as on the page, narrowed the same way, for the same readers."""

from datetime import date

import pytest

from hotline.rules.vocabulary import Stage
from tests.api.calling import Calling
from tests.cast import Cast, Ticket
from tests.visits import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def parked(cast: Cast) -> Ticket:
    return cast.ticket_at(Stage.PARKED)


def test_a_parked_matter_is_read_with_its_plan(parked: Ticket, caller: Calling) -> None:
    answer = caller("cgj_handler").get(f"/parking/{parked.number}")
    assert answer.status == 200
    assert answer.body["cause_name"] == "需纳入规划或年度计划"
    assert {name: answer.body[name] for name in ("plan", "responsible", "review_on", "finish_on", "reviews")} == {
        "plan": "列入下年度改造计划",
        "responsible": "建设科科长 赵工",
        "review_on": "2026-06-15",
        "finish_on": "2026-12-12",
        "reviews": 0,
    }
    assert caller("sthj_head").get(f"/parking/{parked.number}").codes == ["park.not_found"]
    assert caller("supervisor").get("/parking/34010320260317DH999999").status == 404


def test_the_list_is_narrowed_and_paged(parked: Ticket, caller: Calling) -> None:
    with at(parked.at):
        supervisor = caller("supervisor")
        assert [row["number"] for row in supervisor.get("/parking").body["parked"]] == [parked.number]
        assert supervisor.get("/parking", {"cause": "funds"}).body == {"parked": [], "next": None}
        assert supervisor.get("/parking", {"unit": "STHJ"}).body["parked"] == []
        assert supervisor.get("/parking", {"standing": "due"}).body["parked"] == []
        assert supervisor.get("/parking", {"standing": "signing"}).body["parked"] == []
        assert supervisor.get("/parking", {"limit": 1, "page": 1}).body["next"] is None


@pytest.mark.parametrize(
    ("query", "field"), [({"standing": "often"}, "standing"), ({"page": "0"}, "page"), ({"colour": "red"}, "colour")]
)
def test_what_is_no_question_is_refused(caller: Calling, query: dict[str, str], field: str) -> None:
    answer = caller("supervisor").get("/parking", query)
    assert (answer.status, answer.fields) == (422, [field])


def test_administrators_are_not_let_in(caller: Calling) -> None:
    assert caller("system_admin").get("/parking").status == 403


def test_asking_signing_and_agreeing_go_through_the_acts(cast: Cast, caller: Calling) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    plan = {
        "cause": "funds",
        "plan": "已报财政",
        "responsible": "周工",
        "finish_on": "2026-12-31",
        "review_on": date(2026, 6, 15).isoformat(),
    }
    with at(ticket.at):
        assert caller("cgj_handler").post(f"/handling/{ticket.number}/propose-park", plan).status == 200
        assert caller("supervisor").get(f"/parking/{ticket.number}").status == 404
        assert caller("cgj_handler").get(f"/parking/{ticket.number}").body["standing"] == "signing"
        assert caller("cgj_head").post(f"/handling/{ticket.number}/sign-off").status == 200
        assert caller("supervisor").get(f"/parking/{ticket.number}").body["standing"] == "asked"
        assert caller("supervisor").post(f"/handling/{ticket.number}/confirm-park").body["stage"] == "parked"
