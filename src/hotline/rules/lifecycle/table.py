"""The lifecycle of a ticket: one table, read by pages, API, jobs, imports, the simulator, docs/flow.md and the tests.

A row says: this act moves a ticket from these stages to that one, done by these roles, if these conditions hold,
with this effect on clocks, on this basis. There is no second copy of any of it.
"""

from collections.abc import Mapping

from hotline.rules import acts as a
from hotline.rules.lifecycle import clockwork as c
from hotline.rules.lifecycle import conditions as w
from hotline.rules.lifecycle import inputs as i
from hotline.rules.lifecycle import reviewing as v
from hotline.rules.lifecycle import standing as g
from hotline.rules.lifecycle.transition import Transition as T  # noqa: N817  -- eighty rows begin with it
from hotline.rules.lifecycle.transition import Who
from hotline.rules.limits import StartPoint as Start
from hotline.rules.profile_parts import OnTimeMeans as OnTime
from hotline.rules.vocabulary import AT_UNIT, DECIDED_IN, OPEN, UNIT_ROLES, WORKING, Proposal, Role, Stage
from hotline.rules.vocabulary import ClockKind as K

S = Stage

CITIZENS = (Who(Role.CITIZEN),)
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
HOLDERS = tuple(Who(role, "holder") for role in Role if role in UNIT_ROLES)
DELEGATES = (Who(Role.UNIT_HANDLER, "delegate"), Who(Role.SECTION_HEAD, "delegate"))
CO_HELPERS = (Who(Role.UNIT_HANDLER, "co"), Who(Role.SECTION_HEAD, "co"))
GUIDES = (Who(Role.UNIT_HANDLER, "guide"), Who(Role.SECTION_HEAD, "guide"))
CO_UNITS = tuple(Who(role, "co") for role in Role if role in UNIT_ROLES)
DISTRICT = (Who(Role.DISTRICT_DISPATCHER, "holder"),)
HEADS = (Who(Role.UNIT_HEAD, "holder"),)
FILERS = (*OFFICE, *HOLDERS, *DELEGATES, *CO_HELPERS, *CITIZENS, *MACHINE)

FRESH = frozenset({S.NEW, S.DRAFT})
BEFORE_DISPATCH = frozenset({S.REGISTERED, S.PENDING_DISPATCH})
WITH_UNIT = WORKING | {S.PENDING_SIGN}
RETURNABLE = frozenset({S.PENDING_SIGN, S.HANDLING})
CO_WORKING = WITH_UNIT | {S.RETURN_REQUESTED}
DISPUTED = frozenset({S.JURISDICTION_DISPUTE, S.JOINT_HANDLING})
ENDED = frozenset({S.NOT_ACCEPTED, S.ANSWERED_DIRECTLY, S.TRANSFERRED, S.CLOSED, S.MERGED, S.VOIDED})
DECLINABLE, VOIDABLE, PARKABLE = DECIDED_IN[Proposal.DECLINE], DECIDED_IN[Proposal.VOID], DECIDED_IN[Proposal.PARK]

NATIONAL_2020 = "国办发〔2020〕53号"
NATIONAL_2022 = "国办发〔2022〕12号"
NATIONAL_2025 = "国办函〔2025〕66号"
GB = "GB/T 33358-2016"
TIANJIN = "天津市12345条例草案（征求意见稿）"
SHANDONG = "山东省政务热线管理办法（2020）"
SHENZHEN = "深圳：快速裁决、先办后议"
PUTUO = "上海市普陀区12345办理办法（2023）"
BENGBU = "蚌政热线〔2019〕1号"
ANHUI = "皖政办秘〔2021〕109号"
SEED = "合肥市市长热线办公室2021年3月公开做法"
REMINDING = "某市分局热线办理细则：逾期次日书面催办，5个工作日仍不办的通报批评"
OURS = "本平台建议"

