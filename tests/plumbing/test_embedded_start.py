"""The embedded database starts, is joined and ends; its roles may do what they need and no more."""

import stat
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from hotline.plumbing.embedded.watcher import rotate
from tests.plumbing.household import Household, until


def test_first_start_makes_an_unprivileged_private_server(anyones: Household) -> None:
    _, info = anyones.start()
    owners = set(anyones.ask_servers(lambda process: process.uids().effective))
    assert len(owners) == 1
    assert 0 not in owners
    assert stat.S_IMODE(anyones.data.stat().st_mode) == 0o700
    assert stat.S_IMODE(Path(info["sockets"]).stat().st_mode) == 0o700
    assert not anyones.postmaster().net_connections("inet")
    secret = anyones.home / "secrets" / "postgres.json"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert secret.stat().st_uid == anyones.person.uid
    assert "ready to accept connections" in (anyones.home / "log" / "postgres.log").read_text()


def test_text_and_time_are_the_same_everywhere(household: Household) -> None:
    _, info = household.start()
    with psycopg.connect(info["app"]) as session:
        assert session.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert session.execute("SHOW timezone").fetchone() == ("UTC",)
        provider = "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = current_database()"
        assert session.execute(provider).fetchone() == ("b", "C.UTF-8")
        assert session.execute("SELECT upper('é'), '噪' < '音'").fetchone() == ("É", True)
        assert session.execute("SHOW max_connections").fetchone() == ("100",)
        assert session.execute("SHOW shared_buffers").fetchone() == ("16MB",)


LEDGER = "CREATE TABLE ledger (no bigint GENERATED ALWAYS AS IDENTITY, act text)"
WORK = ("INSERT INTO ledger (act) VALUES ('签收')", "UPDATE ledger SET act = '退单'", "DELETE FROM ledger")
OVERREACH = (
    "TRUNCATE ledger",
    "DROP TABLE ledger",
    "ALTER TABLE ledger DISABLE TRIGGER ALL",
    "CREATE TABLE mine (a int)",
    "CREATE SCHEMA mine",
    "CREATE DATABASE mine",
    "GRANT hotline_owner TO hotline_app",
    "SET ROLE hotline_owner",
    "COPY ledger TO '/tmp/stolen'",
)


def test_app_role_works_with_rows_and_changes_nothing_else(household: Household) -> None:
    _, info = household.start()
    with psycopg.connect(info["owner"]) as session:
        session.execute(LEDGER)
    with psycopg.connect(info["app"], autocommit=True) as session:
        for statement in WORK:
            assert session.execute(statement).rowcount == 1
        for statement in OVERREACH:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                session.execute(statement)
        owned = "SELECT count(*) FROM pg_class WHERE relowner = 'hotline_app'::regrole"
        assert session.execute(owned).fetchone() == (0,)
    with psycopg.connect(info["owner"], autocommit=True) as session:
        session.execute("REVOKE UPDATE, DELETE ON ledger FROM hotline_app")
    with psycopg.connect(info["app"], autocommit=True) as session:
        session.execute(WORK[0])
        for statement in WORK[1:]:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                session.execute(statement)


def test_owner_makes_test_databases_and_cities_in_which_the_app_role_works(household: Household) -> None:
    _, info = household.start()
    with psycopg.connect(info["owner"], autocommit=True) as session:
        assert session.execute("SHOW is_superuser").fetchone() == ("off",)
        session.execute("CREATE DATABASE test_hotline")
    with psycopg.connect(info["owner"], dbname="test_hotline") as session:
        session.execute("CREATE SCHEMA feidong")
        session.execute("SET search_path = feidong")
        session.execute(LEDGER)
    with psycopg.connect(info["app"], dbname="test_hotline") as session:
        session.execute("SET search_path = feidong")
        assert session.execute(WORK[0]).rowcount == 1


def test_nobody_gets_in_without_a_password_and_the_keeper_not_over_the_app_role(household: Household) -> None:
    _, info = household.start()
    for role in ("hotline_owner", "hotline_app"):
        bare = f"postgresql://{role}@{quote(info['sockets'], safe='')}/hotline"
        with pytest.raises(psycopg.OperationalError, match="no password supplied"):
            psycopg.connect(bare)
    with psycopg.connect(info["app"]) as session:
        log = household.home / "log" / "postgres.log"
        assert session.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (False,)
    for url in (info["owner"], info["app"]):
        assert url.split(":")[2].split("@")[0] not in log.read_text()


