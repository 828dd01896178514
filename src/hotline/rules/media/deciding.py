"""decide(): one deed on one handover, judged by the table: an entry to record and the state after it, or why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.rules.acts.base import plain
from hotline.rules.lifecycle.case import Actor
from hotline.rules.media.states import Deed, Entry, Handover, Order, Status, apply
from hotline.rules.media.table import TABLE, Matter, Row
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Role, UnitCode


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What came of a deed."""

    state: Handover
    entry: Entry | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def ok(self) -> bool:
        """True when there is something to record."""
        return not self.refusals


def decide(state: Handover, order: Order, *, actor: Actor, now: datetime) -> Ruling:
    """Judge one deed: the role, where it stands, whose it is, what was filled in, what was found in the words."""
    matter = Matter(state=state, order=order, actor=actor, now=now)
    mine = [row for row in TABLE if row.deed is order.deed and _role(row, matter) is not None]
    if not mine:
        return Ruling(state=state, refusals=(Refusal("media.role_denied", {"deed": order.deed}),))
    row = next((row for row in mine if state.status in row.sources), None)
    if row is None:
        here = {"status": state.status, "deed": order.deed}
        return Ruling(state=state, refusals=(Refusal("media.not_now", here),))
    refusals = tuple(_said_of(row, matter))
    if refusals:
        return Ruling(state=state, refusals=refusals)
    unit = acting_unit(state, actor) if row.of_unit else order.unit
    entry = Entry(
        deed=row.deed,
        at=now,
        actor=actor.id,
        role=_role(row, matter) or Role.SYSTEM,
        unit=unit if row.of_unit else actor.unit,
        status=_target(row, state, unit),
        payload=_payload(row, order, unit),
    )
    return Ruling(state=apply(state, entry), entry=entry)


def allowed(state: Handover, *, actor: Actor, now: datetime) -> tuple[Deed, ...]:
    """Deeds that this person may begin now: what buttons there are."""
    if state.status is Status.NEW:
        return ()
    found: dict[Deed, None] = {}
    for row in TABLE:
        matter = Matter(state=state, order=Order(deed=row.deed), actor=actor, now=now)
        open_to_them = state.status in row.sources and _role(row, matter) is not None
        if open_to_them and not any(guard(matter) for guard in row.standing):
            found[row.deed] = None
    return tuple(found)


def acting_unit(state: Handover, actor: Actor) -> UnitCode | None:
    """For which unit somebody answers: one that still owes an answer first, the own one before others."""
    mine = sorted(actor.units & state.units, key=lambda unit: (unit not in state.missing, unit != actor.unit, unit))
    held = [unit for unit in mine if actor.roles_at(unit)]
    fits = held or mine
    return fits[0] if fits else actor.unit


def _role(row: Row, matter: Matter) -> Role | None:
    """The role in which the person acts: a unit's roles count where they are held."""
    actor = matter.actor
    held = actor.roles
    if row.of_unit:
        units = actor.units & matter.state.units
        held = frozenset().union(*(actor.roles_at(unit) for unit in units)) if units else actor.own_roles
    return min(row.who & held, default=None)


def _said_of(row: Row, matter: Matter) -> Iterator[Refusal]:
    for guard in (*row.standing, *row.guards):
        refusal = guard(matter)
        if refusal is not None:
            yield refusal
    if row.words and not matter.order.text.strip():
        yield Refusal("media.words_missing", {"deed": row.deed}, field="text")
    if row.searched:
        yield from matter.order.found


def _target(row: Row, state: Handover, unit: UnitCode | None) -> Status:
    """With the answer of the last unit all have been released."""
    if row.deed is Deed.RELEASE:
        return Status.ANSWERED if state.units - state.released <= {unit} else Status.HANDED
    return row.target or state.status


def _payload(row: Row, order: Order, unit: UnitCode | None) -> dict[str, Any]:
    """What is set; the number as its year and its place in it."""
    given = {name: getattr(order, name) for name in row.sets if name not in {"number", "unit"}}
    if "unit" in row.sets:
        given["unit"] = unit
    if "number" in row.sets and order.number:
        given["year"], given["serial"] = order.number
    return {name: plain(value) for name, value in given.items() if value not in (None, "", (), frozenset(), {})}
