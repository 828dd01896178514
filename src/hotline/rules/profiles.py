"""规则方案: the numbers a city has chosen, dated and versioned; a ticket keeps the one it was opened under.

No two cities agree on a limit and no national one exists, so nothing here is a constant of the platform.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from math import ceil
from typing import Any, Final

from hotline.rules import profile_reader as read
from hotline.rules.deadlines import Emergency, LightThresholds
from hotline.rules.limits import Limit, LimitUnit, StartPoint
from hotline.rules.messages import Message
from hotline.rules.profile_parts import (
    CallbackRules,
    DisputeRules,
    ExtensionRules,
    LadderRules,
    LimitTable,
    OnTimeMeans,
    ParkingRules,
    PauseRules,
    ReworkRules,
    SignOffRules,
)
from hotline.rules.sentences_time import SENTENCES
from hotline.rules.supervision_rules import CODECS as SUPERVISION
from hotline.rules.supervision_rules import SupervisionRules
from hotline.rules.vocabulary import DUTIES, RANKS, UNIT_ROLES, Channel, ClockKind, Paper, RequestType, Role, Urgency

STARTS: Final = (StartPoint.ACCEPTANCE, StartPoint.DISPATCH, StartPoint.SIGN_IN)


class ProfileError(ValueError):
    """A profile that cannot be used; `problems` names every mistake, the text says them in Chinese."""

    def __init__(self, problems: Iterable[Message]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(SENTENCES[p.code]["zh"].format(**p.params) for p in self.problems))


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One version of one city's rules."""

    key: str
    name: str
    version: int
    effective_from: date
    source: str
    limits: Mapping[ClockKind, LimitTable]
    emergency_limits: Mapping[RequestType, Limit]
    reply_starts_at: StartPoint = StartPoint.ACCEPTANCE
    sign_in_starts_at: StartPoint = StartPoint.DISPATCH
    on_time_means: OnTimeMeans = OnTimeMeans.FIRST_SUBMISSION
    record_only_types: frozenset[RequestType] = frozenset({RequestType.PRAISE})
    archive_after_days: int = 30
    partly_resolved_weight: float = 0.5
    reminders: tuple[float, ...] = (0.5, 0.8, 1.0)
    extension: ExtensionRules = field(default_factory=ExtensionRules)
    pause: PauseRules = field(default_factory=PauseRules)
    parking: ParkingRules = field(default_factory=ParkingRules)
    dispute: DisputeRules = field(default_factory=DisputeRules)
    rework: ReworkRules = field(default_factory=ReworkRules)
    callback: CallbackRules = field(default_factory=CallbackRules)
    sign_off: SignOffRules = field(default_factory=SignOffRules)
    ladder: LadderRules = field(default_factory=LadderRules)
    supervision: SupervisionRules = field(default_factory=SupervisionRules)
    lights: LightThresholds = field(default_factory=LightThresholds)

    @property
    def version_key(self) -> str:
        """What a ticket remembers: hefei-2021@1."""
        return f"{self.key}@{self.version}"

    @property
    def max_reworks(self) -> int:
        """How often a dissatisfied citizen's ticket goes back."""
        return self.rework.max_count

    def limit(
        self,
        kind: ClockKind,
        *,
        request_type: RequestType,
        urgency: Urgency,
        complex: bool = False,  # noqa: A002  # the field of the calendars says so
        channel: Channel | None = None,
    ) -> Limit | None:
        """The limit of one clock for such a request; None where the city sets none.

        A unit answers within the limit promised to the citizen unless the city gives it its own.
        """
        table = self.limits.get(kind)
        if table is None and kind is ClockKind.UNIT_REPLY:
            table = self.limits[ClockKind.REPLY]
        return table.pick(request_type, urgency, is_complex=complex, channel=channel) if table else None

    def chain(self, paper: Paper, *, heavy: bool) -> tuple[Role, ...]:
        """Who signs such a paper, from the desk upwards. Parking takes the head, in every city (挂账须主要领导签字)."""
        if paper is Paper.PARK:
            return (Role.UNIT_HEAD,)
        named: tuple[Role, ...] = getattr(self.sign_off, f"for_{paper.value}")
        return tuple(sorted({*named, *(self.sign_off.heavy_adds if heavy else ())}, key=RANKS.index))

    def emergency(
        self,
        *,
        name: str,
        start: datetime,
        planned_end: datetime | None = None,
        ended_at: datetime | None = None,
        categories: frozenset[str] = frozenset(),
        regions: frozenset[str] = frozenset(),
        tags: frozenset[str] = frozenset(),
    ) -> Emergency:
        """Emergency mode with this profile's limits."""
        return Emergency(
            name=name,
            start=start,
            limits=self.emergency_limits,
            planned_end=planned_end,
            ended_at=ended_at,
            categories=categories,
            regions=regions,
            tags=tags,
        )


