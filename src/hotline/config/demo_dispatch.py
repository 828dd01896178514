"""The demonstration's tickets that wait for a dispatcher, for what a suggestion can say: a precedent with rulings and
alike tickets, lines at odds, and a matter that was moved so often that it opens a dispute. By the pages' commands.
"""

from datetime import datetime, timedelta
from typing import Final

from hotline.config.demo_joint import Company
from hotline.rules import acts as a
from hotline.rules.vocabulary import CITY_TZ, CategoryCode, Channel, RegionCode, RequestType, Role, UnitCode
from hotline.tickets.commands import open_ticket, perform

A_MINUTE: Final = timedelta(minutes=1)
AN_HOUR: Final = timedelta(hours=1)


def _call(category: str, region: str, *, title: str, content: str, demand: str, place: str) -> a.Register:
    return a.Register(
        channel=Channel.PHONE,
        request_type=RequestType.COMPLAINT,
        category=CategoryCode(category),
        region=RegionCode(region),
        title=title,
        content=content,
        demand=demand,
        place=place,
    )


NOISE: Final = _call(
    "040103",
    "340104",
    title="工地凌晨仍在施工，部门互相推诿",
    content="工地每天晚上十点以后照样施工，切割机的声音关上窗都能听见，夜里吵得睡不着，打过3次电话，"
    "环保说没有处罚权，城管说是环境问题，到底谁来管。",
    demand="夜间停止施工，查处工地",
    place="天鹅湖路与石台路交口工地",
)
LOUDSPEAKER: Final = _call(
    "040103",
    "340111",
    title="商店门口高音喇叭循环叫卖",
    content="小区门口商店高音喇叭天天循环叫卖打折，从早上七点响到晚上九点，吵得头疼，劝过几次不听。",
    demand="撤掉喇叭",
    place="桐城南路菜市场旁",
)
WALL: Final = _call(
    "010107",
    "340103",
    title="楼上装修砸了承重墙",
    content="楼上装修把承重墙砸了，我家墙都裂了，要求马上停工鉴定。",
    demand="停工并做安全鉴定",
    place="沿河路某小区3栋",
)
MOVED: Final = (
    ("CJJ", "请核实结构安全"),
    ("FCJ", "装修管理归房产部门"),
    ("LY", "两部门都称不归其管，先由属地稳控"),
)
CALLS: Final = (
    (NOISE, 23, {"name": "方女士", "phone": "13800007701"}, ()),
    (LOUDSPEAKER, 8, {"name": "蒋先生", "phone": "13800007702"}, ()),
    (WALL, 19, {"name": "沈女士", "phone": "13800007703"}, MOVED),
)
"""What was asked, at which hour last, by whom, and to which units it has gone: the last moves next into a dispute."""


def waiting_for_dispatch(now: datetime) -> int:
    """All of them; how many there are."""
    company = Company(now)
    return sum(_told(company, *call, now=now) for call in CALLS)


def _last(hour: int, now: datetime) -> datetime:
    """Twenty past that hour of the city's clock, when it was last at least an hour ago."""
    at = now.astimezone(CITY_TZ).replace(hour=hour, minute=20, second=0, microsecond=0)
    return at if at <= now - AN_HOUR else at - timedelta(days=1)


def _told(
    company: Company,
    asked: a.Register,
    hour: int,
    person: dict[str, str],
    tried: tuple[tuple[str, str], ...],
    *,
    now: datetime,
) -> bool:
    agent, dispatcher = company.who(Role.AGENT), company.who(Role.DISPATCHER)
    if agent is None or dispatcher is None:
        return False
    at = _last(hour, now)
    opened = open_ticket(act=asked, requester=person, actor=agent, now=at, region=asked.region)
    if opened.ticket is None or not opened.ok:
        return False
    steps: list[a.Act] = [a.SendToDispatch(note="请核实归属")]
    for place, (unit, reason) in enumerate(tried):
        lead = UnitCode(unit)
        steps.append(a.Reassign(lead_unit=lead, reason=reason) if place else a.Dispatch(lead_unit=lead, note=reason))
    for step in steps:
        at += A_MINUTE
        actor = agent if isinstance(step, a.SendToDispatch) else dispatcher
        if not perform(number=opened.ticket.number, act=step, actor=actor, now=at).ok:
            return False
    return True
