"""The supervisor with small real processes: what ends comes back, what was started ends, a stranger's stays."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import psutil
import pytest

from hotline.plumbing.supervisor import Program, Supervisor
from tests.aside import run_async

TALKS = "import sys, time; print('电话 13812345678', flush=True); print('x' * 3_000_000, flush=True); time.sleep(60)"
SLEEPS = "import time; print('up', flush=True); time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
PARENT = (
    "import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "print('child', p.pid, flush=True); time.sleep(60)"
)


def python(name: str, script: str, **more: Path) -> Program:
    return Program(name, (sys.executable, "-c", script), **more)


def supervise(program: Program, work: Callable[[Supervisor, list[str]], Awaitable[None]]) -> list[str]:
    lines: list[str] = []

    async def run() -> None:
        supervisor = Supervisor(say=lines.append)
        keeping = asyncio.create_task(supervisor.keep(program))
        try:
            await asyncio.wait_for(work(supervisor, lines), 20)
        finally:
            supervisor.stop()
            await asyncio.wait_for(keeping, 20)

    run_async(run)
    return lines


async def said(lines: list[str], text: str, times: int = 1) -> str:
    while sum(text in line for line in lines) < times:  # noqa: ASYNC110  # the lines are a plain list
        await asyncio.sleep(0.02)
    return next(line for line in lines if text in line)


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_what_ends_is_started_again_and_its_socket_cleared(tmp_path: Path):
    socket = tmp_path / "web.sock"

    async def work(supervisor: Supervisor, lines: list[str]) -> None:
        await said(lines, "[web] up")
        assert not socket.exists()
        socket.touch()
        os.kill(supervisor.running()["web"], signal.SIGKILL)
        await said(lines, "[web] up", times=2)
        assert not socket.exists()

    socket.touch()
    lines = supervise(python("web", SLEEPS, socket=socket), work)
    assert any("意外结束（-9）" in line and "0.5" in line for line in lines)


def test_its_lines_carry_its_name_and_no_phone_number():
    async def work(supervisor: Supervisor, lines: list[str]) -> None:
        del supervisor
        await said(lines, "[web]")

    assert "[web] 电话 138****5678" in supervise(python("web", TALKS), work)


def test_workers_of_a_killed_program_go_with_it():
    pids: list[int] = []

    async def work(supervisor: Supervisor, lines: list[str]) -> None:
        pids.append(int((await said(lines, "child")).split()[-1]))
        os.kill(supervisor.running()["web"], signal.SIGKILL)
        await said(lines, "child", times=2)
        assert gone(pids[0])

    supervise(python("web", PARENT), work)


def test_a_program_that_does_not_listen_is_ended_all_the_same(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("hotline.plumbing.supervisor.STOP_WITHIN", 0.3)
    pids: list[int] = []

    async def work(supervisor: Supervisor, lines: list[str]) -> None:
        await said(lines, "up")
        pids.append(supervisor.running()["web"])

    supervise(python("web", DEAF), work)
    assert gone(pids[0])


def test_a_strangers_process_stays():
    stranger = subprocess.Popen([sys.executable, "-c", SLEEPS], stdout=subprocess.DEVNULL)
    try:

        async def work(supervisor: Supervisor, lines: list[str]) -> None:
            del supervisor
            await said(lines, "up")

        supervise(python("web", SLEEPS), work)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_children_of_a_killed_supervisor_end_too(tmp_path: Path):
    """Kill -9 gives nobody time to tidy up: the kernel has to do it."""
    script = tmp_path / "supervise.py"
    script.write_text(
        "import asyncio, sys\n"
        "from hotline.plumbing.supervisor import Program, Supervisor\n"
        f"program = Program('web', (sys.executable, '-c', {SLEEPS!r}))\n"
        "supervisor = Supervisor(say=lambda line: print(line, *supervisor.running().values(), flush=True))\n"
        "asyncio.run(supervisor.keep(program))\n"
    )
    process = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    child = int(process.stdout.readline().split()[-1])
    process.kill()
    process.wait()
    process.stdout.close()
    end = time.monotonic() + 5
    while not gone(child):
        assert time.monotonic() < end
        time.sleep(0.02)