END = (c.cancel_all(),)
SUBMITTED = (
    c.resume(),
    c.cancel(K.FIRST_CONTACT, K.RETURN_WINDOW, K.EXTENSION_RULING, K.PHONE_FEEDBACK, K.OBJECTION, K.CO_TASK),
)
TO_REVIEW = (c.stop_replies(OnTime.FIRST_SUBMISSION), c.start(K.REVIEW))
GIVEN = (
    c.start_sign_in(Start.DISPATCH),
    c.start_unit_reply(Start.DISPATCH),
    c.start(K.RETURN_WINDOW),
    c.start_co_tasks(),
)
TO_UNIT = (c.stop(K.DISPATCH), c.start_reply(Start.DISPATCH), *GIVEN)
SIGNED = (c.start_reply(Start.SIGN_IN), c.start_unit_reply(Start.SIGN_IN), c.start_contact())
NEVER_THEIRS = (c.stop(K.RETURN_RULING), c.waive(K.FIRST_CONTACT, K.UNIT_REPLY), c.cancel(K.PHONE_FEEDBACK, K.CO_TASK))
LEAVES_UNIT = (
    c.resume(),
    c.cancel(
        K.SIGN_IN,
        K.FIRST_CONTACT,
        K.UNIT_REPLY,
        K.RETURN_WINDOW,
        K.INNER_REPLY,
        K.EXTENSION_RULING,
        K.PHONE_FEEDBACK,
        K.OBJECTION,
        K.PANEL,
        K.CO_TASK,
    ),
)
DISPUTE = (c.start(K.MEDIATION, K.QUICK_RULING, K.PANEL), c.pause("joint_handling"))
NAMED = (c.start_reply(), c.start(K.UNIT_REPLY), c.start_contact())
RULED = (c.stop(K.MEDIATION, K.QUICK_RULING, K.PANEL), *LEAVES_UNIT, *NAMED, c.start(K.OBJECTION), c.start_co_tasks())
NEW_ROUND = (c.start(K.REPLY, K.UNIT_REPLY),)
SENT_BACK = (c.stop(K.REVIEW), c.reopen(K.REPLY, K.UNIT_REPLY))
MAY_RETURN = (g.nothing_lies, g.not_ruled_lead, g.not_answered_yet, g.within_return_window, g.not_delegated)
MAY_RETURN_TASK = (g.co_task_owed, g.nothing_proposed(Proposal.TASK_RETURN), g.task_not_ruled, g.within_task_window)
ASKS_RETURN = (c.resume(), c.stop(K.RETURN_WINDOW, K.SIGN_IN), c.cancel(K.EXTENSION_RULING), c.start(K.RETURN_RULING))
MAY_EXTEND = (g.nothing_proposed(Proposal.EXTENSION), g.nothing_lies, g.extension_possible)
MAY_PARK = (g.nothing_proposed(Proposal.PARK), g.nothing_lies)
PLANNED = (i.review_ahead, i.review_within_quarter, i.finish_not_before_review)
AGREED = (g.proposed(Proposal.PARK), g.plan_ahead)
PARKED = (
    c.cancel(K.CLOSE, K.RETURN_WINDOW, K.OBJECTION, K.EXTENSION_RULING, K.PHONE_FEEDBACK),
    c.pause("parked"),
    c.start_park_review(),
)


def at(*named: Stage) -> frozenset[Stage]:
    """A set of stages, for short rows."""
    return frozenset(named)


INTAKE_ROWS = (
    T(act=a.Submit, sources=at(S.NEW), target=S.DRAFT, who=(*CITIZENS, *MACHINE, *INTAKE), event="request.submitted", clocks=(c.start(K.INTAKE),), basis=GB),
    T(act=a.Register, sources=FRESH, target=S.REGISTERED, who=(*INTAKE, *MACHINE), event="request.registered", guards=(i.superior_due_ahead, i.place_for_type), clocks=(c.stop(K.INTAKE), c.start_reply(Start.ACCEPTANCE), c.start_sign_in(Start.ACCEPTANCE), c.start(K.DISPATCH)), basis=NATIONAL_2020),
    T(act=a.ImportClosed, sources=at(S.NEW), target=S.CLOSED, who=MACHINE, event="request.imported", basis=OURS),
    T(act=a.AnswerDirectly, sources=at(S.REGISTERED), target=S.ANSWERED_DIRECTLY, who=AGENTS, event="request.answered_directly", clocks=(c.stop(K.REPLY, K.DISPATCH), *END), basis=SEED),
    T(act=a.ProposeDecline, sources=DECLINABLE, target=None, who=INTAKE, event="decline.proposed", standing=(g.nothing_proposed(Proposal.DECLINE),), basis=NATIONAL_2025),
    T(act=a.ConfirmDecline, sources=DECLINABLE, target=S.NOT_ACCEPTED, who=LEADERS, event="decline.confirmed", standing=(g.proposed(Proposal.DECLINE),), clocks=(c.stop(K.INTAKE, K.REPLY, K.DISPATCH), *END), basis=NATIONAL_2025),
    T(act=a.RejectDecline, sources=DECLINABLE, target=None, who=LEADERS, event="decline.rejected", standing=(g.proposed(Proposal.DECLINE),), basis=OURS),
    T(act=a.TransferEmergency, sources=BEFORE_DISPATCH | {S.DRAFT}, target=S.TRANSFERRED, who=INTAKE, event="request.transferred", clocks=(c.stop(K.INTAKE, K.REPLY, K.DISPATCH), *END), basis=NATIONAL_2022),
    T(act=a.SendToDispatch, sources=at(S.REGISTERED), target=S.PENDING_DISPATCH, who=(*INTAKE, *MACHINE), event="dispatch.requested", basis=NATIONAL_2020),
)  # fmt: skip

