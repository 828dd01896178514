"""What readers of the knowledge base are given: plain values that nobody can save by mistake."""

from dataclasses import dataclass
from datetime import date, datetime

from hotline.registry.knowledge.matching import Match
from hotline.registry.knowledge.models import Correction, State
from hotline.registry.knowledge.wording import Wording


@dataclass(frozen=True)
class Version:
    """One wording of an item with where it stands and who had it in hand."""

    code: str
    unit: str
    number: int | None
    state: str
    label: str
    text: Wording
    edit: int
    hands: tuple[str, ...]
    updated_at: datetime
    published_by: str
    published_at: datetime | None
    ended_by: str
    ended_at: datetime | None
    remark: str
    cited: int = 0

    def holds(self, day: date) -> bool:
        """True when this may be told to citizens on that day."""
        return self.state == State.PUBLISHED and not self.is_coming(day) and not self.is_over(day)

    def is_coming(self, day: date) -> bool:
        """True when this will hold from a later day on."""
        return self.state == State.PUBLISHED and self.text.valid_from is not None and self.text.valid_from > day

    def is_over(self, day: date) -> bool:
        """True when its validity has ended."""
        return self.text.valid_to is not None and self.text.valid_to <= day


@dataclass(frozen=True)
class Suggestion:
    """An item that fits a text, and why."""

    version: Version
    match: Match


@dataclass(frozen=True)
class Usage:
    """How often an item was told: in the last 30 days, the last 365, and ever."""

    month: int = 0
    year: int = 0
    ever: int = 0


@dataclass(frozen=True)
class Asked:
    """A correction of an item, or (no code) something that agents miss."""

    number: int
    code: str
    title: str
    unit: str
    text: str
    asked_by: str
    asked_at: datetime
    due_at: datetime
    settled: str
    label: str
    answer: str
    settled_by: str
    settled_at: datetime | None
    may_settle: bool

    @property
    def open(self) -> bool:
        """True while nobody has answered."""
        return self.settled == Correction.Settled.OPEN


@dataclass(frozen=True)
class ItemFile:
    """Everything one reader may see of one item and do with it. `now` is what citizens may be told today."""

    code: str
    unit: str
    now: Version | None
    coming: Version | None
    in_hand: Version | None
    published: tuple[Version, ...]
    use: Usage
    corrections: tuple[Asked, ...]
    acts: frozenset[str]

    @property
    def shown(self) -> Version:
        """What the page shows first: what holds, what will hold, what somebody works on, or what held last."""
        found = self.now or self.coming or self.in_hand or next(iter(self.published), None)
        if found is None:
            raise LookupError(f"nothing of {self.code} is to be seen")
        return found

    def numbered(self, number: int) -> Version | None:
        """One published version, so that an old citation can be read."""
        return next((v for v in self.published if v.number == number), None)
