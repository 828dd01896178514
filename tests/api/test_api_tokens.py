"""Another system calls with a token: as one account, for a time, until it is revoked; and nobody reads it back."""

import logging
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, datetime, timedelta

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hotline.config import cli_api
from hotline.config.program import hotline
from hotline.plumbing.clock import frozen
from hotline.plumbing.logs import OneLine
from hotline.registry.people.commands import LONGEST_NAME, MOST_DAYS, issue_token, revoke_token
from hotline.registry.people.models import ApiToken
from hotline.registry.people.queries import api_tokens
from hotline.registry.people.tokens import WRITTEN
from hotline.rules.vocabulary import Stage
from tests.api.calling import Caller, Calling
from tests.cast import PASSWORD, Cast


def test_a_token_calls_as_its_account(cast: Cast, caller: Calling) -> None:
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    assert caller("cgj_handler").post(f"/handling/{ticket.number}/sign-in").body["stage"] == "handling"
    ledger = caller("agent").get(f"/tickets/{ticket.number}").body["ledger"]
    assert (ledger[-1]["event"], ledger[-1]["who"], ledger[-1]["role"]) == (
        "handling.signed_in",
        cast.user("cgj_handler").full_name,
        "unit_handler",
    )


def test_the_database_holds_no_token(cast: Cast, clock: datetime) -> None:
    issued = issue_token(username="agent", name="12315平台", days=30, by=cast.user("system_admin"), now=clock)
    assert WRITTEN.fullmatch(issued.secret)
    token = ApiToken.objects.get()
    row = {field.name: str(getattr(token, field.attname)) for field in token._meta.concrete_fields}
    assert not [name for name, value in row.items() if issued.secret in value or issued.secret[3:] in value]
    assert (token.created_by, token.user, token.expires_on) == (
        cast.user("system_admin"),
        cast.user("agent"),
        clock.date() + timedelta(days=30),
    )
    assert issued.secret not in repr(issued)
    assert issued.secret not in str(token)


def test_a_digest_needs_the_installations_key(cast: Cast, clock: datetime, settings: pytest.FixtureRequest) -> None:
    secret = issue_token(username="agent", name="a", days=30, by=None, now=clock).secret
    assert Caller(secret).get("/tickets").status == 200
    settings.SECRET_KEY = "another installation's key, long enough to be one"  # type: ignore[attr-defined]  # pytest-django
    assert Caller(secret).get("/tickets").codes == ["token.unknown"]
    del cast


@pytest.mark.parametrize(
    "shown",
    ["", "zt_", "zt_" + "A" * 43, "zt_" + "A" * 44, "x" * 100_000, "zt_" + "长" * 43, "null", "zt_\x01", "a b c"],
)
def test_what_is_no_token_opens_nothing(cast: Cast, shown: str) -> None:
    answer = Caller(client=Client()).get("/tickets", Authorization=f"Bearer {shown}")
    assert (answer.status, answer.codes) == (401, ["token.unknown"])
    assert answer.raw.headers["WWW-Authenticate"].startswith("Bearer")
    del cast


@pytest.mark.parametrize("scheme", ["Basic YWdlbnQ6cGFzcw==", "Token zt_x", "Bearerzt_x", ""])
def test_another_way_of_signing_in_is_none(cast: Cast, scheme: str) -> None:
    assert Caller(client=Client()).get("/tickets", Authorization=scheme).codes == ["access.not_signed_in"]
    del cast


def test_a_token_ends_on_its_day_in_city_time(cast: Cast, clock: datetime) -> None:
    secret = issue_token(username="agent", name="a", days=1, by=None, now=clock).secret
    last_minute = clock.replace(hour=23, minute=59)
    with frozen(last_minute):
        assert Caller(secret).get("/tickets").status == 200
    with frozen(last_minute + timedelta(minutes=1)):
        answer = Caller(secret).get("/tickets")
    assert (answer.status, answer.codes) == (401, ["token.expired"])
    assert "2026-03-18" in answer.body["refusals"][0]["sentence"]
    del cast


