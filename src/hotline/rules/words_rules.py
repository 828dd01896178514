"""What drafts of calendars and rule profiles are called; supervisors and auditors read these words on their pages."""

from collections.abc import Mapping
from typing import Any, Final

from hotline.rules.rule_keeping import DraftKind, DraftState, RuleAct
from hotline.rules.workdays import DayKind

Pair = tuple[str, str]

DRAFT_KINDS: Final[Mapping[DraftKind, Pair]] = {
    DraftKind.NOTICE: ("年度放假安排", "Holiday notice of a year"),
    DraftKind.CITY_DAYS: ("本市停办与加班", "Days the city decides on"),
    DraftKind.HOURS: ("上班时间", "Office hours"),
    DraftKind.PROFILE: ("规则方案", "Rule profile"),
    DraftKind.DIRECTORY: ("派单目录", "Dispatch directory"),
}
DRAFT_STATES: Final[Mapping[DraftState, Pair]] = {
    DraftState.OPEN: ("待发布", "To be published"),
    DraftState.PUBLISHED: ("已发布", "Published"),
    DraftState.WITHDRAWN: ("已撤回", "Withdrawn"),
}
RULE_ACTS: Final[Mapping[RuleAct, Pair]] = {
    RuleAct.DRAFTED: ("拟订草稿", "Drafted"),
    RuleAct.CHANGED: ("修改草稿", "Draft changed"),
    RuleAct.WITHDRAWN: ("撤回草稿", "Draft withdrawn"),
    RuleAct.PUBLISHED: ("发布", "Published"),
}
DAY_KINDS: Final[Mapping[DayKind, Pair]] = {
    DayKind.WORKDAY: ("工作日", "Working day"),
    DayKind.WEEKEND: ("周末", "Weekend"),
    DayKind.HOLIDAY: ("放假", "Holiday"),
    DayKind.MAKEUP: ("调休上班", "Worked to make up"),
    DayKind.CLOSURE: ("本市停办", "Offices closed"),
}
RULE_LISTS: Final[Mapping[str, Mapping[Any, Pair]]] = {
    "draft_kind": DRAFT_KINDS,
    "draft_state": DRAFT_STATES,
    "rule_act": RULE_ACTS,
    "day_kind": DAY_KINDS,
}
