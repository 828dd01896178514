"""`hotline serve` as citizens and operators meet it: one port, processes that come back, an honest error page."""

import json
import signal
import socket

import psycopg
import pytest

from hotline.plumbing.embedded import EmbeddedPostgres
from hotline.plumbing.live import packed
from tests.config.installation import Installation, Stream, alive, until

pytestmark = pytest.mark.slow
CHANNEL = "hotline_live_hefei"


def test_it_answers_behind_one_port_with_closed_doors(served: Installation):
    browser = served.browser()
    answer = browser.get("/healthz")
    assert (answer.status, json.loads(answer.body)) == (200, {"status": "ok"})
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "Server" not in answer.headers
    assert answer.headers["X-Frame-Options"] == "DENY"
    static = browser.get("/static/problem.css")
    assert (static.status, "Access-Control-Allow-Origin" in static.headers) == (200, False)
    assert browser.get("/static/../secrets/secret.key").status == 404
    assert browser.get("/live/").status == 401
    assert browser.get("/no/such/page").status == 404


def test_only_the_front_reaches_what_lies_behind_it(served: Installation):
    sockets = sorted((served.home / "run").glob("*.sock"))
    assert [path.name for path in sockets] == ["live.sock", "web.sock"]
    assert [path.stat().st_mode & 0o777 for path in sockets] == [0o600, 0o600]
    assert (served.home / "run").stat().st_mode & 0o777 == 0o700


def test_a_browser_cannot_choose_its_own_address(served: Installation):
    """Eight wrong passwords lock the name for that address, whatever address the browser claims to have."""
    browser = served.browser()
    browser.get("/accounts/login/")
    for number in range(8):
        answer = browser._ask(
            "POST",
            "/accounts/login/",
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-Hotline-Client": f"10.0.0.{number}",
                "X-Forwarded-For": f"10.0.0.{number}",
            },
            f"login=nobody&password=wrong&csrfmiddlewaretoken={browser.cookies['csrftoken']}",
        )
    assert "已暂时锁定" in answer.body
    assert answer.status == 403


def test_live_updates_follow_the_commit(served: Installation):
    browser = served.browser()
    assert browser.sign_in("agent").status == 302
    assert browser.post("/live-cookie/").status == 204
    stream = Stream(browser)
    assert stream.status == 200
    person = _person(served)
    with psycopg.connect(served.surroundings["DATABASE_URL"]) as connection:
        told = "SELECT pg_notify(%s, %s)"
        connection.execute(told, [CHANNEL, packed(person, {"calls": 1})])
        connection.rollback()
        connection.execute(told, [CHANNEL, packed("user:999999", {"calls": 2})])
        connection.execute(told, [CHANNEL, packed(person, {"calls": 3})])
        connection.commit()
    assert stream.next_event() == ("change", {"topic": person, "data": {"calls": 3}})
    stream.close()


def test_who_comes_back_to_the_stream_is_told_to_fetch_anew(served: Installation):
    browser = served.browser()
    browser.sign_in("agent")
    browser.post("/live-cookie/")
    stream = Stream(browser, **{"Last-Event-ID": "7"})
    assert stream.next_event() == ("resync", {})
    stream.close()


def test_a_killed_web_process_comes_back_and_requests_wait_for_it(served: Installation):
    browser = served.browser()
    first = served.child("web")
    first.kill()
    first.wait(10)
    assert browser.get("/healthz").status == 200
    served.child("web", after=first)
    assert browser.get("/healthz").status == 200


@pytest.mark.parametrize("name", ["live", "worker", "front"])
def test_every_killed_part_comes_back(served: Installation, name: str):
    first = served.child(name)
    first.kill()
    served.child(name, after=first)
    until(lambda: _answers(served))


def test_the_port_of_another_is_refused_in_one_sentence(served: Installation):
    refused = served.run("serve", "--port", str(served.port))
    assert refused.returncode == 2
    assert str(served.port) in refused.stderr
    assert "Traceback" not in refused.stderr + refused.stdout
    assert len(refused.stderr.strip().splitlines()) == 1


def test_without_the_database_pages_say_so_and_come_back_with_it(
    served: Installation, operators_database: EmbeddedPostgres
):
    browser = served.browser()
    assert browser.sign_in("agent").status == 302
    browser.post("/live-cookie/")
    stream = Stream(browser)
    operators_database.stop()
    try:
        page = browser.get("/")
        assert (page.status, page.headers["Retry-After"]) == (503, "30")
        assert "数据库暂时连不上" in page.body
        assert browser.get("/static/problem.css").status == 200
        answer = browser.get("/api/v1/tickets")
        assert (answer.status, json.loads(answer.body)["refusals"][0]["code"]) == (503, "database.away")
        assert "<html" not in browser.get("/", **{"HX-Request": "true"}).body
        assert "database" in browser.get("/", **{"Accept-Language": "en"}).body
    finally:
        operators_database.ensure_running()
    until(lambda: browser.get("/healthz").status == 200)
    assert stream.next_event() == ("resync", {})
    stream.close()


def test_everything_ends_with_a_killed_supervisor(served: Installation):
    """The last test of the module: afterwards the platform is started anew for whoever comes next."""
    processes = served.all_processes()
    assert len(processes) >= 4
    try:
        served.stop(signal.SIGKILL)
        until(lambda: not alive(processes))
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", served.port)) != 0
    finally:
        served.log.unlink()
        served.start()


def _answers(served: Installation) -> bool:
    try:
        return served.browser().get("/healthz").status == 200 and served.browser().get("/live/health").status == 200
    except OSError:
        return False


def _person(served: Installation) -> str:
    with psycopg.connect(served.surroundings["DATABASE_URL"]) as connection:
        row = connection.execute("SELECT id FROM people_user WHERE username = 'agent'").fetchone()
    assert row is not None
    return f"user:{row[0]}"
