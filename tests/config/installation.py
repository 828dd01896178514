"""A whole installation in real processes, as an operator starts it: `hotline serve` on a free port."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import psutil

PASSWORD = "sheng-yin-12345"
HOTLINE = (sys.executable, "-m", "hotline.config")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: str


@dataclass
class Browser:
    """Keeps cookies, as browsers do."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, headers, None)

    def post(self, path: str, **form: str) -> Answer:
        form = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **form}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, headers, urlencode(form))

    def sign_in(self, name: str, password: str = PASSWORD) -> Answer:
        self.get("/accounts/login/")
        return self.post("/accounts/login/", login=name, password=password)

    def _ask(self, method: str, path: str, headers: dict[str, str], body: str | None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body=body, headers={**headers, **self.cookie_header()})
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read().decode())
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            for morsel in SimpleCookie(line).values():
                self.cookies[morsel.key] = morsel.value
        return answer

    def cookie_header(self) -> dict[str, str]:
        text = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": text} if text else {}


class Stream:
    """One open stream of live updates."""

    def __init__(self, browser: Browser, **headers: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", browser.port, timeout=10)
        self._connection.request("GET", "/live/", headers={**browser.cookie_header(), **headers})
        self._response = self._connection.getresponse()
        self.status = self._response.status

    def next_event(self) -> tuple[str, dict[str, object]]:
        """The next event's kind and data; comments are passed over."""
        kind = ""
        while True:
            line = self._response.readline().decode().rstrip("\n")
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            if line.startswith("data: "):
                return kind, json.loads(line.removeprefix("data: "))
            assert line != "" or not self._response.closed

    def close(self) -> None:
        self._connection.close()


class Installation:
    """A folder of its own, and the processes of one `hotline serve`."""

    def __init__(self, home: Path, **surroundings: str) -> None:
        clean = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("HOTLINE_", "DATABASE_", "DJANGO_"))
        }
        self.home = home
        self.surroundings = {**clean, "HOTLINE_HOME": str(home), "HOTLINE_WEB_WORKERS": "1", **surroundings}
        self.surroundings["PYTHONUNBUFFERED"] = "1"
        self.port = free_port()
        self.log = home / "serve.log"
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """One command of the program, to its end."""
        return subprocess.run(
            [*HOTLINE, *arguments], env=self.surroundings, input=given, capture_output=True, text=True, timeout=120
        )

    def start(self, *arguments: str) -> None:
        with self.log.open("ab") as out:
            command = [*HOTLINE, "serve", "--port", str(self.port), *arguments]
            self.process = subprocess.Popen(command, env=self.surroundings, stdout=out, stderr=out)
        try:
            until(lambda: self.ready() or self._ended(), 60)
        except AssertionError as late:
            self.stop(signal.SIGKILL)
            raise AssertionError(self.said()) from late
        assert self.process.poll() is None, self.said()

    def ready(self) -> bool:
        return f"http://127.0.0.1:{self.port}/" in self.said()

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    def browser(self) -> Browser:
        return Browser(self.port)

    def children(self) -> dict[str, psutil.Process]:
        """The processes directly under the supervisor, by what they are."""
        assert self.process is not None
        marks = {"hotline.config.wsgi": "web", "hotline.config.live": "live", "worker": "worker", "caddy": "front"}
        found = {}
        for child in psutil.Process(self.process.pid).children():
            try:
                line = " ".join(child.cmdline())
            except psutil.Error:  # it ended while we looked
                continue
            found.update({name: child for mark, name in marks.items() if re.search(rf"{mark}\b", line)})
        return found

    def child(self, name: str, *, after: psutil.Process | None = None) -> psutil.Process:
        """The process of that name, waited for; with `after`, the one that took its place."""
        found: list[psutil.Process] = []

        def looked() -> bool:
            process = self.children().get(name)
            if process is None or (after is not None and process.pid == after.pid):
                return False
            found.append(process)
            return True

        until(looked)
        return found[0]

    def all_processes(self) -> list[psutil.Process]:
        assert self.process is not None
        return psutil.Process(self.process.pid).children(recursive=True)

    def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(with_signal)
            self.process.wait(60)

    def _ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
