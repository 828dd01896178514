"""Reads deadlines_2020_2021.csv: what an official wrote by hand, as the rules understand it."""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from hotline.rules.deadlines import Emergency, Pause, RequestScope
from hotline.rules.profiles import Profile
from hotline.rules.vocabulary import CITY_TZ, Channel, ClockKind, RequestType, Urgency

TABLE = Path(__file__).with_name("deadlines_2020_2021.csv")
WHEN = r"\d{4}-\d\d-\d\d \d\d:\d\d"

PROFILES = {
    "合肥": "hefei-2021",
    "北京": "beijing",
    "上海": "shanghai",
    "山东": "shandong",
    "天津": "tianjin",
    "蚌埠": "bengbu",
}
CLOCKS = {
    "受理": ClockKind.INTAKE,
    "派单": ClockKind.DISPATCH,
    "签收": ClockKind.SIGN_IN,
    "先行联系": ClockKind.FIRST_CONTACT,
    "答复": ClockKind.REPLY,
    "单位办理": ClockKind.UNIT_REPLY,
    "退单期限": ClockKind.RETURN_WINDOW,
    "退单审核": ClockKind.RETURN_RULING,
    "延期审批": ClockKind.EXTENSION_RULING,
    "下级办理": ClockKind.INNER_REPLY,
    "审核": ClockKind.REVIEW,
    "回访": ClockKind.CALLBACK,
    "办结确认": ClockKind.CLOSE,
    "电话反馈": ClockKind.PHONE_FEEDBACK,
    "协办": ClockKind.CO_TASK,
    "电话协调": ClockKind.MEDIATION,
    "快速裁决": ClockKind.QUICK_RULING,
    "会办裁定": ClockKind.PANEL,
    "裁决异议": ClockKind.OBJECTION,
}
TYPES = {
    "咨询": RequestType.CONSULTATION,
    "求助": RequestType.HELP,
    "投诉": RequestType.COMPLAINT,
    "举报": RequestType.REPORT,
    "建议": RequestType.SUGGESTION,
    "表扬": RequestType.PRAISE,
    "其他": RequestType.OTHER,
}
URGENCIES = {"一般": Urgency.ORDINARY, "紧急": Urgency.URGENT, "特急": Urgency.CRITICAL}
CHANNELS = {
    "电话": Channel.PHONE,
    "微信": Channel.WECHAT,
    "网页": Channel.WEB,
    "客户端": Channel.APP,
    "信箱": Channel.MAILBOX,
    "110转": Channel.POLICE_110,
    "上级": Channel.SUPERIOR,
    "其他热线": Channel.OTHER_LINE,
}
DISTRICTS = {"庐阳区": "340103", "蜀山区": "340104"}


def moment(text: str) -> datetime:
    """A moment in city time."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=CITY_TZ)


@dataclass(frozen=True, kw_only=True)
class Span:
    """An emergency as written: planned until `until`, or over at `ended`; `district` when it holds there only."""

    start: datetime
    until: datetime | None = None
    ended: datetime | None = None
    district: str = ""

    def under(self, profile: Profile) -> Emergency:
        """The emergency with the city's limits."""
        regions = frozenset({self.district} if self.district else ())
        return profile.emergency(
            name="应急", start=self.start, planned_end=self.until, ended_at=self.ended, regions=regions
        )


@dataclass
class Course:
    """What happened to the request on its way (经过)."""

    pauses: list[Pause] = field(default_factory=list)
    extension: int = 0
    extended_at: datetime | None = None
    emergencies: list[Span] = field(default_factory=list)
    superior: datetime | None = None
    seen: datetime | None = None
    complex: bool = False
    district: str = ""
    reassigned: datetime | None = None
    rework: datetime | None = None

    def add(self, text: str) -> None:
        """One thing that happened; a text nobody can read fails the test that met it."""
        for pattern, take in TAKEN:
            if found := re.fullmatch(pattern, text):
                take(self, *found.groups())
                return
        raise ValueError(f"cannot be read: {text}")


def _pause(course: Course, start: str, end: str | None) -> None:
    course.pauses.append(Pause(moment(start), moment(end) if end else None, "awaiting_requester"))


def _extension(course: Course, days: str, at: str) -> None:
    course.extension, course.extended_at = int(days), moment(at)


def _emergency(course: Course, start: str, how: str | None, end: str | None, district: str | None) -> None:
    until, ended = (moment(end) if end and how == word else None for word in ("至", "解除"))
    where = DISTRICTS[district] if district else ""
    course.emergencies.append(Span(start=moment(start), until=until, ended=ended, district=where))


def _named(name: str) -> Callable[[Course, str], None]:
    return lambda course, at: setattr(course, name, moment(at))


TAKEN: tuple[tuple[str, Callable[..., None]], ...] = (
    (rf"暂停 ({WHEN}) (?:至 ({WHEN})|起)", _pause),
    (rf"延期 (\d+) 于 ({WHEN})", _extension),
    (rf"应急 ({WHEN}) (?:(至|解除) ({WHEN})|起)(?: 限(.+))?", _emergency),
    (rf"上级 ({WHEN})", _named("superior")),
    (rf"查看 ({WHEN})", _named("seen")),
    (rf"改派 ({WHEN})", _named("reassigned")),
    (rf"重办 ({WHEN})", _named("rework")),
    (r"疑难", lambda course: setattr(course, "complex", True)),
    (r"地区 (.+)", lambda course, name: setattr(course, "district", DISTRICTS[name])),
)


@dataclass(frozen=True)
class Row:
    """One signed row."""

    number: int
    profile: str
    clock: ClockKind
    request_type: RequestType
    urgency: Urgency
    channel: Channel
    start: datetime
    course: Course
    due_at: datetime
    reason: str
    written: dict[str, str]

    def __str__(self) -> str:
        return f"{self.number}-{self.written['方案']}{self.written['时限']}-{self.written['类型']}"

    @property
    def counted_from(self) -> datetime:
        """When this clock began: a unit's with the reassignment, a rework's with the order."""
        restarts = self.clock in (ClockKind.UNIT_REPLY, ClockKind.SIGN_IN, ClockKind.RETURN_WINDOW)
        return self.course.rework or (self.course.reassigned if restarts else None) or self.start

    @property
    def scope(self) -> RequestScope:
        """What an emergency asks of the request; a rework is a promise made anew."""
        opened = None if self.course.rework else self.start
        return RequestScope(request_type=self.request_type, region=self.course.district, opened_at=opened)


def rows() -> list[Row]:
    """The signed table."""
    with TABLE.open(encoding="utf-8-sig", newline="") as table:
        return [_row(written) for written in csv.DictReader(table)]


def _row(written: dict[str, str]) -> Row:
    course = Course()
    for text in filter(None, written["经过"].split("；")):
        course.add(text)
    return Row(
        number=int(written["序号"]),
        profile=PROFILES[written["方案"]],
        clock=CLOCKS[written["时限"]],
        request_type=TYPES[written["类型"]],
        urgency=URGENCIES[written["紧急程度"]],
        channel=CHANNELS[written["渠道"]],
        start=moment(written["起算时间"]),
        course=course,
        due_at=moment(written["到期时间"]),
        reason=written["理由"],
        written=written,
    )
