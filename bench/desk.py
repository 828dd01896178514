"""A rush hour at the desks: agents who register calls, clerks with live pages who open tickets and act on them.

    .venv/bin/python bench/desk.py [--tickets 200000] [--agents 100] [--clerks 300] [--minutes 5] [--rush 3]

It builds a demonstration city in a temporary folder, starts the whole platform with `hotline serve` and goes through
its front as browsers do: everybody holds one stream of live updates and fetches the page in sight again when there is
news. Agents register 3,800 calls in a day of eight hours, `--rush` times as fast; clerks look, open and act as often as
that many tickets ask of them. Prints what every kind of request took, errors (there must be none), memory and CPU.
"""

import argparse
import asyncio
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from browsing import Browser, Tally
from walk import INTAKE, REPLY, ROOT, city, cpu_of, family, part_of

CALLS_A_DAY = 3800
DAY = 8 * 3600.0
SIT_DOWN = 30.0
TICKET = re.compile(rb"/tickets/(\d{14}[A-Z]{2}\d{6})/")
ACT = re.compile(rb"/handling/(sign-in|record-progress|record-first-contact|submit-reply)/")
SAID: dict[str, dict[str, object]] = {
    "sign-in": {},
    "record-progress": {"note": "已到现场核查，正在处理。"},
    "record-first-contact": {"note": "已电话联系诉求人，约定上门时间。"},
    "submit-reply": REPLY,
}
OFTEN = ("sign-in", "record-first-contact", "record-progress", "record-progress", "submit-reply")
"""What clerks do, among what the ticket's page offers."""


def main() -> None:
    """Build, serve, crowd, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, default=200_000)
    parser.add_argument("--agents", type=int, default=100)
    parser.add_argument("--clerks", type=int, default=300)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--rush", type=float, default=3.0, help="times the average of a day")
    parser.add_argument("--acts", type=float, default=4.0, help="acts of clerks on each call's ticket")
    parser.add_argument("--home", default="", help="HOTLINE_HOME of a city that stands; none is built")
    asked = parser.parse_args()
    sys.exit(run(asked))


def run(asked: argparse.Namespace) -> int:
    """One whole run; 1 when something failed that must not."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with city(asked.tickets, asked.home) as (base, supervisor, surroundings):
        signed = subprocess.run(
            [ROOT / ".venv" / "bin" / "python", ROOT / "bench" / "desk_people.py",
             "--agents", str(asked.agents), "--clerks", str(asked.clerks)],
            env=surroundings, check=True, capture_output=True, text=True,
        )  # fmt: skip
        sessions: dict[str, list[str]] = json.loads(signed.stdout.splitlines()[-1])
        tally, before, began = Tally(), cpu_of(supervisor), time.monotonic()
        ours = time.process_time()
        asyncio.run(crowd(int(base.rsplit(":", 1)[1]), sessions, asked, tally))
        passed = time.monotonic() - began
        after = cpu_of(supervisor)
        spent = {part: after[part] - before.get(part, 0.0) for part in after}
        report(tally, passed, len(sessions["agent"]) + len(sessions["clerk"]))
        costs(spent, memory(supervisor), passed, time.process_time() - ours)
    return 1 if tally.errors else 0


async def crowd(port: int, sessions: dict[str, list[str]], asked: argparse.Namespace, tally: Tally) -> None:
    """Everybody sits down within half a minute, and works until the time is over."""
    end = time.monotonic() + asked.minutes * 60
    chance = random.Random(12345)  # noqa: S311  # a benchmark's own, repeatable chance
    between = asked.agents * DAY / (CALLS_A_DAY * asked.rush)
    pause = asked.clerks * DAY / (CALLS_A_DAY * asked.rush * asked.acts)
    tasks = []
    for role, keys in sessions.items():
        for key in keys:
            browser = Browser(port, key, tally)
            own = random.Random(chance.random())  # noqa: S311  # see above
            work = agent(browser, own, between, end) if role == "agent" else clerk(browser, own, pause, end)
            tasks += [asyncio.create_task(work), asyncio.create_task(_late(browser, own, end))]
    await asyncio.gather(*tasks)


async def _late(browser: Browser, chance: random.Random, end: float) -> None:
    """Nobody opens the page in the same second as all others."""
    await asyncio.sleep(chance.uniform(0, SIT_DOWN))
    await browser.listen(end)


