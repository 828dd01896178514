"""Why an agent's quick note, progress told by telephone or next matter of a caller is not possible, and what to do."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "call_note.role_denied": (
        "只有接电话的话务员和值班长可以快速登记。请由他们登记。",
        "Only agents and team leaders, who answer calls, keep quick notes. Ask one of them.",
    ),
    "call_note.kind_missing": (
        "请选择这通来电属于哪一种。",
        "Choose what sort of call this was.",
    ),
    "call_note.too_long": (
        "备注最多{limit}个字。请写短一些，需要详细记录的请受理为工单。",
        "A note has at most {limit} characters. Shorten it, or register a ticket for a longer matter.",
    ),
    "call_note.answer_missing": (
        "即问即答请写一句答了什么，或者引用知识点。",
        "Say in a few words what you answered, or cite a knowledge item.",
    ),
    "call_note.not_found": (
        "没有找到这条快速登记。请刷新页面后再试。",
        "This quick note isn’t there. Reload the page and try again.",
    ),
    "call_note.not_yours": (
        "这条记录不是您登记的，不能撤销。请由登记人本人撤销。",
        "This note isn’t yours, so you can’t take it back. Ask whoever wrote it.",
    ),
    "call_note.undone_already": (
        "这条记录已经撤销，无需再次操作。",
        "This note was taken back already; nothing more is needed.",
    ),
    "call_note.too_late": (
        "登记已超过两分钟，不能撤销。如有错误请在备注中另行登记说明。",
        "More than two minutes have passed, so the note stays. Write another one that says what was wrong.",
    ),
    "progress.role_denied": (
        "您的岗位不向来电人告知进度。请转给话务员、值班长或者回访员。",
        "Your role doesn’t tell callers how a ticket stands. Pass the call to an agent or a team leader.",
    ),
    "progress.check_too_weak": (
        "保密工单只能凭登记的电话或者查询码告知进度。请换一种核对方式。",
        "For a confidential ticket only the number on record or the query code will do. Check in one of these ways.",
    ),
    "progress.too_many_tries": (
        "这张工单一小时内核对失败已达五次，暂不能告知。请一小时后再试，或者请来电人到现场办理。",
        "The check failed five times on this ticket in an hour. Try again in an hour, or ask the caller to come in.",
    ),
    "progress.not_the_caller": (
        "核对不符，不能告知进度。请请来电人再说一遍，或者换一种核对方式。",
        "This doesn’t match, so nothing may be told. Ask the caller to say it again, or check in another way.",
    ),
    "progress.nothing_on_record": (
        "登记时没有留下可以这样核对的信息。请换一种核对方式。",
        "Nothing was left on record to check this way. Use another one.",
    ),
    "progress.check_missing": (
        "请选择怎样核对来电人，并填写来电人说的内容。",
        "Choose how the caller is checked and type what the caller says.",
    ),
    "call.not_yours_now": (
        "只有受理这张工单的话务员，在受理后两小时内，才能接着为同一来电记下一件。请新建受理。",
        "Only the agent who registered this ticket, and only within two hours, can go on with the same call. "
        "Start a new request.",
    ),
}
