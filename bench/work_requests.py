"""Imports another system's requests as open tickets and works every one of them to its end, as staff would.

    .venv/bin/python bench/work_requests.py FILE.csv --map MAPPING.toml

Every act goes through the commands that pages and API call, in a city of its own: classified, dispatched, signed in,
first contact, reply, two signatures, review, callback; every seventh citizen who can be
called is dissatisfied and gets a rework; who left no contact is not called, the office checks the result itself. Prints
how many acts were done and refused, where the tickets then stand, what the ledger's check finds, and the CPU used.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hotline.rules.acts import Act
    from hotline.rules.lifecycle import Actor

ROOT = Path(__file__).resolve().parents[1]
HOTLINE = ROOT / ".venv" / "bin" / "hotline"
EVERY = 7
REPLY = "已现场核查并完成清理，后续纳入日常巡查。"


def main() -> None:
    """Import, work, check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--map", type=Path, required=True, dest="mapping")
    parser.add_argument("--category", default="101106", help="third-level category the requests are worked under")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhitong-bench-") as home:
        Path(home).chmod(0o755)
        os.environ["HOTLINE_HOME"] = home
        run("migrate")
        run("load-city", str(ROOT / "data" / "hefei"), "--yes")
        run("import", "requests", str(asked.file), "--map", str(asked.mapping), "--open-all", "--json")
        begun = time.process_time()
        done, refused, ends = work(asked.category)
        cpu = time.process_time() - begun
        checked = json.loads(run("check", "ledger", "--json").splitlines()[-1])
    print(json.dumps({"acts": done, "refused": refused, "stages": ends, "ledger_findings": checked["found"]}))
    print(f"{done} acts, {1000 * cpu / max(done, 1):.1f} ms of CPU an act in this process (the server's not counted)")


def run(*arguments: str) -> str:
    """One command of the program; its output."""
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("DATABASE_")}
    return subprocess.run([HOTLINE, *arguments], check=True, stdout=subprocess.PIPE, text=True, env=surroundings).stdout


def work(category: str) -> tuple[int, dict[str, int], dict[str, int]]:
    """Walk every open ticket; acts done, refusals by code, stages at the end."""
    from hotline.config.setting_up import django_ready

    with django_ready():
        from hotline.plumbing.clock import now
        from hotline.tickets.commands import perform
        from hotline.tickets.models import Ticket

        done, refused = 0, Counter[str]()
        start = now()
        for place, ticket in enumerate(Ticket.objects.order_by("pk").iterator()):
            at = start
            for actor, act in way(
                category, ticket.request_type, reachable=ticket.contactable, unhappy=place % EVERY == 0
            ):
                at += timedelta(minutes=7)
                outcome = perform(number=ticket.number, act=act, actor=actor, now=at)
                done += outcome.ok
                refused.update(refusal.code for refusal in outcome.refusals)
        ends = Counter(Ticket.objects.values_list("stage", flat=True))
        return done, dict(refused), dict(ends)


def way(category: str, request_type: str, *, reachable: bool, unhappy: bool) -> Iterator[tuple["Actor", "Act"]]:
    """Who does what, in order."""
    from hotline.rules import acts as a
    from hotline.rules.lifecycle import Actor
    from hotline.rules.vocabulary import CategoryCode, Rating, RequestType, Resolution, Role, UnitCode

    lead = UnitCode("SHUIWU")

    def office(role: Role) -> Actor:
        return Actor(id=role.value, roles=frozenset({role}), unit=UnitCode("RX12345"), covers=frozenset())

    def unit(role: Role) -> Actor:
        return Actor(id=f"{lead}-{role}", roles=frozenset({role}), unit=lead, covers=frozenset({lead}))

    dispatcher, reviewer, caller = office(Role.DISPATCHER), office(Role.REVIEWER), office(Role.CALLBACK_OFFICER)
    handler = unit(Role.UNIT_HANDLER)
    yield (
        dispatcher,
        a.Classify(request_type=RequestType(request_type), category=CategoryCode(category), reason="导入后分类"),
    )
    yield dispatcher, a.Dispatch(lead_unit=lead)
    yield handler, a.SignIn()
    if reachable:
        yield handler, a.RecordFirstContact(note="已与诉求人通话，约定现场查看。")
    for turn in range(2 if unhappy and reachable else 1):
        yield (
            handler,
            a.SubmitReply(
                resolution=Resolution.RESOLVED,
                reply="已现场核查并完成清理，后续纳入日常巡查。",
                legal_basis="《中华人民共和国水污染防治法》",
            ),
        )
        yield unit(Role.SECTION_HEAD), a.SignOff()
        yield unit(Role.DEPUTY_HEAD), a.SignOff()
        yield reviewer, a.PassReview(grade="good")
        if not reachable:
            yield caller, a.CloseWithoutCallback(reason="anonymous", note="未留联系方式，已核对现场照片。")
        elif unhappy and turn == 0:
            yield (
                caller,
                a.RecordCallback(
                    responded=True,
                    resolution=Resolution.UNRESOLVED,
                    rating=Rating(2),
                    cause="unsolved",
                    words="河道仍有异味。",
                ),
            )
            yield reviewer, a.OrderRework(reason="诉求人反映问题仍在，请重新办理。")
        else:
            yield caller, a.RecordCallback(responded=True, resolution=Resolution.RESOLVED, rating=Rating(4))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    main()