UPKEEP_ROWS = (
    T(act=a.AddFacts, sources=OPEN, target=None, who=(*OFFICE, *CITIZENS), event="ticket.facts_added", basis=OURS),
    T(act=a.WriteBrief, sources=OPEN, target=None, who=(*INTAKE, *SUPERVISORS), event="ticket.briefed", basis=GB),
    T(act=a.Urge, sources=OPEN, target=None, who=(*OFFICE, *CITIZENS, *MACHINE), event="ticket.urged", basis=SEED),
    T(act=a.Classify, sources=OPEN, target=None, who=(*INTAKE, *REVIEWERS), event="ticket.classified", guards=(i.reason_after_dispatch,), clocks=(c.relimit(), c.spare_contact()), basis=OURS),
    T(act=a.MarkTicket, sources=OPEN, target=None, who=OFFICE, event="ticket.marked", guards=(i.marked_by_hand,), clocks=(c.relimit(), c.spare_contact()), basis=GB),
    T(act=a.UnmarkTicket, sources=OPEN, target=None, who=RULERS, event="ticket.unmarked", guards=(i.unmarked_by_hand,), clocks=(c.relimit(),), basis=GB),
    T(act=a.TagTicket, sources=BEFORE_DISPATCH, target=None, who=(*INTAKE, *SUPERVISORS), event="ticket.tagged", guards=(i.bears_no_such_tag,), clocks=(c.relimit(),), basis=OURS),
    T(act=a.TagTicket, sources=OPEN - BEFORE_DISPATCH, target=None, who=RULERS, event="ticket.tagged", guards=(i.bears_no_such_tag,), clocks=(c.relimit(),), basis=OURS),
    T(act=a.UntagTicket, sources=BEFORE_DISPATCH, target=None, who=(*INTAKE, *SUPERVISORS), event="ticket.untagged", standing=(g.bears_tags,), guards=(i.bears_that_tag,), clocks=(c.relimit(),), basis=OURS),
    T(act=a.UntagTicket, sources=OPEN - BEFORE_DISPATCH, target=None, who=RULERS, event="ticket.untagged", standing=(g.bears_tags,), guards=(i.bears_that_tag,), clocks=(c.relimit(),), basis=OURS),
    T(act=a.Withdraw, sources=OPEN, target=S.CLOSED, who=(*OFFICE, *CITIZENS), event="request.withdrawn", clocks=END, basis=OURS),
    T(act=a.Merge, sources=OPEN, target=S.MERGED, who=(*INTAKE, *SUPERVISORS), event="request.merged", clocks=END, basis=NATIONAL_2025),
    T(act=a.ProposeVoid, sources=VOIDABLE, target=None, who=OFFICE, event="void.proposed", standing=(g.nothing_proposed(Proposal.VOID),), basis=OURS),
    T(act=a.ConfirmVoid, sources=VOIDABLE, target=S.VOIDED, who=LEADERS, event="void.confirmed", standing=(g.proposed(Proposal.VOID),), clocks=END, basis=OURS),
    T(act=a.RejectVoid, sources=VOIDABLE, target=None, who=LEADERS, event="void.rejected", standing=(g.proposed(Proposal.VOID),), basis=OURS),
    T(act=a.AddAttachment, sources=OPEN, target=None, who=FILERS, event="ticket.attachment_added", guards=(i.purpose_fits, i.shown_by_office), basis=OURS),
    T(act=a.RemoveAttachment, sources=OPEN, target=None, who=FILERS, event="ticket.attachment_removed", guards=(i.removes_own,), basis=OURS),
)  # fmt: skip

