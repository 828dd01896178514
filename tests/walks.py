"""The way of a ticket to every stage, as acts that are allowed one after the other: who does what, and how much later.

The cast walks these by commands, bulk writing by COPY.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from hotline.rules import acts
from hotline.rules.acts import Act
from hotline.rules.vocabulary import (
    CITY_TZ,
    CategoryCode,
    Channel,
    Contact,
    Rating,
    RegionCode,
    RequestType,
    Resolution,
    Stage,
    TicketNo,
    UnitCode,
)

OPENING = datetime(2026, 3, 17, 9, 30, tzinfo=CITY_TZ)
"""When walks begin: a Tuesday morning in office hours."""
STEP = timedelta(minutes=7)

DESK = {"CGJ": "cgj_handler", "STHJ": "sthj_handler", "LY": "ly_dispatcher"}
"""Who signs in, replies and returns for a lead unit."""

REGISTER = acts.Register(
    channel=Channel.PHONE,
    request_type=RequestType.COMPLAINT,
    category=CategoryCode("010103"),
    region=RegionCode("340103"),
    title="小区门口占道经营",
    content="长江中路小区门口每天早晨有摊贩占道经营，行人只能走机动车道，希望尽快清理。",
    demand="清理占道摊点",
    place="长江中路1号",
)


class Move(NamedTuple):
    """One step of a walk: who, what, and how long after the step before."""

    who: str
    act: Act
    after: timedelta = STEP


def walk(stage: Stage, *, lead: str = "CGJ", register: Mapping[str, Any] | None = None) -> list[Move]:
    """The way to a stage, as acts that are all allowed one after the other."""
    return list(_WALKS[stage](_Way(lead, replace(REGISTER, **(register or {})))))


@dataclass(frozen=True)
class _Way:
    """What the walks differ in: the lead unit and what was registered."""

    lead: str
    register: acts.Register

    @property
    def desk(self) -> str:
        return DESK[self.lead]

    def signer(self, rank: str) -> str:
        return f"{self.lead.lower()}_{rank}"

    @property
    def other(self) -> UnitCode:
        return UnitCode("STHJ" if self.lead != "STHJ" else "CGJ")


Moves = Iterator[Move]


def _draft(way: _Way) -> Moves:
    told = way.register
    yield Move(
        "citizen",
        acts.Submit(
            channel=Channel.WEB,
            request_type=told.request_type,
            region=told.region,
            title=told.title,
            content=told.content,
            place=told.place,
        ),
    )


def _registered(way: _Way) -> Moves:
    yield Move("agent", way.register)


def _not_accepted(way: _Way) -> Moves:
    yield from _registered(way)
    channel, why = "向有管辖权的人民法院提起诉讼", "当事人已经起诉，由法院审理。"
    yield Move("agent", acts.ProposeDecline(reason="litigation", legal_channel=channel, explanation=why))
    yield Move("team_leader", acts.ConfirmDecline())


def _answered(way: _Way) -> Moves:
    yield from _registered(way)
    yield Move("agent", acts.AnswerDirectly(reply="办理地点在政务服务中心二楼，工作日均可办理。"))


def _transferred(way: _Way) -> Moves:
    yield from _registered(way)
    yield Move("agent", acts.TransferEmergency(line="119", note="现场有明火"))


def _pending_dispatch(way: _Way) -> Moves:
    yield from _registered(way)
    yield Move("agent", acts.SendToDispatch(note="请核实归属"))


def _pending_sign(way: _Way) -> Moves:
    yield from _pending_dispatch(way)
    yield Move("dispatcher", acts.Dispatch(lead_unit=UnitCode(way.lead), note="请按期办理"))


def _return_requested(way: _Way) -> Moves:
    yield from _pending_sign(way)
    basis = "三定规定未列此项职责"
    yield Move(way.desk, acts.RequestReturn(reason="not_competent", legal_basis=basis, proposed_unit=way.other))
    yield Move(way.signer("deputy"), acts.SignOff())


def _dispute(way: _Way) -> Moves:
    yield from _pending_dispatch(way)
    yield Move("dispatcher", acts.MarkNoOwner(note="目录中没有承办单位"))


def _joint(way: _Way) -> Moves:
    yield from _dispute(way)
    members = (UnitCode(way.lead), way.other)
    yield Move("supervisor", acts.ConvenePanel(members=members, agenda="确定牵头单位"))


def _handling(way: _Way) -> Moves:
    yield from _pending_sign(way)
    yield Move(way.desk, acts.SignIn())


def _pending_sign_off(way: _Way) -> Moves:
    yield from _handling(way)
    yield Move(way.desk, acts.RecordFirstContact(note="已电话联系诉求人，约定上门时间"))
    yield Move(way.desk, replied())


def replied() -> acts.SubmitReply:
    """A unit's reply."""
    return acts.SubmitReply(
        resolution=Resolution.RESOLVED,
        reply="经现场核查，占道摊点已于当日全部清理，并安排早间巡查。",
        internal_note="当事人情绪平稳",
        legal_basis="《合肥市市容和环境卫生管理条例》",
    )


