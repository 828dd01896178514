"""Every way a ticket can go, written down by hand: story so far, who does what, where it then stands, what is recorded.

test_lifecycle.py plays them all and demands that every row of the table is among them.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hotline.rules import acts as a
from hotline.rules.deadlines import Emergency
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.limits import Limit, LimitUnit
from hotline.rules.profile_parts import CallbackRules, SignOffRules
from hotline.rules.vocabulary import Channel, ClockKind, Finding, Flag, Purpose, RequestType, Role, Stage, TicketNo
from tests.rules import cast as c
from tests.rules.cast import (
    AGENT,
    CALLER,
    CITIZEN,
    DAY,
    DEPUTY,
    DISPATCHER,
    DISTRICT,
    ECOLOGY,
    HANDLER,
    HEAD,
    HOUSING,
    LEADER,
    LUYANG_DESK,
    REVIEWER,
    SECTION,
    STREET,
    STREET_CLERK,
    SUPERVISOR,
    URBAN,
    Story,
)

S = Stage
NOW = timedelta(minutes=1)
UNITS = ClockKind.UNIT_REPLY
NEXT_REVIEW = date(2021, 9, 1)


class Scene(NamedTuple):
    """One step of a ticket's life."""

    story: Callable[[], Story]
    who: Actor
    act: a.Act
    after: Stage
    event: str
    later: timedelta = NOW


def twice_returned() -> Story:
    """The second unit says no as well."""
    story = c.return_asked().do(DISPATCHER, a.AcceptReturn(finding="理由成立"))
    story.do(DISPATCHER, a.Dispatch(lead_unit=URBAN))
    return story.do(c.member(URBAN, Role.DEPUTY_HEAD), c.asks_return())


def moved_twice() -> Story:
    """Two units have been tried in vain, though none returned it; the third has it."""
    story = c.handled().do(DISPATCHER, a.Reassign(lead_unit=URBAN, reason="错派"))
    return story.do(DISPATCHER, a.Reassign(lead_unit=DISTRICT, reason="错派"))


def drafted_unsigned() -> Story:
    """The unit has not signed in; its handler has written a return."""
    return c.dispatched().do(HANDLER, c.asks_return())


def returned_unsigned() -> Story:
    return c.signed(drafted_unsigned())


def rework_extension() -> Story:
    return c.reworked().do(HANDLER, c.asks_extension())


def phoned() -> Story:
    return c.registered().do(AGENT, a.HandOverByPhone(lead_unit=ECOLOGY, note="已电话告知"))


def overdue() -> Story:
    return c.handled().do(SYSTEM, a.RecordOverdue(clock="unit_reply"), after=20 * DAY)


def noticed() -> Story:
    return overdue().do(SYSTEM, a.IssueNotice(clock=UNITS), after=5 * DAY)


def void_asked() -> Story:
    return c.handled().do(AGENT, a.ProposeVoid(reason="test", note="误录"))


def decline_asked() -> Story:
    return c.registered().do(AGENT, c.declines())


def park_asked() -> Story:
    return c.handled().do(HEAD, c.asks_park())


def park_drafted() -> Story:
    return c.handled().do(HANDLER, c.asks_park())


def unhappy_park_drafted() -> Story:
    return c.unhappy().do(HANDLER, c.asks_park())


def planned_anew() -> Story:
    """A parked ticket whose next plan waits for the head."""
    return c.parked().do(HANDLER, c.asks_park(NEXT_REVIEW), after=30 * DAY)


def review_asked() -> Story:
    return planned_anew().do(HEAD, a.SignOff())


def delegate_signed() -> Story:
    return c.delegated().do(STREET_CLERK, a.SignInDelegated())


def co_reported() -> Story:
    return c.handled().do(c.member(URBAN), a.ReportCoTask(reply="已清运"))


def penalty_awaits() -> Story:
    """Ecology at work; when it finds a violation the urban managers punish it."""
    task = a.OpenTask(unit=HOUSING, task="查实违法的，依法处罚", days=5, after=Finding.VIOLATION)
    return c.handled().do(DISPATCHER, task)


def task_unwanted() -> Story:
    """The urban managers say that what is asked of them is not theirs."""
    return c.handled().do(c.member(URBAN), TASK_RETURNED)


def delegate_replied() -> Story:
    return delegate_signed().do(STREET_CLERK, a.SubmitInnerReply(reply="已处理"))