DISPATCH_ROWS = (
    T(act=a.Dispatch, sources=BEFORE_DISPATCH, target=S.PENDING_SIGN, who=(*INTAKE, *MACHINE), event="dispatch.sent", guards=(i.third_level, i.unambiguous_for_agents, i.follows_the_directory, i.briefed_if_confidential, i.lead_not_among_co_units, i.one_part_each, i.not_to_founded_return), clocks=TO_UNIT, basis=NATIONAL_2025),
    T(act=a.HandOverByPhone, sources=BEFORE_DISPATCH, target=S.PENDING_SIGN, who=INTAKE, event="dispatch.phoned", guards=(i.third_level, i.briefed_if_confidential, i.not_to_founded_return), clocks=(*TO_UNIT, c.start(K.PHONE_FEEDBACK)), basis=BENGBU),
    T(act=a.FeedBackByPhone, sources=WITH_UNIT, target=None, who=(*HOLDERS, *INTAKE), event="dispatch.phone_fed_back", standing=(g.awaits_phone_feedback,), clocks=(c.stop(K.PHONE_FEEDBACK),), basis=BENGBU),
    T(act=a.Reassign, sources=WITH_UNIT, target=S.PENDING_SIGN, who=RULERS, event="dispatch.reassigned", guards=(i.third_level, i.follows_the_directory, i.briefed_if_confidential, i.another_unit, i.lead_not_among_co_units, i.one_part_each, i.not_to_founded_return), when=(w.may_fail_again,), clocks=(*LEAVES_UNIT, *GIVEN), basis=NATIONAL_2025),
    T(act=a.Reassign, sources=WITH_UNIT, target=S.JURISDICTION_DISPUTE, who=RULERS, event="dispatch.disputed", guards=(i.another_unit,), when=(w.fails_too_often,), clocks=(*LEAVES_UNIT, *DISPUTE), basis=TIANJIN),
    T(act=a.AcceptReturn, sources=at(S.RETURN_REQUESTED), target=S.PENDING_DISPATCH, who=DISPATCHERS, event="dispatch.return_accepted", when=(w.no_dispute_yet,), clocks=(*NEVER_THEIRS, c.start(K.DISPATCH)), basis=NATIONAL_2025),
    T(act=a.AcceptReturn, sources=at(S.RETURN_REQUESTED), target=S.JURISDICTION_DISPUTE, who=DISPATCHERS, event="dispatch.return_accepted", when=(w.opens_dispute,), clocks=(*NEVER_THEIRS, *DISPUTE), basis=TIANJIN),
    T(act=a.RejectReturn, sources=at(S.RETURN_REQUESTED), target=S.HANDLING, who=DISPATCHERS, event="dispatch.return_rejected", when=(w.signed_in,), clocks=(c.stop(K.RETURN_RULING),), basis=OURS),
    T(act=a.RejectReturn, sources=at(S.RETURN_REQUESTED), target=S.HANDLING, who=DISPATCHERS, event="dispatch.return_rejected", when=(w.not_signed_in,), clocks=(c.stop(K.RETURN_RULING), *SIGNED), basis=OURS),
    T(act=a.OpenTask, sources=CO_WORKING, target=None, who=(*RULERS, *MACHINE), event="task.opened", guards=(i.not_the_lead, i.no_task_lies, i.briefed_if_confidential), clocks=(c.start_co_tasks(),), basis=NATIONAL_2025),
    T(act=a.CloseTask, sources=CO_WORKING, target=None, who=RULERS, event="task.closed", standing=(g.some_task_lies,), guards=(i.task_lies,), clocks=(c.start_co_tasks(),), basis=OURS),
    T(act=a.AcceptTaskReturn, sources=CO_WORKING, target=None, who=DISPATCHERS, event="task.return_accepted", standing=(g.proposed(Proposal.TASK_RETURN),), clocks=(c.waive_co_task(), c.start_co_tasks()), basis=NATIONAL_2025),
    T(act=a.RejectTaskReturn, sources=CO_WORKING, target=None, who=DISPATCHERS, event="task.return_rejected", standing=(g.proposed(Proposal.TASK_RETURN),), basis=OURS),
    T(act=a.MarkNoOwner, sources=at(S.PENDING_DISPATCH), target=S.JURISDICTION_DISPUTE, who=DISPATCHERS, event="joint.opened", guards=(i.third_level,), clocks=(c.stop(K.DISPATCH), *DISPUTE), basis=NATIONAL_2025),
)  # fmt: skip

