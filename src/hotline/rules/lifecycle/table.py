"""The lifecycle of a ticket: one table, read by pages, API, jobs, imports, the simulator, docs/flow.md and the tests.

A row says: this act moves a ticket from these stages to that one, done by these roles, if these conditions hold,
with this effect on clocks, on this basis. There is no second copy of any of it.
"""

from hotline.rules import acts as a
from hotline.rules.lifecycle import clockwork as c
from hotline.rules.lifecycle import guards as g
from hotline.rules.lifecycle.transition import Transition as T
from hotline.rules.lifecycle.transition import Who
from hotline.rules.vocabulary import OPEN, Proposal, Role, Stage
from hotline.rules.vocabulary import ClockKind as K

S = Stage

AGENTS = (Who(Role.AGENT), Who(Role.TEAM_LEADER))
LEADERS = (Who(Role.TEAM_LEADER), Who(Role.SUPERVISOR))
DISPATCHERS = (Who(Role.DISPATCHER),)
INTAKE = (*AGENTS, *DISPATCHERS)
REVIEWERS = (Who(Role.REVIEWER),)
CALLERS = (Who(Role.CALLBACK_OFFICER),)
SUPERVISORS = (Who(Role.SUPERVISOR),)
RULERS = (*DISPATCHERS, *SUPERVISORS)
OFFICE = (*INTAKE, *REVIEWERS, *CALLERS, *SUPERVISORS)
MACHINE = (Who(Role.SYSTEM),)
HOLDERS = tuple(
    Who(role, "holder")
    for role in (Role.UNIT_HANDLER, Role.DISTRICT_DISPATCHER, Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.UNIT_HEAD)
)
DELEGATES = tuple(Who(role, "delegate") for role in (Role.UNIT_HANDLER, Role.SECTION_HEAD))
CO_HELPERS = (Who(Role.UNIT_HANDLER, "co"), Who(Role.SECTION_HEAD, "co"))
DISTRICT = (Who(Role.DISTRICT_DISPATCHER, "holder"),)
SIGNERS = tuple(Who(role, "holder") for role in (Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.UNIT_HEAD))
HEADS = (Who(Role.UNIT_HEAD, "holder"),)

WORKING = frozenset({S.HANDLING, S.REWORK})
FRESH = frozenset({S.NEW, S.DRAFT})
WITH_UNIT = frozenset({S.PENDING_SIGN, S.HANDLING, S.REWORK})
DISPUTED = frozenset({S.JURISDICTION_DISPUTE, S.JOINT_HANDLING})
PARKABLE = frozenset({S.HANDLING, S.REWORK, S.PENDING_CLOSE})
ENDED = frozenset({S.NOT_ACCEPTED, S.ANSWERED_DIRECTLY, S.TRANSFERRED, S.CLOSED, S.MERGED, S.VOIDED})

NATIONAL_2020 = "国办发〔2020〕53号"
NATIONAL_2022 = "国办发〔2022〕12号"
NATIONAL_2025 = "国办函〔2025〕66号"
GB = "GB/T 33358-2016"
TIANJIN = "天津市12345条例草案（征求意见稿）"
SHANDONG = "山东省政务热线管理办法（2020）"
BENGBU = "蚌政热线〔2019〕1号"
ANHUI = "皖政办秘〔2021〕109号"
SEED = "合肥市市长热线办公室2021年3月公开做法"
OURS = "本平台建议"

DISPUTE_CLOCKS = (c.start(K.MEDIATION), c.start(K.QUICK_RULING), c.start(K.PANEL), c.pause("joint_handling"))
DISPUTE_ENDS = (c.stop(K.MEDIATION, K.QUICK_RULING, K.PANEL), c.resume())
TO_UNIT = (
    c.stop(K.DISPATCH),
    c.start_reply("dispatch"),
    c.start(K.SIGN_IN),
    c.start(K.UNIT_REPLY),
    c.start(K.RETURN_WINDOW),
)
LEAVES_UNIT = (c.cancel(K.SIGN_IN, K.FIRST_CONTACT, K.UNIT_REPLY, K.RETURN_WINDOW, K.INNER_REPLY),)
TO_REVIEW = (
    c.stop_replies("first_submission"),
    c.cancel(K.FIRST_CONTACT, K.INNER_REPLY, K.RETURN_WINDOW, K.EXTENSION_RULING, K.PHONE_FEEDBACK),
    c.start(K.REVIEW),
)
REWORK_CLOCKS = (c.stop(K.CLOSE), c.start_rework(K.REPLY), c.start_rework(K.UNIT_REPLY))
END = (c.cancel_all(),)
RULED = (*DISPUTE_ENDS, *LEAVES_UNIT, c.start(K.UNIT_REPLY), c.start(K.FIRST_CONTACT), c.start(K.OBJECTION))


