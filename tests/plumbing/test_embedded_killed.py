"""Whatever is killed, and in whatever state it is left: the next start finds every committed row."""

import os
import signal
import threading
import time
from contextlib import suppress
from functools import partial
from typing import Any

import psutil
import psycopg
import pytest

from tests.plumbing.household import QUICK, Household, Program, gone, until

ROWS = 500


def commit_rows(url: str) -> None:
    with psycopg.connect(url) as session:
        session.execute("CREATE TABLE kept AS SELECT generate_series(1, %s) AS no", [ROWS])


def count_rows(url: str) -> int:
    with psycopg.connect(url) as session:
        row = session.execute("SELECT count(*) FROM kept").fetchone()
        assert row
        return int(row[0])


def kill(process: psutil.Process) -> None:
    with suppress(psutil.NoSuchProcess):  # the death of another one may have taken it along
        process.send_signal(signal.SIGKILL)
    until(lambda: gone(process.pid))


COMPUTES = 0.1
"""CPU-seconds that only a session in its loop has used."""


def keep_busy(url: str) -> threading.Thread:
    """A session that computes and never looks up, so that it outlives its postmaster."""

    def compute() -> None:
        with pytest.raises(psycopg.OperationalError), psycopg.connect(url, application_name="busy") as session:
            session.execute("DO $$ BEGIN LOOP END LOOP; END $$")

    thread = threading.Thread(target=compute)
    thread.start()
    return thread


def test_kill_of_any_server_process_is_survived(household: Household) -> None:
    program, info = household.start()
    commit_rows(info["owner"])
    session = psycopg.connect(info["app"])
    kill(psutil.Process(session.info.backend_pid))
    with pytest.raises(psycopg.OperationalError):
        session.execute("SELECT 1")
    session.close()
    assert program.do("again") == info
    assert count_rows(info["app"]) == ROWS
    for title in ("checkpointer", "background writer", "walwriter", "io worker 0", "autovacuum launcher"):
        kill(until(partial(named, household, title)))
        assert program.do("again") == info
        assert count_rows(info["app"]) == ROWS
    program.leave()
    assert household.is_down()


def named(household: Household, title: str) -> psutil.Process | None:
    for process in household.server_processes():
        try:
            if process.cmdline()[0].strip().endswith(title):
                return process
        except (psutil.Error, IndexError):  # it ended between two looks
            continue
    return None


def test_kill_of_the_postmaster_with_a_busy_child_is_survived(anyones: Household) -> None:
    program, info = anyones.start()
    commit_rows(info["owner"])
    busy = keep_busy(info["app"])
    child = until(lambda: busy_child(info["owner"]))
    dead = anyones.postmaster()
    kill(dead)
    assert (anyones.data / "postmaster.pid").exists()
    time.sleep(0.5)
    assert not gone(child), "the busy child was to outlive its postmaster"
    assert program.do("again") == info
    busy.join(10)
    assert gone(child)
    assert anyones.postmaster().pid != dead.pid
    assert count_rows(info["app"]) == ROWS
    program.leave()
    assert anyones.is_down()
    assert "遗留" in program.heard()


def busy_child(url: str) -> int | None:
    """The session once it really computes; before that it would notice its postmaster's end and go."""
    with psycopg.connect(url) as session:
        row = session.execute("SELECT pid FROM pg_stat_activity WHERE application_name = 'busy'").fetchone()
    if row is None or psutil.Process(row[0]).cpu_times().user < COMPUTES:
        return None
    return int(row[0])


def test_server_and_programs_killed_together_as_by_a_power_cut(household: Household) -> None:
    """Afterwards the old pid belongs to another program of the same user, at which PostgreSQL itself gives up."""
    program, info = household.start()
    commit_rows(info["owner"])
    owner = household.data.stat()
    for watcher in household.watchers():
        watcher.suspend()  # all at once: none may see another die and stop the server in good order
    for process in (psutil.Process(program.pid), *household.watchers(), *household.server_processes()):
        kill(process)
    pid_file = household.data / "postmaster.pid"
    with psutil.Popen(["sleep", "60"], **user_of(owner)) as stranger:
        for stale in (pid_file, *(household.base / "run").glob("*.lock")):
            lines = stale.read_text().split("\n")
            stale.write_text("\n".join([str(stranger.pid), *lines[1:]]))
        _, again = household.start()
        assert again == info
        assert count_rows(info["app"]) == ROWS
        assert stranger.is_running()
        stranger.kill()