def test_server_lives_as_long_as_its_last_user(anyones: Household) -> None:
    first, info = anyones.start()
    server = anyones.postmaster()
    second, same = anyones.start()
    assert same == info
    assert anyones.postmaster() == server
    first.leave()
    with psycopg.connect(info["app"]) as session:
        assert session.execute("SELECT 1").fetchone() == (1,)
    second.leave()
    assert anyones.is_down()
    assert "starting" not in second.heard()
    until(lambda: not anyones.watchers())


def test_start_after_an_orderly_end_keeps_rows_and_passwords(household: Household) -> None:
    program, info = household.start()
    with psycopg.connect(info["owner"]) as session:
        session.execute(LEDGER)
        session.execute(WORK[0])
    program.leave()
    _, again = household.start()
    assert again == info
    with psycopg.connect(again["app"]) as session:
        assert session.execute("SELECT act FROM ledger").fetchall() == [("签收",)]


def test_programs_racing_for_the_first_start_get_one_server(household: Household) -> None:
    programs = [household.launch() for _ in range(3)]
    infos = [program.answer() for program in programs]
    assert infos[0] == infos[1] == infos[2]
    server = household.postmaster().pid
    assert set(household.ask_servers(lambda process: process.pid == server or process.ppid() == server)) == {True}
    assert len(household.watchers()) == 1
    for program in programs:
        program.leave()
    assert household.is_down()


def test_programs_leaving_at_once_end_the_server(household: Household) -> None:
    programs = [household.start()[0] for _ in range(3)]
    for program in programs:
        program.tell("leave")
    for program in programs:
        assert program.process.wait(30) == 0
    until(household.is_down)


def test_a_bad_setting_is_named_and_can_be_mended(household: Household) -> None:
    program, refusal = household.start(settings={"work_mem": "plenty"})
    assert refusal["code"] == "embedded.start_failed"
    assert "work_mem" in refusal["zh"]
    assert "work_mem" in refusal["en"]
    assert household.is_down()
    program.leave()
    _, refusal = household.start(settings={"work_mem = 1; x": "1"})
    assert refusal["code"] == "embedded.bad_setting"
    _, info = household.start(settings={"work_mem": "5MB", "application_name": "it's \\ quoted"})
    with psycopg.connect(info["app"]) as session:
        assert session.execute("SHOW work_mem").fetchone() == ("5MB",)


def test_lost_passwords_are_made_anew_and_damaged_ones_are_named(household: Household) -> None:
    program, info = household.start()
    secret = household.home / "secrets" / "postgres.json"
    secret.unlink()
    renewed = program.do("again")
    assert renewed["owner"] != info["owner"]
    psycopg.connect(renewed["owner"]).close()
    psycopg.connect(renewed["app"]).close()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(info["owner"])
    program.leave()
    secret.write_text("{")
    _, refusal = household.start()
    assert refusal["code"] == "embedded.secrets_unreadable"
    assert str(secret) in refusal["zh"]


def test_database_of_another_version_is_left_alone(household: Household) -> None:
    program, _ = household.start()
    program.leave()
    version = household.data / "PG_VERSION"
    version.write_text("17\n")
    _, refusal = household.start()
    assert refusal["code"] == "embedded.other_version"
    assert "17" in refusal["zh"]
    assert version.read_text() == "17\n"


def test_a_full_log_is_moved_aside_under_the_writing_server(tmp_path: Path) -> None:
    log = tmp_path / "postgres.log"
    with log.open("a") as server:
        for filling in ("first", "second", "third", "fourth"):
            server.write(filling)
            server.flush()
            rotate(log, limit=3, kept=3)
        server.write("now")
        server.flush()
        rotate(log, limit=3, kept=3)
    assert log.read_text() == "now"
    assert [(tmp_path / f"postgres.log.{number}").read_text() for number in (1, 2, 3)] == ["fourth", "third", "second"]
    assert len(list(tmp_path.iterdir())) == 4
