"""The demonstration's tasks of co-units, one ticket for each way they stand: waiting for a finding or for their turn,
owed, late, reported, sent back, given back and ruled on; and a double dispatch. Everything by the pages' own commands.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.config.demo_joint import Company
from hotline.rules import acts as a
from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import CITY_TZ, CategoryCode, Channel, Finding, RegionCode, RequestType, Role, UnitCode
from hotline.tickets.commands import open_ticket, perform

CGJ, STHJ, CJJ, LY = (UnitCode(code) for code in ("CGJ", "STHJ", "CJJ", "LY"))
STEP: Final = timedelta(minutes=25)
Step = tuple[Role, UnitCode | None, a.Act]
H, D = Role.UNIT_HANDLER, Role.DISPATCHER


@dataclass(frozen=True, kw_only=True)
class Tale:
    """One ticket: what was asked, how many days ago, and what was done to it in this order."""

    days: int
    title: str
    content: str
    demand: str
    place: str
    category: str
    region: str
    person: Mapping[str, str]
    steps: tuple[Step, ...]


def _to(lead: UnitCode, *, co: tuple[UnitCode, ...] = (), **more: tuple[UnitCode, ...] | str) -> tuple[Step, ...]:
    """Dispatched, and signed in by whoever does that there."""
    act = a.Dispatch(lead_unit=lead, co_units=co, **more)  # type: ignore[arg-type]  # fields of the act by name
    signs = Role.DISTRICT_DISPATCHER if lead == LY else H
    return ((D, None, act), (signs, lead, a.SignIn()))


PENALTY: Final = a.OpenTask(
    unit=CGJ, task="查实夜间违法施工的，依法立案处罚，处罚决定书抄送主办单位", days=3, after=Finding.VIOLATION
)
FOUND: Final = a.RecordFinding(
    found=Finding.VIOLATION, note="23时10分现场监测，昼夜间噪声超标9分贝，未取得夜间施工许可。"
)
PUNISHED: Final = a.ReportCoTask(reply="已立案，责令停止夜间施工，罚款二万元，决定书随附。")
CLEARED: Final = a.ReportCoTask(reply="已清运堆放的建筑垃圾3车，封闭围挡缺口。")
NOT_OURS: Final = a.RequestTaskReturn(
    reason="not_competent",
    legal_basis="道路两侧的渣土由属地清运，《建筑垃圾管理规定》第五条；我局只查处运输车辆。",
    proposed_unit=LY,
)
KEPT: Final = a.RejectTaskReturn(finding="运输遗撒的查处在城管部门，清运由属地配合，请继续办理。")
INCOMPLETE: Final = a.ReturnTask(unit=CGJ, reason="没有写明处罚决定的文号，也没有现场照片，请补充后重报。")
CLEARS: Final = a.OpenTask(unit=CGJ, task="查处运输遗撒的渣土车，组织清运", days=2)
CHECKS: Final = a.OpenTask(unit=CJJ, task="核对施工许可和文明施工方案", days=2, order=1)
FOLLOWS: Final = a.OpenTask(unit=CGJ, task="无证施工的，责令停工并拆除围挡", days=3, order=2)


def _noise(days: int, place: str, name: str, phone: str, *steps: Step) -> Tale:
    return Tale(
        days=days,
        title=f"{place}工地夜里打桩",
        content=f"{place}的工地最近几天夜里十一点以后还在打桩、切割钢筋，家里老人孩子没法睡，打过物业电话没有用。",
        demand="夜间不要施工，并告知处理结果",
        place=place,
        category="040103",
        region="340103",
        person={"name": name, "phone": phone},
        steps=(*_to(STHJ), (D, None, PENALTY), *steps),
    )


def _muck(days: int, place: str, name: str, phone: str, *steps: Step) -> Tale:
    return Tale(
        days=days,
        title=f"{place}渣土撒了一路",
        content=f"{place}每天傍晚有渣土车出来，路面撒得到处是土，风一吹满小区都是灰，路边还堆着两堆建筑垃圾。",
        demand="清理路面，管住渣土车",
        place=place,
        category="040105",
        region="340103",
        person={"name": name, "phone": phone},
        steps=steps,
    )


TALES: Final = (
    _noise(1, "濉溪路与阜阳路交口", "许女士", "13800006601"),
    _noise(2, "四里河路地铁口北侧", "何先生", "13800006602", (H, STHJ, FOUND)),
    _noise(6, "北一环与蒙城路交口", "孙女士", "13800006603", (H, STHJ, FOUND)),
    _noise(3, "荷塘路菜市场对面", "高先生", "13800006604", (H, STHJ, FOUND), (H, CGJ, PUNISHED)),
    _noise(
        3, "临泉路公交站旁", "罗女士", "13800006605",
        (H, STHJ, FOUND), (H, CGJ, a.ReportCoTask(reply="已处罚。")), (H, STHJ, INCOMPLETE),
    ),
    _muck(1, "阜阳北路", "梁先生", "13800006606", *_to(CJJ), (D, None, CHECKS), (D, None, FOLLOWS)),
    _muck(
        1, "清河路小学门前", "宋女士", "13800006607",
        *_to(LY), (D, None, CLEARS), (H, CGJ, NOT_OURS),
    ),
    _muck(
        2, "灵璧路", "郑先生", "13800006608",
        *_to(LY), (D, None, CLEARS), (H, CGJ, NOT_OURS), (D, None, KEPT),
    ),
    _muck(
        2, "双岗老街", "谢女士", "13800006609",
        *_to(LY, co=(CJJ,), guidance_units=(CGJ,), copied_units=(STHJ,), note="双派单：属地主办，市城管局督导"),
        (H, CGJ, a.RecordProgress(note="已告知辖区渣土车夜间检查安排，建议从出入口冲洗设施查起。")),
    ),
    _muck(3, "亳州路桥下", "韩先生", "13800006610", *_to(STHJ, co=(CGJ, CJJ)), (H, CGJ, CLEARED)),
)  # fmt: skip
"""In the order of the demonstration's list; times of day differ by their place in it."""


def tasks_of_co_units(now: datetime) -> int:
    """All of them; how many tickets there are."""
    company = Company(now)
    return sum(_played(company, tale, place, now) for place, tale in enumerate(TALES))


def _played(company: Company, tale: Tale, place: int, now: datetime) -> bool:
    morning = (now - timedelta(days=tale.days)).astimezone(CITY_TZ)
    at = min(morning.replace(hour=8, minute=35 + place, second=0, microsecond=0), now - timedelta(hours=12))
    agent = company.who(Role.AGENT)
    if agent is None:
        return False
    act = a.Register(
        channel=Channel.PHONE,
        request_type=RequestType.COMPLAINT,
        category=CategoryCode(tale.category),
        region=RegionCode(tale.region),
        title=tale.title,
        content=tale.content,
        demand=tale.demand,
        place=tale.place,
    )
    opened = open_ticket(act=act, requester=tale.person, actor=agent, now=at, region=act.region)
    number = opened.ticket.number if opened.ticket else ""
    for who, step in _steps(company, tale, agent):
        at = min(at + STEP, now)
        if not number or who is None or not perform(number=number, act=step, actor=who, now=at).ok:
            return False
    return True


def _steps(company: Company, tale: Tale, agent: Actor) -> Iterator[tuple[Actor | None, a.Act]]:
    yield agent, a.SendToDispatch()
    for role, unit, act in tale.steps:
        yield company.who(role, unit), act
