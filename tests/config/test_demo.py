"""`hotline demo` for real: a city from nothing, its accounts on the sign-in page, and never over anybody's data."""

import json
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from hotline.config.demo import PASSWORD as DEMO_PASSWORD
from hotline.plumbing.embedded import EmbeddedPostgres
from hotline.rules.vocabulary import Stage
from tests.config.installation import PASSWORD, Installation

pytestmark = pytest.mark.slow

BUILD = ("demo", "--only-build", "--tickets", "60")


def test_a_city_to_try(home: Path, operators_database: EmbeddedPostgres):
    """One story, because a database and a city take their time: built, signed in to, kept, made anew, refused."""
    info = operators_database.ensure_running()
    addresses = {"DATABASE_URL": info.app_url(), "DATABASE_OWNER_URL": info.owner_url()}
    demo = Installation(home, HOTLINE_DEMO="yes", **addresses)

    built = demo.run(*BUILD)
    assert built.returncode == 0, built.stderr
    assert DEMO_PASSWORD in built.stdout
    assert "dispatcher（陈志远，市热线办）" in built.stdout
    first = stages(info.owner_url())
    assert set(first) == {stage.value for stage in Stage} - {"new"}
    assert tasks(info.owner_url()) >= {"waiting", "open", "reported"}
    assert precedents(info.owner_url()) >= {"proposed", "in_force", "challenged", "withdrawn"}

    demo.start()
    try:
        page = demo.browser().get("/accounts/login/").body
        assert page.count('<button name="login"') == len(re.findall(r"（[^）]+，[^）]+）", built.stdout)) > 25
        assert DEMO_PASSWORD in page
        for account, desk in (("agent", "intake"), ("luyang", "inbox"), ("reviewer", "review"), ("director", "open")):
            browser = demo.browser()
            assert browser.sign_in(account, DEMO_PASSWORD).status == 302
            assert browser.get(f"/desk/{desk}/").status == 200
        refused = demo.browser().sign_in("yh-unit_head", DEMO_PASSWORD)
        assert refused.status == 200  # in every history, on no list: nobody signs in as them
        assert live_tabs(demo.port) == {"shown": {"first": True, "second": True}, "streams": 0}
    finally:
        demo.stop()

    kept = stages(info.owner_url())
    assert sum(kept.values()) == sum(first.values()) + 1  # what the two tabs saw
    again = demo.run(*BUILD)
    assert again.returncode == 0
    assert "沿用已有演示数据" in again.stdout
    assert stages(info.owner_url()) == kept

    anew = demo.run(*BUILD, "--fresh")
    assert anew.returncode == 0, anew.stderr
    assert "已清空上次的演示" in anew.stdout
    assert set(stages(info.owner_url())) == set(first)

    office = Installation(home, **addresses)
    made = office.run("createuser", "zhang", "--name", "张三", "--role", "agent", "--password-stdin", given=PASSWORD)
    assert made.returncode == 0, made.stderr
    for command in (
        BUILD,
        (*BUILD, "--fresh"),
        ("demo", "--port", str(demo.port)),
        ("serve", "--port", str(demo.port)),
    ):
        over = demo.run(*command)
        assert over.returncode == 2, over.stdout
        assert "演示不能在其上启动" in over.stderr
        assert "Traceback" not in over.stderr
    assert sum(stages(info.owner_url()).values()) > 60


def live_tabs(port: int) -> object:
    """What two tabs of one browser saw of a new request, and how many streams the second one took."""
    program = [sys.executable, str(Path(__file__).parent / "live_tabs.py"), f"http://127.0.0.1:{port}", DEMO_PASSWORD]
    seen = subprocess.run(program, capture_output=True, text=True, timeout=180, check=False)
    assert seen.returncode == 0, seen.stderr
    return json.loads(seen.stdout)


def tasks(url: str) -> set[str]:
    """How the tasks of co-units stand."""
    of_all = "SELECT DISTINCT task->>'standing' FROM tickets_ticket, jsonb_array_elements(tasks) AS task"
    with psycopg.connect(url) as connection:
        return {row[0] for row in connection.execute(of_all)}


def precedents(url: str) -> set[str]:
    """At which step of its life each precedent stands."""
    with psycopg.connect(url) as connection:
        return {row[0] for row in connection.execute("SELECT status FROM precedents_precedent")}


def stages(url: str) -> dict[str, int]:
    """How many tickets there are at each stage."""
    with psycopg.connect(url) as connection:
        return dict(connection.execute("SELECT stage, count(*) FROM tickets_ticket GROUP BY stage").fetchall())
