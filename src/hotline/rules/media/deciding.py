"""decide(): one deed on one handover, judged by the table: an entry to record and the state after it, or why not."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from hotline.rules import dossiers
from hotline.rules.dossiers.deciding import held_where_asked, kept, said_in
from hotline.rules.lifecycle.case import Actor
from hotline.rules.media.states import Deed, Entry, Handover, Order, Status, apply
from hotline.rules.media.table import TABLE, Matter, Row
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Role, UnitCode

Ruling = dossiers.Ruling[Handover, Entry]


def decide(state: Handover, order: Order, *, actor: Actor, now: datetime) -> Ruling:
    """Judge one deed: the role, where it stands, whose it is, what was filled in, what was found in the words."""
    matter = Matter(state=state, order=order, actor=actor, now=now)
    row, refusals = dossiers.judged(TABLE, matter, family="media", roles=_roles, against=_against)
    if row is None:
        return Ruling(state=state, refusals=refusals)
    unit = acting_unit(state, actor) if row.of_unit else order.unit
    entry = Entry(
        deed=row.deed,
        at=now,
        actor=actor.id,
        role=min(_roles(row, matter)),
        unit=unit if row.of_unit else actor.unit,
        status=_target(row, state, unit),
        payload=_payload(row, order, unit),
    )
    return Ruling(state=apply(state, entry), entry=entry)


def allowed(state: Handover, *, actor: Actor, now: datetime) -> tuple[Deed, ...]:
    """Deeds that this person may begin now: what buttons there are."""
    if state.status is Status.NEW:
        return ()
    return dossiers.open_deeds(
        TABLE, lambda deed: Matter(state=state, order=Order(deed=deed), actor=actor, now=now), _roles
    )


def acting_unit(state: Handover, actor: Actor) -> UnitCode | None:
    """For which unit somebody answers: one that still owes an answer first, the own one before others."""
    mine = sorted(actor.units & state.units, key=lambda unit: (unit not in state.missing, unit != actor.unit, unit))
    held = [unit for unit in mine if actor.roles_at(unit)]
    fits = held or mine
    return fits[0] if fits else actor.unit


def _roles(row: Row, matter: Matter) -> frozenset[Role]:
    """Roles in which the person acts: a unit's roles count where they are held."""
    return row.who & (held_where_asked(matter.actor, matter.state) if row.of_unit else matter.actor.roles)


def _against(row: Row, matter: Matter) -> Iterator[Refusal]:
    """What stands against it, and what was found in words, tickets and medium."""
    yield from dossiers.against(row, matter, family="media")
    if row.searched:
        yield from matter.order.found


def _target(row: Row, state: Handover, unit: UnitCode | None) -> Status:
    """With the answer of the last unit all have been released."""
    if row.deed is Deed.RELEASE:
        return Status.ANSWERED if state.units - state.released <= {unit} else Status.HANDED
    return row.target or state.status


def _payload(row: Row, order: Order, unit: UnitCode | None) -> dict[str, Any]:
    return kept(said_in(row, order) | ({"unit": unit} if "unit" in row.sets else {}))
