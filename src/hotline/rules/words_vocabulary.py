"""What the members of the closed lists are called on screens, in Chinese and English.

Staff and citizens read these words; the identifiers beside them are for programs. One row a member.
"""

from collections.abc import Mapping
from typing import Any, Final

from hotline.rules.deadlines import Light
from hotline.rules.satisfaction import Outcome
from hotline.rules.visibility import RequesterView
from hotline.rules.vocabulary import (
    Channel,
    ClockKind,
    Contact,
    FileKind,
    Finding,
    Flag,
    Paper,
    Proposal,
    Purpose,
    Rating,
    RequestType,
    Resolution,
    Role,
    Stage,
    SupervisionKind,
    Urgency,
    VisibleTo,
)
from hotline.rules.words_documents import DOCUMENT_LISTS
from hotline.rules.words_instructions import INSTRUCTION_LISTS
from hotline.rules.words_joint import JOINT_LISTS
from hotline.rules.words_media import MEDIA_LISTS
from hotline.rules.words_people import ADMIN_ACTS
from hotline.rules.words_precedents import PRECEDENT_LISTS
from hotline.rules.words_rules import RULE_LISTS
from hotline.rules.words_supervision import SUPERVISION_LISTS

Pair = tuple[str, str]
"""Chinese, English."""

STAGES: Final[Mapping[Stage, Pair]] = {
    Stage.NEW: ("新来件", "New"),
    Stage.DRAFT: ("待受理", "Awaiting intake"),
    Stage.REGISTERED: ("已受理", "Accepted"),
    Stage.NOT_ACCEPTED: ("不予受理", "Not accepted"),
    Stage.ANSWERED_DIRECTLY: ("直接办结", "Answered directly"),
    Stage.TRANSFERRED: ("已紧急转接", "Transferred to an emergency line"),
    Stage.PENDING_DISPATCH: ("待派单", "Awaiting dispatch"),
    Stage.PENDING_SIGN: ("待签收", "Awaiting sign-in"),
    Stage.RETURN_REQUESTED: ("退单待审核", "Return under review"),
    Stage.JURISDICTION_DISPUTE: ("权属争议", "Jurisdiction dispute"),
    Stage.JOINT_HANDLING: ("联合会办中", "Before the joint panel"),
    Stage.HANDLING: ("办理中", "Being handled"),
    Stage.PENDING_SIGN_OFF: ("待签批", "Awaiting sign-off"),
    Stage.PENDING_REVIEW: ("待审核", "Awaiting review"),
    Stage.PENDING_CALLBACK: ("待回访", "Awaiting callback"),
    Stage.PENDING_CLOSE: ("待办结确认", "Awaiting closing decision"),
    Stage.REWORK: ("重办中", "Being handled again"),
    Stage.PARKED: ("挂账", "Parked"),
    Stage.CLOSED: ("已办结", "Closed"),
    Stage.MERGED: ("已并单", "Merged"),
    Stage.VOIDED: ("已作废", "Voided"),
    Stage.ARCHIVED: ("已归档", "Archived"),
}

REQUEST_TYPES: Final[Mapping[RequestType, Pair]] = {
    RequestType.CONSULTATION: ("咨询", "Consultation"),
    RequestType.HELP: ("求助", "Help"),
    RequestType.COMPLAINT: ("投诉", "Complaint"),
    RequestType.REPORT: ("举报", "Report"),
    RequestType.SUGGESTION: ("建议", "Suggestion"),
    RequestType.PRAISE: ("表扬", "Praise"),
    RequestType.OTHER: ("其他", "Other"),
}

URGENCIES: Final[Mapping[Urgency, Pair]] = {
    Urgency.ORDINARY: ("一般", "Ordinary"),
    Urgency.URGENT: ("紧急", "Urgent"),
    Urgency.CRITICAL: ("特急", "Critical"),
}

