"""Sentences of handovers to media: why a deed is not possible now, what must leave the text, and what to do instead."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "media.not_found": (
        "没有这份媒体移交单，或者不在您的查看范围。请从媒体督办列表重新打开。",
        "This handover is not there, or not open to you. Open it from the list.",
    ),
    "media.moved_on": (
        "这份移交单刚有新的进展。您填的内容还在，请看过最新情况再提交。",
        "This handover has moved on. What you typed is kept: read what is new, then post again.",
    ),
    "media.role_denied": (
        "您的岗位不能“{deed}”。请由督办员、值班长或者承办单位按各自职责办理。",
        "Your role may not “{deed}”. Supervisors, team leaders and units do what is theirs.",
    ),
    "media.not_now": (
        "移交单在“{status}”时不能“{deed}”。请刷新后看现在可以做什么。",
        "A handover that is “{status}” does not allow “{deed}”. Reload to see what can be done now.",
    ),
    "media.medium_missing": ("请选择移交给哪家媒体。", "Choose the medium."),
    "media.medium_unknown": (
        "没有这家合作媒体，或者已经停用。请在合作媒体中选择启用的一家。",
        "There is no such partner medium, or it is off. Choose one that is on.",
    ),
    "media.tickets_missing": ("请填写要移交的工单编号，每行一个。", "Give the tickets’ numbers, one a line."),
    "media.too_many_tickets": (
        "一份移交单最多{most}件工单。请分成几份。",
        "A list takes {most} tickets at most. Make several.",
    ),
    "media.ticket_unknown": (
        "没有工单“{number}”，或者不在您的查看范围。请核对编号。",
        "There is no ticket “{number}”, or it is not open to you. Check the number.",
    ),
    "media.ticket_confidential": (
        "工单{number}是保密件，不能移交媒体。请从移交单中去掉。",
        "Ticket {number} is confidential and goes to no medium. Take it out.",
    ),
    "media.ticket_protected": (
        "工单{number}是举报件，举报人受保护，不能移交媒体。请从移交单中去掉。",
        "Ticket {number} is a report whose author is protected; it goes to no medium. Take it out.",
    ),
    "media.ticket_undispatched": (
        "工单{number}还没有派给承办单位，没有人能公开答复。请派单后再移交。",
        "Ticket {number} has no unit that could answer. Dispatch it first.",
    ),
    "media.told_missing": ("请填写交给媒体的文字。", "Write what the medium is told."),
    "media.day_missing": ("请填写移交日期。", "Give the day it is handed over."),
    "media.day_passed": ("移交日期不能早于今天。请改为今天或者以后。", "That day is past. Choose today or later."),
    "media.own_words": (
        "移交单是您写的，不能自己同意。请由另一名督办员或者值班长同意。",
        "You have written in it and cannot agree to it. Another supervisor or a team leader does this.",
    ),
    "media.holds_personal": (
        "第{line}行有工单{number}诉求人的{trace}，不能交给媒体或者公开。请删去后再提交。",
        "Line {line} holds the {trace} of who asked on ticket {number}. Take it out and post again.",
    ),
    "media.holds_any_number": (
        "第{line}行有个人的{trace}，不能交给媒体或者公开。请删去后再提交。",
        "Line {line} holds somebody’s {trace}. Take it out and post again.",
    ),
    "media.due_missing": ("请填写公开答复时限。", "Give the date of the public answer."),
    "media.due_passed": ("公开答复时限必须晚于现在。请重新填写。", "The date must lie ahead. Give another."),
    "media.not_your_unit": (
        "这份移交单没有要求您的单位答复。请由被要求的单位提交。",
        "Your unit is not asked here. The unit that is asked answers.",
    ),
    "media.answer_there": (
        "本单位的公开答复已经提交。请等热线机构审核。",
        "Your unit’s answer is there already. Wait for the office’s review.",
    ),
    "media.no_answer": (
        "现在没有等审核的公开答复。请等单位提交。",
        "No answer waits for review. Wait for the units.",
    ),
    "media.answer_unnamed": ("请选择审核哪个单位的公开答复。", "Choose whose answer it is."),
    "media.own_answer": (
        "公开答复由您或者您所在的单位提交，不能自己审核。请由热线机构的其他人审核。",
        "You or your unit wrote this answer. Somebody else of the office reviews it.",
    ),
    "media.on_missing": ("请填写日期。", "Give the day."),
    "media.on_ahead": ("日期不能晚于今天。请到时再登记。", "That day lies ahead. Record it when it has come."),
    "media.on_before": ("日期不能早于移交那天。请核对日期。", "That is before it was handed over. Check the day."),
    "media.title_missing": ("请填写刊播标题。", "Give the publication’s title."),
    "media.follow_missing": ("请选择跟进方式。", "Choose how it was followed up."),
    "media.unpublished": (
        "还没有登记刊播，不能办结。请先登记刊播；媒体没有刊播的，请撤回移交。",
        "Nothing was published. Record a publication first, or withdraw the list.",
    ),
    "media.not_followed": (
        "还没有登记跟进，不能办结。请先回看或者回访，登记情况。",
        "Nobody has followed it up. Record a visit or a call first.",
    ),
    "media.outcome_missing": ("请选择督办结果。", "Choose what came of it."),
    "media.words_missing": ("请填写“{deed}”的内容。", "Type what belongs to “{deed}”."),
    "media.supervision_unfit": (
        "没有这项媒体督办，或者已经结束。请从正在办理的媒体督办打开移交。",
        "There is no such media supervision under way. Begin from one that is.",
    ),
    "media.partner_name_missing": ("请填写媒体名称。", "Give the medium’s name."),
    "media.partner_name_taken": (
        "已经有名为“{name}”的合作媒体。请修改原来那一家。",
        "There is a partner named “{name}” already. Change that one.",
    ),
    "media.partner_kind_missing": ("请选择媒体种类。", "Choose the kind."),
    "media.partner_missing": (
        "没有这家合作媒体。请从合作媒体列表重新打开。",
        "There is no such partner. Open it from the list.",
    ),
    "media.paper_unagreed": (
        "移交单还没有同意，不能打印。请等另一人同意后再打印。",
        "The list is not agreed to and has no paper. Wait until somebody agrees.",
    ),
    "media.file_there": ("这个文件已经传过。请另选文件。", "This file is there already. Choose another."),
    "media.too_many_files": (
        "一份移交单最多传{most}个文件。请合并后再传。",
        "A handover takes {most} files at most. Join some and try again.",
    ),
}
"""code: (Chinese, English)."""
