"""督办阶梯: what follows what, as a group of the city's rule profile, each with Hefei's default value.

Officials read `overdue = "open:platform"` as: when a promise is broken, platform supervision is opened by the rule;
`"propose:key"` proposes it to a supervisor, `"none"` lets nothing follow. No source gives these numbers (P) but
three repeats (Chengdu Xindu) and the five kinds (Hefei).
"""

from dataclasses import dataclass
from typing import Any, Final

from hotline.rules.limits import Limit, LimitUnit
from hotline.rules.profile_reader import LIMIT, Codec, Malformed, whole
from hotline.rules.vocabulary import SupervisionKind

K = SupervisionKind


@dataclass(frozen=True)
class Rung:
    """What follows a cause: a kind of supervision, opened by the rule or only proposed; or nothing."""

    kind: SupervisionKind | None = None
    opens: bool = False

    def __str__(self) -> str:
        """As it stands in a profile."""
        return f"{'open' if self.opens else 'propose'}:{self.kind.value}" if self.kind else "none"

    @classmethod
    def parse(cls, text: str) -> "Rung":
        """Read `open:platform`, `propose:key` or `none`."""
        if text == "none":
            return cls()
        how, _, kind = text.partition(":")
        if how not in {"open", "propose"} or kind not in {k.value for k in SupervisionKind}:
            raise ValueError(f"not a rung: {text!r}")
        return cls(SupervisionKind(kind), opens=how == "open")


OPENS_PLATFORM: Final = Rung(K.PLATFORM, opens=True)
PROPOSES_KEY: Final = Rung(K.KEY)


@dataclass(frozen=True, kw_only=True)
class SupervisionRules:
    """督办: what follows each cause, how much it takes, and how long units have."""

    overdue: Rung = OPENS_PLATFORM
    reminder_ignored: Rung = OPENS_PLATFORM
    sent_back_twice: Rung = OPENS_PLATFORM
    instruction: Rung = Rung(K.KEY, opens=True)
    repeats: Rung = PROPOSES_KEY
    group: Rung = PROPOSES_KEY
    threat: Rung = PROPOSES_KEY
    supervision_late: Rung = PROPOSES_KEY
    dissatisfied: Rung = Rung(K.ON_SITE)
    media_attention: Rung = Rung(K.MEDIA)
    send_backs: int = 2
    repeat_count: int = 3
    repeat_days: int = 30
    platform_within: Limit = Limit(2, LimitUnit.WORKDAY)
    key_within: Limit = Limit(5, LimitUnit.WORKDAY)
    special_within: Limit = Limit(20, LimitUnit.WORKDAY)
    on_site_within: Limit = Limit(5, LimitUnit.WORKDAY)
    media_within: Limit = Limit(10, LimitUnit.WORKDAY)

    def rung(self, cause: str) -> Rung:
        """What follows a cause; nothing follows one that people bring by hand."""
        found: Rung = getattr(self, cause, Rung())
        return found

    def within(self, kind: SupervisionKind) -> Limit:
        """How long units have to report on a supervision of that kind."""
        found: Limit = getattr(self, f"{kind.value}_within")
        return found


CAUSES: Final = (
    "overdue", "reminder_ignored", "sent_back_twice", "instruction", "repeats", "group", "threat",
    "supervision_late", "dissatisfied", "media_attention",
)  # fmt: skip
"""Causes for which a profile names a rung."""


def _rung(raw: Any) -> Rung:
    if not isinstance(raw, str):
        raise Malformed("profile.not_a_rung")
    try:
        return Rung.parse(raw)
    except ValueError:
        raise Malformed("profile.not_a_rung") from None


RUNG: Final = Codec(_rung, str)
CODECS: Final[dict[str, Codec]] = {
    **dict.fromkeys(CAUSES, RUNG),
    "send_backs": whole(1, 9),
    "repeat_count": whole(2, 99),
    "repeat_days": whole(1, 366),
    **{f"{kind.value}_within": LIMIT for kind in SupervisionKind},
}
"""How the group is read from a profile and written back."""