CHANNELS: Final[Mapping[Channel, Pair]] = {
    Channel.PHONE: ("电话", "Phone"),
    Channel.WECHAT: ("微信", "WeChat"),
    Channel.WEB: ("网站", "Web"),
    Channel.APP: ("手机应用", "App"),
    Channel.SMS: ("短信", "Text message"),
    Channel.MAILBOX: ("信箱", "Mailbox"),
    Channel.POLICE_110: ("110转交", "Passed on by 110"),
    Channel.SUPERIOR: ("上级交办", "Handed down by a superior"),
    Channel.LEADER_DAY: ("领导接听日", "Leader’s phone-in day"),
    Channel.OTHER_LINE: ("其他热线", "Another line"),
}

ROLES: Final[Mapping[Role, Pair]] = {
    Role.AGENT: ("话务员", "Agent"),
    Role.TEAM_LEADER: ("值班长", "Team leader"),
    Role.DISPATCHER: ("派单员", "Dispatcher"),
    Role.DISTRICT_DISPATCHER: ("县区转办员", "District dispatcher"),
    Role.UNIT_HANDLER: ("承办人", "Handler"),
    Role.SECTION_HEAD: ("科室负责人", "Section head"),
    Role.DEPUTY_HEAD: ("分管领导", "Deputy head"),
    Role.UNIT_HEAD: ("主要领导", "Head of the unit"),
    Role.REVIEWER: ("审核员", "Reviewer"),
    Role.CALLBACK_OFFICER: ("回访员", "Callback officer"),
    Role.SUPERVISOR: ("督办员", "Supervisor"),
    Role.DIRECTOR: ("热线办主任", "Director of the hotline office"),
    Role.AUDITOR: ("质检员", "Quality auditor"),
    Role.SYSTEM_ADMIN: ("系统管理员", "System administrator"),
    Role.SECURITY_ADMIN: ("安全管理员", "Security administrator"),
    Role.AUDIT_ADMIN: ("审计管理员", "Audit administrator"),
    Role.CITIZEN: ("诉求人", "Requester"),
    Role.SYSTEM: ("系统", "System"),
}

CLOCKS: Final[Mapping[ClockKind, Pair]] = {
    ClockKind.INTAKE: ("受理时限", "Intake limit"),
    ClockKind.DISPATCH: ("派单时限", "Dispatch limit"),
    ClockKind.SIGN_IN: ("签收时限", "Sign-in limit"),
    ClockKind.FIRST_CONTACT: ("先行联系时限", "First contact limit"),
    ClockKind.REPLY: ("答复时限", "Reply limit"),
    ClockKind.UNIT_REPLY: ("单位办理时限", "Unit’s handling limit"),
    ClockKind.RETURN_WINDOW: ("退单期限", "Return window"),
    ClockKind.RETURN_RULING: ("退单审核时限", "Return review limit"),
    ClockKind.EXTENSION_RULING: ("延期审批时限", "Extension decision limit"),
    ClockKind.INNER_REPLY: ("下级办理时限", "Inner handling limit"),
    ClockKind.REVIEW: ("审核时限", "Review limit"),
    ClockKind.CALLBACK: ("回访时限", "Callback limit"),
    ClockKind.CLOSE: ("办结确认时限", "Closing decision limit"),
    ClockKind.PHONE_FEEDBACK: ("电话反馈时限", "Phone feedback limit"),
    ClockKind.CO_TASK: ("协办时限", "Co-unit’s limit"),
    ClockKind.MEDIATION: ("电话协调时限", "Mediation limit"),
    ClockKind.QUICK_RULING: ("快速裁决时限", "Quick ruling limit"),
    ClockKind.PANEL: ("会办裁定时限", "Panel ruling limit"),
    ClockKind.OBJECTION: ("裁定异议期限", "Objection window"),
    ClockKind.PARK_REVIEW: ("挂账复核期限", "Parked ticket’s review date"),
}

