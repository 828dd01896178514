"""Acts of ⑤ callback 回访: what the citizen says, and what follows."""

from dataclasses import dataclass, field

from hotline.rules.acts.base import Act, choice, code, text
from hotline.rules.vocabulary import Contact, Rating, Resolution


@dataclass(frozen=True, kw_only=True)
class RecordAttempt(Act):
    """未接通的回访: one attempt that did not reach the citizen."""

    contact: Contact = choice()
    note: str = text(required=False)


@dataclass(frozen=True, kw_only=True)
class RecordCallback(Act):
    """回访登记: responded, resolved and rating are asked and kept apart."""

    responded: bool = field(metadata={"kind": "plain", "required": True})
    resolution: Resolution = choice()
    rating: Rating | None = None
    cause: str = code("dissatisfied", required=False)
    words: str = text(required=False)


@dataclass(frozen=True, kw_only=True)
class CloseUnreached(Act):
    """多次未接通办结: silence never counts as satisfied."""

    note: str = text(required=False)


@dataclass(frozen=True, kw_only=True)
class CloseWithoutCallback(Act):
    """免回访办结: no contact was left, the office has checked the result itself."""

    reason: str = code("no_callback")
    note: str = text()


@dataclass(frozen=True, kw_only=True)
class OrderRework(Act):
    """发回重办: the same unit must handle it again, with a new clock."""

    reason: str = text()


@dataclass(frozen=True, kw_only=True)
class Close(Act):
    """办结确认, with a reason, though the citizen is not satisfied."""

    reason: str = code("close")
    note: str = text()


@dataclass(frozen=True, kw_only=True)
class ReopenAfterVisit(Act):
    """现场督办发现问题: a closed ticket must be handled again."""

    finding: str = text()
