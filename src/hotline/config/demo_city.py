"""The demonstration's city: Hefei as it is loaded, with weeks of invented requests that the rules have decided.

All of it is written in one transaction: a start that is broken off leaves nothing half done behind.
"""

import json
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random  # noqa: TID251  # seeded: the same city every time
from typing import Any, Final

from django.db import transaction

from hotline.config.demo_absence import somebody_away
from hotline.config.demo_callbacks import busy_callbacks
from hotline.config.demo_desks import leaders_and_auditors
from hotline.config.demo_dispatch import waiting_for_dispatch
from hotline.config.demo_documents import papers
from hotline.config.demo_duty import rosters_and_messages
from hotline.config.demo_emergency import cold_spell
from hotline.config.demo_instructions import instructions
from hotline.config.demo_joint import quarrels
from hotline.config.demo_media import handovers
from hotline.config.demo_people import Post, listed_posts, make_people
from hotline.config.demo_precedents import precedents
from hotline.config.demo_rules import rules_in_the_making
from hotline.config.demo_supervision import supervisions
from hotline.config.demo_tasks import tasks_of_co_units
from hotline.oversight.clocks.digest import send_digests
from hotline.registry.knowledge.loading import load_items
from hotline.registry.loading import load_city
from hotline.registry.regions.models import City, Level
from hotline.registry.regions.models import Region as RegionRow
from hotline.registry.units.models import Group, RegionManagement, UnitTenure
from hotline.rules.lives import Life
from hotline.rules.vocabulary import RegionCode, RequestType, Role, UnitCode
from hotline.sim.city import joins_another, lives, numbered
from hotline.sim.matters import Matter, Phrasebook, parse_matters
from hotline.sim.town import Region, Unit
from hotline.tickets.bulk import write_batches
from hotline.tickets.rulebook import rulebooks

SEED: Final = 20210316
SPAN: Final = timedelta(weeks=8)
BATCH: Final = 500
BUSY: Final = {"LY": 1.6, "340103003": 9}
"""More happens where somebody can be signed in as: 庐阳区 and its 杏林街道."""

Say = Callable[[str], None]


class Unfinished(RuntimeError):
    """The demonstration could not be made as it should be: the data and the rules do not fit together."""


@transaction.atomic
def fill(data: Path, *, city: str, tickets: int, now: datetime, say: Say) -> int:
    """City, people, knowledge and so many tickets of the last eight weeks. Returns how many were written."""
    say("导入城市数据 / loading the city")
    diff = load_city(data / city, now=now, apply=True)
    if not diff.ok:
        raise Unfinished("\n".join(diff.lines("zh")))
    book = phrasebook(data / "demo")
    _load_knowledge(book, now)
    say("建立演示账号 / making the accounts")
    listed = listed_posts(data / "demo" / "people.csv")
    made = _lives(book, listed, tickets=tickets, now=now, say=say)
    say(f"模拟近八周的 {tickets} 件工单 / living through {tickets} tickets of the last eight weeks")
    written = write_linked(made, say)
    busy_callbacks(now)
    somebody_away(now)
    leaders_and_auditors(now)
    rules_in_the_making(now)
    send_digests(now=now)
    supervisions(now)
    papers(now)
    instructions(now)
    handovers(now)
    rosters_and_messages(now)
    quarrels(now)
    precedents(now)
    tasks_of_co_units(now)
    waiting_for_dispatch(now)
    cold_spell(now)
    return written


def _lives(book: Phrasebook, listed: Sequence[Post], *, tickets: int, now: datetime, say: Say) -> Iterator[Life]:
    """The last eight weeks, with some work for everybody on the list."""
    units, regions, leads = units_on(now.date()), regions_on(now.date()), leads_of(book)
    rng = Random(SEED)  # noqa: S311  # the same city every time
    staff = make_people(
        listed,
        office=City.objects.get().office_unit_code,
        units=units,
        regions=regions,
        leads=leads,
        since=(now - SPAN - timedelta(days=60)).date(),
        rng=rng,
    )
    refused: list[Any] = []
    yield from lives(
        rng=rng,
        start=now - SPAN,
        until=now,
        book_at=rulebooks().at,
        units=units,
        regions=regions,
        staff=staff,
        phrasebook=book,
        weights=BUSY,
        desks=[post.unit for post in listed if post.role is Role.UNIT_HANDLER and post.unit in leads],
        per_day=tickets / (SPAN / timedelta(days=1)),
        refused=refused,
    )
    if refused:
        say(f"规则未接受 {len(refused)} 个动作，已略过 / {len(refused)} moves were left out: {refused[0]}")


