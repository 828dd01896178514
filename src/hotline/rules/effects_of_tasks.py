"""What events leave behind in the parts that units beside the lead have: co-units' tasks, guidance, copies.

`co_units` and `co_done` follow from the tasks and are never set by themselves. Read by effects.py only.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from hotline.rules import cotasks
from hotline.rules.cotasks import CoTask, Tasks
from hotline.rules.state import Event, PendingProposal, TicketState
from hotline.rules.vocabulary import Finding, Proposal, UnitCode

Changes = dict[str, Any]


def with_tasks(tasks: Tasks) -> Changes:
    """The tasks, with who helps and who has reported."""
    return {"tasks": tasks, "co_units": cotasks.helping(tasks), "co_done": cotasks.done(tasks)}


def parts_given(event: Event) -> Changes:
    """A lead takes over: all parts are as its dispatch or its ruling names them."""
    p = event.payload
    return {
        **with_tasks(cotasks.given(_units(p.get("co_units", ())))),
        "guidance": _units(p.get("guidance_units", ())),
        "copied": _units(p.get("copied_units", ())),
    }


def parts_kept(state: TicketState, event: Event) -> Changes:
    """The lead stays, only the co-units may be others."""
    return with_tasks(cotasks.kept(state.tasks, _units(event.payload.get("co_units", ()))))


def _units(codes: Iterable[str]) -> tuple[UnitCode, ...]:
    return tuple(map(UnitCode, codes))


def _opened(state: TicketState, event: Event) -> Changes:
    p = event.payload
    task = CoTask(
        unit=UnitCode(p["unit"]),
        order=int(p["order"]),
        after=Finding(p["after"]),
        days=int(p["days"]),
        seq=state.version + 1,
    )
    return with_tasks(cotasks.put(state.tasks, task))


def _reported(state: TicketState, event: Event) -> Changes:
    found = Finding(event.payload.get("found", Finding.NOTHING))
    return with_tasks(cotasks.reported(state.tasks, event.unit, found)) if event.unit else {}


def _found(state: TicketState, event: Event) -> Changes:
    return with_tasks(cotasks.found(state.tasks, Finding(event.payload["found"])))


def _sent_back(state: TicketState, event: Event) -> Changes:
    return with_tasks(cotasks.sent_back(state.tasks, UnitCode(event.payload["unit"])))


def _ended(state: TicketState, event: Event) -> Changes:
    return with_tasks(cotasks.ended(state.tasks, UnitCode(event.payload["unit"])))


def _given_back(state: TicketState, event: Event) -> Changes:
    """A co-unit says that the task is not its own; it has it until the dispatcher has ruled."""
    kind = Proposal.TASK_RETURN
    details = {**event.payload, "unit": event.unit}
    asked = PendingProposal(kind=kind, by=event.actor, at=event.at, details=details)
    return {"proposals": {**state.proposals, kind: asked}}


def _taken_back(state: TicketState, _event: Event) -> Changes:
    return with_tasks(cotasks.ended(state.tasks, asked_back(state)))


def _stays(state: TicketState, _event: Event) -> Changes:
    left = {kind: asked for kind, asked in state.proposals.items() if kind is not Proposal.TASK_RETURN}
    return with_tasks(cotasks.stays(state.tasks, asked_back(state))) | {"proposals": left}


def asked_back(state: TicketState) -> UnitCode:
    """The co-unit that wants its task taken back; blank when none does."""
    asked = state.proposals.get(Proposal.TASK_RETURN)
    return UnitCode(asked.details["unit"] if asked else "")


def still_asked(asked: PendingProposal, tasks: Tasks) -> bool:
    """A task that is done or ended in another way is not given back any more."""
    if asked.kind is not Proposal.TASK_RETURN:
        return True
    task = cotasks.task_of(tasks, asked.details["unit"])
    return task is not None and task.owed


NO_PARTS: Final[Changes] = {**with_tasks(()), "guidance": (), "copied": ()}
"""A ticket that no unit has."""

EFFECTS_OF_TASKS: Final[Mapping[str, Callable[[TicketState, Event], Changes]]] = {
    "task.opened": _opened,
    "handling.co_reported": _reported,
    "handling.found": _found,
    "task.sent_back": _sent_back,
    "task.closed": _ended,
    "task.return_requested": _given_back,
    "task.return_accepted": _taken_back,
    "task.return_rejected": _stays,
}
