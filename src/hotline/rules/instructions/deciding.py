"""decide(): one deed on one instruction, judged by the table: an entry to record and the state after it, or why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.rules.acts.base import plain
from hotline.rules.instructions.states import Deed, Entry, Instruction, Order, Status, apply
from hotline.rules.instructions.table import TABLE, Matter, Row
from hotline.rules.lifecycle.case import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Role, UnitCode


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What came of a deed."""

    state: Instruction
    entry: Entry | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def ok(self) -> bool:
        """True when there is something to record."""
        return not self.refusals


def decide(state: Instruction, order: Order, *, actor: Actor, now: datetime) -> Ruling:
    """Judge one deed: the role, the standing of the instruction, who may touch it, then what was filled in."""
    matter = Matter(state=state, order=order, actor=actor, now=now)
    mine = [row for row in TABLE if row.deed is order.deed and _roles(row, matter)]
    if not mine:
        return Ruling(state=state, refusals=(Refusal("instructions.role_denied", {"deed": order.deed}),))
    row = next((row for row in mine if state.status in row.sources), None)
    if row is None:
        here = {"status": state.status, "deed": order.deed}
        return Ruling(state=state, refusals=(Refusal("instructions.not_now", here),))
    refusals = tuple(_said_of(row, matter))
    if refusals:
        return Ruling(state=state, refusals=refusals)
    entry = _entry(row, matter)
    return Ruling(state=apply(state, entry), entry=entry)


def allowed(state: Instruction, *, actor: Actor, now: datetime) -> tuple[Deed, ...]:
    """Deeds that this person may begin now: what buttons there are."""
    if state.status is Status.NEW:
        return ()
    return tuple(row.deed for row in TABLE if state.status in row.sources and _may_begin(row, state, actor, now))


def _may_begin(row: Row, state: Instruction, actor: Actor, now: datetime) -> bool:
    matter = Matter(state=state, order=Order(deed=row.deed), actor=actor, now=now)
    return bool(_roles(row, matter)) and not any(guard(matter) for guard in row.standing)


def _said_of(row: Row, matter: Matter) -> Iterator[Refusal]:
    """What stands against it; whoever may not touch it learns nothing about what they filled in."""
    standing = [refusal for guard in row.standing if (refusal := guard(matter)) is not None]
    yield from standing
    if standing:
        return
    for guard in row.guards:
        refusal = guard(matter)
        if refusal is not None:
            yield refusal
    if row.words and not matter.order.text.strip():
        yield Refusal("instructions.words_missing", {"deed": row.deed}, field="text")


def _roles(row: Row, matter: Matter) -> frozenset[Role]:
    """Roles in which the person acts: those of a unit count where they are held, those of the office in own right."""
    actor = matter.actor
    if not row.of_unit:
        return row.who & actor.own_roles
    units = actor.units & matter.state.units
    held = frozenset[Role]().union(*(actor.roles_at(unit) for unit in units)) if units else actor.own_roles
    return row.who & held


def _acting_unit(row: Row, matter: Matter) -> UnitCode | None:
    """For which unit somebody reports: one that still owes a report first, the own one before others."""
    actor, state = matter.actor, matter.state
    if not row.of_unit:
        return matter.order.unit
    fits = sorted(
        (unit for unit in actor.units & state.units if actor.roles_at(unit) & row.who),
        key=lambda unit: (unit not in state.missing, unit != actor.unit, unit),
    )
    return fits[0] if fits else actor.unit


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
    """What is set; the number as its year and its place in it; whoever brings an instruction in is named for it."""
    order = matter.order
    given: dict[str, Any] = {name: getattr(order, name) for name in row.sets if name != "number"}
    if "number" in row.sets and order.number:
        given["year"], given["serial"] = order.number
    if row.deed is Deed.RECEIVE:
        given["readers"] = order.readers | {matter.actor.id}
    if unit is not None and (row.of_unit or "unit" in row.sets):
        given["unit"] = unit
    if given.get("asks"):
        meant = order.asks if row.deed is not Deed.RETURN else {unit: order.asks.get(unit)} if unit else {}
        given["asks"] = {code: due.isoformat() for code, due in sorted(meant.items()) if due}
    return {name: plain(value) for name, value in given.items() if value not in (None, "", frozenset(), {})}
