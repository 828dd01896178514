"""What everything of supervision is called, in Chinese and English; the numbers of its notices."""

from collections.abc import Mapping
from typing import Any, Final

from hotline.rules.supervision.states import Cause, Deed, Outcome, Status
from hotline.rules.supervision.visits import Answer, Check, Source
from hotline.rules.vocabulary import SupervisionKind

Pair = tuple[str, str]

STATUSES: Final[Mapping[Status, Pair]] = {
    Status.NEW: ("未立项", "Not begun"),
    Status.PROPOSED: ("建议督办", "Proposed"),
    Status.OPEN: ("督办中", "Open"),
    Status.REPORTED: ("已反馈待核查", "Reported"),
    Status.CHECKED: ("已核查待办结", "Checked"),
    Status.CLOSED: ("督办办结", "Closed"),
    Status.DISMISSED: ("不予督办", "Dismissed"),
    Status.WITHDRAWN: ("已撤销督办", "Withdrawn"),
}
DEEDS: Final[Mapping[Deed, Pair]] = {
    Deed.PROPOSE: ("提出督办建议", "Propose"),
    Deed.OPEN: ("立项督办", "Open"),
    Deed.DISMISS: ("驳回建议", "Dismiss"),
    Deed.ADD_GROUND: ("补充缘由", "Add a ground"),
    Deed.ASSIGN: ("改派督办人", "Assign"),
    Deed.MOVE_DUE: ("调整督办时限", "Move the date"),
    Deed.CHANGE_UNITS: ("变更督办单位", "Change the units"),
    Deed.ADD_TICKETS: ("纳入工单", "Add tickets"),
    Deed.NOTE: ("登记核查情况", "Note"),
    Deed.ATTACH: ("上传佐证", "Add evidence"),
    Deed.REPORT: ("反馈督办", "Report"),
    Deed.SIGN: ("主要负责人签字", "Sign as head"),
    Deed.RECORD_VISIT: ("登记现场核查", "Record the visit"),
    Deed.SEND_BACK: ("退回重报", "Send back"),
    Deed.CHECK: ("核查通过", "Check"),
    Deed.CLOSE: ("办结督办", "Close"),
    Deed.FOLLOW_TICKET: ("随工单办结", "Follow the ticket"),
    Deed.WITHDRAW: ("撤销督办", "Withdraw"),
}
CAUSES: Final[Mapping[Cause, Pair]] = {
    Cause.OVERDUE: ("超期未办", "Overdue"),
    Cause.REMINDER_IGNORED: ("催办未果", "Reminders ignored"),
    Cause.SENT_BACK_TWICE: ("答复多次被退回", "Reply sent back repeatedly"),
    Cause.INSTRUCTION: ("领导有批示", "Leader’s instruction"),
    Cause.REPEATS: ("同一诉求多次反映", "Repeated requests"),
    Cause.GROUP: ("涉及群体", "Group matter"),
    Cause.THREAT: ("有极端言行风险", "Threat"),
    Cause.SUPERVISION_LATE: ("督办逾期未反馈", "Supervision not answered in time"),
    Cause.DISSATISFIED: ("办结后仍不满意", "Closed but dissatisfied"),
    Cause.MEDIA_ATTENTION: ("媒体关注", "Media attention"),
    Cause.CAMPAIGN: ("专项行动", "Campaign"),
    Cause.BY_HAND: ("人工提出", "By hand"),
}
OUTCOMES: Final[Mapping[Outcome, Pair]] = {
    Outcome.RESOLVED: ("问题已解决", "Solved"),
    Outcome.PLANNED: ("已有计划并承诺时限", "Planned with a date"),
    Outcome.UNSOLVABLE: ("暂不能解决，已说明", "Cannot be solved now, explained"),
    Outcome.PROBLEM_FOUND: ("现场发现问题", "Problem found"),
    Outcome.NO_PROBLEM: ("现场未发现问题", "No problem found"),
    Outcome.TICKET_ENDED: ("工单已办结", "Ticket ended"),
    Outcome.SUMMED_UP: ("已总结", "Summed up"),
}

