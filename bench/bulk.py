"""How fast whole lives of tickets are written by COPY: `python bench/bulk.py --tickets 20000`.

Starts a database of its own in a temporary folder, loads Hefei, writes lives of every length and prints a table.
CPU seconds are ours (deciding, hashing, formatting) and the server's; memory is our peak.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hotline.rules.lives import Life

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]
TABLES = ("ticket", "requester", "ledgerentry", "tickettext", "ticketclock")


def lives(number: int) -> "Iterator[Life]":
    """Half closed after a callback, the rest spread over other ends: about what a city has in its archive."""
    from datetime import timedelta

    from hotline.rules.lifecycle import SYSTEM, Actor
    from hotline.rules.lives import Life, Step
    from hotline.rules.vocabulary import Stage, UnitCode
    from tests.cast import CITIZEN, PEOPLE, REQUESTER
    from tests.walks import OPENING, walk

    actors = {"citizen": CITIZEN, "system": SYSTEM} | {
        person.username: Actor(
            id=str(place),
            roles=frozenset({person.role}),
            unit=UnitCode(person.unit),
            covers=frozenset({UnitCode(person.unit)}),
        )
        for place, person in enumerate(PEOPLE, 1)
    }
    closed, answered, rework, handling = Stage.CLOSED, Stage.ANSWERED_DIRECTLY, Stage.REWORK, Stage.HANDLING
    mixture = (closed, answered, closed, rework, closed, closed, handling, Stage.ARCHIVED)
    walks = [walk(stage) for stage in mixture]
    for place, moves in enumerate(islice(cycle(walks), number)):
        at = OPENING - timedelta(days=place % 365)
        steps: list[Step] = []
        for move in moves:
            at = at + move.after if steps else at
            steps.append(Step(move.act, actors[move.who], at))
        yield Life(region="340103", requester=REQUESTER, steps=steps)


def main() -> None:
    """One run, one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=20_000)
    parser.add_argument("--batch", type=int, default=1000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhitong-bench-") as home:
        Path(home).chmod(0o755)  # the server's own account must reach it
        os.environ["HOTLINE_HOME"] = home
        from server import city_ready

        with city_ready() as server:
            from hotline.tickets.bulk import write_lives

            began, ours, theirs = time.perf_counter(), time.process_time(), server.cpu_seconds()
            totals = write_lives(lives(asked.tickets), batch=asked.batch)
            passed = time.perf_counter() - began
            ours, theirs = time.process_time() - ours, server.cpu_seconds() - theirs
            assert totals.refused == [], totals.refused[:1]
            show(asked.tickets, passed, ours, theirs)
            check()


def show(tickets: int, passed: float, ours: float, theirs: float) -> None:
    """The table."""
    from django.db import connection

    rows = 0
    print(f"{'table':<16}{'rows':>12}")
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM tickets_{table}")  # noqa: S608  # names of this file
            (count,) = cursor.fetchone()
            rows += count
            print(f"{table:<16}{count:>12,}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{tickets:,} tickets, {rows:,} rows in {passed:.1f} s: {tickets / passed:,.0f} tickets/s")
    print(
        f"our CPU {ours:.1f} s ({rows / ours:,.0f} rows a second), server's {theirs:.1f} s; peak memory {peak:.0f} MB"
    )


def check() -> None:
    """How fast all of it is examined, and that it is sound."""
    from hotline.tickets.checking import Tally, check_tickets

    tally, began, ours = Tally(), time.perf_counter(), time.process_time()
    assert list(check_tickets(tally)) == []
    passed, ours = time.perf_counter() - began, time.process_time() - ours
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"checked {tally.entries:,} entries in {passed:.1f} s, our CPU {ours:.1f} s"
        f" ({tally.entries / ours:,.0f} entries a second); our peak {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()