def rework_limit(profile: Profile, original: Limit) -> Limit:
    """The share of the first limit a rework gets, rounded up; the minimum holds for limits in the same unit."""
    part = max(1, ceil(round(original.amount * profile.rework.share, 6)))
    if original.unit is profile.rework.minimum.unit:
        part = max(part, profile.rework.minimum.amount)
    return Limit(part, original.unit)


def in_force(profiles: Iterable[Profile], key: str, on: date) -> Profile | None:
    """The version of the city's profile that holds on that day: the latest one begun, then the highest number."""
    begun = [p for p in profiles if p.key == key and p.effective_from <= on]
    return max(begun, key=lambda p: (p.effective_from, p.version), default=None)


_IDENTITY: Final = {
    "key": read.KEY,
    "name": read.TEXT,
    "version": read.whole(1, 9999),
    "effective_from": read.DATE,
    "source": read.TEXT,
}
_GENERAL: Final = {
    "reply_starts_at": read.choice(STARTS),
    "sign_in_starts_at": read.choice(STARTS[:2]),
    "on_time_means": read.choice(OnTimeMeans),
    "record_only_types": read.some_of(RequestType),
    "archive_after_days": read.whole(0, 3650),
    "partly_resolved_weight": read.share(0, 1),
    "reminders": read.RISING_SHARES,
}
_GROUPS: Final[Mapping[str, tuple[type, Mapping[str, read.Codec]]]] = {
    "extension": (
        ExtensionRules,
        {
            "max_workdays": read.whole(0, 250),
            "max_count": read.whole(0, 9),
            "ask_before_workdays": read.whole(0, 30),
            "forbidden_types": read.some_of(RequestType),
            "forbidden_urgencies": read.some_of(Urgency),
        },
    ),
    "pause": (PauseRules, {"max_workdays": read.whole(0, 250), "reasons": read.many(read.CODE)}),
    "parking": (ParkingRules, {"review_within_days": read.whole(1, 366)}),
    "dispute": (
        DisputeRules,
        {"founded_returns": read.whole(1, 99), "failed_dispatches": read.whole(1, 99)},
    ),
    "rework": (
        ReworkRules,
        {"max_count": read.whole(0, 9), "share": read.share(0.1, 1), "minimum": read.LIMIT},
    ),
    "callback": (
        CallbackRules,
        {
            "max_attempts": read.whole(1, 9),
            "half_days_different": read.YES_OR_NO,
            "unreachable_closes": read.YES_OR_NO,
            "dissatisfied_decided_by": read.choice((Role.REVIEWER, Role.SUPERVISOR)),
            "message_first": read.YES_OR_NO,
            "message_waits": read.LIMIT,
            "call_hours": read.HOURS,
            "sample_percent": read.whole(0, 100),
        },
    ),
    "sign_off": (
        SignOffRules,
        {
            "for_reply": read.many(read.choice(sorted(UNIT_ROLES))),
            "for_return": read.many(read.choice(sorted(UNIT_ROLES))),
            "for_extension": read.many(read.choice(sorted(UNIT_ROLES))),
            "heavy_adds": read.many(read.choice(sorted(UNIT_ROLES))),
        },
    ),
    "ladder": (
        LadderRules,
        {
            "reminded": read.some_of(DUTIES),
            "noticed": read.some_of(DUTIES),
            "notice_after_workdays": read.whole(1, 30),
            "criticism_after_workdays": read.whole(1, 60),
        },
    ),
    "supervision": (SupervisionRules, SUPERVISION),
    "lights": (LightThresholds, {"amber": read.share(0.01, 1), "red": read.share(0.01, 1)}),
}
_BY_TYPE: Final = {member.value: read.LIMIT for member in RequestType}
_BY_URGENCY: Final = {member.value: read.LIMIT for member in Urgency}
_BY_CHANNEL: Final = {member.value: read.LIMIT for member in Channel}
_LIMIT_TABLE: Final = {"default": read.LIMIT, "complex": read.LIMIT, **_BY_TYPE, **_BY_URGENCY, **_BY_CHANNEL}
_CLOCKS: Final = {member.value: member for member in ClockKind}


