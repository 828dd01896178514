"""What the demonstration's units have quarrelled about and what became of it: invented texts for a city like Hefei."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hotline.rules import acts as a
from hotline.rules.vocabulary import CategoryCode, Channel, RegionCode, RequestType, UnitCode


@dataclass(frozen=True)
class Claim:
    """One side: why it is not its job."""

    unit: UnitCode
    says: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class Quarrel:
    """One matter from the call to the precedent. `first` has returned it first, and was ruled to lead.

    `left` are the days until the precedent ends; `challenged_at` says after how much of the time since, in hundredths.
    """

    register: a.Register
    first: Claim
    second: Claim
    agenda: str
    opinion: str
    minutes: str
    task: str
    law: str
    done: str
    answer: str
    cells: dict[str, str]
    days_ago: int
    left: int
    agreed: bool = True
    challenge: str = ""
    withdrawal: str = ""
    challenged_at: int = 67

    @property
    def lead(self) -> Claim:
        """Who was ruled to lead."""
        return self.first

    @property
    def helper(self) -> Claim:
        """Who was given a task beside the lead."""
        return self.second


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


CGJ, JTJ, CJJ, FCJ, JJZD, XFZD = (UnitCode(code) for code in ("CGJ", "JTJ", "CJJ", "FCJ", "JJZD", "XFZD"))

ROAD: Final = Quarrel(
    register=_call(
        "010204",
        "340111",
        title="小区外配套道路坑洼，一直没人修",
        content="小区东门外的配套道路坑洼不平，雨天积水，老人摔倒过两次。道路是开发商修的，听说没有移交，哪家都说不归自己管。",
        demand="尽快修补路面",
        place="徽州大道与扬子江路交口东侧支路",
    ),
    first=Claim(CJJ, "该路未办理移交，不在市政养护名录内，应由房产部门督促开发企业维护。", "城市道路管理条例"),
    second=Claim(FCJ, "该路在小区红线以外，属城市道路，养护不在我局职责范围。", "物业管理条例；三定规定"),
    agenda="小区外配套道路未移交期间由谁组织养护",
    opinion="未移交的配套道路按城市道路管理，由建设部门组织应急养护，房产部门督促开发企业办理移交。",
    minutes="市城乡建设局主办，先行修补，费用另行结算；市房产局督促开发企业三个月内办理移交。",
    task="督促开发企业办理道路移交",
    law="《城市道路管理条例》；部门三定规定",
    done="已约谈开发企业，移交资料已报送。",
    answer="经现场核查，破损路面已于三日内修补完毕，道路移交手续正在办理。",
    cells={
        "title": "小区外配套道路破损（未移交）",
        "words": "配套道路、没有移交、未移交；坑、破损、积水、塌陷",
        "co_units": "协办:市房产局（督促开发企业办理道路移交）",
    },
    days_ago=52,
    left=670,
    challenge="全市未移交道路已于本月统一接收，养护由各县区负责，本先例的前提不再存在，请予复核。",
    withdrawal="未移交道路已由市政府统一接收，职责清楚，今后按派单目录派单。",
)
LOCKS: Final = Quarrel(
    register=_call(
        "010202",
        "340103",
        title="沿街商铺在公共道路上私装地锁",
        content="阜阳路沿街几家商铺在人行道和路边公共车位上私装地锁，别人停车就来骂人，打过几次电话都说不归自己管。",
        demand="拆除地锁，恢复公共车位",
        place="阜阳路与寿春路交口北侧",
    ),
    first=Claim(CGJ, "路边公共车位由交警施划和管理，我局无权处理车位上的设施。", "道路交通安全法；三定规定"),
    second=Claim(JJZD, "地锁属擅自占用城市道路，应由城管部门查处。", "城市道路管理条例"),
    agenda="沿街商铺私装地锁由谁拆除",
    opinion="私装地锁属擅自占用城市道路，由城管部门主办；涉及施划车位的，交警部门配合疏导和核对。",
    minutes="市城管局主办，责令限期拆除，逾期代为拆除；市交警支队到场维持秩序。先试行，到期再议。",
    task="拆除时到场疏导，核对车位施划情况",
    law="《城市道路管理条例》第二十七条；部门三定规定",
    done="已到场疏导，车位编号已核对。",
    answer="经现场核查，四处私装地锁已全部拆除，公共车位恢复使用。",
    cells={
        "title": "沿街商铺私装地锁",
        "words": "地锁；商铺、沿街、门面；车位、道路、人行道",
        "co_units": "协办:市交警支队（拆除时到场疏导，核对车位施划情况）",
        "note": "试行，到期前由主办单位提出是否续期",
    },
    days_ago=46,
    left=18,
)
BIKES: Final = Quarrel(
    register=_call(
        "010202",
        "340104",
        title="地铁口共享单车堆满盲道",
        content="地铁口外的共享单车堆了两三层，盲道和人行道都被占了，早晚高峰根本走不过去，企业电话打不通。",
        demand="清运单车，恢复盲道",
        place="地铁2号线三里庵站C口",
    ),
    first=Claim(CGJ, "共享单车投放过量是根源，投放由交通运输部门管理。", "交运发〔2017〕109号"),
    second=Claim(JTJ, "停放秩序由城市管理部门负责，我局只管行业和投放。", "交运发〔2017〕109号"),
    agenda="共享单车占用盲道由谁牵头清运",
    opinion="停放秩序由城市管理部门主办，投放过量的由交通运输部门约谈企业、核减数量。",
    minutes="市城管局主办，两小时内组织清运；同一点位反复出现的，市交通运输局约谈运营企业并核减投放。",
    task="约谈运营企业，督促清运并核减投放",
    law="《关于鼓励和规范互联网租赁自行车发展的指导意见》（交运发〔2017〕109号）",
    done="已约谈两家企业，本周核减投放三百辆。",
    answer="经现场核查，占道单车已清运，盲道恢复通行，每日早晚高峰安排巡查。",
    cells={
        "title": "共享单车占用盲道、人行道",
        "words": "共享单车、单车；盲道、人行道、地铁口；堆、占、乱停",
        "co_units": "协办:市交通运输局（约谈运营企业，督促清运并核减投放）",
    },
    days_ago=30,
    left=700,
    challenge="近三周派到我局的单车工单一半以上是投放过量引起的，清运以后第二天又堆满。请明确投放过量的由交通运输部门主办。",
    challenged_at=83,
)
CHARGING: Final = Quarrel(
    register=_call(
        "010211",
        "340102",
        title="楼道里停满电动车，拉线充电",
        content="我们单元楼道里停了七八辆电动车，从家里拉线下来充电，物业劝了不听，晚上都不敢睡，怕着火。",
        demand="清理楼道，禁止飞线充电",
        place="临泉路某小区8栋2单元",
    ),
    first=Claim(XFZD, "住宅区日常巡查由物业负责，房产部门督促，我队负责执法。", "高层民用建筑消防安全管理规定"),
    second=Claim(FCJ, "楼道停放充电属消防违法，我局没有处罚权。", "消防法；三定规定"),
    agenda="楼道停放电动车充电由谁主办",
    opinion="消防违法由消防救援机构主办，物业履职由房产部门督促。",
    minutes="市消防救援支队主办，现场责令改正，拒不改正的依法处罚；市房产局督促物业每日巡查、及时报告。",
    task="督促物业每日巡查，制止不了的及时报告",
    law="《消防法》第二十八条；《高层民用建筑消防安全管理规定》第三十七条",
    done="已督促物业安排每日两次巡查。",
    answer="经现场核查，楼道内电动车已全部清出，三户飞线已拆除，物业增设集中充电棚。",
    cells={
        "title": "楼道停放电动车、飞线充电",
        "words": "楼道、楼梯间、单元门厅；电动车、电瓶车；充电、飞线",
        "co_units": "协办:市房产局（督促物业每日巡查，制止不了的及时报告）",
    },
    days_ago=4,
    left=720,
    agreed=False,
)
FOLLOWED: Final = (ROAD, LOCKS, BIKES, CHARGING)
"""Disputed long ago first; the night's noise comes by itself."""

