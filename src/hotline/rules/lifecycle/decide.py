"""decide(): the one answer to "may this be done now, and what follows?".

Every way into the platform asks here: pages, API, jobs, imports, the simulator. A refusal is a value.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import Enum
from typing import Any

from hotline.rules.acts import Act, ImportClosed, Register, SignOff, Submit
from hotline.rules.acts.base import kind_of
from hotline.rules.fold import apply, turn_clocks
from hotline.rules.lifecycle.case import Actor, Case, Decision, Rulebook
from hotline.rules.lifecycle.guards import Guard, signing_step
from hotline.rules.lifecycle.table import TABLE
from hotline.rules.lifecycle.transition import Transition, Who
from hotline.rules.messages import Refusal
from hotline.rules.state import ClockChange, Event, TicketState
from hotline.rules.vocabulary import Role, Stage


def decide(state: TicketState, act: Act, *, actor: Actor, book: Rulebook, now: datetime) -> Decision:
    """What comes of `act` on a ticket in `state`, done by `actor` at `now` under `book`.

    Returns the event to record and the state after it, or the refusals: first whether the person may at all,
    then whether the stage allows it, then what is wrong with the fields, then the conditions.
    """
    case = Case(state=state, actor=actor, book=book, now=now, act=act)
    rows = [row for row in TABLE if row.act is type(act)]
    refusals = _not_allowed(case, rows)
    if refusals:
        return Decision(state=state, refusals=refusals)
    refusals = tuple(check_fields(act, book))
    if refusals:
        return Decision(state=state, refusals=refusals)
    rows = [row for row in rows if state.stage in row.sources and role_for(case, row)]
    row = next((r for r in rows if all(chosen(case) for chosen in r.when)), rows[0])
    refusals = tuple(_refused(case, (*row.standing, *row.guards)))
    if refusals:
        return Decision(state=state, refusals=refusals)
    event = _event(case, row)
    return Decision(events=(event,), state=apply(state, event))


def allowed(state: TicketState, *, actor: Actor, book: Rulebook, now: datetime) -> tuple[Transition, ...]:
    """The rows this person could carry out now, one an act, in the order of the table: what pages show."""
    case = Case(state=state, actor=actor, book=book, now=now)
    seen: dict[type[Act], Transition] = {}
    for row in TABLE:
        if row.act in seen or state.stage not in row.sources or role_for(case, row) is None:
            continue
        if not any(True for _ in _refused(case, row.standing)):
            seen[row.act] = row
    return tuple(seen.values())


def role_for(case: Case, row: Transition) -> Role | None:
    """The role in which the actor may carry out the row on this ticket, if any."""
    return next((who.role for who in row.who if who.role in case.actor.roles and _reaches(case, who)), None)


def _reaches(case: Case, who: Who) -> bool:
    state, covers = case.state, case.actor.covers
    match who.reach:
        case "holder":
            return state.lead_unit in covers and not _only_below(case)
        case "delegate":
            return state.delegation is not None and state.delegation.unit in covers
        case "co":
            return any(unit in covers for unit in state.co_units)
        case _:
            return True


def _only_below(case: Case) -> bool:
    """Units above the lead see the ticket but do not act for it; only the lead unit itself does."""
    return case.actor.unit != case.state.lead_unit


def _not_allowed(case: Case, rows: list[Transition]) -> tuple[Refusal, ...]:
    if not any(row.roles & case.actor.roles for row in rows):
        return (Refusal("act.role_denied", {"act": case.act_name}),)
    here = [row for row in rows if case.state.stage in row.sources]
    if not here:
        return (Refusal("act.not_now", {"act": case.act_name, "stage": case.state.stage}),)
    if not any(row.roles & case.actor.roles for row in here):
        return (Refusal("act.role_denied", {"act": case.act_name}),)
    if not any(role_for(case, row) for row in here):
        return (Refusal("act.not_your_ticket", {"act": case.act_name}),)
    if case.state.last_at is not None and case.now < case.state.last_at:
        return (Refusal("act.before_last_event", {"at": case.state.last_at}),)
    return ()


def _refused(case: Case, guards: tuple[Guard, ...]) -> Iterator[Refusal]:
    for guard in guards:
        refusal = guard(case)
        if refusal is not None:
            yield refusal


def _event(case: Case, row: Transition) -> Event:
    if case.act is None:
        raise TypeError("an event needs an act")
    role = role_for(case, row)
    if role is None:
        raise TypeError("checked before")
    event = Event(
        name=row.event,
        act=case.act.name,
        at=case.now,
        actor=case.actor.id,
        role=role,
        unit=case.actor.unit,
        stage=row.target or case.state.stage,
        payload={**case.act.payload(), **_added(case)},
    )
    return replace(event, clocks=_clock_changes(case, row, event))


def _added(case: Case) -> dict[str, Any]:
    if isinstance(case.act, SignOff):
        return {"step": signing_step(case)}
    if isinstance(case.act, Register | ImportClosed | Submit):
        return {"profile": case.book.profile.version_key}
    return {}


def _clock_changes(case: Case, row: Transition, event: Event) -> tuple[ClockChange, ...]:
    """Effects one after the other, each seeing what the ones before it left."""
    moving = replace(case, state=apply(case.state, event))
    changes: list[ClockChange] = []
    for effect in row.clocks:
        made = tuple(effect.changes(moving))
        changes += made
        clocks = turn_clocks(moving.state.clocks, made, event.at)
        moving = replace(moving, state=replace(moving.state, clocks=clocks))
    return tuple(changes)


def check_fields(act: Act, book: Rulebook) -> Iterator[Refusal]:
    """What is missing, too long or not in the city's lists, field by field."""
    for f in dataclasses.fields(act):
        value = getattr(act, f.name)
        refusal = _check(f, value, book)
        if refusal is not None:
            yield replace(refusal, field=f.name)


