"""What one step of a ticket's way costs: CPU-seconds of web, worker, front and database, and SQL statements.

    .venv/bin/python bench/walk.py [--tickets 20000] [--rounds 40]

It builds a city of its own in a temporary folder, starts the whole platform with `hotline serve`, signs in over HTTP as
each role and walks tickets through. CPU is read from /proc for every process of the installation before and after a
series of the same act (all of them, so that nothing is left out); statements are counted in a second pass, in process,
with Django's own test client on the same database.
"""

import argparse
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, Request, build_opener

import psutil

ROOT = Path(__file__).resolve().parents[1]
HOTLINE = ROOT / ".venv" / "bin" / "hotline"
PASSWORD = "zhitong-demo-12345"  # noqa: S105  -- the demonstration's, printed by `hotline demo`
TICK = os.sysconf("SC_CLK_TCK")
LIVED = 20_000
"""Tickets that are lived through; further ones are copies of finished ones, see archive.py."""
PEER_MS = {"create": 269, "sign in": 179, "list of 50": 923, "ticket page": 72}
"""What the strongest peer in this language needs for the nearest step, in ms of CPU."""


class Staying(HTTPRedirectHandler):
    """Redirects are not followed: what is measured is the act, not the page after it."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Nothing."""


@dataclass
class Browser:
    """One signed-in person."""

    base: str
    jar: CookieJar = field(default_factory=CookieJar)
    opener: OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        """A client of its own."""
        self.opener = build_opener(HTTPCookieProcessor(self.jar), Staying())

    def get(self, path: str) -> str:
        """A page."""
        with self.opener.open(self.base + path, timeout=60) as answer:
            return str(answer.read().decode())

    def post(self, path: str, form: dict[str, object]) -> str:
        """One post; where it leads. Anything but a redirect is a failure."""
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")
        data = urlencode({"csrfmiddlewaretoken": token, **form}, doseq=True).encode()
        request = Request(self.base + path, data, {"Referer": self.base + path})  # noqa: S310  -- loopback only
        try:
            with self.opener.open(request, timeout=60) as answer:
                raise SystemExit(f"{path}: {answer.status} {re.sub('<[^>]+>', ' ', answer.read().decode())[:400]}")
        except HTTPError as redirect:
            if redirect.code not in {302, 303}:
                raise
            return str(redirect.headers["Location"])

    def sign_in(self, username: str) -> "Browser":
        """Through the sign-in page, as a person does."""
        self.get("/accounts/login/")
        self.post("/accounts/login/", {"login": username, "password": PASSWORD})
        return self


@contextmanager
def city(tickets: int, home: str = "") -> Iterator[tuple[str, int, dict[str, str]]]:
    """A populated installation that serves; address, pid of its supervisor, environment.

    One that stands in `home` is taken as it is; otherwise one is built in a temporary folder and removed afterwards.
    """
    with ExitStack() as stack:
        if not home:
            home = stack.enter_context(tempfile.TemporaryDirectory(prefix="zhitong-bench-"))
            Path(home).chmod(0o755)
            build(tickets, home)
        port = free_port()
        surroundings = {**os.environ, "HOTLINE_HOME": home, "PORT": str(port)}
        server = subprocess.Popen(
            [HOTLINE, "serve", "--migrate", "--port", str(port)], env=surroundings, stdout=subprocess.DEVNULL
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}", server.pid, surroundings
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)


def build(tickets: int, home: str) -> None:
    """A demonstration city of so many tickets."""
    surroundings = {**os.environ, "HOTLINE_HOME": home}
    hotline(["demo", "--only-build", "--tickets", str(min(tickets, LIVED))], surroundings)
    if tickets > LIVED:
        more: list[str | Path] = [sys.executable, ROOT / "bench" / "archive.py", "--tickets", str(tickets)]
        subprocess.run(more, env=surroundings, check=True, stdout=sys.stderr)


