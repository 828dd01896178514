"""Sentences about time: why a deadline falls where it falls, and what is wrong with a rule profile.

Citizens and units read the first kind under every clock, the office the second when it loads a new profile.
"""

from typing import Final

SENTENCES: Final[dict[str, dict[str, str]]] = {
    "due.from.acceptance.days": {
        "zh": "从{start[zh]}受理起算，当日不计",
        "en": "counted from acceptance on {start[en]}, that day not included",
    },
    "due.from.acceptance.hours": {
        "zh": "从{start[zh]}受理起算",
        "en": "counted from acceptance on {start[en]}",
    },
    "due.from.dispatch.days": {
        "zh": "从{start[zh]}派单起算，当日不计",
        "en": "counted from dispatch on {start[en]}, that day not included",
    },
    "due.from.dispatch.hours": {
        "zh": "从{start[zh]}派单起算",
        "en": "counted from dispatch on {start[en]}",
    },
    "due.from.sign_in.days": {
        "zh": "从{start[zh]}签收起算，当日不计",
        "en": "counted from sign-in on {start[en]}, that day not included",
    },
    "due.from.sign_in.hours": {
        "zh": "从{start[zh]}签收起算",
        "en": "counted from sign-in on {start[en]}",
    },
    "due.from.emergency.days": {
        "zh": "从{start[zh]}应急状态启用起算，当日不计",
        "en": "counted from the start of emergency mode on {start[en]}, that day not included",
    },
    "due.from.emergency.hours": {
        "zh": "从{start[zh]}应急状态启用起算",
        "en": "counted from the start of emergency mode on {start[en]}",
    },
    "due.from.moment.days": {
        "zh": "从{start[zh]}起算，当日不计",
        "en": "counted from {start[en]}, that day not included",
    },
    "due.from.moment.hours": {
        "zh": "从{start[zh]}起算",
        "en": "counted from {start[en]}",
    },
    "due.hours.plain": {
        "zh": "昼夜连续计时，节假日不扣除",
        "en": "hours run day and night, holidays included",
    },
    "due.hours.office": {
        "zh": "只计上班时间",
        "en": "only office hours are counted",
    },
    "due.off.weekend": {
        "zh": "{days[zh]}周末不计",
        "en": "{days[en]} not counted (weekend)",
    },
    "due.off.holiday": {
        "zh": "{days[zh]}{names[zh]}放假不计",
        "en": "{days[en]} not counted ({names[en]} holiday)",
    },
    "due.off.closure": {
        "zh": "{days[zh]}{names[zh]}停止办公不计",
        "en": "{days[en]} not counted (offices closed {names[en]})",
    },
    "due.makeup": {
        "zh": "{days[zh]}调休上班，照常计算",
        "en": "{days[en]} worked to make up for the holiday and counted",
    },
    "due.pause.days": {
        "zh": "{start[zh]}至{end[zh]}暂停计时，其间{length[zh]}不计",
        "en": "paused from {start[en]} to {end[en]}: {length[en]} not counted",
    },
    "due.pause.within": {
        "zh": "{start[zh]}至{end[zh]}暂停计时，其间没有需要扣除的日子，期限不变",
        "en": "paused from {start[en]} to {end[en]}: no day fell out, the date does not move",
    },
    "due.pause.time": {
        "zh": "{start[zh]}至{end[zh]}暂停计时，顺延{length[zh]}",
        "en": "paused from {start[en]} to {end[en]}: moved by {length[en]}",
    },
    "due.extension": {
        "zh": "经批准延期{length[zh]}",
        "en": "extended by {length[en]}",
    },
    "due.end.workdays": {
        "zh": "第{number}个工作日为{day[zh]}，至{time}下班时到期",
        "en": "working day {number} is {day[en]}; due when offices close at {time}",
    },
    "due.end.extension": {
        "zh": "延期的第{number}个工作日为{day[zh]}，至{time}下班时到期",
        "en": "working day {number} of the extension is {day[en]}; due when offices close at {time}",
    },
    "due.end.natural": {
        "zh": "第{number}日为{day[zh]}，至{time}下班时到期",
        "en": "day {number} is {day[en]}; due when offices close at {time}",
    },
    "due.end.natural_moved": {
        "zh": "第{number}日为{day[zh]}，不办公，顺延至{moved[zh]}，至{time}下班时到期",
        "en": "day {number} is {day[en]}, when offices are closed; moved to {moved[en]}, due when they close at {time}",
    },
    "due.end.hours": {
        "zh": "满{limit[zh]}，于{due[zh]}到期",
        "en": "the limit of {limit[en]} ends on {due[en]}",
    },
    "due.provisional": {
        "zh": "{year}年放假安排尚未公布，暂按周末双休推算，公布后重新计算",
        "en": "the holiday notice for {year} is not out yet: counted by plain weekends, to be counted again when it is",
    },
    "due.emergency.opened": {
        "zh": "受理时处于应急状态“{name}”，时限为{limit[zh]}，应急状态解除后仍按此时限",
        "en": "opened during the emergency “{name}”: the limit is {limit[en]} and stays so after it ends",
    },
    "due.emergency.shortened": {
        "zh": "原应于{old[zh]}到期；{start[zh]}启用应急状态“{name}”，时限改为自启用时起{limit[zh]}，解除后恢复原期限",
        "en": "was due on {old[en]}; emergency “{name}” began on {start[en]}: {limit[en]} from then, until it ends",
    },
    "due.emergency.borne": {
        "zh": "{start[zh]}启用的应急状态“{name}”期间，时限为{limit[zh]}，解除后恢复原期限（{old[zh]}到期）",
        "en": "while the emergency “{name}” (since {start[en]}) lasts the limit is {limit[en]}, then {old[en]} again",
    },
    "due.emergency.extension_waits": {
        "zh": "已批准的延期计入原期限，解除后生效",
        "en": "the extension granted counts on the former date, which stands again when the emergency ends",
    },
    "due.emergency.over": {
        "zh": "应急状态“{name}”已于{end[zh]}解除，恢复原期限",
        "en": "emergency “{name}” ended on {end[en]}: the former date stands again",
    },
    "due.superior": {
        "zh": "上级或来源单位要求于{due[zh]}前办结，早于本级时限，以较早者为准",
        "en": "the superior or sending body wants it by {due[en]}, before our own limit: the earlier date binds",
    },
    "profile.not_hours": {
        "zh": '“{path}”应为按先后排列、互不重叠的时段，如[["08:30", "12:00"]]，现为“{value}”，请改正',
        "en": '“{path}” must be spans of a day in order, such as [["08:30", "12:00"]], not “{value}”: correct it',
    },
    "profile.not_a_rung": {
        "zh": "“{path}”应为open:种类、propose:种类或者none，种类有platform、key、special、on_site、media，"
        "现为“{value}”，请改正",
        "en": "“{path}” must be open:kind, propose:kind or none, kinds being platform, key, special, on_site, media, "
        "not “{value}”: correct it",
    },
    "profile.missing": {"zh": "缺少“{path}”，请补上", "en": "“{path}” is missing: add it"},
    "profile.unknown": {
        "zh": "不认识“{path}”，请核对拼写；此处可用：{choices}",
        "en": "“{path}” is not known: check the spelling; here you may use {choices}",
    },
    "profile.not_a_table": {
        "zh": "“{path}”应当是一组设置，而不是一个值“{value}”",
        "en": "“{path}” must be a table of settings, not the value “{value}”",
    },
    "profile.not_a_limit": {
        "zh": "“{path}”的时限“{value}”写法不对，请写成7wd（工作日）、4oh（工作小时）、24h、15min或3d（自然日）",
        "en": "“{path}” is not a time limit: “{value}”; write 7wd, 4oh, 24h, 15min or 3d",
    },
    "profile.not_a_number": {
        "zh": "“{path}”应为{low}至{high}之间的数，现为“{value}”，请改正",
        "en": "“{path}” must be a number from {low} to {high}, not “{value}”: correct it",
    },
    "profile.not_yes_or_no": {
        "zh": "“{path}”应为true或false，现为“{value}”，请改正",
        "en": "“{path}” must be true or false, not “{value}”: correct it",
    },
    "profile.not_a_choice": {
        "zh": "“{path}”的取值“{value}”不在可选范围内，可选：{choices}",
        "en": "“{path}” has the value “{value}”; choose from {choices}",
    },
    "profile.not_a_list": {
        "zh": "“{path}”应当是方括号里的一列值，现为“{value}”，请改正",
        "en": "“{path}” must be a list in brackets, not “{value}”: correct it",
    },
    "profile.not_text": {
        "zh": "“{path}”应当是一段文字，现为“{value}”，请改正",
        "en": "“{path}” must be text, not “{value}”: correct it",
    },
    "profile.not_a_key": {
        "zh": "“{path}”应由小写字母、数字和短横组成，现为“{value}”，请改正",
        "en": "“{path}” must be lower-case letters, digits and dashes, not “{value}”: correct it",
    },
    "profile.not_a_code": {
        "zh": "“{path}”里的代码应由小写字母和下划线组成，现为“{value}”，请改正",
        "en": "“{path}” takes codes of lower-case letters and underscores, not “{value}”: correct it",
    },
    "profile.repeated": {
        "zh": "“{path}”里有重复的项“{value}”，请删去重复的",
        "en": "“{path}” names something twice, “{value}”: name it once",
    },
    "profile.not_a_date": {
        "zh": "“{path}”应为日期，如2021-03-16，现为“{value}”，请改正",
        "en": "“{path}” must be a date such as 2021-03-16, not “{value}”: correct it",
    },
    "profile.lights_out_of_order": {
        "zh": "“{path}”的黄灯界限须小于红灯界限，且红灯不晚于到期，请改正",
        "en": "“{path}”: amber must come before red, and red no later than the deadline: correct it",
    },
    "profile.not_rising": {
        "zh": "“{path}”须从小到大排列且不重复，现为“{value}”，请改正",
        "en": "“{path}” must rise without repeating, not “{value}”: correct it",
    },
}