HANDLING_ROWS = (
    T(act=a.SignIn, sources=at(S.PENDING_SIGN), target=S.HANDLING, who=HOLDERS, event="handling.signed_in", clocks=(c.stop(K.SIGN_IN), *SIGNED), basis=BENGBU),
    T(act=a.RequestReturn, sources=RETURNABLE, target=None, who=HOLDERS, event="handling.return_drafted", standing=MAY_RETURN, guards=(i.proposes_another,), when=(w.signatures_needed,), clocks=(c.stop(K.RETURN_WINDOW, K.SIGN_IN),), basis=PUTUO),
    T(act=a.RequestReturn, sources=RETURNABLE, target=S.RETURN_REQUESTED, who=HOLDERS, event="handling.return_requested", standing=MAY_RETURN, guards=(i.proposes_another,), when=(w.no_signature_needed,), clocks=ASKS_RETURN, basis=TIANJIN),
    T(act=a.DeemAccepted, sources=WITH_UNIT, target=None, who=MACHINE, event="dispatch.deemed_accepted", standing=(g.window_has_passed,), clocks=(c.lapse(K.RETURN_WINDOW, K.OBJECTION),), basis=TIANJIN),
    T(act=a.RecordFirstContact, sources=WORKING, target=None, who=(*HOLDERS, *DELEGATES), event="handling.contacted", standing=(g.may_contact, g.not_contacted_yet), clocks=(c.stop(K.FIRST_CONTACT),), basis=PUTUO),
    T(act=a.RecordProgress, sources=WORKING, target=None, who=(*HOLDERS, *DELEGATES, *CO_HELPERS, *GUIDES), event="handling.progressed", basis=GB),
    T(act=a.ReportCoTask, sources=CO_WORKING, target=None, who=CO_HELPERS, event="handling.co_reported", standing=(g.co_task_owed,), clocks=(c.stop_co_tasks(), c.start_co_tasks()), basis=NATIONAL_2025),
    T(act=a.ReturnTask, sources=WORKING, target=None, who=HOLDERS, event="task.sent_back", standing=(g.some_task_reported,), guards=(i.task_reported,), clocks=(c.reopen_co_task(),), basis=OURS),
    T(act=a.RequestTaskReturn, sources=CO_WORKING, target=None, who=CO_HELPERS, event="task.return_requested", standing=MAY_RETURN_TASK, guards=(i.task_to_another,), basis=TIANJIN),
    T(act=a.RecordFinding, sources=WORKING, target=None, who=(*HOLDERS, *DELEGATES), event="handling.found", guards=(i.something_found,), clocks=(c.start_co_tasks(),), basis=SEED),
    T(act=a.Delegate, sources=WORKING, target=None, who=DISTRICT, event="handling.delegated", standing=(g.not_delegated, g.no_return_lies), guards=(i.unit_below, i.inner_due_ahead), clocks=(c.start_inner(),), basis=BENGBU),
    T(act=a.SignInDelegated, sources=WORKING, target=None, who=DELEGATES, event="handling.delegate_signed_in", standing=(g.delegate_unsigned,), basis=BENGBU),
    T(act=a.SubmitInnerReply, sources=WORKING, target=None, who=DELEGATES, event="handling.delegate_replied", standing=(g.delegate_signed, g.delegate_not_replied), clocks=(c.stop(K.INNER_REPLY),), basis=BENGBU),
    T(act=a.SendBackInnerReply, sources=WORKING, target=None, who=DISTRICT, event="handling.delegate_sent_back", standing=(g.delegated, g.delegate_replied), clocks=(c.reopen(K.INNER_REPLY),), basis=OURS),
    T(act=a.RecallDelegation, sources=WORKING, target=None, who=DISTRICT, event="handling.recalled", standing=(g.delegated,), clocks=(c.cancel(K.INNER_REPLY),), basis=OURS),
    T(act=a.RequestExtension, sources=WORKING, target=None, who=HOLDERS, event="extension.drafted", standing=MAY_EXTEND, guards=(i.extension_length,), when=(w.signatures_needed,), basis=PUTUO),
    T(act=a.RequestExtension, sources=WORKING, target=None, who=HOLDERS, event="extension.requested", standing=MAY_EXTEND, guards=(i.extension_length,), when=(w.no_signature_needed,), clocks=(c.start(K.EXTENSION_RULING),), basis=SHANDONG),
    T(act=a.GrantExtension, sources=WORKING, target=None, who=RULERS, event="extension.granted", standing=(g.proposed(Proposal.EXTENSION),), guards=(i.extension_length,), clocks=(c.stop(K.EXTENSION_RULING), c.extend()), basis=SHANDONG),
    T(act=a.RefuseExtension, sources=WORKING, target=None, who=RULERS, event="extension.refused", standing=(g.proposed(Proposal.EXTENSION),), clocks=(c.stop(K.EXTENSION_RULING),), basis=SHANDONG),
    T(act=a.Pause, sources=WORKING, target=None, who=RULERS, event="clock.paused", standing=(g.clocks_running, g.pause_left), guards=(i.pause_reason_counts,), clocks=(c.pause(),), basis=OURS),
    T(act=a.Resume, sources=WORKING, target=None, who=(*RULERS, *MACHINE), event="clock.resumed", standing=(g.clocks_paused,), clocks=(c.resume(),), basis=OURS),
    T(act=a.ReplyInStages, sources=WORKING, target=None, who=HOLDERS, event="handling.stage_replied", basis=OURS),
    T(act=a.SubmitReply, sources=WORKING, target=S.PENDING_SIGN_OFF, who=HOLDERS, event="handling.replied", standing=(g.inner_reply_in,), guards=(i.tasks_reported,), when=(w.signatures_needed,), clocks=SUBMITTED, basis=BENGBU),
    T(act=a.SubmitReply, sources=WORKING, target=S.PENDING_REVIEW, who=HOLDERS, event="handling.replied", standing=(g.inner_reply_in,), guards=(i.tasks_reported,), when=(w.no_signature_needed,), clocks=(*SUBMITTED, *TO_REVIEW), basis=OURS),
    T(act=a.SignOff, sources=at(S.PENDING_SIGN_OFF), target=None, who=HOLDERS, event="handling.signed_off", standing=(g.own_step,), when=(w.more_signatures,), basis=BENGBU),
    T(act=a.SignOff, sources=at(S.PENDING_SIGN_OFF), target=S.PENDING_REVIEW, who=HOLDERS, event="handling.signed_off", standing=(g.own_step,), when=(w.last_signature,), clocks=TO_REVIEW, basis=BENGBU),
    T(act=a.SignOff, sources=WITH_UNIT, target=None, who=HOLDERS, event="handling.request_signed", standing=(g.own_step,), when=(w.more_signatures,), basis=PUTUO),
    T(act=a.SignOff, sources=RETURNABLE, target=S.RETURN_REQUESTED, who=HOLDERS, event="handling.return_requested", standing=(g.own_step,), when=(w.last_signature, w.return_lies), clocks=ASKS_RETURN, basis=PUTUO),
    T(act=a.SignOff, sources=WORKING, target=None, who=HOLDERS, event="extension.requested", standing=(g.own_step,), when=(w.last_signature, w.extension_lies), clocks=(c.start(K.EXTENSION_RULING),), basis=PUTUO),
    T(act=a.SignOff, sources=WORKING, target=None, who=HOLDERS, event="parking.proposed", standing=(g.own_step,), when=(w.last_signature, w.park_lies), basis=OURS),
    T(act=a.SignOff, sources=at(S.PENDING_CLOSE, S.PARKED), target=None, who=HOLDERS, event="parking.proposed", standing=(g.own_step,), basis=OURS),
    T(act=a.RefuseRequest, sources=at(S.PENDING_SIGN), target=None, who=HOLDERS, event="handling.request_refused", standing=(g.signs_or_wrote,), clocks=(c.reopen(K.RETURN_WINDOW, K.SIGN_IN),), basis=PUTUO),
    T(act=a.RefuseRequest, sources=at(S.HANDLING), target=None, who=HOLDERS, event="handling.request_refused", standing=(g.signs_or_wrote,), when=(w.return_lies,), clocks=(c.reopen(K.RETURN_WINDOW),), basis=PUTUO),
    T(act=a.RefuseRequest, sources=WORKING, target=None, who=HOLDERS, event="handling.request_refused", standing=(g.signs_or_wrote,), when=(w.extension_lies,), basis=PUTUO),
    T(act=a.RefuseRequest, sources=WORKING, target=None, who=HOLDERS, event="handling.request_refused", standing=(g.signs_or_wrote,), when=(w.park_lies,), basis=OURS),
    T(act=a.RefuseRequest, sources=at(S.PENDING_CLOSE, S.PARKED), target=None, who=HOLDERS, event="handling.request_refused", standing=(g.signs_or_wrote,), basis=OURS),
    T(act=a.ReviseReply, sources=at(S.PENDING_SIGN_OFF), target=S.HANDLING, who=HOLDERS, event="handling.revised", standing=(g.signs_or_wrote,), when=(w.first_round,), basis=BENGBU),
    T(act=a.ReviseReply, sources=at(S.PENDING_SIGN_OFF), target=S.REWORK, who=HOLDERS, event="handling.revised", standing=(g.signs_or_wrote,), when=(w.in_rework,), basis=BENGBU),
    T(act=a.ProposePark, sources=PARKABLE, target=None, who=HOLDERS, event="parking.drafted", standing=MAY_PARK, guards=PLANNED, when=(w.signatures_needed,), basis=OURS),
    T(act=a.ProposePark, sources=PARKABLE, target=None, who=HOLDERS, event="parking.proposed", standing=MAY_PARK, guards=PLANNED, when=(w.no_signature_needed,), basis=OURS),
    T(act=a.ConfirmPark, sources=PARKABLE - {S.PARKED}, target=S.PARKED, who=SUPERVISORS, event="parking.confirmed", standing=AGREED, clocks=PARKED, basis=OURS),
    T(act=a.ConfirmPark, sources=at(S.PARKED), target=S.PARKED, who=SUPERVISORS, event="parking.renewed", standing=AGREED, clocks=(c.stop(K.PARK_REVIEW), c.start_park_review()), basis=OURS),
    T(act=a.RejectPark, sources=PARKABLE, target=None, who=SUPERVISORS, event="parking.rejected", standing=(g.proposed(Proposal.PARK),), basis=OURS),
    T(act=a.StrikeOff, sources=at(S.PARKED), target=S.HANDLING, who=(*HEADS, *SUPERVISORS), event="parking.struck_off", when=(w.unanswered_first,), clocks=(c.stop(K.PARK_REVIEW), c.resume()), basis=OURS),
    T(act=a.StrikeOff, sources=at(S.PARKED), target=S.REWORK, who=(*HEADS, *SUPERVISORS), event="parking.struck_off", when=(w.unanswered_rework,), clocks=(c.stop(K.PARK_REVIEW), c.resume()), basis=OURS),
    T(act=a.StrikeOff, sources=at(S.PARKED), target=S.REWORK, who=(*HEADS, *SUPERVISORS), event="parking.struck_off", when=(w.answered,), clocks=(c.stop(K.PARK_REVIEW), *NEW_ROUND), basis=OURS),
)  # fmt: skip

