"""Why the clocks of a ticket were counted again: `emergency_on:防汛` in the ledger, a sentence in its history."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Cause(StrEnum):
    """What has changed."""

    EMERGENCY_ON = "emergency_on"
    EMERGENCY_OFF = "emergency_off"
    EMERGENCY_OVER = "emergency_over"
    CALENDAR = "calendar"


_WORDS: Final[Mapping[Cause, tuple[str, str]]] = {
    Cause.EMERGENCY_ON: ("启用应急状态“{name}”", "emergency “{name}” began"),
    Cause.EMERGENCY_OFF: ("解除应急状态“{name}”", "emergency “{name}” was switched off"),
    Cause.EMERGENCY_OVER: ("应急状态“{name}”按计划结束", "emergency “{name}” ended as planned"),
    Cause.CALENDAR: ("{name}年放假安排公布", "the holiday notice for {name} was published"),
}
_CALENDAR: Final[Mapping[str, tuple[str, str]]] = {
    "city": ("本市上班、放假的日子有变化", "the city changed its working days"),
    "hours": ("上班时间有变化", "office hours changed"),
}


def written(cause: Cause, name: str = "") -> str:
    """As the ledger keeps it; a colon in the name is a part of the name."""
    return f"{cause.value}:{name}" if name else cause.value


def cause_words(text: str, lang: str) -> str:
    """In the reader's language; what another version wrote is shown as it was written."""
    kind, _, name = text.partition(":")
    known = {cause.value: words for cause, words in _WORDS.items()}.get(kind)
    if kind == Cause.CALENDAR and name in _CALENDAR:
        known = _CALENDAR[name]
    return known[0 if lang == "zh" else 1].format(name=name).strip() if known else text
