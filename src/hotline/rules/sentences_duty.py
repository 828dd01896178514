"""Refusals about the duty roster, its file, and messages to citizens and units: what is wrong and what to do next."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "duty.denied": (
        "只有本单位和热线办能看、能改值班表。请联系该单位或者热线办值班长。",
        "Only the unit itself and the office read and keep its roster. Ask that unit or a team leader of the office.",
    ),
    "duty.no_unit": (
        "没有代码为{unit}的单位。请在单位名录里核对后重填。",
        "There is no unit {unit}. Look it up in the directory of units and try again.",
    ),
    "duty.unit_missing": ("请填单位代码。", "Give the unit’s code."),
    "duty.name_missing": ("请填值班人姓名。", "Give the name of the person on duty."),
    "duty.phone_malformed": (
        "“{phone}”不像电话号码。请填手机号，或者区号加固定电话，只用数字和短横。",
        "“{phone}” is no telephone number. Give a mobile number, or area code and number, in digits and dashes.",
    ),
    "duty.kind_unknown": (
        "班次只能是白班、夜班或者带班领导，不能是“{kind}”。请改正。",
        "A turn is a day turn, a night turn or a leader’s, not “{kind}”. Correct it.",
    ),
    "duty.time_malformed": (
        "“{text}”不是时间。请写成 2026-10-03 18:00 这样。",
        "“{text}” is no moment. Write it like 2026-10-03 18:00.",
    ),
    "duty.ends_first": (
        "结束时间要晚于开始时间。请核对两个时间。",
        "A turn ends after it begins. Check the two moments.",
    ),
    "duty.too_long": (
        "一个班次不能超过{days}天。长期固定的值班请填每周值班。",
        "No turn is longer than {days} days. Use the weekly pattern for what is lasting.",
    ),
    "duty.over_already": (
        "这个班次已经过去，不必再填。请填今后的班次。",
        "That turn is over. Plan turns that are still to come.",
    ),
    "duty.overlaps": (
        "{name}在{begins}至{ends}已有同类班次。请先取消原来的，再填新的。",
        "{name} already has such a turn from {begins} to {ends}. Cancel that one first.",
    ),
    "duty.weekdays_missing": ("请选择每周哪几天。", "Choose the days of the week."),
    "duty.not_found": (
        "没有这个班次，可能已被别人取消。请刷新值班表。",
        "There is no such turn; somebody may have cancelled it. Reload the roster.",
    ),
    "duty.address_malformed": (
        "“{address}”不能接收这种消息。邮件请填邮箱，短信请填手机号。",
        "“{address}” can’t take such messages. Give a mail address for e-mail, a mobile number for text messages.",
    ),
    "duty.address_twice": (
        "这个地址已经登记过，不必再填。",
        "That address is there already; nothing more is needed.",
    ),
    "duty.ring": (
        "【{hotline}】紧急工单{number}须在{until}前签收，{name}，请立即登录平台处理。",
        "[{hotline}] Urgent ticket {number} must be signed in by {until}. {name}, please open the platform at once.",
    ),
    "duty.ring_on": (
        "【{hotline}】紧急工单{number}须在{until}前签收，{unit}值班人员没有应答，{name}，请立即处理。",
        "[{hotline}] Urgent ticket {number} must be signed in by {until}; nobody at {unit} has answered. {name}, please"
        " act at once.",
    ),
    "duty.told": (
        "【{hotline}】工单{number}{said}。请登录平台查看。",
        "[{hotline}] Ticket {number} {said}. Open the platform to see it.",
    ),
    "duty_file.unreadable": (
        "文件读不出来。请用表格软件另存为“CSV UTF-8”，不超过1兆，再选一次。",
        "The file can’t be read. Save it as “CSV UTF-8”, at most 1 MB, and choose it again.",
    ),
    "duty_file.empty": (
        "文件里没有班次。请按样表填写，一行一个班次。",
        "The file has no turns. Fill in the sample, one turn a line.",
    ),
    "duty_file.too_large": (
        "一次最多导入{limit}行。请分成几个文件。",
        "At most {limit} lines at a time. Split the file.",
    ),
    "duty_file.column_missing": (
        "缺少“{column}”一列。请按样表的表头填写。",
        "The column “{column}” is missing. Use the headings of the sample.",
    ),
    "duty_file.line_broken": (
        "这一行的列数与表头不同。请检查有没有多余或者缺少的逗号。",
        "This line has another number of cells than the heading. Check its commas.",
    ),
    "duty_file.twice": (
        "与第{line}行是同一个人、同一时间的班次。请删去或者改正一行。",
        "The same person at the same time as in line {line}. Remove or correct one of the two.",
    ),
    "wording.denied": (
        "只有热线办的值班长和督办员能改短信用语。请联系他们。",
        "Only team leaders and supervisors of the office change what citizens are told. Ask one of them.",
    ),
    "wording.empty": ("请填中文内容，或者改为不发这种短信。", "Write the Chinese text, or switch this message off."),
    "wording.too_long": (
        "内容不能超过{limit}个字。请写得短些。",
        "At most {limit} signs. Make it shorter.",
    ),
    "wording.braces": (
        "花括号没有成对，或者里面不是可填的项目。请按列出的填空项改正。",
        "A brace has no partner, or names no blank. Use the blanks listed below.",
    ),
    "wording.blank_unknown": (
        "这里不能用{blank}。可以用的有：{allowed}。请改正。",
        "{blank} can’t be used here. There are: {allowed}. Correct it.",
    ),
    "wording.jargon": (
        "“{word}”是内部用语，群众不容易看懂。请改成“{instead}”这样的说法。",
        "“{word}” is a word of the office that citizens do not know. Say something like “{instead}”.",
    ),
    "wording.starts_in_past": (
        "启用日期不能早于今天。请改为今天或者以后。",
        "A wording begins today or later. Choose another day.",
    ),
    "wording.hours_malformed": (
        "时间请写成 21:00 这样。",
        "Write hours like 21:00.",
    ),
    "told.denied": (
        "您的岗位不能重发或者停发给诉求人的短信。请由话务员、值班长、回访员或者督办员办理。",
        "Your role neither sends a citizen’s message again nor stops them. Agents, team leaders, callback officers and"
        " supervisors may.",
    ),
    "told.not_found": (
        "这张工单没有这条短信。请刷新页面。",
        "This ticket has no such message. Reload the page.",
    ),
    "told.withheld": (
        "这条短信按规定没有发出，不能重发。需要时请打电话告知。",
        "This message was kept back by rule and can’t be sent again. Ring the citizen where needed.",
    ),
}
"""code: (Chinese, English)."""