JOINT_ROWS = (
    T(act=a.Mediate, sources=DISPUTED, target=S.HANDLING, who=DISPATCHERS, event="joint.mediated", guards=(i.briefed_if_confidential, i.lead_not_among_co_units), clocks=RULED, basis=NATIONAL_2025),
    T(act=a.RuleProvisionally, sources=DISPUTED, target=S.HANDLING, who=SUPERVISORS, event="joint.ruled_provisionally", guards=(i.briefed_if_confidential,), clocks=(c.stop(K.MEDIATION, K.QUICK_RULING), c.resume(), c.cancel(K.SIGN_IN), *NAMED), basis=SHENZHEN),
    T(act=a.ConvenePanel, sources=at(S.JURISDICTION_DISPUTE), target=S.JOINT_HANDLING, who=SUPERVISORS, event="joint.convened", clocks=(c.stop(K.MEDIATION), c.cancel(K.QUICK_RULING)), basis=SEED),
    T(act=a.ConvenePanel, sources=WORKING, target=None, who=SUPERVISORS, event="joint.convened", standing=(g.open_to_ruling,), clocks=(c.start_unless_running(K.PANEL),), basis=SEED),
    T(act=a.RuleJointly, sources=at(S.JOINT_HANDLING), target=S.HANDLING, who=SUPERVISORS, event="joint.ruled", guards=(i.briefed_if_confidential, i.lead_not_among_co_units), clocks=RULED, basis=SEED),
    T(act=a.RuleJointly, sources=WORKING, target=S.HANDLING, who=SUPERVISORS, event="joint.ruled", standing=(g.open_to_ruling,), guards=(i.briefed_if_confidential, i.lead_not_among_co_units), when=(w.lead_changes,), clocks=RULED, basis=SEED),
    T(act=a.RuleJointly, sources=WORKING, target=None, who=SUPERVISORS, event="joint.confirmed", standing=(g.open_to_ruling,), guards=(i.lead_not_among_co_units,), when=(w.lead_confirmed,), clocks=(c.stop(K.PANEL), c.cancel(K.OBJECTION), c.start(K.OBJECTION), c.start_co_tasks()), basis=SEED),
    T(act=a.ObjectToRuling, sources=WORKING, target=None, who=(*HOLDERS, *CO_UNITS), event="joint.objected", standing=(g.not_yet_objected,), clocks=(c.stop_objection(), c.start_unless_running(K.PANEL)), basis=OURS),
    T(act=a.EscalateDispute, sources=DISPUTED, target=S.JOINT_HANDLING, who=SUPERVISORS, event="joint.escalated", standing=(g.not_escalated,), clocks=(c.stop(K.MEDIATION), c.cancel(K.QUICK_RULING)), basis=SEED),
    T(act=a.EscalateDispute, sources=WORKING, target=None, who=SUPERVISORS, event="joint.escalated", standing=(g.open_to_ruling, g.not_escalated), basis=SEED),
)  # fmt: skip

