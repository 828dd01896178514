"""What the demonstration's units dispute now, one matter for every step of joint handling: invented texts for a city
like Hefei.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from hotline.rules import acts as a
from hotline.rules.vocabulary import CategoryCode, Channel, Finding, RegionCode, RequestType, UnitCode

BB, SFJ, STHJ, CGJ, FCJ, CJJ, JJZD, SHUIWU, XFZD = (
    UnitCode(code) for code in ("BB", "SFJ", "STHJ", "CGJ", "FCJ", "CJJ", "JJZD", "SHUIWU", "XFZD")
)


class Until(Enum):
    """How far a dispute has come."""

    OPENED = auto()
    MEDIATED = auto()
    PROVISIONAL = auto()
    HEARD = auto()
    RULED = auto()
    OBJECTED = auto()
    ESCALATED = auto()


@dataclass(frozen=True)
class Side:
    """One unit: why it is not its job."""

    unit: UnitCode
    says: str
    basis: str


@dataclass(frozen=True)
class View:
    """A member's opinion; `lead` where it holds another to be the lead than is ruled."""

    text: str
    signer: str
    lead: UnitCode | None = None


@dataclass(frozen=True, kw_only=True)
class Disputed:
    """One matter. `minutes` are the words of the step at which it stands: minutes, finding or reason."""

    register: a.Register
    caller: Mapping[str, str]
    sides: tuple[Side, Side]
    until: Until
    days_ago: int
    note: str = "请核实并处置"
    found: str = "两家职责确有交叉，退单理由成立"
    lead: UnitCode
    helper: UnitCode = UnitCode("")
    agenda: str = ""
    opinions: Mapping[UnitCode, View] = field(default_factory=dict)
    minutes: str = ""
    task: str = ""
    after: Finding = Finding.NOTHING
    law: str = ""
    reusable: bool = False
    objection: str = ""


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


def _noise(title: str, place: str) -> a.Register:
    return _call(
        "040103",
        "340104",
        title=title,
        content="小区北边工地连续三天夜里十一点以后还在浇筑混凝土，一直到凌晨，家里有高考学生，希望管一管。",
        demand="夜间停止施工",
        place=place,
    )


NOISE_SIDES: Final = (
    Side(
        STHJ,
        "夜间施工噪声由我局监测，但我局没有行政处罚权，查处应由城管部门负责。",
        "三定规定；行政处罚权集中行使的决定",
    ),
    Side(
        CGJ,
        "噪声污染防治属于生态环境部门职责，我局只承接移送的处罚案件。",
        "《中华人民共和国噪声污染防治法》；三定规定",
    ),
)
NOISE_VIEWS: Final = {
    BB: View("按三定规定，噪声污染防治的监督管理在生态环境部门，行政处罚权已集中由城管部门行使。", "方志（副主任）"),
    SFJ: View("受理、监测、认定由生态环境部门负责，需要处罚的移送城管部门，与现行规定一致。", "程律（局长）"),
    STHJ: View("我局可以受理和监测，但夜间出现场多为制止施工，应由有处罚权的城管部门主办。", "郑副局长", lead=CGJ),
    CGJ: View("同意承担处罚，前提是移送时附监测报告和现场记录。", "赵副局长"),
}
NOISE_LAW: Final = "《中华人民共和国噪声污染防治法》；行政处罚权集中行使的决定"
NOISE_AGENDA: Final = "夜间施工噪声由谁主办，处罚环节如何衔接"

FUMES: Final = _call(
    "040106",
    "340103",
    title="楼下烧烤店油烟直排，窗户不敢开",
    content="小区门面房新开一家烧烤店，油烟从后窗直接排到小区里，每天晚上六点到凌晨一点，楼上几户都不敢开窗。",
    demand="安装油烟净化设施或者停业",
    place="亳州路与濉溪路交口临街门面",
)
WALL: Final = _call(
    "010204",
    "340102",
    title="小区围墙外的挡土墙开裂，担心倒塌",
    content="小区东侧围墙外的挡土墙开裂，下雨时往下掉土，墙下是上学的路。物业说不在红线内，街道说要住建来看。",
    demand="鉴定并加固挡土墙",
    place="明光路与凤阳路交口小区东侧",
)
DRAIN: Final = _call(
    "010204",
    "340111",
    title="污水井盖冒水，路面结冰摔了人",
    content="路口的污水井盖一直往外冒水，早上结冰摔倒两位老人。打过两次电话，都说管网不归自己。",
    demand="疏通管道，先把冰清掉",
    place="水阳江路与慈云路交口",
)
CHARGING: Final = _call(
    "010103",
    "340104",
    title="单元门厅停满电动车充电，消防通道被堵",
    content="单元门厅里停了十几辆电动自行车，从楼上拉线充电，消防通道被堵，物业说管不了。",
    demand="清理消防通道，建充电棚",
    place="休宁路与潜山路交口小区3号楼",
)
PILLARS: Final = _call(
    "010202",
    "340103",
    title="路口石墩挡住盲道，轮椅过不去",
    content="路口人行道上新装了一排石墩，正好压在盲道上，轮椅和婴儿车都过不去，不知道是谁装的。",
    demand="移走石墩，恢复盲道",
    place="长江中路与徽州大道交口西南角",
)

