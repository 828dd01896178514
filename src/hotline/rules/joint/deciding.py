"""decide(): one deed on one dispute's file, judged by the table: an entry to record and what follows, or why not."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from hotline.rules import dossiers
from hotline.rules.dossiers.deciding import kept
from hotline.rules.joint.states import Deed, Dispute, Entry, Order, Status, Text, apply, kept_tasks
from hotline.rules.joint.table import TABLE, Matter, Reach, Row
from hotline.rules.lifecycle.case import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Role, UnitCode

Ruling = dossiers.Ruling[Dispute, Entry]

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
ROW_OF: Final[Mapping[Deed, Row]] = {row.deed: row for row in TABLE}
"""A row of each deed, for whom one must speak to do it; the platform's own rows speak for the office."""


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
    unit = _unit(state, order, actor)
    matter = Matter(
        state=state, order=order, actor=actor, now=now, unit=unit, active=active, time_over=time_over
    )  # fmt: skip
    denied = _denied(matter)
    if denied is not None:
        return Ruling(state=state, refusals=(denied,))
    row, refusals = dossiers.judged(TABLE, matter, family="joint", roles=_roles, against=_against)
    if row is None:
        return Ruling(state=state, refusals=refusals)
    entry = Entry(
        deed=row.deed,
        at=now,
        actor=actor.id,
        role=min(_roles(row, matter)),
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

    def matter_of(deed: Deed) -> Matter:
        order = Order(deed=deed)
        unit = _unit(state, order, actor)
        return Matter(state=state, order=order, actor=actor, now=now, unit=unit, active=active, time_over=time_over)

    return () if state.status is Status.NEW else dossiers.open_deeds(TABLE, matter_of, _roles)


def _roles(row: Row, matter: Matter) -> frozenset[Role]:
    """Roles in which the person acts: those of the office, or those held at the unit they speak for."""
    actor = matter.actor
    if row.reach == "office":
        return row.who & actor.roles
    return row.who & actor.roles_at(matter.unit) if matter.unit else frozenset()


def _denied(matter: Matter) -> Refusal | None:
    """Why this is not this person's to do, where more can be said than that the role is lacking: a party does not
    rule, an observer does not speak, heads sign.
    """
    state, actor, row = matter.state, matter.actor, ROW_OF[matter.order.deed]
    if any(_roles(other, matter) for other in TABLE if other.deed is row.deed):
        return None
    if row.reach == "office":
        mine = actor.units & state.parties
        return Refusal("joint.own_case", {"unit": min(mine)}) if mine else None
    if state.observer in actor.units:
        return Refusal("joint.observer_only")
    if row.reach == "speaker" and actor.units & state.speakers:
        return Refusal("joint.heads_sign", {"deed": row.deed})
    return None


def _unit(state: Dispute, order: Order, actor: Actor) -> UnitCode | None:
    """For whom: the one named if this person speaks for it, else the one there is."""
    row = ROW_OF[order.deed]
    if row.reach == "office":
        return order.unit if row.deed in BY_NAME else None
    mine = speaks_for(state, row, actor)
    return order.unit if order.unit in mine else next(iter(mine), None)


def _against(row: Row, matter: Matter) -> Iterator[Refusal]:
    yield from dossiers.unmet((*row.standing, *row.guards), matter)
    for name in row.typed:
        if not matter.order.said(name):
            yield Refusal("joint.words_missing", {"what": Text(name)}, field=name)


def _payload(row: Row, order: Order) -> dict[str, Any]:
    """What is set, as JSON holds it. Tasks are always said: that there are none says something too."""
    given = {name: getattr(order, STANDS_FOR.get(name, name)) for name in row.sets if name != "tasks"}
    said = kept(given)
    if "tasks" in row.sets:
        said["tasks"] = kept_tasks(order.tasks)
    return said
