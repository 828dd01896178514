"""What everything of joint handling is called, in Chinese and English."""

from collections.abc import Mapping
from typing import Any, Final

from hotline.rules.joint.states import Deed, Form, Seat, Status, Text

Pair = tuple[str, str]

STATUSES: Final[Mapping[Status, Pair]] = {
    Status.NEW: ("未立案", "Not begun"),
    Status.OPEN: ("电话协调中", "Desk mediation"),
    Status.PROVISIONAL: ("先办后议", "Provisional lead"),
    Status.CONVENED: ("征求会办意见", "Panel at work"),
    Status.CONCLUDED: ("纪要会签中", "Minutes to be agreed"),
    Status.SIGNED: ("已签发待生效", "Signed, to be ruled"),
    Status.SETTLED: ("协调一致", "Settled by mediation"),
    Status.RULED: ("已裁定", "Ruled"),
    Status.ESCALATED: ("已提请秘书长协调", "Before the secretary-general"),
    Status.ENDED: ("随工单办结", "Ended with its ticket"),
}
DEEDS: Final[Mapping[Deed, Pair]] = {
    Deed.OPEN: ("争议立案", "Open the file"),
    Deed.STATE: ("陈述主张", "State the position"),
    Deed.MEDIATE: ("协调一致", "Record the mediation"),
    Deed.PROVISION: ("指定先行办理单位", "Name a provisional lead"),
    Deed.CONVENE: ("召集联合会办", "Convene the panel"),
    Deed.RESCHEDULE: ("调整会办安排", "Change form or time"),
    Deed.OPINE: ("签署会办意见", "Sign the opinion"),
    Deed.RECORD: ("记录会上发言", "Take down what was said"),
    Deed.CONCLUDE: ("形成会办结论", "Conclude"),
    Deed.RESUME: ("再次会商", "Resume the panel"),
    Deed.AGREE: ("会签纪要", "Answer to the minutes"),
    Deed.SIGN: ("登记副秘书长签发", "Record the signature"),
    Deed.RULE: ("裁定生效", "Put the ruling in force"),
    Deed.OBJECT: ("对裁定提出异议", "Object to the ruling"),
    Deed.UPHOLD: ("维持裁定", "Uphold the ruling"),
    Deed.ESCALATE: ("提请秘书长协调", "Escalate"),
    Deed.DECIDE: ("登记秘书长决定", "Record the decision from above"),
    Deed.SUCCEED: ("变更承接单位", "Put a successor in place"),
    Deed.ATTACH: ("上传签批页", "Add the signed page"),
    Deed.LAPSE: ("随工单办结", "End with the ticket"),
}
FORMS: Final[Mapping[Form, Pair]] = {
    Form.WRITTEN: ("书面会办", "In writing"),
    Form.MEETING: ("会议会办", "In a meeting"),
}
SEATS: Final[Mapping[Seat, Pair]] = {
    Seat.CHAIR: ("热线办（召集）", "Hotline office (chair)"),
    Seat.STAFFING: ("编办", "Staffing office"),
    Seat.JUSTICE: ("司法局", "Justice bureau"),
    Seat.OBSERVER: ("纪检监察（列席）", "Discipline inspection (observer)"),
    Seat.PARTY: ("争议单位", "Disputing unit"),
}

TEXTS: Final[Mapping[Text, Pair]] = {
    Text.CLAIM: ("主张", "Position"),
    Text.BASIS: ("依据", "Basis"),
    Text.FINDING: ("协调情况", "What was settled"),
    Text.AGENDA: ("议题", "Agenda"),
    Text.PLACE: ("地点", "Place"),
    Text.OPINION: ("会办意见", "Opinion"),
    Text.MINUTES: ("会办结论", "Conclusion"),
    Text.LEGAL_BASIS: ("裁定依据", "Basis of the ruling"),
    Text.REASON: ("理由", "Reason"),
    Text.TASK: ("协办任务", "Task"),
}
"""What is typed with a deed."""

JOINT_LISTS: Final[Mapping[str, Mapping[Any, Pair]]] = {
    "joint_status": STATUSES,
    "joint_deed": DEEDS,
    "joint_form": FORMS,
    "joint_seat": SEATS,
    "joint_text": TEXTS,
}

NOTICES: Final[Mapping[str, Pair]] = {
    "joint_position_asked": ("权属争议已立案，请陈述主张和依据", "has its dispute on file; state your position"),
    "joint_position_stated": ("争议单位已陈述主张，请查看", "has a position stated; please read it"),
    "joint_rescheduled": ("联合会办安排有调整，请查看", "has its panel changed; have a look"),
    "joint_opinion_given": ("会办单位已签署意见，请查看", "has an opinion signed; please read it"),
    "joint_minutes_out": ("会办纪要已形成，请会签", "has minutes; say whether they are right"),
    "joint_resumed": ("联合会办再次会商，请重新签署意见", "is before the panel again; sign an opinion anew"),
    "joint_minutes_answered": ("会办纪要有会签意见，请查看", "has an answer to its minutes; please read it"),
    "joint_signed": ("会办纪要已签发，请使裁定生效", "has its minutes signed; put the ruling in force"),
    "joint_upheld": ("异议经研究维持原裁定，请继续办理", "has its ruling upheld; go on with it"),
}
"""What notices of disputes say; the ticket's number stands before it."""
