"""The demonstration's leaders and their instructions: one at every step, one of them late. By the commands that the
pages use, so that whoever tries the desk finds each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.oversight.instructions.commands import Done, do, receive
from hotline.oversight.instructions.leaders import add
from hotline.oversight.instructions.limits import due_from
from hotline.registry.people.queries import actor_for, holders
from hotline.registry.units.queries import active_codes
from hotline.rules.instructions import Deed, Order, Outcome
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.vocabulary import CITY_TZ, Role, Stage, UnitCode
from hotline.tickets.queries import TicketFilter, tickets

HOUR: Final = timedelta(hours=1)
LEADERS: Final = (("方志诚", "市长"), ("韦立群", "常务副市长"), ("唐晓岚", "副市长"))
WANTED: Final = ("CGJ", "STHJ", "GAJ", "JTJ", "RSJ", "FGJ")
"""Units of Hefei that are asked, as far as a city has them."""
SAID: Final = {
    Deed.REPORT: "已逐件核查，依法处理，并向诉求人说明。",
    Deed.PRESENT: "已书面报告办理情况。",
    Deed.STRIKE_OFF: "领导已阅，同意办结。",
}
STEPS: Final = (Deed.PROPOSE, Deed.AGREE, Deed.DISTRIBUTE, Deed.REPORT, Deed.ACCEPT, Deed.PRESENT, Deed.STRIKE_OFF)


@dataclass(frozen=True)
class Text:
    """One instruction of the demonstration: how many days ago, how far it has come, and its words."""

    days: int
    steps: int
    workdays: int
    words: str
    proposal: str
    ask: str
    linked: bool = False


TEXTS: Final = (
    Text(30, 7, 10, "夜间施工扰民反映集中，请主管部门拿出管用办法。", "拟请主管部门逐个工地核查夜间施工许可。", "请核查夜间施工许可，依法处置无证施工。"),
    Text(20, 6, 8, "供暖问题事关群众冷暖，务必逐户核实。", "拟请主管部门会同供热企业逐户测温。", "请逐户测温，列出不达标住户和整改时间。"),
    Text(12, 4, 15, "路口积水多年未解决，请研究根治。", "拟请主管部门提出改造方案和工期。", "请提出积水点改造方案、资金和工期。", linked=True),
    Text(10, 3, 5, "欠薪问题不能拖，节前要有结果。", "拟请主管部门约谈用工单位。", "请约谈用工单位，督促支付。"),
    Text(4, 2, 10, "请关注老旧小区电梯困人，举一反三。", "拟请主管部门开展电梯安全排查。", ""),
    Text(2, 1, 6, "占道经营要疏堵结合，请提建议。", "拟请主管部门划定临时摊点。", ""),
    Text(1, 0, 6, "公交线路调整要多听群众意见。", "", "", linked=True),
)  # fmt: skip


def instructions(now: datetime) -> int:
    """All of them; how many. A city without the people who handle them has none."""
    day = now.astimezone(CITY_TZ).date()
    writers, checkers = holders(Role.SUPERVISOR, day), holders(Role.TEAM_LEADER, day)
    directors = holders(Role.DIRECTOR, day)
    if not (writers and checkers):
        return 0
    office = (actor_for(writers[0], day), actor_for(checkers[0], day))
    leaders = [str(_leader(place, name, position)) for place, (name, position) in enumerate(LEADERS, start=1)]
    units = list(_units(now))
    open_ones = iter(_tickets(office[0]))
    named = frozenset({str(checkers[0].pk), *(str(one.pk) for one in directors[:1])})
    for place, text in enumerate(TEXTS):
        linked = frozenset({next(open_ones, "")} if text.linked else ()) - {""}
        row = _received(text, leaders[place % len(leaders)], named, linked, office[0], now)
        _walked(text, row, units[place % len(units)] if units else None, office, now)
    return len(TEXTS)


def _leader(place: int, name: str, position: str) -> int:
    kept = add(name=name, position=position, order=place * 10, valid_from=None)
    if kept.leader is None:
        raise LookupError(kept.refusals)
    return kept.leader.pk


def _units(now: datetime) -> Iterator[tuple[UnitCode, Actor]]:
    """Units with somebody who reports for them."""
    day = now.astimezone(CITY_TZ).date()
    known = active_codes(day)
    for code in WANTED:
        people = holders(Role.UNIT_HANDLER, day, unit=code) if code in known else []
        if people:
            yield UnitCode(code), actor_for(people[0], day)


def _tickets(actor: Actor) -> Sequence[str]:
    """Open tickets that a unit has."""
    where = TicketFilter(stages=(Stage.HANDLING.value,), order="newest")
    return [row.number for row in tickets(where=where, actor=actor, limit=4).rows]


def _begun(text: Text, now: datetime) -> datetime:
    return min((now - timedelta(days=text.days)).astimezone(CITY_TZ).replace(hour=9, minute=0), now)


def _received(
    text: Text, leader: str, named: frozenset[str], linked: frozenset[str], writer: Actor, now: datetime
) -> int:
    at = now if linked else _begun(text, now)
    order = Order(
        deed=Deed.RECEIVE,
        leader=leader,
        given_on=at.astimezone(CITY_TZ).date(),
        due_at=due_from(at, workdays=text.workdays),
        readers=named,
        tickets=linked,
        text=text.words,
    )
    return _pk(receive(order, actor=writer, now=at))


def _walked(
    text: Text, row: int, unit: tuple[UnitCode, Actor] | None, office: tuple[Actor, Actor], now: datetime
) -> None:
    """As many steps as it has come; without a unit that could report it stays in the office."""
    begun = now if text.linked else _begun(text, now)
    for place, deed in enumerate(STEPS[: text.steps if unit else min(text.steps, 2)], start=1):
        at = min(begun + place * HOUR, now)
        code, reporting = unit or (UnitCode(""), SYSTEM)
        actor = {Deed.AGREE: office[1], Deed.STRIKE_OFF: office[1], Deed.REPORT: reporting}.get(deed, office[0])
        order = Order(
            deed=deed,
            asks={code: due_from(at, workdays=max(1, text.workdays - 3))} if deed is Deed.DISTRIBUTE else {},
            words={code: text.ask},
            unit=code or None,
            presented_on=at.astimezone(CITY_TZ).date(),
            outcome=Outcome.RESOLVED,
            text=text.proposal if deed is Deed.PROPOSE else SAID.get(deed, ""),
        )
        _pk(do(row, order=order, actor=actor, now=at))


def _pk(done: Done) -> int:
    if not done.ok or done.row is None:
        raise LookupError(done.refusals)
    return done.row.pk
