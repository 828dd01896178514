"""Every answer comes in one form, in the caller's language, and says how to go on: also those that no act gives."""

from datetime import datetime

import pytest
from django.db import OperationalError
from django.test import Client
from psycopg import errors as driver

from hotline.rules.vocabulary import Stage
from hotline.rules.words import word
from hotline.tickets.acting import api as acting
from tests.api.calling import Caller, Calling
from tests.cast import Cast

STRANGERS = (
    ("get", "/tickets"),
    ("get", "/tickets/34010020260317DH000001"),
    ("get", "/flow"),
    ("get", "/reference/units"),
    ("post", "/intake"),
    ("post", "/handling/34010020260317DH000001/sign-in"),
)


@pytest.mark.parametrize(("method", "path"), STRANGERS)
def test_a_stranger_is_asked_to_sign_in(cast: Cast, method: str, path: str) -> None:  # noqa: ARG001  # the city
    answer = getattr(Caller(), method)(path)
    assert (answer.status, answer.codes) == (401, ["access.not_signed_in"])
    assert answer.raw.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "where “Sign in” isn’t possible"),
        ("en-GB,en;q=0.8,zh;q=0.1", "The ticket is at"),
        ("zh-CN", "不能办理“签收”"),
        ("fr", "工单目前处于"),
        ("*", "工单目前处于"),
        (";;q=x," * 50, "工单目前处于"),
    ],
)
def test_refusals_are_said_in_the_language_asked_for(cast: Cast, caller: Calling, language: str, words: str) -> None:
    ticket = cast.ticket_at(Stage.REGISTERED, lead="CGJ")
    cast.user("agent").grants.create(role="unit_handler", valid_from=datetime(2020, 1, 1).date())  # noqa: DTZ001  # a day
    answer = caller("agent").post(f"/handling/{ticket.number}/sign-in", Accept_Language=language)
    assert (answer.status, answer.codes) == (409, ["act.not_now"])
    assert words in answer.body["refusals"][0]["sentence"]


def test_names_follow_the_language_too(cast: Cast, caller: Calling) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    handler = caller("cgj_handler")
    english = handler.get(f"/tickets/{ticket.number}", Accept_Language="en").body["stage_name"]
    assert english == word(Stage.HANDLING, "en") != word(Stage.HANDLING, "zh")
    assert handler.get(f"/tickets/{ticket.number}").body["stage_name"] == word(Stage.HANDLING, "zh")
    english = handler.get("/flow", Accept_Language="en").body["rows"][0]["name"]
    assert english.isascii()


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete", "options", "head"])
def test_a_method_that_is_not_there_is_refused_with_those_that_are(caller: Calling, method: str) -> None:
    agent = caller("agent")
    response = getattr(agent.client, method)("/api/v1/intake", headers={"Authorization": f"Bearer {agent.token}"})
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    if method != "head":
        assert response.json()["refusals"][0]["code"] == "method.not_allowed"
        assert "POST" in response.json()["refusals"][0]["sentence"]


@pytest.mark.parametrize("path", ["/nowhere", "/tickets/", "/handling", "/", "/handling/x/fly", "/intake/x/submit"])
def test_an_address_that_is_not_there_is_refused_in_the_same_form(caller: Calling, path: str) -> None:
    answer = caller("agent").post(path)
    assert (answer.status, answer.codes) == (404, ["page.not_found"])


def test_answers_are_not_kept_on_the_way(caller: Calling) -> None:
    assert caller("agent").get("/tickets").raw.headers["Cache-Control"] == "private, no-store"
    assert Caller().get("/tickets").raw.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("cause", "status", "code"),
    [
        (driver.OperationalError("gone"), 503, "database.away"),
        (driver.DeadlockDetected(), 503, "database.busy"),
        (ValueError("电话 13812345678"), 500, "server.fault"),
    ],
)
def test_a_failure_of_ours_comes_in_the_same_form(
    cast: Cast, caller: Calling, monkeypatch: pytest.MonkeyPatch, cause: Exception, status: int, code: str
) -> None:
    ticket = cast.ticket_at(Stage.REGISTERED)

    def fails(_: object) -> None:
        if isinstance(cause, ValueError):
            raise cause
        raise OperationalError("no database") from cause

    agent = Caller(caller("agent").token, Client(raise_request_exception=False))
    with monkeypatch.context() as patched:
        patched.setattr(acting, "actor_of", fails)
        answer = agent.post(f"/tickets/{ticket.number}/urge")
    assert (answer.status, answer.codes) == (status, [code])
    assert ("Retry-After" in answer.raw.headers) == (status == 503)
    assert "13812345678" not in answer.raw.content.decode()
