"""decide(): one deed on one dispute's file, judged by the table: an entry to record and what follows, or why not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hotline.rules.acts.base import plain
from hotline.rules.joint.states import Deed, Dispute, Entry, Order, Status, Text, apply
from hotline.rules.joint.table import TABLE, Matter, Reach, Row
from hotline.rules.lifecycle.case import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import UnitCode

STANDS_FOR: Final[Mapping[str, str]] = {
    "view": "lead",
    "proposed": "lead",
    "signs": "signer",
    "old": "unit",
    "new": "successor",
}
"""What an entry calls otherwise than the order does."""
BY_NAME: Final = frozenset({Deed.RECORD})
"""Deeds in which the office says for whom something is taken down."""


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What came of a deed."""

    state: Dispute
    entry: Entry | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def ok(self) -> bool:
        """True when there is something to record."""
        return not self.refusals


def group_of(state: Dispute, reach: Reach) -> frozenset[UnitCode]:
    """The units of which one must speak for one."""
    match reach:
        case "party":
            return state.parties
        case "speaker":
            return state.speakers
        case "bound":
            return state.bound
        case _:
            return frozenset()


def speaks_for(state: Dispute, row: Row, actor: Actor) -> tuple[UnitCode, ...]:
    """Units of the row's group for which this person holds a role that the row asks for."""
    return tuple(sorted(unit for unit in group_of(state, row.reach) if actor.roles_at(unit) & row.who))


def decide(
    state: Dispute,
    order: Order,
    *,
    actor: Actor,
    now: datetime,
    active: frozenset[UnitCode] | None = None,
    time_over: bool = False,
) -> Ruling:
    """Judge one deed: who speaks for whom, the standing of the file, then what was filled in."""
    rows = [row for row in TABLE if row.deed is order.deed]
    mine = [row for row in rows if _reaches(state, row, actor)]
    if not mine:
        return Ruling(state=state, refusals=(_denied(state, rows[0], actor),))
    row = next((row for row in mine if state.status in row.sources), None)
    if row is None:
        here = {"status": state.status, "deed": order.deed}
        return Ruling(state=state, refusals=(Refusal("joint.not_now", here),))
    unit = _unit(state, row, order, actor)
    matter = Matter(
        state=state, order=order, actor=actor, now=now, unit=unit, active=active, time_over=time_over
    )  # fmt: skip
    refusals = tuple(_said_of(row, matter))
    if refusals:
        return Ruling(state=state, refusals=refusals)
    entry = Entry(
        deed=row.deed,
        at=now,
        actor=actor.id,
        role=min(row.who & (actor.roles_at(unit) if row.reach != "office" else actor.roles)),
        status=row.target or state.status,
        unit=unit,
        payload=_payload(row, order),
    )
    return Ruling(state=apply(state, entry), entry=entry)


def allowed(
    state: Dispute,
    *,
    actor: Actor,
    now: datetime,
    active: frozenset[UnitCode] | None = None,
    time_over: bool = False,
) -> tuple[Deed, ...]:
    """Deeds that this person may begin now: what buttons there are."""
    if state.status is Status.NEW:
        return ()
    found: dict[Deed, None] = {}
    for row in TABLE:
        if state.status not in row.sources or not _reaches(state, row, actor):
            continue
        order = Order(deed=row.deed)
        unit = _unit(state, row, order, actor)
        matter = Matter(
            state=state, order=order, actor=actor, now=now, unit=unit, active=active, time_over=time_over
        )  # fmt: skip
        if not any(guard(matter) for guard in row.standing):
            found[row.deed] = None
    return tuple(found)


def _reaches(state: Dispute, row: Row, actor: Actor) -> bool:
    return bool(row.who & actor.roles) if row.reach == "office" else bool(speaks_for(state, row, actor))


def _denied(state: Dispute, row: Row, actor: Actor) -> Refusal:
    """Why this is not this person's to do: a party does not rule, an observer does not speak."""
    if row.reach == "office" and actor.units & state.parties:
        return Refusal("joint.own_case", {"unit": min(actor.units & state.parties)})
    if row.reach != "office" and state.observer in actor.units:
        return Refusal("joint.observer_only")
    if row.reach == "speaker" and actor.units & state.speakers:
        return Refusal("joint.heads_sign", {"deed": row.deed})
    return Refusal("joint.role_denied", {"deed": row.deed})


def _unit(state: Dispute, row: Row, order: Order, actor: Actor) -> UnitCode | None:
    """For whom: the one named if this person speaks for it, else the one there is."""
    if row.reach == "office":
        return order.unit if row.deed in BY_NAME else None
    mine = speaks_for(state, row, actor)
    return order.unit if order.unit in mine else mine[0]


def _said_of(row: Row, matter: Matter) -> Iterator[Refusal]:
    for guard in (*row.standing, *row.guards):
        refusal = guard(matter)
        if refusal is not None:
            yield refusal
    for name in row.words:
        if not matter.order.said(name):
            yield Refusal("joint.words_missing", {"what": Text(name)}, field=name)


def _payload(row: Row, order: Order) -> dict[str, Any]:
    """What is set, as JSON holds it."""
    kept: dict[str, Any] = {}
    for name in row.sets:
        value = getattr(order, STANDS_FOR.get(name, name))
        if name == "tasks":
            kept[name] = [{"unit": task.unit, "order": task.order, "days": task.days} for task in value]
        elif value is not None and value != "" and value != {} and value != frozenset():
            kept[name] = sorted(value) if isinstance(value, frozenset) else plain(value)
    return kept
