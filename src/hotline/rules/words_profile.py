"""What each setting of a rule profile is called, and what its value says: `limits.reply.complex` is 答复时限·疑难复杂.

Officials read a profile in these words, and find a mistake in it by them.
"""

from collections.abc import Mapping
from typing import Any, Final

from hotline.rules.limits import Limit, StartPoint
from hotline.rules.profile_parts import OnTimeMeans
from hotline.rules.profile_settings import CHOICES, MANY, Setting
from hotline.rules.vocabulary import Channel, ClockKind, RequestType, Role, SupervisionKind, Urgency
from hotline.rules.words import word

Pair = tuple[str, str]

GROUPS: Final[Mapping[str, Pair]] = {
    "limits": ("时限", "Time limits"),
    "emergency": ("应急状态的答复时限", "Reply limits in an emergency"),
    "general": ("起算与口径", "Starting points and definitions"),
    "extension": ("延期", "Extensions"),
    "pause": ("中止计时", "Pauses"),
    "parking": ("挂账", "Parking"),
    "dispute": ("权属争议", "Jurisdiction disputes"),
    "rework": ("重办", "Rework"),
    "callback": ("回访", "Callback"),
    "sign_off": ("审签", "Signing"),
    "ladder": ("催办", "Reminders"),
    "supervision": ("督办", "Supervision"),
    "lights": ("红黄灯", "Lights"),
}
SETTINGS: Final[Mapping[str, Pair]] = {
    "name": ("方案名称", "Name of the profile"),
    "source": ("依据", "Source"),
    "effective_from": ("生效日期", "Day of effect"),
    "general.reply_starts_at": ("答复时限从何时起算", "The reply limit starts at"),
    "general.sign_in_starts_at": ("签收时限从何时起算", "The sign-in limit starts at"),
    "general.on_time_means": ("按期以何时为准", "On time means"),
    "general.record_only_types": ("可以只记录、不派单的类型", "Types that may be recorded only"),
    "general.archive_after_days": ("办结多少天后归档", "Days from closing to archive"),
    "general.partly_resolved_weight": ("“部分解决”的折算", "Weight of “partly resolved”"),
    "general.reminders": ("时限用去多少时催办（比例）", "Reminders at these shares of the limit"),
    "extension.max_workdays": ("最长几个工作日", "At most so many working days"),
    "extension.max_count": ("最多几次", "At most so many times"),
    "extension.ask_before_workdays": ("最迟在到期前几个工作日提出", "Asked so many working days before expiry"),
    "extension.forbidden_types": ("不得延期的类型", "Types never extended"),
    "extension.forbidden_urgencies": ("不得延期的紧急程度", "Urgencies never extended"),
    "pause.max_workdays": ("累计最多几个工作日", "At most so many working days in all"),
    "pause.reasons": ("可以中止的理由", "Reasons that count"),
    "parking.review_within_days": ("下次复核最迟在多少天内", "Next review at most so many days ahead"),
    "dispute.founded_returns": ("第几次成立的退单启动", "Opened by this many founded returns"),
    "dispute.failed_dispatches": ("第几次派单未果启动", "Opened by this many failed dispatches"),
    "rework.max_count": ("最多几次", "At most so many times"),
    "rework.share": ("重办时限占原时限的比例", "Share of the first limit"),
    "rework.minimum": ("重办时限最短", "At least"),
    "callback.max_attempts": ("最多拨打几次", "At most so many attempts"),
    "callback.half_days_different": ("各次须在不同的半天", "Attempts on different half-days"),
    "callback.unreachable_closes": ("联系不上的办结", "Unreachable closes"),
    "callback.dissatisfied_decided_by": ("不满意由谁决定重办", "Who decides about the dissatisfied"),
    "callback.message_first": ("先发短信请市民评价", "A message comes first"),
    "callback.message_waits": ("短信多久未答复改为电话", "Waiting for an answer to the message"),
    "callback.call_hours": ("可以致电市民的时段", "Hours in which citizens are rung"),
    "callback.sample_percent": ("直接答复件抽样回访（%）", "Direct answers sampled (%)"),
    "sign_off.for_reply": ("答复由谁签", "Replies signed by"),
    "sign_off.for_return": ("退单由谁签", "Returns signed by"),
    "sign_off.for_extension": ("延期由谁签", "Extensions signed by"),
    "sign_off.heavy_adds": ("重件再加谁签", "Added for weighty matters"),
    "ladder.reminded": ("按比例催办的时限", "Limits that are reminded of"),
    "ladder.noticed": ("超期后书面催办的时限", "Limits with a written notice"),
    "ladder.notice_after_workdays": ("超期几个工作日后书面催办", "Working days from expiry to the written notice"),
    "ladder.criticism_after_workdays": ("书面催办几个工作日后建议通报", "Working days from the notice to criticism"),
    "supervision.overdue": ("答复超期", "Reply overdue"),
    "supervision.reminder_ignored": ("书面催办后仍不办", "Written notice ignored"),
    "supervision.sent_back_twice": ("答复多次被退回", "Reply sent back repeatedly"),
    "supervision.instruction": ("领导批示", "Leader’s instruction"),
    "supervision.repeats": ("多次重复诉求", "Repeated request"),
    "supervision.group": ("群体性事项", "Group matter"),
    "supervision.threat": ("极端言行", "Threat"),
    "supervision.supervision_late": ("督办到期没有反馈", "Supervision without answer"),
    "supervision.dissatisfied": ("办结后仍不满意", "Dissatisfied after closing"),
    "supervision.media_attention": ("媒体关注", "Media attention"),
    "supervision.send_backs": ("答复第几次被退回起督办", "Sent back this many times"),
    "supervision.repeat_count": ("重复几次算多次", "Repeats that count"),
    "supervision.repeat_days": ("多少天内算重复", "Days within which it is a repeat"),
    "supervision.platform_within": ("平台督办反馈时限", "Platform supervision answered within"),
    "supervision.key_within": ("重点督办反馈时限", "Key supervision answered within"),
    "supervision.special_within": ("专项督办反馈时限", "Special supervision answered within"),
    "supervision.on_site_within": ("现场核查时限", "On-site visit within"),
    "supervision.media_within": ("媒体督办反馈时限", "Media supervision answered within"),
    "lights.amber": ("用去多少时亮黄灯（比例）", "Amber at this share"),
    "lights.red": ("用去多少时亮红灯（比例）", "Red at this share"),
}
COLUMNS: Final[Mapping[str, Pair]] = {"default": ("一般", "Ordinary"), "complex": ("疑难复杂", "Complex")}
STARTS: Final[Mapping[str, Pair]] = {
    StartPoint.ACCEPTANCE.value: ("受理", "acceptance"),
    StartPoint.DISPATCH.value: ("派单", "dispatch"),
    StartPoint.SIGN_IN.value: ("签收", "sign-in"),
    OnTimeMeans.FIRST_SUBMISSION.value: ("首次提交答复", "first submission"),
    OnTimeMeans.ACCEPTED_REPLY.value: ("答复通过审核", "accepted reply"),
}
DEEDS: Final[Mapping[str, Pair]] = {
    "none": ("不督办", "no supervision"),
    "open": ("直接立项：{kind}", "opened: {kind}"),
    "propose": ("提请督办人员决定：{kind}", "proposed: {kind}"),
}
MARKS: Final[Mapping[str, Pair]] = {
    "V": ("读到原文或者官方报道", "read in the rule or an official report"),
    "D": ("征求意见稿", "consultation draft"),
    "R": ("来源较弱，仅供参考", "a weak source"),
    "M": ("通常认识，未核对", "general knowledge, unchecked"),
    "P": ("本平台建议值", "our proposal"),
}


