"""The knowledge base for other systems: the pages' view, refusals in the API's one form."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.visits import at, signed_in
from tests.walks import OPENING


def called(client: Client, address: str, body: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
    with at(OPENING.replace(hour=12)):
        if body is None:
            response = client.get(f"/api/v1/knowledge{address}")
        else:
            response = client.post(f"/api/v1/knowledge{address}", json.dumps(body), content_type="application/json")
    return response.status_code, response.json()


def test_items_are_listed_searched_and_read(demo: Cast):
    unit = signed_in(demo, "cgj_handler")
    status, answer = called(unit, "?q=公积金&limit=2")
    assert (status, len(answer["items"])) == (200, 2)
    assert [item["code"] for item in called(unit, "?q=公积金&limit=2&offset=2")[1]["items"]] != [
        item["code"] for item in answer["items"]
    ]
    assert {item["unit"] for item in called(unit, "?unit=RQJT")[1]["items"]} == {"RQJT"}
    assert {item["category"] for item in called(unit, "?category=0502")[1]["items"]} == {"050203", "050205"}
    status, item = called(unit, "/YS0001")
    assert (status, item["version"], item["title"]) == (200, 1, "租房提取住房公积金")
    assert item["legal_basis"].startswith("《住房公积金管理条例》")


def test_items_are_suggested_for_a_text(demo: Cast):
    status, answer = called(
        signed_in(demo, "agent"), "/suggest", {"said": "租房子想提取公积金", "category": "010101", "limit": 3}
    )
    best = answer["suggestions"][0]
    assert (status, best["code"], best["same_category"]) == (200, "YS0001", True)
    assert "提取公积金" in best["shared"]
    assert len(answer["suggestions"]) == 3


@pytest.mark.parametrize(
    ("who", "address", "body", "status", "code"),
    [
        ("audit_admin", "", None, 403, "knowledge.reading_denied"),
        ("audit_admin", "/YS0001", None, 403, "knowledge.reading_denied"),
        ("audit_admin", "/suggest", {"said": "公积金"}, 403, "knowledge.reading_denied"),
        ("agent", "/YS9999", None, 404, "knowledge.not_found"),
        ("agent", "/%00", None, 404, "knowledge.not_found"),
        ("agent", "?words=公积金", None, 422, "field.unknown"),
        ("agent", "?limit=201", None, 422, "field.out_of_range"),
        ("agent", "?q=" + "长" * 61, None, 422, "field.too_long"),
        ("agent", "/suggest", {"said": " "}, 422, "field.required"),
        ("agent", "/suggest", {"said": "公积金", "more": 1}, 422, "field.unknown"),
    ],
)
def test_a_refusal_has_a_code_and_a_sentence(
    demo: Cast, who: str, address: str, body: dict[str, Any] | None, status: int, code: str
):
    found, answer = called(signed_in(demo, who), address, body)
    assert (found, answer["refusals"][0]["code"]) == (status, code)
    assert answer["refusals"][0]["sentence"]


def test_strangers_are_not_let_in(demo: Cast, client: Client):
    assert demo.user("agent").is_active
    assert called(client, "")[0] == 401
