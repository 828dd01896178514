"""What everything of leaders' instructions is called, in Chinese and English, and how one is numbered."""

from collections.abc import Mapping
from typing import Any, Final

from hotline.rules.instructions.states import Deed, Outcome, Status

Pair = tuple[str, str]

STATUSES: Final[Mapping[Status, Pair]] = {
    Status.NEW: ("未登记", "Not begun"),
    Status.RECEIVED: ("待拟办", "Handling to be proposed"),
    Status.PROPOSED: ("待审定", "Proposal to be agreed"),
    Status.AGREED: ("待分办", "To be distributed"),
    Status.DISTRIBUTED: ("承办中", "With the units"),
    Status.ACCEPTED: ("待回呈", "To be reported to the leader"),
    Status.PRESENTED: ("待销号", "To be struck off"),
    Status.STRUCK_OFF: ("已销号", "Struck off"),
    Status.CANCELLED: ("已撤销", "Cancelled"),
}
DEEDS: Final[Mapping[Deed, Pair]] = {
    Deed.RECEIVE: ("登记批示", "Record the instruction"),
    Deed.NAME: ("调整阅知人员", "Change who is named"),
    Deed.LINK: ("关联工单", "Link tickets"),
    Deed.PROPOSE: ("拟办", "Propose the handling"),
    Deed.AGREE: ("同意拟办", "Agree"),
    Deed.SEND_BACK: ("退回重拟", "Send the proposal back"),
    Deed.DISTRIBUTE: ("分办", "Distribute"),
    Deed.REPORT: ("反馈办理情况", "Report back"),
    Deed.ACCEPT: ("采用反馈", "Accept a report"),
    Deed.RETURN: ("退回补办", "Return a report"),
    Deed.MOVE_DUE: ("调整回呈期限", "Move the date"),
    Deed.PRESENT: ("登记回呈", "Record the report to the leader"),
    Deed.STRIKE_OFF: ("批示销号", "Strike off"),
    Deed.ATTACH: ("上传扫描件", "Add a scan"),
    Deed.CANCEL: ("撤销登记", "Cancel"),
}
OUTCOMES: Final[Mapping[Outcome, Pair]] = {
    Outcome.RESOLVED: ("已按批示办结", "Done as instructed"),
    Outcome.PLANNED: ("已列入计划", "Planned"),
    Outcome.UNSOLVABLE: ("客观上无法办理", "Cannot be done"),
    Outcome.NOTED: ("领导已阅知", "Noted by the leader"),
}

INSTRUCTION_LISTS: Final[Mapping[str, Mapping[Any, Pair]]] = {
    "instruction_status": STATUSES,
    "instruction_deed": DEEDS,
    "instruction_outcome": OUTCOMES,
}

TEXT_WORDS: Final[Mapping[Deed, Pair]] = {
    Deed.RECEIVE: ("批示内容", "The leader’s words"),
    Deed.PROPOSE: ("拟办意见", "Proposed handling"),
    Deed.SEND_BACK: ("退回理由", "Reason"),
    Deed.REPORT: ("办理情况", "What was done"),
    Deed.RETURN: ("补办要求", "What is lacking"),
    Deed.MOVE_DUE: ("调整理由", "Reason"),
    Deed.PRESENT: ("回呈内容", "What the leader was told"),
    Deed.STRIKE_OFF: ("销号说明", "Note"),
    Deed.CANCEL: ("撤销理由", "Reason"),
}
"""What is typed with a deed."""

NOTICES: Final[Mapping[str, Pair]] = {
    "instruction_named": ("您被列为批示阅知人员，请阅看", "names you as a reader"),
    "instruction_to_agree": ("拟办意见待审定", "has a proposed handling to be agreed"),
    "instruction_to_distribute": ("拟办意见已同意，请分办", "has its handling agreed; distribute it"),
    "instruction_sent_back": ("拟办意见被退回，请重拟", "had its proposal sent back"),
    "instruction_asked": ("有批示事项交本单位办理，请按期反馈", "asks your unit; report back in time"),
    "instruction_reported": ("单位已反馈批示办理情况，请查看", "has a report of a unit"),
    "instruction_returned": ("批示办理情况被退回，请补办", "had your unit’s report returned"),
    "instruction_to_strike_off": ("已回呈领导，请决定销号", "was reported to the leader; strike it off"),
    "instruction_struck_off": ("批示事项已销号", "was struck off"),
    "instruction_due_soon": ("批示回呈期限将到，请抓紧", "must soon be reported to the leader"),
    "instruction_late": ("批示已超过回呈期限，请立即办理", "is past its date"),
    "instruction_ask_due_soon": ("批示事项反馈期限将到，请抓紧", "must soon be reported on by your unit"),
    "instruction_ask_late": ("批示事项已超过反馈期限，请立即反馈", "is overdue at your unit; report at once"),
    "instruction_unit_late": ("承办单位超期未反馈，请督促", "has a unit that is late"),
}
"""What notices of instructions say; the number stands before it, and nobody's words."""


def instruction_number(year: int | None, serial: int | None) -> str:
    """批示〔2026〕12号, without leading zeros; blank before it was drawn."""
    return f"批示〔{year}〕{serial}号" if year and serial else ""