def _check(f: "dataclasses.Field[Any]", value: Any, book: Rulebook) -> Refusal | None:
    if isinstance(value, str) and not isinstance(value, Enum):
        value = value.strip()
        if not value:
            return Refusal("field.required", {"field": f.name}) if f.metadata.get("required") else None
        limit = f.metadata.get("limit")
        if limit and len(value) > limit:
            return Refusal("field.too_long", {"field": f.name, "limit": limit, "length": len(value)})
        if "\x00" in value:
            return Refusal("field.bad_character", {"field": f.name})
    return _check_list(f, value, book)


def _check_list(f: "dataclasses.Field[Any]", value: Any, book: Rulebook) -> Refusal | None:
    known = _known(f, book)
    given = value if isinstance(value, tuple) else (value,)
    if known is not None and any(v not in known for v in given):
        return Refusal("field.unknown_code", {"field": f.name, "value": ", ".join(str(v) for v in given)})
    if kind_of(f) == "units" and len(set(given)) < len(given):
        return Refusal("field.repeated", {"field": f.name})
    if kind_of(f) == "number" and not f.metadata["low"] <= value <= f.metadata["high"]:
        low, high = f.metadata["low"], f.metadata["high"]
        return Refusal("field.out_of_range", {"field": f.name, "low": low, "high": high})
    return None


def _known(f: "dataclasses.Field[Any]", book: Rulebook) -> frozenset[str] | None:
    reference = book.reference
    match kind_of(f):
        case "unit" | "units":
            return reference.units
        case "category":
            return reference.categories
        case "region":
            return reference.regions
        case "code":
            return reference.codelists.get(f.metadata["codelist"], frozenset())
        case _:
            return None


def next_acts(stage: Stage) -> tuple[Transition, ...]:
    """What can be done in a stage by anyone, for hints and for docs/flow.md."""
    return tuple(row for row in TABLE if stage in row.sources)
