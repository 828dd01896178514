"""decide(): one deed on one document, judged by the table: an entry to record and the state after it, or why not."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from hotline.rules import dossiers
from hotline.rules.acts.base import plain
from hotline.rules.documents.states import Deed, Document, Entry, Order, Status, apply
from hotline.rules.documents.table import TABLE, Matter, Row
from hotline.rules.dossiers.deciding import kept, said_in
from hotline.rules.lifecycle.case import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Role

Ruling = dossiers.Ruling[Document, Entry]


def decide(state: Document, order: Order, *, actor: Actor, now: datetime) -> Ruling:
    """Judge one deed: the role, the standing of the document, who did what before, then what was filled in."""
    matter = Matter(state=state, order=order, actor=actor, now=now)
    row, refusals = dossiers.judged(TABLE, matter, family="documents", roles=_roles, against=_against)
    if row is None:
        return Ruling(state=state, refusals=refusals)
    entry = Entry(
        deed=row.deed,
        at=now,
        actor=actor.id,
        role=min(_roles(row, matter)),
        status=row.target or state.status,
        payload=_payload(row, order),
    )
    return Ruling(state=apply(state, entry), entry=entry)


def allowed(state: Document, *, actor: Actor, now: datetime) -> tuple[Deed, ...]:
    """Deeds that this person may begin now: what buttons there are."""
    if state.status is Status.NEW:
        return ()
    return dossiers.open_deeds(
        TABLE, lambda deed: Matter(state=state, order=Order(deed=deed), actor=actor, now=now), _roles
    )


def _roles(row: Row, matter: Matter) -> frozenset[Role]:
    return row.who & matter.actor.roles


def _against(row: Row, matter: Matter) -> Iterator[Refusal]:
    return dossiers.against(row, matter, family="documents")


def _payload(row: Row, order: Order) -> dict[str, Any]:
    """What is set; blanks too where a revision empties what was there."""
    given = said_in(row, order)
    return {name: plain(value) for name, value in given.items()} if row.deed is Deed.REVISE else kept(given)