def stages(*named: Stage) -> frozenset[Stage]:
    """A set of stages, for short rows."""
    return frozenset(named)


INTAKE_ROWS = (
    T(act=a.Submit, sources=stages(S.NEW), target=S.DRAFT, who=(Who(Role.CITIZEN), *MACHINE, *INTAKE), event="request.submitted", basis=NATIONAL_2020),
    T(act=a.Register, sources=FRESH, target=S.REGISTERED, who=(*INTAKE, *MACHINE), event="request.registered", clocks=(c.start_reply("acceptance"), c.start(K.DISPATCH)), basis=NATIONAL_2020),
    T(act=a.ImportClosed, sources=stages(S.NEW), target=S.CLOSED, who=MACHINE, event="request.imported", basis=OURS),
    T(act=a.AnswerDirectly, sources=stages(S.REGISTERED), target=S.ANSWERED_DIRECTLY, who=AGENTS, event="request.answered_directly", clocks=(c.stop(K.REPLY, K.DISPATCH), *END), basis=SEED),
    T(act=a.ProposeDecline, sources=stages(S.DRAFT, S.REGISTERED), target=None, who=INTAKE, event="decline.proposed", standing=(g.nothing_proposed(Proposal.DECLINE),), basis=NATIONAL_2025),
    T(act=a.ConfirmDecline, sources=stages(S.DRAFT, S.REGISTERED), target=S.NOT_ACCEPTED, who=LEADERS, event="decline.confirmed", standing=(g.proposed(Proposal.DECLINE),), clocks=END, basis=NATIONAL_2025),
    T(act=a.RejectDecline, sources=stages(S.DRAFT, S.REGISTERED), target=None, who=LEADERS, event="decline.rejected", standing=(g.proposed(Proposal.DECLINE),), basis=OURS),
    T(act=a.TransferEmergency, sources=stages(S.DRAFT, S.REGISTERED, S.PENDING_DISPATCH), target=S.TRANSFERRED, who=INTAKE, event="request.transferred", clocks=(c.stop(K.REPLY, K.DISPATCH), *END), basis=NATIONAL_2022),
    T(act=a.SendToDispatch, sources=stages(S.REGISTERED), target=S.PENDING_DISPATCH, who=(*INTAKE, *MACHINE), event="dispatch.requested", basis=NATIONAL_2020),
)  # fmt: skip

UPKEEP_ROWS = (
    T(act=a.AddFacts, sources=OPEN, target=None, who=(*OFFICE, Who(Role.CITIZEN)), event="ticket.facts_added", basis=OURS),
    T(act=a.Urge, sources=OPEN, target=None, who=(*OFFICE, Who(Role.CITIZEN), *MACHINE), event="ticket.urged", basis=SEED),
    T(act=a.Classify, sources=OPEN, target=None, who=(*INTAKE, *REVIEWERS), event="ticket.classified", guards=(g.reason_after_dispatch,), basis=OURS),
    T(act=a.MarkTicket, sources=OPEN, target=None, who=OFFICE, event="ticket.marked", guards=(g.marked_by_hand,), basis=GB),
    T(act=a.UnmarkTicket, sources=OPEN, target=None, who=RULERS, event="ticket.unmarked", guards=(g.never_lowered,), basis=GB),
    T(act=a.Withdraw, sources=OPEN, target=S.CLOSED, who=(*OFFICE, Who(Role.CITIZEN)), event="request.withdrawn", clocks=END, basis=OURS),
    T(act=a.Merge, sources=OPEN, target=S.MERGED, who=(*INTAKE, *SUPERVISORS), event="request.merged", guards=(g.not_itself,), clocks=END, basis=NATIONAL_2025),
    T(act=a.ProposeVoid, sources=OPEN, target=None, who=OFFICE, event="void.proposed", standing=(g.nothing_proposed(Proposal.VOID),), basis=OURS),
    T(act=a.ConfirmVoid, sources=OPEN, target=S.VOIDED, who=LEADERS, event="void.confirmed", standing=(g.proposed(Proposal.VOID),), clocks=END, basis=OURS),
    T(act=a.RejectVoid, sources=OPEN, target=None, who=LEADERS, event="void.rejected", standing=(g.proposed(Proposal.VOID),), basis=OURS),
)  # fmt: skip

