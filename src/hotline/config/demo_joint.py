"""The demonstration's disputes: the night's construction noise, once ruled and once before the panel, and
files for all tickets that stand in a dispute. Everything by the commands that the pages use.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from hotline.registry.people.queries import actor_for, holders
from hotline.rules import acts as a
from hotline.rules.joint import Deed, Form, Order, Task
from hotline.rules.joint.facts import DISPUTED
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.vocabulary import CITY_TZ, CategoryCode, Channel, RegionCode, RequestType, Role, Stage, UnitCode
from hotline.stages.joint.commands import do
from hotline.stages.joint.commands.opening import ensure
from hotline.stages.joint.models import DisputeFile
from hotline.tickets.access import take
from hotline.tickets.commands import Outcome, open_ticket, perform
from hotline.tickets.queries import TicketFilter, tickets

ECOLOGY, URBAN, STAFFING, JUSTICE, DISCIPLINE = (UnitCode(code) for code in ("STHJ", "CGJ", "BB", "SFJ", "SJW"))
STEP: Final = timedelta(minutes=20)
NOISE: Final = a.Register(
    channel=Channel.PHONE,
    request_type=RequestType.COMPLAINT,
    category=CategoryCode("040103"),
    region=RegionCode("340104"),
    title="工地半夜浇筑混凝土，吵得睡不着",
    content="小区北边工地连续三天夜里十一点以后还在浇筑混凝土，一直到凌晨，家里有高考学生，希望管一管。",
    demand="夜间停止施工",
    place="潜山路与望江西路交口工地",
)
BASES: Final[Mapping[UnitCode, tuple[str, str]]] = {
    ECOLOGY: (
        "夜间施工噪声由我局监测，但我局没有行政处罚权，查处应由城管部门负责。",
        "三定规定；行政处罚权集中行使的决定",
    ),
    URBAN: (
        "噪声污染防治属于生态环境部门职责，我局只承接移送的处罚案件。",
        "《中华人民共和国噪声污染防治法》；三定规定",
    ),
}
OPINIONS: Final[Mapping[UnitCode, str]] = {
    STAFFING: "按三定规定，噪声污染防治的监督管理在生态环境部门，行政处罚权已集中由城管部门行使。",
    JUSTICE: "受理、监测、认定由生态环境部门负责，需要处罚的移送城管部门，与现行规定一致。",
    ECOLOGY: "我局可以受理和监测，请明确处罚由城管部门承担并限期反馈。",
    URBAN: "同意承担处罚，前提是移送时附监测报告和现场记录。",
}
MINUTES: Final = "市生态环境局受理并主办，现场监测、认定；查实违法的，三个工作日内连同监测报告移送市城管局立案处罚。"
LAW: Final = "《中华人民共和国噪声污染防治法》；行政处罚权集中行使的决定"


@dataclass(frozen=True)
class Company:
    """Who is there to act, by unit and role."""

    day: datetime

    def who(self, role: Role, unit: str | None = None) -> Actor | None:
        """The first who holds the role."""
        found = holders(role, self.day.date(), unit=unit)
        return actor_for(found[0], self.day.date()) if found else None

    def head(self, unit: str) -> Actor | None:
        """Who signs for a unit."""
        return self.who(Role.DEPUTY_HEAD, unit) or self.who(Role.UNIT_HEAD, unit)


def quarrels(now: datetime) -> int:
    """All of them; how many files there are."""
    _files_for_all(now)
    for days, to_the_end in ((6, True), (1, False)):
        morning = (now - timedelta(days=days)).astimezone(CITY_TZ).replace(hour=8, minute=40, second=0, microsecond=0)
        _play(Company(now), min(morning, now - timedelta(hours=12)), until=now, to_the_end=to_the_end)
    return DisputeFile.objects.count()


def _files_for_all(now: datetime) -> None:
    where = TicketFilter(stages=tuple(sorted(stage.value for stage in DISPUTED)))
    for row in tickets(actor=SYSTEM, where=where, limit=200).rows:
        with transaction.atomic():
            ensure(take(row.number, actor=SYSTEM), now=now)


def _play(company: Company, begins: datetime, *, until: datetime, to_the_end: bool) -> None:
    number, at = _returned_twice(company, begins)
    if not number:
        return
    with transaction.atomic():
        row = ensure(take(number, actor=SYSTEM), now=at)
    for who, order in _deeds(company, at, to_the_end=to_the_end):
        at = min(at + STEP, until)
        if row is None or who is None or not do(row.pk, order=order, actor=who, now=at).ok:
            return


def _returned_twice(company: Company, at: datetime) -> tuple[str, datetime]:
    """Taken in, dispatched to one and to the other, returned by both."""
    agent, dispatcher = company.who(Role.AGENT), company.who(Role.DISPATCHER)
    if agent is None or dispatcher is None:
        return "", at
    person = {"name": "陈女士", "phone": "13800005511"}
    opened = open_ticket(act=NOISE, requester=person, actor=agent, now=at, region=NOISE.region)
    number = opened.ticket.number if opened.ticket else ""
    steps: list[tuple[Actor | None, a.Act]] = [(agent, a.SendToDispatch())]
    for unit, other in ((ECOLOGY, URBAN), (URBAN, ECOLOGY)):
        steps.append((dispatcher, a.Dispatch(lead_unit=unit, note="请核实夜间施工许可并处置")))
        claim, basis = BASES[unit]
        asks = a.RequestReturn(reason="not_competent", legal_basis=f"{claim}依据：{basis}", proposed_unit=other)
        steps.append((company.head(unit), asks))
        steps.append((company.who(Role.UNIT_HEAD, unit), a.SignOff(opinion="同意退单")))
        steps.append((dispatcher, a.AcceptReturn(finding="职责确有交叉，双方均无完整处置权")))
    for who, act in steps:
        at += STEP
        done = perform(number=number, act=act, actor=who, now=at) if who else Outcome()
        if not done.ok and not isinstance(act, a.SignOff):
            return "", at
        if done.state is not None and done.state.stage is Stage.JURISDICTION_DISPUTE:
            return number, at
    return "", at


def _deeds(company: Company, at: datetime, *, to_the_end: bool) -> Iterator[tuple[Actor | None, Order]]:
    chair, leader = company.who(Role.SUPERVISOR), company.who(Role.TEAM_LEADER)
    for unit, (claim, basis) in BASES.items():
        yield company.head(unit), Order(deed=Deed.STATE, words={"claim": claim, "basis": basis})
    yield (
        chair,
        Order(
            deed=Deed.CONVENE,
            parties=frozenset({ECOLOGY, URBAN}),
            staffing=STAFFING,
            justice=JUSTICE,
            observer=DISCIPLINE,
            form=Form.MEETING,
            meets_at=(at + timedelta(days=1)).astimezone(CITY_TZ).replace(hour=15, minute=0, second=0, microsecond=0),
            words={"agenda": "夜间施工噪声由谁主办，处罚环节如何衔接", "place": "市政务中心3号会议室"},
        ),
    )
    speakers = (STAFFING, JUSTICE, ECOLOGY, URBAN) if to_the_end else (STAFFING, URBAN)
    for unit in speakers:
        words = {"opinion": OPINIONS[unit], "basis": LAW}
        lead = URBAN if unit == ECOLOGY else ECOLOGY
        yield company.head(unit), Order(deed=Deed.OPINE, lead=lead, signer="分管领导", words=words)
    if not to_the_end:
        return
    words = {"minutes": MINUTES, "legal_basis": LAW, f"task.{URBAN}": "对移送的违法施工立案处罚，结果反馈主办单位"}
    tasks = (Task(unit=URBAN, order=1, days=5),)
    yield chair, Order(deed=Deed.CONCLUDE, lead=ECOLOGY, tasks=tasks, reusable=True, words=words)
    for unit in speakers:
        yield company.head(unit), Order(deed=Deed.AGREE, agrees=True)
    yield leader, Order(
        deed=Deed.SIGN, signer="王建军（副秘书长）", signed_on=at.astimezone(CITY_TZ).date()
    )  # fmt: skip
    yield chair, Order(deed=Deed.RULE)