NOISE_WORDS: Final[Mapping[str, str]] = {
    "title": "夜间施工噪声",
    "words": "施工、工地、浇筑、打桩；半夜、夜里、夜间、凌晨、深夜；吵、睡、扰民、噪声",
    "without": "装修、电钻、抢修、抢险",
    "co_units": "协办:市城管局（对移送的违法施工立案处罚，结果反馈主办单位｜查实违法）",
    "note": "有夜间施工证明的，主办单位核对后告知诉求人",
}
NOISE_AGAIN: Final = (
    _call(
        "040103",
        "340111",
        title="工地凌晨还在打桩",
        content="滨湖这边的工地连着几天凌晨一两点还在打桩，窗户关上都没用，孩子睡不了觉，请管一管。",
        demand="夜间停止施工",
        place="紫云路与庐州大道交口工地",
    ),
    _call(
        "040103",
        "340103",
        title="夜里施工，混凝土车进进出出",
        content="小区后面的工地夜里十一点以后开始浇筑，混凝土车进进出出，吵到三四点，已经一个星期了。",
        demand="制止夜间施工",
        place="北一环与阜阳路交口工地",
    ),
    _call(
        "040103",
        "340102",
        title="半夜工地卸钢筋，吵醒整栋楼",
        content="昨天半夜工地卸钢筋，咣当咣当响，整栋楼都被吵醒，打工地电话没人接。",
        demand="查处夜间施工",
        place="铜陵路与郎溪路之间工地",
    ),
)