REVIEW_ROWS = (
    T(act=a.PassReview, sources=at(S.PENDING_REVIEW), target=S.PENDING_CALLBACK, who=REVIEWERS, event="review.passed", guards=(v.answered_once, v.graded, v.lapses_explained), clocks=(c.stop(K.REVIEW), c.stop_replies(OnTime.ACCEPTED_REPLY), c.cancel(K.PANEL), c.start(K.CALLBACK)), basis=SEED),
    T(act=a.SendBack, sources=at(S.PENDING_REVIEW), target=S.HANDLING, who=REVIEWERS, event="review.sent_back", guards=(v.answered_once, v.names_what_failed), when=(w.first_round,), clocks=SENT_BACK, basis=SEED),
    T(act=a.SendBack, sources=at(S.PENDING_REVIEW), target=S.REWORK, who=REVIEWERS, event="review.sent_back", guards=(v.answered_once, v.names_what_failed), when=(w.in_rework,), clocks=SENT_BACK, basis=SEED),
)  # fmt: skip

CALLBACK_ROWS = (
    T(act=a.RecordAttempt, sources=at(S.PENDING_CALLBACK), target=None, who=CALLERS, event="callback.attempted", standing=(g.callable_back, g.not_refused, g.attempts_left, g.different_half_day), guards=(i.not_reached,), basis=OURS),
    T(act=a.RecordCallback, sources=at(S.PENDING_CALLBACK), target=S.CLOSED, who=(*CALLERS, *CITIZENS, *MACHINE), event="callback.settled", standing=(g.callable_back,), when=(w.settled,), clocks=(c.stop(K.CALLBACK), *END), basis=ANHUI),
    T(act=a.RecordCallback, sources=at(S.PENDING_CALLBACK), target=S.PENDING_CLOSE, who=(*CALLERS, *CITIZENS, *MACHINE), event="callback.dissatisfied", standing=(g.callable_back,), guards=(i.cause_given,), when=(w.dissatisfied,), clocks=(c.stop(K.CALLBACK), c.start(K.CLOSE)), basis=ANHUI),
    T(act=a.CloseUnreached, sources=at(S.PENDING_CALLBACK), target=S.CLOSED, who=CALLERS, event="callback.unreached", standing=(g.attempts_made,), when=(w.unreached_closes,), clocks=(c.stop(K.CALLBACK), *END), basis=OURS),
    T(act=a.CloseUnreached, sources=at(S.PENDING_CALLBACK), target=S.PENDING_CLOSE, who=CALLERS, event="callback.unreached", standing=(g.attempts_made,), when=(w.unreached_is_decided,), clocks=(c.stop(K.CALLBACK), c.start(K.CLOSE)), basis=OURS),
    T(act=a.CloseWithoutCallback, sources=at(S.PENDING_CALLBACK), target=S.CLOSED, who=(*CALLERS, *REVIEWERS), event="callback.waived", standing=(g.may_be_waived,), clocks=(c.stop(K.CALLBACK), *END), basis=BENGBU),
    T(act=a.OrderRework, sources=at(S.PENDING_CLOSE), target=S.REWORK, who=(*REVIEWERS, *SUPERVISORS), event="callback.rework_ordered", standing=(g.decides_dissatisfied, g.reworks_left), clocks=(c.stop(K.CLOSE), *NEW_ROUND), basis=ANHUI),
    T(act=a.Close, sources=at(S.PENDING_CLOSE), target=S.CLOSED, who=(*REVIEWERS, *SUPERVISORS), event="callback.closed", standing=(g.decides_dissatisfied,), clocks=(c.stop(K.CLOSE), *END), basis=ANHUI),
    T(act=a.ReopenAfterVisit, sources=at(S.CLOSED), target=S.REWORK, who=SUPERVISORS, event="visit.problem_found", standing=(g.was_handled,), clocks=NEW_ROUND, basis=SEED),
)  # fmt: skip