def user_of(status: os.stat_result) -> dict[str, Any]:
    return {"user": status.st_uid, "group": status.st_gid} if os.geteuid() == 0 else {}


def test_killed_program_holds_the_server_only_while_others_use_it(anyones: Household) -> None:
    starter, info = anyones.start()
    other, _ = anyones.start()
    server = anyones.postmaster()
    starter.kill()
    time.sleep(0.3)
    assert not gone(server.pid)
    third, same = anyones.start()
    assert same == info
    assert anyones.postmaster() == server
    other.kill()
    third.kill()
    until(anyones.is_down)
    until(lambda: not anyones.watchers())


def test_crashed_starters_server_is_joined_by_the_next(household: Household) -> None:
    """Without a watcher the server stays; whoever comes next uses it and sets up a new watcher."""
    starter, info = household.start()
    commit_rows(info["owner"])
    server = household.postmaster()
    for watcher in household.watchers():
        kill(watcher)
    starter.kill()
    time.sleep(0.3)
    assert not gone(server.pid)
    following, same = household.start()
    assert same == info
    assert household.postmaster() == server
    assert count_rows(info["app"]) == ROWS
    assert len(household.watchers()) == 1
    following.leave()
    assert household.is_down()


def test_a_killed_watcher_is_replaced_and_not_needed_for_an_orderly_end(household: Household) -> None:
    program, _ = household.start()
    kill(household.watchers()[0])
    program.do("again")
    assert len(household.watchers()) == 1
    kill(household.watchers()[0])
    program.leave()
    assert household.is_down()


def test_worker_of_a_program_keeps_the_server_until_it_ends(household: Household) -> None:
    program, _ = household.start()
    worker = psutil.Process(int(program.do("fork")["child"]))
    program.leave()
    time.sleep(0.3)
    assert not household.is_down()
    kill(worker)
    until(household.is_down)


@pytest.mark.parametrize("after", [0.15, 0.25, 0.35, 0.45, 0.6])
def test_first_start_killed_at_any_moment_is_completed_by_the_next(household: Household, after: float) -> None:
    hurried = household.launch()
    time.sleep(after)
    hurried.kill()
    program, info = household.start()
    commit_rows(info["owner"])
    assert count_rows(info["app"]) == ROWS
    program.leave()
    assert household.is_down()


@pytest.mark.slow
def test_recovery_is_waited_for_however_long_it_takes(household: Household) -> None:
    """Twelve seconds of recovery, made by a real recovery that has to wait for its archive."""
    program, info = household.start()
    commit_rows(info["owner"])
    kill(household.postmaster())
    for process in (*household.watchers(), *household.server_processes()):
        kill(process)
    program.kill()
    (household.data / "recovery.signal").touch()
    archive = "test -e waited || { touch waited; sleep 12; }; false"
    settings = QUICK["settings"] | {"restore_command": archive}
    began = time.monotonic()
    patient, again = household.start(settings=settings)
    assert time.monotonic() - began > 12
    assert again == info
    assert count_rows(info["app"]) == ROWS
    patient.leave()
    assert patient.heard().count("数据库正在启动或恢复") >= 2


def test_a_server_that_hangs_is_reported_and_joined_when_it_wakes(household: Household) -> None:
    first, info = household.start()
    server = household.postmaster()
    server.suspend()
    hasty, refusal = household.start(recovery_limit=1.0)
    assert refusal["code"] == "embedded.too_slow"
    assert str(household.home / "log" / "postgres.log") in refusal["zh"]
    server.resume()
    assert hasty.do("again") == info
    assert household.postmaster() == server
    leave_all(first, hasty)
    assert household.is_down()


def leave_all(*programs: Program) -> None:
    for program in programs:
        program.leave()