DISPATCH_ROWS = (
    T(act=a.Dispatch, sources=stages(S.REGISTERED, S.PENDING_DISPATCH), target=S.PENDING_SIGN, who=(*INTAKE, *MACHINE), event="dispatch.sent", guards=(g.third_level, g.lead_not_among_co_units, g.not_to_founded_return), clocks=TO_UNIT, basis=NATIONAL_2025),
    T(act=a.HandOverByPhone, sources=stages(S.REGISTERED, S.PENDING_DISPATCH), target=S.PENDING_SIGN, who=INTAKE, event="dispatch.phoned", guards=(g.third_level, g.not_to_founded_return), clocks=(*TO_UNIT, c.start(K.PHONE_FEEDBACK)), basis=BENGBU),
    T(act=a.FeedBackByPhone, sources=WITH_UNIT, target=None, who=(*HOLDERS, *INTAKE), event="dispatch.phone_fed_back", standing=(g.awaits_phone_feedback,), clocks=(c.stop(K.PHONE_FEEDBACK),), basis=BENGBU),
    T(act=a.Reassign, sources=WITH_UNIT, target=S.PENDING_SIGN, who=RULERS, event="dispatch.reassigned", guards=(g.third_level, g.another_unit, g.lead_not_among_co_units, g.not_to_founded_return), clocks=(*LEAVES_UNIT, *TO_UNIT), basis=NATIONAL_2025),
    T(act=a.AcceptReturn, sources=stages(S.RETURN_REQUESTED), target=S.PENDING_DISPATCH, who=DISPATCHERS, event="dispatch.return_accepted", when=(g.no_dispute_yet,), clocks=(c.stop(K.RETURN_RULING), *LEAVES_UNIT, c.start(K.DISPATCH)), basis=NATIONAL_2025),
    T(act=a.AcceptReturn, sources=stages(S.RETURN_REQUESTED), target=S.JURISDICTION_DISPUTE, who=DISPATCHERS, event="dispatch.return_accepted", when=(g.opens_dispute,), clocks=(c.stop(K.RETURN_RULING), *LEAVES_UNIT, *DISPUTE_CLOCKS), basis=TIANJIN),
    T(act=a.RejectReturn, sources=stages(S.RETURN_REQUESTED), target=S.HANDLING, who=DISPATCHERS, event="dispatch.return_rejected", clocks=(c.stop(K.RETURN_RULING), c.cancel(K.SIGN_IN)), basis=OURS),
    T(act=a.MarkNoOwner, sources=stages(S.PENDING_DISPATCH), target=S.JURISDICTION_DISPUTE, who=DISPATCHERS, event="joint.opened", guards=(g.third_level,), clocks=(c.stop(K.DISPATCH), *DISPUTE_CLOCKS), basis=NATIONAL_2025),
)  # fmt: skip

