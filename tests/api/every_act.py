"""Every act that staff can do on a ticket, each in a scene where it may be done: who, and what was done before."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from hotline.rules import acts
from hotline.rules.acts import Act
from hotline.rules.vocabulary import (
    CITY_TZ,
    CategoryCode,
    Contact,
    Finding,
    Flag,
    RegionCode,
    RequestType,
    Stage,
    TicketNo,
    UnitCode,
    Urgency,
)
from tests.cast import Cast, Ticket
from tests.stages.joint import panels
from tests.walks import OPENING, REGISTER, STEP, content, replied

CGJ, STHJ, STREET = UnitCode("CGJ"), UnitCode("STHJ"), UnitCode("LY-SXK")


class Did(NamedTuple):
    """What somebody did before, and how long after what went before that."""

    who: str
    act: Act
    after: timedelta = STEP


@dataclass(frozen=True)
class Scene:
    """A ticket brought to a stage, what was done there, and the act with who does it."""

    stage: Stage
    who: str
    act: Act
    before: tuple[Did, ...] = ()
    lead: str = "CGJ"

    def prepared(self, cast: Cast) -> Ticket:
        """A ticket on which the act may be done. What is done on a dispute's file needs the file brought so far."""
        if isinstance(self.act, acts.ConvenePanel):
            panels.convened(cast)
        if isinstance(self.act, acts.RuleJointly):
            return panels.ready_to_rule(cast, lead=CGJ, helper=STHJ)
        ticket = cast.ticket_at(self.stage, lead=self.lead)
        for did in self.before:
            ticket = cast.do(ticket, did.who, did.act, at=ticket.at + did.after)
        return ticket


ASKS_EXTENSION = acts.RequestExtension(days=5, reason="expert", explanation="需要检测", legal_basis="检测规程")
PAUSES = acts.Pause(reason="awaiting_appraisal", evidence="委托书")
PARKS = acts.ProposePark(
    cause="funds",
    plan="列入明年计划",
    responsible="工程科科长 周工",
    finish_on=(OPENING + timedelta(days=270)).date(),
    review_on=(OPENING + timedelta(days=90)).date(),
)
DECLINES = acts.ProposeDecline(reason="litigation", legal_channel="人民法院", explanation="应当诉讼解决")
VOIDS = acts.ProposeVoid(reason="duplicate", note="重复录入")
DELEGATES = acts.Delegate(to_unit=STREET, due_at=datetime(2026, 3, 19, 17, 30, tzinfo=CITY_TZ), note="请现场处置")
RULES = acts.RuleJointly(lead_unit=CGJ, co_units=(STHJ,), legal_basis="会议纪要", finding="由城管牵头", reusable=True)
PENALTY = acts.OpenTask(unit=STHJ, task="查实违法的，依法处罚", days=5, after=Finding.VIOLATION)
ASKED_TO_MONITOR = (Did("dispatcher", acts.OpenTask(unit=STHJ, task="监测")),)
NOT_OURS = acts.RequestTaskReturn(reason="not_competent", legal_basis="三定方案", evidence="附件", proposed_unit=CGJ)
UNWANTED = (*ASKED_TO_MONITOR, Did("sthj_handler", NOT_OURS))
MONITORED = acts.ReportCoTask(reply="已监测")
GIVEN_DOWN = (Did("ly_dispatcher", DELEGATES), Did("street_handler", acts.SignInDelegated()))
REPORTED = (*GIVEN_DOWN, Did("street_handler", acts.SubmitInnerReply(reply="已清理")))
PHONED = (Did("dispatcher", acts.HandOverByPhone(lead_unit=CGJ, note="请立即到场")),)
NOT_REACHED = acts.RecordAttempt(contact=Contact.NO_ANSWER)
TRIED = (Did("callback_officer", NOT_REACHED, timedelta(days=1)),) * 3

