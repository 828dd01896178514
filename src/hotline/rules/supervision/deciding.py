"""decide(): one deed on one supervision, judged by the table: an entry to record and the state after it, or why not."""

from datetime import datetime
from typing import Any

from hotline.rules import dossiers
from hotline.rules.dossiers.deciding import acting_unit, held_where_asked, kept
from hotline.rules.lifecycle.case import Actor
from hotline.rules.messages import Refusal
from hotline.rules.supervision.states import Deed, Entry, Order, Outcome, Status, Supervised, apply
from hotline.rules.supervision.table import TABLE, Matter, Row
from hotline.rules.vocabulary import Role, SupervisionKind, UnitCode

Ruling = dossiers.Ruling[Supervised, Entry]


def decide(state: Supervised, order: Order, *, actor: Actor, now: datetime) -> Ruling:
    """Judge one deed: role, standing of the supervision, whose it is, then what was filled in."""
    matter = Matter(state=state, order=order, actor=actor, now=now)
    mine = [row for row in TABLE if row.deed is order.deed and _roles(row, matter)]
    if not mine:
        return Ruling(state=state, refusals=(Refusal("supervision.role_denied", {"deed": order.deed}),))
    row = next((row for row in mine if state.status in row.sources and matter.kind in row.kinds), None)
    if row is None:
        here = {"kind": matter.kind, "deed": order.deed, "status": state.status}
        return Ruling(state=state, refusals=(Refusal("supervision.not_now", here),))
    refusals = tuple(dossiers.against(row, matter, family="supervision"))
    if refusals:
        return Ruling(state=state, refusals=refusals)
    entry = _entry(row, matter)
    return Ruling(state=apply(state, entry), entry=entry)


def allowed(state: Supervised, *, actor: Actor, now: datetime) -> tuple[Deed, ...]:
    """Deeds that this person may begin now: what buttons there are."""
    if state.status is Status.NEW:
        return ()
    return dossiers.open_deeds(
        (row for row in TABLE if state.kind in row.kinds),
        lambda deed: Matter(state=state, order=Order(deed=deed), actor=actor, now=now),
        _roles,
    )


def _roles(row: Row, matter: Matter) -> frozenset[Role]:
    """Roles in which the person acts: a unit's roles count where they are held, those of the office everywhere."""
    return row.who & (held_where_asked(matter.actor, matter.state) if row.of_unit else matter.actor.roles)


def _acting_unit(row: Row, matter: Matter) -> UnitCode | None:
    """For which unit somebody acts: the own one if it is asked and the role is held there."""
    if not row.of_unit:
        return matter.actor.unit
    return acting_unit(matter.actor, matter.state, who=row.who, done=lambda unit: _done(row, matter, unit))


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
        role=min(_roles(row, matter)),
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
    return kept(given)