HANDLING_ROWS = (
    T(act=a.SignIn, sources=stages(S.PENDING_SIGN), target=S.HANDLING, who=HOLDERS, event="handling.signed_in", clocks=(c.stop(K.SIGN_IN), c.start_reply("sign_in"), c.start(K.FIRST_CONTACT)), basis=BENGBU),
    T(act=a.RequestReturn, sources=stages(S.PENDING_SIGN, S.HANDLING), target=S.RETURN_REQUESTED, who=HOLDERS, event="handling.return_requested", standing=(g.within_return_window, g.no_ruled_lead, g.not_delegated, g.first_round_only), guards=(g.proposes_another,), clocks=(c.stop(K.RETURN_WINDOW, K.SIGN_IN), c.start(K.RETURN_RULING)), basis=TIANJIN),
    T(act=a.DeemAccepted, sources=stages(S.PENDING_SIGN, S.HANDLING), target=None, who=MACHINE, event="dispatch.deemed_accepted", standing=(g.window_has_passed,), clocks=(c.cancel(K.RETURN_WINDOW),), basis=TIANJIN),
    T(act=a.RecordFirstContact, sources=WORKING, target=None, who=(*HOLDERS, *DELEGATES), event="handling.contacted", standing=(g.not_contacted_yet,), clocks=(c.stop(K.FIRST_CONTACT),), basis="上海市普陀区12345办理办法（2023）"),
    T(act=a.RecordProgress, sources=WORKING, target=None, who=(*HOLDERS, *DELEGATES, *CO_HELPERS), event="handling.progressed", basis=GB),
    T(act=a.Delegate, sources=WORKING, target=None, who=DISTRICT, event="handling.delegated", standing=(g.not_delegated,), guards=(g.unit_below,), clocks=(c.start_inner(),), basis=BENGBU),
    T(act=a.SignInDelegated, sources=WORKING, target=None, who=DELEGATES, event="handling.delegate_signed_in", standing=(g.delegated, g.delegate_unsigned), basis=BENGBU),
    T(act=a.SubmitInnerReply, sources=WORKING, target=None, who=DELEGATES, event="handling.delegate_replied", standing=(g.delegated, g.delegate_signed, g.delegate_not_replied), clocks=(c.stop(K.INNER_REPLY),), basis=BENGBU),
    T(act=a.SendBackInnerReply, sources=WORKING, target=None, who=DISTRICT, event="handling.delegate_sent_back", standing=(g.delegated, g.delegate_replied), clocks=(c.reopen(K.INNER_REPLY),), basis=OURS),
    T(act=a.RecallDelegation, sources=WORKING, target=None, who=DISTRICT, event="handling.recalled", standing=(g.delegated,), clocks=(c.cancel(K.INNER_REPLY),), basis=OURS),
    T(act=a.RequestExtension, sources=WORKING, target=None, who=HOLDERS, event="extension.requested", standing=(g.nothing_proposed(Proposal.EXTENSION), g.extension_possible), guards=(g.extension_length,), clocks=(c.start(K.EXTENSION_RULING),), basis=SHANDONG),
    T(act=a.GrantExtension, sources=WORKING, target=None, who=RULERS, event="extension.granted", standing=(g.proposed(Proposal.EXTENSION),), guards=(g.extension_length,), clocks=(c.stop(K.EXTENSION_RULING), c.extend()), basis=SHANDONG),
    T(act=a.RefuseExtension, sources=WORKING, target=None, who=RULERS, event="extension.refused", standing=(g.proposed(Proposal.EXTENSION),), clocks=(c.stop(K.EXTENSION_RULING),), basis=SHANDONG),
    T(act=a.Pause, sources=WORKING, target=None, who=RULERS, event="clock.paused", standing=(g.clocks_running,), clocks=(c.pause(),), basis=OURS),
    T(act=a.Resume, sources=WORKING, target=None, who=RULERS, event="clock.resumed", standing=(g.clocks_paused,), clocks=(c.resume(),), basis=OURS),
    T(act=a.ReplyInStages, sources=WORKING, target=None, who=HOLDERS, event="handling.stage_replied", basis=OURS),
    T(act=a.SubmitReply, sources=WORKING, target=S.PENDING_SIGN_OFF, who=HOLDERS, event="handling.replied", standing=(g.inner_reply_in,), when=(g.signatures_needed,), basis=BENGBU),
    T(act=a.SubmitReply, sources=WORKING, target=S.PENDING_REVIEW, who=HOLDERS, event="handling.replied", standing=(g.inner_reply_in,), when=(g.no_signature_needed,), clocks=TO_REVIEW, basis=OURS),
    T(act=a.SignOff, sources=stages(S.PENDING_SIGN_OFF), target=None, who=SIGNERS, event="handling.signed_off", standing=(g.own_step,), when=(g.more_signatures,), basis=BENGBU),
    T(act=a.SignOff, sources=stages(S.PENDING_SIGN_OFF), target=S.PENDING_REVIEW, who=SIGNERS, event="handling.signed_off", standing=(g.own_step,), when=(g.last_signature,), clocks=TO_REVIEW, basis=BENGBU),
    T(act=a.ReviseReply, sources=stages(S.PENDING_SIGN_OFF), target=S.HANDLING, who=SIGNERS, event="handling.revised", when=(g.first_round,), basis=BENGBU),
    T(act=a.ReviseReply, sources=stages(S.PENDING_SIGN_OFF), target=S.REWORK, who=SIGNERS, event="handling.revised", when=(g.in_rework,), basis=BENGBU),
    T(act=a.ProposePark, sources=PARKABLE, target=None, who=HEADS, event="parking.proposed", standing=(g.nothing_proposed(Proposal.PARK),), basis=OURS),
    T(act=a.ConfirmPark, sources=PARKABLE, target=S.PARKED, who=SUPERVISORS, event="parking.confirmed", standing=(g.proposed(Proposal.PARK),), clocks=(c.cancel(K.CLOSE), c.pause("parked")), basis=OURS),
    T(act=a.RejectPark, sources=PARKABLE, target=None, who=SUPERVISORS, event="parking.rejected", standing=(g.proposed(Proposal.PARK),), basis=OURS),
    T(act=a.StrikeOff, sources=stages(S.PARKED), target=S.HANDLING, who=(*HEADS, *SUPERVISORS), event="parking.struck_off", when=(g.first_round,), clocks=(c.resume(),), basis=OURS),
    T(act=a.StrikeOff, sources=stages(S.PARKED), target=S.REWORK, who=(*HEADS, *SUPERVISORS), event="parking.struck_off", when=(g.in_rework,), clocks=(c.resume(),), basis=OURS),
)  # fmt: skip

