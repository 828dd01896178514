"""What a supervision is at a moment, and how one entry of its history changes it: state = fold(entries).

Supervisors and units read the stored row; it is written from this fold and from nothing else.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from hotline.rules.vocabulary import Role, SupervisionKind, UnitCode


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


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a supervision's history, without anybody's words."""

    deed: Deed
    at: datetime
    actor: str
    role: Role
    unit: UnitCode | None
    status: Status
    payload: Mapping[str, Any] = field(default_factory=dict)


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
    state = Supervised()
    for entry in entries:
        state = apply(state, entry)
    return state


def apply(state: Supervised, entry: Entry) -> Supervised:
    """The state after one more entry; the payload says what the deed has set."""
    changes: dict[str, Any] = {"status": entry.status, "version": state.version + 1, "last_at": entry.at}
    changes |= _set_by(state, entry.payload)
    changes |= LEAVES.get(entry.deed, _nothing)(state, entry)
    if "units" in changes:
        changes["reported"] = state.reported & changes["units"]
        changes["signed"] = state.signed & changes["units"]
    if entry.status in ENDED:
        changes["ended_at"] = entry.at
    return replace(state, **changes)


def _nothing(_state: Supervised, _entry: Entry) -> dict[str, Any]:
    return {}


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


def _set_by(state: Supervised, said: Mapping[str, Any]) -> dict[str, Any]:
    """What the payload sets under the state's own names."""
    found: dict[str, Any] = {}
    if "kind" in said:
        found["kind"] = SupervisionKind(said["kind"])
    for name in ("number", "owner"):
        if name in said:
            found[name] = said[name]
    if "units" in said:
        found["units"] = frozenset(UnitCode(code) for code in said["units"])
    if "due_at" in said:
        found["due_at"] = datetime.fromisoformat(said["due_at"])
    if "cause" in said:
        found["causes"] = state.causes | {Cause(said["cause"])}
    if "outcome" in said:
        found["outcome"] = Outcome(said["outcome"])
    return found
