"""Tickets that have gone any way at all: whoever may do something does it, again and again, by a seeded chance.

The rules decide every act as on a page, and bulk writing puts the whole lives into the tables. So the states are those
that tickets really reach, with everything that stands beside them in the database.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from hotline.rules import acts as a
from hotline.rules.lifecycle import SYSTEM, Actor, Transition, allowed, decide
from hotline.rules.lives import Life, Step
from hotline.rules.state import TicketState
from hotline.rules.visibility import may_see
from hotline.rules.vocabulary import CITY_TZ, UNIT_ROLES, Role, UnitCode
from hotline.tickets.rulebook import rulebooks
from tests.rules.anything import fill
from tests.rules.cast import CITIZEN, DISTRICT, DISTRICT_URBAN, ECOLOGY, OFFICE_PEOPLE, STREET, URBAN, member

BEGAN = datetime(2026, 3, 17, 9, 30, tzinfo=CITY_TZ)
WAITS = (timedelta(minutes=1), timedelta(minutes=40), timedelta(hours=5), timedelta(days=1))
PHONES = ("13800000001", "13800000002", "13800000003")
WORD = "施工噪声"
"""Stands in every title; the contents say it too."""

WAY = {
    *("send_to_dispatch", "dispatch", "sign_in", "submit_reply", "sign_off", "pass_review", "delegate"),
    *("request_return", "accept_return", "mark_no_owner", "convene_panel"),
}
"""Acts that lead to where units see a ticket, lose sight of it, or dispute it."""
EARLY = {
    *("withdraw", "merge", "confirm_void", "transfer_emergency", "answer_directly", "confirm_decline", "import_closed"),
    *("propose_void", "propose_decline"),
}
"""Acts that end a ticket before anybody has seen much of it: one in so many."""
BESIDE = {
    *("add_attachment", "remove_attachment", "urge", "add_facts", "mark_ticket", "unmark_ticket", "classify"),
    *("tag_ticket", "untag_ticket", "write_brief"),
}
"""Acts that move a ticket nowhere: so often, or most lives would be nothing else."""
ONE_IN, ONE_BESIDE_IN = 25, 3


def heads_and_desk(unit: UnitCode) -> tuple[Actor, Actor]:
    """Who writes in a unit, and who signs."""
    desk = frozenset({Role.UNIT_HANDLER, Role.DISTRICT_DISPATCHER})
    writer = member(unit)
    return replace(writer, roles=desk), replace(writer, id=f"{unit}:heads", roles=UNIT_ROLES - desk)


PEOPLE = (
    *OFFICE_PEOPLE,
    *(clerk for unit in (ECOLOGY, URBAN, DISTRICT) for clerk in heads_and_desk(unit)),
    member(STREET),
    member(DISTRICT_URBAN),
    CITIZEN,
    SYSTEM,
)


def lives(number: int) -> Iterator[Life]:
    """So many lives, the same ones in every run."""
    for seed in range(number):
        chance = random.Random(seed)  # noqa: S311  -- a test's own, repeatable chance
        at = BEGAN + timedelta(minutes=seed)
        requester = {"name": "张三", "phone": chance.choice(PHONES)}
        steps = wander(chance, at, acts=chance.randint(2, 28))
        if steps:
            yield Life(region="340103", requester=requester, steps=steps)


def wander(chance: random.Random, at: datetime, acts: int) -> list[Step]:
    """The steps of one life. What was filled in wrongly is refused and left out."""
    state, steps = TicketState(), list[Step]()
    for _ in range(acts):
        book = rulebooks().at(at, state.profile)
        for who in chance.sample(PEOPLE, len(PEOPLE)):
            rows = allowed(state, actor=who, book=book, now=at) if not steps or may_see(who, state) else ()
            offered = [row for row in rows if _takes(row, chance)]
            if offered:
                break
        else:
            break
        row = chance.choice([*offered, *[row for row in offered if row.act.name in WAY] * 4])
        act = _worded(fill(row.act, at, chance.choice))
        decision = decide(state, act, actor=who, book=book, now=at)
        if not decision.refusals:
            state = decision.state
            steps.append(Step(act, who, at))
            at += chance.choice(WAITS)
    return steps


def _takes(row: Transition, chance: random.Random) -> bool:
    seldom = ONE_IN if row.act.name in EARLY else ONE_BESIDE_IN if row.act.name in BESIDE else 1
    return chance.randrange(seldom) == 0


def _worded(act: a.Act) -> a.Act:
    if isinstance(act, a.Register | a.Submit | a.ImportClosed):
        return replace(act, title=f"夜间{WORD}扰民", content=f"工地夜里{WORD}很大，影响休息")
    if isinstance(act, a.Dispatch | a.Reassign):  # no unit has two parts in a ticket
        others = tuple(unit for unit in act.co_units if unit != act.lead_unit)
        return replace(act, co_units=others, guidance_units=(), copied_units=())
    if isinstance(act, a.RecordCallback):
        return replace(act, words=f"{WORD}已经处理")
    return replace(act, reply=f"{WORD}已经处理") if isinstance(act, a.SubmitReply) else act
