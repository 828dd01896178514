"""Rosters through the API: the same people as on the pages, the same refusals."""

import pytest

from hotline.registry.duty.models import DutyTurn
from tests.cast import Cast
from tests.oversight.messaging.rostering import every_night, on_duty
from tests.visits import at, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
TURN = {
    "kind": "night", "name": "赵海涛", "phone": "13900000011",
    "begins_at": "2026-03-17T18:00:00+08:00", "ends_at": "2026-03-18T08:00:00+08:00",
}  # fmt: skip


def test_an_exchange_asks_whom_to_put_a_call_through_to(cast: Cast):
    on_duty(cast, "CGJ", "day", "赵海涛")
    on_duty(cast, "CGJ", "leader", "周文斌")
    with at(OPENING):
        found = signed_in(cast, "agent").get("/api/v1/duty/CGJ/now").json()
    assert [(one["name"], one["kind"], one["phone"]) for one in found["on_duty"]] == [
        ("赵海涛", "day", "13900000011"),
        ("周文斌", "leader", "13900000012"),
    ]


def test_the_coming_weeks_with_their_holes(cast: Cast):
    every_night(cast, "CGJ", "赵海涛")
    with at(OPENING):
        found = signed_in(cast, "cgj_handler").get("/api/v1/duty/CGJ").json()
    assert found["turns"][0]["id"] is None
    assert "3月18日白天无人值班" in found["holes"]


def test_a_turn_is_planned_and_cancelled(cast: Cast):
    handler = signed_in(cast, "cgj_handler")
    with at(OPENING):
        made = handler.post("/api/v1/duty/CGJ/turns", TURN, "application/json")
        assert made.status_code == 200
        again = handler.post("/api/v1/duty/CGJ/turns", TURN, "application/json")
        assert (again.status_code, again.json()["refusals"][0]["code"]) == (422, "duty.overlaps")
        address = f"/api/v1/duty/CGJ/turns/{made.json()['id']}/cancel"
        gone = handler.post(address, {}, "application/json")
        assert gone.status_code == 200
        twice = handler.post(address, {}, "application/json")
    assert twice.status_code == 409
    assert DutyTurn.objects.get().cancelled_at == OPENING


@pytest.mark.parametrize(
    ("who", "change", "status"),
    [
        ("sthj_handler", {}, 403),
        ("agent", {}, 403),
        ("team_leader", {"kind": "nap"}, 422),
        ("team_leader", {"begins_at": "soon"}, 422),
        ("team_leader", {"colour": "red"}, 422),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, who: str, change: dict[str, str], status: int):
    with at(OPENING):
        answer = signed_in(cast, who).post("/api/v1/duty/CGJ/turns", TURN | change, "application/json")
    assert answer.status_code == status
    assert not DutyTurn.objects.exists()


def test_a_unit_that_is_not_there(cast: Cast):
    with at(OPENING):
        leader = signed_in(cast, "team_leader")
        assert leader.get("/api/v1/duty/XXX/now").status_code == 422
        assert leader.post("/api/v1/duty/XXX/turns", TURN, "application/json").status_code == 422
        assert signed_in(cast, "cgj_handler").get("/api/v1/duty/STHJ").status_code == 403