def hotline(arguments: list[str], surroundings: dict[str, str]) -> None:
    """One command of the program, or stop."""
    subprocess.run([HOTLINE, *arguments], env=surroundings, check=True, stdout=sys.stderr)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    """Until the platform answers, two minutes at most."""
    for _ in range(240):
        try:
            with build_opener().open(address, timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the platform did not start")


def cpu_of(supervisor: int) -> dict[str, float]:
    """CPU-seconds so far by part, ended children included; the embedded postmaster counts as database."""
    spent: dict[str, float] = {}
    for process in family(supervisor):
        try:
            times = process.cpu_times()
            spent[part_of(process)] = spent.get(part_of(process), 0.0) + sum(times[:4])
        except psutil.NoSuchProcess:
            continue
    return spent


def family(supervisor: int) -> list[psutil.Process]:
    """The supervisor's children and the server it started, wherever that hangs."""
    parent = psutil.Process(supervisor)
    home = parent.environ()["HOTLINE_HOME"]
    found = [parent, *parent.children(recursive=True)]
    known = {process.pid for process in found}
    masters = [p for p in psutil.process_iter(["cmdline"]) if any(home in part for part in p.info["cmdline"] or ())]
    for master in masters:
        found += [p for p in (master, *master.children(recursive=True)) if p.pid not in known]
        known |= {p.pid for p in found}
    return found


PARTS = (
    ("postgres", "database"),
    ("caddy", "front"),
    ("--interface asgi", "live"),
    ("granian", "web"),
    (" worker", "worker"),
)
"""What the command line of a process tells about its part."""


def part_of(process: psutil.Process) -> str:
    """web, worker, front, live, database or the supervisor itself."""
    line = " ".join(process.cmdline())
    for sign, part in PARTS:
        if sign in line:
            return part
    return "supervisor"


@dataclass
class Measured:
    """One act: how often, CPU by part, statements."""

    name: str
    times: int
    cpu: dict[str, float]
    statements: int = 0

    @property
    def total_ms(self) -> float:
        """CPU in ms for one."""
        return 1000 * sum(self.cpu.values()) / self.times


def measured(name: str, times: int, supervisor: int, act: Callable[[int], object]) -> Measured:
    """The CPU that `times` repetitions cost, after one that warms up. A worker gets time to finish its jobs."""
    act(0)
    time.sleep(1.5)
    before = cpu_of(supervisor)
    for i in range(1, times + 1):
        act(i)
    time.sleep(1.5)
    after = cpu_of(supervisor)
    return Measured(name, times, {part: after[part] - before.get(part, 0.0) for part in after})


def idle(supervisor: int, seconds: float = 6.0) -> float:
    """CPU-seconds a second that the installation uses when nobody does anything."""
    before = sum(cpu_of(supervisor).values())
    time.sleep(seconds)
    return (sum(cpu_of(supervisor).values()) - before) / seconds


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with city(asked.tickets) as (base, supervisor, surroundings):
        resting = idle(supervisor)
        found = walk(base, supervisor, asked.rounds)
        counted = json.loads(
            subprocess.run(
                [ROOT / ".venv" / "bin" / "python", ROOT / "bench" / "walk_statements.py"],
                env=surroundings, check=True, capture_output=True, text=True,
            ).stdout.splitlines()[-1]
        )  # fmt: skip
    for act in found:
        act.statements = counted.get(act.name, 0)
    report(found, resting, as_json=asked.json)


def walk(base: str, supervisor: int, rounds: int) -> list[Measured]:
    """The acts in the order of the way, each on tickets of its own."""
    people = {
        role: Browser(base).sign_in(name)
        for role, name in {
            "agent": "agent", "dispatcher": "dispatcher", "handler": "cgj",
        }.items()
    }  # fmt: skip
    numbers: list[str] = []

    def create(i: int) -> None:
        where = people["agent"].post("/intake/new/", INTAKE | {"title": f"夜间施工噪声扰民（第{i}件）"})
        numbers.append(where.rstrip("/").rsplit("/", 1)[-1])

    def dispatch(i: int) -> None:
        people["dispatcher"].post(f"/dispatch/dispatch/{numbers[i]}/", {"lead_unit": "CGJ"})

    def sign_in(i: int) -> None:
        people["handler"].post(f"/handling/sign-in/{numbers[i]}/", {})

    def reply(i: int) -> None:
        people["handler"].post(f"/handling/submit-reply/{numbers[i]}/", REPLY)

    def listing(_: int) -> None:
        people["dispatcher"].get("/tickets/?type=complaint&open=1")

    def page(i: int) -> None:
        people["dispatcher"].get(f"/tickets/{numbers[i]}/")

    steps: list[tuple[str, Callable[[int], object]]] = [
        ("create", create), ("dispatch", dispatch), ("sign in", sign_in), ("reply", reply),
        ("list of 50", listing), ("ticket page", page),
    ]  # fmt: skip
    return [measured(name, rounds, supervisor, act) for name, act in steps]


INTAKE: dict[str, object] = {
    "channel": "DH",
    "request_type": "complaint",
    "urgency": "ordinary",
    "category": "040103",
    "region": "340103",
    "content": "工地夜里十一点以后仍在浇筑混凝土，声音很大，老人和孩子无法入睡，已经连续三晚。",
    "demand": "希望夜间停止施工。",
    "place": "庐阳区某路某工地",
    "contactable": "on",
    "group_size": "1",
    "kind": "person",
    "name": "测试来电人",
    "phone": "19900000001",
    "then": "send",
}
REPLY: dict[str, object] = {
    "resolution": "resolved",
    "reply": "已责令施工单位停止夜间施工，并安排夜间巡查。",
    "legal_basis": "《中华人民共和国噪声污染防治法》第四十三条",
    "internal_note": "已立案。",
}


def report(found: list[Measured], resting: float, *, as_json: bool) -> None:
    """The table, or JSON."""
    if as_json:
        rows = [{"act": m.name, "cpu_ms": round(m.total_ms, 1), "statements": m.statements} for m in found]
        print(json.dumps({"rows": rows, "idle_cpu_share": round(resting, 4)}, ensure_ascii=False))
        return
    parts = sorted({part for m in found for part in m.cpu})
    head = (
        f"{'act':<12}{'n':>4}"
        + "".join(f"{p:>10}" for p in parts)
        + f"{'total ms':>10}{'SQL':>5}{'peer ms':>9}{'ratio':>7}"
    )
    print(head)
    for m in found:
        cells = "".join(f"{1000 * m.cpu.get(p, 0) / m.times:>10.1f}" for p in parts)
        peer = PEER_MS.get(m.name)
        compared = f"{peer:>9}{m.total_ms / peer:>7.2f}" if peer else ""
        print(f"{m.name:<12}{m.times:>4}{cells}{m.total_ms:>10.1f}{m.statements:>5}{compared}")
    print(f"at rest: {resting:.4f} CPU-seconds a second (included above)")


if __name__ == "__main__":
    main()
