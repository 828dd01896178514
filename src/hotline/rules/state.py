"""What a ticket is at a moment, and how one event changes it: state = fold(events).

The stored row is written from this fold, so replaying the ledger must give the row back
(`hotline check ledger` and a property test compare the two).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hotline.rules.cotasks import CoTask
from hotline.rules.vocabulary import (
    HEAVY,
    CategoryCode,
    Channel,
    ClockKind,
    Flag,
    Paper,
    Proposal,
    Rating,
    RegionCode,
    RequestType,
    Resolution,
    Role,
    Stage,
    UnitCode,
    Urgency,
)


@dataclass(frozen=True, kw_only=True)
class ClockState:
    """One running or stopped time limit.

    `met` says whether it was kept when it first stopped and stays so when a send-back sets it running again;
    None means no verdict (still running, or cancelled in time because nothing was owed any more).
    `reminded` is the percentage of its time at which the last reminder went out; `reminded_from` when its time was
    changed, before which nothing is reminded of anew (rules/ladder.py). `of` is the co-unit whose own clock it is.
    """

    kind: ClockKind
    round: int
    limit: str
    started_at: datetime
    due_at: datetime
    provisional: bool = False
    stopped_at: datetime | None = None
    met: bool | None = None
    overdue_at: datetime | None = None
    extension: int = 0
    pauses: tuple[tuple[datetime, datetime | None, str], ...] = ()
    reminded: int = 0
    reminded_from: datetime | None = None
    noticed_at: datetime | None = None
    criticised_at: datetime | None = None
    of: str = ""

    @property
    def key(self) -> str:
        """What sets it apart from the ticket's other clocks."""
        return clock_key(self.kind, self.of)

    @property
    def running(self) -> bool:
        """True when somebody owes something by `due_at`."""
        return self.stopped_at is None

    @property
    def paused(self) -> bool:
        """True between pause and resume."""
        return bool(self.pauses) and self.pauses[-1][1] is None


@dataclass(frozen=True, kw_only=True)
class ClockChange:
    """What an event does to one clock; `op` is start, stop, cancel, waive, reopen, pause, resume, move, overdue,
    remind, notice or criticise.
    """

    op: str
    kind: ClockKind
    due_at: datetime | None = None
    limit: str = ""
    provisional: bool = False
    extension: int = 0
    reason: str = ""
    percent: int = 0
    of: str = ""

    @property
    def key(self) -> str:
        """The clock it turns."""
        return clock_key(self.kind, self.of)


def clock_key(kind: ClockKind, of: str = "") -> str:
    """The kind itself; of a co-unit's own clock the kind and the unit."""
    return f"{kind.value}:{of}" if of else kind


@dataclass(frozen=True, kw_only=True)
class Event:
    """One line of the ledger: what was done, by whom in which role, when, and where the ticket then stands."""

    name: str
    act: str
    at: datetime
    actor: str
    role: Role
    unit: UnitCode | None
    stage: Stage
    payload: Mapping[str, Any] = field(default_factory=dict)
    clocks: tuple[ClockChange, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PendingProposal:
    """Something asked for that a second person decides."""

    kind: Proposal
    by: str
    at: datetime
    details: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Delegation:
    """The street or bureau to which a district has given the work."""

    unit: UnitCode
    signed: bool = False
    replied: bool = False


@dataclass(frozen=True, kw_only=True)
class Signing:
    """A paper of the unit that waits for signatures: who wrote it as what and when, and how far it has come.

    The chains are those of the profile when it was written; marks set meanwhile choose between the two.
    """

    paper: Paper
    by: str
    written_as: Role
    at: datetime
    signed: int = 0
    chain: tuple[Role, ...] = ()
    heavy_chain: tuple[Role, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TicketState:
    """Everything the rules need to know of a ticket; nothing of who asked."""

    stage: Stage = Stage.NEW
    version: int = 0
    last_at: datetime | None = None
    channel: Channel | None = None
    request_type: RequestType = RequestType.OTHER
    category: CategoryCode = CategoryCode("")
    region: RegionCode = RegionCode("")
    urgency: Urgency = Urgency.ORDINARY
    flags: frozenset[Flag] = frozenset()
    tags: frozenset[str] = frozenset()
    contactable: bool = True
    briefed: bool = False
    superior_due_at: datetime | None = None
    profile: str = ""
    accepted_at: datetime | None = None
    lead_unit: UnitCode | None = None
    co_units: tuple[UnitCode, ...] = ()
    co_done: tuple[UnitCode, ...] = ()
    tasks: tuple[CoTask, ...] = ()
    guidance: tuple[UnitCode, ...] = ()
    copied: tuple[UnitCode, ...] = ()
    first_unit: UnitCode | None = None
    delegation: Delegation | None = None
    dispatches: int = 0
    failed_dispatches: int = 0
    founded_returns: int = 0
    returned_by: tuple[UnitCode, ...] = ()
    objected_by: tuple[UnitCode, ...] = ()
    signed_at: datetime | None = None
    contacted_at: datetime | None = None
    replied_at: datetime | None = None
    signing: Signing | None = None
    extensions: int = 0
    reworks: int = 0
    send_backs: int = 0
    grade: str = ""
    attempts: tuple[datetime, ...] = ()
    responded: bool | None = None
    resolution: Resolution | None = None
    rating: Rating | None = None
    closed_at: datetime | None = None
    close_reason: str = ""
    master: str = ""
    proposals: Mapping[Proposal, PendingProposal] = field(default_factory=dict)
    clocks: Mapping[str, ClockState] = field(default_factory=dict)

    def changed(self, **changes: Any) -> "TicketState":
        """The state with some fields changed, as `replace` makes it, at a tenth of its time: there are forty fields,
        and bulk writing folds millions of events.
        """
        state = object.__new__(TicketState)
        state.__dict__.update(self.__dict__, **changes)
        return state

    def running(self, kind: ClockKind, of: str = "") -> ClockState | None:
        """The clock of that kind, or that co-unit's own, if it is running."""
        clock = self.clocks.get(clock_key(kind, of))
        return clock if clock is not None and clock.running else None

    def all_running(self, kind: ClockKind) -> tuple[ClockState, ...]:
        """All running clocks of that kind: of co-units each has its own."""
        return tuple(clock for clock in self.clocks.values() if clock.kind is kind and clock.running)

    @property
    def heavy(self) -> bool:
        """重件: key and instruction tickets, and those that were parked, are signed by the head too."""
        return not self.flags.isdisjoint(HEAVY) or ClockKind.PARK_REVIEW in self.clocks

    @property
    def paused(self) -> bool:
        """True while the office has stopped the clocks."""
        return any(c.paused for c in self.clocks.values())
