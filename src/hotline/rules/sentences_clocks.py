"""Steps of the ladder that are not due, the morning's digest, and tickets whose clocks could not fire."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "clock.step_not_due": (
        "这一步催办还没有到时间，或者已经做过。请等下一次到点。",
        "This reminder is not due yet, or was sent already. Wait for the next one.",
    ),
    "clocks.no_such_fault": (
        "没有这条记录，可能已经处理好了。请刷新列表查看。",
        "There is no such record; it may have been mended. Reload the list.",
    ),
    "clocks.failed_again": (
        "再试仍然出错，工单仍在列表中。请把出错原因交给维护人员，改好后再试。",
        "It failed again and stays on the list. Give the error to the maintainers and try again once it is mended.",
    ),
    "clocks.busy": (
        "有人正在办理这张工单，请一分钟后再试。",
        "Somebody is at this ticket just now. Try again in a minute.",
    ),
    "digest.subject": (
        "{hotline}：{day[zh]}待办",
        "{hotline}: what waits on {day[en]}",
    ),
    "digest.short": (
        "【{hotline}】{day[zh]}待办：已超期{overdue}件，今天到期{due_today}件，被退回{sent_back}件，"
        "待签收{to_sign_in}件，待签批{to_sign}件。请登录平台办理。",
        "[{hotline}] {day[en]}: {overdue} overdue, {due_today} due today, {sent_back} sent back, "
        "{to_sign_in} to sign in, {to_sign} to sign. Please see to them on the platform.",
    ),
    "digest.long": (
        "{day[zh]}，本单位在{hotline}平台上的待办：\n\n"
        "已超期{overdue}件：{overdue_named}\n今天到期{due_today}件：{due_today_named}\n"
        "被退回{sent_back}件：{sent_back_named}\n待签收{to_sign_in}件：{to_sign_in_named}\n"
        "待签批{to_sign}件：{to_sign_named}\n\n请登录平台办理。工单内容只在平台上查看。",
        "On {day[en]} this waits for your unit on the platform of {hotline}:\n\n"
        "{overdue} overdue: {overdue_named}\n{due_today} due today: {due_today_named}\n"
        "{sent_back} sent back: {sent_back_named}\n{to_sign_in} to sign in: {to_sign_in_named}\n"
        "{to_sign} to sign: {to_sign_named}\n\nPlease see to them on the platform, where alone they can be read.",
    ),
}
"""code: (Chinese, English)."""
