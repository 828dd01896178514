"""Whatever is sent, the answer is a refusal that names the field, and never a fault."""

from datetime import timedelta
from typing import Any

import pytest

from hotline.rules.vocabulary import Stage
from tests.api.calling import Caller, Calling
from tests.cast import Cast
from tests.walks import OPENING

GOOD: dict[str, Any] = {
    "channel": "DH",
    "request_type": "complaint",
    "category": "010103",
    "region": "340103",
    "title": "小区门口占道经营",
    "content": "每天早晨有摊贩占道经营。",
}


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"title": None}, "title", "field.malformed"),
        ({"title": 5}, "title", "field.malformed"),
        ({"title": ["a"]}, "title", "field.malformed"),
        ({"title": "长" * 201}, "title", "field.too_long"),
        ({"title": "   "}, "title", "field.required"),
        ({"title": "a\x00b"}, "title", "field.bad_character"),
        ({"content": "好" * 20_001}, "content", "field.too_long"),
        ({"content": "\ud83d"}, "content", "field.bad_character"),
        ({"channel": "XX9"}, "channel", "field.malformed"),
        ({"channel": []}, "channel", "field.malformed"),
        ({"channel": {"a": 1}}, "channel", "field.malformed"),
        ({"channel": 10**400}, "channel", "field.malformed"),
        ({"category": "999999"}, "category", "field.unknown_code"),
        ({"category": "\x00"}, "category", "field.bad_character"),
        ({"category": "\ud83d"}, "category", "field.bad_character"),
        ({"category": "9" * 100_000}, "category", "field.too_long"),
        ({"region": "000000"}, "region", "field.unknown_code"),
        ({"source_line": "000"}, "source_line", "field.unknown_code"),
        ({"group_size": 0}, "group_size", "field.out_of_range"),
        ({"group_size": 10**400}, "group_size", "field.out_of_range"),
        ({"group_size": -(10**400)}, "group_size", "field.out_of_range"),
        ({"group_size": 1.5}, "group_size", "field.malformed"),
        ({"group_size": "5"}, "group_size", "field.malformed"),
        ({"group_size": True}, "group_size", "field.malformed"),
        ({"confidential": "yes"}, "confidential", "field.malformed"),
        ({"confidential": 1}, "confidential", "field.malformed"),
        ({"superior_due_at": "2026-04-01T10:00"}, "superior_due_at", "field.no_time_zone"),
        ({"superior_due_at": "2026-04-01"}, "superior_due_at", "field.malformed"),
        ({"superior_due_at": 1_800_000_000}, "superior_due_at", "field.malformed"),
        ({"superior_due_at": "0001-01-01T00:00:00+14:00"}, "superior_due_at", "field.out_of_range"),
        ({"superior_due_at": "9999-12-31T23:59:59-14:00"}, "superior_due_at", "field.out_of_range"),
        ({"superior_due_at": "2026-02-30T10:00+08:00"}, "superior_due_at", "field.malformed"),
        ({"superior_due_at": "2026-03-01T10:00+08:00"}, "superior_due_at", "register.superior_due_past"),
        ({"tittle": "x"}, "tittle", "field.unknown"),
        ({"body": "x"}, "body", "field.unknown"),
        ({"data": "x"}, "data", "field.unknown"),
        ({"\ud83d": "x"}, "", "input.not_json"),
        ({"token": "长"}, "token", "field.malformed"),
        ({"token": "x" * 41}, "token", "field.malformed"),
        ({"requester": "x"}, "requester", "field.malformed"),
        ({"requester": {"phone": "1" * 33}}, "requester.phone", "field.too_long"),
        ({"requester": {"name": "\x00"}}, "requester.name", "field.bad_character"),
        ({"requester": {"id_no": "340100199001011234"}}, "requester.id_no", "field.unknown"),
        ({"requester": {"special_groups": ["tall"]}}, "requester.special_groups.0", "field.malformed"),
        ({"requester": {"special_groups": ["elderly"] * 5}}, "requester.special_groups", "field.malformed"),
        ({"requester": {"kind": "ghost"}}, "requester.kind", "field.malformed"),
    ],
)
def test_a_registration_names_the_field_that_is_wrong(
    caller: Calling, changes: dict[str, Any], field: str, code: str
) -> None:
    answer = caller("agent").post("/intake", GOOD | changes)
    assert (answer.status, answer.fields, answer.codes) == (422, [field], [code])
    assert answer.body["refusals"][0]["sentence"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"12",
        b"{",
        b"\xff\xfe\xfa",
        b'{"title": "\xe5\x95"}',
        b"[" * 100_000,
        b'{"a": ' * 100_000,
        b"9" * 5000,
        b"title=x&content=y",
    ],
)
def test_what_is_no_json_object_is_said_to_be_none(caller: Calling, body: bytes) -> None:
    answer = caller("agent").post("/intake", body)
    assert (answer.status, answer.fields, answer.codes) == (422, [""], ["input.not_json"])


