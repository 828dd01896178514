"""The one mapping between a ticket's row with its clocks and the state the rules work on. There is no other."""

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from hotline.rules.acts.base import plain
from hotline.rules.cotasks import CoTask, Standing
from hotline.rules.ladder import next_firing
from hotline.rules.lifecycle import Rulebook
from hotline.rules.lifecycle.signing import next_signer
from hotline.rules.state import ClockState, Delegation, PendingProposal, Signing, TicketState
from hotline.rules.visibility import visible_units
from hotline.rules.vocabulary import (
    AT_UNIT,
    CategoryCode,
    Channel,
    ClockKind,
    Finding,
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

OWED: Mapping[Stage, tuple[ClockKind, ...]] = {
    Stage.DRAFT: (ClockKind.INTAKE,),
    Stage.PENDING_SIGN: (ClockKind.SIGN_IN,),
    Stage.RETURN_REQUESTED: (ClockKind.RETURN_RULING,),
    Stage.JURISDICTION_DISPUTE: (ClockKind.MEDIATION, ClockKind.QUICK_RULING, ClockKind.PANEL),
    Stage.JOINT_HANDLING: (ClockKind.PANEL,),
    Stage.PENDING_REVIEW: (ClockKind.REVIEW,),
    Stage.PENDING_CALLBACK: (ClockKind.CALLBACK,),
    Stage.PENDING_CLOSE: (ClockKind.CLOSE,),
    Stage.REGISTERED: (ClockKind.DISPATCH,),
    Stage.PENDING_DISPATCH: (ClockKind.DISPATCH,),
    Stage.PARKED: (ClockKind.PARK_REVIEW,),
}
"""Which clock a list shows in a stage, the first that runs; otherwise the unit's, then the citizen's."""


def state_of(row: Any, clocks: Iterable[Any]) -> TicketState:
    """The rules' state of a stored ticket (a model instance or anything with its attributes)."""
    return TicketState(
        **{name: getattr(row, name) for name in AS_THEY_ARE},
        stage=Stage(row.stage),
        channel=Channel(row.channel),
        request_type=RequestType(row.request_type),
        category=CategoryCode(row.category),
        region=RegionCode(row.region),
        urgency=Urgency(row.urgency),
        flags=frozenset(map(Flag, row.flags)),
        tags=frozenset(row.tags),
        lead_unit=UnitCode(row.lead_unit) if row.lead_unit else None,
        co_units=tuple(map(UnitCode, row.co_units)),
        co_done=tuple(map(UnitCode, row.co_done)),
        tasks=tuple(map(_task, row.tasks)),
        guidance=tuple(map(UnitCode, row.guidance)),
        copied=tuple(map(UnitCode, row.copied)),
        first_unit=UnitCode(row.first_unit) if row.first_unit else None,
        delegation=Delegation(**row.delegation) if row.delegation else None,
        signing=_signing(row.signing) if row.signing else None,
        returned_by=tuple(map(UnitCode, row.returned_by)),
        objected_by=tuple(map(UnitCode, row.objected_by)),
        attempts=tuple(row.attempts),
        resolution=Resolution(row.resolution) if row.resolution else None,
        rating=Rating(row.rating) if row.rating is not None else None,
        proposals={p.kind: p for p in map(_proposal, row.proposals.values())},
        clocks=_current(clocks),
    )


AS_THEY_ARE = (
    "version", "last_at", "contactable", "briefed", "superior_due_at", "profile", "accepted_at", "dispatches",
    "failed_dispatches", "founded_returns", "signed_at", "contacted_at", "replied_at",
    "extensions", "reworks", "send_backs", "grade", "responded", "closed_at", "close_reason", "master",
)  # fmt: skip
"""Fields of the state that the row holds in the same form."""


def columns_of(state: TicketState) -> dict[str, Any]:
    """Every state column of the row, from the state alone."""
    skipped = {"clocks", "proposals", "delegation", "signing", "tasks", "lead_unit", "first_unit", "attempts"}
    columns = {f.name: _column(getattr(state, f.name)) for f in dataclasses.fields(state) if f.name not in skipped}
    due_kind, due_at = owed(state)
    return columns | {
        "lead_unit": state.lead_unit or "",
        "first_unit": state.first_unit or "",
        "resolution": state.resolution.value if state.resolution else "",
        "attempts": list(state.attempts),
        "tasks": [_task_json(task) for task in state.tasks],
        "delegation": dataclasses.asdict(state.delegation) if state.delegation else None,
        "signing": _signing_json(state.signing) if state.signing else None,
        "awaits_signature": waits.value if (waits := next_signer(state)) else "",
        "proposals": {kind.value: _proposal_json(p) for kind, p in state.proposals.items()},
        "visible_units": sorted(visible_units(state)),
        "due_at": due_at,
        "due_kind": due_kind,
    }


def clock_columns(clock: ClockState) -> dict[str, Any]:
    """One clock as its row holds it."""
    return {
        "kind": clock.kind.value,
        "of": clock.of,
        "round": clock.round,
        "limit": clock.limit,
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "provisional": clock.provisional,
        "stopped_at": clock.stopped_at,
        "met": clock.met,
        "overdue_at": clock.overdue_at,
        "extension": clock.extension,
        "pauses": [[_written(a), _written(b) if b else None, why] for a, b, why in clock.pauses],
        "paused": clock.running and clock.paused,
        "reminded": clock.reminded,
        "reminded_from": clock.reminded_from,
        "noticed_at": clock.noticed_at,
        "criticised_at": clock.criticised_at,
    }


def fires_at(clock: ClockState, book: Rulebook) -> datetime | None:
    """When the engine has something to do with the clock next; None when nothing follows by itself."""
    firing = next_firing(clock, book.profile, book.calendar)
    return firing.at if firing else None


def owed(state: TicketState) -> tuple[str, datetime | None]:
    """What whoever holds the ticket owes next: kind of clock and due time, or nothing."""
    for kind in (*OWED.get(state.stage, ()), *_reply_clocks(state.stage)):
        clock = state.running(kind)
        if clock is not None and not clock.paused:
            return kind.value, clock.due_at
    return "", None


def _reply_clocks(stage: Stage) -> tuple[ClockKind, ...]:
    units_first = (ClockKind.UNIT_REPLY, ClockKind.REPLY)
    return units_first if stage in AT_UNIT else units_first[::-1]


def _current(clocks: Iterable[Any]) -> dict[str, ClockState]:
    latest: dict[str, ClockState] = {}
    for clock in map(clock_of, sorted(clocks, key=lambda c: c.round)):
        latest[clock.key] = clock
    return latest


def clock_of(row: Any) -> ClockState:
    """One stored clock as the rules see it."""
    return ClockState(
        kind=ClockKind(row.kind),
        round=row.round,
        limit=row.limit,
        started_at=row.started_at,
        due_at=row.due_at,
        provisional=row.provisional,
        stopped_at=row.stopped_at,
        met=row.met,
        overdue_at=row.overdue_at,
        extension=row.extension,
        pauses=tuple((_moment(a), _moment(b) if b else None, why) for a, b, why in row.pauses),
        reminded=row.reminded,
        reminded_from=row.reminded_from,
        noticed_at=row.noticed_at,
        criticised_at=row.criticised_at,
        of=row.of,
    )


def _written(at: datetime) -> str:
    """A moment inside JSON: in UTC, so that a replay of the ledger gives the same text."""
    return at.astimezone(UTC).isoformat()


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _column(value: Any) -> Any:
    if isinstance(value, datetime):
        return value
    return plain(value)


def _task(stored: Mapping[str, Any]) -> CoTask:
    return CoTask(
        unit=UnitCode(stored["unit"]),
        order=stored["order"],
        after=Finding(stored["after"]),
        came=stored["came"],
        days=stored["days"],
        standing=Standing(stored["standing"]),
        finding=Finding(stored["finding"]),
        seq=stored["seq"],
        kept=stored.get("kept", False),  # rows from before tasks were given back have none
    )


def _task_json(task: CoTask) -> dict[str, Any]:
    return {f.name: plain(getattr(task, f.name)) for f in dataclasses.fields(task)}


def _signing(stored: Mapping[str, Any]) -> Signing:
    return Signing(
        paper=Paper(stored["paper"]),
        by=stored["by"],
        written_as=Role(stored["written_as"]),
        at=_moment(stored["at"]),
        signed=stored["signed"],
        chain=tuple(map(Role, stored["chain"])),
        heavy_chain=tuple(map(Role, stored["heavy_chain"])),
        details=stored["details"],
    )


def _signing_json(signing: Signing) -> dict[str, Any]:
    fields = {f.name: plain(getattr(signing, f.name)) for f in dataclasses.fields(signing)}
    return fields | {"at": _written(signing.at)}


def _proposal(stored: Mapping[str, Any]) -> PendingProposal:
    return PendingProposal(
        kind=Proposal(stored["kind"]), by=stored["by"], at=_moment(stored["at"]), details=stored["details"]
    )


def _proposal_json(asked: PendingProposal) -> dict[str, Any]:
    return {"kind": asked.kind.value, "by": asked.by, "at": _written(asked.at), "details": dict(asked.details)}
