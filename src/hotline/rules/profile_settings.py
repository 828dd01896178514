"""A rule profile as a flat list of settings with a text for each: what the form shows, and what it gives back.

Supervisors edit one setting a field; whether the whole is a profile only `parse_profile` says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hotline.rules.limits import StartPoint
from hotline.rules.profile_parts import OnTimeMeans
from hotline.rules.vocabulary import UNIT_ROLES, Channel, ClockKind, RequestType, Role, SupervisionKind, Urgency

IDENTITY: Final = ("key", "name", "version", "effective_from", "source")
"""What a profile is called and from when it holds; not among the settings that are compared."""

BY_URGENCY: Final = ("default", Urgency.URGENT.value, Urgency.CRITICAL.value, "complex")
BY_TYPE: Final = tuple(kind.value for kind in RequestType)
BY_CHANNEL: Final = tuple(channel.value for channel in Channel)
LIMIT_COLUMNS: Final = (*BY_URGENCY, *BY_TYPE, *BY_CHANNEL)

_STARTS: Final = (StartPoint.ACCEPTANCE.value, StartPoint.DISPATCH.value, StartPoint.SIGN_IN.value)
_DEEDS: Final = ("none", *(f"{deed}:{kind.value}" for deed in ("open", "propose") for kind in SupervisionKind))
SUPERVISED: Final = (
    "overdue", "reminder_ignored", "sent_back_twice", "instruction", "repeats", "group", "threat", "supervision_late",
    "dissatisfied", "media_attention",
)  # fmt: skip
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "general.reply_starts_at": _STARTS,
    "general.sign_in_starts_at": _STARTS[:2],
    "general.on_time_means": tuple(member.value for member in OnTimeMeans),
    "callback.dissatisfied_decided_by": (Role.REVIEWER.value, Role.SUPERVISOR.value),
    **{f"supervision.{cause}": _DEEDS for cause in SUPERVISED},
}
MANY: Final[Mapping[str, tuple[str, ...]]] = {
    "general.record_only_types": BY_TYPE,
    "extension.forbidden_types": BY_TYPE,
    "ladder.reminded": tuple(member.value for member in ClockKind),
    "ladder.noticed": tuple(member.value for member in ClockKind),
    "extension.forbidden_urgencies": tuple(member.value for member in Urgency),
    **{
        f"sign_off.{name}": tuple(role.value for role in Role if role in UNIT_ROLES)
        for name in ("for_reply", "for_return", "for_extension", "heavy_adds")
    },
}
"""Settings that are one, or several, of a closed list."""


@dataclass(frozen=True)
class Setting:
    """One setting: where it stands, and its value as parse_profile takes it."""

    path: str
    value: Any

    @property
    def group(self) -> str:
        """The first part of its path."""
        return self.path.partition(".")[0]

    @property
    def kind(self) -> str:
        """What a form shows it as: choice, many, yes_no, hours, list, number or text."""
        if self.path in CHOICES:
            return "choice"
        if self.path in MANY:
            return "many"
        if isinstance(self.value, bool):
            return "yes_no"
        if isinstance(self.value, list):
            return "hours" if self.value and isinstance(self.value[0], list) else "list"
        return "number" if isinstance(self.value, int | float) else "text"

    @property
    def text(self) -> str:
        """The value as it is typed."""
        if self.kind == "hours":
            return "、".join(f"{opens}-{closes}" for opens, closes in self.value)
        if isinstance(self.value, list):
            return "、".join(map(str, self.value))
        return str(self.value)


def settings_of(body: Mapping[str, Any]) -> tuple[Setting, ...]:
    """Every setting of a complete profile (`to_dict`), in its order; the limits that are not set left out."""
    return tuple(_flat("", {name: value for name, value in body.items() if name not in IDENTITY}))


def _flat(path: str, values: Mapping[str, Any]) -> Iterator[Setting]:
    for name, value in values.items():
        place = f"{path}.{name}" if path else name
        if isinstance(value, Mapping):
            yield from _flat(place, value)
        else:
            yield Setting(place, value)


def limit_paths() -> tuple[str, ...]:
    """Every limit a profile may set, of all clocks."""
    return tuple(f"limits.{clock.value}.{column}" for clock in ClockKind for column in LIMIT_COLUMNS)


def emergency_paths() -> tuple[str, ...]:
    """The limits of emergency mode."""
    return tuple(f"emergency.{column}" for column in ("default", *BY_TYPE))


def body_of(typed: Mapping[str, str | list[str]], base: Mapping[str, Any]) -> dict[str, Any]:
    """The profile a form describes: each text in the form of the value it stands for; a limit left blank is not set.

    `base` supplies the kinds of the values and the identity; a text that is none of its kind is handed on as it is, so
    that parse_profile names the mistake.
    """
    body: dict[str, Any] = {name: base[name] for name in IDENTITY}
    for setting in settings_of(base):
        if setting.group not in {"limits", "emergency"}:
            _put(body, setting.path, _value(setting, typed.get(setting.path, "")))
    for path in (*limit_paths(), *emergency_paths()):
        text = typed.get(path, "")
        if isinstance(text, str) and text.strip():
            _put(body, path, text.strip())
    return body


def _value(setting: Setting, typed: str | list[str]) -> Any:
    kind = setting.kind
    if kind == "many":
        return [typed] if isinstance(typed, str) and typed else list(typed)
    text = typed.strip() if isinstance(typed, str) else "、".join(typed)
    if kind == "yes_no":
        return text == "yes"
    if kind in {"list", "hours"}:
        return _items(text, hours=kind == "hours", like=setting.value)
    return _number(text) if kind == "number" else text


def _items(text: str, *, hours: bool, like: list[Any]) -> list[Any]:
    parts = [part for part in text.replace(",", "、").replace("，", "、").replace(" ", "").split("、") if part]
    if hours:
        return [part.replace("：", ":").replace("–", "-").replace("—", "-").split("-") for part in parts]
    numbers = bool(like) and not isinstance(like[0], str)
    return [_number(part) for part in parts] if numbers else parts


def _number(text: str) -> Any:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _put(body: dict[str, Any], path: str, value: Any) -> None:
    *groups, name = path.split(".")
    place = body
    for group in groups:
        place = place.setdefault(group, {})
    place[name] = value


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Paths of the settings in which two complete profiles differ, in their order."""
    old = {setting.path: setting.value for setting in settings_of(before)}
    new = {setting.path: setting.value for setting in settings_of(after)}
    return tuple(path for path in dict.fromkeys((*old, *new)) if old.get(path) != new.get(path))
