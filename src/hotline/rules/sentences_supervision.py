"""Sentences of supervision: why a deed is not possible now, and what to do instead."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "supervision.not_found": (
        "没有这项督办，或者不在您的查看范围。请从督办列表重新打开。",
        "This supervision is not there, or not open to you. Open it from the list.",
    ),
    "supervision.moved_on": (
        "这项督办刚有新的进展。您填的内容还在，请看过最新情况再提交。",
        "This supervision has moved on. What you typed is kept: read what is new, then post again.",
    ),
    "supervision.role_denied": (
        "您的岗位不能“{deed}”。请由督办员或者被督办单位办理。",
        "Your role may not “{deed}”. Supervisors or the supervised unit do this.",
    ),
    "supervision.not_now": (
        "{kind}在“{status}”时不能“{deed}”。请刷新后看现在可以做什么。",
        "{kind} that is “{status}” does not allow “{deed}”. Reload to see what can be done now.",
    ),
    "supervision.not_your_unit": (
        "这项督办没有要求您的单位。请由被督办单位反馈。",
        "Your unit is not asked here. The supervised unit reports.",
    ),
    "supervision.units_missing": ("请选择被督办单位。", "Choose the units."),
    "supervision.due_missing": ("请填写督办时限。", "Give the date by which units report."),
    "supervision.due_passed": (
        "督办时限应当晚于现在。请改为以后的时间。",
        "The date must lie ahead. Choose a later one.",
    ),
    "supervision.cause_missing": ("请选择督办缘由。", "Choose the cause."),
    "supervision.ticket_missing": ("请填写工单编号。", "Give the ticket’s number."),
    "supervision.tickets_missing": (
        "没有可以纳入的工单。请放宽条件，或者查看是否都已纳入。",
        "There is no ticket to take in. Widen the filter, or see whether all are in already.",
    ),
    "supervision.too_many_tickets": (
        "符合条件的工单超过{most}件。请缩小条件后分批纳入。",
        "More than {most} tickets fit. Narrow the filter and take them in by parts.",
    ),
    "supervision.title_missing": ("请填写专项督办的名称。", "Give the campaign a name."),
    "supervision.words_missing": ("请填写“{deed}”的说明。", "Say something about “{deed}”."),
    "supervision.outcome_missing": ("请选择督办结果。", "Choose the outcome."),
    "supervision.outcome_unfit": (
        "这类督办没有这种结果。请另选一项。",
        "This kind has no such outcome. Choose another.",
    ),
    "supervision.problem_missing": ("请选择现场有没有发现问题。", "Say whether a problem was found."),
    "supervision.already_reported": (
        "您的单位已经反馈，正在等待核查，不必再报。",
        "Your unit has reported already and waits for the check; nothing more is needed.",
    ),
    "supervision.report_missing": (
        "单位还没有反馈，不能签字。请先由经办人反馈办理情况。",
        "There is no report to sign yet. Have the clerk report first.",
    ),
    "supervision.already_signed": ("您已经签过字，不必再签。", "You have signed already; nothing more is needed."),
    "supervision.head_unsigned": (
        "还有{count}个单位的主要负责人没有签字，不能办结。请等签字，或者退回重报。",
        "{count} heads of units have not signed. Wait for them, or send it back.",
    ),
    "supervision.ticket_open": (
        "工单还没有办结，平台督办随工单办结。请督促单位办理工单。",
        "The ticket is still open, and platform supervision ends with it. Urge the unit.",
    ),
    "supervision.already_there": (
        "这张工单已有同类督办在进行。请在原督办里补充。",
        "The ticket is under this kind of supervision already. Add to that one.",
    ),
    "supervision.file_there": (
        "这个文件已经传过。请另选文件，或者直接反馈。",
        "This file is there already. Choose another, or just report.",
    ),
    "supervision.too_many_files": (
        "一项督办最多传{most}个文件。请合并后再传。",
        "A supervision takes {most} files at most. Join some and try again.",
    ),
    "supervision.paper_unopened": (
        "督办立项以后才有督办单。请先立项。",
        "There is a notice only after the supervision was opened. Open it first.",
    ),
    "supervision.criticism_reason": (
        "不予通报的，请写明理由。",
        "Say why there is to be no criticism.",
    ),
    "supervision.criticism_decided": (
        "这条通报建议已经有人处理。请刷新查看。",
        "This proposal was decided already. Reload to see how.",
    ),
    "supervision.visit_unanswered": (
        "核查清单还有{count}项没有回答。请逐项选择；看不出来的选“看不出”。",
        "{count} questions of the list have no answer. Answer each; where nothing can be seen, say so.",
    ),
    "supervision.visit_contradicts": (
        "清单写着问题仍然存在，结论却是没有问题。请核对清单和结论。",
        "The list says the matter is still there, the finding says no problem. Check both.",
    ),
    "supervision.visit_nothing_wrong": (
        "结论是发现问题，清单里却没有一项不合要求。请核对清单和结论。",
        "The finding is a problem, but no answer of the list speaks of one. Check both.",
    ),
    "supervision.visit_without_photo": (
        "发现问题的，至少要有一张现场照片。请先拍照上传再提交。",
        "A problem needs at least one photo from the spot. Take and upload it first.",
    ),
    "supervision.photo_without_place": (
        "照片没有带拍摄地点。请打开手机定位重新拍照；定不了位的，写明拍摄地点和原因后也可以收。",
        "The photo does not say where it was taken. Switch on location and take it again, or type place and reason.",
    ),
    "supervision.photo_without_reason": (
        "请写明照片为什么没有定位。",
        "Say why the photo has no position.",
    ),
    "supervision.photo_without_time": (
        "照片没有带拍摄时间。请填写拍摄时间，或者用手机相机重新拍照。",
        "The photo does not say when it was taken. Type the time, or take it again with the phone’s camera.",
    ),
    "supervision.photo_ahead": (
        "照片的拍摄时间是{at}，还没有到。请重新拍照；相机时钟不准的，写明原因。",
        "The photo says it was taken at {at}, which is yet to come. Take it again, or say that the clock is wrong.",
    ),
    "supervision.photo_too_early": (
        "照片拍摄于{at}，早于督办立项。请在现场重新拍照；相机时钟不准的，写明原因。",
        "The photo was taken at {at}, before the supervision was opened. Take one on the spot, or say why.",
    ),
    "supervision.photo_not_picture": (
        "这里只收照片。请选择JPG、PNG或者WEBP格式的照片。",
        "Only photos are taken here. Choose a JPG, PNG or WEBP picture.",
    ),
    "supervision.owner_unknown": ("请选择一名在岗的督办员。", "Choose a supervisor in office."),
}
"""code: (Chinese, English)."""
