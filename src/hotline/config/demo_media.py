"""The demonstration's partner media and handovers: one at every step from the proposal to the end, by the commands
that the pages use.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from hotline.oversight.supervision.media.commands import do, propose
from hotline.oversight.supervision.media.partners import Partner, save
from hotline.registry.people.queries import actor_for, holders
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.media import Deed, Follow, MediumKind, Order
from hotline.rules.supervision.states import Outcome
from hotline.rules.vocabulary import AT_UNIT, CITY_TZ, Flag, RequestType, Role, UnitCode
from hotline.tickets.queries import TicketFilter, TicketRow, tickets

PARTNERS: Final = (
    Partner(name="合肥晚报", kind=MediumKind.NEWSPAPER, contact="热线版", phone="0551-62600001"),
    Partner(name="合肥广播电视台", kind=MediumKind.TELEVISION, contact="民生栏目组", phone="0551-62600002"),
    Partner(name="合肥新闻网", kind=MediumKind.WEBSITE, contact="互动部", phone="0551-62600003"),
    Partner(name="合肥故事广播", kind=MediumKind.RADIO, contact="新闻部", phone="0551-62600004", on=False),
)
TOLD: Final = (
    "路口早高峰摊贩占道，行人只能走机动车道，多名市民反映。有关部门已到场，请关注后续整治。",
    "小区周边夜间施工噪声扰民，居民希望公布施工时段。请记者到场了解，相关单位将公开答复。",
    "老旧小区路灯长期不亮，夜间出行不便。请报道维修进展，督促相关单位限期修复。",
    "河道边垃圾清理不及时，异味明显。请跟踪报道清理情况。",
    "公交站台拆除后没有告示，市民候车不便。请了解重建时间。",
    "店铺油烟直排，周边居民多次反映。请关注治理情况。",
)
GROUNDS: Final = "同类诉求反复出现，社会关注度高，移交合作媒体公开督办。"
ANSWER: Final = "经核实情况属实。我单位已组织整改，月底前完成，期间每周公布进展，欢迎市民监督。"
WAY: Final = (Deed.AGREE, Deed.ANSWER, Deed.PUBLISH, Deed.RELEASE, Deed.FOLLOW_UP, Deed.CLOSE)
STEPS: Final = ((0, 1), (1, 4), (2, 8), (3, 10), (5, 24), (6, 38))
"""How many of these steps each has come, and how many days ago it began."""
HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Play:
    """Who acts, and the present moment."""

    supervisor: Actor
    leader: Actor
    now: datetime


def handovers(now: datetime) -> int:
    """All of them; how many. A city without the people who write and agree has none."""
    day = now.astimezone(CITY_TZ).date()
    writers, leaders = holders(Role.SUPERVISOR, day), holders(Role.TEAM_LEADER, day)
    if not (writers and leaders):
        return 0
    play = Play(actor_for(writers[0], day), actor_for(leaders[0], day), now)
    media = [save(said, actor=play.supervisor, now=now).row for said in PARTNERS]
    made = 0
    for place, (row, (steps, days)) in enumerate(zip(_tickets(len(STEPS)), STEPS, strict=False)):
        medium = media[place % 3]
        if medium is not None:
            _handed(play, row, (str(medium.pk), TOLD[place]), steps, now - timedelta(days=days))
            made += 1
    return made


def _tickets(most: int) -> Iterator[TicketRow]:
    """Tickets that some unit works on and that may be handed over."""
    where = TicketFilter(stages=tuple(sorted(stage.value for stage in AT_UNIT)))
    found = tickets(actor=SYSTEM, where=where, limit=most * 20).rows
    fits = (
        row
        for row in found
        if row.lead_unit and Flag.CONFIDENTIAL.value not in row.flags and row.request_type != RequestType.REPORT.value
    )
    return islice(fits, most)


def _handed(play: Play, row: TicketRow, said: tuple[str, str], steps: int, begun: datetime) -> None:
    medium, told = said
    at = begun.astimezone(CITY_TZ).replace(hour=9, minute=20)
    order = Order(deed=Deed.PROPOSE, medium=medium, tickets=(row.number,), hand_on=at.date(), title=told, text=GROUNDS)
    made = propose(order, actor=play.supervisor, now=min(at, play.now))
    if made.row is None:
        raise LookupError(made.refusals)
    unit = UnitCode(row.lead_unit)
    clerk = Actor(id="system", roles=frozenset({Role.UNIT_HANDLER}), unit=unit, covers=frozenset({unit}))
    for place, deed in enumerate(WAY[:steps], start=1):
        moment = min(at + place * 20 * HOUR, play.now)
        actor = {Deed.ANSWER: clerk, Deed.AGREE: play.leader, Deed.RELEASE: play.leader}.get(deed, play.supervisor)
        done = do(made.row.pk, order=_order(deed, unit, moment), actor=actor, now=moment)
        if not done.ok:
            raise LookupError(done.refusals)


def _order(deed: Deed, unit: UnitCode, at: datetime) -> Order:
    words = {Deed.ANSWER: ANSWER, Deed.PUBLISH: "https://example.com/minsheng/20260912", Deed.CLOSE: "整改到位。"}
    return Order(
        deed=deed,
        unit=unit,
        on=at.astimezone(CITY_TZ).date(),
        follow=Follow.VISIT,
        outcome=Outcome.RESOLVED,
        title="市民反映的问题有了回音" if deed is Deed.PUBLISH else "",
        text=words.get(deed, "现场回看，问题已整改，周边市民认可。"),
    )