def test_a_revoked_token_opens_nothing_from_then_on(cast: Cast, clock: datetime) -> None:
    issued = issue_token(username="agent", name="a", days=30, by=None, now=clock)
    assert issued.token is not None
    assert Caller(issued.secret).get("/tickets").status == 200
    assert revoke_token(token_id=issued.token.pk, now=clock) is None
    answer = Caller(issued.secret).get("/tickets")
    assert (answer.status, answer.codes) == (401, ["token.revoked"])
    again = revoke_token(token_id=issued.token.pk, now=clock)
    assert again is not None
    assert again.code == "token.already_revoked"
    unknown = revoke_token(token_id=issued.token.pk + 1, now=clock)
    assert unknown is not None
    assert unknown.code == "token.no_such_token"
    del cast


def test_a_token_ends_with_its_account(cast: Cast, caller: Calling) -> None:
    assert caller("agent").get("/tickets").status == 200
    cast.user("agent").is_active = False
    cast.user("agent").save()
    answer = caller("agent").get("/tickets")
    assert (answer.status, answer.codes) == (401, ["token.account_off"])


def test_roles_are_those_of_the_day(cast: Cast, caller: Calling) -> None:
    ticket = cast.ticket_at(Stage.REGISTERED)
    assert caller("agent").get(f"/tickets/{ticket.number}").status == 200
    cast.user("agent").grants.update(valid_to=date(2026, 3, 17))
    assert caller("agent").get(f"/tickets/{ticket.number}").status == 404
    assert caller("agent").get("/tickets").body["tickets"] == []


def test_the_last_use_is_noted_once_a_day(cast: Cast, caller: Calling, clock: datetime) -> None:
    agent, token = caller("agent"), ApiToken.objects.get
    assert token().last_used_on is None
    agent.get("/flow")
    assert token().last_used_on == clock.date()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        agent.get("/flow")
    assert not [query["sql"] for query in asked if query["sql"].startswith("UPDATE")]
    with frozen(clock + timedelta(days=1)):
        agent.get("/flow")
    assert token().last_used_on == clock.date() + timedelta(days=1)
    del cast


def test_a_token_needs_no_form_and_ignores_the_cookie_beside_it(cast: Cast, caller: Calling) -> None:
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.user("agent"))
    done = Caller(caller("cgj_handler").token, browser).post(f"/handling/{ticket.number}/sign-in")
    assert (done.status, done.body["stage"]) == (200, "handling")
    refused = Caller(client=browser).get("/tickets", Authorization="Bearer zt_no")
    assert (refused.status, refused.codes) == (401, ["token.unknown"])


def test_a_session_needs_the_forms_token(cast: Cast, clock: datetime) -> None:
    ticket = cast.ticket_at(Stage.REGISTERED)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.user("agent"))
    agent, path = Caller(client=browser), f"/tickets/{ticket.number}/urge"
    assert agent.get("/tickets").status == 200
    answer = agent.post(path)
    assert (answer.status, answer.codes) == (403, ["access.form_expired"])
    form = browser.get("/accounts/password/change/")
    given = form.context["csrf_token"]
    assert agent.post(path, X_CSRFToken=str(given)).status == 200
    assert cast.seen(ticket).state.version == ticket.state.version + 1
    del clock


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain"])
@pytest.mark.parametrize("body", [b"--x\r\n\r\nmore", b"\x00" * 100, b""])
def test_a_form_where_json_is_due_is_refused(cast: Cast, clock: datetime, kind: str, body: bytes) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.user("agent"))
    given = str(browser.get("/accounts/password/change/").context["csrf_token"])
    answer = browser.post("/api/v1/intake", body, content_type=kind, headers={"X-CSRFToken": given})
    assert (answer.status_code, answer.json()["refusals"][0]["code"]) == (422, "input.not_json")
    del clock


def test_no_log_shows_a_token(cast: Cast, caller: Calling, caplog: pytest.LogCaptureFixture) -> None:
    secret = caller("agent").token
    with caplog.at_level(logging.DEBUG):
        Caller(secret).get("/tickets/0")
        Caller(secret).post("/intake", b"{")
        Caller(secret + "x").get("/tickets")
        Caller(client=Client()).get("/tickets", {"token": secret}, Authorization=f"Basic {secret}")
        logging.getLogger("hotline").error("told: %s", secret)
    assert caplog.records
    lines = [OneLine().format(record) for record in caplog.records]
    assert not [line for line in lines if secret[3:] in line]
    del cast


