"""What a leader's instruction is at a moment, and how one entry of its history changes it: state = fold(entries).

The leader's words, the proposed handling, what units are asked and what they report are typed: they stand beside the
entries, never in them. So a history can be read by an auditor who may not read the words.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from typing import Any, Final

from hotline.rules import dossiers
from hotline.rules.vocabulary import UnitCode


class Status(StrEnum):
    """批示件进度. `new` is the moment before the first entry."""

    NEW = "new"
    RECEIVED = "received"
    PROPOSED = "proposed"
    AGREED = "agreed"
    DISTRIBUTED = "distributed"
    ACCEPTED = "accepted"
    PRESENTED = "presented"
    STRUCK_OFF = "struck_off"
    CANCELLED = "cancelled"


ENDED: Final = frozenset({Status.STRUCK_OFF, Status.CANCELLED})
LIVE: Final = frozenset(Status) - ENDED - {Status.NEW}
BEFORE_UNITS: Final = frozenset({Status.RECEIVED, Status.PROPOSED, Status.AGREED})
WITH_UNITS: Final = frozenset({Status.DISTRIBUTED, Status.ACCEPTED, Status.PRESENTED})


class Deed(StrEnum):
    """批示件事项: what is done to an instruction, as staff call it."""

    RECEIVE = "receive"
    NAME = "name"
    LINK = "link"
    PROPOSE = "propose"
    AGREE = "agree"
    SEND_BACK = "send_back"
    DISTRIBUTE = "distribute"
    REPORT = "report"
    ACCEPT = "accept"
    RETURN = "return"
    MOVE_DUE = "move_due"
    PRESENT = "present"
    STRIKE_OFF = "strike_off"
    ATTACH = "attach"
    CANCEL = "cancel"


class Outcome(StrEnum):
    """批示件结果."""

    RESOLVED = "resolved"
    PLANNED = "planned"
    UNSOLVABLE = "unsolvable"
    NOTED = "noted"


@dataclass(frozen=True, kw_only=True)
class Order:
    """What somebody wants to do to an instruction. `text` and `words` are typed: never kept in the entry itself.

    `asks` says until when each unit is asked, `words` what it is asked; `unit` is whose report a deed is about.
    `supervised` are tickets under key supervision that has not ended, which the caller has looked up.
    """

    deed: Deed
    number: tuple[int, int] | None = None
    leader: str = ""
    given_on: date | None = None
    due_at: datetime | None = None
    readers: frozenset[str] = frozenset()
    tickets: frozenset[str] = frozenset()
    asks: Mapping[UnitCode, datetime] = field(default_factory=dict)
    words: Mapping[UnitCode, str] = field(default_factory=dict)
    unit: UnitCode | None = None
    presented_on: date | None = None
    outcome: Outcome | None = None
    supervised: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)
    has_file: bool = False
    text: str = ""


Entry = dossiers.Entry[Deed, Status]
"""One line of an instruction's history, without anybody's words."""


@dataclass(frozen=True, kw_only=True)
class Instruction:
    """Everything the rules need to know of an instruction.

    `readers` are the accounts of the people named for it; nobody else reads its words. `proposed_by` does not agree to
    the own proposal, `presented_by` does not strike off.
    """

    status: Status = Status.NEW
    version: int = 0
    year: int | None = None
    serial: int | None = None
    leader: str = ""
    given_on: date | None = None
    due_at: datetime | None = None
    readers: frozenset[str] = frozenset()
    tickets: frozenset[str] = frozenset()
    asked: Mapping[UnitCode, datetime] = field(default_factory=dict)
    reported: frozenset[UnitCode] = frozenset()
    accepted: frozenset[UnitCode] = frozenset()
    send_backs: int = 0
    proposed_by: str = ""
    presented_by: str = ""
    presented_on: date | None = None
    outcome: Outcome | None = None
    ended_at: datetime | None = None
    last_at: datetime | None = None

    @property
    def units(self) -> frozenset[UnitCode]:
        """Units to which it was distributed."""
        return frozenset(self.asked)

    @property
    def missing(self) -> frozenset[UnitCode]:
        """Units that have not reported back."""
        return self.units - self.reported

    @property
    def live(self) -> bool:
        """True while somebody still has to do something about it."""
        return self.status in LIVE


def fold(entries: Iterable[Entry]) -> Instruction:
    """The instruction that these entries have made, in their order."""
    return reduce(apply, entries, Instruction())


def apply(state: Instruction, entry: Entry) -> Instruction:
    """The state after one more entry; the payload says what the deed has set."""
    return dossiers.after(state, entry, reads=READS, leaves=LEAVES, ended=ENDED)


READS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "year": int,
    "serial": int,
    "leader": str,
    "given_on": date.fromisoformat,
    "due_at": datetime.fromisoformat,
    "readers": frozenset,
    "presented_on": date.fromisoformat,
    "outcome": Outcome,
}
"""What a payload may set, and how it is read."""


def asks_of(said: Mapping[str, str]) -> dict[UnitCode, datetime]:
    """Units and their dates as an entry keeps them."""
    return {UnitCode(unit): datetime.fromisoformat(due) for unit, due in said.items()}


def _linked(state: Instruction, entry: Entry) -> dict[str, Any]:
    return {"tickets": state.tickets | frozenset(entry.payload.get("tickets", ()))}


def _distributed(state: Instruction, entry: Entry) -> dict[str, Any]:
    return {"asked": {**state.asked, **asks_of(entry.payload["asks"])}}


def _unit(entry: Entry) -> frozenset[UnitCode]:
    return frozenset({UnitCode(entry.payload["unit"])})


def _returned(state: Instruction, entry: Entry) -> dict[str, Any]:
    """Sent back, the unit reports anew, by a new date if one was given."""
    unit = _unit(entry)
    again: dict[str, Any] = {
        "reported": state.reported - unit,
        "accepted": state.accepted - unit,
        "send_backs": state.send_backs + 1,
    }
    if "asks" in entry.payload:
        again["asked"] = {**state.asked, **asks_of(entry.payload["asks"])}
    return again


LEAVES: Final[Mapping[Deed, Callable[[Instruction, Entry], dict[str, Any]]]] = {
    Deed.RECEIVE: _linked,
    Deed.LINK: _linked,
    Deed.PROPOSE: lambda _, entry: {"proposed_by": entry.actor},
    Deed.DISTRIBUTE: _distributed,
    Deed.REPORT: lambda state, entry: {"reported": state.reported | _unit(entry)},
    Deed.ACCEPT: lambda state, entry: {"accepted": state.accepted | _unit(entry)},
    Deed.RETURN: _returned,
    Deed.PRESENT: lambda _, entry: {"presented_by": entry.actor},
}
"""What a deed leaves behind beyond what its payload says."""
