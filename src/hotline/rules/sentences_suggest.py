"""Sentences beside a suggested unit: why it is offered. Dispatchers read them before they accept with one key."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "suggest.precedent": (
        "依先例（{source}，目录第{rule}条）：{basis}",
        "by precedent {source} (line {rule} of the directory): {basis}",
    ),
    "suggest.directory": ("依目录第{rule}条：{basis}", "by line {rule} of the directory: {basis}"),
    "suggest.claim": (
        "目录第{rule}条指向这里，另有规定指向别家：{basis}",
        "line {rule} of the directory names it, another line another unit: {basis}",
    ),
    "suggest.ruling": (
        "同样的事裁定过由它主办（工单{ticket}）",
        "it was ruled to lead the same matter (ticket {ticket})",
    ),
    "suggest.category_ruling": (
        "同类事项裁定过由它主办（工单{ticket}）",
        "it was ruled to lead a matter of this category (ticket {ticket})",
    ),
    "suggest.alike": (
        "近12个月相似工单派给它{n}件，{stayed}件留住",
        "of {n} alike tickets given to it in 12 months {stayed} stayed",
    ),
    "dispatch.rule_not_followed": (
        "所引的目录规则{rule}现在不管这件事，或者指的不是这个单位。请不引规则再派，或者按目录派单。",
        "The quoted line {rule} is not about this ticket now, or names another unit. Leave it out, or do as it says.",
    ),
}
