"""What each kind of notice says, in Chinese and English; the ticket's number stands before it.

Clerks and heads of units read these behind the bell. Nobody's words: what happened, and what to do.
"""

from collections.abc import Mapping
from typing import Final

from hotline.rules.words_vocabulary import Pair

NOTICE_WORDS: Final[Mapping[str, Pair]] = {
    "work_inherited": ("原承办单位已撤并，由本单位承接办理", "is your unit’s now: the unit that had it is no more"),
    "work_arrived": ("已转到本单位，请按时签收", "was dispatched to your unit; sign in on time"),
    "work_phoned": ("已电话交办本单位，请立即反馈", "was handed to your unit by phone; feed back at once"),
    "help_asked": ("请本单位协办", "asks your unit to help"),
    "work_taken": ("已从本单位转出，不再由本单位办理", "was taken from your unit, which need not handle it any more"),
    "lead_settled": ("已确定由本单位主办，请继续办理", "is settled to be led by your unit; go on with it"),
    "urged": ("被催办，请加快办理", "was urged; please make haste"),
    "facts_added": ("诉求人补充了情况，请查看", "has new facts from the requester; have a look"),
    "reclassified": ("分类已调整，时限可能变动，请核对", "was reclassified; its time limit may have changed"),
    "marked_heavy": (
        "已列为重点件或者批示件，请主要负责人过问",
        "is now a key or instruction ticket, for the head",
    ),
    "return_asked": ("单位申请退单，请裁定", "is returned by its unit; please rule on it"),
    "return_accepted": ("退单成立，不再由本单位办理", "had its return accepted; your unit is free of it"),
    "return_rejected": ("退单不成立，请本单位继续办理", "had its return rejected; your unit goes on with it"),
    "signature_awaited": ("有文书等您签批", "has a paper that waits for your signature"),
    "paper_sent_back": ("您拟的文书未获签批，请修改", "has a paper of yours that was not signed; please change it"),
    "delegated": ("已由上级二次派到本单位，请按时签收", "was delegated to your unit; sign in on time"),
    "delegation_recalled": ("二次派单已收回，本单位不再办理", "was recalled from your unit"),
    "advice_asked": (
        "已抄送本单位（或者请本单位督导），请了解并按职责指导",
        "was copied to your unit, or asks for its guidance",
    ),
    "task_sent_back": ("协办结果被主办单位退回，请重报", "had your unit’s part sent back by the lead; report anew"),
    "task_return_asked": (
        "协办单位申请退回任务，请审核",
        "has a co-unit that wants to give its task back; please rule",
    ),
    "task_return_accepted": (
        "协办任务退回成立，本单位不用再办",
        "had your unit’s task taken back; nothing more is asked of it",
    ),
    "task_return_rejected": ("协办任务退回不成立，请继续办理", "leaves the task with your unit; please go on"),
    "task_closed": ("协办任务已撤销，本单位不用再办", "asks nothing more of your unit: its task was taken away"),
    "co_reported": ("协办单位已反馈办理结果，请查看", "has the result of a co-unit; please read it"),
    "inner_replied": ("下级已上报办理结果，请审核", "has the result of the unit below; please check it"),
    "inner_sent_back": ("上报结果被退回，请重报", "had your unit’s result sent back; report anew"),
    "extension_asked": ("单位申请延期，请决定", "asks for more time; please decide"),
    "extension_granted": ("延期已同意，请按新时限办理", "was given more time; keep the new limit"),
    "extension_refused": ("延期未获同意，请按原时限办理", "was given no more time; keep the old limit"),
    "clock_paused": ("计时已中止", "has its clocks paused"),
    "clock_resumed": ("计时已恢复，请抓紧办理", "has its clocks running again"),
    "overdue": ("已超期，请立即办理", "is overdue; act at once"),
    "reminded": ("催办：时限快用完了，请抓紧办理", "is reminded of its time limit; please make haste"),
    "notice_issued": ("书面催办：已超期仍未办结，请立即办理并说明原因", "has a written notice: overdue; act at once"),
    "criticism_proposed": ("书面催办后仍未办结，请决定是否通报批评", "ignored a written notice; decide on criticism"),
    "review_sent_back": ("答复未通过审核，请补充办理", "had its reply sent back by review; complete it"),
    "rework_ordered": ("已发回重办，请重新办理", "must be handled again"),
    "visit_problem": ("现场核查发现问题，请重新办理", "was found unsolved on the spot; handle it again"),
    "dispute_opened": ("权属有争议，请协调", "has units in dispute; please mediate"),
    "panel_convened": ("已召集联合会办，请本单位参加", "has a panel; your unit takes part"),
    "ruling_objected": ("单位对裁定提出异议，请复核", "has an objection to its ruling; please look again"),
    "dispute_escalated": ("权属争议已提请市政府协调", "has its dispute before the city government"),
    "parking_asked": ("单位申请挂账，请决定", "is proposed for parking; please decide"),
    "parked": ("已同意挂账，请按计划办理", "is parked; follow the plan"),
    "still_parked": ("已复核，继续挂账，请按新的计划办理", "stays parked; follow the new plan"),
    "parking_review_late": (
        "挂账到了复核日期还没有复核，请督促",
        "is parked and was not reviewed on its day; press for it",
    ),
    "parking_refused": ("挂账未获同意，请继续办理", "may not be parked; go on with it"),
    "struck_off": ("已销号，请继续办理", "is off the parked list; go on with it"),
    "decline_asked": ("拟不予受理，请您确认", "is proposed to be declined; please confirm"),
    "decline_rejected": ("不予受理未获同意，请继续受理", "may not be declined; take it in"),
    "void_asked": ("申请作废，请您确认", "is proposed to be voided; please confirm"),
    "void_rejected": ("作废未获同意", "may not be voided"),
    "ended_early": ("已撤诉、并单或者作废，不再办理", "was withdrawn, merged or voided; nothing more to do"),
    "dissatisfied": ("诉求人不满意，请决定重办或者办结", "has a dissatisfied requester; decide on rework or closing"),
    "unreached": ("多次回访未接通，请决定", "could not be called back; please decide"),
}
"""kind: (Chinese, English)."""

OF_THE_DAY: Final[Mapping[str, Pair]] = {
    "calendar_missing": (
        "放假安排还没有导入，跨年的期限都是暂定的，请在通知公布后导入",
        "has no holidays loaded: dates in it are provisional; load the notice when it is out",
    ),
    "calendar_drafted": ("办公日历有草稿等您核对发布", "a draft of the calendar waits to be published"),
    "emergency_unconfirmed": (
        "已由另一位督办员启用，请在一天之内确认",
        "was switched on by another supervisor; confirm it within a day",
    ),
    "profile_drafted": ("规则方案有草稿等您核对发布", "a draft of a rule profile waits to be published"),
    "directory_drafted": ("派单目录有草稿等您核对发布", "a draft of the dispatch directory waits to be published"),
    "directory_runs_out": (
        "派单目录里的这条规则即将到期，请申请续期或者任其停用",
        "is a line of the dispatch directory and runs out soon; renew it or let it end",
    ),
    "digest": ("本单位今日待办已整理，请到收件箱办理", "your unit’s work of the day is in the inbox"),
}
"""Notices that belong to no ticket; the day stands before them."""
