"""单位承接: a unit that was merged or closed has a successor from its last day on, and what it had is the successor's.

Officials rely on it that no ticket stays with a unit that is no more: lead, co-units, the unit it was given down to,
who has returned it and who has objected go over; stage, clocks and marks stay, since the work goes on.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from hotline.rules.cotasks import followed
from hotline.rules.effects_of_tasks import with_tasks
from hotline.rules.state import Event, PendingProposal, TicketState
from hotline.rules.vocabulary import Proposal, UnitCode


def heirs(named: Mapping[UnitCode, UnitCode], active: Collection[UnitCode]) -> dict[UnitCode, UnitCode]:
    """Who stands in today for each unit that is no more, also over several mergers.

    `named` are the successors of ended units. A chain that ends nowhere or runs in a ring leads to nobody.
    """
    found = {old: _last(old, named) for old in named if old not in active}
    return {old: new for old, new in found.items() if new in active}


def _last(unit: UnitCode, named: Mapping[UnitCode, UnitCode]) -> UnitCode:
    passed = {unit}
    while unit in named and named[unit] not in passed:
        unit = named[unit]
        passed.add(unit)
    return unit


def units_of(state: TicketState) -> frozenset[UnitCode]:
    """Units that have to do with the ticket now, or are remembered for what they did to it."""
    below = (state.delegation.unit,) if state.delegation else ()
    ones = (state.lead_unit, state.first_unit, *below)
    beside = (*(task.unit for task in state.tasks), *state.guidance, *state.copied)
    return frozenset({*beside, *state.returned_by, *state.objected_by, *filter(None, ones)})


def renamed(units: Iterable[UnitCode], old: UnitCode, new: UnitCode) -> tuple[UnitCode, ...]:
    """The same units in their order, each once, the new one in the place of the old."""
    return tuple(dict.fromkeys(new if unit == old else unit for unit in units))


def succeeded(state: TicketState, event: Event) -> dict[str, Any]:
    """What the event leaves behind in the ticket. A co-unit that has become one with the lead is none any more."""
    old, new = UnitCode(event.payload["old_unit"]), UnitCode(event.payload["new_unit"])
    lead = new if state.lead_unit == old else state.lead_unit
    below = state.delegation
    return {
        "lead_unit": lead,
        "first_unit": new if state.first_unit == old else state.first_unit,
        **with_tasks(followed(state.tasks, old, new, lead)),
        "guidance": tuple(unit for unit in renamed(state.guidance, old, new) if unit != lead),
        "copied": tuple(unit for unit in renamed(state.copied, old, new) if unit != lead),
        "delegation": replace(below, unit=new) if below is not None and below.unit == old else below,
        "returned_by": renamed(state.returned_by, old, new),
        "objected_by": renamed(state.objected_by, old, new),
        "proposals": {kind: _followed(asked, old, new) for kind, asked in state.proposals.items()},
    }


def _followed(asked: PendingProposal, old: UnitCode, new: UnitCode) -> PendingProposal:
    """A task that its co-unit wants to give back is the successor's by now."""
    if asked.kind is not Proposal.TASK_RETURN or asked.details["unit"] != old:
        return asked
    return replace(asked, details={**asked.details, "unit": new})