CHECKS: Final[Mapping[Check, Pair]] = {
    Check.REMAINS: ("反映的问题现在仍然存在", "The matter is still there"),
    Check.AS_REPLIED: ("现场情况与单位答复一致", "The spot agrees with the reply"),
    Check.MEASURES: ("答复里承诺的措施已经落实", "Measures promised were carried out"),
    Check.CONTACTED: ("有单位到过现场的迹象", "The unit has been there"),
    Check.RECURS: ("有反弹迹象", "It is coming back"),
}
"""What an inspector answers on the spot, in the order of the page."""
ANSWERS: Final[Mapping[Answer, Pair]] = {
    Answer.YES: ("是", "Yes"),
    Answer.NO: ("否", "No"),
    Answer.UNCLEAR: ("看不出", "Cannot be seen"),
}
PHOTO_SOURCES: Final[Mapping[Source, Pair]] = {
    Source.PHOTO: ("照片自带", "From the photo"),
    Source.PHONE: ("手机提供", "From the phone"),
    Source.TYPED: ("手工填写", "Typed"),
}

SUPERVISION_LISTS: Final[Mapping[str, Mapping[Any, Pair]]] = {
    "supervision_status": STATUSES,
    "supervision_deed": DEEDS,
    "supervision_cause": CAUSES,
    "supervision_outcome": OUTCOMES,
    "visit_check": CHECKS,
    "visit_answer": ANSWERS,
    "photo_source": PHOTO_SOURCES,
}

TEXT_WORDS: Final[Mapping[Deed, Pair]] = {
    Deed.PROPOSE: ("情况说明", "What it is about"),
    Deed.OPEN: ("督办要求", "What units must do"),
    Deed.DISMISS: ("驳回理由", "Reason"),
    Deed.MOVE_DUE: ("调整理由", "Reason"),
    Deed.NOTE: ("核查情况", "What was found"),
    Deed.REPORT: ("办理情况反馈", "Report"),
    Deed.RECORD_VISIT: ("现场情况", "What was found on the spot"),
    Deed.SEND_BACK: ("退回理由", "Reason"),
    Deed.CHECK: ("核查意见", "Findings"),
    Deed.CLOSE: ("办结意见", "Conclusion"),
    Deed.WITHDRAW: ("撤销理由", "Reason"),
}
"""What is typed with a deed."""

NOTICES: Final[Mapping[str, Pair]] = {
    "supervision_opened": ("已对本单位立项督办，请按时反馈", "is opened on your unit; report in time"),
    "supervision_to_sign": ("督办反馈等您签字", "has a report that waits for your signature"),
    "supervision_reported": ("单位已反馈，请核查", "was reported on; please check"),
    "supervision_signed": ("单位主要负责人已签字", "was signed by the unit’s head"),
    "supervision_sent_back": ("督办反馈被退回，请重新反馈", "was sent back; report anew"),
    "supervision_due_moved": ("督办时限已调整，请查看", "has a new date; have a look"),
    "supervision_late": ("督办已逾期，尚未反馈", "has passed its date without a report"),
    "supervision_assigned": ("已改由您负责督办", "is now yours"),
    "supervision_ended": ("督办已办结或者撤销", "has ended"),
}
"""What notices of supervision say; the notice's number stands before it."""

PAPER_WORDS: Final[Mapping[SupervisionKind, str]] = {
    SupervisionKind.PLATFORM: "热平督",
    SupervisionKind.KEY: "热重督",
    SupervisionKind.SPECIAL: "热专督",
    SupervisionKind.ON_SITE: "热现督",
    SupervisionKind.MEDIA: "热媒督",
}
"""代字 of each kind's notices (ours, P)."""


def paper_number(kind: SupervisionKind, year: int | None, number: int | None) -> str:
    """热平督〔2026〕12号, without leading zeros; blank before it was drawn."""
    return f"{PAPER_WORDS[kind]}〔{year}〕{number}号" if year and number else ""
