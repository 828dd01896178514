"""What everything of precedents is called, in Chinese and English."""

from collections.abc import Mapping
from typing import Any, Final

from hotline.rules.precedents.states import Deed, Status

Pair = tuple[str, str]

STATUSES: Final[Mapping[Status, Pair]] = {
    Status.NEW: ("未拟稿", "Not begun"),
    Status.PROPOSED: ("待编办同意", "Before the staffing office"),
    Status.RETURNED: ("编办退回修改", "Sent back"),
    Status.IN_FORCE: ("生效中", "In force"),
    Status.CHALLENGED: ("生效中，有单位质疑", "In force, challenged"),
    Status.EXPIRED: ("已到期", "Expired"),
    Status.WITHDRAWN: ("已撤销", "Withdrawn"),
    Status.DROPPED: ("不作先例", "Dropped"),
}
DEEDS: Final[Mapping[Deed, Pair]] = {
    Deed.PROPOSE: ("拟作先例", "Propose as a precedent"),
    Deed.REVISE: ("修改先例稿", "Revise the draft"),
    Deed.SEND_BACK: ("退回先例稿", "Send the draft back"),
    Deed.DROP: ("不作先例", "Drop the draft"),
    Deed.AGREE: ("同意列入派单目录", "Agree; put it into the directory"),
    Deed.AMEND: ("修改适用范围", "Amend what it applies to"),
    Deed.RENEW: ("申请续期", "Ask for renewal"),
    Deed.DECLINE: ("不同意变更", "Decline the change"),
    Deed.CHALLENGE: ("提出质疑", "Challenge the precedent"),
    Deed.UPHOLD: ("维持先例", "Uphold the precedent"),
    Deed.WITHDRAW: ("撤销先例", "Withdraw the precedent"),
    Deed.WARN: ("到期提醒", "Warn of its end"),
    Deed.EXPIRE: ("到期停用", "End with its last day"),
}
TEXT_WORDS: Final[Mapping[Deed, Pair]] = {
    Deed.SEND_BACK: ("退回理由", "Reason"),
    Deed.DROP: ("不作先例的理由", "Reason"),
    Deed.AMEND: ("修改理由", "Reason"),
    Deed.RENEW: ("续期理由", "Reason"),
    Deed.DECLINE: ("不同意的理由", "Reason"),
    Deed.CHALLENGE: ("质疑的依据", "Basis of the challenge"),
    Deed.UPHOLD: ("维持的理由和依据", "Reason and basis"),
    Deed.WITHDRAW: ("撤销的理由和依据", "Reason and basis"),
}
"""What is typed with a deed."""

PRECEDENT_LISTS: Final[Mapping[str, Mapping[Any, Pair]]] = {
    "precedent_status": STATUSES,
    "precedent_deed": DEEDS,
}

NOTICES: Final[Mapping[str, Pair]] = {
    "precedent_to_agree": ("先例等您同意，请核对适用范围", "waits for your agreement"),
    "precedent_returned": ("先例稿被编办退回，请修改或者放弃", "was sent back by the staffing office"),
    "precedent_in_force": ("先例已列入派单目录，今后同类照办", "is in the directory; follow it from now on"),
    "precedent_challenged": ("有单位对先例提出质疑，请研究", "is challenged by a unit; decide"),
    "precedent_upheld": ("先例经研究维持，请继续照办", "is upheld; go on following it"),
    "precedent_ended": ("先例已停用，今后按派单目录办理", "has ended; follow the directory"),
    "precedent_runs_out": ("先例即将到期，请申请续期或者任其停用", "runs out soon; renew it or let it end"),
}
"""What notices of precedents say; the ruling's number stands before it."""