@pytest.mark.parametrize(
    ("username", "name", "days", "code", "field"),
    [
        ("nobody", "a", 30, "token.no_such_account", "username"),
        ("agent", "  ", 30, "token.name_missing", "name"),
        ("agent", "长" * (LONGEST_NAME + 1), 30, "token.name_missing", "name"),
        ("agent", "a", 0, "token.days_out_of_range", "days"),
        ("agent", "a", MOST_DAYS + 1, "token.days_out_of_range", "days"),
        ("agent", "taken", 30, "token.name_taken", "name"),
        ("auditor", "a", 30, "token.account_off", "username"),
    ],
)
def test_a_token_is_refused_with_the_reason(
    cast: Cast, clock: datetime, username: str, name: str, days: int, code: str, field: str
) -> None:
    cast.user("auditor").is_active = False
    cast.user("auditor").save()
    assert issue_token(username="agent", name="taken", days=30, by=None, now=clock).token
    issued = issue_token(username=username, name=name, days=days, by=None, now=clock)
    assert (issued.token, issued.secret) == (None, "")
    assert issued.refusal is not None
    assert (issued.refusal.code, issued.refusal.field) == (code, field)
    assert ApiToken.objects.count() == 1


def test_a_name_is_free_again_once_its_token_is_revoked(cast: Cast, clock: datetime) -> None:
    first = issue_token(username="agent", name="a", days=30, by=None, now=clock)
    assert first.token is not None
    assert revoke_token(token_id=first.token.pk, now=clock) is None
    assert issue_token(username="agent", name="a", days=30, by=None, now=clock).token
    assert issue_token(username="director", name="a", days=30, by=None, now=clock).token
    assert [(t.user.username, t.state_on(clock.date())) for t in api_tokens()] == [
        ("director", "valid"),
        ("agent", "valid"),
        ("agent", "revoked"),
    ]
    assert [t.state_on(clock.date() + timedelta(days=30)) for t in api_tokens("director")] == ["expired"]
    del cast


@pytest.fixture
def run(cast: Cast, clock: datetime, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:  # noqa: ARG001  # the city, the hour
    """`hotline token …` in this test's database."""
    monkeypatch.setattr(cli_api, "django_ready", nullcontext)
    return lambda *words: CliRunner().invoke(hotline, ["token", *words])


def test_operators_issue_list_and_revoke(run: Callable[..., Result]) -> None:
    issued = run("issue", "agent", "--name", "12315平台", "--days", "7")
    assert (issued.exit_code, "2026-03-24" in issued.stderr) == (0, True)
    secret = issued.stdout.strip()
    assert WRITTEN.fullmatch(secret)
    assert Caller(secret).get("/tickets").status == 200
    number = ApiToken.objects.get().pk
    listed = run("list").stdout
    assert secret not in listed
    assert [part in listed for part in ("agent", "12315平台", "2026-03-24", "有效", "2026-03-17")] == [True] * 5
    assert run("list", "director").stdout == ""
    assert run("revoke", str(number)).exit_code == 0
    assert Caller(secret).get("/tickets").codes == ["token.revoked"]
    assert "已撤销" in run("list", "agent").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("issue", "nobody", "--name", "a"), "没有名为“nobody”的账号"),
        (("issue", "agent", "--name", "a", "--days", "0"), "有效期应为1至730天"),
        (("revoke", "999"), "没有编号为999的令牌"),
    ],
)
def test_operators_are_told_why_not(run: Callable[..., Result], words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert (done.exit_code, said in done.stderr, " / " in done.stderr) == (1, True, True)
    assert not ApiToken.objects.exists()


def test_the_cast_signs_in_by_password_and_not_with_it(cast: Cast) -> None:
    assert Caller(PASSWORD).get("/tickets").codes == ["token.unknown"]
    del cast
