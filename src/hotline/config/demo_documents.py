"""The demonstration's documents: issued, voided, waiting to be checked, signed, sealed, and a draft. By the commands
that the pages use, so that whoever tries the desk finds one at every step.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.oversight.documents.commands import do, draft
from hotline.registry.people.queries import actor_for, holders
from hotline.registry.units.queries import active_codes
from hotline.rules.documents import Deed, DocumentKind, Order
from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import CITY_TZ, Role

K = DocumentKind
HOUR: Final = timedelta(hours=1)
STEPS: Final = (Deed.SUBMIT, Deed.CHECK, Deed.SIGN, Deed.SEAL, Deed.ISSUE)
SIGNER: Final = "徐明"
WANTED: Final = ("CGJ", "STHJ", "GAJ", "JTJ", "RSJ", "FGJ")
REASON: Final = "附表数字有误，核对后重新印发。"


@dataclass(frozen=True)
class Text:
    """One document of the demonstration: how far it has come, days ago, and its words."""

    kind: DocumentKind
    days: int
    steps: int
    title: str
    body: str
    sent_to: str = ""
    voided: bool = False


TEXTS: Final = (
    Text(K.CIRCULAR, 40, 5, "关于上月热线工单办理情况的通报", "上月全市按时办结率有所提高，现将各单位办理情况通报如下。\n一、签收和首次联系总体及时。\n二、个别单位答复质量不高，被退回重办较多，请对照整改。", voided=True),
    Text(K.CIRCULAR, 38, 5, "关于上月热线工单办理情况的通报", "上月全市按时办结率有所提高，现将各单位办理情况通报如下。\n一、签收和首次联系总体及时。\n二、个别单位答复质量不高，被退回重办较多，请对照整改。\n三、请各单位于收到本通报五个工作日内报送整改情况。"),
    Text(K.ASSIGNMENT, 21, 5, "关于集中办理夜间施工噪声诉求的交办单", "近期夜间施工噪声诉求较多，现将有关工单集中交由你单位办理。\n请会同相关单位现场核查，依法处置，并逐件答复诉求人。"),
    Text(K.SPECIAL_REPORT, 14, 5, "关于供暖诉求的专报", "入冬以来，供暖诉求持续增加，主要集中在温度不达标和管网抢修。\n建议由主管部门统一公布抢修进度，并安排专人接听解释。", sent_to="市委、市政府"),
    Text(K.SUPERVISION_ORDER, 6, 4, "关于限期办结超期工单的督办单", "你单位有多件工单超过办理时限。\n请于收到本单三个工作日内办结，主要负责人签字后反馈。"),
    Text(K.CIRCULAR, 4, 3, "关于书面催办后仍未办理的通报批评", "有关单位收到书面催办后仍未办理，现予以通报批评。\n请立即办理，并说明原因。"),
    Text(K.ASSIGNMENT, 3, 2, "关于路灯不亮诉求的交办单", "现将近期路灯不亮诉求交由你单位办理，请逐一修复并答复。"),
    Text(K.SUPERVISION_ORDER, 2, 1, "关于占道经营反复诉求的督办单", "同一地点占道经营诉求反复出现。\n请制定长效措施，于一周内反馈。"),
    Text(K.SPECIAL_REPORT, 1, 0, "关于老旧小区加装电梯诉求的专报", "近期老旧小区加装电梯诉求增多，主要反映意见不统一和资金不足。", sent_to="市委、市政府"),
)  # fmt: skip


def papers(now: datetime) -> int:
    """All of them; how many. A city without the people who write and check has none."""
    day = now.astimezone(CITY_TZ).date()
    writers, leaders = holders(Role.SUPERVISOR, day), holders(Role.TEAM_LEADER, day)
    units = [code for code in WANTED if code in active_codes(day)] or sorted(active_codes(day))[:2]
    if not (writers and leaders):
        return 0
    people = (actor_for(writers[0], day), actor_for(leaders[0], day))
    for text in TEXTS:
        _written(text, units, people, now)
    return len(TEXTS)


def _written(text: Text, units: Sequence[str], people: tuple[Actor, Actor], now: datetime) -> None:
    writer, leader = people
    at = (now - timedelta(days=text.days)).astimezone(CITY_TZ).replace(hour=9)
    to = () if text.sent_to else units[:2]
    made = draft(
        kind=text.kind, title=text.title, body=text.body, recipients=to, copies=units[2:4], sent_to=text.sent_to,
        actor=writer, now=at,
    )  # fmt: skip
    if made.row is None:
        raise LookupError(made.refusals)
    last = (Deed.VOID,) if text.voided else ()
    for place, deed in enumerate((*STEPS[: text.steps], *last), start=1):
        moment = min(at + place * HOUR, now)
        order = Order(
            deed=deed, signer=SIGNER, signed_on=moment.astimezone(CITY_TZ).date(), prints=len(units) + 2, text=REASON
        )
        actor = leader if deed in {Deed.CHECK, Deed.SEAL} else writer
        done = do(made.row.pk, order=order, actor=actor, now=moment)
        if not done.ok:
            raise LookupError(done.refusals)
