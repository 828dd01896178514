"""Sentences about papers that a unit signs before they leave it, and about signing for somebody who is away."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "sign_off.own_request": (
        "申请是您本人起草的，不能由本人签批。如不再需要，请用“不同意申请”撤回。",
        "You wrote this request, so somebody above signs it. If it is not needed any more, take it back with “Refuse "
        "the request”.",
    ),
    "sign_off.nothing_to_sign": (
        "这张工单现在没有待签批的内容。可能已经签批或者撤回，请刷新工单查看办理过程。",
        "Nothing of this ticket lies for signature. It may have been signed or taken back; look at the history.",
    ),
    "sign_off.request_lies": (
        "本单位有一份{paper}正在签批。请先签批，或者由起草人撤回后再办。",
        "A paper of your unit lies for signature: {paper}. Sign it or have its writer take it back first.",
    ),
    "absence.no_role": (
        "您没有可以委托他人代签的单位岗位，无需登记请假代签。",
        "You hold no role of a unit that somebody could stand in for.",
    ),
    "absence.to_oneself": (
        "不能委托自己代签。请选择本单位或者下级单位的其他同志。",
        "Nobody stands in for themselves. Choose somebody else of your unit or of a unit below it.",
    ),
    "absence.not_of_your_unit": (
        "代签人应当是本单位或者下级单位在用账号的同志。请从名单中选择。",
        "A stand-in belongs to your unit or to a unit below it and has an account in use. Choose from the list.",
    ),
    "absence.in_the_past": (
        "代签不能从今天以前开始。请把开始日期改为今天或者以后。",
        "A stand-in can’t begin before today. Choose today or a later day.",
    ),
    "absence.ends_before_it_begins": (
        "结束日期早于开始日期。请改正日期。",
        "The last day lies before the first. Mend the dates.",
    ),
    "absence.too_long": (
        "一次代签最长{days}天。请缩短期限；时间更长的，请由系统管理员调整岗位。",
        "A stand-in lasts at most {days} days. Shorten it; for longer, have the administrator change the roles.",
    ),
    "absence.reason_missing": (
        "请写明请假事由，例如“公出”“年休假”，不超过{limit}字。",
        "Say why you are away, in at most {limit} characters.",
    ),
    "absence.overlaps": (
        "这段时间您已经登记过代签。请先收回原来的登记，或者改选日期。",
        "You have named a stand-in for some of these days already. End that one first, or choose other days.",
    ),
    "absence.you_stand_in": (
        "这段时间您正在代{name}签批。请先由{name}另行指定代签人，再登记您的请假。",
        "On some of these days you stand in for {name}. Have {name} name somebody else first.",
    ),
    "absence.stand_in_away": (
        "这段时间{name}本人也请假并已委托他人代签。请另选一位。",
        "{name} is away on some of these days too. Choose somebody else.",
    ),
    "absence.unknown": (
        "没有这条请假代签登记，或者不是您登记的。请刷新页面查看。",
        "There is no such entry, or it is not yours. Reload the page.",
    ),
    "absence.ended_already": (
        "这次代签已经结束，无需收回。",
        "This stand-in has ended already.",
    ),
}