def unsigned_city() -> Story:
    """A city that lets replies go straight to review."""
    return c.handled(c.book(sign_off=SignOffRules(for_reply=())))


def half_signed() -> Story:
    return c.replied().do(SECTION, a.SignOff())


def rework_replied() -> Story:
    return c.reworked().do(HANDLER, c.replies())


def rework_reviewed() -> Story:
    return c.signed(rework_replied())


def rework_parked() -> Story:
    return c.reworked().do(HEAD, c.asks_park()).do(SUPERVISOR, a.ConfirmPark())


def unhappy_parked() -> Story:
    return c.unhappy().do(HEAD, c.asks_park()).do(SUPERVISOR, a.ConfirmPark())


def tried_out(**settings: object) -> Story:
    """Three calls on three half-days, nobody answered."""
    story = c.passed(c.book(**settings))
    for _ in range(3):
        story.do(CALLER, c.not_answered(), after=DAY)
    return story


def left_no_number() -> Story:
    return c.passed(contactable=False)


def tagged() -> Story:
    return c.handled().do(SUPERVISOR, a.TagTicket(tag="flood"))


def tagged_early() -> Story:
    return c.registered().do(AGENT, a.TagTicket(tag="flood"))


def marked_key() -> Story:
    return c.handled().do(AGENT, c.MARK)


def in_flood() -> Story:
    """A flood emergency began after the ticket was taken in."""
    story = c.handled()
    flood = Emergency(name="防汛", start=story.now, limits={RequestType.COMPLAINT: Limit(48, LimitUnit.PLAIN_HOUR)})
    story.book = c.book(flood)
    return story


TASK_RETURNED = a.RequestTaskReturn(reason="not_competent", legal_basis="三定方案")
DECIDED_LATER = {"callback": CallbackRules(unreachable_closes=False)}
MASTER = TicketNo("34010020210510DH000001")
CLASSIFY = a.Classify(request_type=RequestType.COMPLAINT, category=c.NOISE, reason="核对后更正")
CLOSED_AT = datetime(2019, 3, 1, 9, 0, tzinfo=c.MONDAY.tzinfo)
OLD = a.ImportClosed(
    channel=Channel.PHONE, request_type=RequestType.HELP, closed_at=CLOSED_AT, title="旧工单", content="旧工单"
)

