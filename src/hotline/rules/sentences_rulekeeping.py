"""Refusals about calendars and rule profiles: what in a pasted notice is wrong, who may publish, and when.

Supervisors read them beside the text they pasted; each says how to mend it.
"""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "holiday.empty": (
        "没有读到任何日期。请粘贴放假通知的正文，或者每行一个“日期,类型,名称”。",
        "No day was found. Paste the notice itself, or one line “date,kind,name” for each day.",
    ),
    "holiday.not_a_row": (
        "第{line}行写法不对。请写成“2027-01-01,放假,元旦”。",
        "Line {line} cannot be read. Write it as 2027-01-01,holiday,name.",
    ),
    "holiday.kind": (
        "第{line}行的类型“{value}”不认识。请写放假、上班或者停办。",
        "Line {line}: the kind “{value}” is not known. Write holiday, makeup or closure.",
    ),
    "holiday.closure": (
        "第{line}行：停办（{day}）是本市的决定，不属于放假通知。请在“本市停办与加班”里填写。",
        "Line {line}: a closure ({day}) is the city’s own decision. Enter it under the days the city decides on.",
    ),
    "holiday.city_holiday": (
        "第{line}行：放假（{day}）由国务院通知规定。本市的决定请写停办或者上班。",
        "Line {line}: holidays ({day}) come from the notice. Write closure or makeup for a decision of the city.",
    ),
    "holiday.no_reason": (
        "第{line}行：{day} 没有写事由。请在类型后面写上，如“防汛停办”。",
        "Line {line}: {day} has no reason. Add it after the kind.",
    ),
    "holiday.no_month": (
        "第{line}行：“{text}”前面没有月份。请补上月份。",
        "Line {line}: no month stands before “{text}”. Add the month.",
    ),
    "holiday.no_such_day": (
        "第{line}行：没有{year}年{month}月{day}日这一天。请核对日期。",
        "Line {line}: there is no day {year}-{month}-{day}. Check the date.",
    ),
    "holiday.weekday": (
        "第{line}行：{day} 是星期{right}，通知里写的是星期{said}。请核对年份和日期。",
        "Line {line}: the weekday of {day} is wrong (said {said}, is {right}). Check year and date.",
    ),
    "holiday.range": (
        "第{line}行：从 {first} 到 {last} 不是一段放假的日子。请核对起止日期。",
        "Line {line}: {first} to {last} is no run of holidays. Check both ends.",
    ),
    "holiday.count": (
        "第{line}行：通知写共{said}天，按日期数是{right}天。请核对。",
        "Line {line}: it says {said} days, the dates give {right}. Check them.",
    ),
    "holiday.no_verb": (
        "第{line}行：“{text}”没有写明放假还是上班。请补上。",
        "Line {line}: “{text}” does not say whether offices are closed or open. Add it.",
    ),
    "holiday.no_name": (
        "第{line}行：{text} 没有写是什么节日。请在行首写上，如“元旦：”。",
        "Line {line}: {text} names no festival. Begin the line with its name and a colon.",
    ),
    "holiday.twice": ("{day} 出现了两次。请删去一处。", "{day} stands there twice. Take one away."),
    "holiday.other_year": (
        "{day} 不属于{year}年的安排（只可带上一年12月的日子）。请核对年份。",
        "{day} does not belong to {year} (only December before it may). Check the year.",
    ),
    "holiday.makeup_on_workday": (
        "{day} 本来就是星期一至星期五，不需要调休上班。请核对日期。",
        "{day} is a weekday already and needs no making up. Check the date.",
    ),
    "holiday.year_wrong": (
        "年份“{value}”不对。请填写2004至2100之间的年份。",
        "The year “{value}” cannot be used. Enter one from 2004 to 2100.",
    ),
    "holiday.not_packaged": (
        "本系统自带的数据里还没有{year}年的放假安排。请等通知公布后粘贴正文。",
        "The data shipped with this system has no notice for {year} yet. Paste it when it is published.",
    ),
    "holiday.festival_missing": (
        "没有读到{names}。通知如果确实没有，请勾选“确认不缺”；否则请补全。",
        "Nothing was read about {names}. Tick the box if the notice has none; otherwise complete it.",
    ),
    "city_day.no_change": (
        "{day} 按现行安排已经如此，无需再定。请删去这一行。",
        "{day} is so already and needs no decision. Take the line away.",
    ),
    "city_day.past": (
        "{day} 已经过去，不能再改变当天是否办公。请只写今天以后的日子。",
        "{day} has passed and cannot change any more. Name days from today on.",
    ),
    "hours.not_spans": (
        "上班时间写法不对。请按先后写，每行一段，如“08:30-12:00”，各段不重叠。",
        "The office hours cannot be read. Write one span a line in order, such as 08:30-12:00, none overlapping.",
    ),
    "rule_draft.denied": (
        "日历、规则方案和派单目录由督办人员拟订和发布。请联系督办人员。",
        "Calendars, rule profiles and the dispatch directory are kept by supervisors. Please turn to them.",
    ),
    "rule_draft.reading_denied": (
        "这一页由督办、领导、审计和系统管理人员查看。请联系督办人员。",
        "This page is for supervisors, directors, auditors and the system administrator. Please turn to a supervisor.",
    ),
    "rule_draft.second_person": (
        "这份草稿您动过笔，须由另一位督办人员发布。请他登录后发布。",
        "You wrote on this draft: another supervisor has to publish it. Please ask one.",
    ),
    "rule_draft.not_found": (
        "没有这份草稿。请回到列表核对。",
        "There is no such draft. Please go back to the list.",
    ),
    "rule_draft.not_open": (
        "这份草稿已经发布或者撤回，不能再改。需要变更请另拟一份。",
        "This draft is published or withdrawn already. Please make another one for a change.",
    ),
    "rule_draft.changed_meanwhile": (
        "这份草稿刚被改过。请重新核对预览后再办。",
        "This draft was changed a moment ago. Please look at the preview again.",
    ),
    "rule_draft.already_there": (
        "“{what}”已经有一份待发布的草稿。请在那份上修改，或者先撤回。",
        "There is a draft of “{what}” already. Please change that one or withdraw it first.",
    ),
    "rule_draft.no_source": (
        "没有写依据。请填写通知文号或者决定的名称。",
        "No source is given. Please name the notice or decision.",
    ),
    "rule_draft.nothing_changes": (
        "与现行规则相同，没有需要发布的变化。请核对后再提交。",
        "This is what holds already; there is nothing to publish. Please check it.",
    ),
    "rule_draft.effective_passed": (
        "生效日期 {day} 不晚于今天。为使同一天的工单按同一规则计算，请改为明天或者以后。",
        "The day of effect, {day}, is not after today. Choose tomorrow or later, so that one day has one rule.",
    ),
    "profile.version_unknown": (
        "没有规则方案“{name}”。请回到列表核对。",
        "There is no rule profile {name}. Please go back to the list.",
    ),
    "rehearsal.months": (
        "试算的月数应为1至24。请改正。",
        "A dry run looks back 1 to 24 months. Please correct it.",
    ),
}
"""code: (Chinese, English)."""