def setting_word(path: str, lang: str) -> str:
    """What a setting is called; a path nobody has named is shown by the name of its group."""
    place = 1 if lang == "en" else 0
    group, _, rest = path.partition(".")
    if group == "limits" and rest:
        clock, _, column = rest.partition(".")
        return f"{_clock(clock, lang)}·{column_word(column or 'default', lang)}"
    if group == "emergency" and rest:
        return f"{GROUPS[group][place]}·{column_word(rest, lang)}"
    pair = SETTINGS.get(path) or GROUPS.get(group)
    return pair[place] if pair else path


def column_word(column: str, lang: str) -> str:
    """What a column of the limits stands for: 一般, 紧急, 疑难复杂, 咨询, 微信."""
    if column in COLUMNS:
        return COLUMNS[column][1 if lang == "en" else 0]
    for kind in (Urgency, RequestType, Channel):
        if column in {member.value for member in kind}:
            return word(kind(column), lang)
    return column


def _clock(code: str, lang: str) -> str:
    return word(ClockKind(code), lang) if code in {kind.value for kind in ClockKind} else code


def group_word(group: str, lang: str) -> str:
    """What a group of settings is called."""
    pair = GROUPS.get(group)
    return pair[1 if lang == "en" else 0] if pair else group


def value_word(setting: Setting, lang: str) -> str:
    """What a setting's value says: 7个工作日, 是, 咨询、求助."""
    value = setting.value
    if setting.kind == "yes_no":
        return ("是", "yes")[lang == "en"] if value else ("否", "no")[lang == "en"]
    if setting.kind in {"choice", "many"}:
        values = value if isinstance(value, list) else [value]
        return "、".join(choice_word(one, lang, setting.path) for one in values) or ("无", "none")[lang == "en"]
    if isinstance(value, str):
        return _limit(value, lang)
    if setting.kind == "hours":
        return "、".join(f"{opens}–{closes}" for opens, closes in value)
    return "、".join(map(_number, value)) if isinstance(value, list) else _number(value)


def choice_word(value: str, lang: str, path: str) -> str:
    """One of a setting's closed list in words, as forms offer it."""
    place = 1 if lang == "en" else 0
    if value in STARTS and path.startswith("general."):
        return STARTS[value][place]
    deed, _, kind = value.partition(":")
    if deed in DEEDS:
        return DEEDS[deed][place].format(kind=word(SupervisionKind(kind), lang) if kind else "")
    for members in (ClockKind,) if path.startswith("ladder.") else (RequestType, Urgency, Role):
        if value in {member.value for member in members}:
            return word(members(value), lang)
    return value


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _limit(text: str, lang: str) -> str:
    try:
        found = Limit.parse(text)
    except ValueError:
        return text
    return found.en if lang == "en" else found.zh


def choices_of(path: str) -> tuple[str, ...]:
    """What can be chosen for a setting of a closed list."""
    return CHOICES.get(path) or MANY.get(path, ())
