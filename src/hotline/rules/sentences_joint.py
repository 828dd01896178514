"""Sentences of joint handling: why a deed is not possible now, and what to do instead."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "joint.not_found": (
        "没有这份争议卷，或者不在您的查看范围。请从联合会办列表重新打开。",
        "This dispute is not there, or not open to you. Open it from the list.",
    ),
    "joint.moved_on": (
        "别人刚办理了这份争议卷，您的这一次没有生效。您填的内容还在，请看过最新情况再决定。",
        "Somebody has just acted on this file, and yours was not done. What you typed is kept: read what is new first.",
    ),
    "joint.role_denied": (
        "您的岗位不能“{deed}”。请交由热线办的督办员或者派单员办理。",
        "Your role may not “{deed}”. A supervisor or dispatcher of the office does this.",
    ),
    "joint.heads_sign": (
        "“{deed}”由单位分管领导或者主要领导签署。请把草拟的意见交领导签署。",
        "“{deed}” is for the deputy head or head of the unit. Pass your draft on to them.",
    ),
    "joint.own_case": (
        "单位{unit}是争议一方，不能自己起草或者作出裁定。请陈述主张，由热线办召集会办裁定。",
        "Unit {unit} is a party and neither drafts nor makes its own ruling. State your position; the panel rules.",
    ),
    "joint.observer_only": (
        "纪检监察机关列席监督，不发表会办意见。发现问题请按监督程序提出。",
        "Discipline inspection observes and gives no opinion. Use its own procedure for what it finds.",
    ),
    "joint.not_now": (
        "争议在“{status}”时不能“{deed}”。请刷新后看现在可以做什么。",
        "A dispute that is at “{status}” does not allow “{deed}”. Reload to see what can be done now.",
    ),
    "joint.on_the_file": (
        "这一步要在争议卷上办理：会办成员、意见、纪要和签发齐备后才能生效。请打开联合会办里的这份争议卷。",
        "This is done on the dispute’s file, once members, opinions, minutes and signature are there. Open the file.",
    ),
    "joint.lead_missing": ("请选择主办单位。", "Choose the lead unit."),
    "joint.lead_is_helper": (
        "主办单位不能同时是协办单位。请只留一处。",
        "The lead cannot be a co-unit as well. Leave it in one place.",
    ),
    "joint.helper_twice": (
        "同一个协办单位只列一次。请合并它的任务。",
        "Each co-unit is named once. Put its tasks together.",
    ),
    "joint.too_many_tasks": (
        "协办任务最多{most}项。请合并后再提交。",
        "There are at most {most} tasks. Put some together.",
    ),
    "joint.task_unsaid": (
        "请写明协办单位{unit}要做什么。",
        "Say what co-unit {unit} has to do.",
    ),
    "joint.task_limits": (
        "请给协办单位{unit}填写顺序和1到{most}个工作日的时限。",
        "Give co-unit {unit} its order and a limit of 1 to {most} working days.",
    ),
    "joint.unit_closed": (
        "单位{unit}已经撤销或者合并，不能再主办、协办或者参加会办。请先“变更承接单位”，再继续。",
        "Unit {unit} was closed or merged and can no longer lead, help or take part. Put its successor in place first.",
    ),
    "joint.seat_missing": (
        "联合会办必须有“{seat}”。请选择单位。",
        "A panel needs this seat: {seat}. Choose the unit.",
    ),
    "joint.seat_twice": (
        "编办、司法局、纪检监察应当是三个不同的单位。请核对。",
        "The staffing office, justice and discipline inspection are three different units. Check them.",
    ),
    "joint.parties_missing": ("请选择争议单位。", "Choose the disputing units."),
    "joint.party_is_seated": (
        "单位{unit}不能既是争议一方又参与评议。请调整成员。",
        "Unit {unit} cannot be a party and judge as well. Change the members.",
    ),
    "joint.form_missing": ("请选择书面会办或者会议会办。", "Choose: in writing or in a meeting."),
    "joint.meets_at_past": (
        "请填写今后的时间：会议会办填开会时间，书面会办填答复截止时间。",
        "Give a time to come: of the meeting, or by which to answer in writing.",
    ),
    "joint.no_objection": (
        "裁定已经生效，没有单位提出异议。没有新的异议不再会办。",
        "The ruling is in force and nobody has objected. Without an objection there is no panel again.",
    ),
    "joint.objected_already": (
        "本单位已经提过一次异议。请先按裁定办理，等待复核结果。",
        "Your unit has objected once. Do as ruled and await what comes of it.",
    ),
    "joint.not_a_meeting": (
        "这是书面会办，由各单位自己签署意见。需要开会请先“调整会办安排”。",
        "This panel is in writing: units sign for themselves. Change its form to a meeting first.",
    ),
    "joint.written_only": (
        "编办和司法局的意见必须由其自己书面签署，不能代记。请通知单位{unit}签署。",
        "The staffing office and justice sign their written opinions themselves. Ask {unit} to do so.",
    ),
    "joint.not_a_party": (
        "只能记录争议单位在会上的发言。请选择争议单位。",
        "Only what disputing units say in the meeting is taken down. Choose one.",
    ),
    "joint.signer_missing": ("请填写签署人姓名。", "Say who signed."),
    "joint.signed_on_missing": ("请填写签发日期。", "Say on which day it was signed."),
    "joint.signed_on_ahead": (
        "签发日期不能晚于今天。请核对签批页。",
        "It cannot have been signed after today. Check the signed page.",
    ),
    "joint.opinion_missing": (
        "还缺“{seat}”的书面意见，不能形成结论。请催请其签署。",
        "The written opinion is missing of: {seat}. Ask for it before you conclude.",
    ),
    "joint.opinions_differ": (
        "编办和司法局意见不一致，争议单位也没有谈拢，热线办不能以多数代替。请再次会商，或者提请秘书长协调。",
        "Staffing office and justice differ and the units do not agree; the office cannot outvote them."
        " Discuss it again, or escalate.",
    ),
    "joint.not_carried": (
        "会办意见支持的主办单位是{unit}。请按会办意见形成结论，不同意见会如实记录。",
        "The panel’s opinions carry {unit} as lead. Conclude so; other views are put on record.",
    ),
    "joint.answer_missing": ("请选择同意或者不同意纪要。", "Say whether the minutes are right."),
    "joint.minutes_open": (
        "还有{count}个单位没有会签纪要（如{unit}）。请催请会签；会办时限届满后争议单位不答复的不再等待。",
        "{count} units have not agreed to the minutes (such as {unit}). Ask them; after the panel’s time a party’s"
        " silence holds nothing up.",
    ),
    "joint.own_conclusion": (
        "结论是您写的，签发须由另一名督办员或者值班长登记。",
        "You wrote the conclusion. Another supervisor or a team leader records the signature.",
    ),
    "joint.not_in_file": (
        "这个单位不在这份争议卷里。请选择卷内的单位。",
        "This unit is not in the file. Choose one that is.",
    ),
    "joint.successor_missing": (
        "请选择承接其职责的另一个单位。",
        "Choose the other unit that takes over its duties.",
    ),
    "joint.words_missing": (
        "请填写“{what}”。",
        "Fill in: {what}.",
    ),
    "joint.too_long": (
        "内容太长，最多{limit}字。请删减。",
        "The text is too long; at most {limit} signs.",
    ),
    "joint.file_there": ("这份签批页已经上传过。", "This page is there already."),
    "joint.too_many_files": (
        "签批页最多{most}份。",
        "There are at most {most} pages.",
    ),
}