def moments(chance: random.Random, mean: float, end: float) -> Iterator[float]:
    """Pauses until the end, long and short ones."""
    pause = chance.uniform(0, mean)
    while time.monotonic() + pause < end:
        yield pause
        pause = chance.expovariate(1 / mean)


async def agent(browser: Browser, chance: random.Random, mean: float, end: float) -> None:
    """The caller's history, suggestions while typing, the request registered and passed on."""
    await asyncio.sleep(chance.uniform(0, SIT_DOWN))
    browser.page = "/intake/new/"
    await browser.get("intake page", browser.page)
    for pause in moments(chance, mean, end):
        await asyncio.sleep(pause)
        phone = f"199{chance.randrange(10**8):08d}"
        form = INTAKE | {"title": f"夜间施工噪声扰民（{chance.randrange(10**6)}）", "phone": phone}
        await browser.post("caller's history", "/intake/caller/", {"phone": phone})
        await browser.post("suggestions", "/intake/suggest/", form)
        await browser.post("register", "/intake/new/", form | {"token": f"{chance.getrandbits(96):x}"})
        await browser.get("intake page", browser.page)


async def clerk(browser: Browser, chance: random.Random, mean: float, end: float) -> None:
    """The inbox, a ticket of it, and one of the acts that its page offers."""
    await asyncio.sleep(chance.uniform(0, SIT_DOWN))
    browser.page = "/desk/inbox/"
    await browser.get("inbox", browser.page)
    for pause in moments(chance, mean, end):
        await asyncio.sleep(pause)
        listed = await browser.get("inbox", "/desk/inbox/")
        numbers = sorted(set(TICKET.findall(listed.body)))
        if not numbers:
            continue
        number = chance.choice(numbers).decode()
        browser.page = f"/tickets/{number}/"
        opened = await browser.get("ticket page", browser.page)
        offered = {found.decode() for found in ACT.findall(opened.body)}
        wanted = [act for act in OFTEN if act in offered]
        if wanted:
            act = chance.choice(wanted)
            await browser.post(act.replace("-", " "), f"/handling/{act}/{number}/", SAID[act])
        browser.page = "/desk/inbox/"


def report(tally: Tally, passed: float, people: int) -> None:
    """What everything took."""
    print(f"\n{people} people for {passed:.0f} s")
    print(f"{'request':<22}{'n':>7}{'per s':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'most ms':>9}")
    everything = [one for took in tally.took.values() for one in took]
    for kind, took in [*sorted(tally.took.items()), ("all", everything)]:
        cuts = statistics.quantiles(took, n=100, method="inclusive") if len(took) > 1 else took * 99
        row = (cuts[49], cuts[94], cuts[98], max(took)) if took else (0.0,) * 4
        print(f"{kind:<22}{len(took):>7}{len(took) / passed:>8.1f}" + "".join(f"{1000 * one:>9.0f}" for one in row))
    print(f"streams opened {tally.streams}, news heard {tally.news}, refused by the rules {tally.refused}")
    print(f"errors {len(tally.errors)}: {dict(Counter(tally.errors))}" if tally.errors else "errors 0")


def memory(supervisor: int) -> dict[str, list[float]]:
    """MB by part, one figure for each process: what is its own and not shared with others."""
    found: dict[str, list[float]] = {}
    for process in family(supervisor):
        with _gone():
            found.setdefault(part_of(process), []).append(process.memory_full_info().uss / 2**20)
    return found


@contextmanager
def _gone() -> Iterator[None]:
    """A process may end while it is looked at."""
    try:
        yield
    except psutil.NoSuchProcess:
        return


def costs(spent: dict[str, float], held: dict[str, list[float]], passed: float, ours: float) -> None:
    """CPU as a share of one core, memory of each process."""
    print(f"\n{'part':<12}{'CPU share':>10}   memory of each process, MB")
    for part in sorted(held):
        sizes = sorted(held[part], reverse=True)
        most = " ".join(f"{size:.0f}" for size in sizes[:8]) + (" …" if len(sizes) > 8 else "")
        print(f"{part:<12}{spent.get(part, 0.0) / passed:>10.2f}   {sum(sizes):.0f} = {most}")
    print(f"{'all':<12}{sum(spent.values()) / passed:>10.2f}   {sum(map(sum, held.values())):.0f}")
    print(f"this program itself used {ours / passed:.2f} of a core, of {psutil.cpu_count()} there are")


if __name__ == "__main__":
    main()