SCENES: dict[str, Scene] = {
    scene.act.name: scene
    for scene in (
        # intake
        Scene(Stage.DRAFT, "agent", REGISTER),
        Scene(Stage.REGISTERED, "agent", acts.AnswerDirectly(reply="在二楼办理。")),
        Scene(Stage.REGISTERED, "agent", DECLINES),
        Scene(Stage.REGISTERED, "team_leader", acts.ConfirmDecline(), (Did("agent", DECLINES),)),
        Scene(Stage.REGISTERED, "team_leader", acts.RejectDecline(note="可以受理"), (Did("agent", DECLINES),)),
        Scene(Stage.REGISTERED, "agent", acts.TransferEmergency(line="119", note="有明火")),
        Scene(Stage.REGISTERED, "agent", acts.SendToDispatch(note="请核实")),
        # upkeep
        Scene(Stage.HANDLING, "agent", acts.AddFacts(facts="又来了两个摊点")),
        Scene(Stage.REGISTERED, "agent", acts.WriteBrief(for_unit="小区门口占道经营")),
        Scene(Stage.HANDLING, "agent", acts.Urge(note="请尽快", by_citizen=True)),
        Scene(
            Stage.HANDLING,
            "dispatcher",
            acts.Classify(
                request_type=RequestType.HELP,
                category=CategoryCode("010103"),
                urgency=Urgency.URGENT,
                region=RegionCode("340103"),
                reason="现场情况紧急",
            ),
        ),
        Scene(Stage.HANDLING, "dispatcher", acts.MarkTicket(flag=Flag.KEY, note="领导关注")),
        Scene(
            Stage.HANDLING,
            "dispatcher",
            acts.UnmarkTicket(flag=Flag.KEY, note="误设"),
            (Did("dispatcher", acts.MarkTicket(flag=Flag.KEY)),),
        ),
        Scene(Stage.HANDLING, "dispatcher", acts.TagTicket(tag="flood", note="积水")),
        Scene(
            Stage.HANDLING,
            "dispatcher",
            acts.UntagTicket(tag="flood", note="误加"),
            (Did("dispatcher", acts.TagTicket(tag="flood")),),
        ),
        Scene(Stage.HANDLING, "agent", acts.Withdraw(note="诉求人来电撤诉")),
        Scene(Stage.REGISTERED, "agent", acts.Merge(master=TicketNo(""), note="同一事项")),
        Scene(Stage.HANDLING, "agent", VOIDS),
        Scene(Stage.HANDLING, "team_leader", acts.ConfirmVoid(), (Did("agent", VOIDS),)),
        Scene(Stage.HANDLING, "team_leader", acts.RejectVoid(note="不是重复件"), (Did("agent", VOIDS),)),
        # dispatch
        Scene(
            Stage.PENDING_DISPATCH,
            "dispatcher",
            acts.Dispatch(lead_unit=CGJ, co_units=(STHJ,), basis="职责清单", note="请按期办理"),
        ),
        Scene(Stage.PENDING_DISPATCH, "dispatcher", acts.HandOverByPhone(lead_unit=CGJ, note="请立即到场")),
        Scene(Stage.PENDING_DISPATCH, "cgj_handler", acts.FeedBackByPhone(note="已在途中"), PHONED),
        Scene(Stage.HANDLING, "dispatcher", acts.Reassign(lead_unit=STHJ, co_units=(CGJ,), reason="属环保职责")),
        Scene(Stage.RETURN_REQUESTED, "dispatcher", acts.AcceptReturn(finding="确不属其职责")),
        Scene(Stage.RETURN_REQUESTED, "dispatcher", acts.RejectReturn(finding="属其职责")),
        Scene(Stage.PENDING_DISPATCH, "dispatcher", acts.MarkNoOwner(note="目录中没有承办单位")),
        # handling
        Scene(Stage.PENDING_SIGN, "cgj_handler", acts.SignIn()),
        Scene(
            Stage.PENDING_SIGN,
            "cgj_handler",
            acts.RequestReturn(reason="not_competent", legal_basis="三定规定", evidence="附件", proposed_unit=STHJ),
        ),
        Scene(Stage.HANDLING, "cgj_handler", acts.RecordFirstContact(note="已联系")),
        Scene(Stage.HANDLING, "cgj_handler", acts.RecordProgress(note="已到现场")),
        Scene(
            Stage.PENDING_DISPATCH,
            "sthj_handler",
            acts.ReportCoTask(reply="已监测，噪声超标。"),
            (Did("dispatcher", acts.Dispatch(lead_unit=CGJ, co_units=(STHJ,))),),
        ),
        Scene(Stage.HANDLING, "dispatcher", PENALTY),
        Scene(Stage.HANDLING, "dispatcher", acts.CloseTask(unit=STHJ, reason="撤销"), (Did("dispatcher", PENALTY),)),
        Scene(
            Stage.HANDLING,
            "cgj_handler",
            acts.RecordFinding(found=Finding.VIOLATION, note="超标"),
            (Did("dispatcher", PENALTY),),
        ),
        Scene(
            Stage.HANDLING,
            "cgj_handler",
            acts.ReturnTask(unit=STHJ, reason="缺监测报告"),
            (Did("dispatcher", acts.OpenTask(unit=STHJ, task="监测")), Did("sthj_handler", MONITORED)),
        ),
        Scene(Stage.HANDLING, "sthj_handler", NOT_OURS, ASKED_TO_MONITOR),
        Scene(Stage.HANDLING, "dispatcher", acts.AcceptTaskReturn(finding="属城管职责"), UNWANTED),
        Scene(Stage.HANDLING, "dispatcher", acts.RejectTaskReturn(finding="属环保职责"), UNWANTED),
        Scene(Stage.HANDLING, "ly_dispatcher", DELEGATES, lead="LY"),
        Scene(Stage.HANDLING, "street_handler", acts.SignInDelegated(), GIVEN_DOWN[:1], lead="LY"),
        Scene(Stage.HANDLING, "street_handler", acts.SubmitInnerReply(reply="已清理"), GIVEN_DOWN, lead="LY"),
        Scene(Stage.HANDLING, "ly_dispatcher", acts.SendBackInnerReply(reason="缺照片"), REPORTED, lead="LY"),
        Scene(Stage.HANDLING, "ly_dispatcher", acts.RecallDelegation(reason="由区直接办"), GIVEN_DOWN, lead="LY"),
        Scene(Stage.HANDLING, "cgj_handler", ASKS_EXTENSION),
        Scene(
            Stage.HANDLING,
            "dispatcher",
            acts.GrantExtension(days=3, note="同意"),
            (Did("cgj_deputy", ASKS_EXTENSION),),
        ),
        Scene(
            Stage.HANDLING, "dispatcher", acts.RefuseExtension(note="理由不足"), (Did("cgj_deputy", ASKS_EXTENSION),)
        ),
        Scene(Stage.HANDLING, "dispatcher", PAUSES),
        Scene(Stage.HANDLING, "dispatcher", acts.Resume(note="鉴定已完成"), (Did("dispatcher", PAUSES),)),
        Scene(Stage.HANDLING, "cgj_handler", acts.ReplyInStages(reply="正在整治")),
        Scene(Stage.HANDLING, "cgj_handler", replied()),
        Scene(Stage.PENDING_SIGN_OFF, "cgj_section", acts.SignOff(opinion="拟同意")),
        Scene(Stage.PENDING_SIGN_OFF, "cgj_section", acts.ReviseReply(reason="依据不全")),
        Scene(
            Stage.HANDLING,
            "cgj_section",
            acts.RefuseRequest(reason="可以按期办完"),
            (Did("cgj_handler", ASKS_EXTENSION),),
        ),
        Scene(Stage.HANDLING, "cgj_head", PARKS),
        Scene(Stage.HANDLING, "supervisor", acts.ConfirmPark(note="同意挂账"), (Did("cgj_head", PARKS),)),
        Scene(Stage.HANDLING, "supervisor", acts.RejectPark(note="应当解决"), (Did("cgj_head", PARKS),)),
        Scene(Stage.PARKED, "supervisor", acts.StrikeOff(note="资金已到位")),
        # joint handling
        Scene(
            Stage.JURISDICTION_DISPUTE, "dispatcher", acts.Mediate(lead_unit=CGJ, co_units=(STHJ,), finding="双方同意")
        ),
        Scene(Stage.JURISDICTION_DISPUTE, "supervisor", acts.RuleProvisionally(lead_unit=CGJ, finding="先行处置")),
        Scene(Stage.JURISDICTION_DISPUTE, "supervisor", acts.ConvenePanel(members=(CGJ, STHJ), agenda="确定牵头单位")),
        Scene(Stage.JOINT_HANDLING, "supervisor", RULES),
        Scene(
            Stage.JOINT_HANDLING,
            "cgj_handler",
            acts.ObjectToRuling(reason="职责不符", legal_basis="三定规定"),
            (Did("supervisor", RULES),),
        ),
        Scene(Stage.JURISDICTION_DISPUTE, "supervisor", acts.EscalateDispute(reason="久议不决")),
        # review
        Scene(Stage.PENDING_REVIEW, "reviewer", acts.PassReview(grade="good", note="答复完整")),
        Scene(Stage.PENDING_REVIEW, "reviewer", acts.SendBack(failed=("answers_request",), reason="没有答复诉求")),
        # callback
        Scene(
            Stage.PENDING_CALLBACK, "callback_officer", acts.RecordAttempt(contact=Contact.NO_ANSWER, note="无人接听")
        ),
        Scene(Stage.PENDING_CALLBACK, "callback_officer", content()),
        Scene(Stage.PENDING_CALLBACK, "callback_officer", acts.CloseUnreached(note="多次未接通"), TRIED),
        Scene(
            Stage.PENDING_CALLBACK,
            "callback_officer",
            acts.CloseWithoutCallback(reason="declined", note="已核实"),
            (Did("callback_officer", acts.RecordAttempt(contact=Contact.REFUSED)),),
        ),
        Scene(Stage.PENDING_CLOSE, "reviewer", acts.OrderRework(reason="请重新办理")),
        Scene(Stage.PENDING_CLOSE, "reviewer", acts.Close(reason="explained", note="已解释清楚")),
        Scene(Stage.CLOSED, "supervisor", acts.ReopenAfterVisit(finding="现场仍有摊点")),
    )
}
