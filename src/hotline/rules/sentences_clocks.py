"""Steps of the ladder that are not due, the morning's digest, and tickets whose clocks could not fire."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "clock.step_not_due": (
        "这一步催办还没有到时间，或者已经做过。请等下一次到点。",
        "This reminder is not due yet, or was sent already. Wait for the next one.",
    ),
    "extension.already_proposed": (
        "延期申请正在审批。请等待结果。",
        "An extension is being decided on. Await the result.",
    ),
    "extension.nothing_proposed": (
        "没有待审批的延期申请。请先由承办单位申请。",
        "No extension is pending. The unit asks for it first.",
    ),
    "extension.too_late": (
        "延期须在到期前至少{days}个工作日提出，现已过时。请尽快办理并答复。",
        "An extension is asked for at least {days} working days before the limit; it is too late. Reply soon.",
    ),
    "extension.type_excluded": (
        "{request_type}类工单不得延期。请在时限内办理并答复。",
        "Tickets of the type “{request_type}” are never extended. Reply within the limit.",
    ),
    "extension.urgency_excluded": (
        "{urgency}工单不得延期。请在时限内办理并答复。",
        "Tickets graded “{urgency}” are never extended. Reply within the limit.",
    ),
    "extension.used_up": (
        "这张工单最多可以延期{count}次，已经用完。请尽快办理；确实无法解决的，可由主要领导申请挂账。",
        "This ticket may be extended {count} times and that is used up. Handle it; if it can’t be solved, "
        "the head of the unit may propose to park it.",
    ),
    "extension.not_in_days": (
        "这张工单的时限按小时计算，不能按工作日延期。请在时限内先作答复。",
        "This ticket’s limit is in hours and can’t be extended by working days. Give a reply within it.",
    ),
    "extension.too_long": (
        "一次延期最长{days}个工作日。请减少天数。",
        "One extension has at most {days} working days. Ask for fewer.",
    ),
    "pause.already_paused": (
        "时限已经中止。如事由消失，请恢复计时。",
        "The clocks are paused already. Resume them when the ground has gone.",
    ),
    "pause.not_paused": (
        "时限没有中止，无需恢复。",
        "The clocks aren’t paused; there is nothing to resume.",
    ),
    "pause.used_up": (
        "中止计时累计已满{days}个工作日，不能再中止。请继续办理；确实无法解决的，可由主要领导申请挂账。",
        "Pauses add up to {days} working days, the most there may be. Go on; if it can’t be solved, "
        "the head of the unit may propose to park it.",
    ),
    "pause.reason_excluded": (
        "规则方案没有把这一事由列为可以中止计时的事由。请选择其他事由，或者改为申请延期。",
        "The rule profile doesn’t let clocks pause for that ground. Choose another, or ask for an extension.",
    ),
    "park.already_proposed": (
        "挂账申请正在审批。请等待结果。",
        "Parking is being decided on. Await the result.",
    ),
    "park.nothing_proposed": (
        "没有待审批的挂账申请。请先由承办单位申请，主要领导签字。",
        "No parking is pending. The unit proposes it first, signed by its head.",
    ),
    "park.not_found": (
        "没有这件挂账，或者不是本单位的。请从挂账清单打开。",
        "There is no such parked matter, or it isn’t your unit’s. Open it from the parked list.",
    ),
    "park.plan_outdated": (
        "挂账计划的复核日期已过，不能同意。请不同意申请，由承办单位另定日期重新申请。",
        "The review date of the plan has come, so it can’t be agreed to. Reject it; the unit proposes another.",
    ),
    "park.review_past": (
        "复核日期应在今天之后。请重新选择。",
        "The review date must lie after today. Choose another.",
    ),
    "park.review_too_far": (
        "挂账的工单每季度复核一次，下次复核最迟在{days}天内。请选择更早的日期。",
        "Parked tickets are reviewed every quarter, the next time within {days} days. Choose an earlier date.",
    ),
    "park.finish_before_review": (
        "计划解决日期早于复核日期。请把复核日期提前，到计划解决时就复核。",
        "The plan ends before the review. Move the review forward, to the day by which it is to be solved.",
    ),
    "clock.not_overdue": (
        "该时限没有超期。请核对时限名称和到期时间。",
        "That clock isn’t overdue. Check its name and due time.",
    ),
    "clock.already_overdue": (
        "该时限的超期已经记录，无需重复记录。",
        "That clock is recorded as overdue already; there is nothing to do.",
    ),
    "clock.nothing_moves": (
        "重算后各时限没有变化，无需记录。",
        "Nothing moves when the clocks are recomputed; there is nothing to record.",
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
