"""Sentences of review, of the samples of agents' work and of shifts: refusals, and hints beside a reply."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "review.answered_twice": (
        "同一个要点既选了“是”又选了“否”。请每个要点只选一项。",
        "An item is answered both yes and no. Give each item one answer.",
    ),
    "review.grade_missing": ("请给办理结果评级。", "Grade the result."),
    "review.verdict_missing": ("请选择审核结论：通过或者退回。", "Choose a verdict: pass or send back."),
    "review.point_missing": ("请选是、否或者不适用。", "Answer yes, no or not applicable."),
    "review.note_missing": (
        "有要点答“否”仍要通过的，请在审核意见里说明理由；不能说明的，请退回单位。",
        "An item is not met: say in the note why the reply passes all the same, or send it back.",
    ),
    "review.failed_missing": (
        "退回时请至少指明一个不合格的要点，单位才知道改什么。",
        "Name at least one item that is not met, so that the unit knows what to mend.",
    ),
    "review_hint.relabelled": (
        "原来是“{was}”，现在按咨询办理。请核对是否应当改回。",
        "This was “{was}” and is now handled as a consultation. See whether it should be changed back.",
    ),
    "review_hint.banned": ("答复里有禁用语：{phrases}。", "The reply contains banned phrases: {phrases}."),
    "review_hint.copied": (
        "与以前的答复几乎相同：{numbers}。请核对是否针对本件诉求。",
        "Almost the same text as an earlier reply: {numbers}. See whether it answers this request.",
    ),
    "review_hint.short": (
        "答复只有{reply}字，诉求有{request}字。请核对是否逐项回应。",
        "The reply has {reply} characters, the request {request}. See whether every point is answered.",
    ),
    "review_hint.no_basis": (
        "没有写明依据。请核对是否需要引用政策文号或者条款。",
        "No basis is cited. See whether a policy number or an article is needed.",
    ),
    "review_hint.no_contact": (
        "没有与诉求人联系的记录。请核对单位是否联系过，或者是否注明联系不上。",
        "No contact with the requester is recorded. See whether there was one, or whether the reply says why not.",
    ),
    "quality.not_found": (
        "没有这条抽检记录。请回到抽检列表重新打开。",
        "This sample is not there. Go back to the list of samples.",
    ),
    "quality.already_checked": (
        "这一件已由{who}评过。您填的内容还在，请看过对方的结果。",
        "{who} has checked this one already. What you typed is still here; see the result.",
    ),
    "quality.own_work": (
        "这一件是您本人受理的，请由其他班长评。",
        "You took in this one yourself: another leader checks it.",
    ),
    "quality.unanswered": ("请逐项选择。", "Answer every point."),
    "quality.note_missing": (
        "有一项不合格的，请写明哪里要改，话务员看得到。",
        "A point is not met: say what to mend, the agent will read it.",
    ),
    "shift.none_running": (
        "基础数据里没有现在的班次。请由系统管理员在理由清单“班次”里补上。",
        "The city’s data has no shift at this hour. Have it added to the list of shifts.",
    ),
    "shift.already_handed": (
        "这一班已由{who}交班，请直接接班或者查看交班单。",
        "{who} has handed over this shift already: take it over, or read the sheet.",
    ),
    "shift.not_found": ("没有这张交班单。请回到交接班页面。", "This sheet is not there. Go back to the shifts."),
    "shift.already_accepted": (
        "这一班已由{who}接班，不用再接。",
        "{who} has taken over this shift already.",
    ),
    "shift.needs_second_person": (
        "交班和接班不能是同一人。请由接班的班长本人接班。",
        "Who hands over does not take over. The next leader does it in person.",
    ),
}
