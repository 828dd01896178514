"""decide(): one deed on one precedent, judged by the table: an entry to record and the state after it, or why not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from hotline.rules import dossiers
from hotline.rules.dossiers.deciding import kept
from hotline.rules.jurisdiction import DirectoryRule
from hotline.rules.lifecycle.case import Actor
from hotline.rules.messages import Refusal
from hotline.rules.precedents.states import Deed, Entry, Order, Precedent, Status, apply
from hotline.rules.precedents.table import TABLE, Matter, Reach, Row
from hotline.rules.precedents.wording import number_of, published, written
from hotline.rules.vocabulary import Role, UnitCode

Ruling = dossiers.Ruling[Precedent, Entry]


def decide(state: Precedent, order: Order, *, actor: Actor, now: datetime) -> Ruling:
    """Judge one deed: the role, where it stands, what was filled in, what was found in directory and lists."""
    matter = Matter(state=state, order=order, actor=actor, now=now)
    row, refusals = dossiers.judged(TABLE, matter, family="precedents", roles=roles_of, against=_against)
    if row is None:
        return Ruling(state=state, refusals=refusals)
    entry = Entry(
        deed=row.deed,
        at=now,
        actor=actor.id,
        role=min(roles_of(row, matter)),
        unit=acting_unit(row, matter),
        status=row.target or state.status,
        payload=_payload(row, matter),
    )
    return Ruling(state=apply(state, entry), entry=entry)


def allowed(state: Precedent, *, actor: Actor, now: datetime) -> tuple[Deed, ...]:
    """Deeds that this person may begin now: what buttons there are."""
    if state.status is Status.NEW:
        return ()
    return dossiers.open_deeds(
        TABLE, lambda deed: Matter(state=state, order=Order(deed=deed), actor=actor, now=now), roles_of
    )


def group_of(state: Precedent, reach: Reach) -> frozenset[UnitCode]:
    """The units for one of which somebody must act; none for the office."""
    match reach:
        case "staffing":
            return frozenset({state.staffing} if state.staffing else ())
        case "owner":
            return frozenset({state.owner} if state.owner else ())
        case "concerned":
            return state.concerned
        case _:
            return frozenset()


def roles_of(row: Row, matter: Matter) -> frozenset[Role]:
    """Roles in which the person acts: a unit's roles count where they are held."""
    if row.reach == "office":
        return row.who & matter.actor.roles
    units = matter.actor.units & group_of(matter.state, row.reach)
    return frozenset[Role]().union(*(row.who & matter.actor.roles_at(unit) for unit in units))


def acting_unit(row: Row, matter: Matter) -> UnitCode | None:
    """For which unit: one that was not heard yet before others, the own one before those stood in for."""
    actor, state = matter.actor, matter.state
    fits = [unit for unit in actor.units & group_of(state, row.reach) if actor.roles_at(unit) & row.who]
    return min(fits, key=lambda unit: (unit in state.heard, unit != actor.unit, unit), default=actor.unit)


def _against(row: Row, matter: Matter) -> Iterator[Refusal]:
    yield from dossiers.against(row, matter, family="precedents")
    if row.searched:
        yield from matter.order.found


def _payload(row: Row, matter: Matter) -> dict[str, Any]:
    """What is set: of a proposal what was ruled, of an agreement the rule as it enters the directory."""
    order = matter.order
    match row.deed:
        case Deed.PROPOSE if order.ruled is not None:
            ruled = order.ruled
            return kept(
                {
                    "dispute": ruled.dispute,
                    "ticket": ruled.ticket,
                    "parties": ruled.parties,
                    "helpers": frozenset(step.unit for step in ruled.steps),
                    "lead": ruled.lead,
                    "staffing": ruled.staffing,
                }
            ) | {"pending": written(_draft(matter))}
        case Deed.REVISE | Deed.AMEND | Deed.RENEW:
            return {"pending": written(_draft(matter))}
        case Deed.AGREE:
            return _agreement(matter)
        case Deed.WITHDRAW:
            return {"ends": matter.today.isoformat()}
        case _:
            return {}


def _draft(matter: Matter) -> DirectoryRule:
    """What the staffing office is asked to agree to."""
    state, order = matter.state, matter.order
    if order.deed is Deed.RENEW and state.rule is not None:
        return replace(state.rule, valid_to=order.until)
    if order.draft is None:
        raise ValueError("the table lets no proposal without a draft pass")
    return order.draft


def _agreement(matter: Matter) -> dict[str, Any]:
    state, order = matter.state, matter.order
    year, serial = order.number or (state.year, state.serial)
    if state.pending is None:
        raise ValueError("the table lets no agreement to nothing pass")
    rule = published(
        state.pending,
        number=order.rule_id or (state.rule.id if state.rule else ""),
        edition=state.edition + 1,
        source=number_of(year, serial),
        today=matter.today,
    )
    return kept({"year": year, "serial": serial}) | {"rule": written(rule)}