RATINGS: Final[Mapping[Rating, Pair]] = {
    Rating.VERY_DISSATISFIED: ("非常不满意", "Very dissatisfied"),
    Rating.DISSATISFIED: ("不满意", "Dissatisfied"),
    Rating.BASICALLY_SATISFIED: ("基本满意", "Basically satisfied"),
    Rating.SATISFIED: ("满意", "Satisfied"),
    Rating.VERY_SATISFIED: ("非常满意", "Very satisfied"),
}

RESOLUTIONS: Final[Mapping[Resolution, Pair]] = {
    Resolution.RESOLVED: ("已解决", "Resolved"),
    Resolution.PARTLY: ("部分解决", "Partly resolved"),
    Resolution.UNRESOLVED: ("未解决", "Not resolved"),
}

CONTACTS: Final[Mapping[Contact, Pair]] = {
    Contact.REACHED: ("已接通", "Reached"),
    Contact.NO_ANSWER: ("无人接听", "No answer"),
    Contact.REFUSED: ("拒绝回访", "Refused"),
    Contact.WRONG_NUMBER: ("号码有误", "Wrong number"),
}

FLAGS: Final[Mapping[Flag, Pair]] = {
    Flag.CONFIDENTIAL: ("保密件", "Confidential"),
    Flag.GROUP: ("群体性诉求", "Group matter"),
    Flag.ENTERPRISE: ("涉企", "Enterprise"),
    Flag.INSTRUCTION: ("领导批示件", "Leader’s instruction"),
    Flag.KEY: ("重点件", "Key matter"),
    Flag.THREAT: ("扬言类", "Threat"),
    Flag.REPEAT: ("重复诉求", "Repeated"),
    Flag.MEDIA: ("媒体关注", "Media attention"),
    Flag.BY_PHONE: ("电话交办件", "Handed over by phone"),
    Flag.COMPLEX: ("疑难复杂件", "Complex"),
    Flag.OBJECTED: ("裁定有异议", "Ruling objected to"),
    Flag.ESCALATED: ("已提请市政府协调", "Before the city government"),
    Flag.PROVISIONAL_LEAD: ("先办后议", "Provisional lead"),
    Flag.RULED_LEAD: ("裁定主办", "Lead by ruling"),
    Flag.IN_REWORK: ("重办件", "Rework"),
    Flag.CALLBACK_REFUSED: ("拒绝回访", "Callback refused"),
}

PROPOSALS: Final[Mapping[Proposal, Pair]] = {
    Proposal.DECLINE: ("不予受理", "Declining"),
    Proposal.VOID: ("作废", "Voiding"),
    Proposal.EXTENSION: ("延期", "Extension"),
    Proposal.PARK: ("挂账", "Parking"),
    Proposal.TASK_RETURN: ("协办任务退回", "Giving a task back"),
}

PAPERS: Final[Mapping[Paper, Pair]] = {
    Paper.REPLY: ("答复", "Reply"),
    Paper.RETURN: ("退单申请", "Return"),
    Paper.EXTENSION: ("延期申请", "Extension request"),
    Paper.PARK: ("挂账申请", "Parking request"),
}

SUPERVISION_KINDS: Final[Mapping[SupervisionKind, Pair]] = {
    SupervisionKind.PLATFORM: ("平台督办", "Platform supervision"),
    SupervisionKind.KEY: ("重点督办", "Key supervision"),
    SupervisionKind.SPECIAL: ("专项督办", "Special supervision"),
    SupervisionKind.ON_SITE: ("现场督办", "On-site supervision"),
    SupervisionKind.MEDIA: ("媒体督办", "Media supervision"),
}

OUTCOMES: Final[Mapping[Outcome, Pair]] = {
    Outcome.SETTLED: ("息诉", "Settled"),
    Outcome.DISSATISFIED: ("不满意", "Dissatisfied"),
}

