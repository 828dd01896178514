"""decide(): the one answer to "may this be done now, and what follows?".

Every way into the platform asks here: pages, API, jobs, imports, the simulator. A refusal is a value.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from hotline.rules.acts import Act, ConfirmPark, ImportClosed, Register, SignOff, Submit
from hotline.rules.fold import apply, turn_clocks
from hotline.rules.lifecycle.case import Actor, Case, Decision, Rulebook, StandIn
from hotline.rules.lifecycle.fields import check_fields
from hotline.rules.lifecycle.guarding import Guard
from hotline.rules.lifecycle.signing import signed_for, written_down
from hotline.rules.lifecycle.table import ROWS_IN, ROWS_OF
from hotline.rules.lifecycle.transition import Transition, Who
from hotline.rules.messages import Refusal
from hotline.rules.parking import agreed_plan
from hotline.rules.state import ClockChange, Event, TicketState
from hotline.rules.vocabulary import RANKS, Role, Stage


def decide(state: TicketState, act: Act, *, actor: Actor, book: Rulebook, now: datetime) -> Decision:
    """What comes of `act` on a ticket in `state`, done by `actor` at `now` under `book`.

    Returns the event to record and the state after it, or the refusals: first whether the person may at all,
    then whether the stage allows it, then what is wrong with the fields, then the first condition of the ticket
    that fails, then every condition on what was said.
    """
    case = Case(state=state, actor=actor, book=book, now=now, act=act)
    rows = ROWS_OF.get(type(act), ())
    refusals = not_allowed(case, type(act)) or tuple(check_fields(act, book.reference))
    if refusals:
        return Decision(state=state, refusals=refusals)
    row = _chosen(case, rows)
    refusals = tuple(islice(_refused(case, row.standing), 1)) or tuple(_refused(case, row.guards))
    if refusals:
        return Decision(state=state, refusals=refusals)
    event = _event(case, row)
    return Decision(events=(event,), state=apply(state, event))


def allowed(state: TicketState, *, actor: Actor, book: Rulebook, now: datetime) -> tuple[Transition, ...]:
    """The rows this person could carry out now, one an act, in the order of the table: what pages show.

    Where several rows of an act hold in the stage, the first stands for all: they differ only in what follows.
    """
    case = Case(state=state, actor=actor, book=book, now=now)
    seen: dict[type[Act], Transition] = {}
    for row in next_acts(state.stage):
        if row.act in seen or role_for(case, row) is None:
            continue
        if not any(True for _ in _refused(case, row.standing)):
            seen[row.act] = row
    return tuple(seen.values())


def role_for(case: Case, row: Transition) -> Role | None:
    """The role in which the actor may carry out the row on this ticket, if any."""
    return next((who.role for who in row.who if who.role in case.actor.roles and _reaches(case, who)), None)


def _reaches(case: Case, who: Who) -> bool:
    """Office roles reach every ticket; people of units those in which a unit for which they hold the role has the
    part named: their own, or that of somebody they stand in for.
    """
    state, actor = case.state, case.actor
    match who.reach:
        case "office":
            return True
        case "delegate":
            return state.delegation is not None and who.role in actor.roles_at(state.delegation.unit)
        case "co":
            return any(who.role in actor.roles_at(unit) for unit in state.co_units)
        case "guide":
            return any(who.role in actor.roles_at(unit) for unit in state.guidance)
        case _:
            return state.lead_unit is not None and who.role in actor.roles_at(state.lead_unit)


def acting_for(case: Case, row: Transition) -> StandIn | None:
    """Whose role it takes to do this, when somebody's own roles are not enough: the lowest that is."""
    if not case.actor.stands_in or _could(replace(case, actor=case.actor.in_own_right()), row):
        return None
    for stood in sorted((s for s in case.actor.stands_in if s.role in RANKS), key=lambda s: RANKS.index(s.role)):
        own = case.actor.in_own_right()
        lent = replace(own, roles=own.roles | {stood.role}, own=own.roles, stands_in=(stood,))
        if _could(replace(case, actor=lent), row):
            return stood
    return None


def _could(case: Case, row: Transition) -> bool:
    """Whether this very row holds for such a person."""
    within = role_for(case, row) is not None and all(holds(case) for holds in row.when)
    return within and not any(True for _ in _refused(case, row.standing))


def not_allowed(case: Case, act: type[Act]) -> tuple[Refusal, ...]:
    """Why this person may not begin the act at all: by role, by stage, or because the ticket is another's."""
    rows, name = ROWS_OF.get(act, ()), {"act": act.name}
    if not any(row.roles & case.actor.roles for row in rows):
        return (Refusal("act.role_denied", name),)
    here = [row for row in rows if case.state.stage in row.sources]
    if not here:
        return (Refusal("act.not_now", name | {"stage": case.state.stage}),)
    if not any(row.roles & case.actor.roles for row in here):
        return (Refusal("act.role_denied", name),)
    if not any(role_for(case, row) for row in here):
        return (Refusal("act.not_your_ticket", name),)
    if case.state.last_at is not None and case.now < case.state.last_at:
        return (Refusal("act.before_last_event", {"at": case.state.last_at}),)
    return ()


def _chosen(case: Case, rows: tuple[Transition, ...]) -> Transition:
    """The row that holds; the conditions of one act's rows in one stage exclude each other and leave no gap."""
    here = (row for row in rows if case.state.stage in row.sources and role_for(case, row))
    return next(row for row in here if all(holds(case) for holds in row.when))


def _refused(case: Case, guards: tuple[Guard, ...]) -> Iterator[Refusal]:
    for guard in guards:
        refusal = guard(case)
        if refusal is not None:
            yield refusal


def _event(case: Case, row: Transition) -> Event:
    role = role_for(case, row)
    if case.act is None or role is None:
        raise TypeError("an event needs an act and somebody who may do it")
    stood = acting_for(case, row)
    event = Event(
        name=row.event,
        act=case.act.name,
        at=case.now,
        actor=case.actor.id,
        role=stood.role if stood else role,
        unit=stood.unit if stood else case.actor.unit,
        stage=row.target or case.state.stage,
        payload={**case.act.payload(), **_added(case), **({"for": stood.of} if stood and stood.of else {})},
    )
    return replace(event, clocks=_clock_changes(case, row, event))


def _added(case: Case) -> dict[str, Any]:
    if isinstance(case.act, SignOff):
        return signed_for(case)
    if isinstance(case.act, ConfirmPark):
        return agreed_plan(case.state)
    if isinstance(case.act, Register | ImportClosed | Submit):
        briefed = {"briefed": True} if case.act_text("for_unit") else {}
        return {"profile": case.book.profile.version_key, **briefed}
    return written_down(case)


def _clock_changes(case: Case, row: Transition, event: Event) -> tuple[ClockChange, ...]:
    """Effects one after the other, each seeing what the ones before it left."""
    moving = replace(case, before=case.state, state=apply(case.state, event))
    changes: list[ClockChange] = []
    for effect in row.clocks:
        made = tuple(effect.changes(moving))
        if not made:
            continue
        changes += made
        clocks = turn_clocks(moving.state.clocks, made, event.at)
        moving = replace(moving, state=moving.state.changed(clocks=clocks))
    return tuple(changes)


def next_acts(stage: Stage) -> tuple[Transition, ...]:
    """What can be done in a stage by anyone, for hints and for docs/flow.md."""
    return ROWS_IN[stage]
