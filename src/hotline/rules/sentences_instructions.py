"""Sentences of leaders' instructions: why a deed is not possible now, and what to do instead. None tells who wrote
what: a refusal may be read by somebody who is not named.
"""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "instructions.not_found": (
        "没有这件批示，或者不在您的查看范围。请从批示列表重新打开。",
        "This instruction is not there, or not open to you. Open it from the list.",
    ),
    "instructions.moved_on": (
        "这件批示刚有新的进展。您填的内容还在，请看过最新情况再提交。",
        "This instruction has moved on. What you typed is kept: read what is new, then post again.",
    ),
    "instructions.role_denied": (
        "您的岗位不能“{deed}”。请由阅知人员中的督办员或者值班长办理，反馈由承办单位办理。",
        "Your role may not “{deed}”. Named supervisors or team leaders do this; units report back.",
    ),
    "instructions.not_now": (
        "批示件在“{status}”时不能“{deed}”。请刷新后看现在可以做什么。",
        "An instruction that is “{status}” does not allow “{deed}”. Reload to see what can be done now.",
    ),
    "instructions.not_named": (
        "您不是这件批示的阅知人员，不能办理。需要办理的，请由阅知的督办员把您列入。",
        "You are not named for this instruction. Ask a named supervisor to add you.",
    ),
    "instructions.not_your_unit": (
        "这件批示没有交给您的单位。请由承办单位反馈。",
        "Your unit was not asked. The units that were report back.",
    ),
    "instructions.already_reported": (
        "您的单位已经反馈。需要补充的，请联系热线机构退回补办。",
        "Your unit has reported already. Ask the office to return it if more is to be said.",
    ),
    "instructions.leader_missing": ("请选择作出批示的领导。", "Choose the leader."),
    "instructions.leader_unknown": (
        "名录中没有这位领导，或者当日不在任。请先在领导名录中登记。",
        "This leader is not in the list for that day. Enter the leader first.",
    ),
    "instructions.given_on_missing": ("请填写批示日期。", "Give the day of the instruction."),
    "instructions.given_on_ahead": ("批示日期不能晚于今天。请核对后再填。", "The day lies ahead. Check it."),
    "instructions.words_or_scan": (
        "请录入批示内容，或者上传批示扫描件。",
        "Type the leader’s words, or add a scan of them.",
    ),
    "instructions.due_missing": ("请填写期限。", "Give a date."),
    "instructions.due_passed": ("期限已经过去。请填写今后的日期。", "The date has passed. Give a later one."),
    "instructions.two_limits": (
        "期限请只填一种：工作日数或者日期。",
        "Give the limit in one way: working days or a date.",
    ),
    "instructions.too_many_tickets": (
        "一件批示最多关联{most}张工单。请分开登记，或者开展专项督办。",
        "An instruction is linked to {most} tickets at most. Record it in parts, or open a campaign.",
    ),
    "instructions.tickets_missing": ("请填写要关联的工单编号。", "Name the tickets to be linked."),
    "instructions.ticket_linked": (
        "工单{number}已经关联。请去掉后再提交。",
        "Ticket {number} is linked already. Leave it out.",
    ),
    "instructions.ticket_unknown": (
        "没有工单{number}，或者您不能查看。请核对编号。",
        "Ticket {number} is not there, or not open to you. Check the number.",
    ),
    "instructions.ticket_ended": (
        "工单{number}已经结束，不能再列为批示件。请登记新的工单后再关联。",
        "Ticket {number} has ended and can no longer be marked. Register a new one and link that.",
    ),
    "instructions.too_many_readers": (
        "阅知人员最多{most}人。请只留必须知道的人。",
        "At most {most} people may be named. Leave those who must know.",
    ),
    "instructions.reader_unknown": (
        "没有账号“{account}”，或者已经停用。请核对登录名。",
        "There is no account “{account}”, or it is switched off. Check the name.",
    ),
    "instructions.names_oneself": (
        "您不能把自己从阅知人员中去掉。请由另一名阅知的督办员调整。",
        "You cannot take yourself off the list. Another named supervisor does this.",
    ),
    "instructions.checker_missing": (
        "阅知人员中还要有另一名督办员或者值班长，由其审定拟办意见。请补充。",
        "Name another supervisor or a team leader as well, who agrees to the proposal.",
    ),
    "instructions.own_proposal": (
        "拟办意见是您写的，不能自己审定。请由另一名阅知的督办员或者值班长审定。",
        "You wrote the proposal. Another named supervisor or team leader agrees to it.",
    ),
    "instructions.asks_missing": ("请至少选择一个承办单位。", "Choose at least one unit."),
    "instructions.asked_already": (
        "有{count}个单位已经分办过。请去掉；需要重办的，退回其反馈。",
        "{count} units were asked already. Leave them out, or return their report.",
    ),
    "instructions.ask_missing": ("请写明每个单位要办什么。", "Say what each unit is to do."),
    "instructions.asked_twice": ("同一个单位填了两次。请只留一行。", "One unit stands there twice. Leave one line."),
    "instructions.ask_too_late": (
        "单位的反馈期限不能晚于回呈期限{at}。请提前，或者先调整回呈期限。",
        "Units report before the leader is told, by {at}. Give an earlier date, or move that one first.",
    ),
    "instructions.unit_unknown": (
        "没有单位“{unit}”，或者已经撤销。请从名录中选择。",
        "There is no unit “{unit}”, or not any more. Choose from the directory.",
    ),
    "instructions.unit_missing": ("请选择是哪个单位的反馈。", "Choose whose report it is."),
    "instructions.not_reported": (
        "这个单位还没有反馈。请等单位反馈后再办理。",
        "This unit has not reported. Wait for its report.",
    ),
    "instructions.nothing_reported": (
        "还没有单位的反馈要处理。请等单位反馈后再办理。",
        "No report waits for you. Wait for one.",
    ),
    "instructions.already_accepted": (
        "这个单位的反馈已经采用。请选择其他单位。",
        "This report was accepted already. Choose another.",
    ),
    "instructions.presented_on_missing": ("请填写回呈日期。", "Give the day the leader was told."),
    "instructions.presented_on_ahead": (
        "回呈日期不能晚于今天。请在回呈后再登记。",
        "The day lies ahead. Record it when the leader was told.",
    ),
    "instructions.presented_on_early": (
        "回呈日期不能早于批示日期。请核对后再填。",
        "The leader cannot have been told before the instruction. Check the day.",
    ),
    "instructions.own_presenting": (
        "回呈由您登记，不能再由您销号。请由另一名阅知的督办员或者值班长销号。",
        "You recorded the report to the leader. Another named supervisor or team leader strikes off.",
    ),
    "instructions.supervision_open": (
        "关联工单还有{count}件重点督办没有结束，不能销号。请先办结重点督办。",
        "{count} key supervisions of linked tickets are not closed. Close them first.",
    ),
    "instructions.outcome_missing": ("请选择办理结果。", "Choose the outcome."),
    "instructions.words_missing": (
        "“{deed}”要写明内容或者理由。请填写后再提交。",
        "“{deed}” asks for words. Write them, then post again.",
    ),
    "instructions.file_there": ("这个文件已经传过。请另选文件。", "This file is there already. Choose another."),
    "instructions.too_many_files": (
        "一件批示最多传{most}个文件。请合并后再传。",
        "An instruction takes {most} files at most. Join some and try again.",
    ),
    "instructions.leader_name_missing": ("请填写领导姓名和职务。", "Give the leader’s name and position."),
    "instructions.leader_there": (
        "名录中已有同名同职务的在任领导。请核对，不要重复登记。",
        "A leader of that name and position is in the list already. Do not enter them twice.",
    ),
    "instructions.leader_dates": (
        "离任日期不能早于到任日期。请核对后再填。",
        "The last day lies before the first. Check the dates.",
    ),
    "instructions.leader_not_found": (
        "名录中没有这位领导。请刷新名录后再改。",
        "This leader is not in the list. Reload it and try again.",
    ),
}
"""code: (Chinese, English)."""
