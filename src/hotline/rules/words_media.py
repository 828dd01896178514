"""What everything of handovers to media is called, in Chinese and English; 代字 and the numbers made of them."""

from collections.abc import Mapping
from typing import Any, Final

from hotline.rules.media.screening import Trace
from hotline.rules.media.states import Deed, Follow, MediumKind, Status

Pair = tuple[str, str]

KINDS: Final[Mapping[MediumKind, Pair]] = {
    MediumKind.NEWSPAPER: ("报纸", "Newspaper"),
    MediumKind.TELEVISION: ("电视", "Television"),
    MediumKind.RADIO: ("广播", "Radio"),
    MediumKind.WEBSITE: ("网站", "Website"),
    MediumKind.NEW_MEDIA: ("新媒体", "New media"),
}
STATUSES: Final[Mapping[Status, Pair]] = {
    Status.NEW: ("未提出", "Not begun"),
    Status.PROPOSED: ("待同意移交", "To be agreed to"),
    Status.RETURNED: ("退回修改", "Sent back"),
    Status.HANDED: ("已移交，等公开答复", "Handed over"),
    Status.ANSWERED: ("已公开答复，跟进中", "Answered in public"),
    Status.CLOSED: ("媒体督办办结", "Closed"),
    Status.WITHDRAWN: ("已撤回", "Withdrawn"),
}
DEEDS: Final[Mapping[Deed, Pair]] = {
    Deed.PROPOSE: ("提出移交", "Propose"),
    Deed.REVISE: ("修改移交单", "Revise"),
    Deed.SEND_BACK: ("退回移交单", "Send the list back"),
    Deed.AGREE: ("同意移交", "Agree"),
    Deed.ANSWER: ("提交公开答复", "Submit the public answer"),
    Deed.RETURN_ANSWER: ("退回公开答复", "Return the answer"),
    Deed.RELEASE: ("发布公开答复", "Release the answer"),
    Deed.PUBLISH: ("登记刊播", "Record a publication"),
    Deed.FOLLOW_UP: ("登记跟进", "Record a follow-up"),
    Deed.ATTACH: ("上传刊播材料", "Add a scan"),
    Deed.MOVE_DUE: ("调整答复时限", "Move the date"),
    Deed.CLOSE: ("办结媒体督办", "Close"),
    Deed.WITHDRAW: ("撤回移交", "Withdraw"),
}
FOLLOWS: Final[Mapping[Follow, Pair]] = {
    Follow.VISIT: ("现场回看", "Visit"),
    Follow.CALL: ("电话回访", "Call"),
    Follow.MEDIUM: ("媒体回访", "By the medium"),
}
TRACES: Final[Mapping[Trace, Pair]] = {
    Trace.NAME: ("姓名", "name"),
    Trace.PHONE: ("电话号码", "telephone number"),
    Trace.ID_NO: ("证件号码", "identity number"),
    Trace.ADDRESS: ("住址门牌", "address"),
    Trace.ANY_PHONE: ("手机号码", "mobile number"),
    Trace.ANY_ID: ("身份证号码", "identity card number"),
}

MEDIA_LISTS: Final[Mapping[str, Mapping[Any, Pair]]] = {
    "medium_kind": KINDS,
    "media_status": STATUSES,
    "media_deed": DEEDS,
    "media_follow": FOLLOWS,
    "media_trace": TRACES,
}

TEXT_WORDS: Final[Mapping[Deed, Pair]] = {
    Deed.PROPOSE: ("移交理由", "Grounds"),
    Deed.REVISE: ("移交理由", "Grounds"),
    Deed.SEND_BACK: ("退回理由", "Reason"),
    Deed.ANSWER: ("公开答复", "Public answer"),
    Deed.RETURN_ANSWER: ("退回理由", "Reason"),
    Deed.PUBLISH: ("网址或者版面、时段", "Address, page or programme"),
    Deed.FOLLOW_UP: ("跟进情况", "What was found"),
    Deed.MOVE_DUE: ("调整理由", "Reason"),
    Deed.CLOSE: ("办结意见", "Conclusion"),
    Deed.WITHDRAW: ("撤回理由", "Reason"),
}
"""What is typed with a deed."""

NOTICES: Final[Mapping[str, Pair]] = {
    "media_to_agree": ("媒体移交单等您同意", "waits for your agreement"),
    "media_returned": ("媒体移交单被退回，请修改", "was sent back; revise it"),
    "media_agreed": ("媒体移交单已同意移交", "was agreed to and handed over"),
    "media_handed": ("有事项已移交媒体，请按时提交公开答复", "went to a medium; submit your public answer in time"),
    "media_answered": ("单位已提交公开答复，请审核", "has a public answer to review"),
    "media_answer_returned": ("公开答复被退回，请修改后重新提交", "has its answer returned; submit it anew"),
    "media_released": ("公开答复已审核发布", "has its answer released"),
    "media_due_moved": ("公开答复时限已调整，请查看", "has a new date; have a look"),
    "media_late": ("公开答复已逾期，尚未提交", "has passed its date without an answer"),
    "media_ended": ("媒体督办已办结或者撤回", "has ended"),
}
"""What notices of handovers say; the list's number stands before it."""

UNNUMBERED: Final[Pair] = ("媒体移交单", "Media handover")
"""What a list is called until it has its number."""

NUMBER_WORD: Final = "热媒移"
"""代字 of handover lists (ours, P)."""


def handover_number(year: int | None, serial: int | None) -> str:
    """热媒移〔2026〕12号, without leading zeros; blank before it was agreed to."""
    return f"{NUMBER_WORD}〔{year}〕{serial}号" if year and serial else ""
