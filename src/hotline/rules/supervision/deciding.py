"""decide(): one deed on one supervision, judged by the table: an entry to record and the state after it, or why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.rules.acts.base import plain
from hotline.rules.lifecycle.case import Actor
from hotline.rules.messages import Refusal
from hotline.rules.supervision.states import Deed, Entry, Order, Outcome, Status, Supervised, apply
from hotline.rules.supervision.table import TABLE, Matter, Row
from hotline.rules.vocabulary import Role, SupervisionKind, UnitCode


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What came of a deed."""

    state: Supervised
    entry: Entry | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def ok(self) -> bool:
        """True when there is something to record."""
        return not self.refusals


def decide(state: Supervised, order: Order, *, actor: Actor, now: datetime) -> Ruling:
    """Judge one deed: role, standing of the supervision, whose it is, then what was filled in."""
    matter = Matter(state=state, order=order, actor=actor, now=now)
    rows = [row for row in TABLE if row.deed is order.deed]
    mine = [row for row in rows if _role(row, matter) is not None]
    if not mine:
        return _refused(state, Refusal("supervision.role_denied", {"deed": order.deed}))
    here = [row for row in mine if state.status in row.sources and matter.kind in row.kinds]
    if not here:
        kind = {"kind": matter.kind, "deed": order.deed, "status": state.status}
        return _refused(state, Refusal("supervision.not_now", kind))
    row = here[0]
    refusals = tuple(_said_of(row, matter))
    if refusals:
        return Ruling(state=state, refusals=refusals)
    entry = _entry(row, matter)
    return Ruling(state=apply(state, entry), entry=entry)


def allowed(state: Supervised, *, actor: Actor, now: datetime) -> tuple[Deed, ...]:
    """Deeds that this person may begin now: what buttons there are."""
    found: dict[Deed, None] = {}
    for row in TABLE:
        matter = Matter(state=state, order=Order(deed=row.deed), actor=actor, now=now)
        if state.status is Status.NEW or state.status not in row.sources or state.kind not in row.kinds:
            continue
        if _role(row, matter) is not None and not any(guard(matter) for guard in row.standing):
            found[row.deed] = None
    return tuple(found)


def _said_of(row: Row, matter: Matter) -> Iterator[Refusal]:
    for guard in (*row.standing, *row.guards):
        refusal = guard(matter)
        if refusal is not None:
            yield refusal
    if row.words and not matter.order.text.strip():
        yield Refusal("supervision.words_missing", {"deed": row.deed}, field="text")


def _role(row: Row, matter: Matter) -> Role | None:
    """The role in which the person acts: a unit's roles count where they are held, those of the office everywhere."""
    actor = matter.actor
    held = _held_in_units(matter) if row.of_unit else actor.roles
    return min(row.who & held, default=None)


def _held_in_units(matter: Matter) -> frozenset[Role]:
    """Roles held at a unit that is asked; all own ones where it is none, so that the refusal names the unit."""
    actor = matter.actor
    units = actor.units & matter.state.units
    return frozenset().union(*(actor.roles_at(unit) for unit in units)) if units else actor.own_roles


def _acting_unit(row: Row, matter: Matter) -> UnitCode | None:
    """For which unit somebody acts: the own one if it is asked and the role is held there."""
    if not row.of_unit:
        return matter.actor.unit
    fits = sorted(
        (unit for unit in matter.actor.units & matter.state.units if matter.actor.roles_at(unit) & row.who),
        key=lambda unit: (_done(row, matter, unit), unit != matter.actor.unit, unit),
    )
    return fits[0] if fits else matter.actor.unit


def _done(row: Row, matter: Matter, unit: UnitCode) -> bool:
    """A unit that has reported or signed already comes last."""
    if row.deed is Deed.SIGN:
        return unit in matter.state.signed or unit not in matter.state.reported
    return row.deed is Deed.REPORT and unit in matter.state.reported


def _entry(row: Row, matter: Matter) -> Entry:
    unit = _acting_unit(row, matter)
    payload = _payload(row, matter)
    if row.of_unit and unit:
        payload["unit"] = unit
    return Entry(
        deed=row.deed,
        at=matter.now,
        actor=matter.actor.id,
        role=_role(row, matter) or Role.SYSTEM,
        unit=unit,
        status=_target(row, matter, unit),
        payload=payload,
    )


def _target(row: Row, matter: Matter, unit: UnitCode | None) -> Status:
    """Where it stands afterwards; with the report of the last unit everything has been reported."""
    if row.deed is Deed.REPORT:
        return Status.REPORTED if matter.state.missing <= {unit} else Status.OPEN
    if row.deed is Deed.CHANGE_UNITS:
        return Status.REPORTED if matter.order.units <= matter.state.reported else Status.OPEN
    return row.target or matter.state.status


def _payload(row: Row, matter: Matter) -> dict[str, Any]:
    order = matter.order
    given = {name: getattr(order, name) for name in row.sets}
    if row.deed is Deed.RECORD_VISIT:
        given["outcome"] = Outcome.PROBLEM_FOUND if order.problem else Outcome.NO_PROBLEM
    if matter.state.status is not Status.NEW:
        given.pop("kind", None)
        given.pop("number", None)
    elif "kind" in given and given["kind"] is None:
        given["kind"] = SupervisionKind.PLATFORM
    return {name: plain(value) for name, value in given.items() if value not in (None, "", (), frozenset(), {})}


def _refused(state: Supervised, *refusals: Refusal) -> Ruling:
    return Ruling(state=state, refusals=refusals)