def write_linked(made: Iterable[Life], say: Say) -> int:
    """Write all lives; those that join another one come when its number is known."""
    numbers: dict[int, str] = {}
    waiting: list[Life] = []
    order: list[int] = []

    def firsts() -> Iterator[Life]:
        for index, life in enumerate(made):
            if joins_another(life):
                waiting.append(life)
            else:
                order.append(index)
                yield life

    for done in write_batches(firsts(), batch=BATCH):
        _refuse(done.refused)
        numbers |= {order[written.index]: written.number for written in done.written}
        say(f"  已写入 {len(numbers)} 件 / {len(numbers)} written")
    for done in write_batches((numbered(life, numbers) for life in waiting), batch=BATCH):
        _refuse(done.refused)
    return len(numbers) + len(waiting)


def _refuse(refused: list[Any]) -> None:
    if refused:
        raise Unfinished(f"the rules refused a life: {refused[0]}")


def phrasebook(folder: Path) -> Phrasebook:
    """The matters of all files of the folder."""
    tables: dict[str, Any] = {"matter": []}
    for path in sorted((folder / "matters").glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        tables["matter"] += table.pop("matter", [])
        tables |= table
    return parse_matters(tables)


def leads_of(book: Phrasebook) -> set[str]:
    """Units that lead, help or are named by one that returns."""
    found: set[str] = set()
    for matter in book.matters:
        found |= {matter.unit, *matter.co_units, *matter.co_lines}
        found |= {unit for claim in matter.returns for unit in (claim.unit, claim.proposes)}
    return found - {""}


def units_on(day: date) -> list[Unit]:
    """The city's units as the simulator knows them."""
    rows = UnitTenure.objects.on(day).order_by("unit_id")
    return [
        Unit(code=UnitCode(row.unit_id), name=row.short_name, parent=row.parent_id or "", line=row.line_id or "")
        for row in rows
    ]


def regions_on(day: date) -> list[Region]:
    """Streets and towns with who manages them and the office on the spot."""
    managers = dict(RegionManagement.objects.on(day).values_list("region_code", "unit_id"))
    streets = UnitTenure.objects.on(day).filter(unit__group=Group.STREET)
    offices = dict(streets.values_list("region_code", "unit_id"))
    rows = RegionRow.objects.on(day).filter(level=Level.STREET).order_by("code")
    return [
        Region(
            code=RegionCode(row.code),
            name=row.name,
            manager=UnitCode(managers.get(row.code) or managers[row.parent_id or ""]),
            office=UnitCode(offices[row.code]) if row.code in offices else None,
        )
        for row in rows
    ]


def _load_knowledge(book: Phrasebook, now: datetime) -> None:
    """What agents answer at once stands in the knowledge base."""
    asked = (matter for matter in book.matters if matter.type is RequestType.CONSULTATION)
    entries = [entry for matter in asked for entry in _items(matter)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "knowledge.toml"
        path.write_text("\n".join(entries), encoding="utf-8")
        report = load_items(path, now)
    if not report.ok:
        raise Unfinished("\n".join(problem.sentence() for problem in report.problems))


def _items(matter: Matter) -> Iterator[str]:
    for number, (title, answer) in enumerate(zip(matter.titles, matter.answers, strict=False), 1):
        if "{" in title or "[" in title:
            continue
        values = {
            "code": f"YS{matter.number:03d}{number}",
            "unit": matter.unit,
            "title": title.removeprefix("咨询"),
            "question": title,
            "answer": answer,
            "legal_basis": "；".join(matter.law),
            "category": matter.category,
        }
        yield "[[item]]\n" + "".join(
            f"{name} = {json.dumps(text, ensure_ascii=False)}\n" for name, text in values.items()
        )
