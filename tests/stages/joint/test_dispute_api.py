"""Disputes for other programs: listed, read, and every deed by one operation, with the permission of the pages."""

import json
from datetime import timedelta
from typing import Any

import pytest

from hotline.rules.joint import Deed
from hotline.stages.joint.models import DisputeFile
from tests.cast import Cast
from tests.stages.joint.panels import did, disputed, file_of, heard, ruled
from tests.visits import at, signed_in

pytestmark = pytest.mark.django_db


def called(cast: Cast, who: str, row: DisputeFile, path: str = "", **said: object) -> tuple[int, dict[str, Any]]:
    row.refresh_from_db()
    with at(row.last_at + timedelta(minutes=1)):
        client, address = signed_in(cast, who), f"/api/v1/joint/files/{row.pk}{path}"
        answer = client.post(address, json.dumps(said), "application/json") if path else client.get(address)
    return answer.status_code, answer.json()


def test_one_dispute_tells_everything_that_its_page_does(cast: Cast) -> None:
    status, body = called(cast, "bb_deputy", ruled(cast))
    assert (status, body["status"], body["lead"], body["signer"]) == (200, "ruled", "STHJ", "王副秘书长")
    assert [one["unit"] for one in body["returns"]] == ["STHJ", "CGJ"]
    assert body["tasks"][0]["words"] == "对查实的违法行为立案处罚"
    assert body["tasks"][0]["due_at"]
    assert {one["unit"] for one in body["opinions"]} == {"BB", "SFJ", "CGJ", "STHJ"}


def test_the_list_shows_the_clock_that_runs(cast: Cast) -> None:
    row = file_of(disputed(cast))
    with at(row.last_at + timedelta(minutes=1)):
        body = signed_in(cast, "cgj_handler").get("/api/v1/joint/files?status=open").json()
        assert signed_in(cast, "cgj_handler").get("/api/v1/joint/files?statuss=open").status_code == 422
    assert [(one["id"], one["step"], one["parties"]) for one in body["disputes"]] == [
        (row.pk, "mediation", ["CGJ", "STHJ"])
    ]


def test_a_conclusion_with_its_tasks(cast: Cast) -> None:
    row = heard(cast)
    tasks = [{"unit": "CGJ", "order": 1, "days": 3, "words": "立案处罚"}]
    said = {"lead": "STHJ", "tasks": tasks, "minutes": "如议", "legal_basis": "法", "version": row.version}
    status, body = called(cast, "supervisor", row, "/conclude", **said)
    assert (status, body["proposed"], body["deeds"]) == (200, "STHJ", body["deeds"])
    assert "resume" in body["deeds"]


def test_refusals_say_what_to_do_and_name_units(cast: Cast) -> None:
    row = heard(cast)
    status, body = called(cast, "supervisor", row, "/conclude", lead="CGJ", minutes="x", legal_basis="y")
    assert status == 422
    assert "市生态环境局" in body["refusals"][0]["sentence"]
    assert called(cast, "cgj_head", row, "/conclude")[0] == 403
    assert called(cast, "ly_head", row, "/state")[0] == 404
    assert called(cast, "ly_head", row)[0] == 404
    assert called(cast, "supervisor", row, "/escalate", reason="久议不决", version=1)[0] == 409


def test_escalation_and_the_decision_by_calls(cast: Cast) -> None:
    row = file_of(disputed(cast))
    assert called(cast, "supervisor", row, "/escalate", reason="久议不决")[0] == 200
    said = {"lead": "CGJ", "minutes": "由城管局主办", "legal_basis": "秘书长决定", "signer": "李秘书长"}
    status, body = called(cast, "supervisor", row, "/decide", **said, signed_on=row.last_at.date().isoformat())
    assert (status, body.get("lead")) == (200, "CGJ")
    did(cast, row, "cgj_handler", Deed.OBJECT)
