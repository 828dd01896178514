"""The groups of settings a rule profile is made of, each with the value Hefei's default profile carries.

The office reads and signs them as data/<city>/profiles/*.toml; evidence marks for each number stand there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from hotline.rules.limits import Limit, LimitUnit
from hotline.rules.vocabulary import Channel, ClockKind, RequestType, Role, Urgency


class OnTimeMeans(StrEnum):
    """Which moment decides whether a reply was in time."""

    FIRST_SUBMISSION = "first_submission"
    ACCEPTED_REPLY = "accepted_reply"


@dataclass(frozen=True)
class LimitTable:
    """The limits of one clock. An urgency goes before complexity, that before the channel, that before the type."""

    default: Limit | None = None
    by_urgency: Mapping[Urgency, Limit] = field(default_factory=dict)
    complex: Limit | None = None
    by_type: Mapping[RequestType, Limit] = field(default_factory=dict)
    by_channel: Mapping[Channel, Limit] = field(default_factory=dict)

    def pick(
        self, request_type: RequestType, urgency: Urgency, *, is_complex: bool, channel: Channel | None = None
    ) -> Limit | None:
        """The limit that holds for such a request, if any does."""
        if urgency in self.by_urgency:
            return self.by_urgency[urgency]
        if is_complex and self.complex is not None:
            return self.complex
        if channel is not None and channel in self.by_channel:
            return self.by_channel[channel]
        return self.by_type.get(request_type, self.default)


@dataclass(frozen=True, kw_only=True)
class ExtensionRules:
    """延期: how long, how often, how early to ask, and for whom never."""

    max_workdays: int = 10
    max_count: int = 1
    ask_before_workdays: int = 1
    forbidden_types: frozenset[RequestType] = frozenset({RequestType.CONSULTATION})
    forbidden_urgencies: frozenset[Urgency] = frozenset({Urgency.URGENT, Urgency.CRITICAL})


@dataclass(frozen=True, kw_only=True)
class PauseRules:
    """中止计时: the most working days in all, and the reasons that count."""

    max_workdays: int = 30
    reasons: tuple[str, ...] = (
        "awaiting_requester",
        "awaiting_appraisal",
        "awaiting_procedure",
        "force_majeure",
    )


@dataclass(frozen=True, kw_only=True)
class ParkingRules:
    """挂账: how many days ahead the next review may lie at most; 92 are the longest quarter."""

    review_within_days: int = 92


@dataclass(frozen=True, kw_only=True)
class DisputeRules:
    """权属争议: how many founded returns or failed dispatches open one."""

    founded_returns: int = 2
    failed_dispatches: int = 3


@dataclass(frozen=True, kw_only=True)
class ReworkRules:
    """重办: how often, and which share of the first limit it gets."""

    max_count: int = 2
    share: float = 0.5
    minimum: Limit = Limit(1, LimitUnit.WORKDAY)


@dataclass(frozen=True, kw_only=True)
class CallbackRules:
    """回访: attempts on different half-days, who decides about the dissatisfied, and how people are asked.

    `call_hours` are the hours in which citizens may be rung; `message_first` asks by message and rings only who is
    silent for `message_waits` or dissatisfied; `sample_percent` of direct answers are asked too.
    """

    max_attempts: int = 3
    half_days_different: bool = True
    unreachable_closes: bool = True
    dissatisfied_decided_by: Role = Role.REVIEWER
    message_first: bool = True
    message_waits: Limit = Limit(1, LimitUnit.WORKDAY)
    call_hours: tuple[tuple[time, time], ...] = ((time(8, 30), time(12)), (time(14), time(20)))
    sample_percent: int = 5


@dataclass(frozen=True, kw_only=True)
class SignOffRules:
    """审签: who signs what before it leaves the unit, in order; 重件 are also signed by those of `heavy_adds`."""

    for_reply: tuple[Role, ...] = (Role.SECTION_HEAD, Role.DEPUTY_HEAD)
    for_return: tuple[Role, ...] = (Role.SECTION_HEAD, Role.DEPUTY_HEAD)
    for_extension: tuple[Role, ...] = (Role.SECTION_HEAD, Role.DEPUTY_HEAD)
    heavy_adds: tuple[Role, ...] = (Role.UNIT_HEAD,)


@dataclass(frozen=True, kw_only=True)
class LadderRules:
    """催办: which clocks are reminded at the shares of `reminders`, which get a written notice, and what follows it.

    The written notice comes so many working days after expiry, the proposal of a notice of criticism so many after it.
    """

    reminded: frozenset[ClockKind] = frozenset(
        {
            ClockKind.SIGN_IN,
            ClockKind.FIRST_CONTACT,
            ClockKind.UNIT_REPLY,
            ClockKind.INNER_REPLY,
            ClockKind.PHONE_FEEDBACK,
            ClockKind.CO_TASK,
            ClockKind.RETURN_RULING,
            ClockKind.REVIEW,
            ClockKind.CALLBACK,
        }
    )
    noticed: frozenset[ClockKind] = frozenset({ClockKind.UNIT_REPLY})
    notice_after_workdays: int = 1
    criticism_after_workdays: int = 5
