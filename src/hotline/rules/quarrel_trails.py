"""A ticket's ledger read as its way to a lead: who was given it, who returned it, at which step it was settled.

The figures of quarrels.py count these. Nothing is read but the entries themselves, so old tickets count as well.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from hotline.rules.joint.facts import DISPUTED, DRAFTED, positions
from hotline.rules.quarrels import Returned, Step, Trace
from hotline.rules.state import Event
from hotline.rules.vocabulary import TERMINAL, CategoryCode, Stage, UnitCode

BEYOND: Final = frozenset(
    {
        Stage.PENDING_REVIEW,
        Stage.PENDING_CALLBACK,
        Stage.PENDING_CLOSE,
        Stage.REWORK,
        Stage.CLOSED,
        Stage.ARCHIVED,
    }
)
"""The unit has answered: nobody asks any more whose job it was. Merged and void tickets never get that far."""


def trace(ticket: str, category: CategoryCode, events: Iterable[Event], *, by_precedent: str = "") -> Trace | None:
    """The way of one ticket to its lead; None when it was never dispatched.

    `events` are its ledger from the first entry, `by_precedent` the ruling its first dispatch followed, if one.
    """
    ledger = tuple(events)
    way = _Way(by_precedent=by_precedent)
    for event in ledger:
        way.follow(event)
    if way.dispatched_at is None:
        return None
    return Trace(
        ticket=ticket,
        category=category,
        dispatched_at=way.dispatched_at,
        given=tuple(way.given),
        returns=tuple(
            Returned(unit=said.unit, proposed=said.proposed, founded=said.founded) for said in positions(ledger)
        ),
        disputed_at=way.disputed_at,
        settled_at=way.settled_at,
        step=way.step,
        certain=way.certain,
        ownerless_since=way.ownerless_since,
        by_precedent=by_precedent,
    )


def followed(events: Iterable[Event]) -> tuple[str, ...]:
    """The lines of the directory that the first dispatch quotes, with their versions; older tickets quote none."""
    first = next((event for event in events if event.name in FIRST), None)
    return tuple(first.payload.get("followed", ())) if first is not None else ()


FIRST: Final = frozenset({"dispatch.sent", "dispatch.phoned"})
"""How a ticket is first given to a unit."""


@dataclass
class _Way:
    """What is known after each entry."""

    by_precedent: str
    given: list[UnitCode] = field(default_factory=list)
    dispatched_at: datetime | None = None
    disputed_at: datetime | None = None
    settled_at: datetime | None = None
    step: Step | None = None
    certain: bool = False
    ownerless_since: datetime | None = None
    kept_step: Step | None = None
    objected: bool = False
    escalated: bool = False

    def follow(self, event: Event) -> None:
        """One entry more."""
        entry = ENTRIES.get(event.name)
        if entry is not None:
            entry(self, event)
        if event.stage in DISPUTED and self.disputed_at is None:
            self.disputed_at = event.at
        if event.stage in TERMINAL:
            self.ownerless_since = None
        if self.settled_at is not None and (event.name == "dispatch.deemed_accepted" or event.stage in BEYOND):
            self.certain = True

    def settle(self, event: Event, step: Step) -> None:
        """Somebody decided who leads."""
        lead = event.payload.get("lead_unit")
        if lead and (not self.given or self.given[-1] != lead):
            self.given.append(UnitCode(lead))
        self.dispatched_at = self.dispatched_at or event.at
        self.settled_at, self.step, self.certain, self.ownerless_since = event.at, step, False, None

    def contest(self) -> None:
        """The lead is in question again; whoever has the ticket goes on with it."""
        self.kept_step = self.step
        self.settled_at, self.step, self.certain = None, None, False


def _dispatched(way: _Way, event: Event) -> None:
    first = Step.PRECEDENT if way.by_precedent else Step.FIRST
    way.settle(event, Step.REASSIGNED if way.given else first)


def _reassigned(way: _Way, event: Event) -> None:
    way.settle(event, Step.REASSIGNED)


def _failed(way: _Way, event: Event) -> None:
    """Taken from a unit once too often: the lead is in question, and nobody has the ticket."""
    way.contest()
    way.ownerless_since = event.at


def _asked(way: _Way, _event: Event) -> None:
    way.contest()


def _return_accepted(way: _Way, event: Event) -> None:
    way.ownerless_since = event.at


def _return_rejected(way: _Way, event: Event) -> None:
    way.settle(event, Step.PRECEDENT if way.kept_step is Step.PRECEDENT else Step.REFUSED)


def _no_owner(way: _Way, event: Event) -> None:
    """A dispute about a ticket that no unit was ever given begins its way with itself."""
    way.dispatched_at = way.dispatched_at or event.at
    way.ownerless_since = way.ownerless_since or event.at


def _mediated(way: _Way, event: Event) -> None:
    way.settle(event, Step.MEDIATION)


def _ruled_provisionally(way: _Way, event: Event) -> None:
    way.settle(event, Step.QUICK)


def _ruled(way: _Way, event: Event) -> None:
    after = Step.OBJECTION if way.objected else Step.PANEL
    way.settle(event, Step.GOVERNMENT if way.escalated else after)


def _objected(way: _Way, _event: Event) -> None:
    way.objected = True
    way.contest()


def _escalated(way: _Way, _event: Event) -> None:
    way.escalated = True
    way.contest()


ENTRIES: Final[Mapping[str, Callable[[_Way, Event], None]]] = {
    "dispatch.sent": _dispatched,
    "dispatch.phoned": _dispatched,
    "dispatch.reassigned": _reassigned,
    "dispatch.disputed": _failed,
    "handling.return_requested": _asked,
    "dispatch.return_accepted": _return_accepted,
    "dispatch.return_rejected": _return_rejected,
    "joint.opened": _no_owner,
    "joint.mediated": _mediated,
    "joint.ruled_provisionally": _ruled_provisionally,
    "joint.ruled": _ruled,
    "joint.confirmed": _ruled,
    "joint.objected": _objected,
    "joint.escalated": _escalated,
}
"""The entries that say something about who leads."""

TELLING_NAMES: Final = frozenset({*ENTRIES, "dispatch.deemed_accepted", DRAFTED})
TELLING_STAGES: Final = BEYOND | TERMINAL | DISPUTED
"""Entries with one of these names or at one of these stages tell the whole way: the others need not be read."""