def _pending_review(way: _Way) -> Moves:
    yield from _pending_sign_off(way)
    yield Move(way.signer("section"), acts.SignOff(opinion="拟同意"))
    yield Move(way.signer("deputy"), acts.SignOff(opinion="同意"))


def _pending_callback(way: _Way) -> Moves:
    yield from _pending_review(way)
    yield Move("reviewer", acts.PassReview(grade="good", note="答复完整"))


def _pending_close(way: _Way) -> Moves:
    yield from _pending_callback(way)
    yield Move("callback_officer", acts.RecordAttempt(contact=Contact.NO_ANSWER), timedelta(hours=1))
    yield Move("callback_officer", dissatisfied(), timedelta(days=1))


def dissatisfied() -> acts.RecordCallback:
    """A citizen who is not content."""
    return acts.RecordCallback(
        responded=True,
        resolution=Resolution.UNRESOLVED,
        rating=Rating.DISSATISFIED,
        cause="unsolved",
        words="第二天摊贩又来了",
    )


def content() -> acts.RecordCallback:
    """A citizen who lets the matter rest."""
    return acts.RecordCallback(responded=True, resolution=Resolution.RESOLVED, rating=Rating.SATISFIED, words="谢谢")


def _rework(way: _Way) -> Moves:
    yield from _pending_close(way)
    yield Move("reviewer", acts.OrderRework(reason="问题没有解决，请重新办理"))


def _parked(way: _Way) -> Moves:
    yield from _handling(way)
    plan = "列入下年度改造计划"
    yield Move(
        way.signer("head"),
        acts.ProposePark(
            cause="planning",
            plan=plan,
            responsible="建设科科长 赵工",
            finish_on=OPENING.date() + timedelta(days=270),
            review_on=OPENING.date() + timedelta(days=90),
        ),
    )
    yield Move("supervisor", acts.ConfirmPark(note="同意挂账"))


def _closed(way: _Way) -> Moves:
    yield from _pending_callback(way)
    yield Move("callback_officer", content(), timedelta(hours=1))


def _merged(way: _Way) -> Moves:
    yield from _registered(way)
    yield Move("agent", acts.Merge(master=TicketNo(""), note="同一事项"))


def _voided(way: _Way) -> Moves:
    yield from _registered(way)
    yield Move("agent", acts.ProposeVoid(reason="duplicate", note="重复录入"))
    yield Move("team_leader", acts.ConfirmVoid())


def _archived(way: _Way) -> Moves:
    yield from _closed(way)
    yield Move("system", acts.Archive(), timedelta(days=40))


_WALKS = {
    Stage.DRAFT: _draft,
    Stage.REGISTERED: _registered,
    Stage.NOT_ACCEPTED: _not_accepted,
    Stage.ANSWERED_DIRECTLY: _answered,
    Stage.TRANSFERRED: _transferred,
    Stage.PENDING_DISPATCH: _pending_dispatch,
    Stage.PENDING_SIGN: _pending_sign,
    Stage.RETURN_REQUESTED: _return_requested,
    Stage.JURISDICTION_DISPUTE: _dispute,
    Stage.JOINT_HANDLING: _joint,
    Stage.HANDLING: _handling,
    Stage.PENDING_SIGN_OFF: _pending_sign_off,
    Stage.PENDING_REVIEW: _pending_review,
    Stage.PENDING_CALLBACK: _pending_callback,
    Stage.PENDING_CLOSE: _pending_close,
    Stage.REWORK: _rework,
    Stage.PARKED: _parked,
    Stage.CLOSED: _closed,
    Stage.MERGED: _merged,
    Stage.VOIDED: _voided,
    Stage.ARCHIVED: _archived,
}
WALKABLE = tuple(_WALKS)
"""Every stage a ticket can stand in."""