def parse_profile(data: Mapping[str, object]) -> Profile:
    """The profile a file or a stored copy describes; ProfileError lists everything that is wrong with it.

    Identity and limits must be there; a group of settings left out has Hefei's values.
    """
    reader = read.Reader()
    top = {"general", "limits", "emergency", *_GROUPS, *_IDENTITY}
    for name in data.keys() - top:
        reader.complain("profile.unknown", name, choices="、".join(sorted(top)))
    identity = reader.values({k: data[k] for k in data.keys() & _IDENTITY}, "", _IDENTITY, required=_IDENTITY)
    limits = _read_limits(reader, data.get("limits", {}))
    emergency = _read_emergency(reader, data.get("emergency", {}))
    general = reader.values(data.get("general", {}), "general", _GENERAL)
    groups = {name: _read_group(reader, name, data[name]) for name in data.keys() & _GROUPS}
    if reader.problems:
        raise ProfileError(sorted(reader.problems, key=lambda problem: str(problem.params["path"])))
    return Profile(**identity, limits=limits, emergency_limits=emergency, **general, **groups)


def _read_group(reader: read.Reader, name: str, data: object) -> Any:
    made, codecs = _GROUPS[name]
    values = reader.values(data, name, codecs)
    try:
        return made(**values)
    except ValueError:
        reader.complain("profile.lights_out_of_order", name)
        return None


def _read_limits(reader: read.Reader, data: object) -> dict[ClockKind, LimitTable]:
    found: dict[ClockKind, LimitTable] = {}
    for name, raw in reader.table(data, "limits").items():
        path = read.join("limits", name)
        if name not in _CLOCKS:
            reader.complain("profile.unknown", path, choices="、".join(sorted(_CLOCKS)))
        elif isinstance(raw, str):
            found[_CLOCKS[name]] = LimitTable(reader.value(read.LIMIT, raw, path))
        else:
            found[_CLOCKS[name]] = _limit_table(reader.values(raw, path, _LIMIT_TABLE))
    if not isinstance(data, Mapping):
        return {}
    if ClockKind.REPLY not in found:
        reader.complain("profile.missing", "limits.reply")
    elif found[ClockKind.REPLY].default is None and not reader.has_problem("limits.reply"):
        reader.complain("profile.missing", "limits.reply.default")
    return found


def _limit_table(values: Mapping[str, Limit]) -> LimitTable:
    return LimitTable(
        default=values.get("default"),
        by_urgency={Urgency(name): values[name] for name in values.keys() & _BY_URGENCY},
        complex=values.get("complex"),
        by_type={RequestType(name): values[name] for name in values.keys() & _BY_TYPE},
        by_channel={Channel(name): values[name] for name in values.keys() & _BY_CHANNEL},
    )


def _read_emergency(reader: read.Reader, data: object) -> dict[RequestType, Limit]:
    values = reader.values(data, "emergency", {"default": read.LIMIT, **_BY_TYPE}, required=("default",))
    default = values.get("default", Limit(1, LimitUnit.PLAIN_HOUR))
    return {member: values.get(member.value, default) for member in RequestType}


def to_dict(profile: Profile) -> dict[str, Any]:
    """The profile in the words of a file, complete; `parse_profile` reads it back to the same profile."""
    groups = {name: _written(codecs, getattr(profile, name)) for name, (_, codecs) in _GROUPS.items()}
    return {
        **_written(_IDENTITY, profile),
        "limits": {kind.value: _table_written(profile.limits[kind]) for kind in sorted(profile.limits)},
        "emergency": {member.value: str(limit) for member, limit in profile.emergency_limits.items()}
        | {"default": str(profile.emergency_limits[RequestType.OTHER])},
        "general": _written(_GENERAL, profile),
        **groups,
    }


def _written(codecs: Mapping[str, read.Codec], holder: object) -> dict[str, Any]:
    return {name: codec.write(getattr(holder, name)) for name, codec in codecs.items()}


def _table_written(table: LimitTable) -> dict[str, str]:
    named: dict[str, Limit | None] = {"default": table.default, "complex": table.complex}
    chosen = (*table.by_urgency.items(), *table.by_type.items(), *table.by_channel.items())
    named |= {name.value: limit for name, limit in chosen}
    return {name: str(limit) for name, limit in named.items() if limit is not None}
