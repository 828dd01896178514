"""How fast a file of another system is imported, and in how little memory: `python bench/importing.py --rows 100000`.

Writes a CSV file of made-up requests, one in a hundred of them spoilt, imports it into a database of its own and
imports it again; every row must be a ticket or in the error file.
"""

import argparse
import csv
import os
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from server import Server

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "bench")]
MAPPING = ROOT / "docs" / "examples" / "fuzhou.toml"
HEADER = [
    "row_id", "part", "nature", "channel", "date", "district", "river", "title", "detail", "reply",
    "days_to_last_reply", "n_transfers",
]  # fmt: skip
KINDS = ("投诉", "咨询", "投诉", "建议", "投诉", "举报")


def write_file(path: Path, rows: int) -> int:
    """A file like the real ones: about 250 signs of text a row, a fifth still without a reply; how many are spoilt."""
    first, spoilt = date(2016, 1, 1), 0
    with path.open("w", encoding="gb18030", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER)
        for number in range(rows):
            bad = number % 100 == 99
            spoilt += bad
            day = "不详" if bad else (first + timedelta(days=number % 3000)).isoformat()
            detail = f"第{number}件：{'河水发黑发臭，影响附近居民生活，希望有关部门尽快处理。' * 4}"
            reply = "" if number % 5 == 0 else f"经核查，{'已安排清淤和截污，请继续监督。' * 8}"
            told = (f"河道治理{number}", detail, reply, number % 30, number % 4)
            writer.writerow([number, "main", KINDS[number % 6], "网站", day, "鼓楼区", "梅峰河", *told])
    return spoilt


def main() -> None:
    """One run, one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhitong-bench-") as home:
        Path(home).chmod(0o755)  # the server's own account must reach it
        os.environ["HOTLINE_HOME"] = home
        from server import city_ready

        with city_ready() as server:
            path = Path(home) / "requests.csv"
            spoilt = write_file(path, asked.rows)
            before = peak()
            titles = ("registered", "rejected", "there", "s", "rows/s", "our CPU", "server")
            print(f"{'run':<8}" + "".join(f"{title:>12}" for title in titles))
            good = asked.rows - spoilt
            assert once("first", path, server) == (good, spoilt, 0)
            assert once("again", path, server) == (0, spoilt, good)
            print(
                f"\npeak memory {before:.0f} MB before, {peak():.0f} MB after; file {path.stat().st_size / 1e6:.0f} MB"
            )


def once(name: str, path: Path, server: "Server") -> tuple[int, int, int]:
    """Import the file and print a line of the table."""
    from hotline.plumbing.clock import now
    from hotline.stages.intake.importing.errors import ErrorFile
    from hotline.stages.intake.importing.mapping import read_mapping
    from hotline.stages.intake.importing.reading import Table
    from hotline.stages.intake.importing.run import Import, Wishes

    began, ours, theirs = time.perf_counter(), time.process_time(), server.cpu_seconds()
    mapping = read_mapping(MAPPING)
    table = Table(path)
    rejected = ErrorFile(path.with_name(f"{name}.errors.csv"), table.columns)
    report = Import(table, mapping, rejected, now=now(), wishes=Wishes()).run(lambda _report, _read: None)
    rejected.close()
    passed = time.perf_counter() - began
    ours, theirs = time.process_time() - ours, server.cpu_seconds() - theirs
    rows = report.registered + report.rejected + report.already_there
    counts = (report.registered, report.rejected, report.already_there)
    spent = (f"{passed:.1f}", f"{rows / passed:,.0f}", f"{ours:.1f}", f"{theirs:.1f}")
    print(f"{name:<8}" + "".join(f"{count:>12,}" for count in counts) + "".join(f"{one:>12}" for one in spent))
    return counts


def peak() -> float:
    """Our highest memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
