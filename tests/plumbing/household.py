"""A home of the platform and the programs that use its database, as real folders and real processes."""

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import psutil
import psycopg

HERE = Path(__file__).parent
SOURCE = HERE.parents[1] / "src"
IS_ROOT = os.geteuid() == 0
QUICK: dict[str, Any] = {"shared_buffers": "16MB", "sync": False, "settings": {"fsync": "off"}}
"""Killing a process loses nothing that the kernel already has, so the disk may be left out of these tests."""


def until(happens: Callable[[], Any], seconds: float = 20.0) -> Any:
    """Wait for something that other processes bring about."""
    deadline = time.monotonic() + seconds
    while not (seen := happens()):
        assert time.monotonic() < deadline, f"not seen within {seconds} s"
        time.sleep(0.02)
    return seen


def gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@dataclass(frozen=True)
class Person:
    """Who runs the platform on the machine."""

    uid: int
    gid: int

    def run_as(self) -> dict[str, Any]:
        mine = self.uid == os.geteuid()
        return {} if mine else {"user": self.uid, "group": self.gid, "extra_groups": []}


@cache
def python_of(person: Person) -> str:
    """An interpreter of our version that this person can run: ours may lie in root's private folders."""
    name = f"python3.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/bin/{name}", f"/usr/local/bin/{name}"):
        with suppress(PermissionError, FileNotFoundError):
            if subprocess.run([candidate, "-c", ""], **person.run_as()).returncode == 0:
                return candidate
    raise AssertionError(f"uid {person.uid} can run no {name} on this machine")


ORDINARY = Person(os.geteuid(), os.getegid())
if IS_ROOT:
    nobody = pwd.getpwnam("nobody")
    ORDINARY = Person(nobody.pw_uid, nobody.pw_gid)
PEOPLE = {"ordinary": ORDINARY} | ({"root": Person(0, 0)} if IS_ROOT else {})


@dataclass
class Program:
    """One running program that uses the database of `home`."""

    process: subprocess.Popen[str]
    answers: list[dict[str, str]] = field(default_factory=list)

    @property
    def pid(self) -> int:
        return self.process.pid

    def answer(self) -> dict[str, str]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, f"the program ended instead of answering: {self.heard()}"
        return dict(json.loads(line))

    def do(self, word: str) -> dict[str, str]:
        self.tell(word)
        return self.answer()

    def tell(self, word: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def leave(self) -> None:
        self.tell("leave")
        assert self.process.wait(30) == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def heard(self) -> str:
        """All progress lines; only after the program has ended."""
        assert self.process.stderr
        return self.process.stderr.read()

    def close(self) -> None:
        self.kill()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()


class Household:
    """A home of the platform, the programs that use it and what can be seen of its server from outside."""

    def __init__(self, person: Person, root: Path) -> None:
        self.person = person
        self.root = root
        self.home = root / "home"
        self.programs: list[Program] = []

    def launch(self, home: Path | None = None, *, path: Path | None = None, **options: Any) -> Program:
        """Start a program without waiting for its answer. `path` is searched for packages before all else."""
        packages = [str(place) for place in (path, SOURCE, Path(psycopg.__file__).parents[1]) if place]
        process = subprocess.Popen(
            [python_of(self.person), HERE / "database_user.py", home or self.home, json.dumps(QUICK | options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={"PATH": os.defpath, "PYTHONPATH": os.pathsep.join(packages), "PYTHONDONTWRITEBYTECODE": "1"},
            **self.person.run_as(),
        )
        self.programs.append(Program(process))
        return self.programs[-1]

    def start(self, home: Path | None = None, **options: Any) -> tuple[Program, dict[str, str]]:
        program = self.launch(home, **options)
        return program, program.answer()

    @property
    def base(self) -> Path:
        pointer = self.home / "postgres" / "elsewhere"
        return Path(pointer.read_text().strip()) if pointer.exists() else self.home / "postgres"

    @property
    def data(self) -> Path:
        return self.base / "data"

    def postmaster(self) -> psutil.Process:
        return psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))

    def server_processes(self) -> list[psutil.Process]:
        """All processes that work in this database's folder, whoever their parent is."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
                if process.cwd() == str(self.data) and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        return found

    def ask_servers(self, question: Callable[[psutil.Process], Any]) -> list[Any]:
        """The answers of all server processes; sessions come and go while they are asked."""
        answers = []
        for process in self.server_processes():
            with suppress(psutil.NoSuchProcess):
                answers.append(question(process))
        return answers

    def watchers(self) -> list[psutil.Process]:
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
                words = process.cmdline()
                if str(self.data) in words and any(word.endswith("watcher.py") for word in words):
                    found.append(process)
        return found

    def is_down(self) -> bool:
        return not self.server_processes() and not (self.data / "postmaster.pid").exists()

    def close(self) -> None:
        for program in self.programs:
            program.close()
        for process in (*self.watchers(), *self.server_processes()):
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
        base = self.base
        if base.parent != self.home:
            shutil.rmtree(base)
        shutil.rmtree(self.root)