FINDINGS: Final[Mapping[Finding, Pair]] = {
    Finding.NOTHING: ("无", "None"),
    Finding.VIOLATION: ("查实违法违规", "A violation was established"),
    Finding.CRIME: ("涉嫌犯罪", "A crime is suspected"),
    Finding.PERSISTS: ("劝阻、整改后仍然发生", "It goes on after advice or an order"),
    Finding.DANGER: ("存在安全隐患", "There is a danger"),
    Finding.HARM: ("发生人身、健康损害", "Somebody was harmed"),
    Finding.OTHER: ("任务所列情形已经出现", "What the task names has come about"),
}

LIGHTS: Final[Mapping[Light, Pair]] = {
    Light.GREEN: ("绿灯：时间充裕", "Green: in good time"),
    Light.AMBER: ("黄灯：临近到期", "Amber: nearly due"),
    Light.RED: ("红灯：已经到期", "Red: due"),
}

REQUESTER_VIEWS: Final[Mapping[RequesterView, Pair]] = {
    RequesterView.UNMASKABLE: ("可查看联系方式（留痕）", "Contact may be opened, on record"),
    RequesterView.MASKED: ("联系方式已遮盖", "Contact masked"),
    RequesterView.HIDDEN: ("身份保密", "Identity hidden"),
}

PURPOSES: Final[Mapping[Purpose, Pair]] = {
    Purpose.REQUEST: ("诉求材料", "Of the request"),
    Purpose.HANDLING: ("办理材料", "Of the handling"),
    Purpose.RETURN: ("退单依据", "Grounds of a return"),
    Purpose.VISIT: ("核查材料", "Of a visit"),
    Purpose.PARKING: ("挂账材料", "Of a parking"),
}

VISIBILITIES: Final[Mapping[VisibleTo, Pair]] = {
    VisibleTo.TICKET: ("看得到工单的人", "Whoever sees the ticket"),
    VisibleTo.OFFICE: ("仅热线机构", "The hotline office only"),
    VisibleTo.UNIT: ("承办单位（保密件也可看）", "Units, on confidential tickets too"),
}

FILE_KINDS: Final[Mapping[FileKind, Pair]] = {
    FileKind.JPG: ("JPG图片", "JPG picture"),
    FileKind.PNG: ("PNG图片", "PNG picture"),
    FileKind.WEBP: ("WEBP图片", "WEBP picture"),
    FileKind.GIF: ("GIF图片", "GIF picture"),
    FileKind.PDF: ("PDF文档", "PDF document"),
    FileKind.DOCX: ("DOCX文档", "DOCX document"),
    FileKind.XLSX: ("XLSX表格", "XLSX sheet"),
    FileKind.TXT: ("TXT文本", "TXT text"),
    FileKind.MP3: ("MP3录音", "MP3 recording"),
    FileKind.WAV: ("WAV录音", "WAV recording"),
    FileKind.MP4: ("MP4视频", "MP4 video"),
}

LISTS: Final[Mapping[str, Mapping[Any, Pair]]] = {
    "stage": STAGES,
    "request_type": REQUEST_TYPES,
    "urgency": URGENCIES,
    "channel": CHANNELS,
    "role": ROLES,
    "clock": CLOCKS,
    "rating": RATINGS,
    "resolution": RESOLUTIONS,
    "contact": CONTACTS,
    "flag": FLAGS,
    "proposal": PROPOSALS,
    "paper": PAPERS,
    "supervision_kind": SUPERVISION_KINDS,
    "outcome": OUTCOMES,
    "finding": FINDINGS,
    "light": LIGHTS,
    "requester_view": REQUESTER_VIEWS,
    "purpose": PURPOSES,
    "visible_to": VISIBILITIES,
    "file_kind": FILE_KINDS,
    "admin_act": ADMIN_ACTS,
    **RULE_LISTS,
    **SUPERVISION_LISTS,
    **DOCUMENT_LISTS,
    **JOINT_LISTS,
    **INSTRUCTION_LISTS,
    **MEDIA_LISTS,
    **PRECEDENT_LISTS,
}
"""Every list by the first part of a key such as `stage.handling`."""
