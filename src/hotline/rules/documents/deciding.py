"""decide(): one deed on one document, judged by the table: an entry to record and the state after it, or why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.rules.acts.base import plain
from hotline.rules.documents.states import Deed, Document, Entry, Order, Status, apply
from hotline.rules.documents.table import TABLE, Matter, Row
from hotline.rules.lifecycle.case import Actor
from hotline.rules.messages import Refusal


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What came of a deed."""

    state: Document
    entry: Entry | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def ok(self) -> bool:
        """True when there is something to record."""
        return not self.refusals


def decide(state: Document, order: Order, *, actor: Actor, now: datetime) -> Ruling:
    """Judge one deed: the role, the standing of the document, who did what before, then what was filled in."""
    matter = Matter(state=state, order=order, actor=actor, now=now)
    mine = [row for row in TABLE if row.deed is order.deed and row.who & actor.roles]
    if not mine:
        return Ruling(state=state, refusals=(Refusal("documents.role_denied", {"deed": order.deed}),))
    row = next((row for row in mine if state.status in row.sources), None)
    if row is None:
        here = {"status": state.status, "deed": order.deed}
        return Ruling(state=state, refusals=(Refusal("documents.not_now", here),))
    refusals = tuple(_said_of(row, matter))
    if refusals:
        return Ruling(state=state, refusals=refusals)
    entry = Entry(
        deed=row.deed,
        at=now,
        actor=actor.id,
        role=min(row.who & actor.roles),
        status=row.target or state.status,
        payload=_payload(row, order),
    )
    return Ruling(state=apply(state, entry), entry=entry)


def allowed(state: Document, *, actor: Actor, now: datetime) -> tuple[Deed, ...]:
    """Deeds that this person may begin now: what buttons there are."""
    if state.status is Status.NEW:
        return ()
    return tuple(
        row.deed
        for row in TABLE
        if state.status in row.sources
        and row.who & actor.roles
        and not any(
            guard(Matter(state=state, order=Order(deed=row.deed), actor=actor, now=now)) for guard in row.standing
        )
    )


def _said_of(row: Row, matter: Matter) -> Iterator[Refusal]:
    for guard in (*row.standing, *row.guards):
        refusal = guard(matter)
        if refusal is not None:
            yield refusal
    if row.words and not matter.order.text.strip():
        yield Refusal("documents.words_missing", {"deed": row.deed}, field="text")


def _payload(row: Row, order: Order) -> dict[str, Any]:
    """What is set, blanks too where a revision empties them; the number as its year and its place in it."""
    given = {name: getattr(order, name) for name in row.sets if name != "number"}
    if "number" in row.sets and order.number:
        given["year"], given["serial"] = order.number
    kept = {name: plain(value) for name, value in given.items() if value is not None and value != {}}
    return kept if row.deed is Deed.REVISE else {name: value for name, value in kept.items() if value not in ("", [])}
