"""What a supervision is at a moment, and how one entry of its history changes it: state = fold(entries).

Supervisors and units read the stored row; it is written from this fold and from nothing else.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import reduce
from typing import Any, Final

from hotline.rules import dossiers
from hotline.rules.vocabulary import SupervisionKind, UnitCode


class Status(StrEnum):
    """督办进度. `new` is the moment before the first entry."""

    NEW = "new"
    PROPOSED = "proposed"
    OPEN = "open"
    REPORTED = "reported"
    CHECKED = "checked"
    CLOSED = "closed"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


ENDED: Final = frozenset({Status.CLOSED, Status.DISMISSED, Status.WITHDRAWN})
LIVE: Final = frozenset(Status) - ENDED - {Status.NEW}
OPENED: Final = frozenset({Status.OPEN, Status.REPORTED, Status.CHECKED})


class Deed(StrEnum):
    """督办事项: what is done to a supervision, as staff call it."""

    PROPOSE = "propose"
    OPEN = "open"
    DISMISS = "dismiss"
    ADD_GROUND = "add_ground"
    ASSIGN = "assign"
    MOVE_DUE = "move_due"
    CHANGE_UNITS = "change_units"
    ADD_TICKETS = "add_tickets"
    NOTE = "note"
    ATTACH = "attach"
    REPORT = "report"
    SIGN = "sign"
    RECORD_VISIT = "record_visit"
    SEND_BACK = "send_back"
    CHECK = "check"
    CLOSE = "close"
    FOLLOW_TICKET = "follow_ticket"
    WITHDRAW = "withdraw"


class Cause(StrEnum):
    """督办缘由: why a supervision was proposed or opened."""

    OVERDUE = "overdue"
    REMINDER_IGNORED = "reminder_ignored"
    SENT_BACK_TWICE = "sent_back_twice"
    INSTRUCTION = "instruction"
    REPEATS = "repeats"
    GROUP = "group"
    THREAT = "threat"
    SUPERVISION_LATE = "supervision_late"
    DISSATISFIED = "dissatisfied"
    MEDIA_ATTENTION = "media_attention"
    CAMPAIGN = "campaign"
    BY_HAND = "by_hand"


class Outcome(StrEnum):
    """督办结果."""

    RESOLVED = "resolved"
    PLANNED = "planned"
    UNSOLVABLE = "unsolvable"
    PROBLEM_FOUND = "problem_found"
    NO_PROBLEM = "no_problem"
    TICKET_ENDED = "ticket_ended"
    SUMMED_UP = "summed_up"


@dataclass(frozen=True, kw_only=True)
class Order:
    """What somebody wants to do to a supervision. `text` is what was typed: never kept in the entry itself.

    `key` tells one occasion of a cause from another (the round of a clock, the mark that was set), so that what was
    dismissed does not come back for the same occasion.
    """

    deed: Deed
    kind: SupervisionKind | None = None
    number: str = ""
    cause: Cause | None = None
    key: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    units: frozenset[UnitCode] = frozenset()
    owner: str = ""
    due_at: datetime | None = None
    tickets: tuple[str, ...] = ()
    outcome: Outcome | None = None
    problem: bool | None = None
    ticket_ended: bool = False
    text: str = ""


Entry = dossiers.Entry[Deed, Status]
"""One line of a supervision's history, without anybody's words."""


@dataclass(frozen=True, kw_only=True)
class Supervised:
    """Everything the rules need to know of a supervision.

    `revealed` says that units may know of an unannounced visit: it has been made.
    """

    status: Status = Status.NEW
    version: int = 0
    kind: SupervisionKind = SupervisionKind.PLATFORM
    number: str = ""
    causes: frozenset[Cause] = frozenset()
    owner: str = ""
    units: frozenset[UnitCode] = frozenset()
    due_at: datetime | None = None
    opened_at: datetime | None = None
    reported: frozenset[UnitCode] = frozenset()
    signed: frozenset[UnitCode] = frozenset()
    tickets: int = 0
    send_backs: int = 0
    revealed: bool = False
    outcome: Outcome | None = None
    ended_at: datetime | None = None
    last_at: datetime | None = None

    @property
    def live(self) -> bool:
        """True while somebody still has to do something about it."""
        return self.status in LIVE

    @property
    def missing(self) -> frozenset[UnitCode]:
        """Units that have not reported yet."""
        return self.units - self.reported


def fold(entries: Iterable[Entry]) -> Supervised:
    """The supervision that these entries have made, in their order."""
    return reduce(apply, entries, Supervised())


def apply(state: Supervised, entry: Entry) -> Supervised:
    """The state after one more entry. Of units that are asked no more neither report nor signature counts."""
    then = dossiers.after(state, entry, reads=READS, leaves=LEAVES, ended=ENDED)
    if "cause" in entry.payload:
        then = replace(then, causes=state.causes | {Cause(entry.payload["cause"])})
    if "units" in entry.payload:
        then = replace(then, reported=then.reported & then.units, signed=then.signed & then.units)
    return then


def _back(state: Supervised, _entry: Entry) -> dict[str, Any]:
    """Sent back, everybody reports and signs anew."""
    return {"reported": frozenset(), "signed": frozenset(), "send_backs": state.send_backs + 1}


def _unit(entry: Entry) -> frozenset[UnitCode]:
    return frozenset({UnitCode(entry.payload["unit"])})


LEAVES: Final[Mapping[Deed, Callable[[Supervised, Entry], dict[str, Any]]]] = {
    Deed.OPEN: lambda _, entry: {"opened_at": entry.at},
    Deed.REPORT: lambda state, entry: {"reported": state.reported | _unit(entry)},
    Deed.SIGN: lambda state, entry: {"signed": state.signed | _unit(entry)},
    Deed.ADD_TICKETS: lambda state, entry: {"tickets": state.tickets + len(entry.payload["tickets"])},
    Deed.SEND_BACK: _back,
    Deed.RECORD_VISIT: lambda _, __: {"revealed": True},
}
"""What a deed leaves behind beyond what its payload says."""

READS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "kind": SupervisionKind,
    "number": str,
    "owner": str,
    "units": lambda codes: frozenset(UnitCode(code) for code in codes),
    "due_at": datetime.fromisoformat,
    "outcome": Outcome,
}
"""What a payload may set, and how it is read."""