SYSTEM_ROWS = (
    T(act=a.RecordOverdue, sources=OPEN, target=None, who=MACHINE, event="clock.overdue", guards=(i.has_run_out,), clocks=(c.mark("overdue"),), basis=OURS),
    T(act=a.SendReminder, sources=OPEN, target=None, who=MACHINE, event="clock.reminded", guards=(i.step_has_come,), clocks=(c.mark("remind"),), basis=OURS),
    T(act=a.IssueNotice, sources=AT_UNIT, target=None, who=MACHINE, event="clock.notice_issued", guards=(i.step_has_come,), clocks=(c.mark("notice"),), basis=REMINDING),
    T(act=a.ProposeCriticism, sources=AT_UNIT, target=None, who=MACHINE, event="clock.criticism_proposed", guards=(i.step_has_come,), clocks=(c.mark("criticise"),), basis=REMINDING),
    T(act=a.RecomputeClocks, sources=OPEN, target=None, who=MACHINE, event="clock.recomputed", guards=(i.something_moves,), clocks=(c.recompute(),), basis=SEED),
    T(act=a.FollowSuccessor, sources=OPEN, target=None, who=MACHINE, event="ticket.unit_succeeded", guards=(i.stands_in_ticket,), clocks=(c.follow_co_task(), c.stop_co_tasks(), c.start_co_tasks()), basis=SEED),
    T(act=a.Archive, sources=ENDED, target=S.ARCHIVED, who=MACHINE, event="ticket.archived", standing=(g.closed_long_enough,), basis=OURS),
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

ROWS_OF: Mapping[type[a.Act], tuple[T, ...]] = {
    act: tuple(row for row in TABLE if row.act is act) for act in a.ACTS.values()
}
"""The rows of each act."""

ROWS_IN: Mapping[Stage, tuple[T, ...]] = {stage: tuple(row for row in TABLE if stage in row.sources) for stage in Stage}
"""What can be done in each stage, by anyone."""