JOINT_ROWS = (
    T(act=a.Mediate, sources=DISPUTED, target=S.HANDLING, who=DISPATCHERS, event="joint.mediated", guards=(g.lead_not_among_co_units,), clocks=RULED, basis=NATIONAL_2025),
    T(act=a.RuleProvisionally, sources=DISPUTED, target=S.HANDLING, who=SUPERVISORS, event="joint.ruled_provisionally", clocks=(c.stop(K.MEDIATION, K.QUICK_RULING), c.resume(), c.start(K.UNIT_REPLY), c.start(K.FIRST_CONTACT)), basis="深圳：快速裁决、先办后议"),
    T(act=a.ConvenePanel, sources=stages(S.JURISDICTION_DISPUTE), target=S.JOINT_HANDLING, who=SUPERVISORS, event="joint.convened", guards=(g.panel_has_members,), clocks=(c.stop(K.MEDIATION),), basis=SEED),
    T(act=a.ConvenePanel, sources=WORKING, target=None, who=SUPERVISORS, event="joint.convened", standing=(g.provisional,), guards=(g.panel_has_members,), basis=SEED),
    T(act=a.RuleJointly, sources=stages(S.JOINT_HANDLING), target=S.HANDLING, who=SUPERVISORS, event="joint.ruled", guards=(g.lead_not_among_co_units,), clocks=RULED, basis=SEED),
    T(act=a.RuleJointly, sources=WORKING, target=S.HANDLING, who=SUPERVISORS, event="joint.ruled", standing=(g.provisional,), guards=(g.lead_not_among_co_units,), clocks=RULED, basis=SEED),
    T(act=a.ObjectToRuling, sources=WORKING, target=None, who=HOLDERS, event="joint.objected", standing=(g.not_yet_objected,), basis=OURS),
    T(act=a.EscalateDispute, sources=DISPUTED, target=S.JOINT_HANDLING, who=SUPERVISORS, event="joint.escalated", basis=SEED),
)  # fmt: skip

