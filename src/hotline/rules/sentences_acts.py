"""Why an act is not possible, said so that the reader knows what to do next, in Chinese and English.

Clerks, units and citizens read these; every refusal code of the platform has one entry and every entry is in use.
"""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    # who and when
    "act.role_denied": (
        "您的岗位不能办理“{act}”。请由有此岗位的人员办理，或者联系安全管理员调整岗位。",
        "Your role can’t do “{act}”. Ask somebody with that role, or have the security administrator change yours.",
    ),
    "act.not_now": (
        "工单目前处于“{stage}”，不能办理“{act}”。请刷新页面，从当前可办的事项中选择。",
        "The ticket is at “{stage}”, where “{act}” isn’t possible. Reload the page and choose from the acts offered.",
    ),
    "act.not_your_ticket": (
        "这张工单不由您所在单位承担，不能办理“{act}”。如认为应由本单位办理，请联系派单员。",
        "This ticket isn’t your unit’s, so you can’t do “{act}”. If it should be, speak with the dispatcher.",
    ),
    "act.before_last_event": (
        "办理时间早于工单最近一次记录（{at}）。请核对时间后重新提交。",
        "This lies before the ticket’s last entry ({at}). Check the time and try again.",
    ),
    "act.needs_second_person": (
        "申请人不能审批自己的申请。请由另一位有权人员办理。",
        "Nobody decides on their own proposal. Ask another authorised person.",
    ),
    "access.denied": (
        "您没有查看此页面的权限。如工作需要，请联系安全管理员授予岗位。",
        "You may not see this page. If your work needs it, ask the security administrator for the role.",
    ),
    "ticket.not_found": (
        "没有找到工单{number}，或者您无权查看。请核对工单编号。",
        "Ticket {number} isn’t there or isn’t open to you. Check the number.",
    ),
    "ticket.gone": (
        "没有提交：工单{number}已经不对您开放。可能已改派，或者您的岗位有变动；请回到列表查看，填过的内容还留着。",
        "Not sent: ticket {number} is no longer open to you. It may have been given to somebody else, or your role "
        "changed; look at your list. What you typed is kept.",
    ),
    "conflict.version": (
        "别人刚处理过这张工单（{at}，{event}），您的操作没有保存。请查看最新情况后再办理，已填写的内容仍保留在本页。",
        "Somebody else has just acted on this ticket ({at}: {event}), so yours wasn’t saved. "
        "Look at how it stands now and act again; what you typed is still here.",
    ),
    "merge.into_itself": (
        "工单不能并入自己。请填写另一张工单的编号。",
        "A ticket can’t be merged into itself. Give the number of another one.",
    ),
    "merge.master_ended": (
        "要并入的工单已是“{stage}”，不再办理。请选择一张正在办理的工单。",
        "The ticket to merge into has ended (“{stage}”). Choose one that is still being handled.",
    ),
    "source.other_content": (
        "原系统编号{id}此前导入过，但内容不同。请核对原系统的记录，确需更正的在工单上补充情况。",
        "Number {id} of the other system was imported before with other content. "
        "Check the record there; add a correction to the ticket if one is needed.",
    ),
    # fields
    "field.required": (
        "请填写“{field}”。",
        "Fill in “{field}”.",
    ),
    "field.too_long": (
        "“{field}”最多{limit}字，现有{length}字。请精简后再提交。",
        "“{field}” may have {limit} characters and has {length}. Shorten it and submit again.",
    ),
    "field.bad_character": (
        "“{field}”中有无法保存的字符。请删除后重新输入。",
        "“{field}” holds a character that can’t be stored. Remove it and type it again.",
    ),
    "field.no_time_zone": (
        "“{field}”缺少时区。请按“2021-05-08T14:20+08:00”的格式填写。",
        "“{field}” has no time zone. Write it like 2021-05-08T14:20+08:00.",
    ),
    "field.out_of_range": (
        "“{field}”应在{low}至{high}之间。请改正。",
        "“{field}” must lie between {low} and {high}. Correct it.",
    ),
    "field.unknown_code": (
        "“{field}”中的“{value}”不在本市现行清单内。请从列表中选择。",
        "“{value}” in “{field}” isn’t in the city’s present list. Choose from the list.",
    ),
    "field.repeated": (
        "“{field}”中有重复的选项。请去掉重复后再提交。",
        "“{field}” names the same twice. Remove the repetition and submit again.",
    ),
    # intake and upkeep
    "register.place_missing": (
        "求助、投诉和举报要写明在哪里。请至少填写“所在区划”或者“事发地点”中的一项。",
        "Help, complaints and reports need a place. Give the district or the place.",
    ),
    "register.superior_due_past": (
        "上级要求的办结时间已经过去。请核对来文，填写尚未到期的时间，或者留空按本级时限办理。",
        "The superior’s due time has passed. Check their letter and give a later one, or leave it blank to use ours.",
    ),
    "decline.already_proposed": (
        "已经提出过不予受理，正等待值班长决定。请等待结果，或者直接受理。",
        "Declining has been proposed and waits for the team leader. Await the decision, or take the request in.",
    ),
    "decline.nothing_proposed": (
        "没有人提出不予受理。请先由话务员提出并写明理由。",
        "Nobody has proposed declining. An agent proposes it first, with the reason.",
    ),
    "void.already_proposed": (
        "已经申请过作废，正等待审批。请等待结果。",
        "Voiding has been proposed and waits for a decision. Await it.",
    ),
    "void.nothing_proposed": (
        "没有待审批的作废申请。请先由经办人申请并写明理由。",
        "No voiding is pending. Somebody proposes it first, with the reason.",
    ),
    "classify.reason_missing": (
        "工单已经派出，调整分类须写明理由。请填写理由后再提交。",
        "The ticket has been dispatched, so a reclassification needs a reason. Give it and submit again.",
    ),
    "flag.not_by_hand": (
        "“{flag}”由相应的办理环节自动形成，不能人工设置或者取消。请办理对应事项。",
        "“{flag}” comes from acts themselves and isn’t set or cleared by hand. Do the act it stands for.",
    ),
    "flag.already_set": (
        "工单已有“{flag}”标记，无需重复设置。",
        "The ticket bears the mark “{flag}” already; there is nothing to do.",
    ),
    "flag.not_set": (
        "工单没有“{flag}”标记，无需取消。",
        "The ticket doesn’t bear the mark “{flag}”; there is nothing to clear.",
    ),
    "tag.already_set": (
        "工单已有这个标签，无需重复加。请选择别的标签。",
        "The ticket bears this tag already. Choose another.",
    ),
    "tag.none_set": (
        "工单没有标签，无需去掉。",
        "The ticket bears no tag; there is nothing to take off.",
    ),
    "tag.not_set": (
        "工单没有这个标签，无需去掉。请选择工单上已有的标签。",
        "The ticket doesn’t bear this tag. Choose one that it bears.",
    ),
    "flag.lengthens_limits": (
        "“{flag}”会延长办理时限，须由派单员或者督办员认定。请向其说明情况。",
        "“{flag}” lengthens the limits, so a dispatcher or supervisor decides on it. Put the case to them.",
    ),
    "flag.stays_confidential": (
        "保密件不能取消保密。确需公开的，请诉求人另行提出新的诉求。",
        "A confidential ticket stays confidential. If the requester wants it open, they make a new request.",
    ),
    # finding the unit
    "dispatch.category_missing": (
        "工单还没有选到三级分类，不能派出。请先用“调整分类”选定。",
        "No third-level category is chosen, so the ticket can’t be dispatched. Reclassify it first.",
    ),
    "dispatch.not_unambiguous": (
        "派单目录没有把这件事项唯一确定给该单位，话务员不能直接派单。请选择“转派调度”，由派单员派单。",
        "The directory does not name this unit as the one lead, so agents can’t send it there. "
        "Choose “To dispatch” and the dispatcher will find the unit.",
    ),
    "confidential.brief_missing": (
        "这是保密工单，还没有写给承办单位看的交办内容，不能派出。请先写交办内容，不要写出诉求人是谁。",
        "This ticket is confidential and units have no brief to read yet, so it can’t leave the office. "
        "Write the brief first and don’t say who asked.",
    ),
    "confidential.names_requester": (
        "“{field}”里有诉求人的姓名或者电话，而这是保密工单，承办单位会看到。请删去后重新提交。",
        "“{field}” holds the requester’s name or number, and units would read it though the ticket is confidential. "
        "Take it out and try again.",
    ),
    "dispatch.lead_is_co_unit": (
        "主办单位不能同时是协办单位。请从协办单位中去掉主办单位。",
        "The lead unit can’t be a co-unit as well. Take it out of the co-units.",
    ),
    "dispatch.returned_by_unit": (
        "该单位对本工单的退单已经成立，不能再派给它。请改选其他单位，确无单位承担的请认定无主。",
        "That unit’s return of this ticket was accepted, so it can’t get it again. "
        "Choose another, or mark the ticket as ownerless.",
    ),
    "dispatch.same_unit": (
        "工单已经在该单位办理。改派请选择其他单位。",
        "The ticket is with that unit already. Choose another to reassign it.",
    ),
    "phone.no_feedback_due": (
        "这张工单没有等待电话反馈的交办。请改为登记办理情况。",
        "No phone feedback is due on this ticket. Record progress instead.",
    ),
    "return.window_over": (
        "退单期限已过，视为接受。请继续办理；确需调整的，请联系派单员改派。",
        "The window for returns is over and the ticket counts as accepted. Handle it, or ask for it to be reassigned.",
    ),
    "return.window_open": (
        "退单或者异议期限尚未届满，不能视为接受。请等期限届满。",
        "The window is still open, so nothing is deemed accepted. Wait until it has passed.",
    ),
    "return.ruled_already": (
        "主办单位已经裁定，不能再退单。如不服裁定，请在期限内提出异议，办理不停止。",
        "The lead was named by a ruling, so it can’t be returned. Object within the window; the work goes on.",
    ),
    "return.already_handled": (
        "本单位已经答复过这张工单，不能再退单。请按审核意见继续办理。",
        "Your unit has replied to this ticket, so it can’t be returned any more. Go on by the reviewer’s findings.",
    ),
    "return.proposes_itself": (
        "建议承办单位不能是本单位。请填写其他单位，或者留空。",
        "The unit proposed can’t be your own. Name another, or leave it blank.",
    ),
    # handling
    "contact.already_recorded": (
        "先行联系已经登记过。后续联系请写入办理情况。",
        "First contact has been recorded. Put later talks into the progress notes.",
    ),
    "contact.confidential": (
        "这是保密件，承办单位不得联系诉求人。需要补充情况的，请联系热线转达。",
        "This ticket is confidential: the unit must not contact the requester. Ask the hotline to pass questions on.",
    ),
    "contact.none_left": (
        "诉求人没有留下联系方式，无需先行联系。请直接办理并写明办理情况。",
        "The requester left no contact, so none is needed. Handle the matter and note what was done.",
    ),
    "delegation.none": (
        "工单没有二次派单。请先派给下级单位，或者由本单位直接办理。",
        "Nothing is delegated. Delegate it first, or let your own unit handle it.",
    ),
    "delegation.exists": (
        "工单已经派给下级单位。请先收回二次派单，再办理此事项。",
        "The ticket is with a unit below. Recall the delegation first.",
    ),
    "delegation.not_signed": (
        "下级单位还没有签收。请先签收，再上报办理结果。",
        "The unit below hasn’t signed in. Sign in first, then report.",
    ),
    "delegation.already_signed": (
        "下级单位已经签收，无需重复签收。请继续办理。",
        "The unit below has signed in already. Go on with the work.",
    ),
    "delegation.no_reply": (
        "下级单位还没有上报办理结果，无从退回。请等待上报，或者收回二次派单。",
        "The unit below hasn’t reported, so there is nothing to send back. Await its report or recall the delegation.",
    ),
    "co_task.already_reported": (
        "本单位的协办结果已经反馈。如有补充，请登记办理情况。",
        "Your unit has reported its part. To add to it, record progress.",
    ),
    "co_task.nothing_reported": (
        "还没有协办单位反馈，无从退回。请等待反馈。",
        "No co-unit has reported, so there is nothing to send back. Await a report.",
    ),
    "co_task.none": (
        "没有未完成的协办任务，无需撤销。",
        "There is no task left to do, so none needs taking away.",
    ),
    "co_task.is_lead": (
        "主办单位负责整件工单，不另下达协办任务。请选择其他单位。",
        "The lead has the whole ticket and gets no task of it. Choose another unit.",
    ),
    "co_task.exists": (
        "该单位已有一项未完成的协办任务。请等其反馈，或者撤销后重新下达。",
        "That unit has a task that is not done. Await its report, or take that task away and give another.",
    ),
    "co_task.not_lying": (
        "该单位没有未完成的协办任务。请从未完成的任务中选择。",
        "That unit has no task that is not done. Choose one that has.",
    ),
    "co_task.not_reported": (
        "该单位没有可以退回的协办结果。请选择已经反馈的单位。",
        "That unit has no report to send back. Choose one that has reported.",
    ),
    "co_task.awaited": (
        "还有{count}个协办单位没有反馈，由主办单位汇总后统一答复。请等待反馈；确需先答复的，请写明理由。",
        "Co-units that have not reported: {count}. The lead answers for all: await them, or say why you go first.",
    ),
    "co_task.nothing_found": (
        "请选择发现的情况；没有发现的，登记办理情况即可。",
        "Say what was found; if nothing was, record progress instead.",
    ),
    "dispatch.two_parts": (
        "一个单位在一件工单里只有一个角色。请从主办、协办、督导、抄送中只选一个。",
        "A unit has one part in a ticket. Name it only once: lead, co-unit, guidance or copy.",
    ),
    "delegation.already_replied": (
        "办理结果已经上报。如需修改，请上级单位退回后重报。",
        "The result has been reported. To change it, the unit above sends it back first.",
    ),
    "delegation.awaiting_reply": (
        "下级单位还没有上报办理结果，不能对外答复。请等待上报，或者收回二次派单后直接答复。",
        "The unit below hasn’t reported, so no reply can go out. Await its report, or recall the delegation and reply.",
    ),
    "delegation.not_below": (
        "只能派给本单位的下级单位。请从下级单位中选择；平级单位请由派单员改派。",
        "Work is given to units below your own only. Choose one, or ask the dispatcher to reassign sideways.",
    ),
    "delegation.due_past": (
        "要求完成时间已经过去。请填写今后的时间，或者留空。",
        "The inner due time has passed. Give a later one, or leave it blank.",
    ),
    "sign_off.own_reply": (
        "答复是您本人撰写的，不能由本人签批。请由其他负责人签批。",
        "You wrote this reply, so somebody else in charge signs it.",
    ),
    "sign_off.not_your_step": (
        "现在轮到{next}签批。请由其办理，上级负责人也可以代签。",
        "It is the turn of “{next}” to sign. Leave it to them; somebody above may sign for them.",
    ),
    # joint handling
    "joint.no_dispute": (
        "主办单位明确且没有异议，无需会办。需要换单位的，请改派。",
        "The lead is clear and has not objected, so no panel is needed. To change the unit, reassign the ticket.",
    ),
    "joint.already_escalated": (
        "已经提请市政府协调。请等待结果后作出裁定。",
        "The city government has been asked already. Await its answer, then rule.",
    ),
    "objection.already_made": (
        "本单位已经提出过一次异议，不能再次提出。请继续办理，等待会办结论。",
        "Your unit has objected once and can’t again. Go on with the work and await the panel.",
    ),
    "objection.window_over": (
        "没有可以提出异议的裁定，或者异议期限已过。请继续办理。",
        "There is no ruling to object to, or the window is over. Go on with the work.",
    ),
    # callback and closing
    "callback.no_contact": (
        "诉求人没有留下联系方式，无法回访。请核实办理结果后选择免回访办结。",
        "The requester left no contact and can’t be called. Check the result yourself and close without callback.",
    ),
    "callback.refused": (
        "诉求人已拒绝回访，不再拨打。请选择免回访办结。",
        "The requester does not want to be called again. Close without callback.",
    ),
    "callback.attempts_used_up": (
        "已经回访{count}次未接通。请选择未接通办结。",
        "{count} attempts have failed. Close as unreached.",
    ),
    "callback.attempts_missing": (
        "应回访{asked}次，目前{made}次，还不能按未接通处理。请在另一个半天再次回访。",
        "{asked} attempts are asked for and {made} made, so it isn’t unreached yet. Try again in another half-day.",
    ),
    "callback.same_half_day": (
        "同一个半天已经回访过。请换一个半天再回访。",
        "An attempt was made in this half-day. Try again in another one.",
    ),
    "callback.reached_is_callback": (
        "已经接通的应登记为回访。请改用“登记回访”记录诉求人的意见。",
        "Who was reached has been called back. Use “Record callback” and note what the requester says.",
    ),
    "callback.cause_missing": (
        "诉求人不满意，须写明原因。请选择不满意原因。",
        "The requester is dissatisfied, so the cause must be given. Choose it.",
    ),
    "callback.contact_exists": (
        "诉求人留有联系方式且没有拒绝回访，不能免回访。请先回访。",
        "The requester can be called and hasn’t refused, so the callback can’t be left out. Call first.",
    ),
    "close.not_yours_to_decide": (
        "按规则方案，不满意工单由{role}或者其上级决定。请转其办理。",
        "By the rule profile “{role}” or somebody above decides about dissatisfied tickets. Leave it to them.",
    ),
    "rework.used_up": (
        "这张工单最多可以重办{count}次，已经用完。请写明理由确认办结，再由督办员现场核查；暂时无法解决的可以挂账。",
        "This ticket may be reworked {count} times and that is used up. Close it with a reason and have it visited, "
        "or let the unit park it if it can’t be solved now.",
    ),
    "rework.never_handled": (
        "这张工单没有承办单位的答复，或者诉求人已经撤诉，不能发回重办。请另行受理新的诉求。",
        "No unit has replied to this ticket, or it was withdrawn, so it can’t be reworked. Take in a new request.",
    ),
    # the system
    "succession.same_unit": (
        "承接单位就是原单位。请改选另一个单位。",
        "The successor is the unit itself. Choose another unit.",
    ),
    "succession.not_in_ticket": (
        "该单位不在这张工单里，没有需要承接的事项。请核对单位。",
        "That unit has nothing to do with this ticket. Check the unit.",
    ),
    "archive.too_early": (
        "办结满{days}天后才能归档。请到期后再办理。",
        "A ticket is archived {days} days after it closed. Wait until then.",
    ),
}