DISPUTES: Final = (
    Disputed(
        register=_noise("工地半夜浇筑混凝土，吵得睡不着", "潜山路与望江西路交口工地"),
        caller={"name": "陈女士", "phone": "13800005511"},
        sides=NOISE_SIDES,
        until=Until.RULED,
        days_ago=6,
        lead=STHJ,
        helper=CGJ,
        agenda=NOISE_AGENDA,
        opinions=NOISE_VIEWS,
        law=NOISE_LAW,
        reusable=True,
        minutes="市生态环境局受理并主办，现场监测、认定；查实违法的，三个工作日内连同监测报告移送市城管局立案处罚。",
        task="对移送的违法施工立案处罚，结果反馈主办单位",
        after=Finding.VIOLATION,
    ),
    Disputed(
        register=_noise("地铁工地凌晨打桩，整栋楼都在震", "习友路与潜山路交口工地"),
        caller={"name": "李先生", "phone": "13800005512"},
        sides=NOISE_SIDES,
        until=Until.HEARD,
        days_ago=1,
        lead=STHJ,
        agenda=NOISE_AGENDA,
        law=NOISE_LAW,
        opinions={unit: NOISE_VIEWS[unit] for unit in (BB, CGJ)},
    ),
    Disputed(
        register=FUMES,
        caller={"name": "孙女士", "phone": "13800005513"},
        days_ago=0,
        until=Until.OPENED,
        lead=CGJ,
        sides=(
            Side(
                CGJ, "该门面未办理餐饮环评，不符合经营条件，应由生态环境部门先行认定。", "《大气污染防治法》第八十一条"
            ),
            Side(STHJ, "餐饮油烟的行政处罚已划转城管部门，我局不再受理此类投诉。", "行政处罚权集中行使的决定"),
        ),
    ),
    Disputed(
        register=CHARGING,
        caller={"name": "周先生", "phone": "13800005514"},
        days_ago=2,
        until=Until.MEDIATED,
        lead=XFZD,
        sides=(
            Side(FCJ, "占用消防通道由消防机构查处，我局只指导物业管理。", "《消防法》第六十条；物业管理条例"),
            Side(XFZD, "门厅属物业服务区域，日常管理应由房产部门督促物业企业。", "物业管理条例"),
        ),
        minutes="经电话协调，双方同意：市消防救援支队主办，现场查处占用消防通道；市房产局督促物业企业三日内清理并选址建充电棚。",
    ),
    Disputed(
        register=DRAIN,
        caller={"name": "吴女士", "phone": "13800005515"},
        days_ago=1,
        until=Until.PROVISIONAL,
        lead=SHUIWU,
        sides=(
            Side(SHUIWU, "该段管网由建设单位代管，尚未移交排水部门。", "城镇排水与污水处理条例"),
            Side(CJJ, "道路已交付使用，污水管网的日常养护不在我局职责范围。", "三定规定"),
        ),
        minutes="路面结冰危及行人，先由市水务局组织疏通、清冰，费用另行结算；主办单位两日内另行商定。",
    ),
    Disputed(
        register=PILLARS,
        caller={"name": "何先生", "phone": "13800005516"},
        days_ago=3,
        until=Until.OBJECTED,
        lead=CGJ,
        helper=JJZD,
        sides=(
            Side(CGJ, "石墩由交警部门为防机动车驶入设置，应由设置单位移除。", "道路交通安全法"),
            Side(JJZD, "人行道及其设施由城管部门管理，我支队只提出过建议。", "城市道路管理条例"),
        ),
        agenda="人行道石墩由谁移除，今后由谁设置和管理",
        opinions={
            BB: View("人行道设施的管理职责在城管部门；因交通管理需要设置的，由交警部门提出。", "方志（副主任）"),
            SFJ: View("《城市道路管理条例》规定由市政工程行政主管部门管理，建议城管主办。", "程律（局长）"),
            CGJ: View("石墩不是我局设置，台账里没有，移除后机动车上人行道谁来管也要明确。", "赵副局长", lead=JJZD),
            JJZD: View("同意由城管部门主办，我支队负责移除后的机动车违停查处。", "马副支队长"),
        },
        minutes="市城管局主办，五日内移除压占盲道的石墩并恢复盲道；市交警支队查处机动车驶上人行道。",
        task="移除石墩后加强巡查，查处机动车驶上人行道",
        law="《城市道路管理条例》；《无障碍环境建设法》",
        objection="石墩系交警部门设置，我局没有设置记录，移除费用和今后的管理责任没有明确，请予复议。",
    ),
    Disputed(
        register=WALL,
        caller={"name": "高女士", "phone": "13800005517"},
        days_ago=4,
        until=Until.ESCALATED,
        lead=CJJ,
        sides=(
            Side(CJJ, "挡土墙在小区规划红线边缘，建设资料显示属小区配套，应由房产部门督促维修。", "物业管理条例"),
            Side(FCJ, "挡土墙在红线以外，不属于物业共用部位，应由建设部门鉴定加固。", "《建筑法》；三定规定"),
        ),
        minutes="产权资料缺失，两家均无维修资金渠道，涉及学生通行安全，需市政府明确资金和责任单位。",
    ),
)
"""All of them. Units and places are a city's like Hefei; the people are invented."""
