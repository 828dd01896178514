"""What a supervisor reads when an emergency or a task force cannot be switched, lengthened or closed as asked."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "emergency.denied": (
        "应急状态由督办人员启用、确认、延长和解除。请与督办人员联系。",
        "Emergencies are switched by supervisors. Ask one of them.",
    ),
    "emergency.not_found": (
        "没有这个应急状态。请回到应急状态页面查看。",
        "There is no such emergency. Go back to the page of emergencies.",
    ),
    "emergency.name_missing": ("请填写应急状态的名称，例如“2026年防汛”。", "Give it a name, such as “Flood 2026”."),
    "emergency.reason_missing": (
        "请填写启用的原因，各单位都会看到。",
        "Say why it is switched on; every unit will read it.",
    ),
    "emergency.too_long": ("最多{limit}个字，请缩短。", "At most {limit} characters; please shorten it."),
    "emergency.starts_past": (
        "启用时间已经过去。请留空，从现在起启用，或者填写将来的时间。",
        "That start has passed. Leave it blank to begin now, or give a time to come.",
    ),
    "emergency.end_missing": (
        "请填写计划结束的时间，到时可以延长。",
        "Give the planned end; it can be moved later when the time comes.",
    ),
    "emergency.ends_before_it_begins": (
        "计划结束的时间早于启用的时间，请改正。",
        "The planned end lies before the start; please correct it.",
    ),
    "emergency.too_far": (
        "计划结束的时间最多在启用后{days}天，请改早，需要时再延长。",
        "The planned end may lie at most {days} days after the start. Choose an earlier one and lengthen it if needed.",
    ),
    "emergency.unknown_code": (
        "没有这些代码：{value}。请从列表中选择。",
        "There are no such codes: {value}. Choose from the list.",
    ),
    "emergency.too_many": (
        "最多选{limit}项。请改选上一级，或者不选，即全部适用。",
        "At most {limit} may be chosen. Choose a level above, or none at all to cover everything.",
    ),
    "emergency.name_taken": (
        "名为“{name}”的应急状态正在生效或者将要生效。请先查看它，需要时另取名称。",
        "An emergency named “{name}” is on or about to begin. Look at it first, and use another name if you need to.",
    ),
    "emergency.confirmed_already": (
        "已经有第二人确认过，无需再次确认。",
        "A second person has confirmed it already; nothing more is needed.",
    ),
    "emergency.second_person": (
        "启用人不能自己确认，请由另一名督办人员确认。",
        "Whoever switched it on can’t confirm it. Ask another supervisor.",
    ),
    "emergency.off_already": (
        "应急状态“{name}”已于{at}解除，无需再次解除。",
        "The emergency “{name}” was switched off on {at}; nothing more is needed.",
    ),
    "emergency.over_already": (
        "应急状态“{name}”已按计划结束，无需再办理。需要时请重新启用。",
        "The emergency “{name}” has ended as planned; nothing more is needed. Switch on a new one if you must.",
    ),
    "emergency.not_longer": (
        "延长后的结束时间须晚于{at}。要提前结束，请办理解除。",
        "The new end must lie after {at}. To end it sooner, switch it off.",
    ),
    "task_force.not_found": (
        "没有这个专班。请回到应急状态页面查看。",
        "There is no such task force. Go back to the page of emergencies.",
    ),
    "task_force.name_missing": (
        "请填写专班名称，最多{limit}个字。",
        "Give the task force a name of at most {limit} characters.",
    ),
    "task_force.name_taken": (
        "已有单位叫“{name}”，请另取名称。",
        "A unit is called “{name}” already; please choose another name.",
    ),
    "task_force.last_day_wrong": (
        "最后一天须在今天以后、{days}天以内，请改正。",
        "The last day must be later than today and within {days} days; please correct it.",
    ),
    "task_force.nobody": (
        "专班至少要有一名经办人和一名主要领导，领导可以签批。请补上人员。",
        "A task force needs at least one handler and one head, who signs. Please name them.",
    ),
    "task_force.unknown_person": (
        "没有在用的账号{account}，请核对。",
        "There is no active account {account}; please check it.",
    ),
    "task_force.twice": ("{account}写了两次，请删去一行。", "{account} is named twice; please remove one line."),
    "task_force.closed_already": (
        "专班已经结束，无需再办理。",
        "The task force is closed already; nothing more is needed.",
    ),
    "task_force.open_tickets": (
        "专班还有{count}件在办工单。请先改派给其他单位，再结束专班。",
        "The task force still has {count} open tickets. Reassign them to other units, then close it.",
    ),
}
"""code: (Chinese, English)."""