def test_infinity_is_no_whole_number(caller: Calling) -> None:
    answer = caller("agent").post("/intake", b'{"channel": NaN, "group_size": Infinity}')
    assert answer.status == 422
    assert {"channel", "group_size", "title"} <= set(answer.fields)


def test_every_wrong_field_is_named_once(caller: Calling) -> None:
    answer = caller("agent").post("/intake", {"title": 1, "region": [], "nonsense": 1})
    wrong = dict(zip(answer.fields, answer.codes, strict=True))
    assert wrong == {
        "channel": "field.required",
        "request_type": "field.required",
        "content": "field.required",
        "title": "field.malformed",
        "region": "field.malformed",
        "nonsense": "field.unknown",
    }


def test_a_body_too_large_is_refused_before_it_is_read(caller: Calling) -> None:
    answer = caller("agent").post("/intake", b'{"title": "' + b"x" * 3_000_000 + b'"}')
    assert (answer.status, answer.codes) == (413, ["input.too_large"])


def test_nothing_that_was_sent_comes_back(caller: Calling) -> None:
    sent = GOOD | {"requester": {"phone": "13812345678" * 4}, "group_size": "13812345678"}
    answer = caller("agent").post("/intake", sent)
    assert answer.status == 422
    assert b"13812345678" not in answer.raw.content


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ({"stage": "nowhere"}, "stage.0", "field.malformed"),
        ({"stage": ["handling"] * 23}, "stage", "field.malformed"),
        ({"limit": "0"}, "limit", "field.out_of_range"),
        ({"limit": "201"}, "limit", "field.out_of_range"),
        ({"limit": "9" * 5000}, "limit", "field.malformed"),
        ({"limit": "many"}, "limit", "field.malformed"),
        ({"words": "\x00"}, "words", "field.bad_character"),
        ({"words": "字" * 61}, "words", "field.too_long"),
        ({"unit": "CGJ\x00"}, "unit", "field.bad_character"),
        ({"category": "01%"}, "category", "field.malformed"),
        ({"after": "1_1"}, "after", "field.malformed"),
        ({"after": "2026-03-17T09:30:00_1"}, "after", "field.malformed"),
        ({"after": "2026-99-99T09:30:00+08:00_1"}, "after", "field.malformed"),
        ({"after": "2026-03-17T09:30:00+08:00_" + "9" * 19}, "after", "field.malformed"),
        ({"opened_from": "2026-03-17"}, "opened_from", "field.malformed"),
        ({"opened_from": "2026-03-17T09:30:00"}, "opened_from", "field.no_time_zone"),
        ({"opened_until": "9999-12-31T23:59:59-14:00"}, "opened_until", "field.out_of_range"),
        ({"order": "sideways"}, "order", "field.malformed"),
        ({"overdue": "perhaps"}, "overdue", "field.malformed"),
        ({"stages": "handling"}, "stages", "field.unknown"),
        ({"": "x"}, "", "field.unknown"),
    ],
)
def test_a_list_names_the_filter_that_is_wrong(caller: Calling, query: dict[str, Any], field: str, code: str) -> None:
    answer = caller("agent").get("/tickets", query)
    assert (answer.status, answer.fields, answer.codes) == (422, [field], [code])


@pytest.mark.parametrize(
    "number", ["0", "x" * 33, "%00", "%FF", "%ED%A0%BD", "工单", "34%0A", "%27%3B--", "..", "%2E%2E"]
)
def test_a_number_that_cannot_be_one_is_not_there(caller: Calling, number: str) -> None:
    agent = caller("agent")
    for answer in (agent.get(f"/tickets/{number}"), agent.get(f"/tickets/{number}/acts")):
        assert (answer.status, len(answer.codes)) == (404, 1)
    assert agent.post(f"/tickets/{number}/urge", {}).status == 404


def test_a_list_that_is_not_kept_is_not_there(caller: Calling) -> None:
    answer = caller("agent").get("/reference/secrets")
    assert (answer.status, answer.codes) == (404, ["page.not_found"])


