"""Calendars and rule profiles through the API: the same drafts, previews and refusals as on the pages."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from hotline.registry.calendars.draft_models import RuleDraft
from hotline.registry.calendars.queries import current_calendar, profile, profile_for
from hotline.registry.people.models import RoleGrant, User
from hotline.rules.profiles import to_dict
from hotline.rules.vocabulary import Role, Stage
from tests.cast import PASSWORD, Cast
from tests.registry.test_calendar_drafts import NOTICE, SOURCE
from tests.visits import BACKEND, at, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
YEAR_END = OPENING.replace(month=12, day=30)
LATER = YEAR_END.replace(hour=23)


@pytest.fixture
def first(cast: Cast) -> Client:
    return signed_in(cast, "supervisor")


@pytest.fixture
def second(cast: Cast) -> Client:  # noqa: ARG001  # the roles are there
    user = User.objects.create_user("supervisor2", password=PASSWORD, full_name="方敏", unit_id="RX12345")
    RoleGrant.objects.create(user=user, role=Role.SUPERVISOR, valid_from=date(2020, 1, 1))
    client = Client(headers={"X-Hotline-Client": "127.0.0.1"})
    client.force_login(user, backend=BACKEND)
    return client


def called(client: Client, path: str, body: Any = None, *, status: int = 200) -> Any:
    with at(LATER):
        address = f"/api/v1{path}"
        answer = client.get(address) if body is None else client.post(address, body, "application/json")
    assert answer.status_code == status, answer.content[:600]
    return answer.json()


def codes(answer: Any) -> list[str]:
    return [refusal["code"] for refusal in answer["refusals"]]


def test_a_year_is_loaded_by_two_callers(cast: Cast, first: Client, second: Client) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, at=YEAR_END)
    before = called(first, "/calendar/2027")
    assert (before["published"], before["missing"], before["days"]) == (False, 2027, [])
    draft = called(first, "/calendar/drafts/notice", {"year": 2027, "source": SOURCE, "notice": NOTICE})
    assert [row["number"] for row in draft["tickets"]] == [ticket.number]
    assert (draft["moved"], draft["state"], draft["edit"]) == (1, "open", 1)
    assert draft["changed"][0] == {"day": "2027-01-01", "old": "workday", "new": "holiday", "name": "元旦"}
    path = f"/calendar/drafts/{draft['id']}"
    assert called(second, path) | {"drafted_at": ""} == draft | {"drafted_at": ""}
    assert codes(called(first, f"{path}/publish", {"edit": 1}, status=403)) == ["rule_draft.second_person"]
    assert codes(called(second, f"{path}/publish", {"edit": 2}, status=409)) == ["rule_draft.changed_meanwhile"]
    assert called(second, f"{path}/publish", {"edit": 1})["state"] == "published"
    assert 2027 in current_calendar().published
    assert len(called(first, "/calendar/2027")["days"]) == 30


def test_every_line_that_cannot_be_read_is_named(first: Client) -> None:
    body = {"year": 2027, "source": SOURCE, "notice": "元旦：2月30日放假\n春节：2月6日（周一）放假"}
    answer = called(first, "/calendar/drafts/notice", body, status=422)
    assert codes(answer) == ["holiday.no_such_day", "holiday.weekday"]
    assert {refusal["field"] for refusal in answer["refusals"]} == {"text"}
    for wrong in ({**body, "year": 1900}, {**body, "more": 1}, {"year": 2027}, {**body, "notice": "\x00"}):
        called(first, "/calendar/drafts/notice", wrong, status=422)
    called(first, "/calendar/drafts/999999", status=404)


def test_days_of_the_city_hours_and_withdrawing(first: Client, second: Client) -> None:
    city = called(first, "/calendar/drafts/city-days", {"source": "令", "lines": "2026-12-31,停办,大雪"})
    assert city["changed"][0]["new"] == "closure"
    hours = called(first, "/calendar/drafts/hours", {"source": "夏令时", "lines": "08:00-12:00"})
    assert hours["kind"] == "hours"
    assert called(second, f"/calendar/drafts/{hours['id']}/withdraw", {})["state"] == "withdrawn"
    again = called(second, f"/calendar/drafts/{hours['id']}/withdraw", {}, status=409)
    assert codes(again) == ["rule_draft.not_open"]


def asked(**more: Any) -> dict[str, Any]:
    body = to_dict(profile("hefei-2021", 1))
    settings = {name: value for name, value in body.items() if isinstance(value, dict)}
    settings["limits"] = {**settings["limits"], "reply": {"default": "5wd"}}
    said = {"base_key": "hefei-2021", "base_version": 1, "name": "合肥", "effective_from": "2027-03-01", "source": "令"}
    return {**said, "settings": settings, **more}


def test_a_version_is_drafted_rehearsed_and_published(first: Client, second: Client) -> None:
    shown = called(first, "/profiles")["versions"]
    assert [one["key"] for one in shown if one["in_force"]] == ["hefei-2021"]
    assert called(first, "/profiles/hefei-2021/1")["marks"]["limits.reply.default"][0] == "V"
    draft = called(first, "/profiles/drafts", asked())
    assert draft["changed"] == ["limits.reply.default", "limits.reply.consultation"]
    path = f"/profiles/drafts/{draft['id']}"
    assert called(first, f"{path}/rehearse", {"months": 2})["rehearsal"]["reply"] == {"clocks": 0, "was": 0, "would": 0}
    called(first, f"{path}/rehearse", {"months": 0}, status=422)
    assert codes(called(first, f"{path}/publish", {"edit": 1}, status=403)) == ["rule_draft.second_person"]
    assert called(second, f"{path}/publish", {"edit": 1})["state"] == "published"
    assert profile_for(LATER.replace(year=2027, month=4)).version == 2


def test_mistakes_in_a_profile_are_named_by_path(first: Client) -> None:
    wrong = asked(settings={"limits": {"reply": {"default": "7天"}}, "emergency": {"default": "48h"}, "mystery": 1})
    answer = called(first, "/profiles/drafts", wrong, status=422)
    assert {(r["code"], r["field"]) for r in answer["refusals"]} == {
        ("profile.not_a_limit", "limits.reply.default"),
        ("profile.unknown", "mystery"),
    }
    broken: tuple[dict[str, Any], ...] = (
        {},
        {"limits": None},
        {"limits": {"reply": []}},
        {"limits": {"reply": {"default": "\x00"}}},
    )
    for settings in broken:
        called(first, "/profiles/drafts", asked(settings=settings), status=422)
    nested = asked(settings={**asked()["settings"], "pause": {"reasons": [["a"], {"b": 1}], "max_workdays": 10**40}})
    called(first, "/profiles/drafts", nested, status=422)
    called(first, "/profiles/nowhere/1", status=404)
    assert RuleDraft.objects.count() == 0


def test_others_are_denied(cast: Cast) -> None:
    for who in ("agent", "cgj_head"):
        client = signed_in(cast, who)
        for path in ("/calendar/2026", "/profiles", "/profiles/hefei-2021/1", "/profiles/drafts/1"):
            assert codes(called(client, path, status=403)) == ["rule_draft.reading_denied"]
    director = signed_in(cast, "director")
    called(director, "/profiles")
    assert codes(called(director, "/profiles/drafts", asked(), status=403)) == ["rule_draft.denied"]
