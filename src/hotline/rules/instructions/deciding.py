"""decide(): one deed on one instruction, judged by the table: an entry to record and the state after it, or why not."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from hotline.rules import dossiers
from hotline.rules.dossiers.deciding import acting_unit, held_where_asked, kept, said_in
from hotline.rules.instructions.states import Deed, Entry, Instruction, Order, Status, apply
from hotline.rules.instructions.table import TABLE, Matter, Row
from hotline.rules.lifecycle.case import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Role, UnitCode

Ruling = dossiers.Ruling[Instruction, Entry]


def decide(state: Instruction, order: Order, *, actor: Actor, now: datetime) -> Ruling:
    """Judge one deed: the role, the standing of the instruction, who may touch it, then what was filled in."""
    matter = Matter(state=state, order=order, actor=actor, now=now)
    row, refusals = dossiers.judged(TABLE, matter, family="instructions", roles=_roles, against=_against)
    if row is None:
        return Ruling(state=state, refusals=refusals)
    entry = _entry(row, matter)
    return Ruling(state=apply(state, entry), entry=entry)


def allowed(state: Instruction, *, actor: Actor, now: datetime) -> tuple[Deed, ...]:
    """Deeds that this person may begin now: what buttons there are."""
    if state.status is Status.NEW:
        return ()
    return dossiers.open_deeds(
        TABLE, lambda deed: Matter(state=state, order=Order(deed=deed), actor=actor, now=now), _roles
    )


def _against(row: Row, matter: Matter) -> Iterator[Refusal]:
    """What stands against it; whoever may not touch it learns nothing about what they filled in."""
    standing = tuple(dossiers.unmet(row.standing, matter))
    return iter(standing) if standing else dossiers.against(row, matter, family="instructions")


def _roles(row: Row, matter: Matter) -> frozenset[Role]:
    """Roles in which the person acts: those of a unit count where they are held, those of the office in own right."""
    actor = matter.actor
    return row.who & (held_where_asked(actor, matter.state) if row.of_unit else actor.own_roles)


def _acting_unit(row: Row, matter: Matter) -> UnitCode | None:
    """For which unit somebody reports: one that still owes a report first."""
    if not row.of_unit:
        return matter.order.unit
    state = matter.state
    return acting_unit(matter.actor, state, who=row.who, done=lambda unit: unit not in state.missing)


def _entry(row: Row, matter: Matter) -> Entry:
    unit = _acting_unit(row, matter)
    return Entry(
        deed=row.deed,
        at=matter.now,
        actor=matter.actor.id,
        role=min(_roles(row, matter)),
        status=_target(row, matter),
        payload=_payload(row, matter, unit),
    )


def _target(row: Row, matter: Matter) -> Status:
    """Where it stands afterwards; when the last report is accepted the leader can be reported to."""
    state = matter.state
    if row.deed is Deed.ACCEPT:
        return Status.ACCEPTED if state.units - state.accepted <= {matter.order.unit} else Status.DISTRIBUTED
    return row.target or state.status


def _payload(row: Row, matter: Matter, unit: UnitCode | None) -> dict[str, Any]:
    """What is set; whoever brings an instruction in is named for it."""
    order = matter.order
    given = said_in(row, order)
    if row.deed is Deed.RECEIVE:
        given["readers"] = order.readers | {matter.actor.id}
    if unit is not None and (row.of_unit or "unit" in row.sets):
        given["unit"] = unit
    if given.get("asks"):
        meant = order.asks if row.deed is not Deed.RETURN else {unit: order.asks.get(unit)} if unit else {}
        given["asks"] = {code: due.isoformat() for code, due in sorted(meant.items()) if due}
    return kept(given)