SCENES = (
    # ① intake
    Scene(Story, CITIZEN, c.submit(), S.DRAFT, "request.submitted"),
    Scene(Story, AGENT, c.register(), S.REGISTERED, "request.registered"),
    Scene(c.drafted, AGENT, c.register(), S.REGISTERED, "request.registered"),
    Scene(Story, SYSTEM, OLD, S.CLOSED, "request.imported"),
    Scene(c.registered, AGENT, a.AnswerDirectly(reply="按规定"), S.ANSWERED_DIRECTLY, "request.answered_directly"),
    Scene(c.drafted, AGENT, c.declines(), S.DRAFT, "decline.proposed"),
    Scene(c.registered, AGENT, c.declines(), S.REGISTERED, "decline.proposed"),
    Scene(decline_asked, LEADER, a.ConfirmDecline(), S.NOT_ACCEPTED, "decline.confirmed"),
    Scene(decline_asked, LEADER, a.RejectDecline(note="应受理"), S.REGISTERED, "decline.rejected"),
    Scene(c.drafted, AGENT, a.TransferEmergency(line="119"), S.TRANSFERRED, "request.transferred"),
    Scene(c.awaiting_dispatch, AGENT, a.TransferEmergency(line="119"), S.TRANSFERRED, "request.transferred"),
    Scene(c.registered, AGENT, a.SendToDispatch(), S.PENDING_DISPATCH, "dispatch.requested"),
    # upkeep
    Scene(c.handled, CITIZEN, a.AddFacts(facts="昨夜仍在施工"), S.HANDLING, "ticket.facts_added"),
    Scene(c.handled, AGENT, a.WriteBrief(for_unit="某工地夜间施工"), S.HANDLING, "ticket.briefed"),
    Scene(c.handled, CITIZEN, a.Urge(by_citizen=True), S.HANDLING, "ticket.urged"),
    Scene(c.handled, REVIEWER, CLASSIFY, S.HANDLING, "ticket.classified"),
    Scene(c.handled, AGENT, c.MARK, S.HANDLING, "ticket.marked"),
    Scene(marked_key, SUPERVISOR, a.UnmarkTicket(flag=Flag.KEY, note="已降级"), S.HANDLING, "ticket.unmarked"),
    Scene(c.handled, SUPERVISOR, a.TagTicket(tag="flood"), S.HANDLING, "ticket.tagged"),
    Scene(c.registered, AGENT, a.TagTicket(tag="flood"), S.REGISTERED, "ticket.tagged"),
    Scene(tagged, SUPERVISOR, a.UntagTicket(tag="flood"), S.HANDLING, "ticket.untagged"),
    Scene(tagged_early, AGENT, a.UntagTicket(tag="flood"), S.REGISTERED, "ticket.untagged"),
    Scene(c.handled, CITIZEN, a.Withdraw(note="已自行解决"), S.CLOSED, "request.withdrawn"),
    Scene(c.handled, AGENT, a.Merge(master=MASTER), S.MERGED, "request.merged"),
    Scene(c.handled, AGENT, a.ProposeVoid(reason="test", note="误录"), S.HANDLING, "void.proposed"),
    Scene(void_asked, LEADER, a.ConfirmVoid(), S.VOIDED, "void.confirmed"),
    Scene(void_asked, LEADER, a.RejectVoid(note="不是误录"), S.HANDLING, "void.rejected"),
    Scene(c.handled, HANDLER, c.adds_file(), S.HANDLING, "ticket.attachment_added"),
    Scene(c.handled, CITIZEN, c.adds_file(Purpose.REQUEST), S.HANDLING, "ticket.attachment_added"),
    Scene(c.handled, HANDLER, c.removes_file(HANDLER), S.HANDLING, "ticket.attachment_removed"),
    # ② dispatch
    Scene(c.registered, AGENT, a.Dispatch(lead_unit=ECOLOGY), S.PENDING_SIGN, "dispatch.sent"),
    Scene(c.awaiting_dispatch, DISPATCHER, a.Dispatch(lead_unit=ECOLOGY), S.PENDING_SIGN, "dispatch.sent"),
    Scene(c.registered, AGENT, a.HandOverByPhone(lead_unit=ECOLOGY, note="急"), S.PENDING_SIGN, "dispatch.phoned"),
    Scene(phoned, HANDLER, a.FeedBackByPhone(note="已出动"), S.PENDING_SIGN, "dispatch.phone_fed_back"),
    Scene(c.handled, DISPATCHER, a.Reassign(lead_unit=URBAN, reason="错派"), S.PENDING_SIGN, "dispatch.reassigned"),
    Scene(c.reworked, DISPATCHER, a.Reassign(lead_unit=URBAN, reason="错派"), S.PENDING_SIGN, "dispatch.reassigned"),
    Scene(
        moved_twice,
        DISPATCHER,
        a.Reassign(lead_unit=ECOLOGY, reason="错派"),
        S.JURISDICTION_DISPUTE,
        "dispatch.disputed",
    ),
    Scene(c.return_asked, DISPATCHER, a.AcceptReturn(finding="是"), S.PENDING_DISPATCH, "dispatch.return_accepted"),
    Scene(twice_returned, DISPATCHER, a.AcceptReturn(finding="是"), S.JURISDICTION_DISPUTE, "dispatch.return_accepted"),
    Scene(c.return_asked, DISPATCHER, a.RejectReturn(finding="否"), S.HANDLING, "dispatch.return_rejected"),
    Scene(returned_unsigned, DISPATCHER, a.RejectReturn(finding="否"), S.HANDLING, "dispatch.return_rejected"),
    Scene(c.awaiting_dispatch, DISPATCHER, a.MarkNoOwner(note="无"), S.JURISDICTION_DISPUTE, "joint.opened"),
    # ③ handling
    Scene(c.dispatched, HANDLER, a.SignIn(), S.HANDLING, "handling.signed_in"),
    Scene(c.dispatched, HANDLER, c.asks_return(), S.PENDING_SIGN, "handling.return_drafted"),
    Scene(c.handled, HANDLER, c.asks_return(), S.HANDLING, "handling.return_drafted"),
    Scene(c.dispatched, DEPUTY, c.asks_return(), S.RETURN_REQUESTED, "handling.return_requested"),
    Scene(c.handled, DEPUTY, c.asks_return(), S.RETURN_REQUESTED, "handling.return_requested"),
    Scene(drafted_unsigned, SECTION, a.SignOff(), S.PENDING_SIGN, "handling.request_signed"),
    Scene(c.return_drafted, SECTION, a.SignOff(), S.HANDLING, "handling.request_signed"),
    Scene(c.extension_drafted, SECTION, a.SignOff(), S.HANDLING, "handling.request_signed"),
    Scene(drafted_unsigned, DEPUTY, a.SignOff(), S.RETURN_REQUESTED, "handling.return_requested"),
    Scene(c.return_drafted, DEPUTY, a.SignOff(), S.RETURN_REQUESTED, "handling.return_requested"),
    Scene(c.extension_drafted, DEPUTY, a.SignOff(), S.HANDLING, "extension.requested"),
    Scene(drafted_unsigned, SECTION, a.RefuseRequest(reason="是"), S.PENDING_SIGN, "handling.request_refused"),
    Scene(c.return_drafted, SECTION, a.RefuseRequest(reason="是"), S.HANDLING, "handling.request_refused"),
    Scene(c.extension_drafted, SECTION, a.RefuseRequest(reason="否"), S.HANDLING, "handling.request_refused"),
    Scene(rework_extension, DEPUTY, a.SignOff(), S.REWORK, "extension.requested"),
    Scene(rework_extension, HANDLER, a.RefuseRequest(reason="不需要了"), S.REWORK, "handling.request_refused"),
    Scene(c.handled, SYSTEM, a.DeemAccepted(), S.HANDLING, "dispatch.deemed_accepted", 2 * DAY),
    Scene(c.dispatched, SYSTEM, a.DeemAccepted(), S.PENDING_SIGN, "dispatch.deemed_accepted", 2 * DAY),
    Scene(c.handled, HANDLER, a.RecordFirstContact(note="已通话"), S.HANDLING, "handling.contacted"),
    Scene(c.handled, c.member(URBAN), a.RecordProgress(note="已到场"), S.HANDLING, "handling.progressed"),
    Scene(c.handled, c.member(URBAN), a.ReportCoTask(reply="已清运"), S.HANDLING, "handling.co_reported"),
    Scene(c.handled, DISPATCHER, a.OpenTask(unit=HOUSING, task="核查施工许可"), S.HANDLING, "task.opened"),
    Scene(c.dispatched, SYSTEM, a.OpenTask(unit=HOUSING, task="核查施工许可"), S.PENDING_SIGN, "task.opened"),
    Scene(penalty_awaits, DISPATCHER, a.CloseTask(unit=HOUSING, reason="无需处罚"), S.HANDLING, "task.closed"),
    Scene(co_reported, HANDLER, a.ReturnTask(unit=URBAN, reason="缺照片"), S.HANDLING, "task.sent_back"),
    Scene(c.handled, c.member(URBAN), TASK_RETURNED, S.HANDLING, "task.return_requested"),
    Scene(task_unwanted, DISPATCHER, a.AcceptTaskReturn(finding="是"), S.HANDLING, "task.return_accepted"),
    Scene(task_unwanted, DISPATCHER, a.RejectTaskReturn(finding="否"), S.HANDLING, "task.return_rejected"),
    Scene(penalty_awaits, HANDLER, a.RecordFinding(found=Finding.VIOLATION, note="超标"), S.HANDLING, "handling.found"),
    Scene(c.at_district, LUYANG_DESK, a.Delegate(to_unit=STREET), S.HANDLING, "handling.delegated"),
    Scene(c.delegated, STREET_CLERK, a.SignInDelegated(), S.HANDLING, "handling.delegate_signed_in"),
    Scene(delegate_signed, STREET_CLERK, a.SubmitInnerReply(reply="办了"), S.HANDLING, "handling.delegate_replied"),
    Scene(
        delegate_replied, LUYANG_DESK, a.SendBackInnerReply(reason="不清"), S.HANDLING, "handling.delegate_sent_back"
    ),
    Scene(c.delegated, LUYANG_DESK, a.RecallDelegation(reason="自办"), S.HANDLING, "handling.recalled"),
    Scene(c.handled, HANDLER, c.asks_extension(), S.HANDLING, "extension.drafted"),
    Scene(c.handled, DEPUTY, c.asks_extension(), S.HANDLING, "extension.requested"),
    Scene(c.extension_asked, DISPATCHER, a.GrantExtension(days=5), S.HANDLING, "extension.granted"),
    Scene(c.extension_asked, DISPATCHER, a.RefuseExtension(note="不必"), S.HANDLING, "extension.refused"),
    Scene(c.handled, SUPERVISOR, c.stops_clock(), S.HANDLING, "clock.paused"),
    Scene(c.paused, DISPATCHER, a.Resume(), S.HANDLING, "clock.resumed"),
    Scene(c.handled, HANDLER, a.ReplyInStages(reply="正在检测"), S.HANDLING, "handling.stage_replied"),
    Scene(c.handled, HANDLER, c.replies(), S.PENDING_SIGN_OFF, "handling.replied"),
    Scene(c.reworked, HANDLER, c.replies(), S.PENDING_SIGN_OFF, "handling.replied"),
    Scene(unsigned_city, HANDLER, c.replies(), S.PENDING_REVIEW, "handling.replied"),
    Scene(c.replied, SECTION, a.SignOff(), S.PENDING_SIGN_OFF, "handling.signed_off"),
    Scene(half_signed, DEPUTY, a.SignOff(), S.PENDING_REVIEW, "handling.signed_off"),
    Scene(c.replied, SECTION, a.ReviseReply(reason="补依据"), S.HANDLING, "handling.revised"),
    Scene(rework_replied, SECTION, a.ReviseReply(reason="补依据"), S.REWORK, "handling.revised"),
    Scene(c.handled, HEAD, c.asks_park(), S.HANDLING, "parking.proposed"),
    Scene(c.handled, HANDLER, c.asks_park(), S.HANDLING, "parking.drafted"),
    Scene(c.parked, HANDLER, c.asks_park(NEXT_REVIEW), S.PARKED, "parking.drafted", 30 * DAY),
    Scene(park_drafted, HEAD, a.SignOff(), S.HANDLING, "parking.proposed"),
    Scene(unhappy_park_drafted, HEAD, a.SignOff(), S.PENDING_CLOSE, "parking.proposed"),
    Scene(planned_anew, HEAD, a.SignOff(), S.PARKED, "parking.proposed"),
    Scene(park_drafted, HEAD, a.RefuseRequest(reason="能办"), S.HANDLING, "handling.request_refused"),
    Scene(unhappy_park_drafted, HEAD, a.RefuseRequest(reason="能办"), S.PENDING_CLOSE, "handling.request_refused"),
    Scene(planned_anew, HEAD, a.RefuseRequest(reason="再议"), S.PARKED, "handling.request_refused"),
    Scene(park_asked, SUPERVISOR, a.ConfirmPark(), S.PARKED, "parking.confirmed"),
    Scene(review_asked, SUPERVISOR, a.ConfirmPark(), S.PARKED, "parking.renewed"),
    Scene(park_asked, SUPERVISOR, a.RejectPark(note="能办"), S.HANDLING, "parking.rejected"),
    Scene(c.parked, HEAD, a.StrikeOff(note="资金到位"), S.HANDLING, "parking.struck_off", 30 * DAY),
    Scene(rework_parked, HEAD, a.StrikeOff(note="资金到位"), S.REWORK, "parking.struck_off", 30 * DAY),
    Scene(unhappy_parked, HEAD, a.StrikeOff(note="资金到位"), S.REWORK, "parking.struck_off", 30 * DAY),
    # ③′ joint handling
    Scene(c.ownerless, DISPATCHER, a.Mediate(lead_unit=ECOLOGY, finding="同意"), S.HANDLING, "joint.mediated"),
    Scene(c.panelled, DISPATCHER, a.Mediate(lead_unit=ECOLOGY, finding="同意"), S.HANDLING, "joint.mediated"),
    Scene(
        c.ownerless,
        SUPERVISOR,
        a.RuleProvisionally(lead_unit=ECOLOGY, finding="先办"),
        S.HANDLING,
        "joint.ruled_provisionally",
    ),
    Scene(c.ownerless, SUPERVISOR, a.ConvenePanel(members=(URBAN,), agenda="谁"), S.JOINT_HANDLING, "joint.convened"),
    Scene(c.provisional, SUPERVISOR, a.ConvenePanel(members=(URBAN,), agenda="谁"), S.HANDLING, "joint.convened"),
    Scene(c.panelled, SUPERVISOR, c.rules_jointly(), S.HANDLING, "joint.ruled"),
    Scene(c.provisional, SUPERVISOR, c.rules_jointly(URBAN), S.HANDLING, "joint.ruled"),
    Scene(c.provisional, SUPERVISOR, c.rules_jointly(ECOLOGY), S.HANDLING, "joint.confirmed"),
    Scene(c.ruled, HANDLER, a.ObjectToRuling(reason="无权", legal_basis="三定"), S.HANDLING, "joint.objected"),
    Scene(c.ownerless, SUPERVISOR, a.EscalateDispute(reason="难定"), S.JOINT_HANDLING, "joint.escalated"),
    Scene(c.provisional, SUPERVISOR, a.EscalateDispute(reason="难定"), S.HANDLING, "joint.escalated"),
    Scene(
        lambda: c.panelled().do(SUPERVISOR, c.rules_jointly(co_units=(URBAN,))),
        c.member(URBAN),
        a.ObjectToRuling(reason="无力", legal_basis="三定"),
        S.HANDLING,
        "joint.objected",
    ),
    # ④ review
    Scene(c.reviewed, REVIEWER, a.PassReview(grade="good"), S.PENDING_CALLBACK, "review.passed"),
    Scene(
        c.reviewed, REVIEWER, a.SendBack(failed=("answers_request",), reason="答非所问"), S.HANDLING, "review.sent_back"
    ),
    Scene(
        rework_reviewed,
        REVIEWER,
        a.SendBack(failed=("answers_request",), reason="答非所问"),
        S.REWORK,
        "review.sent_back",
    ),
    # ⑤ callback
    Scene(c.passed, CALLER, c.not_answered(), S.PENDING_CALLBACK, "callback.attempted"),
    Scene(c.passed, CALLER, c.content(), S.CLOSED, "callback.settled"),
    Scene(left_no_number, CITIZEN, c.content(), S.CLOSED, "callback.settled"),
    Scene(c.passed, CALLER, c.discontent(), S.PENDING_CLOSE, "callback.dissatisfied"),
    Scene(tried_out, CALLER, a.CloseUnreached(), S.CLOSED, "callback.unreached"),
    Scene(lambda: tried_out(**DECIDED_LATER), CALLER, a.CloseUnreached(), S.PENDING_CLOSE, "callback.unreached"),
    Scene(
        left_no_number,
        CALLER,
        a.CloseWithoutCallback(reason="anonymous", note="已核实"),
        S.CLOSED,
        "callback.waived",
    ),
    Scene(c.unhappy, REVIEWER, a.OrderRework(reason="未解决"), S.REWORK, "callback.rework_ordered"),
    Scene(c.unhappy, REVIEWER, a.Close(reason="unreasonable", note="无依据"), S.CLOSED, "callback.closed"),
    Scene(c.settled, SUPERVISOR, a.ReopenAfterVisit(finding="仍在施工"), S.REWORK, "visit.problem_found"),
    # the system
    Scene(c.handled, SYSTEM, a.RecordOverdue(clock=ClockKind.REPLY.value), S.HANDLING, "clock.overdue", 20 * DAY),
    Scene(c.handled, SYSTEM, a.SendReminder(clock=UNITS, percent=50), S.HANDLING, "clock.reminded", 6 * DAY),
    Scene(overdue, SYSTEM, a.IssueNotice(clock=UNITS), S.HANDLING, "clock.notice_issued", 5 * DAY),
    Scene(noticed, SYSTEM, a.ProposeCriticism(clock=UNITS), S.HANDLING, "clock.criticism_proposed", 10 * DAY),
    Scene(in_flood, SYSTEM, a.RecomputeClocks(cause="emergency"), S.HANDLING, "clock.recomputed"),
    Scene(
        c.handled,
        SYSTEM,
        a.FollowSuccessor(old_unit=c.ECOLOGY, new_unit=c.HOUSING),
        S.HANDLING,
        "ticket.unit_succeeded",
    ),
    Scene(c.settled, SYSTEM, a.Archive(), S.ARCHIVED, "ticket.archived", 31 * DAY),
    Scene(c.declined, SYSTEM, a.Archive(), S.ARCHIVED, "ticket.archived", 31 * DAY),
)

ANYWHERE = (
    (CITIZEN, a.AddFacts(facts="昨夜仍在施工"), None),
    (AGENT, a.WriteBrief(for_unit="某工地夜间施工"), None),
    (CITIZEN, a.Urge(by_citizen=True), None),
    (AGENT, CLASSIFY, None),
    (AGENT, c.MARK, None),
    (AGENT, a.ProposeVoid(reason="test", note="误录"), None),
    (AGENT, c.adds_file(), None),
    (AGENT, c.removes_file(AGENT), None),
    (CITIZEN, a.Withdraw(note="已自行解决"), S.CLOSED),
    (AGENT, a.Merge(master=MASTER), S.MERGED),
)
"""What can be done in every open stage, and where it leads when not nowhere."""
