"""Sentences of precedents: why a deed is not possible now, what does not fit the directory, and what to do instead."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "precedents.not_found": (
        "没有这个先例，或者不在您的查看范围。请从先例列表重新打开。",
        "This precedent is not there, or not open to you. Open it from the list.",
    ),
    "precedents.moved_on": (
        "这个先例刚有新的进展。您填的内容还在，请看过最新情况再提交。",
        "This precedent has moved on. What you typed is kept: read what is new, then post again.",
    ),
    "precedents.role_denied": (
        "您的岗位或者单位不能“{deed}”。请由热线办督办员、编办或者有关单位负责人按各自职责办理。",
        "Your role or unit may not “{deed}”. Supervisors, the staffing office and heads of units do what is theirs.",
    ),
    "precedents.not_now": (
        "先例在“{status}”时不能“{deed}”。请刷新后看现在可以做什么。",
        "A precedent that is “{status}” does not allow “{deed}”. Reload to see what can be done now.",
    ),
    "precedents.words_missing": ("“{deed}”要写明理由和依据。请填写。", "“{deed}” needs its reasons. Write them."),
    "precedents.too_long": (
        "最多写{limit}字。请精简后提交。",
        "At most {limit} characters. Shorten it and post again.",
    ),
    "precedents.not_ruled": (
        "这件争议还没有裁定，不能作为先例。请等裁定生效。",
        "This dispute is not ruled yet and makes no precedent. Wait for the ruling.",
    ),
    "precedents.objected": (
        "有单位对这件裁定提出异议，还没有复核。请复核以后再拟作先例。",
        "A unit has objected to this ruling and is not answered yet. Decide that first.",
    ),
    "precedents.one_off": (
        "这件裁定写明只管这一件，不能作为先例。要今后照办，请在会办结论中写明。",
        "This ruling was made for one case only. A conclusion must say that it is to be followed again.",
    ),
    "precedents.no_staffing": (
        "这件裁定没有编办参加，不能由编办同意列入目录。请重新会办。",
        "The staffing office took no part in this ruling and cannot agree to a rule. Call a panel.",
    ),
    "precedents.made_already": (
        "这件裁定已经拟作先例。请在原来的先例上继续。",
        "There is a precedent of this ruling already. Go on with that one.",
    ),
    "precedents.own_case": (
        "单位{unit}是这个先例的一方，您代表该单位，不能由您拟稿或者决定。请由其他督办员办理。",
        "Unit {unit} is concerned and you stand for it. Another supervisor words or decides it.",
    ),
    "precedents.draft_missing": ("请填写先例的适用范围。", "Say what the precedent applies to."),
    "precedents.text_length": ("请填写，最多{most}字。", "Fill this in, at most {most} characters."),
    "precedents.category_missing": ("请填写事项分类。", "Give the category."),
    "precedents.too_wide": (
        "先例只管一类情形，不能管整个分类。请写明词语、场所、时段或者条件。",
        "A precedent covers one kind of matter, not a whole category. Name words, a place, hours or a condition.",
    ),
    "precedents.other_lead": (
        "主办单位要与裁定一致（{unit}）。要换主办单位，请另行会办。",
        "The lead must be as ruled ({unit}). Another lead needs another ruling.",
    ),
    "precedents.other_helpers": (
        "协办单位要与裁定一致，只可以另加督导、抄送。请核对协办一栏。",
        "Co-units must be as ruled; only guidance and copies may be added. Check them.",
    ),
    "precedents.end_missing": ("请填写停用日期。", "Give the day it ends."),
    "precedents.end_passed": ("停用日期要在今天以后。请重新填写。", "The day it ends must lie ahead. Change it."),
    "precedents.end_too_far": (
        "有效期最长{most}年，到期可以续期。请提前停用日期。",
        "It holds for {most} years at most and can be renewed. Choose an earlier day.",
    ),
    "precedents.end_not_later": (
        "续期后的停用日期要比现在的晚。请重新填写。",
        "A renewal ends later than it does now. Change the day.",
    ),
    "precedents.nothing_asked": (
        "现在没有等编办同意的内容。请刷新后查看。",
        "Nothing waits for the staffing office. Reload.",
    ),
    "precedents.asked_already": (
        "已有一项变更在等编办同意。请等编办答复后再提。",
        "A change already waits for the staffing office. Wait for the answer.",
    ),
    "precedents.own_words": (
        "内容是您写的，不能由您自己同意。请由编办其他负责人同意。",
        "You wrote it and cannot agree to it. Somebody else of the staffing office does.",
    ),
    "precedents.draft_stale": (
        "稿上的停用日期已经过了。请退回，由热线办重新填写日期。",
        "The draft’s last day has passed. Send it back for a new one.",
    ),
    "precedents.heard_already": (
        "本单位的质疑已经研究答复过。先例修改或者续期以后可以再提。",
        "Your unit’s challenge was decided. It may challenge again after a change or renewal.",
    ),
    "precedents.end_not_near": ("还没有到提醒或者停用的日子。到期后再办。", "Its end is not due. Wait for the day."),
    "precedents.at_odds": (
        "与已生效的裁定规则{rule}“{title}”冲突：同样的诉求会指向不同单位。请写细适用范围，或者先撤销原先例。",
        "It contradicts rule {rule} “{title}”, made by another ruling. Narrow it, or withdraw the other first.",
    ),
    "precedents.outweighed": (
        "按这样写，原工单仍会按规则{rule}“{title}”派给别的单位。请把适用范围写得更具体，或者修改该规则。",
        "As worded, the ruled ticket would still follow rule {rule} “{title}”. Be more specific, or change that rule.",
    ),
    "precedents.not_reached": (
        "按这样写，原工单自己也不适用。请核对分类、词语、时段、条件和区划。",
        "As worded, it would not apply to the very ticket that was ruled. Check category, words, hours and region.",
    ),
}
