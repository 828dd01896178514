"""Whatever is sent, the answer is a refusal that names the field, and never a fault."""

from typing import Any

import pytest

from api.calling import Calling
from cast import Cast
from hotline.rules.vocabulary import Stage

GOOD: dict[str, Any] = {
    "channel": "DH",
    "request_type": "complaint",
    "category": "010103",
    "region": "340103",
    "title": "小区门口占道经营",
    "content": "每天早晨有摊贩占道经营。",
}
HALF = "\\ud83d"
DEEP = b"[" * 100_000


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"title": None}, "title", "field.malformed"),
        ({"title": 5}, "title", "field.malformed"),
        ({"title": ["a"]}, "title", "field.malformed"),
        ({"title": "长" * 201}, "title", "field.too_long"),
        ({"title": "   "}, "title", "field.required"),
        ({"title": "a\x00b"}, "title", "field.bad_character"),
        ({"content": "好" * 5001}, "content", "field.too_long"),
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
