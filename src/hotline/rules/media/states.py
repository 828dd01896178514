"""What a handover to a medium is at a moment, and how one entry of its history changes it: state = fold(entries).

Texts are typed words: they stand beside the entries, never in them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from typing import Any, Final

from hotline.rules import dossiers
from hotline.rules.messages import Refusal
from hotline.rules.supervision.states import Outcome
from hotline.rules.vocabulary import UnitCode


class MediumKind(StrEnum):
    """媒体种类."""

    NEWSPAPER = "newspaper"
    TELEVISION = "television"
    RADIO = "radio"
    WEBSITE = "website"
    NEW_MEDIA = "new_media"


class Status(StrEnum):
    """移交进度. `new` is the moment before the first entry."""

    NEW = "new"
    PROPOSED = "proposed"
    RETURNED = "returned"
    HANDED = "handed"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


ENDED: Final = frozenset({Status.CLOSED, Status.WITHDRAWN})
OUT: Final = frozenset({Status.HANDED, Status.ANSWERED})
"""With the medium: units know of it."""
LIVE: Final = frozenset({Status.PROPOSED, Status.RETURNED}) | OUT


class Deed(StrEnum):
    """移交事项: what is done about a handover, as staff call it."""

    PROPOSE = "propose"
    REVISE = "revise"
    SEND_BACK = "send_back"
    AGREE = "agree"
    ANSWER = "answer"
    RETURN_ANSWER = "return_answer"
    RELEASE = "release"
    PUBLISH = "publish"
    FOLLOW_UP = "follow_up"
    ATTACH = "attach"
    MOVE_DUE = "move_due"
    CLOSE = "close"
    WITHDRAW = "withdraw"


class Follow(StrEnum):
    """跟进方式."""

    VISIT = "visit"
    CALL = "call"
    MEDIUM = "medium"


@dataclass(frozen=True, kw_only=True)
class Order:
    """What somebody wants to do. `title` and `text` are typed words: what is told to the medium and the grounds, or a
    publication and where it stands, or an answer. `found` is what a look at tickets, medium and words has found against
    it; whoever carries the order out looks, the table refuses.
    """

    deed: Deed
    medium: str = ""
    tickets: tuple[str, ...] = ()
    units: frozenset[UnitCode] = frozenset()
    supervision: int | None = None
    hand_on: date | None = None
    number: tuple[int, int] | None = None
    due_at: datetime | None = None
    unit: UnitCode | None = None
    on: date | None = None
    follow: Follow | None = None
    outcome: Outcome | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    text: str = ""
    found: tuple[Refusal, ...] = ()


Entry = dossiers.Entry[Deed, Status]
"""One line of a handover's history, without anybody's words."""


@dataclass(frozen=True, kw_only=True)
class Handover:
    """Everything the rules need to know of a handover.

    `writers` have typed what the medium is told and so do not agree to it; `waiting` are units whose answer lies with
    the office, each with the person who wrote it.
    """

    status: Status = Status.NEW
    version: int = 0
    medium: str = ""
    tickets: tuple[str, ...] = ()
    units: frozenset[UnitCode] = frozenset()
    supervision: int | None = None
    hand_on: date | None = None
    writers: frozenset[str] = frozenset()
    year: int | None = None
    serial: int | None = None
    due_at: datetime | None = None
    waiting: Mapping[str, str] = field(default_factory=dict)
    released: frozenset[UnitCode] = frozenset()
    send_backs: int = 0
    publications: int = 0
    follow_ups: int = 0
    outcome: Outcome | None = None
    handed_at: datetime | None = None
    ended_at: datetime | None = None
    last_at: datetime | None = None

    @property
    def missing(self) -> frozenset[UnitCode]:
        """Units that have written no answer, or whose answer came back to them."""
        return self.units - self.released - frozenset(map(UnitCode, self.waiting))


def fold(entries: Iterable[Entry]) -> Handover:
    """The handover that these entries have made, in their order."""
    return reduce(apply, entries, Handover())


def apply(state: Handover, entry: Entry) -> Handover:
    """The state after one more entry; the payload says what the deed has set."""
    return dossiers.after(state, entry, reads=READS, leaves=LEAVES, ended=ENDED)


READS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "medium": str,
    "tickets": tuple,
    "units": lambda codes: frozenset(UnitCode(code) for code in codes),
    "supervision": int,
    "hand_on": date.fromisoformat,
    "year": int,
    "serial": int,
    "due_at": datetime.fromisoformat,
    "outcome": Outcome,
}
"""What a payload may set, and how it is read."""


def _written(state: Handover, entry: Entry) -> dict[str, Any]:
    return {"writers": state.writers | {entry.actor}}


def _without(state: Handover, entry: Entry) -> dict[str, str]:
    return {unit: who for unit, who in state.waiting.items() if unit != entry.payload["unit"]}


LEAVES: Final[Mapping[Deed, Callable[[Handover, Entry], dict[str, Any]]]] = {
    Deed.PROPOSE: _written,
    Deed.REVISE: _written,
    Deed.AGREE: lambda _, entry: {"handed_at": entry.at},
    Deed.ANSWER: lambda state, entry: {"waiting": {**state.waiting, entry.payload["unit"]: entry.actor}},
    Deed.RETURN_ANSWER: lambda state, entry: {
        "waiting": _without(state, entry),
        "send_backs": state.send_backs + 1,
    },
    Deed.RELEASE: lambda state, entry: {
        "waiting": _without(state, entry),
        "released": state.released | {UnitCode(entry.payload["unit"])},
    },
    Deed.PUBLISH: lambda state, _: {"publications": state.publications + 1},
    Deed.FOLLOW_UP: lambda state, _: {"follow_ups": state.follow_ups + 1},
}
"""What a deed leaves behind beyond what its payload says."""
