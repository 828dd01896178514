"""Emergencies for other systems: the same refusals as on pages, the preview, the whole course, a task force."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hotline.registry.emergencies.models import EmergencyPeriod, TaskForce
from hotline.rules.vocabulary import Stage
from tests.cast import Cast
from tests.visits import at, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
NOON = OPENING + timedelta(hours=4)
PLAN = {"name": "2026年防汛", "reason": "汛情", "planned_end": "2026-03-27T18:00:00+08:00"}


def call(client: Client, address: str, body: Any = None) -> Any:
    answer = client.post(f"/api/v1/emergencies{address}", body, content_type="application/json")
    return answer.status_code, answer.json()


def codes(answer: dict[str, Any]) -> list[str]:
    return [refusal["code"] for refusal in answer["refusals"]]


def test_the_whole_course(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    boss = signed_in(cast, "supervisor")
    with at(NOON):
        status, shown = call(boss, "/preview", PLAN)
        assert (status, shown["moved"], shown["late_now"]) == (200, 1, 0)
        assert shown["tickets"][0]["number"] == ticket.number
        assert shown["tickets"][0]["new_due_at"].startswith("2026-03-19T13:30")
        assert not EmergencyPeriod.objects.exists()
        status, made = call(boss, "", PLAN)
        assert (status, made["standing"], made["confirmed"]) == (200, "on", False)
        number = made["id"]
        assert call(boss, "", PLAN)[0] == 422
        status, refused = call(boss, f"/{number}/confirm")
        assert (status, codes(refused)) == (409, ["emergency.second_person"])
        status, longer = call(boss, f"/{number}/lengthen", {"planned_end": "2026-03-30T18:00:00+08:00"})
        assert (status, longer["planned_end"][:10]) == (200, "2026-03-30")
        listed = signed_in(cast, "cgj_handler").get("/api/v1/emergencies").json()["emergencies"]
        assert [one["name"] for one in listed] == ["2026年防汛"]
        assert boss.get(f"/api/v1/emergencies/{number}/off").json()["moved"] == 0, "nothing was counted again yet"
        status, over = call(boss, f"/{number}/off")
        assert (status, over["standing"]) == (200, "over")
        status, refused = call(boss, f"/{number}/off")
        assert (status, codes(refused)) == (409, ["emergency.off_already"])
        assert call(boss, "/99/off")[0] == 404


def test_others_are_refused(cast: Cast) -> None:
    agent = signed_in(cast, "agent")
    with at(NOON):
        for address, body in (("", PLAN), ("/preview", PLAN), ("/1/off", None), ("/1/confirm", None)):
            status, refused = call(agent, address, body)
            assert (status, codes(refused)) == (403, ["emergency.denied"])
        assert agent.get("/api/v1/emergencies/1/off").status_code == 403


def test_a_task_force(cast: Cast) -> None:
    boss = signed_in(cast, "supervisor")
    people = [{"account": "cgj_handler", "role": "unit_handler"}, {"account": "sthj_head", "role": "unit_head"}]
    with at(NOON):
        number = call(boss, "", PLAN)[1]["id"]
        body = {"name": "防汛专班", "last_day": "2026-03-25", "members": people}
        wrong = {**body, "members": [*people, {"account": "ly_head", "role": "agent"}]}
        assert call(boss, f"/{number}/forces", wrong)[0] == 422
        status, force = call(boss, f"/{number}/forces", body)
        assert (status, force["open_tickets"], force["closed"]) == (200, 0, False)
        assert force["unit"] == TaskForce.objects.get().unit
        status, closed = call(boss, f"/forces/{force['id']}/close")
        assert (status, closed["closed"]) == (200, True)
        status, refused = call(boss, f"/forces/{force['id']}/close")
        assert (status, codes(refused)) == (409, ["task_force.closed_already"])
        assert call(boss, "/forces/99/close")[0] == 404
