"""How one event changes a ticket: state = fold(events), the only way a state comes about.

Commands, bulk writing, replay checks and the simulator all fold; none sets a field by hand.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from hotline.rules.effects import EFFECTS, no_change
from hotline.rules.effects_of_tasks import still_asked
from hotline.rules.state import ClockChange, ClockState, Event, TicketState
from hotline.rules.vocabulary import DECIDED_IN, SIGNED_IN, WINDOWS


def fold(events: Iterable[Event], state: TicketState | None = None) -> TicketState:
    """The state after these events, in their order."""
    state = state or TicketState()
    for event in events:
        state = apply(state, event)
    return state


def apply(state: TicketState, event: Event) -> TicketState:
    """The state after one more event. Total: an unknown event name only moves stage, clocks and version."""
    changes = EFFECTS.get(event.name, no_change)(state, event)
    asked = changes.pop("proposals", state.proposals)
    signing = changes.pop("signing", state.signing)
    tasks = changes.get("tasks", state.tasks)
    return state.changed(
        **changes,
        stage=event.stage,
        version=state.version + 1,
        last_at=event.at,
        signing=signing if signing and event.stage in SIGNED_IN[signing.paper] else None,
        proposals={kind: p for kind, p in asked.items() if event.stage in DECIDED_IN[kind] and still_asked(p, tasks)},
        clocks=turn_clocks(state.clocks, event.clocks, event.at),
    )


def turn_clocks(
    clocks: Mapping[str, ClockState], changes: Iterable[ClockChange], at: datetime
) -> Mapping[str, ClockState]:
    """The clocks after these changes at one moment; ValueError for a turn that no clock can make."""
    turned = dict(clocks)
    for change in changes:
        old = turned.get(change.key)
        turned[change.key] = _start(old, change, at) if change.op == "start" else _turn(old, change, at)
    return turned


def _start(old: ClockState | None, change: ClockChange, at: datetime) -> ClockState:
    if change.due_at is None:
        raise ValueError(f"a clock starts with a due time: {change}")
    if old is not None and old.running:
        raise ValueError(f"the clock runs already, its round would never end: {change}")
    return ClockState(
        kind=change.kind,
        round=old.round + 1 if old else 1,
        limit=change.limit,
        started_at=at,
        due_at=change.due_at,
        provisional=change.provisional,
        of=change.of,
    )


def _turn(old: ClockState | None, change: ClockChange, at: datetime) -> ClockState:
    if old is None:
        raise ValueError(f"no clock to {change.op}: {change.kind}")
    return _TURNS[change.op](old, change, at)


def _stop(old: ClockState, _change: ClockChange, at: datetime) -> ClockState:
    met = old.met if old.met is not None else at <= old.due_at
    return replace(old, stopped_at=at, met=met)


def _cancel(old: ClockState, _change: ClockChange, at: datetime) -> ClockState:
    """Nothing is owed from now on; what was broken by then stays broken. A window that passes breaks nothing."""
    broken = old.met is None and at > old.due_at and old.kind not in WINDOWS
    return replace(old, stopped_at=at, met=False if broken else old.met)


def _waive(old: ClockState, _change: ClockChange, at: datetime) -> ClockState:
    """It was never this unit's to keep, so there is no verdict at all."""
    return replace(old, stopped_at=at, met=None)


def _reopen(old: ClockState, _change: ClockChange, _at: datetime) -> ClockState:
    return replace(old, stopped_at=None)


def _pause(old: ClockState, change: ClockChange, at: datetime) -> ClockState:
    return replace(old, pauses=(*old.pauses, (at, None, change.reason)))


def _resume(old: ClockState, change: ClockChange, at: datetime) -> ClockState:
    start, _, reason = old.pauses[-1]
    return _due_anew(replace(old, pauses=(*old.pauses[:-1], (start, at, reason))), change, at)


def _move(old: ClockState, change: ClockChange, at: datetime) -> ClockState:
    extended = replace(old, extension=old.extension + change.extension, limit=change.limit or old.limit)
    if change.extension or change.limit:
        extended = replace(extended, reminded=0, reminded_from=at)
    return _due_anew(extended, change, at)


def _due_anew(old: ClockState, change: ClockChange, at: datetime) -> ClockState:
    """With a due time that lies ahead the clock is not overdue any more, and may become so again."""
    due_at = change.due_at or old.due_at
    moved = replace(old, due_at=due_at, provisional=change.provisional)
    return moved if due_at <= at else replace(moved, overdue_at=None, noticed_at=None, criticised_at=None)


def _overdue(old: ClockState, _change: ClockChange, at: datetime) -> ClockState:
    return replace(old, overdue_at=at)


def _remind(old: ClockState, change: ClockChange, _at: datetime) -> ClockState:
    return replace(old, reminded=change.percent)


def _notice(old: ClockState, _change: ClockChange, at: datetime) -> ClockState:
    return replace(old, noticed_at=at)


def _criticise(old: ClockState, _change: ClockChange, at: datetime) -> ClockState:
    return replace(old, criticised_at=at)


_TURNS: Mapping[str, Callable[[ClockState, ClockChange, datetime], ClockState]] = {
    "stop": _stop,
    "cancel": _cancel,
    "waive": _waive,
    "reopen": _reopen,
    "pause": _pause,
    "resume": _resume,
    "move": _move,
    "overdue": _overdue,
    "remind": _remind,
    "notice": _notice,
    "criticise": _criticise,
}