REVIEW_ROWS = (
    T(act=a.PassReview, sources=stages(S.PENDING_REVIEW), target=S.PENDING_CALLBACK, who=REVIEWERS, event="review.passed", clocks=(c.stop(K.REVIEW), c.stop_replies("accepted_reply"), c.start(K.CALLBACK)), basis=SEED),
    T(act=a.SendBack, sources=stages(S.PENDING_REVIEW), target=S.HANDLING, who=REVIEWERS, event="review.sent_back", when=(g.first_round,), clocks=(c.stop(K.REVIEW), c.reopen(K.REPLY, K.UNIT_REPLY)), basis=SEED),
    T(act=a.SendBack, sources=stages(S.PENDING_REVIEW), target=S.REWORK, who=REVIEWERS, event="review.sent_back", when=(g.in_rework,), clocks=(c.stop(K.REVIEW), c.reopen(K.REPLY, K.UNIT_REPLY)), basis=SEED),
)  # fmt: skip

CALLBACK_ROWS = (
    T(act=a.RecordAttempt, sources=stages(S.PENDING_CALLBACK), target=None, who=CALLERS, event="callback.attempted", standing=(g.callable_back, g.attempts_left, g.different_half_day), guards=(g.not_reached,), basis=OURS),
    T(act=a.RecordCallback, sources=stages(S.PENDING_CALLBACK), target=S.CLOSED, who=CALLERS, event="callback.settled", standing=(g.callable_back,), when=(g.settled,), clocks=(c.stop(K.CALLBACK), *END), basis=ANHUI),
    T(act=a.RecordCallback, sources=stages(S.PENDING_CALLBACK), target=S.PENDING_CLOSE, who=CALLERS, event="callback.dissatisfied", standing=(g.callable_back,), guards=(g.cause_given,), when=(g.dissatisfied,), clocks=(c.stop(K.CALLBACK), c.start(K.CLOSE)), basis=ANHUI),
    T(act=a.CloseUnreached, sources=stages(S.PENDING_CALLBACK), target=S.CLOSED, who=CALLERS, event="callback.unreached", standing=(g.attempts_made,), clocks=(c.stop(K.CALLBACK), *END), basis=OURS),
    T(act=a.CloseWithoutCallback, sources=stages(S.PENDING_CALLBACK), target=S.CLOSED, who=(*CALLERS, *REVIEWERS), event="callback.waived", standing=(g.not_callable_back,), clocks=(c.stop(K.CALLBACK), *END), basis=BENGBU),
    T(act=a.OrderRework, sources=stages(S.PENDING_CLOSE), target=S.REWORK, who=(*REVIEWERS, *SUPERVISORS), event="callback.rework_ordered", standing=(g.reworks_left,), clocks=REWORK_CLOCKS, basis=ANHUI),
    T(act=a.Close, sources=stages(S.PENDING_CLOSE), target=S.CLOSED, who=(*REVIEWERS, *SUPERVISORS), event="callback.closed", clocks=(c.stop(K.CLOSE), *END), basis=ANHUI),
    T(act=a.ReopenAfterVisit, sources=stages(S.CLOSED), target=S.REWORK, who=SUPERVISORS, event="visit.problem_found", standing=(g.was_handled,), clocks=REWORK_CLOCKS, basis=SEED),
)  # fmt: skip

SYSTEM_ROWS = (
    T(act=a.RecordOverdue, sources=OPEN, target=None, who=MACHINE, event="clock.overdue", guards=(g.has_run_out,), clocks=(c.mark_overdue(),), basis=OURS),
    T(act=a.RecomputeClocks, sources=OPEN, target=None, who=MACHINE, event="clock.recomputed", clocks=(c.recompute(),), basis=SEED),
    T(act=a.Archive, sources=ENDED, target=S.ARCHIVED, who=MACHINE, event="ticket.archived", standing=(g.lately_closed,), basis=OURS),
)  # fmt: skip

TABLE: tuple[T, ...] = (
    *INTAKE_ROWS,
    *UPKEEP_ROWS,
    *DISPATCH_ROWS,
    *HANDLING_ROWS,
    *JOINT_ROWS,
    *REVIEW_ROWS,
    *CALLBACK_ROWS,
    *SYSTEM_ROWS,
)
"""Every transition there is."""
