"""What it costs when thousands of clocks come due in one minute: `python bench/clocks.py --clocks 1000000 --due 20000`.

Starts a database of its own in a temporary folder, loads Hefei and writes open tickets by COPY: some whose promises all
run out at 17:30, the rest taken in that afternoon. Then one pass over what is due, and idle passes. CPU seconds are
ours (deciding, hashing, formatting) and the server's; a clock that fires is one step of the ladder taken on one clock.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from hotline.rules.lives import Life
    from server import Server

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]
PER_TICKET = 4
"""Clocks that run on a ticket its unit has just signed in: two promises, the first contact, the window for a return."""

IDLE_PASSES = 200


@dataclass
class Spent:
    """Seconds that passed, of our CPU and of the server's, and statements."""

    passed: float = 0.0
    ours: float = 0.0
    theirs: float = 0.0
    statements: int = 0


@contextmanager
def measured(server: "Server") -> Iterator[Spent]:
    """What the block takes; COPY is counted by the rows that call for it."""
    from django.db import connection

    from hotline.tickets import copying, recording

    spent = Spent()
    copy_rows = copying.copy_rows

    def counting(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        spent.statements += 1
        return execute(sql, params, many, context)

    def copied(*args: Any) -> None:
        spent.statements += 1
        copy_rows(*args)

    vars(recording)["copy_rows"] = copied
    began, ours, theirs = time.perf_counter(), time.process_time(), server.cpu_seconds()
    try:
        with connection.execute_wrapper(counting):
            yield spent
    finally:
        vars(recording)["copy_rows"] = copy_rows
    spent.passed, spent.ours = time.perf_counter() - began, time.process_time() - ours
    spent.theirs = server.cpu_seconds() - theirs


def lives(number: int, at: "datetime") -> "Iterator[Life]":
    """So many tickets a unit has signed in, taken in one after the other within an hour from then on."""
    from hotline.rules.lifecycle import SYSTEM, Actor
    from hotline.rules.lives import Life, Step
    from hotline.rules.vocabulary import Stage, UnitCode
    from tests.cast import CITIZEN, PEOPLE, REQUESTER
    from tests.walks import walk

    actors = {"citizen": CITIZEN, "system": SYSTEM} | {
        p.username: Actor(
            id=str(place), roles=frozenset({p.role}), unit=UnitCode(p.unit), covers=frozenset({UnitCode(p.unit)})
        )
        for place, p in enumerate(PEOPLE, 1)
    }
    moves = walk(Stage.HANDLING)
    for place in range(number):
        moment, steps = at + timedelta(seconds=3600 * place / number), list[Step]()
        for move in moves:
            moment = moment + move.after if steps else moment
            steps.append(Step(move.act, actors[move.who], moment))
        yield Life(region="340103", requester=REQUESTER, steps=steps)


def main() -> None:
    """One run, one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clocks", type=int, default=1_000_000, help="open clocks in all")
    parser.add_argument("--due", type=int, default=20_000, help="of these, due in the same minute")
    parser.add_argument("--batch", type=int, default=500)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhitong-bench-") as home:
        Path(home).chmod(0o755)  # the server's own account must reach it
        os.environ["HOTLINE_HOME"] = home
        from server import city_ready

        with city_ready() as server:
            run(server, asked.clocks, asked.due, asked.batch)


def run(server: "Server", clocks: int, due: int, batch: int) -> None:
    """Fill the city, bring it to the minute before, then measure."""
    from hotline.oversight.clocks.engine import fire_due
    from hotline.tickets.bulk import write_lives
    from tests.walks import OPENING

    end = OPENING.replace(hour=17, minute=30) + timedelta(days=9)  # seven working days from Tuesday
    late = due // 2  # both promises of a ticket run out together
    assert write_lives(lives(late, OPENING)).refused == []
    for day in range(10):  # what came before that minute
        fire_due(now=min(OPENING + timedelta(days=day), end - timedelta(minutes=1)))
    fire_due(now=end - timedelta(minutes=1))
    rest = max(clocks - due, 0) // PER_TICKET
    assert write_lives(lives(rest, end - timedelta(hours=3))).refused == []
    _analyze()
    print(f"{_open_clocks():,} open clocks")
    with measured(server) as spent:
        done = fire_due(now=end + timedelta(seconds=30), batch=batch)
    _show(f"{done.fired:,} clocks fired on {done.tickets:,} tickets", spent, done.fired)
    with measured(server) as idle:
        for _ in range(IDLE_PASSES):
            assert fire_due(now=end + timedelta(seconds=31), batch=batch).fired == 0
    _show(f"{IDLE_PASSES} idle passes", idle, IDLE_PASSES)
    _plan(end + timedelta(seconds=31))


def _show(what: str, spent: Spent, of: int) -> None:
    each = 1000 / max(of, 1)
    print(f"\n{what}: {spent.passed:.1f} s, CPU {spent.ours:.1f} s ours, {spent.theirs:.1f} s the server's")
    print(f"  each: {spent.ours * each:.3f} ms ours, {spent.theirs * each:.3f} ms the server's")
    print(f"  statements: {spent.statements:,}, {spent.statements / max(of, 1):.4f} each")


def _open_clocks() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tickets_ticketclock WHERE stopped_at IS NULL")
        return int(cursor.fetchone()[0])


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE tickets_ticketclock")
        cursor.execute("VACUUM ANALYZE tickets_ticket")


def _plan(now: "datetime") -> None:
    """What an idle pass reads."""
    from django.db import connection

    from hotline.tickets.firing import BEGINNING, DUE

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) {DUE}", [now, *BEGINNING, 500])
        print("\n" + "\n".join(line for (line,) in cursor.fetchall()))


if __name__ == "__main__":
    main()