WRONG: dict[tuple[Stage, str, str], list[tuple[dict[str, Any], str, str]]] = {
    (Stage.HANDLING, "cgj_handler", "handling/{}/request-extension"): [
        ({"days": 10**50}, "days", "field.out_of_range"),
        ({"days": 0}, "days", "field.out_of_range"),
        ({"reason": []}, "reason", "field.malformed"),
        ({"legal_basis": " "}, "legal_basis", "field.required"),
    ],
    (Stage.HANDLING, "cgj_handler", "handling/{}/submit-reply"): [
        ({"resolution": "maybe"}, "resolution", "field.malformed"),
        ({"resolution": {"a": []}}, "resolution", "field.malformed"),
        ({}, "reply", "field.required"),
    ],
    (Stage.HANDLING, "cgj_head", "handling/{}/propose-park"): [
        ({"review_on": "9999-12-31"}, "review_on", "field.out_of_range"),
        ({"review_on": "0001-01-01"}, "review_on", "field.out_of_range"),
        ({"review_on": "2026-02-30"}, "review_on", "field.malformed"),
        ({"review_on": 20260401}, "review_on", "field.malformed"),
    ],
    (Stage.PENDING_CALLBACK, "callback_officer", "callback/{}/record-callback"): [
        ({"rating": 9}, "rating", "field.malformed"),
        ({"rating": "4"}, "rating", "field.malformed"),
        ({"rating": True}, "rating", "field.malformed"),
        ({"rating": 10**400}, "rating", "field.malformed"),
        ({"responded": "yes"}, "responded", "field.malformed"),
    ],
    (Stage.PENDING_DISPATCH, "dispatcher", "dispatch/{}/dispatch"): [
        ({"lead_unit": "CGJ\x00"}, "lead_unit", "field.bad_character"),
        ({"lead_unit": {}}, "lead_unit", "field.malformed"),
        ({"lead_unit": "NOWHERE"}, "lead_unit", "field.unknown_code"),
        ({"lead_unit": "CGJ", "co_units": [[]]}, "co_units.0", "field.malformed"),
        ({"lead_unit": "CGJ", "co_units": "STHJ"}, "co_units", "field.malformed"),
        ({"lead_unit": "CGJ", "co_units": ["STHJ", "STHJ"]}, "co_units", "field.repeated"),
        ({"lead_unit": "CGJ", "co_units": ["STHJ"] * 201}, "co_units", "field.malformed"),
    ],
    (Stage.REGISTERED, "agent", "tickets/{}/merge"): [
        ({"master": "\x00"}, "master", "field.bad_character"),
        ({"master": "9" * 22}, "master", "ticket.not_found"),
    ],
    (Stage.REGISTERED, "agent", "intake/{}/answer-directly"): [
        ({"reply": "好", "knowledge": ["\ud83d"]}, "knowledge.0", "field.bad_character"),
        ({"reply": "好", "knowledge": ["k"] * 201}, "knowledge", "field.malformed"),
    ],
    (Stage.REGISTERED, "agent", "tickets/{}/urge"): [
        ({"version": -1}, "version", "field.out_of_range"),
        ({"version": 10**30}, "version", "field.out_of_range"),
        ({"version": "2"}, "version", "field.malformed"),
        ({"by_citizen": 0}, "by_citizen", "field.malformed"),
    ],
    (Stage.REGISTERED, "agent", "tickets/{}/contact"): [
        ({"reason": ""}, "reason", "field.required"),
        ({"reason": "长" * 201}, "reason", "field.too_long"),
    ],
}


@pytest.mark.parametrize("place", WRONG, ids=lambda place: place[2])
def test_an_act_names_the_field_that_is_wrong(cast: Cast, caller: Calling, place: tuple[Stage, str, str]) -> None:
    stage, who, path = place
    ticket = cast.ticket_at(stage)
    for body, field, code in WRONG[place]:
        answer = caller(who).post("/" + path.format(ticket.number), body)
        assert answer.status == 422, (body, answer)
        assert dict(zip(answer.fields, answer.codes, strict=True)).get(field) == code, (body, answer)
    assert cast.seen(ticket).state == ticket.state


FAR = "2099-12-31"


def test_what_is_far_away_but_possible_can_be_said(cast: Cast, caller: Calling) -> None:
    """Limits are reckoned beyond every published calendar."""
    told = GOOD | {"superior_due_at": f"{FAR}T23:59:59+08:00", "group_size": 100_000}
    assert caller("agent").post("/intake", told).status == 200
    parked = cast.ticket_at(Stage.HANDLING)
    review = (OPENING + timedelta(days=90)).date().isoformat()
    plan = {"cause": "funds", "plan": "列入计划", "responsible": "周工", "finish_on": FAR, "review_on": review}
    assert caller("cgj_head").post(f"/handling/{parked.number}/propose-park", plan).status == 200
    assert caller("supervisor").post(f"/handling/{parked.number}/confirm-park").body["stage"] == "parked"
    clocks = caller("supervisor").get(f"/tickets/{parked.number}").body["clocks"]
    assert [clock["due_at"][:10] for clock in clocks if clock["kind"] == "park_review"] == [review]
    district = cast.ticket_at(Stage.HANDLING, lead="LY")
    given = {"to_unit": "LY-SXK", "due_at": f"{FAR}T17:30:00+08:00"}
    assert caller("ly_dispatcher").post(f"/handling/{district.number}/delegate", given).status == 200


def test_more_filters_than_anybody_can_mean_are_refused(caller: Calling) -> None:
    answer = caller("agent").get("/tickets?" + "&".join(["stage=handling"] * 2000))
    assert (answer.status, len(answer.codes)) == (422, 1)


@pytest.mark.parametrize("key", ["\\000aaaaaaaa", "a" * 5000, "' OR 1=1", "ABCDEFGH", ""])
def test_a_session_that_cannot_be_one_is_none(cast: Cast, key: str) -> None:
    caller = Caller()
    caller.client.cookies["hotline_session"] = key.encode("latin-1").decode("unicode_escape")
    assert caller.get("/tickets").codes == ["access.not_signed_in"]
    del cast
